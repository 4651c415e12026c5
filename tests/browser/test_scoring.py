"""A juror scores: by keyboard, in two tabs, without a network, without JavaScript, on every width."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from judging.models import Assignment
from tests.factories import (
    ApplicationFactory,
    AssignmentFactory,
    ContestFactory,
    CriterionFactory,
    JurorFactory,
    PassportFactory,
)


@pytest.fixture
def contest():
    contest = ContestFactory(
        announced_at=None,
        judging_opens_at=timezone.now() - timedelta(days=1),
        judging_closes_at=timezone.now() + timedelta(days=1),
    )
    CriterionFactory(contest=contest, order=1, title="Результативность", weight="3", evidence=["results", "goals"])
    CriterionFactory(contest=contest, order=2, title="Тиражируемость", weight="1", hint="Можно ли повторить.")
    return contest


@pytest.fixture
def sheet(contest):
    application = ApplicationFactory(contest=contest, admitted=True, title="Школа чтения")
    PassportFactory(
        application=application,
        answers={
            "goals": "Читать вслух каждый день.",
            "results": [{"indicator": "Читателей, чел.", "value_last_year": "120", "value_total": "9 770"}],
        },
    )
    AssignmentFactory(juror=JurorFactory(contest=contest), application=application, finished=True, marks=[3, 4])
    return AssignmentFactory(juror=JurorFactory(contest=contest), application=application)


@pytest.fixture
def signed_in(sheet, live_server):
    """Let the juror into a context of the browser by the session's cookie."""

    def sign_in(context):
        client = Client()
        client.force_login(sheet.juror.user)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
        return context.new_page()

    return sign_in


@pytest.fixture
def page(new_context, signed_in):
    return signed_in(new_context())


@pytest.fixture
def url(live_server, sheet):
    return live_server.url + reverse("admin:score_sheet", args=[sheet.pk])


@pytest.fixture
def declared(sheet):
    Assignment.objects.filter(pk=sheet.pk).update(declared_at=timezone.now())


@pytest.fixture
def slow_autosave(monkeypatch):
    monkeypatch.setattr(settings, "AUTOSAVE_DELAY_MS", 60_000)


def marks(sheet):
    return dict(sheet.scores.values_list("criterion__title", "value"))


def comments(sheet):
    return list(sheet.comments.values_list("text", flat=True))


def eventually(page, read, expected):
    """Whether the server comes to hold what is expected, within five seconds."""
    for _wait in range(50):
        if read() == expected:
            return True
        page.wait_for_timeout(100)
    return False


def saved(page):
    expect(page.locator("#savest")).to_contain_text("Сохранено в")


def mark(page, value):
    page.locator("details[open] .scale label", has_text=str(value)).first.click()


def press_until_focused(page, text):
    for _press in range(60):
        page.keyboard.press("Tab")
        if text in (page.evaluate("document.activeElement.innerText") or ""):
            return
    raise AssertionError(f"Tab never reaches «{text}»")


def test_a_sheet_from_declaration_to_end_by_keyboard_alone(page, url, sheet, axe):
    page.goto(url)
    press_until_focused(page, "Конфликта интересов нет")
    page.keyboard.press("Enter")
    expect(page.locator("details[open] h2")).to_have_text("1. Результативность")
    assert axe(page) == []

    press_until_focused(page, "1. Результативность")
    for _press in range(10):  # past the links to the sections, into the scale
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "radio":
            break
    page.keyboard.press("7")
    saved(page)
    expect(page.locator("#total")).to_contain_text("7 из 10 · 1 из 2")
    page.keyboard.press("Enter")
    expect(page.locator("details[open] h2")).to_have_text("2. Тиражируемость")
    page.locator("*:focus").dispatch_event("keydown", {"key": "т"})  # a key that this keyboard does not have
    expect(page.locator("#total")).to_contain_text("7,75 из 10 · 2 из 2")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#total")).to_contain_text("7,5 из 10 · 2 из 2")
    page.keyboard.press("Enter")
    expect(page.locator("#finish")).to_be_focused()
    assert "Коллега" not in page.content()
    page.keyboard.press("Enter")

    expect(page.locator("#colleagues-title")).to_have_text("Оценки коллег")
    assert marks(sheet) == {"Результативность": 7, "Тиражируемость": 9}
    sheet.refresh_from_db()
    assert sheet.finished_at is not None
    assert axe(page) == []


