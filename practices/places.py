"""Which city a text speaks of: «ЗАТО г. Заречный Пензенской области». Pure: asks of a place its names and its region.

Whoever wrote the passport wrote the name in any case and with any title before it, so words are compared by their
dictionary forms. The region tells cities of one name apart, and those we do not know: Железногорск in another region
is another city.
"""

import re

from practices.lemmas import lemmas_of, words

KINDS_OF_PLACE = {
    "г",
    "гор",
    "город",
    "городе",
    "зато",
    "пгт",
    "поселок",
    "село",
    "муниципальный",
    "городской",
    "округ",
}
KINDS_OF_REGION = {"область", "край", "республика", "автономный", "округ"}


def named_in(text: str, places: list) -> list:
    """The places that the text names; more than one means that the text does not tell which."""
    said = words(text)
    official = [place for place in places if _stands_in(words(place.full_name), said)]
    found = [place for place in places if place in official or _stands_in(words(place.name), said)]
    regions = {place.region for place in places if _names_region(said, place.region)}
    if regions:
        found = [place for place in found if place.region in regions]
    return official if len(official) == 1 and official[0] in found else found


def place_key(text: str) -> str:
    """What is the same place to whoever counts: «г. Заречный, Пензенская область» and «ЗАТО Заречный» are one."""
    name = re.split(r"[,(;]", text, maxsplit=1)[0]
    said = words(name) or words(text)
    return " ".join([word for word in said if word not in KINDS_OF_PLACE] or said)


def _names_region(said: list[str], region: str) -> bool:
    telling = [word for word in words(region) if word not in KINDS_OF_REGION]
    return any(_are_one_word(word, telling[0]) for word in said)


def _stands_in(name: list[str], said: list[str]) -> bool:
    """Whether the words of the name stand in the text one after the other."""
    starts = range(len(said) - len(name) + 1)
    return any(all(map(_are_one_word, name, said[start : start + len(name)])) for start in starts)


def _are_one_word(one: str, other: str) -> bool:
    return one == other or not set(lemmas_of(one)).isdisjoint(lemmas_of(other))
