"""Full-text search of the bank: the only module that knows which database it is.

The words of a practice become lemmas in Python and stand in `SearchEntry`; FTS5 (SQLite) or a GIN index
(PostgreSQL), made by migration 0002, only answers which practices have a lemma. Ranking is ours, so both databases
give the same practices in the same order. Written by `index_practice`, not by triggers: Django's rebuild of a table
on SQLite drops them silently.
"""

from collections.abc import Iterable
from functools import reduce
from itertools import islice, product
from math import prod
from operator import or_

from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import Case, Count, Func, IntegerField, Q, QuerySet, TextField, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Concat

from competition.models import Nomination, Territory
from practices.lemmas import lemmas, phrases, run, wanted, words
from practices.models import Attachment, Passport, Practice, SearchEntry, SearchText, Theme
from practices.queries import Audience, published_attachments, read_sections, with_sections
from practices.snippets import snippet

IN_TITLE, IN_SUMMARY = 5, 2
BY_YEAR = ("-contest__year", "order", "pk")
# PostgreSQL holds at most 1 MB of words in one row; a passport of sense has a hundredth of that.
MOST_BYTES = 500_000
MOST_LETTERS = 250_000
VOCABULARY, VOCABULARY_KEPT = "search-vocabulary", 300  # seconds
AT_ONCE = 200  # practices written into the index together
MOST_WAYS = 64  # that a phrase of ambiguous words is looked for in


def matching(practices: QuerySet[Practice], query: str) -> QuerySet[Practice]:
    """The practices that have every word of the query, in whatever form. A query without words finds nothing."""
    condition = match_condition(query)
    return practices if condition is None else practices.filter(condition)


def match_condition(query: str) -> Q | None:
    """The same as a condition, for counting with and without it; `None` when nothing was asked."""
    if not query.strip():
        return None
    asked, side_by_side = wanted(query), phrases(query)
    if not asked and not side_by_side:
        return Q(pk__in=[])
    having_words = _having(asked) if asked else Q()
    if not side_by_side:
        return having_words
    # Phrases are looked for only where the index found their words.
    texts = reduce(
        lambda texts, phrase: texts.filter(_runs(phrase)), side_by_side, SearchText.objects.filter(having_words)
    )
    return Q(pk__in=texts.values("pk"))


def found_by(queries: Iterable[str]) -> list[int]:
    """How many practices of the bank each of the queries finds, in one query of the database for all of them."""
    counted = {f"query_{place}": Count("pk", filter=match_condition(query)) for place, query in enumerate(queries)}
    return list(Practice.objects.published().aggregate(**counted).values())


def _having(asked: list[tuple[str, ...]]) -> Q:
    sql, parameters = _MATCH[connection.vendor](asked)
    return Q(pk__in=RawSQL(sql, parameters))  # noqa: S611 - two statements of ours, the words are their parameters


def having_any(sought: Iterable[str]) -> Q:
    """The practices that have at least one of these lemmas anywhere in their words, as a condition on their keys."""
    return _having([tuple(sought)])


def spread(sought: Iterable[str], *, most: int) -> dict[str, int]:
    """In how many practices each lemma stands, for those that stand in one at least and in no more than `most`."""
    sought = list(sought)
    if not sought:
        return {}
    sql, parameters = _SPREAD[connection.vendor](sought, most)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return {lemma: count for lemma, count in cursor.fetchall() if 0 < count <= most}


def _runs(phrase: list[tuple[str, ...]]) -> Q:
    """The words of a phrase one after the other, each by any of its lemmas; of too many ways only the steady one."""
    ways = prod(len(word) for word in phrase)
    tried = phrase if ways <= MOST_WAYS else [word[:1] for word in phrase]
    return reduce(or_, (Q(run__contains=f" {' '.join(way)} ") for way in product(*tried)))


