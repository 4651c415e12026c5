"""The facets of the bank as its page shows them: checkboxes with counts, chips to undo, ways out of an empty answer."""

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse

from practices.digest import slug_of
from practices.enums import Award
from practices.filters import BankFilter
from practices.models import Theme

AT_ONCE = 8
ORDER = {
    "award": lambda option: Award.values.index(option.value),
    "year": lambda option: -int(option.value),
    "theme": lambda option: option.theme.order,
    "territory": lambda option: (-option.count, option.label),
    "nomination": lambda option: option.label,
}


@dataclass(frozen=True)
class Option:
    """One checkbox. `key` is its id on the page, `count` what it brings; `theme` is there for its sign."""

    key: str
    value: str
    label: str
    count: int
    is_chosen: bool
    theme: Theme | None = None


@dataclass(frozen=True)
class Facet:
    """A facet: its first options stand open, the rest behind a word."""

    name: str
    title: str
    options: list[Option]

    @property
    def first(self) -> list[Option]:
        return self.options[:AT_ONCE]

    @property
    def rest(self) -> list[Option]:
        return self.options[AT_ONCE:]

    @property
    def has_chosen_in_rest(self) -> bool:
        return any(option.is_chosen for option in self.rest)

    @property
    def chosen(self) -> list[Option]:
        return [option for option in self.options if option.is_chosen]


@dataclass(frozen=True)
class Chip:
    """A part of the question, and the address of the same question without it."""

    label: str
    url: str
    count: int = 0


def facets(asked: BankFilter) -> list[Facet]:
    """Every option that the bank has, those that would bring nothing now with their zero, and whatever is chosen."""
    shown = []
    for name, chosen in asked.chosen.items():
        counts = {value: count for value, count in asked.cube.counts(name).items() if value}
        options = [
            Option(
                key=f"{name}-{slug_of(value)}",
                value=value,
                label=asked.label(name, value),
                count=count,
                is_chosen=value in chosen,
                theme=asked.themes.get(value) if name == "theme" else None,
            )
            for value, count in {**dict.fromkeys(chosen, 0), **counts}.items()
        ]
        if options:
            shown.append(Facet(name, asked.filters[name].label, sorted(options, key=ORDER[name])))
    return shown


def chips(asked: BankFilter, shown: list[Facet]) -> list[Chip]:
    """One for the words and one for each chosen option."""
    parts = [Chip(asked.words, address(asked, but="q"))] if asked.words else []
    return parts + [
        Chip(option.label, address(asked, but=facet.name, value=option.value))
        for facet in shown
        for option in facet.chosen
    ]


def ways_out(asked: BankFilter, shown: list[Facet]) -> list[Chip]:
    """Which single part of a question without answer to drop, the most fruitful first; empty where none helps alone."""
    ways = []
    if asked.words:
        ways.append(Chip(asked.words, address(asked, but="q"), asked.cube.found_without_words))
    for facet in shown:
        if facet.chosen:
            label = ", ".join(option.label for option in facet.chosen)
            ways.append(Chip(label, address(asked, but=facet.name), asked.cube.found_without(facet.name)))
    return sorted((way for way in ways if way.count), key=lambda way: -way.count)


def words_alone(asked: BankFilter) -> Chip | None:
    """The words in the whole bank, when they find something there and only the filters stand in the way."""
    count = asked.cube.found_by_words
    if not asked.words or not count:
        return None
    query = QueryDict(mutable=True)
    query["q"] = asked.words
    return Chip(asked.words, f"{reverse('practices:bank')}?{query.urlencode()}", count)


def address(asked: BankFilter, *, but: str = "", value: str = "") -> str:
    """The address of a question, or of the same without a parameter, or without one value of it."""
    query = query_string(asked, but=but, value=value)
    return f"{reverse('practices:bank')}?{query}" if query else reverse("practices:bank")


def query_string(asked: BankFilter, *, but: str = "", value: str = "") -> str:
    """The question as understood, which page of the answer left out."""
    parameters = QueryDict(mutable=True)
    if asked.words:
        parameters["q"] = asked.words
    for facet, chosen in asked.chosen.items():
        parameters.setlist(facet, chosen)
    if but:
        kept = [option for option in parameters.pop(but, []) if value and option != value]
        parameters.setlist(but, kept)
    return parameters.urlencode()
