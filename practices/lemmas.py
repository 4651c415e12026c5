"""Russian words to their dictionary forms, so that «подросток» finds «подростков»: pure, knows no database.

Both sides of a search, text and query, pass through here, so they need not be right, only agree.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

import pymorphy3
import snowballstemmer

# A form may belong to several words («парки» to «парка» and «парк»); those less likely than this are left out.
LEAST_LIKELIHOOD = 0.1
LONGEST_WORD = 64

STOP_WORDS = frozenset(
    """
    а без бы в во все вся всё г где да для до его ее ей ему если есть еще же за и из или им их к как ко когда
    которая которые который которое ли либо между мы на над не него нее ней нет ни них но о об обо он она они оно от
    по под при про с со свой своя свои так также такой те тем то того тоже только том тот у уже чего чем что чтобы
    эта эти это этот я
    """.replace("ё", "е").split()
)

# Letters drawn alike in both alphabets: «TOC» may be typed in either, and a word may come half in each.
_LATIN, _CYRILLIC = "abcehkmoptxy", "авсенкмортху"
_LOOKALIKES = str.maketrans(_LATIN, _CYRILLIC)

# A letter or digit, but for the few that FTS5 takes for none: a word with one of them would be two words to it.
_LETTER = r"[^\W_\u19b0-\u19c0\u19c8\u19c9\u1cf2\u1cf3]"
# A number is one word however its thousands are set apart; a soft hyphen or a stress mark does not cut a word.
_TOKEN = re.compile(
    rf"(?<!{_LETTER})\d{{1,3}}(?:[ \u00a0\u202f]\d{{3}})+(?!{_LETTER})|{_LETTER}(?:{_LETTER}|[\u00ad\u0300-\u036f])*"
)
_QUOTED = re.compile(r'"([^"]+)"|«([^»]+)»|„([^“”"]+)[“”"]|“([^”]+)”')


def words(text: str) -> list[str]:
    """The tokens of a text, lower case, ё as е. Letters and digits only, so that every database cuts alike."""
    return [word for word, _start, _end in tokens(text)]


@lru_cache(maxsize=50_000)
def lemmas_of(word: str) -> tuple[str, ...]:
    """The likely dictionary forms of one token, best first; a stem for a word the dictionary does not know."""
    if len(word) > 1 and set(word) <= set(_LATIN):
        return word, *lemmas_of(word.translate(_LOOKALIKES))
    if not is_known(word):
        return (_stemmer().stemWord(word),)
    likelihood: dict[str, float] = {}
    for parse in _dictionary().parse(word):
        lemma = normalise(parse.normal_form)
        likelihood[lemma] = likelihood.get(lemma, 0) + parse.score
    ranked = sorted(likelihood, key=lambda lemma: -likelihood[lemma])
    return tuple(lemma for lemma in ranked if likelihood[lemma] >= LEAST_LIKELIHOOD) or (ranked[0],)


def lemmas(text: str) -> list[str]:
    """Every lemma of a text once, in the order of its first use, without stop words."""
    meaningful = (word for word in words(text) if word not in STOP_WORDS)
    return list(dict.fromkeys(lemma for word in meaningful for lemma in lemmas_of(word)))


def wanted(query: str) -> list[tuple[str, ...]]:
    """What a query asks for: for each of its words the lemmas any of which will do."""
    meaningful = (word for word in words(query) if word not in STOP_WORDS)
    return list(dict.fromkeys(lemmas_of(word) for word in meaningful))


def phrases(query: str) -> list[list[tuple[str, ...]]]:
    """What must stand in a text side by side: what a query has in quotes, each word in any form of it.

    A query of stop words alone asks for those words as they are, for they are in no list of lemmas.
    """
    quoted = (next(filter(None, match.groups())) for match in _QUOTED.finditer(query))
    asked = [found for text in quoted if len(found := words(text)) > 1]
    if not wanted(query):
        asked += [[word] for word in words(query)]
    return [[_steady_first(word) for word in phrase] for phrase in asked]


def run(pieces: list[str]) -> str:
    """Texts as their words in order, each by one lemma of it, to look for phrases in. None goes over a cut."""
    return " | ".join(["", *(" ".join(_steady_first(word)[0] for word in words(piece)) for piece in pieces), ""])


@lru_cache(maxsize=50_000)
def _steady_first(word: str) -> tuple[str, ...]:
    """The lemmas of a word beginning with the one that stands for it in a run: whatever its form, mostly the same."""
    return tuple(sorted(lemmas_of(word), key=lambda lemma: (lemma.isascii(), len(lemma), lemma)))


def is_known(word: str) -> bool:
    """Whether the dictionary has the word."""
    return _dictionary().word_is_known(word)


@lru_cache(maxsize=50_000)
def names_something(word: str) -> bool:
    """Whether the word is a noun, an adjective that says what kind, or one that the dictionary does not know."""
    if not is_known(word):
        return not word.isdigit()
    tag = _tag(word)
    return tag.POS in {"NOUN", "ADJF", "ADJS"} and "Apro" not in tag


@lru_cache(maxsize=50_000)
def is_adjective(word: str) -> bool:
    return _tag(word).POS in {"ADJF", "ADJS", "PRTF"}


@lru_cache(maxsize=50_000)
def is_thing(word: str) -> bool:
    """Whether the word is a noun of what does not live; false for one that the dictionary does not know."""
    return is_known(word) and _tag(word).animacy == "inan"


def guesses(word: str) -> list[str]:
    """What the word might be a form of if it were a Russian word, itself first and its stem last."""
    forms = (normalise(parse.normal_form) for parse in _dictionary().parse(word))
    stem = _stemmer().stemWord(word)
    return [*dict.fromkeys(form for form in (word, *forms) if form != stem), stem]


def with_yo(lemma: str) -> str:
    """A lemma as people write it."""
    forms = (parse.normal_form for parse in _dictionary().parse(lemma))
    return next((form for form in forms if normalise(form) == lemma), lemma)


@dataclass(frozen=True)
class Piece:
    """A stretch of a text as written, and whether it is a word that was looked for."""

    text: str
    is_found: bool


def mark(text: str, query: str) -> list[Piece]:
    """Cut a text at the words that the query finds in it; joined together the pieces are the text."""
    sought = {lemma for word in wanted(query) for lemma in word}
    pieces, done = [], 0
    text = unicodedata.normalize("NFC", text)
    for word, start, end in tokens(text):
        if word not in STOP_WORDS and not sought.isdisjoint(lemmas_of(word)):
            pieces += [Piece(text[done:start], False), Piece(text[start:end], True)]
            done = end
    pieces.append(Piece(text[done:], False))
    return [piece for piece in pieces if piece.text]


def normalise(text: str) -> str:
    """Composed, lower case, ё as е, without stress marks and soft hyphens."""
    composed = unicodedata.normalize("NFC", text).lower().replace("ё", "е").replace("\u00ad", "")
    return "".join(letter for letter in composed if unicodedata.category(letter) != "Mn")


def tokens(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each token, normalised, with its place in the text as written."""
    for match in _TOKEN.finditer(unicodedata.normalize("NFC", text)):
        yield _token(match.group()), match.start(), match.end()


@lru_cache(maxsize=50_000)
def _token(written: str) -> str:
    return _in_one_alphabet("".join(normalise(written).split()))[:LONGEST_WORD]


def _in_one_alphabet(word: str) -> str:
    """A Cyrillic word with Latin letters that look the same is that word."""
    if word.isascii():
        return word
    cyrillic = word.translate(_LOOKALIKES)
    return word if re.search(r"[a-z]", cyrillic) else cyrillic


@cache
def _dictionary() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer()


def _tag(word: str):
    return _dictionary().parse(word)[0].tag


@cache
def _stemmer():
    return snowballstemmer.stemmer("russian")