def ranked(practices: QuerySet[Practice], query: str) -> QuerySet[Practice]:
    """Order the found practices: words in the title first, then in the summary, newer years first among equals."""
    asked = wanted(query)
    if not asked:
        return practices.order_by(*BY_YEAR)
    # Not with `+`: Django puts every sum in brackets, and SQLite reads less than a hundred of them one in another.
    tier = Func(*map(_tier, asked), template="(%(expressions)s)", arg_joiner=" + ", output_field=IntegerField())
    practices = practices.alias(spaced_title=spaced("title"), spaced_summary=spaced("summary"))
    return practices.order_by(tier.desc(), *BY_YEAR)


def spaced(weight: str) -> Concat:
    """The lemmas of one weight with a space on both sides, so that each can be found as a whole word."""
    return Concat(Value(" "), f"search_entry__{weight}", Value(" "), output_field=TextField())


def add_snippets(practices: Iterable[Practice], query: str) -> None:
    """Give each practice as `snippet` the piece of its text that has the words; one query for all of them."""
    if not wanted(query):
        return
    texts = dict(SearchText.objects.filter(pk__in=[practice.pk for practice in practices]).values_list("pk", "text"))
    for practice in practices:
        practice.snippet = snippet(texts.get(practice.pk, ""), query)


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


def _spread_fts5(sought: list[str], _most: int) -> tuple[str, list]:
    places = ", ".join(["%s"] * len(sought))
    return f"SELECT term, doc FROM practices_search_words WHERE term IN ({places})", sought  # noqa: S608 - only places


def _spread_tsquery(sought: list[str], most: int) -> tuple[str, list]:
    """Counted no further than is asked for."""
    return (
        "SELECT lemma, (SELECT count(*) FROM (SELECT 1 FROM practices_searchentry"
        " WHERE words @@ quote_literal(lemma)::tsquery LIMIT %s) AS found) FROM unnest(%s::text[]) AS lemma",
        [most + 1, sought],
    )


_SPREAD = {"sqlite": _spread_fts5, "postgresql": _spread_tsquery}
# Lemmas are letters and digits, so no quote of theirs can end the quoting.
_MATCH = {"sqlite": _fts5, "postgresql": _tsquery}


def index_practice(practice: Practice) -> None:
    """Write the practice's words anew. What the public may not read is not searched either."""
    index_practices([practice])


@transaction.atomic
def reindex() -> int:
    """Write the words of the whole bank anew; returns of how many practices."""
    SearchEntry.objects.all().delete()
    SearchText.objects.all().delete()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM practices_search")
    published = Practice.objects.published().with_card().order_by("pk").iterator(chunk_size=AT_ONCE)
    while practices := list(islice(published, AT_ONCE)):
        index_practices(practices)
    return SearchEntry.objects.count()


@transaction.atomic
def index_practices(practices: list[Practice]) -> None:
    """As `index_practice`, in the same few queries for many as for one."""
    passports = with_sections(Passport.objects.filter(pk__in=[practice.passport_id for practice in practices]))
    by_pk = {passport.pk: passport for passport in passports.prefetch_related("application__consents")}
    sources = [(practice, _sources(practice, by_pk.get(practice.passport_id))) for practice in practices]
    entries = [SearchEntry(practice=practice, **_by_weight(texts)) for practice, texts in sources]
    _keep(SearchEntry, entries)
    _keep(SearchText, [SearchText(practice=practice, **_in_order(texts)) for practice, texts in sources])
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.executemany("DELETE FROM practices_search WHERE rowid = %s", [[entry.pk] for entry in entries])
            cursor.executemany(
                "INSERT INTO practices_search (rowid, lemmas) VALUES (%s, %s)",
                [[entry.pk, f"{entry.title} {entry.summary} {entry.body}"] for entry in entries],
            )
    cache.delete(VOCABULARY)


def named_otherwise(fact: Territory | Nomination | Theme) -> QuerySet[Practice]:
    """The practices of a city, a nomination or a theme that the index does not know under its present name."""
    own = Practice.objects.published().filter(**{fact._meta.model_name: fact})
    return own.exclude(search_text__run__contains=run(names_of(fact)))


