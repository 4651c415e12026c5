"""The piece of a text that shows why a search found it. Pure: texts in, a text out."""

import re
import unicodedata

from practices.lemmas import LONGEST_WORD, STOP_WORDS, lemmas_of, tokens, wanted

LENGTH = 170  # letters: two or three lines of a card
BEFORE = 50  # of them before the first word found
BEGINNING = 3  # letters that nearly every form of a word begins with
ELLIPSIS = "…"


def snippet(text: str, query: str) -> str:
    """The paragraph that has most of the words looked for, cut to a card's length; empty when none has any."""
    sought = wanted(query)
    if not sought:
        return ""
    beginnings, best, most = _beginnings(sought), "", 0
    for paragraph in unicodedata.normalize("NFC", text).splitlines():
        places = _places(paragraph, sought, beginnings)
        found = len({number for number, _start, _end in places})
        if found > most:
            best, most = _cut(paragraph, places), found
            if most == len(sought):
                break
    return best


def _places(paragraph: str, sought: list[tuple[str, ...]], beginnings: re.Pattern) -> list[tuple[int, int, int]]:
    """Where the words stand: which of them, start and end."""
    places = []
    for match in beginnings.finditer(paragraph):
        at = match.start()
        word, _start, length = next(tokens(paragraph[at : at + LONGEST_WORD]))
        if word not in STOP_WORDS:
            found = (number for number, lemmas in enumerate(sought) if not set(lemmas).isdisjoint(lemmas_of(word)))
            places += [(number, at, at + length) for number in found]
    return places


def _beginnings(sought: list[tuple[str, ...]]) -> re.Pattern:
    """Where to look at all: few words are worth it. Forms unlike their lemma («шёл» of «идти») are found, not shown."""
    known = {lemma[: 1 if lemma.isdigit() else BEGINNING] for word in sought for lemma in word}
    beginnings = sorted(re.escape(beginning).replace("е", "[её]") for beginning in known)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(beginnings)})", re.IGNORECASE)


def _cut(paragraph: str, places: list[tuple[int, int, int]]) -> str:
    """As much as a card holds around the words found: the stretch that has most different ones, between words."""
    if len(paragraph) <= LENGTH:
        return paragraph.strip()
    start = max(places, key=lambda place: (_seen_from(place[1], places), -place[1]))[1]
    begin = max(0, min(start - BEFORE, len(paragraph) - LENGTH))
    end = begin + LENGTH
    if begin:
        begin = paragraph.find(" ", begin, start) + 1 or start
    if end < len(paragraph):
        end = max(paragraph.rfind(" ", begin, end), next(stop for _n, at, stop in places if at == start))
    opening, closing = ELLIPSIS * (begin > 0), ELLIPSIS * (end < len(paragraph))
    return opening + paragraph[begin:end].strip(" ,;:–—") + closing


def _seen_from(start: int, places: list[tuple[int, int, int]]) -> int:
    return len({number for number, at, end in places if at >= start and end <= start + LENGTH - BEFORE})
