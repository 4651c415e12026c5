"""Books of cards: the catalogue of a year, the brochure of several, a selection of the bank. All of the same parts."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from competition.models import Application, Contest, Territory
from practices.documents import cards, pdf_drawings as drawings
from practices.documents.pdf import document, refuse_too_long
from practices.documents.pdf_store import PdfUnavailable, PrintedDocument, Reason
from practices.documents.sandbox import MIB, Limits
from practices.enums import Award
from practices.models import Practice

CATALOGUE_LIMITS = Limits(wall_seconds=120, cpu_seconds=60)  # a year may bring a hundred practices, 0.1 s a page
LONG_LIMITS = Limits(wall_seconds=900, cpu_seconds=300, memory_bytes=1536 * MIB)  # where nobody waits at a page
# What these limits allow: 100,000 characters take two seconds.
MAX_CATALOGUE_CHARACTERS = 2_500_000
MOST_CARDS = 300  # that a book holds: it takes the renderer 2.5 MiB a page


@dataclass(frozen=True)
class Year:
    """A year's divider and what comes after it. `featured`: its winners, or all its practices where there were none."""

    contest: Contest
    applications: int
    winners: list[Practice]
    featured: list[Practice]
    cards: list[dict]

    @property
    def cities(self) -> dict[int, Territory]:
        return {practice.territory_id: practice.territory for practice in self.featured}

    @property
    def sky(self) -> tuple[list[str], list[drawings.Point]]:
        """The rings, and a dot for each city."""
        return drawings.divider(self.cities.values())


@translation.override(settings.LANGUAGE_CODE)
def catalogue_document(contest: Contest) -> PrintedDocument:
    """All published practices of a year: cover, the year, a card for each, an index by territory.

    Raises `PdfUnavailable` when it is too long to be set, as the others do.
    """
    practices = list(contest.practices.published().with_card())
    page = {
        "contest": contest,
        "year": _year(contest, practices, _cards(practices), featured=_winners(practices) or practices),
        "scheme": _scheme(practices),
        "index": _index(practices, by=lambda practice: practice.territory, order=_by_name),
    }
    return document("print/catalogue.html", page, contest.get_absolute_url(), limits=CATALOGUE_LIMITS)


@translation.override(settings.LANGUAGE_CODE)
def brochure_document(contests: Sequence[Contest]) -> PrintedDocument:
    """The winners of several years: cover, about the contest, each year with its list and its cards, an index.

    `contests` in the order of their years, at least one.
    """
    published = Practice.objects.published().with_card().filter(contest__in=contests, award=Award.WINNER)
    winners = list(published.order_by("contest__year", "order", "pk"))
    made = dict(zip((practice.pk for practice in winners), _cards(winners), strict=True))
    years = []
    for contest in contests:
        own = [practice for practice in winners if practice.contest_id == contest.pk]
        years.append(_year(contest, own, [made[practice.pk] for practice in own], featured=own))
    page = {
        "first": contests[0].year,
        "last": contests[-1].year,
        "years": years,
        "winners": winners,
        "applications": sum(year.applications for year in years),
        "cities": len({practice.territory_id for practice in winners}),
        "scheme": _scheme(winners),
        "index": _index(winners, by=lambda practice: practice.territory, order=_by_name),
    }
    return document("print/brochure.html", page, "", limits=CATALOGUE_LIMITS)


@translation.override(settings.LANGUAGE_CODE)
def selection_document(
    practices: list[Practice], *, words: str, made_on: date, limits: Limits = CATALOGUE_LIMITS
) -> PrintedDocument:
    """What the bank finds for a question: its words on the cover, contents, a card for each, indexes by city and theme.

    `practices`: at most `MOST_CARDS`, with their cards.
    """
    page = {
        "practices": practices,
        "words": words,
        "made_on": made_on,
        "cards": _cards(practices),
        "scheme": _scheme(practices),
        "index": _index(practices, by=lambda practice: practice.territory, order=_by_name),
        "themes": _index(practices, by=lambda practice: practice.theme, order=lambda theme: theme.order),
    }
    return document("print/selection.html", page, reverse("practices:bank"), limits=limits)


def _cards(practices: list[Practice]) -> list[dict]:
    if len(practices) > MOST_CARDS:
        raise PdfUnavailable(Reason.TOO_LONG)
    texts = cards.texts_of(practices)
    refuse_too_long(cards.length_of(texts), MAX_CATALOGUE_CHARACTERS)
    return [cards.card(practice, texts[practice.pk]) for practice in practices]


def _year(contest: Contest, practices: list[Practice], made: list[dict], *, featured: list[Practice]) -> Year:
    return Year(contest, _applications(contest), _winners(practices), featured, made)


def _winners(practices: list[Practice]) -> list[Practice]:
    return [practice for practice in practices if practice.award == Award.WINNER]


def _applications(contest: Contest) -> int:
    return contest.applications_on_record or Application.objects.filter(contest=contest).filed().count()


def _scheme(practices: Iterable[Practice]) -> drawings.Scheme:
    return drawings.scheme(Territory.objects.all(), filled={practice.territory_id for practice in practices})


def _by_name(territory: Territory) -> tuple[str, str]:
    return territory.name, territory.region


def _index(practices: Iterable[Practice], *, by: Callable, order: Callable) -> list[tuple]:
    """(territory or theme, its practices); practices without one are left out."""
    groups: dict = {}
    for practice in practices:
        if by(practice):
            groups.setdefault(by(practice), []).append(practice)
    return sorted(groups.items(), key=lambda entry: order(entry[0]))
