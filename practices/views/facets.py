"""The facets of the bank as its page shows them: checkboxes with counts, chips to undo, ways out of an empty answer."""

from dataclasses import dataclass
from itertools import combinations

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy as _, ngettext

from practices import slips
from practices.digest import slug_of
from practices.enums import Sort, View
from practices.facets import WORDS
from practices.filters import CLOSED, BankFilter, ChoiceFilter, values_of
from practices.models import Theme

AT_ONCE = {"territory": 6, "region": 4, "nomination": 4, "started": 5}  # options that stand open; of the others, all
MOST_WAYS = 5


class BankPage(BankFilter):
    """What the page can be asked beyond what every reader of the bank can: how it shows the answer."""

    view = ChoiceFilter(accepted=values_of(View), unknown=_("Practices cannot be shown as “%(value)s”."))

    @property
    def shown_as(self) -> View:
        given = self.understood.get("view") or [View.CARDS]
        return View(given[-1])


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
        return self.options[: self._at_once]

    @property
    def rest(self) -> list[Option]:
        return self.options[self._at_once :]

    @property
    def has_chosen_in_rest(self) -> bool:
        return any(option.is_chosen for option in self.rest)

    @property
    def chosen(self) -> list[Option]:
        return [option for option in self.options if option.is_chosen]

    @property
    def more(self) -> str:
        """The word before the rest."""
        more = len(self.rest)
        match self.name:
            case "territory":
                return ngettext("%(more)s more city", "%(more)s more cities", more) % {"more": more}
            case "region":
                return ngettext("%(more)s more region", "%(more)s more regions", more) % {"more": more}
        return ngettext("%(more)s more", "%(more)s more", more) % {"more": more}

    @property
    def find(self) -> str:
        """The label of the box that finds an option of a long facet; blank for a facet that needs none."""
        if not self.rest:
            return ""
        return {"territory": gettext("Find a city"), "region": gettext("Find a region")}.get(self.name, "")

    @property
    def _at_once(self) -> int:
        return AT_ONCE.get(self.name, len(self.options))


@dataclass(frozen=True)
class Chip:
    """A part of the question, and the address of the same question without it."""

    label: str
    url: str
    count: int = 0


@dataclass(frozen=True)
class Way:
    """Parts of the question that, dropped together, bring something."""

    labels: list[str]
    url: str
    count: int


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
            shown.append(Facet(name, asked.filters[name].label, _in_order(name, options)))
    return shown


def chips(asked: BankFilter, shown: list[Facet]) -> list[Chip]:
    """One for the words and one for each chosen option."""
    parts = [Chip(asked.words, address(asked, q=[]))] if asked.words else []
    return parts + [
        Chip(_alone(facet, option), address(asked, **{facet.name: _others(asked, facet, option)}))
        for facet in shown
        for option in facet.chosen
    ]


def ways_out(asked: BankFilter, shown: list[Facet]) -> list[Way]:
    """Which parts of a question without answer to drop: as few as help, the most fruitful first.

    Dropping all of them is no way out but the whole bank.
    """
    parts = {WORDS: asked.words} if asked.words else {}
    parts |= {
        facet.name: ", ".join(_alone(facet, option) for option in facet.chosen) for facet in shown if facet.chosen
    }
    for few in range(1, len(parts)):
        ways = [
            Way(
                labels=[parts[part] for part in dropped],
                url=address(asked, **{part: [] for part in dropped}),
                count=asked.cube.found_without(*dropped),
            )
            for dropped in combinations(parts, few)
        ]
        fruitful = sorted((way for way in ways if way.count), key=lambda way: -way.count)
        if fruitful:
            return fruitful[:MOST_WAYS]
    return []


def words_alone(asked: BankFilter) -> Chip | None:
    """The words in the whole bank, when they find something there and only several filters stand in the way."""
    count = asked.cube.found_by_words
    if not asked.words or not count or sum(map(bool, asked.chosen.values())) == 1:
        return None
    return Chip(asked.words, address(asked, **{facet: [] for facet in asked.chosen}), count)


def shorter_words(asked: BankFilter) -> list[Chip]:
    """Some of the words, when nothing else was asked for and nothing has them all."""
    if any(asked.chosen.values()):
        return []
    return [Chip(words, address(asked, q=[words]), count) for words, count in slips.shortened(asked.words)]


def address(asked: BankFilter, **changed: list[str]) -> str:
    """The address of a question, or of the same with other values of some parameters."""
    query = query_string(asked, **changed)
    return f"{reverse('practices:bank')}?{query}" if query else reverse("practices:bank")


def reset(asked: BankFilter) -> str:
    """The whole bank, in the order and look that the reader has chosen."""
    return address(asked, q=[], **{facet: [] for facet in asked.chosen})


def query_string(asked: BankFilter, **changed: list[str]) -> str:
    """The question as understood, what goes without saying and the page of the answer left out."""
    words = changed.get("q", [asked.words] if asked.words else [])
    said = {
        "q": words,
        "exact": ["1"] if words and asked.data.get("exact") else [],
        **asked.chosen,
        "sort": [] if asked.order == asked.orders[0] else [asked.order.value],
        "view": [asked.shown_as.value] if isinstance(asked, BankPage) and asked.shown_as != View.CARDS else [],
    }
    parameters = QueryDict(mutable=True)
    for name, values in (said | changed).items():
        if values:
            parameters.setlist(name, values)
    return parameters.urlencode()


def sorts(asked: BankFilter) -> list[tuple[Sort, bool]]:
    """The orders to choose from, and which of them this is."""
    return [(sort, sort == asked.order) for sort in asked.orders]


def views(asked: BankPage) -> list[tuple[View, str, bool]]:
    """The three looks of one answer, their addresses, and which of them this is."""
    return [
        (view, address(asked, view=[view.value] if view != View.CARDS else []), view == asked.shown_as) for view in View
    ]


def _others(asked: BankFilter, facet: Facet, option: Option) -> list[str]:
    return [value for value in asked.chosen[facet.name] if value != option.value]


def _alone(facet: Facet, option: Option) -> str:
    """An option where its facet's title does not stand beside: «2016» there is the year of a contest."""
    return gettext("begun in %(year)s") % {"year": option.label} if facet.name == "started" else option.label


def _in_order(name: str, options: list[Option]) -> list[Option]:
    match name:
        case "year" | "started":
            return sorted(options, key=lambda option: -int(option.value))
        case "theme":
            return sorted(options, key=lambda option: option.theme.order)
        case "territory" | "region":
            return sorted(options, key=lambda option: (-option.count, option.label))
        case "nomination":
            return sorted(options, key=lambda option: option.label)
    return sorted(options, key=lambda option: CLOSED[name].values.index(option.value))
