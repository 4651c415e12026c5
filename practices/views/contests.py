"""The years of the contest, as far as they are public."""

from itertools import groupby

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from competition.models import Contest
from practices.bank import contests_with_filed, contests_with_numbers, winners_of
from practices.models import Practice
from practices.statistics import group_of
from practices.version import for_everybody, for_this_minute


@login_not_required
@require_safe
@for_everybody
def contest_list(request: HttpRequest) -> HttpResponse:
    """Every year of the contest with its numbers."""
    contests = list(contests_with_numbers())
    announced = [contest for contest in contests if contest.announced_at]
    return render(
        request,
        "practices/contest_list.html",
        {
            "crumbs": [(None, _("Results by year"))],
            "contests": contests,
            "filed": sum(contest.filed for contest in announced),
            "winners": sum(contest.winners for contest in announced),
        },
    )


@login_not_required
@require_safe
@for_this_minute
def contest_detail(request: HttpRequest, year: int) -> HttpResponse:
    """One year: its numbers and nominations and, once announced, its winners and its catalogue."""
    contest = get_object_or_404(contests_with_numbers().prefetch_related("nominations", "tracks"), year=year)
    contests = list(contests_with_filed().order_by("year"))
    years = [other.year for other in contests]
    place = years.index(contest.year)
    winners = list(winners_of(contest)) if contest.announced_at else []
    now = timezone.now()
    return render(
        request,
        "practices/contest_detail.html",
        {
            "contest": contest,
            "groups": _by_nomination_or_theme(winners),
            "winners": winners,
            "cities": list({winner.territory_id: winner.territory for winner in winners}.values()),
            "is_record": _is_record(contest, contests[:place]),
            "bank": group_of(contest.practices.published()) if contest.in_bank else None,
            "tracks": [] if contest.announced_at else list(contest.tracks.all()),
            "is_open": not contest.announced_at and any(track.is_open(at=now) for track in contest.tracks.all()),
            "years": years,
            "before": years[place - 1] if place else None,
            "after": years[place + 1] if place + 1 < len(years) else None,
            "crumbs": [(reverse("practices:contest_list"), _("Results by year")), (None, str(year))],
        },
    )


def _is_record(contest: Contest, earlier: list[Contest]) -> bool:
    """Whether the year had more applications than any announced year before it."""
    counts = [other.filed for other in earlier if other.announced_at]
    return bool(contest.announced_at and counts) and contest.filed > max(counts)


def _by_nomination_or_theme(winners: list[Practice]) -> list[tuple]:
    """(nomination or None, theme or None, practices): by nominations where they are known, by themes where not."""

    def key(practice):
        if practice.nomination:
            return (0, practice.nomination.order, practice.nomination.title)
        return (1, practice.theme.order, practice.theme.title) if practice.theme else (2, 0, "")

    groups = []
    for _key, grouped in groupby(sorted(winners, key=key), key=key):
        practices = list(grouped)
        nomination = practices[0].nomination
        groups.append((nomination, None if nomination else practices[0].theme, practices))
    return groups
