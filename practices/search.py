"""Full-text search of the bank: the only module that knows which database it is.

The words of a practice become lemmas in Python and stand in `SearchEntry`; FTS5 (SQLite) or a GIN index
(PostgreSQL), made by migration 0002, only answers which practices have a lemma. Ranking is ours, so both databases
give the same practices in the same order. Written by `index_practice`, not by triggers: Django's rebuild of a table
on SQLite drops them silently.
"""

from functools import reduce
from operator import add, or_

from django.db import connection, transaction
from django.db.models import Case, IntegerField, Q, QuerySet, TextField, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Concat

from practices.lemmas import lemmas, wanted
from practices.models import Passport, Practice, SearchEntry
from practices.queries import Audience, read_sections, with_sections

IN_TITLE, IN_SUMMARY = 5, 2
BY_YEAR = ("-contest__year", "order", "pk")
# PostgreSQL holds at most 1 MB of words in one row; a passport of sense has a hundredth of that.
MOST_BYTES = 500_000


def matching(practices: QuerySet[Practice], query: str) -> QuerySet[Practice]:
    """The practices that have every word of the query, in whatever form. A query without words finds nothing."""
    condition = match_condition(query)
    return practices if condition is None else practices.filter(condition)


def match_condition(query: str) -> Q | None:
    """The same as a condition, for counting with and without it; `None` when nothing was asked."""
    if not query.strip():
        return None
    asked = wanted(query)
    if not asked:
        return Q(pk__in=[])
    sql, parameters = _MATCH[connection.vendor](asked)
    return Q(pk__in=RawSQL(sql, parameters))  # noqa: S611 - two statements of ours, the words are their parameters


def ranked(practices: QuerySet[Practice], query: str) -> QuerySet[Practice]:
    """Order the found practices: words in the title first, then in the summary, newer years first among equals."""
    asked = wanted(query)
    if not asked:
        return practices.order_by(*BY_YEAR)
    tier = reduce(add, map(_tier, asked))
    # A space on both sides, so that a lemma is found as a whole word.
    spaced = {
        f"spaced_{name}": Concat(Value(" "), f"search_entry__{name}", Value(" "), output_field=TextField())
        for name in ("title", "summary")
    }
    return practices.alias(**spaced).order_by(tier.desc(), *BY_YEAR)


def _tier(word: tuple[str, ...]) -> Case:
    return Case(
        When(_has_any("spaced_title", word), then=IN_TITLE),
        When(_has_any("spaced_summary", word), then=IN_SUMMARY),
        default=0,
        output_field=IntegerField(),
    )


def _has_any(field: str, word: tuple[str, ...]) -> Q:
    return reduce(or_, (Q(**{f"{field}__contains": f" {lemma} "}) for lemma in word))


def _fts5(asked: list[tuple[str, ...]]) -> tuple[str, list[str]]:
    words = ("(" + " OR ".join(f'"{lemma}"' for lemma in word) + ")" for word in asked)
    return "SELECT rowid FROM practices_search WHERE practices_search MATCH %s", [" AND ".join(words)]


def _tsquery(asked: list[tuple[str, ...]]) -> tuple[str, list[str]]:
    words = ("(" + " | ".join(f"'{lemma}'" for lemma in word) + ")" for word in asked)
    return "SELECT practice_id FROM practices_searchentry WHERE words @@ %s::tsquery", [" & ".join(words)]


# Lemmas are letters and digits, so no quote of theirs can end the quoting.
_MATCH = {"sqlite": _fts5, "postgresql": _tsquery}


@transaction.atomic
def index_practice(practice: Practice) -> None:
    """Write the practice's words anew. What the public may not read is not searched either."""
    entry, _created = SearchEntry.objects.update_or_create(practice=practice, defaults=_texts(practice))
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM practices_search WHERE rowid = %s", [practice.pk])
            cursor.execute(
                "INSERT INTO practices_search (rowid, lemmas) VALUES (%s, %s)",
                [practice.pk, f"{entry.title} {entry.summary} {entry.body}"],
            )


@transaction.atomic
def reindex() -> int:
    """Write the words of the whole bank anew; returns of how many practices."""
    SearchEntry.objects.all().delete()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM practices_search")
    published = Practice.objects.published().with_card()
    for practice in published.iterator(chunk_size=500):
        index_practice(practice)
    return published.count()


def counts() -> tuple[int, int]:
    """How many practices are published and how many practices the index holds: equal, unless somebody went round us.

    What the index still holds of a practice that is gone finds nothing and does not count.
    """
    held = "rowid FROM practices_search" if connection.vendor == "sqlite" else "practice_id FROM practices_searchentry"
    indexed = Practice.objects.filter(pk__in=RawSQL(f"SELECT {held}", [])).count()  # noqa: S611 - two names of ours
    return Practice.objects.published().count(), indexed


def _texts(practice: Practice) -> dict[str, str]:
    """The lemmas of a practice by weight, each in the heaviest text that has it, within what the database holds."""
    body = [practice.description]
    passport = with_sections(Passport.objects.filter(pk=practice.passport_id)).first()
    if passport:
        sections = read_sections(passport, audience=Audience.PUBLIC)
        body = [piece for section in sections for piece in section.template.shape.words(section.content)]
    beside = [practice.territory.name, practice.territory.full_name, practice.territory.region]
    beside += [str(fact) for fact in (practice.nomination, practice.theme) if fact]
    beside += [str(figure) for figure in practice.key_figures.all()]
    sources = {
        "title": [practice.title, practice.short_title],
        "summary": [practice.summary, *beside],
        "body": body,
    }
    room, known, texts = MOST_BYTES, set(), {}
    for name, pieces in sources.items():
        fitting = []
        for lemma in lemmas("\n".join(pieces)):
            if lemma not in known and (room := room - len(lemma.encode()) - 1) > 0:
                known.add(lemma)
                fitting.append(lemma)
        texts[name] = " ".join(fitting)
    return texts
