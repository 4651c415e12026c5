"""What can be asked of the bank in a query string, by the page and the API alike."""

from collections import Counter
from collections.abc import Callable
from functools import cached_property

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.utils.translation import gettext, gettext_lazy as _

from competition.models import Contest, Nomination, Territory
from practices import search, slips
from practices.enums import Award
from practices.facets import Cell, Cube
from practices.models import Practice, Theme

LONGEST_QUERY = 200
LONGEST_ECHO = 60

# The fact of a practice that each facet asks for.
FACTS = {
    "award": "award",
    "year": "contest__year",
    "theme": "theme__slug",
    "territory": "territory__slug",
    "nomination": "nomination__title",
}


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
    field_class = OptionsField

    def filter(self, queryset, value):
        return queryset.filter(**{f"{self.field_name}__in": value}) if value else queryset


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


def _awards() -> dict[str, list]:
    return {award: [award] for award in Award.values}


def _territory_names() -> dict[str, str]:
    """Names; of two cities called alike the region tells which."""
    cities = list(Territory.objects.values_list("slug", "name", "region"))
    times = Counter(name for _slug, name, _region in cities)
    return {slug: name if times[name] == 1 else f"{name} ({region})" for slug, name, region in cities}


class BankFilter(django_filters.FilterSet):
    """AND between parameters, OR inside one given twice. What is not understood is left out and told by `problems`."""

    q = django_filters.CharFilter(method="with_words", max_length=LONGEST_QUERY)
    award = OptionsFilter(
        field_name=FACTS["award"], label=_("Award"), accepted=_awards, unknown=_("There is no award “%(value)s”.")
    )
    year = OptionsFilter(
        field_name=FACTS["year"],
        label=_("Year"),
        accepted=_years,
        unknown=_("There was no contest in the year “%(value)s”."),
    )
    theme = OptionsFilter(
        field_name=FACTS["theme"], label=_("Theme"), accepted=_themes, unknown=_("There is no theme “%(value)s”.")
    )
    territory = OptionsFilter(
        field_name=FACTS["territory"],
        label=_("City"),
        accepted=_territories,
        unknown=_("There is no territory “%(value)s” in the contest."),
    )
    nomination = OptionsFilter(
        field_name=FACTS["nomination"],
        label=_("Nomination"),
        accepted=_nominations,
        unknown=_("There is no nomination “%(value)s”."),
    )

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
        return self._understood.get("q", "")

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
    def chosen(self) -> dict[str, list[str]]:
        return {facet: [str(fact) for fact in self._understood.get(facet, [])] for facet in FACTS}

    @property
    def problems(self) -> list[str]:
        """What was not understood, a sentence each."""
        return [str(problem) for problems in self.form.errors.values() for problem in problems]

    def practices(self):
        """What was found, the best first, with all that a card shows."""
        return search.ranked(self.qs, self.sought).with_card()

    @property
    def cube(self) -> Cube:
        return self._cube_of(self.sought)

    def _cube_of(self, words: str) -> Cube:
        """The counts of the facets, from one GROUP BY over the whole bank; asked once for the same words."""
        if words not in self._cubes:
            self._cubes[words] = self._counted(words)
        return self._cubes[words]

    def _counted(self, words: str) -> Cube:
        matches = search.match_condition(words)
        rows = Practice.objects.published().order_by().values(*FACTS.values())
        rows = rows.annotate(total=Count("pk"), matching=Count("pk", filter=matches))
        cells = [
            Cell(
                facts={facet: str(row[path] or "") for facet, path in FACTS.items()},
                total=row["total"],
                matching=row["matching"],
            )
            for row in rows
        ]
        return Cube(cells, self.chosen)

    @cached_property
    def themes(self) -> dict[str, Theme]:
        return {theme.slug: theme for theme in Theme.objects.all()}

    @cached_property
    def labels(self) -> dict[str, dict[str, str]]:
        """How the options of each facet are written for people; an option that is not there is written as it is."""
        return {
            "award": {award: str(label) for award, label in Award.choices},
            "theme": {slug: theme.title for slug, theme in self.themes.items()},
            "territory": _territory_names(),
        }

    def label(self, facet: str, option: str) -> str:
        return self.labels.get(facet, {}).get(option, option)

    @cached_property
    def _understood(self) -> dict:
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
