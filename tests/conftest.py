"""What every test gets."""

from unittest import mock

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.utils import translation
from xdist.scheduler import LoadScopeScheduling

# The files that look into the one reading of the portal, which takes minutes
READING = ("tests/test_headers.py", "tests/test_secrecy.py")
# What takes longest begins: a worker that came to it last would be waited for
FIRST = (
    *READING,
    "tests/test_secrecy_changes.py",
    "tests/practices/test_many_saves.py",
    "tests/browser/",
    "tests/test_journey.py",
)

# The same examples on every run: a red build means that the code changed, not the dice.
hypothesis.settings.register_profile("portal", deadline=None, derandomize=True)
hypothesis.settings.load_profile("portal")


class ByFile(LoadScopeScheduling):
    """A file's tests run in one worker, the files of the reading in the same one.

    Not by the marks of `--dist loadgroup`, which pytest 9.2 does not hear.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return "reading" if file in READING else file


def pytest_xdist_make_scheduler(config, log):
    return ByFile(config, log)


def pytest_addoption(parser):
    parser.addoption(
        "--rest", action="store_true", help="after a run on PostgreSQL: only what it left out, and what both must show"
    )


@pytest.hookimpl(trylast=True)  # after pytest-django has sorted the tests by how they use the database
def pytest_collection_modifyitems(config, items):
    """Begin with what takes longest; leave out (and count as deselected) what is shown elsewhere.

    Every test runs on PostgreSQL, but for those that ask no database, or nothing that databases answer differently:
    they run on SQLite, as does what needs Chromium. There runs too, marked `every_database`, what both must show: locks
    and races, and SQL of our own. Without `--rest`, as one works on a change, all of it runs on SQLite.
    """
    items.sort(key=lambda item: _place(item.nodeid))
    on_postgresql = settings.DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql"
    if on_postgresql:
        kept = [item for item in items if not one_database_is_enough(item)]
    else:
        kept = [item for item in items if not item.get_closest_marker("postgresql")]
        if config.getoption("rest"):
            kept = [item for item in kept if one_database_is_enough(item) or item.get_closest_marker("every_database")]
    staying = set(kept)
    config.hook.pytest_deselected(items=[item for item in items if item not in staying])
    items[:] = kept


def _place(nodeid: str) -> int:
    return next((place for place, file in enumerate(FIRST) if nodeid.startswith(file)), len(FIRST))


def one_database_is_enough(item) -> bool:
    if item.get_closest_marker("any_database") or item.get_closest_marker("browser"):
        return True
    return not item.get_closest_marker("django_db") and not {"db", "transactional_db"} & set(item.fixturenames)


def commits(item) -> bool:
    marker = item.get_closest_marker("django_db")
    return "transactional_db" in item.fixturenames or bool(marker and marker.kwargs.get("transaction"))


@pytest.fixture(autouse=True)
def _language_of_the_portal():
    """A request in English leaves its language in the thread; the next request sets its own, a test does not."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def _empty_cache():
    """Rate limits of the sign-in live in the cache and would add up from test to test."""
    for alias in settings.CACHES:
        caches[alias].clear()


@pytest.fixture(autouse=True)
def _index_forgets(request, django_db_blocker):
    """What a test has committed is flushed by Django, which does not know the search's own table on SQLite."""
    yield
    if commits(request.node) and connection.vendor == "sqlite":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM practices_search")


@pytest.fixture(scope="module")
def for_the_file(django_db_setup, django_db_blocker):
    """What a file's fixtures put into the database after this one stays for all its tests; what a test does is undone.

    Only for files without transactional tests. Each test is a transaction inside ours, after which Django would close
    the connection, and ours with it.
    """
    ours = mock.patch.object(connections[DEFAULT_DB_ALIAS], "close")
    with django_db_blocker.unblock(), transaction.atomic(), ours:
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def reading(django_db_setup, django_db_blocker):
    """The whole portal as everybody reads it; see tests/reading.py. Nothing of it stays in the database."""
    from tests.reading import read_portal  # noqa: PLC0415 - it imports models, this file is read before Django is set up

    with django_db_blocker.unblock(), transaction.atomic():
        read = read_portal()
        transaction.set_rollback(True)
    return read