def index_renamed(fact: Territory | Nomination | Theme) -> None:
    """Write the words of those practices anew, some at once."""
    keys = list(named_otherwise(fact).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        index_practices(list(Practice.objects.published().with_card().filter(pk__in=keys[start : start + AT_ONCE])))


def names_of(fact: Territory | Nomination | Theme) -> list[str]:
    """What a practice is found by because of its city, its nomination or its theme."""
    return [fact.name, fact.full_name, fact.region] if isinstance(fact, Territory) else [fact.title]


def _keep(model, rows: list) -> None:
    """Each row in the place of the one its practice has."""
    texts = [field.name for field in model._meta.fields if field.name != "practice"]
    model.objects.bulk_create(rows, update_conflicts=True, unique_fields=["practice"], update_fields=texts)


def counts() -> tuple[int, int]:
    """How many practices are published and how many practices the index holds: equal, unless somebody went round us.

    What the index still holds of a practice that is gone finds nothing and does not count.
    """
    held = "rowid FROM practices_search" if connection.vendor == "sqlite" else "practice_id FROM practices_searchentry"
    whole = Practice.objects.filter(search_text__isnull=False)
    indexed = whole.filter(pk__in=RawSQL(f"SELECT {held}", [])).count()  # noqa: S611 - two names of ours
    return Practice.objects.published().count(), indexed


def vocabulary() -> dict[str, int]:
    """Every lemma of the bank, and how many practices have it; for another process it may be some minutes old.

    It only proposes: what it proposes is looked for before it is said.
    """
    return cache.get_or_set(VOCABULARY, _read_vocabulary, VOCABULARY_KEPT)


def _read_vocabulary() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(_VOCABULARY[connection.vendor])
        return dict(cursor.fetchall())


_VOCABULARY = {
    "sqlite": "SELECT term, doc FROM practices_search_words",
    "postgresql": "SELECT word, ndoc FROM ts_stat('SELECT words FROM practices_searchentry')",
}


def _sources(practice: Practice, passport: Passport | None) -> dict[str, list[str]]:
    """The public texts of a practice by their weight."""
    body = [practice.description]
    if passport:
        sections = read_sections(passport, audience=Audience.PUBLIC)
        body = [piece for section in sections for piece in section.template.shape.words(section.content)]
        files = published_attachments(passport)
        body += [file.caption for file in files]
        if files:
            body += Attachment.objects.filter(pk__in=[file.pk for file in files]).values_list("text", flat=True)
    facts = filter(None, (practice.territory, practice.nomination, practice.theme))
    beside = [name for fact in facts for name in names_of(fact)]
    beside += [str(figure) for figure in practice.key_figures.all()]
    return {
        "title": [practice.title, practice.short_title],
        "summary": [practice.summary],
        "beside": beside,
        "body": body,
    }


def _by_weight(sources: dict[str, list[str]]) -> dict[str, str]:
    """The lemmas, each in the heaviest text that has it, within what the database holds."""
    weights = {**sources, "summary": sources["summary"] + sources["beside"]}
    room, known, texts = MOST_BYTES, set(), {}
    for name in ("title", "summary", "body"):
        fitting = []
        for lemma in lemmas("\n".join(weights[name])):
            if lemma not in known and (room := room - len(lemma.encode()) - 1) > 0:
                known.add(lemma)
                fitting.append(lemma)
        texts[name] = " ".join(fitting)
    return texts


def _in_order(sources: dict[str, list[str]]) -> dict[str, str]:
    pieces = [piece for weight in sources.values() for piece in weight]
    return {
        "title": f" {' '.join(words(' '.join(sources['title'])))} ",
        "run": run(pieces)[:MOST_LETTERS],
        "text": "\n".join(sources["summary"] + sources["body"])[:MOST_LETTERS],
    }
