"""Russian words to their dictionary forms, so that «подросток» finds «подростков»: pure, knows no database.

Both sides of a search, text and query, pass through here, so they need not be right, only agree.
"""

import re
import unicodedata
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

_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """The tokens of a text, lower case, ё as е. Letters and digits only, so that every database cuts alike."""
    return [word for word, _start, _end in _tokens(text)]


@lru_cache(maxsize=50_000)
def lemmas_of(word: str) -> tuple[str, ...]:
    """The likely dictionary forms of one token, best first; a stem for a word the dictionary does not know."""
    if not _dictionary().word_is_known(word):
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
    for word, start, end in _tokens(text):
        if word not in STOP_WORDS and not sought.isdisjoint(lemmas_of(word)):
            pieces += [Piece(text[done:start], False), Piece(text[start:end], True)]
            done = end
    pieces.append(Piece(text[done:], False))
    return [piece for piece in pieces if piece.text]


def normalise(text: str) -> str:
    """Composed, lower case, ё as е, without stress marks and soft hyphens."""
    composed = unicodedata.normalize("NFC", text).lower().replace("ё", "е").replace("\u00ad", "")
    return "".join(letter for letter in composed if not unicodedata.combining(letter))


def _tokens(text: str):
    """Yield each token, normalised, with its place in the text as written."""
    # A soft hyphen or a stress mark stands inside a word and must not cut it.
    for match in re.finditer(r"[^\W_](?:[^\W_]|[\u00ad\u0300-\u036f])*", unicodedata.normalize("NFC", text)):
        yield normalise(match.group())[:LONGEST_WORD], match.start(), match.end()


@cache
def _dictionary() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer()


@cache
def _stemmer():
    return snowballstemmer.stemmer("russian")