def test_keys_mean_nothing_outside_the_scale(page, url, sheet, declared):
    page.goto(url)

    page.keyboard.press("5")
    page.locator("details[open] textarea").fill("")
    page.locator("details[open] textarea").press_sequentially("5 и т")
    page.locator("details[open] textarea").press("Enter")

    assert eventually(page, lambda: comments(sheet), ["5 и т\n"])
    assert marks(sheet) == {}


def test_comment_saves_itself_without_touching_the_mark(page, url, sheet, declared):
    page.goto(url)
    mark(page, 8)
    saved(page)

    page.locator("details[open] textarea").press_sequentially("Хорошо показана роль соседей")

    assert eventually(page, lambda: comments(sheet), ["Хорошо показана роль соседей"])
    assert marks(sheet) == {"Результативность": 8}


def test_comment_left_unsaved_by_closing_the_tab_arrives(page, url, sheet, declared, slow_autosave):
    page.goto(url)
    page.locator("details[open] textarea").press_sequentially("Последние слова")

    page.goto("about:blank")

    assert eventually(page, lambda: comments(sheet), ["Последние слова"])


def test_two_tabs_leave_one_mark_the_last(page, url, sheet, declared):
    second = page.context.new_page()
    page.goto(url)
    second.goto(url)

    mark(page, 9)
    saved(page)
    mark(second, 3)
    saved(second)

    assert marks(sheet) == {"Результативность": 3}


def test_mark_made_without_a_network_is_said_and_sent_later(page, url, sheet, declared):
    page.goto(url)
    page.context.set_offline(True)
    mark(page, 6)
    expect(page.locator("#savest")).to_contain_text("Нет связи")
    assert marks(sheet) == {}

    page.context.set_offline(False)
    saved(page)
    assert marks(sheet) == {"Результативность": 6}


def test_expired_session_is_said_and_the_mark_is_sent_after_signing_in(page, url, sheet, declared, live_server):
    page.goto(url)
    cookies = page.context.cookies()
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    mark(page, 6)
    expect(page.locator("#savest")).to_contain_text("войдите снова")
    assert marks(sheet) == {}
    expect(page.get_by_role("heading", level=1)).to_have_text("Школа чтения")

    page.context.add_cookies(cookies)
    page.get_by_role("button", name="Повторить").click()
    saved(page)
    assert marks(sheet) == {"Результативность": 6}


def test_window_that_closed_meanwhile_is_said_in_a_sentence(page, url, sheet, declared, contest):
    page.goto(url)
    contest.judging_closes_at = timezone.now() - timedelta(seconds=1)
    contest.save()
    mark(page, 6)

    expect(page.locator("details[open] .field-error")).to_contain_text("Оценка закончилась")
    assert marks(sheet) == {}


def test_everything_works_without_javascript(new_context, signed_in, url, sheet, declared):
    page = signed_in(new_context(java_script_enabled=False))
    page.goto(url)

    for value, words in ((7, "Первые слова"), (10, "")):
        page.locator("details[open] label", has_text=str(value)).click()
        page.locator("details[open] textarea").fill(words)
        page.locator("details[open]").get_by_role("button", name="Сохранить").click()
    page.get_by_role("button", name="Завершить лист").click()

    expect(page.locator("#colleagues-title")).to_have_text("Оценки коллег")
    assert marks(sheet) == {"Результативность": 7, "Тиражируемость": 10}
    assert comments(sheet) == ["Первые слова"]


def test_nothing_scrolls_sideways_and_axe_is_content(page, url, sheet, declared, live_server, faults):
    for address in (live_server.url + reverse("admin:jury_desk"), url):
        page.goto(address)
        assert faults(page) == [], address
