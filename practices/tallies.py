"""Counting the bank for its facets: one query for any bank and any question.

Ten facts make nearly every practice of a large bank a combination of its own. So each practice is marked with the
chosen facets that it misses, a bit for each, and the bank is counted by that mark together with a few facts at a time.
The database does this over one narrow table of facts; Python sees as many cells as the options make, never practices.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from operator import add, or_

from django.db import connection
from django.db.models import Case, CharField, F, IntegerField, Q, Value, When
from django.db.models.expressions import Combinable

from practices.enums import CostClass, PeopleClass
from practices.facets import Cell
from practices.models import Practice


@dataclass(frozen=True)
class Fact:
    """What of a practice a facet asks for: how to read it, and which practices have one of some options."""

    value: Combinable
    among: Callable[[list], Q]


def _of(path: str) -> Fact:
    return Fact(F(path), lambda options: Q(**{f"{path}__in": options}))


def _in_class(path: str, classes: type[CostClass] | type[PeopleClass]) -> Fact:
    """A number by its class; one that is not known has none."""
    value = Case(
        *(When(within(path, option), then=Value(option.value)) for option in classes),
        default=Value(""),
        output_field=CharField(),
    )
    return Fact(value, lambda options: reduce(or_, (within(path, classes(option)) for option in options)))


def within(path: str, option: CostClass | PeopleClass) -> Q:
    """The practices of a class; an unknown number is in none."""
    over, up_to = option.bounds
    within = Q(**{f"{path}__isnull": False})
    if over is not None:
        within &= Q(**{f"{path}__gt": over})
    return within if up_to is None else within & Q(**{f"{path}__lte": up_to})


FACTS = {
    "award": _of("award"),
    "year": _of("contest__year"),
    "theme": _of("theme__slug"),
    "territory": _of("territory__slug"),
    "region": _of("territory__region"),
    "nomination": _of("nomination__title"),
    "track": _of("track__code"),
    "started": _of("started_year"),
    "cost": _in_class("cost_total", CostClass),
    "people": _in_class("people_reached", PeopleClass),
}


# Facets that are counted together: each group has at most some thousand combinations however large the bank.
GROUPS = ((), ("award", "theme", "territory", "region"), ("year", "nomination", "track"), ("started", "cost", "people"))
WIDEST = max(map(len, GROUPS))


def cells(chosen: dict[str, list], matches: Q | None) -> list[Cell]:
    """The published practices by each group of facts and by what of `chosen` they miss.

    `matches` says which have the words; `None` when none were asked for.
    """
    asked = {facet: options for facet, options in chosen.items() if options}
    facts, parameters = _facts(asked, matches)
    counted = " UNION ALL ".join(_counted(place) for place in range(len(GROUPS)))
    with connection.cursor() as cursor:
        cursor.execute(f"WITH facts AS MATERIALIZED ({facts}) {counted}", parameters)
        return [
            Cell(
                facts={facet: option or "" for facet, option in zip(GROUPS[place], options, strict=False)},
                missed=frozenset(_named(missed, asked)),
                total=total,
                matching=matching,
            )
            for place, *options, missed, total, matching in cursor
        ]


def _counted(place: int) -> str:
    """The statement that counts a group; what misses several choices counts for no option and is one cell."""
    group = GROUPS[place]
    missed = "CASE WHEN missed & (missed - 1) = 0 THEN missed ELSE -1 END" if group else "missed"
    columns = [f"CAST(fact_{facet} AS text)" for facet in group] + ["''"] * (WIDEST - len(group))
    by = ", ".join([*(f"fact_{facet}" for facet in group), missed])
    return f"SELECT {place}, {', '.join(columns)}, {missed}, COUNT(*), SUM(matching) FROM facts GROUP BY {by}"  # noqa: S608 - names of ours


def _facts(chosen: dict[str, list], matches: Q | None) -> tuple[str, tuple]:
    """The narrow table: each practice's facts, what it misses, and whether it has the words."""
    misses = [
        Case(When(FACTS[facet].among(options), then=0), default=1 << bit, output_field=IntegerField())
        for bit, (facet, options) in enumerate(chosen.items())
    ]
    has_words = Value(1) if matches is None else Case(When(matches, then=1), default=0, output_field=IntegerField())
    named = {f"fact_{facet}": fact.value for facet, fact in FACTS.items()}
    named |= {"missed": reduce(add, misses, Value(0)), "matching": has_words}
    practices = Practice.objects.published().order_by().annotate(**named).values(*named)
    return practices.query.get_compiler(connection=connection).as_sql()


def _named(missed: int, asked: Iterable[str]) -> list[str]:
    """The facets of a mark; -1 has every bit."""
    return [facet for bit, facet in enumerate(asked) if missed & 1 << bit]
