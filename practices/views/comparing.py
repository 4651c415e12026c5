"""Two to four practices beside each other. Which, the address says, so that the comparison can be sent and printed."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from competition.templatetags.typography import number, roubles
from practices.comparing import FEWEST, MOST, Beside, beside_each_other, cards, compared
from practices.keeping import named
from practices.models import Practice
from practices.version import for_everybody


@dataclass(frozen=True)
class Fact:
    """One line of the table of facts: each practice with its value, blank where there is none."""

    label: str
    values: list[tuple[Practice, str]]


@login_not_required
@require_safe
@for_everybody
def compare(request: HttpRequest) -> HttpResponse:
    """The comparison of `?p=slug&p=slug`; with too few or too many, what to do about it."""
    asked = named(request.GET.getlist("p"))
    is_possible = FEWEST <= len(asked.practices) <= MOST
    besides = beside_each_other(asked.practices) if is_possible else []
    context = {
        "crumbs": [(reverse("practices:bank"), _("Bank of practices")), (None, _("Comparison"))],
        "asked": asked,
        "besides": besides,
        "facts": _facts(besides),
        "has_figures": any(beside.practice.key_figures.all() for beside in besides),
        "cards": cards(besides) if besides else [],
        "chapters": compared(besides),
        "most": MOST,
    }
    is_unknown = asked.missing and not asked.practices
    return render(request, "practices/compare.html", context, status=404 if is_unknown else 200)


def _facts(besides: list[Beside]) -> list[Fact]:
    """Only those that at least one practice has."""
    lines = {
        _("City"): [f"{one.practice.territory.name}, {one.practice.territory.region}" for one in besides],
        _("Contest"): [str(one.practice.contest.year) for one in besides],
        _("Award"): [str(one.practice.get_award_display()) for one in besides],
        _("Nomination"): [one.practice.nomination.title if one.practice.nomination else "" for one in besides],
        _("Theme"): [one.practice.theme.title if one.practice.theme else "" for one in besides],
        _("Carried out"): [_period(one) for one in besides],
        _("Budget"): [roubles(one.practice.cost_total) for one in besides],
        _("Sources of funding"): [_sources(one) for one in besides],
        _("People reached"): [number(one.practice.people_reached) for one in besides],
    }
    practices = [one.practice for one in besides]
    return [Fact(label, list(zip(practices, values, strict=True))) for label, values in lines.items() if any(values)]


def _period(one: Beside) -> str:
    period = one.article.period if one.article else ""
    started = one.practice.started_year
    return period or (_("since %(year)s") % {"year": started} if started else "")


def _sources(one: Beside) -> str:
    return "\n".join(
        f"{share.source or _('Source not named')} — {roubles(share.amount)}" for share in one.practice.cost_shares.all()
    )
