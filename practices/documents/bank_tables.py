"""A selection of the bank as a table, whatever its length: CSV, XLSX and JSON are three spellings of the same rows.

The keys of the practices are read first, their rows a chunk at a time: memory does not grow with the bank, every chunk
costs the same few queries, and what leaves the bank meanwhile is left out. Headings are Russian for every reader, as
the PDFs are; the names in JSON are those of the code.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import BinaryIO, NamedTuple

from django.conf import settings
from django.db.models import Count
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from competition.templatetags.typography import roubles
from practices.documents import spreadsheets
from practices.documents.spreadsheets import Column, Sheet, Value
from practices.enums import Award
from practices.models import CostShare, KeyFigure, Practice

CHUNK = 500
FACTS = (
    "pk",
    "slug",
    "title",
    "short_title",
    "territory__name",
    "territory__region",
    "contest__year",
    "nomination__title",
    "theme__title",
    "award",
    "track__title",
    "started_year",
    "cost_total",
    "people_reached",
    "donor__title",
    "donor__territory__name",
    "donor__published_at",
    "summary",
)


class Row(NamedTuple):
    """A practice as every table has it. `funding` and `key_figures` are pairs, `donor` is blank unless it is public."""

    title: str
    short_title: str
    city: str
    region: str
    year: int
    nomination: str
    theme: str
    award: str
    track: str
    started_year: int | None
    costs: Decimal | None
    funding: list[tuple[str, Decimal]]
    people_reached: int | None
    key_figures: list[tuple[str, str]]
    donor: str
    adoptions: int
    summary: str
    url: str


def rows(keys: Sequence[int]) -> Iterator[Row]:
    """The published practices among these keys, in this order, with four queries for every `CHUNK` of them."""
    for start in range(0, len(keys), CHUNK):
        yield from _chunk(keys[start : start + CHUNK])


@translation.override(settings.LANGUAGE_CODE)
def as_sheet(found: Iterable[Row]) -> Sheet:
    """The rows as one sheet; what is a list stands in one cell, its parts after semicolons."""
    awards = {award.value: str(award.label) for award in Award}
    return Sheet(_("Practices"), _columns(), (_cells(row, awards) for row in found))


def as_json(found: Iterable[Row], *, question: str) -> Iterator[str]:
    """One JSON document in pieces, a practice a line; `count` comes last, when it is known."""
    head = json.dumps({"question": question, "made_at": timezone.now().isoformat()}, ensure_ascii=False)
    yield f'{head[:-1]}, "practices": ['
    count = 0
    for count, row in enumerate(found, start=1):
        yield f"{',' if count > 1 else ''}\n{json.dumps(_named(row), ensure_ascii=False)}"
    yield f'\n], "count": {count}}}\n'


def write_xlsx(found: Iterable[Row], stream: BinaryIO, *, words: str, question: str, count: int) -> None:
    """A workbook of two sheets: the practices, and what was asked for in words, with its address."""
    address = f"{settings.PUBLIC_URL}/bank/{'?' if question else ''}{question}"
    spreadsheets.write_xlsx([as_sheet(found), _about(words=words, address=address, count=count)], stream)


@translation.override(settings.LANGUAGE_CODE)
def _about(*, words: str, address: str, count: int) -> Sheet:
    facts = (
        (_("Selection"), words),
        (_("Practices"), f"{count}"),
        (_("Made on"), f"{timezone.localdate():%d.%m.%Y}"),
        (_("Address"), address),
    )
    return Sheet(_("About the selection"), (Column(_("What"), width=24), Column(_("Value"), width=80)), facts)


def _chunk(keys: Sequence[int]) -> Iterator[Row]:
    found = {facts[0]: facts for facts in Practice.objects.published().filter(pk__in=keys).values_list(*FACTS)}
    figures = _grouped(KeyFigure.objects, found, "value", "label")
    funding = _grouped(CostShare.objects, found, "source", "amount")
    adopted = Practice.objects.adopted().filter(donor__in=found).order_by()
    adoptions = dict(adopted.values_list("donor").annotate(Count("pk")))
    for key in keys:
        if key in found:
            yield _row(found[key], funding[key], figures[key], adoptions.get(key, 0))


def _grouped(manager, keys: Iterable[int], *columns: str) -> dict[int, list[tuple]]:
    grouped = defaultdict(list)
    lines = manager.filter(practice__in=keys).order_by("practice", "order").values_list("practice", *columns)
    for key, *line in lines:
        grouped[key].append(tuple(line))
    return grouped


def _row(facts: tuple, funding: list, figures: list, adoptions: int) -> Row:
    _pk, slug, title, short, city, region, year, nomination, theme, award, track, started, costs, people, *rest = facts
    donor, donor_city, donor_is_public, summary = rest
    return Row(
        title=title,
        short_title=short,
        city=city,
        region=region,
        year=year,
        nomination=nomination or "",
        theme=theme or "",
        award=award,
        track=track or "",
        started_year=started,
        costs=costs,
        funding=funding,
        people_reached=people,
        key_figures=figures,
        donor=f"{donor} ({donor_city})" if donor_is_public else "",
        adoptions=adoptions,
        summary=summary,
        url=f"{settings.PUBLIC_URL}/bank/{slug}/",
    )


def _columns() -> tuple[Column, ...]:
    """In the order of `Row`."""
    return (
        Column(_("Title"), width=60),
        Column(_("Title on cards"), width=40),
        Column(_("City")),
        Column(_("Region"), width=28),
        Column(_("Year"), "number", width=8),
        Column(_("Nomination"), width=36),
        Column(_("Theme"), width=28),
        Column(_("Award"), width=14),
        Column(_("Track"), width=30),
        Column(_("Started in"), "number", width=12),
        Column(_("Costs, roubles"), "money", width=18),
        Column(_("Sources of funding"), width=40),
        Column(_("People reached"), "number", width=14),
        Column(_("Key figures"), width=50),
        Column(_("Donor practice"), width=40),
        Column(_("Adoptions"), "number", width=12),
        Column(_("Summary"), width=80),
        Column(_("Address"), width=50),
    )


@translation.override(settings.LANGUAGE_CODE)  # rows are made when the sheet is written
def _cells(row: Row, awards: dict[str, str]) -> tuple[Value, ...]:
    sums = [(source, roubles(amount)) for source, amount in row.funding]
    return row._replace(
        award=awards.get(row.award, ""),
        funding="; ".join(f"{source}: {amount}" if source else amount for source, amount in sums),
        key_figures="; ".join(" ".join(figure) for figure in row.key_figures),
    )


def _named(row: Row) -> dict:
    """With numbers as numbers: no sum of the bank has more digits than a float holds."""
    return row._asdict() | {
        "costs": None if row.costs is None else float(row.costs),
        "funding": [{"source": source, "amount": float(amount)} for source, amount in row.funding],
        "key_figures": [{"value": value, "label": label} for value, label in row.key_figures],
    }
