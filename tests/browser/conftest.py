"""Chromium for the tests of this folder: `page`, `new_context` and `live_server`, plus `axe`.

They fail, rather than skip, where there is no Chromium: script/bootstrap --dev installs one.
"""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from tests.factories import (
    ApplicationFactory,
    ContestFactory,
    ContestFormFactory,
    PassportFactory,
    TrackFactory,
    UserFactory,
    whole_answers,
)

FOLDER = Path(__file__).parent
AXE = FOLDER.parent / "vendor" / "axe.min.js"
# What is well is not brought over: it is a hundred times as much.
RUN_AXE = """async (tags) => {
    const report = await axe.run({runOnly: {type: "tag", values: tags}, resultTypes: ["violations"], preload: false});
    return report.violations.flatMap(({id, nodes}) =>
        nodes.map(({target, failureSummary}) => `${id}: ${target.join(" ")}: ${failureSummary}`));
}"""
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

expect.set_options(timeout=15_000)  # patience for two busy cores; a passing check does not wait


@pytest.hookimpl(tryfirst=True)  # before pytest-django sorts the tests by how they use the database
def pytest_collection_modifyitems(items):
    """Mark this folder's tests and give them a database."""
    for item in items:
        if FOLDER in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session", autouse=True)
def _allow_database_beside_playwright():
    """Playwright leaves an event loop running in this thread, and Django would take our plain code for async code."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """The system's Chromium; where there is none, the one that `playwright install chromium` brought."""
    system = shutil.which("chromium") or shutil.which("google-chrome")
    return {
        **browser_type_launch_args,
        **({"executable_path": system} if system else {}),
        # No sandbox: it refuses root. /dev/shm is tiny in containers. There is no GPU: to draw like one costs a core.
        "args": ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {
        **browser_context_args,
        "viewport": {"width": 1440, "height": 900},
        "locale": "ru-RU",
        "timezone_id": "Europe/Moscow",
        "reduced_motion": "reduce",
    }


@pytest.fixture
def new_context(new_context):
    """Every context of a test, `page` included, listens: an exception, a CSP refusal or a lost file fails the test."""
    complaints = []

    def listening_context(**options):
        context = new_context(**options)
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        context.on("console", lambda message: is_complaint(message) and complaints.append(in_full(message)))
        return context

    yield listening_context
    assert complaints == []


HTMX_ABOUT_REFUSALS = ("Response Status Error Code", "htmx:sendError", "htmx:afterRequest")


def is_complaint(message):
    """Whether a console message is our fault. Refusals (403, 409) and a network switched off are the tests' own."""
    if message.type != "error" or "ERR_INTERNET_DISCONNECTED" in message.text:
        return False
    if message.text.startswith("Failed to load resource"):
        return "/static/" in message.location["url"] or " status of 5" in message.text
    return not message.text.startswith(HTMX_ABOUT_REFUSALS)


def in_full(message):
    return f"{message.text} ({message.location['url']})"


@pytest.fixture
def axe():
    """Return a function that lists what axe-core finds wrong with a page by WCAG 2.0–2.2, A and AA; [] is well."""

    def violations(page):
        if not page.evaluate("Boolean(window.axe)"):
            page.evaluate(AXE.read_text(encoding="utf-8"))
        return page.evaluate(RUN_AXE, WCAG)

    return violations


@pytest.fixture
def faults(axe):
    """Return a function that lists what is wrong with the open page at every width; [] is well.

    The narrowest is 400 % of a small window. What axe finds at 390 it finds at 320, where the page looks the same.
    """

    def at_every_width(page, *, widths=(1440, 1024, 390, 320)):
        found = []
        for width in widths:
            page.set_viewport_size({"width": width, "height": 900})
            wide = page.evaluate("document.documentElement.scrollWidth")
            found += [f"{width}: scrolls sideways to {wide}"] if wide > width else []
            if width in {widths[0], widths[-1]}:
                found += [f"{width}: {fault}" for fault in axe(page)]
        return found

    return at_every_width


# --- The cabinet -----------------------------------------------------------------------------------


COSTS = [
    {"id": "a1", "item": "Афиши", "amount": "5 000", "source": "Бюджет"},
    {"id": "b2", "item": "Сцена", "amount": "30 000", "source": "Грант"},
]


@pytest.fixture
def passport():
    """A draft that could be submitted as it is, in a contest that is open now."""
    now = timezone.now()
    contest = ContestFactory(year=now.year, announced_at=None, consent_text="Согласен на обработку.")
    ContestFormFactory(contest=contest)
    track = TrackFactory(contest=contest, opens_at=now - timedelta(days=9), closes_at=now + timedelta(days=9))
    application = ApplicationFactory(contest=contest, track=track, owner=UserFactory(name="Анна"))
    return PassportFactory(application=application, answers={**whole_answers(), "costs": COSTS})


@pytest.fixture
def owner(passport):
    return passport.application.owner


@pytest.fixture
def sign_in(live_server):
    """Give a browser the session of a person who signed in."""

    def sign_in(context, person):
        client = Client()
        client.force_login(person)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])

    return sign_in


@pytest.fixture
def address(live_server, passport):
    """The full address of a page about the passport's application."""
    return lambda name, *more: live_server.url + reverse(f"practices:{name}", args=[passport.application.key, *more])
