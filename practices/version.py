"""A number that rises with every change of what the public sees, in the same transaction as the change.

What is kept under it (pages, counts) needs no forgetting: once a change is committed, nobody asks for the old number.
Read the number before the rows. A change is noticed where every change passes, at the database's connection, for an
`update()`, a `bulk_create()` or a statement by hand sends no signal (docs/decisions/0032-pages-for-everybody.md).
"""

import re
from functools import cache as remember
from hashlib import sha256

from django.core.cache import caches
from django.db import DEFAULT_DB_ALIAS, connection

from competition.models import Application, Consent, ConsentClause, Contest, Nomination, Territory, Track
from practices.models import (
    AdoptionRequest,
    Attachment,
    BankVersion,
    CollectedPractice,
    Collection,
    ContestForm,
    CostShare,
    DeadHost,
    DonorComparison,
    Edition,
    KeyFigure,
    Passport,
    Practice,
    SearchEntry,
    SectionTemplate,
    Theme,
)

# What public pages are made of. The sections of a passport are not among them: of an application that is drafted they
# change every few seconds and nobody sees it, of one that is published never.
SEEN = [
    AdoptionRequest,
    Application,
    Attachment,
    CollectedPractice,
    Collection,
    Consent,
    ConsentClause,
    Contest,
    ContestForm,
    CostShare,
    DeadHost,
    DonorComparison,
    Edition,
    KeyFigure,
    Nomination,
    Passport,
    Practice,
    SearchEntry,
    SectionTemplate,
    Territory,
    Theme,
    Track,
]
KEPT_SECONDS = 3600
MINUTE, TEN_MINUTES = 60, 600
_CHANGE = re.compile(r'\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM)\s+"?(\w+)', re.IGNORECASE)


def for_everybody(view):
    """Mark a public view whose answer depends on the address, the language and the look, on nobody's cookies: it is
    kept for all who come without having signed in (`portal.pages`). What it tells of the time may be minutes old."""
    view.kept_for = TEN_MINUTES
    return view


def for_this_minute(view):
    """The same for a page with a clock on it."""
    view.kept_for = MINUTE
    return view


def bank_version() -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT SUM(number) FROM {BankVersion._meta.db_table}")  # noqa: S608 - a name of ours
        return int(cursor.fetchone()[0] or 0)


def kept(question: tuple, answer):
    """What `answer()` says to this question, asked once for a version of the bank. Not for use in a transaction that
    changes the bank: what it has not committed would be kept for others."""
    key = f"bank-{bank_version()}-{sha256(repr(question).encode()).hexdigest()}"
    return caches["counts"].get_or_set(key, answer, KEPT_SECONDS)


def watch(connection, **_signal) -> None:
    """Notice every change that goes through this connection; for the signal of a new one."""
    if connection.alias == DEFAULT_DB_ALIAS and _notice not in connection.execute_wrappers:
        connection.execute_wrappers.append(_notice)


def pause(**_signal) -> None:
    """While migrations run there may be no table to count in; for the signal before them."""
    if _notice in connection.execute_wrappers:
        connection.execute_wrappers.remove(_notice)


def go_on(**_signal) -> None:
    """After migrations whatever they did counts as a change."""
    watch(connection)
    if BankVersion._meta.db_table in connection.introspection.table_names():
        raise_version()


def _notice(execute, sql, params, many, context):
    done = execute(sql, params, many, context)
    change = _CHANGE.match(sql)
    if change and change[1] in _seen_tables():
        raise_version()
    return done


@remember
def _seen_tables() -> frozenset[str]:
    return frozenset(model._meta.db_table for model in SEEN)


def raise_version() -> None:
    """One up, in a row that no other transaction holds: writers never wait for each other here, nor lock each other."""
    table = BankVersion._meta.db_table
    skip = " FOR UPDATE SKIP LOCKED" if connection.features.has_select_for_update_skip_locked else ""
    free = f"SELECT id FROM {table} ORDER BY id LIMIT 1{skip}"  # noqa: S608 - names of ours
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET number = number + 1 WHERE id = ({free})")  # noqa: S608
        if not cursor.rowcount:
            cursor.execute(f"INSERT INTO {table} (number) VALUES (1)")  # noqa: S608
