"""The tables of statistics, made once for the page, for CSV and for XLSX: they never show different figures."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from practices.documents.spreadsheets import Column, Sheet, Value
from practices.enums import PeopleClass
from practices.models import Practice
from practices.statistics import Statistics


@dataclass(frozen=True)
class Cell:
    """A value with its column and where it leads, if anywhere."""

    value: Value
    column: Column
    href: str = ""


@dataclass(frozen=True)
class Table:
    """A sheet with its address; `links`: for each row, where its cells lead from the first on."""

    name: str
    sheet: Sheet
    links: list[tuple[str, ...]] = field(default_factory=list)

    @property
    def cells(self) -> Iterator[list[Cell]]:
        """The rows for a page."""
        for place, row in enumerate(self.sheet.rows):
            hrefs = self.links[place] if self.links else ()
            yield [
                Cell(value, column, hrefs[index] if index < len(hrefs) else "")
                for index, (value, column) in enumerate(zip(row, self.sheet.columns, strict=True))
            ]


NAMES = ("years", "cities", "themes", "nominations", "funding", "people", "adoptions")


def tables_of(numbers: Statistics, adopted: list[Practice]) -> dict[str, Table]:
    """Every table by its name. `adopted`: the practices to name in the last one, as `adoption_pairs` has them."""
    tables = (
        _years(numbers),
        _cities(numbers),
        _themes(numbers),
        _nominations(numbers),
        _funding(numbers),
        _people(numbers),
        _adoptions(adopted),
    )
    return {table.name: table for table in tables}


def _number(title: str) -> Column:
    return Column(title, "number", 14)


def _bank(**query) -> str:
    return f"{reverse('practices:bank')}?{urlencode(query)}"


def _years(numbers: Statistics) -> Table:
    columns = (
        _number(_("Year")),
        _number(_("Applications")),
        _number(_("Winners")),
        _number(_("Practices in the bank")),
        Column(_("Costs, roubles"), "money", 20),
        _number(_("Tell their costs")),
        _number(_("People reached")),
        _number(_("Tell of people")),
    )
    rows = [
        (
            row.contest.year,
            row.filed,
            row.sums.winners if row.filed is not None else None,
            row.sums.practices,
            row.sums.cost,
            row.sums.cost_told,
            row.sums.people,
            row.sums.people_told,
        )
        for row in numbers.years
    ]
    links = [(row.contest.get_absolute_url(),) for row in numbers.years]
    return Table("years", Sheet(_("By year"), columns, rows), links)


def _cities(numbers: Statistics) -> Table:
    columns = (
        Column(_("City"), width=24),
        Column(_("Region"), width=28),
        *((_number(_("Applications")),) if numbers.filed_years else ()),
        _number(_("Practices in the bank")),
        _number(_("Winners")),
        _number(_("Gave")),
        _number(_("Took")),
    )
    rows = [
        (
            row.territory.name,
            row.territory.region,
            *((row.filed,) if numbers.filed_years else ()),
            row.sums.practices,
            row.sums.winners,
            row.gave,
            row.took,
        )
        for row in numbers.cities
    ]
    links = [(row.territory.get_absolute_url(),) for row in numbers.cities]
    return Table("cities", Sheet(_("By city"), columns, rows), links)


def _themes(numbers: Statistics) -> Table:
    columns = (Column(_("Theme"), width=32), _number(_("Practices in the bank")), _number(_("Winners")))
    rows = [
        (row.theme.title if row.theme else _("Theme not named"), row.sums.practices, row.sums.winners)
        for row in numbers.themes
    ]
    links = [(_bank(theme=row.theme.slug) if row.theme else "",) for row in numbers.themes]
    return Table("themes", Sheet(_("By theme"), columns, rows), links)


def _nominations(numbers: Statistics) -> Table:
    columns = (
        Column(_("Nomination"), width=60),
        *((_number(_("Applications")),) if numbers.filed_years else ()),
        _number(_("Practices in the bank")),
        _number(_("Winners")),
    )
    rows = [
        (
            row.title,
            *((row.filed,) if numbers.filed_years else ()),
            row.sums.practices,
            row.sums.winners,
        )
        for row in numbers.nominations
    ]
    links = [(_bank(nomination=row.title) if row.sums.practices else "",) for row in numbers.nominations]
    return Table("nominations", Sheet(_("By nomination"), columns, rows), links)


def _funding(numbers: Statistics) -> Table:
    columns = (
        Column(_("Source of funding"), width=44),
        Column(_("Amount, roubles"), "money", 20),
        _number(_("Share, %")),
    )
    rows = [(str(row.kind.label), row.amount, row.percent) for row in numbers.funding]
    return Table("funding", Sheet(_("Costs by source"), columns, rows))


def _people(numbers: Statistics) -> Table:
    columns = (
        Column(_("People reached"), width=28),
        _number(_("At least")),
        _number(_("At most")),
        _number(_("Practices")),
    )
    rows = [(str(row.reached.label), *_ends(row.reached), row.practices) for row in numbers.people]
    return Table("people", Sheet(_("People reached"), columns, rows))


def _ends(reached: PeopleClass) -> tuple[int, int | None]:
    """The least and the most people of a class; the last has no most."""
    over, up_to = reached.bounds
    return (0 if over is None else over + 1), up_to


def _adoptions(adopted: list[Practice]) -> Table:
    columns = (
        Column(_("Donor practice"), width=48),
        Column(_("Its city"), width=22),
        Column(_("Practice that repeats it"), width=48),
        Column(_("City"), width=22),
        _number(_("Year")),
    )
    rows = [
        (
            practice.donor.card_title,
            str(practice.donor.territory),
            practice.card_title,
            str(practice.territory),
            practice.contest.year,
        )
        for practice in adopted
    ]
    links = [
        (
            practice.donor.get_absolute_url(),
            practice.donor.territory.get_absolute_url(),
            practice.get_absolute_url(),
            practice.territory.get_absolute_url(),
        )
        for practice in adopted
    ]
    return Table("adoptions", Sheet(_("Adopted practices"), columns, rows), links)
