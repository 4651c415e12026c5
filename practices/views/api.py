"""The bank for machines. The shape of an answer is a promise: fields may be added, none taken away."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from practices.filters import BankFilter
from practices.models import Practice
from practices.search import ranked

DEFAULT_LIMIT, MAX_LIMIT, MAX_OFFSET = 20, 100, 1_000_000


class SliceForm(forms.Form):
    """Which part of the answer: at most a hundred at a time."""

    limit = forms.IntegerField(min_value=1, max_value=MAX_LIMIT, required=False)
    offset = forms.IntegerField(min_value=0, max_value=MAX_OFFSET, required=False)


@login_not_required
@require_safe
def api_practices(request: HttpRequest) -> JsonResponse:
    """Published practices as JSON, searched and filtered as on the page; 400 and a sentence for what is no query."""
    asked, part = BankFilter(request.GET), SliceForm(request.GET)
    problems = asked.problems + [f"{name}: {problem}" for name, named in part.errors.items() for problem in named]
    if problems:
        return _json({"error": " ".join(problems)}, status=400)
    start = part.cleaned_data["offset"] or 0
    stop = start + (part.cleaned_data["limit"] or DEFAULT_LIMIT)
    practices = ranked(asked.qs, asked.sought).select_related("territory", "contest", "nomination", "theme")
    answer = {"count": asked.cube.found, "results": [_row(request, practice) for practice in practices[start:stop]]}
    if asked.shown_for:
        answer["shown_for"] = asked.shown_for
    return _json(answer)


def _row(request: HttpRequest, practice: Practice) -> dict:
    return {
        "slug": practice.slug,
        "title": practice.title,
        "territory": practice.territory.name,
        "region": practice.territory.region,
        "year": practice.contest.year,
        "nomination": practice.nomination.title if practice.nomination else "",
        "theme": practice.theme.title if practice.theme else "",
        "award": practice.award,
        "summary": practice.summary,
        "url": request.build_absolute_uri(practice.get_absolute_url()),
        "pdf_url": request.build_absolute_uri(reverse("practices:practice_pdf", args=[practice.slug])),
    }


def _json(data: dict, *, status: int = 200) -> JsonResponse:
    return JsonResponse(data, status=status, json_dumps_params={"ensure_ascii": False})
