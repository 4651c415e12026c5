"""Writers of one SQLite file stand in line.

SQLite lets waiting writers try again after pauses that grow to 0.1 s: whoever comes anew tries more often than who has
waited long, and under load some wait past every timeout. Here one thread of a process at a time knocks at the database,
the others wait behind it. PostgreSQL has a queue of its own.
"""

from threading import Lock

from django.db.backends.signals import connection_created

PATIENCE = 20  # seconds; as long as a connection itself waits for the lock (settings)

_turnstile = Lock()


def stand_in_line(execute, sql, params, many, context):
    """Hold the place at the door only until the transaction has begun; the transaction itself is the lock."""
    if not sql.startswith("BEGIN"):
        return execute(sql, params, many, context)
    has_place = _turnstile.acquire(timeout=PATIENCE)
    try:
        return execute(sql, params, many, context)
    finally:
        if has_place:
            _turnstile.release()


def set_up_line(*, connection, **_kwargs):
    if connection.vendor == "sqlite" and stand_in_line not in connection.execute_wrappers:
        connection.execute_wrappers.append(stand_in_line)


def open_turnstile():
    connection_created.connect(set_up_line, dispatch_uid="portal.turnstile")
