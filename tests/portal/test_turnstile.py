"""Writers of one SQLite file stand in line; readers and PostgreSQL do not."""

from threading import Barrier, BrokenBarrierError

import pytest
from django.db import connection

from portal.turnstile import set_up_line, stand_in_line
from tests.concurrency import at_once


def meet(sql):
    """Whether two threads were both executing this statement at one moment."""
    barrier = Barrier(2)

    def execute(*_args):
        try:
            barrier.wait(0.3)
        except BrokenBarrierError:
            return False
        return True

    return at_once(*[lambda: stand_in_line(execute, sql, (), False, {})] * 2)


def test_one_at_a_time_asks_for_the_lock():
    assert meet("BEGIN IMMEDIATE") == [False, False]


def test_nothing_else_waits():
    assert meet("SELECT 1") == [True, True]


@pytest.mark.django_db
def test_every_connection_to_sqlite_stands_in_line_once():
    connection.ensure_connection()
    set_up_line(connection=connection)

    assert connection.execute_wrappers.count(stand_in_line) == (connection.vendor == "sqlite")


def test_failing_to_begin_lets_the_next_one_on():
    def fail(*_args):
        raise RuntimeError("database is locked")

    for _attempt in range(2):
        with pytest.raises(RuntimeError):
            stand_in_line(fail, "BEGIN IMMEDIATE", (), False, {})
