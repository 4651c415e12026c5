"""What somebody meant who typed a word that the bank does not have. Pure: a word and known words in, words out.

A word that the dictionary has is no slip, whether the bank has it or not; the bank may have another of its root.
"""

from collections.abc import Iterable, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from practices.lemmas import guesses, is_known, lemmas_of

SHORTEST, SHORTEST_WITH_TWO = 4, 8  # letters of a word with one slip, and with two
SHORTEST_STEM = 6  # that says which root it is
SHORTEST_PART = 3  # of two words typed as one
MOST = 3  # guesses at one word

# The keys of one keyboard: what stands on them in Latin and in Cyrillic.
_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`" + 'QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>~'
_CYRILLIC = "йцукенгшщзхъфывапролджэячсмитьбюё" + "ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ"
_TO_CYRILLIC, _TO_LATIN = str.maketrans(_LATIN, _CYRILLIC), str.maketrans(_CYRILLIC, _LATIN)


def other_layouts(typed: str) -> list[str]:
    """The same keys pressed in the other layout, where that makes another text."""
    return [text for text in (typed.translate(_TO_CYRILLIC), typed.translate(_TO_LATIN)) if text != typed]


def has(vocabulary: Mapping[str, int], word: str) -> bool:
    """Whether the bank has the word in any form."""
    return any(lemma in vocabulary for lemma in lemmas_of(word))


def meant(word: str, vocabulary: Mapping[str, int]) -> list[str]:
    """Words of the bank that differ from a typed one by a slip, the likeliest first."""
    switched = [text for text in other_layouts(word) if text.isalnum() and has(vocabulary, text)]
    if switched:
        return switched
    likely = [] if is_known(word) else [*_parted(word, vocabulary), *_near(word, vocabulary)]
    return likely or _of_one_root(word, vocabulary)


def _near(word: str, vocabulary: Mapping[str, int]) -> list[str]:
    """By the fewest slips, then by how many practices have the word."""
    distances: dict[str, int] = {}
    for guess in guesses(word):
        for lemma, distance in _within_reach(guess, vocabulary):
            distances[lemma] = min(distance, distances.get(lemma, distance))
    return sorted(distances, key=lambda lemma: (distances[lemma], -vocabulary[lemma], lemma))[:MOST]


def _within_reach(word: str, known: Iterable[str]) -> list[tuple[str, int]]:
    """Transposed letters count as one slip. A number is never a slip of another."""
    if len(word) < SHORTEST or any(letter.isdigit() for letter in word):
        return []
    slips = 1 if len(word) < SHORTEST_WITH_TWO else 2
    found = process.extract(word, list(known), scorer=OSA.distance, processor=None, score_cutoff=slips, limit=MOST * 4)
    return [(lemma, distance) for lemma, distance, _place in found if not lemma.isdigit()]


def _of_one_root(word: str, vocabulary: Mapping[str, int]) -> list[str]:
    """Words that begin as all forms of this one do: «профориентационный» for «профориентация»."""
    stem = guesses(word)[-1]
    if len(stem) < SHORTEST_STEM:
        return []
    return sorted(
        (lemma for lemma in vocabulary if lemma.startswith(stem)), key=lambda lemma: (-vocabulary[lemma], lemma)
    )[:MOST]


def _parted(word: str, vocabulary: Mapping[str, int]) -> list[str]:
    """Two words of the bank that were typed without the space between them."""
    for place in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
        parts = word[:place], word[place:]
        if all(is_known(part) and has(vocabulary, part) for part in parts):
            return [" ".join(parts)]
    return []
