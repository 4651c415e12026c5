"""What can be asked of the bank in a query string, by the page and the API alike."""

from collections import Counter
from collections.abc import Callable
from functools import cached_property

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext, gettext_lazy as _

from competition.enums import TrackCode
from competition.models import Contest, Nomination, Territory
from practices import search, slips
from practices.bank import in_order
from practices.enums import Award, CostClass, PeopleClass, Sort
from practices.facets import Cube
from practices.models import Practice, Theme
from practices.tallies import FACTS, cells
from practices.version import kept

LONGEST_QUERY = 200
LONGEST_ECHO = 60

FIRST_YEAR, LAST_YEAR = 1900, 2100


class OptionsField(forms.Field):
    """Some options of a facet, each as the address bar has it; what is no option of it is an error, not a nothing.

    `accepted` maps every spelling that is understood to the facts it stands for.
    """

    widget = forms.SelectMultiple

    def __init__(self, *, accepted: Callable[[], dict[str, list]], unknown: str, **kwargs):
        super().__init__(**kwargs)
        self.accepted = accepted
        self.unknown = unknown

    def clean(self, value):
        given = [option for option in value or [] if option]
        if not given:
            return []
        accepted = self.accepted()
        for option in given:
            if option not in accepted:
                raise ValidationError(self.unknown, params={"value": option[:LONGEST_ECHO]})
        return list(dict.fromkeys(fact for option in given for fact in accepted[option]))


class OptionsFilter(django_filters.Filter):
    """A facet by its name in `tallies.FACTS`: practices that have one of the options, or all when none is chosen."""

    field_class = OptionsField

    def filter(self, queryset, value):
        return queryset.filter(FACTS[self.field_name].among(value)) if value else queryset


class ChoiceFilter(OptionsFilter):
    """How the answer is shown, which leaves out nothing: of several options the last one holds."""

    def filter(self, queryset, value):
        return queryset


def _territories() -> dict[str, list]:
    """By address, and by name too: it is what the API answers with. There are two cities called Заречный."""
    accepted: dict[str, list] = {}
    for slug, name in Territory.objects.values_list("slug", "name"):
        accepted[slug] = [slug]
        accepted.setdefault(name, []).append(slug)
    return accepted


def _years() -> dict[str, list]:
    return {str(year): [year] for year in Contest.objects.values_list("year", flat=True)}


def _themes() -> dict[str, list]:
    return {
        spelling: [slug] for slug, title in Theme.objects.values_list("slug", "title") for spelling in (slug, title)
    }


def _nominations() -> dict[str, list]:
    return {title: [title] for title in Nomination.objects.values_list("title", flat=True)}


def _regions() -> dict[str, list]:
    return {region: [region] for region in Territory.objects.order_by().values_list("region", flat=True).distinct()}


def _starting_years() -> dict[str, list]:
    return {str(year): [year] for year in range(FIRST_YEAR, LAST_YEAR + 1)}


def values_of(words: type[TextChoices]) -> Callable[[], dict[str, list]]:
    """What is accepted where the options are words of the code."""
    return lambda: {value: [value] for value in words.values}


# Facets whose options are words of the code.
CLOSED = {"award": Award, "track": TrackCode, "cost": CostClass, "people": PeopleClass}


def _labels_of(words: type[TextChoices]) -> dict[str, str]:
    return {value: str(label) for value, label in words.choices}


def _territory_names() -> dict[str, str]:
    """Names; of two cities called alike the region tells which."""
    cities = list(Territory.objects.values_list("slug", "name", "region"))
    times = Counter(name for _slug, name, _region in cities)
    return {slug: name if times[name] == 1 else f"{name} ({region})" for slug, name, region in cities}


