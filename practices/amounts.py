"""Numbers that people wrote by hand: read where there is no doubt, left alone where there is. Pure.

What was written is never changed; a number read here stands beside the words, and `None` says that no honest
number can be read.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from practices.lemmas import is_adjective, is_thing, lemmas_of, normalise

SPACES = " \u00a0\u2009\u202f"

_IN_POINTS = r"\d{1,3}(?:\.\d{3}){2,}(?!\d)(?:,\d+)?"  # «1.200.000»
_NUMBER = rf"\d{{1,3}}(?:[{SPACES}]\d{{3}})+(?!\d)(?:[.,]\d+)?|{_IN_POINTS}|\d+(?:[.,]\d+)?"
_SCALE = r"тыс\w*\.?|т\.?\s?р(?:уб\w*)?(?!\w)|(?:млн|миллион|млрд|миллиард)\w*\.?"
_IN_WORDS = rf"\((?!{_SCALE})[^)\d]*\)"  # «100 (сто) тыс.»
_QUANTITY = re.compile(
    rf"(?<![\d.,])(?P<number>{_NUMBER})(?!\d)(?:\s*{_IN_WORDS})?\s*(?:(?P<share>%|процент)|\(?(?P<scale>{_SCALE}))?",
    re.IGNORECASE,
)
_PLUS = re.compile(r"\s*\+")  # «65+»
_FOLLOWING = re.compile(r"\s*([^\W\d_][\w-]*)")
_OF_PEOPLE = {"население", "молодежь", "лицо", "чел", "персонал"}  # things by grammar
_HEADING_UNIT = re.compile(r"\b(?:(тыс)(?:яч(?:и|ах|ей)?)?|(млн|миллион)\w*|(млрд|миллиард)\w*)\b", re.IGNORECASE)
_HEADING_UNITS = ("тыс. руб.", "млн руб.", "млрд руб.")
_YEAR = re.compile(r"(?<!\d)(19[5-9]\d|20\d\d)(?!\d)")
_FOUR = r"(?:19|20)\d\d"
_DATE = re.compile(
    rf"(?<!\d)\d{{1,2}}\.\d{{1,2}}\.{_FOUR}(?!\d)|(?<!\d)(?:{_FOUR}\s?[-–—]\s?)?{_FOUR}\s?г(?:г|од|\b)", re.IGNORECASE
)
_ORDINAL = re.compile(r"^\s*\d{1,2}[.)]\s+(?=\S)")
_PART = re.compile(r"в\s+т(?:ом|\.)\s*ч|из\s+них|из\s+которых", re.IGNORECASE)
_TOTAL = re.compile(r"^\W*(?:итого|всего)\b", re.IGNORECASE)
_SCALES = {"т": 1_000, "млн": 10**6, "миллион": 10**6, "млрд": 10**9, "миллиард": 10**9}


@dataclass(frozen=True)
class Quantity:
    """A number as written, what «тыс.» or «млн» after it multiplies it by, and the words after it.

    `is_share`: per cents, which are no sum of money and no people.
    """

    written: str
    scale: int
    is_share: bool = False
    after: str = ""

    @property
    def value(self) -> Decimal:
        return self._plain * self.scale

    @property
    def _plain(self) -> Decimal:
        written = self.written.replace(".", "") if re.fullmatch(_IN_POINTS, self.written) else self.written
        return Decimal(re.sub(rf"[{SPACES}]", "", written).replace(",", "."))


def quantities(text: str) -> list[Quantity]:
    """Every number of a text but row numbers, dates and years."""
    text = _DATE.sub(" ", _ORDINAL.sub("", text))
    return [
        Quantity(match["number"], _scale(match["scale"]), bool(match["share"]), text[match.end() :])
        for match in _QUANTITY.finditer(text)
    ]


def read_number(text: str) -> Decimal | None:
    """The one number of a text: «более 2000» is 2000. `None` for none, for several, and for a range."""
    found = quantities(_main(text))
    return found[0].value if len(found) == 1 else None


def read_money(text: str) -> Decimal | None:
    """Roubles: «9 770,5 тыс. руб.» is 9770500. Without a unit roubles are meant: «10 000» is 10000."""
    quantity = _the_one(text)
    if quantity is None:
        return None
    # Kopecks have two digits: three after a point, with no «тыс.» to follow, are thousands («30.000 руб.»).
    if quantity.scale == 1 and re.fullmatch(r"\d{1,3}[.,]\d{3}", quantity.written):
        return Decimal(re.sub(r"[.,]", "", quantity.written))
    return quantity.value


def unit_of(heading: str) -> str:
    """The unit that a heading gives to the sums below it («Объём затрат, тыс. руб.»); empty for plain roubles."""
    found = _HEADING_UNIT.search(heading)
    return next(unit for word, unit in zip(found.groups(), _HEADING_UNITS, strict=True) if word) if found else ""


def with_unit(text: str, unit: str) -> str:
    """A sum with the unit of its heading, unless it has words of its own."""
    is_bare = bool(unit) and read_money(text) is not None and not any(letter.isalpha() for letter in text)
    return f"{text} {unit}" if is_bare else text


def read_people(text: str) -> int | None:
    """How many people: «5 чел.» is 5, «10 000 …, в том числе 2500 …» is 10000.

    `None` for «все жители», and for numbers of other things: «100 % жителей», «дети до 18 лет», «9 школ».
    """
    quantity = _the_one(text)
    if quantity is None or _is_of_things(quantity.after):
        return None
    return int(quantity.value) if quantity.value == int(quantity.value) else None


def read_started_year(text: str) -> int | None:
    """The first year a period names: «С 2015 года по настоящее время» is 2015."""
    found = _YEAR.search(text)
    return int(found.group(1)) if found else None


def is_total_row(cells: Iterable[str]) -> bool:
    """Whether a row of a table only adds the others up («ИТОГО», with the sum beside it or in the same cell)."""
    return any(_TOTAL.match(cell) for cell in cells)


def is_dash(text: str) -> bool:
    """Whether a cell says «nothing» in signs: it is filled, and there is nothing to read."""
    return bool(text) and not any(letter.isalnum() for letter in text)


def _main(text: str) -> str:
    """A text without «в том числе …»."""
    return _PART.split(text, maxsplit=1)[0]


def _the_one(text: str) -> Quantity | None:
    """The one number of a text that is of something, per cents left out; `None` for none and for several."""
    found = [quantity for quantity in quantities(_main(text)) if not quantity.is_share]
    return found[0] if len(found) == 1 else None


def _is_of_things(after: str) -> bool:
    """Whether the noun that a number counts is no living being: «18 лет», «12 жилых домов»."""
    if _PLUS.match(after):
        return True
    place = 0
    while following := _FOLLOWING.match(after, place):
        word = normalise(following[1])
        if not is_adjective(word):
            return is_thing(word) and _OF_PEOPLE.isdisjoint(lemmas_of(word))
        place = following.end()
    return False


def _scale(word: str | None) -> int:
    return next((scale for begins, scale in _SCALES.items() if word and word.lower().startswith(begins)), 1)
