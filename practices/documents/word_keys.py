"""How words of the form are compared: what a person sees as the same heading gives the same key.

Letters and digits alone remain, without case, spaces, hyphens and soft hyphens, ё as е, Latin look-alikes as Cyrillic.
So «П Р Е Д П О С Ы Л К И», a title typed with a Latin C and one split over lines all meet. Keys are for matching only.
"""

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

LOOK_ALIKES = str.maketrans("ABCEHKMOPTXYaceopxykmtё", "АВСЕНКМОРТХУасеорхукмте", "№")
ABBREVIATIONS = (
    ("нормативноправовыхактов", "нпа"),
    ("нормативноправовыеакты", "нпа"),
    ("нормативныеправовыеакты", "нпа"),
)
NUMBERED = re.compile(r"^\s*(?:(?:раздел|пункт|п\.)\s*)?№?\s*(\d{1,2})(?!\d)\s*(?:[.)]+|(?=[^\d.,]))\s*", re.IGNORECASE)
LEAST_ALIKE = 0.7
INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")


@lru_cache(maxsize=4096)
def letter(char: str) -> str:
    """What one character gives to a key: nothing, itself, or its plain form."""
    plain = unicodedata.normalize("NFKC", char.translate(LOOK_ALIKES)).casefold().translate(LOOK_ALIKES)
    return "".join(part for part in plain if part.isalnum())


@lru_cache(maxsize=4096)
def key(text: str) -> str:
    return "".join(map(letter, text))


@lru_cache(maxsize=4096)
def short_key(text: str) -> str:
    """A key in which «нормативно-правовые акты» and «НПА» are the same."""
    result = key(text)
    for long, short in ABBREVIATIONS:
        result = result.replace(long, short)
    return result


def after(text: str, length: int) -> str:
    """What follows the characters that gave the first `length` characters of the key."""
    position = 0
    while length > 0 and position < len(text):
        length -= len(letter(text[position]))
        position += 1
    return text[position:]


def split_number(text: str) -> tuple[int | None, str]:
    """«4. Сроки» → (4, «Сроки»); a text without a number keeps all of itself."""
    found = NUMBERED.match(text)
    return (int(found[1]), text[found.end() :]) if found else (None, text)


@lru_cache(maxsize=256)
def _matcher(known: str) -> SequenceMatcher:
    """Preparing a matcher is the dear part, and the form's own words are few."""
    return SequenceMatcher(None, "", known, autojunk=False)


def similarity(said: str, known: str) -> float:
    """From 0 to 1, for a key out of a file and one of the form; 0 as soon as they cannot be alike."""
    if 2 * min(len(said), len(known)) < LEAST_ALIKE * (len(said) + len(known)):
        return 0.0
    matcher = _matcher(known)
    matcher.set_seq1(said)
    return matcher.ratio() if matcher.quick_ratio() >= LEAST_ALIKE else 0.0