class BankFilter(django_filters.FilterSet):
    """AND between parameters, OR inside one given twice. What is not understood is left out and told by `problems`."""

    q = django_filters.CharFilter(method="with_words", max_length=LONGEST_QUERY)
    award = OptionsFilter(label=_("Award"), accepted=values_of(Award), unknown=_("There is no award “%(value)s”."))
    year = OptionsFilter(label=_("Year"), accepted=_years, unknown=_("There was no contest in the year “%(value)s”."))
    theme = OptionsFilter(label=_("Theme"), accepted=_themes, unknown=_("There is no theme “%(value)s”."))
    territory = OptionsFilter(
        label=_("City"), accepted=_territories, unknown=_("There is no territory “%(value)s” in the contest.")
    )
    region = OptionsFilter(
        label=_("Region"), accepted=_regions, unknown=_("There is no region “%(value)s” in the contest.")
    )
    nomination = OptionsFilter(
        label=_("Nomination"), accepted=_nominations, unknown=_("There is no nomination “%(value)s”.")
    )
    track = OptionsFilter(label=_("Track"), accepted=values_of(TrackCode), unknown=_("There is no track “%(value)s”."))
    started = OptionsFilter(
        label=_("Began in"), accepted=_starting_years, unknown=_("No practice can have begun in the year “%(value)s”.")
    )
    cost = OptionsFilter(
        label=_("Costs"), accepted=values_of(CostClass), unknown=_("There is no class of costs “%(value)s”.")
    )
    people = OptionsFilter(
        label=_("People reached"),
        accepted=values_of(PeopleClass),
        unknown=_("There is no class of people reached “%(value)s”."),
    )
    sort = ChoiceFilter(accepted=values_of(Sort), unknown=_("Practices cannot be sorted by “%(value)s”."))

    class Meta:
        model = Practice
        fields = []

    def __init__(self, data):
        super().__init__(data, queryset=Practice.objects.published())
        self._cubes: dict[str, Cube] = {}

    def with_words(self, queryset, name, value):
        return search.matching(queryset, self.sought)

    @property
    def words(self) -> str:
        """The query as understood; blank when nothing, or nothing legible, was asked."""
        return self.understood.get("q", "")

    @cached_property
    def shown_for(self) -> str:
        """What is looked for instead of words that nothing in the bank has; blank when they are looked for as typed."""
        if not self.words or self.data.get("exact") or self._cube_of(self.words).found_by_words:
            return ""
        return slips.mended(self.words)

    @property
    def sought(self) -> str:
        """The words that are really looked for."""
        return self.shown_for or self.words

    @property
    def order(self) -> Sort:
        """The order asked for; by relevance as far as there are words to be relevant to."""
        given = self.understood.get("sort") or [Sort.RELEVANCE]
        sort = Sort(given[-1])
        return Sort.NEWEST if sort == Sort.RELEVANCE and not self.sought else sort

    @property
    def orders(self) -> list[Sort]:
        """The orders that this question can have, the one it has by itself first."""
        return [sort for sort in Sort if sort != Sort.RELEVANCE or self.sought]

    @property
    def chosen(self) -> dict[str, list[str]]:
        return {facet: [str(fact) for fact in self.understood.get(facet, [])] for facet in FACTS}

    @property
    def problems(self) -> list[str]:
        """What was not understood, a sentence each."""
        return [str(problem) for problems in self.form.errors.values() for problem in problems]

    def practices(self):
        """What was found, the best first, with all that a card shows and no long text beside it."""
        return self.in_order().with_card().defer("description")

    def in_order(self):
        """What was found, the best first, and nothing beside it."""
        return in_order(self.qs, self.order, words=self.sought)

    @property
    def cube(self) -> Cube:
        return self._cube_of(self.sought)

    def _cube_of(self, words: str) -> Cube:
        """The counts of the facets, from one query over the whole bank; kept until the bank changes."""
        if words not in self._cubes:
            chosen = {facet: self.understood.get(facet, []) for facet in FACTS}
            self._cubes[words] = kept(
                ("cube", words, chosen), lambda: Cube.of(cells(chosen, search.match_condition(words)))
            )
        return self._cubes[words]

    @cached_property
    def themes(self) -> dict[str, Theme]:
        return {theme.slug: theme for theme in Theme.objects.all()}

    @cached_property
    def labels(self) -> dict[str, dict[str, str]]:
        """How the options of each facet are written for people; an option that is not there is written as it is."""
        return {
            **{facet: _labels_of(words) for facet, words in CLOSED.items()},
            "theme": {slug: theme.title for slug, theme in self.themes.items()},
            "territory": _territory_names(),
        }

    def label(self, facet: str, option: str) -> str:
        return self.labels.get(facet, {}).get(option, option)

    @cached_property
    def understood(self) -> dict:
        self.form.is_valid()  # fills cleaned_data with what was understood, the rest or not
        return self.form.cleaned_data


def question_in_words(asked: BankFilter) -> list[str]:
    """The question as a title page says it: «Слова: двор», «Год: 2019, 2020»; empty for the whole bank."""
    said = [gettext("Words: %(words)s") % {"words": asked.sought}] if asked.sought else []
    return said + [
        gettext("%(facet)s: %(options)s")
        % {
            "facet": asked.filters[facet].label,
            "options": ", ".join(asked.label(facet, option) for option in options),
        }
        for facet, options in asked.chosen.items()
        if options
    ]
