"""What the bank's card says of a passport: derived, shortened, never reworded. Pure."""

import re
import unicodedata

from practices.amounts import is_total_row, quantities

SUMMARY_LENGTH = 300
MOST_FIGURES = 4
LONGEST_VALUE = 40
LONGEST_LABEL = 160
LONGEST_SLUG = 80

_LETTERS = dict(zip("абвгдеёзийклмнопрстуфхцыэ", "abvgdeezijklmnoprstufhcye", strict=True))
_LETTERS |= {"й": "y", "ж": "zh", "ч": "ch", "ш": "sh", "щ": "sch", "ъ": "", "ь": "", "ю": "yu", "я": "ya"}
_MARKER = re.compile(r"^\s*(?:[-–—·•*]|\d{1,2}[.)])\s+")
# A full stop after these is no end of a sentence.
_ABBREVIATED = re.compile(
    r"(?:\b(?:г|гг|ул|им|т|т\.\s?е|т\.\s?д|т\.\s?п|т\.\s?ч|др|пр|см|стр|тыс|млн|млрд|руб|чел|обл|р|д|п|ст|кв|шт|мкр|пос|св)"
    r"|\b[А-ЯЁA-Z])\.$",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?…][»”)]*(?=\s+[«„(]?[А-ЯЁA-Z0-9])")


def slug_of(title: str) -> str:
    """A title in Latin letters, cut at a word: «Школа чтения» is shkola-chteniya."""
    latin = "".join(_LETTERS.get(letter, letter) for letter in unicodedata.normalize("NFC", title).lower())
    words = re.findall(r"[a-z0-9]+", latin.encode("ascii", "ignore").decode())
    return cut("-".join(words).replace("-", " "), LONGEST_SLUG, ellipsis="").replace(" ", "-") or "praktika"


def summary_of(paragraphs: list[str]) -> str:
    """The first whole sentences that fit; of a first sentence that is too long, as many words as fit."""
    text = " ".join(" ".join(_MARKER.sub("", line) for line in "\n".join(paragraphs).split("\n")).split())
    summary = ""
    for sentence in sentences(text):
        longer = f"{summary} {sentence}".strip()
        if len(longer) > SUMMARY_LENGTH:
            break
        summary = longer
    return summary or cut(text, SUMMARY_LENGTH)


def sentences(text: str) -> list[str]:
    """A text cut into sentences; «г. Саров» and «А. С. Пушкин» stay whole."""
    found, start = [], 0
    for end in _SENTENCE_END.finditer(text):
        sentence = text[start : end.end()]
        if not _ABBREVIATED.search(sentence):
            found.append(sentence.strip())
            start = end.end()
    return [*found, rest] if (rest := text[start:].strip()) else found


def figures_of(rows: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """(value as written, label) of the first results that are numbers; a row of several values is none of them."""
    figures = []
    for indicator, value in rows:
        label, written = " ".join(indicator.split()), value.strip()
        if not label or len(written) > LONGEST_VALUE or len(quantities(written)) != 1 or is_total_row([label]):
            continue
        figures.append((written, cut(label, LONGEST_LABEL)))
    return figures[:MOST_FIGURES]


def cut(text: str, length: int, *, ellipsis: str = "…") -> str:
    """The text itself if it fits, or else as many whole words as do."""
    if len(text) <= length:
        return text
    room = length - len(ellipsis)
    kept = text[: room + 1].rpartition(" ")[0] or text[:room]
    return kept.rstrip(" ,;:–—-(«") + ellipsis
