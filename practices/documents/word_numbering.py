"""The numbers and bullets that Word draws itself: they stand in no text, yet a reader of the file sees them."""

from collections import defaultdict
from dataclasses import dataclass, field

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{W}val"
BULLET = "•"
LETTERS = {
    "lowerLetter": "abcdefghijklmnopqrstuvwxyz",
    "russianLower": "абвгдежзиклмнопрстуфхцчшщэюя",
}
ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True)
class Level:
    kind: str
    pattern: str
    start: int
    style: str | None


@dataclass
class Numbering:
    """Counts the lists of one document. Ask for labels in reading order: each answer counts one on."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)  # by abstract list, then depth
    lists: dict[str, str] = field(default_factory=dict)  # list → abstract list
    restarts: dict[str, dict[int, int]] = field(default_factory=dict)
    _counted: dict = field(default_factory=lambda: defaultdict(dict))
    _met: set = field(default_factory=set)

    @classmethod
    def read(cls, root) -> "Numbering":
        """From the root element of the numbering part."""
        made = cls()
        named, links = {}, {}
        for abstract in root.findall(f"{W}abstractNum"):
            identity = abstract.get(f"{W}abstractNumId")
            made.levels[identity] = {
                whole(level.get(f"{W}ilvl")): _level(level) for level in abstract.findall(f"{W}lvl")
            }
            named[value(abstract, "styleLink")] = identity
            links[identity] = value(abstract, "numStyleLink")
        for number in root.findall(f"{W}num"):
            identity = number.get(f"{W}numId")
            abstract = value(number, "abstractNumId")
            made.lists[identity] = named.get(links.get(abstract), abstract) if links.get(abstract) else abstract
            made.restarts[identity] = {
                whole(override.get(f"{W}ilvl")): whole(value(override, "startOverride"))
                for override in number.findall(f"{W}lvlOverride")
                if value(override, "startOverride")
            }
        return made

    def depth_of_style(self, list_id: str, style: str) -> int:
        """Heading styles name their list only; the list says which of its depths is whose."""
        levels = self.levels.get(self.lists.get(list_id), {})
        return next((depth for depth, level in levels.items() if level.style == style), 0)

    def label(self, list_id: str, depth: int) -> str:
        """The next label of the list, «3.» or a bullet; empty for a list that the document does not have."""
        abstract = self.lists.get(list_id)
        level = self.levels.get(abstract, {}).get(depth)
        if level is None:
            return ""
        if level.kind == "bullet":
            return BULLET
        counted = self._counted[abstract]
        if list_id not in self._met:
            self._met.add(list_id)
            counted.update({depth: start - 1 for depth, start in self.restarts.get(list_id, {}).items()})
        counted[depth] = counted.get(depth, level.start - 1) + 1
        for deeper in [other for other in counted if other > depth]:
            del counted[deeper]
        return self._write(abstract, level.pattern)

    def _write(self, abstract: str, pattern: str) -> str:
        for depth, level in self.levels[abstract].items():
            number = self._counted[abstract].get(depth, level.start)
            pattern = pattern.replace(f"%{depth + 1}", formatted(number, level.kind))
        return pattern.strip()


def formatted(number: int, kind: str) -> str:
    """3 as «3», «c», «в» or «iii», in capitals where the kind says so."""
    plain = kind.replace("upper", "lower").replace("Upper", "Lower")
    if plain == "none":
        return ""
    if plain in LETTERS:
        text = LETTERS[plain][(number - 1) % len(LETTERS[plain])]
    elif plain == "lowerRoman" and 0 < number < 40:
        text = _roman(number)
    else:
        return str(number)
    return text if plain == kind else text.upper()


def _roman(number: int) -> str:
    text = ""
    for worth, sign in ROMAN:
        while number >= worth:
            text, number = text + sign, number - worth
    return text


def _level(element) -> Level:
    return Level(
        kind=value(element, "numFmt") or "decimal",
        pattern=value(element, "lvlText") or "",
        start=whole(value(element, "start"), 1),
        style=value(element, "pStyle"),
    )


def value(element, name: str) -> str | None:
    """The `w:val` of a child of that name."""
    child = element.find(f"{W}{name}") if element is not None else None
    return None if child is None else child.get(VAL)


def whole(text: str | None, default: int = 0) -> int:
    """A number out of a stranger's XML."""
    return int(text) if text and text.lstrip("-").isdecimal() and len(text) < 9 else default
