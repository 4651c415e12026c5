"""The bank for machines. The shape of an answer is a promise: fields may be added, none taken away."""

from collections.abc import Callable, Sequence
from urllib.parse import quote

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from practices.api import document, shapes
from practices.api.answers import Answers
from practices.api.schema import plain
from practices.bank import contests_with_numbers, practice_for_reader, territories_with_numbers, themes_with_numbers
from practices.filters import BankFilter
from practices.forms.api import DEFAULT_LIMIT, SliceForm
from practices.views.open_data import Misasked, in_json, open_data


@open_data
def api_index(request: HttpRequest) -> HttpResponse:
    """Where everything is."""
    response = in_json(plain(_answers(request).index(title=document.title())))
    patch_vary_headers(response, ["Cookie"])
    return response


@open_data
def api_openapi(request: HttpRequest) -> HttpResponse:
    """What can be asked and what is answered, for programs that make clients of it."""
    response = in_json(document.openapi(server=request.build_absolute_uri("/").rstrip("/")))
    patch_vary_headers(response, ["Cookie"])
    return response


@open_data
def api_practices(request: HttpRequest) -> HttpResponse:
    """Published practices, searched and filtered as on the page; a sentence for what is no query."""
    asked = BankFilter(request.GET)
    start, stop = _slice(request, problems=asked.problems)
    found = asked.in_order().select_related("territory", "contest", "nomination", "theme")
    count, row = asked.cube.found, _answers(request).row
    answer = shapes.PracticeList(count, [row(practice) for practice in found[start:stop]], shown_for=asked.shown_for)
    return _page(request, answer, start, stop)


@open_data
def api_practice(request: HttpRequest, slug: str) -> HttpResponse:
    """One published practice with all that is public of it."""
    return in_json(plain(_answers(request).detail(practice_for_reader(slug))))


@open_data
def api_contests(request: HttpRequest) -> HttpResponse:
    """The years of the contest."""
    contests = contests_with_numbers().prefetch_related("nominations", "tracks")
    return _listed(request, contests, shapes.ContestList, _answers(request).contest)


@open_data
def api_territories(request: HttpRequest) -> HttpResponse:
    """The cities of the contest: where they lie and what they gave to the bank."""
    return _listed(request, territories_with_numbers(), shapes.TerritoryList, _answers(request).territory)


@open_data
def api_themes(request: HttpRequest) -> HttpResponse:
    """The portal's own themes."""
    return _listed(request, themes_with_numbers(), shapes.ThemeList, _answers(request).theme)


@open_data
def api_unknown(request: HttpRequest, rest: str) -> HttpResponse:
    """Programs get JSON where there is nothing, too."""
    raise Http404


def _answers(request: HttpRequest) -> Answers:
    return Answers(request.build_absolute_uri)


def _slice(request: HttpRequest, *, problems: Sequence[str] = ()) -> tuple[int, int]:
    """(first, one after the last) of the rows that are asked for; raise `Misasked` with all that is wrong."""
    part = SliceForm(request.GET)
    told = [*problems, *(f"{name}: {problem}" for name, named in part.errors.items() for problem in named)]
    if told:
        raise Misasked(" ".join(told))
    start = part.cleaned_data["offset"] or 0
    return start, start + (part.cleaned_data["limit"] or DEFAULT_LIMIT)


def _listed(request: HttpRequest, rows, shape: type, row: Callable) -> HttpResponse:
    start, stop = _slice(request)
    return _page(request, shape(rows.count(), [row(one) for one in rows[start:stop]]), start, stop)


def _page(request: HttpRequest, answer, start: int, stop: int) -> HttpResponse:
    """The answer, with the pages beside it in the header `Link`: the body is as it was promised."""
    response = in_json(plain(answer))
    limit, links = stop - start, []
    if stop < answer.count:
        links.append((stop, "next"))
    if start:
        links.append((max(0, start - limit), "prev"))
    if links:
        response.headers["Link"] = ", ".join(f'<{_at(request, offset)}>; rel="{name}"' for offset, name in links)
    return response


def _at(request: HttpRequest, offset: int) -> str:
    asked = request.GET.copy()
    asked["offset"] = str(offset)
    return request.build_absolute_uri(f"{request.path}?{asked.urlencode()}")


@login_not_required
@require_safe
def api_page(request: HttpRequest) -> HttpResponse:
    """What the API answers, in words, and forms to try it: each opens the JSON, a script shows it beside the form."""
    if slug := request.GET.get("slug", "").strip():
        return HttpResponseRedirect(f"{reverse('practices:api_practices')}/{quote(slug, safe='')}")
    return render(
        request,
        "practices/api.html",
        {
            "crumbs": [(None, _("Open data"))],
            "about": document.limits(),
            "operations": document.operations(),
            "origin": request.build_absolute_uri("/").rstrip("/"),
        },
    )
