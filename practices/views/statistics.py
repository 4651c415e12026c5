"""The contest and its bank in numbers: pictures with their tables, and the tables as files."""

from collections.abc import Iterable
from http import HTTPStatus
from io import BytesIO

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from competition.models import Contest, Territory
from practices import charts
from practices.bank import contests_with_filed
from practices.documents.spreadsheets import CSV, XLSX, csv_lines, write_xlsx
from practices.documents.statistics_tables import NAMES, Table, tables_of
from practices.forms.years import YearsForm
from practices.statistics import Statistics, adoption_pairs, statistics, years_on_record
from practices.version import for_everybody

MOST_PAIRS = 20  # on the page; the file names them all
MOST_YEARS = 10  # what fits beside each other
WHOLE = "all"


@login_not_required
@require_safe
@for_everybody
def stats(request: HttpRequest) -> HttpResponse:
    """Everything the bank can be counted by, for all years or some."""
    contests, form = _asked(request)
    return _page(request, contests, form)


@login_not_required
@require_safe
def stats_csv(request: HttpRequest, table: str) -> HttpResponse:
    """One table of statistics."""
    contests, form = _asked(request)
    if table not in NAMES:
        raise Http404
    if form.problems:
        return _page(request, contests, form, status=HTTPStatus.BAD_REQUEST)
    sheet = _whole_tables(contests, form, table)[table].sheet
    return _file("".join(csv_lines(sheet)), CSV, f"{sheet.title}.csv")


@login_not_required
@require_safe
def stats_xlsx(request: HttpRequest, table: str) -> HttpResponse:
    """One table of statistics, or all of them as the sheets of one workbook."""
    contests, form = _asked(request)
    if table not in (WHOLE, *NAMES):
        raise Http404
    if form.problems:
        return _page(request, contests, form, status=HTTPStatus.BAD_REQUEST)
    tables = _whole_tables(contests, form, table)
    sheets = [one.sheet for one in tables.values()] if table == WHOLE else [tables[table].sheet]
    title = _("Statistics") if table == WHOLE else sheets[0].title
    workbook = BytesIO()
    write_xlsx(sheets, workbook)
    return _file(workbook.getvalue(), XLSX, f"{title}.xlsx")


def _asked(request: HttpRequest) -> tuple[list[Contest], YearsForm]:
    contests = list(contests_with_filed())
    return contests, YearsForm(request.GET, years=years_on_record(contests))


def _page(request: HttpRequest, contests: list[Contest], form: YearsForm, *, status=HTTPStatus.OK) -> HttpResponse:
    """The page; in the place of a file, too, that would hold something else than was asked for."""
    numbers = statistics(contests, form.chosen)
    adopted = list(adoption_pairs(form.chosen)[:MOST_PAIRS]) if numbers.adoptions else []
    return render(
        request,
        "practices/stats.html",
        {
            "crumbs": [(None, _("Statistics"))],
            "form": form,
            "numbers": numbers,
            "tables": tables_of(numbers, adopted),
            "charts": _charts(numbers),
            "adoptions_left": numbers.adoptions - len(adopted),
        },
        status=status,
    )


def _whole_tables(contests: list[Contest], form: YearsForm, wanted: str) -> dict[str, Table]:
    """All tables, that of the adopted practices filled when it is wanted: it alone grows with the bank."""
    adopted = list(adoption_pairs(form.chosen)) if wanted in {WHOLE, "adoptions"} else []
    return tables_of(statistics(contests, form.chosen), adopted)


def _file(content: str | bytes, content_type: str, name: str) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(content, content_type=content_type, headers={"Content-Disposition": disposition})


def _charts(numbers: Statistics) -> dict[str, charts.Columns | list[charts.Bar] | None]:
    item = charts.Item
    years = [item(str(row.contest.year), row.filed, row.sums.winners) for row in numbers.years[-MOST_YEARS:]]
    return {
        "years": charts.columns(years),
        "years_lying": charts.bars(years),
        "cities": charts.bars(
            item(_city_name(row.territory), row.sums.practices, row.sums.winners) for row in numbers.cities
        ),
        "themes": charts.bars(
            item(row.theme.title if row.theme else _("Theme not named"), row.sums.practices, row.sums.winners)
            for row in numbers.themes
        ),
        "nominations": charts.bars(
            item(row.title, row.sums.practices, row.sums.winners) for row in numbers.nominations
        ),
        "funding": charts.bars(item(row.kind.label, row.amount, percent=row.percent) for row in numbers.funding),
        "people": charts.bars(item(row.reached.label, row.practices) for row in numbers.people),
        "gave": _most_first((row.territory, row.gave) for row in numbers.cities),
        "took": _most_first((row.territory, row.took) for row in numbers.cities),
    }


def _most_first(counts: Iterable[tuple[Territory, int]]) -> list[charts.Bar]:
    items = (charts.Item(_city_name(territory), number) for territory, number in counts)
    return charts.bars(sorted(items, key=lambda item: -item.value))


def _city_name(territory: Territory) -> str:
    return f"{territory.name}, {territory.region}"
