"""A query that finds nothing, mended: another keyboard layout, a letter too many, a space in the wrong place.

Or, where nothing is to be mended, shortened: fewer of its words.
"""

import unicodedata
from itertools import chain, islice, pairwise, product

from practices.lemmas import STOP_WORDS, is_known, lemmas_of, phrases, tokens, with_yo
from practices.models import Practice, SearchText
from practices.search import found_by, matching, vocabulary
from practices.spelling import has, meant, other_layouts

MOST_TRIED = 4
MOST_WORDS = 10
MOST_DROPPED = 6  # words that a query is tried without, one at a time


def mended(query: str) -> str:
    """The likeliest query that was meant and finds something in the bank; blank when there is none."""
    for candidate in islice(_candidates(query), MOST_TRIED):
        if matching(Practice.objects.published(), candidate).exists():
            return candidate
    return ""


def shortened(query: str) -> list[tuple[str, int]]:
    """What finds something of a query that finds nothing, and how many practices, the most fruitful first.

    As little is dropped as helps: its quotes, or else one of its words, or else all but one.
    """
    query = unicodedata.normalize("NFC", query)
    written = {word: query[start:end] for word, start, end in tokens(query) if word not in STOP_WORDS}
    if len(written) < 2:
        return []
    unquoted = [" ".join(written.values())] if phrases(query) else []
    first = list(written)[:MOST_DROPPED]
    without_one = [" ".join(written[other] for other in written if other != word) for word in first]
    ways = (unquoted, without_one, [written[word] for word in first])
    tried = list(dict.fromkeys(chain(*ways)))
    found = {shorter: count for shorter, count in zip(tried, found_by(tried), strict=True) if count}
    for way in ways:
        if fruitful := [(shorter, found[shorter]) for shorter in way if shorter in found]:
            return sorted(fruitful, key=lambda one: -one[1])
    return []


def _candidates(query: str):
    """What the query may have been meant to be, the likeliest first, each once."""
    known = vocabulary()
    seen = {query}
    for candidate in (*_typed_in_other_layout(query, known), *_joined(query, known), *_word_by_word(query, known)):
        if candidate not in seen:
            seen.add(candidate)
            yield candidate


def _typed_in_other_layout(query: str, known: dict[str, int]) -> list[str]:
    """The keys «,» and «[» are letters in Russian, so the query is switched whole."""
    return [
        switched
        for switched in other_layouts(query)
        if any(has(known, word) for word, _start, _end in tokens(switched) if word not in STOP_WORDS)
    ]


def _joined(query: str, known: dict[str, int]) -> list[str]:
    """The query without a space that stands inside a word."""
    spaces = [(first[2], second[1]) for first, second in pairwise(tokens(query))]
    both = [first[0] + second[0] for first, second in pairwise(tokens(query))]
    return [query[:end] + query[start:] for (end, start), word in zip(spaces, both, strict=True) if has(known, word)]


def _word_by_word(query: str, known: dict[str, int]):
    """Each word that the bank does not have replaced by one that it has; nothing when one of them has no likeness."""
    typed = [place for place in tokens(query) if place[0] not in STOP_WORDS and not has(known, place[0])]
    if not typed or len(typed) > MOST_WORDS:
        return
    for words in product(*([_written(word) for word in meant(place[0], known)] for place in typed)):
        pieces, done = [], 0
        for (_word, start, end), word in zip(typed, words, strict=True):
            pieces += [query[done:start], word]
            done = end
        yield "".join([*pieces, query[done:]])


def _written(lemma: str) -> str:
    """A lemma as a reader knows it. A word that no dictionary has is indexed by its stem: a text says how it ends."""
    if is_known(lemma) or not lemma.isalpha():
        return with_yo(lemma)
    texts = SearchText.objects.filter(run__contains=f" {lemma} ").values_list("title", "text").first() or ()
    return next((word for text in texts for word, _start, _end in tokens(text) if lemma in lemmas_of(word)), lemma)
