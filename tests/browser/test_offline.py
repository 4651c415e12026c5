"""Nothing typed is lost: without a network, a server or a session, after a reload, in two tabs, from a lost answer."""

import re
import socket
from contextlib import contextmanager, suppress
from datetime import timedelta
from threading import Thread

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from competition.models import Track
from practices.models import PassportSection
from practices.services import save_section
from tests.factories import (
    ApplicationFactory,
    ContestFactory,
    ContestFormFactory,
    PassportFactory,
    TrackFactory,
    UserFactory,
    whole_answers,
)

PASSWORD = "long-Enough-7"
SECTION = "**/sections/goals/**"
BEFORE = "Ответ: Цели и задачи"


@pytest.fixture
def passport():
    now = timezone.now()
    contest = ContestFactory(year=now.year, announced_at=None)
    ContestFormFactory(contest=contest)
    track = TrackFactory(contest=contest, opens_at=now - timedelta(days=9), closes_at=now + timedelta(days=9))
    owner = person("anna@example.org", name="Анна")
    return PassportFactory(
        application=ApplicationFactory(contest=contest, track=track, owner=owner), answers=whole_answers()
    )


def person(email, **more):
    user = UserFactory(email=email, **more)
    user.set_password(PASSWORD)
    user.save()
    user.emailaddress_set.create(email=email, verified=True, primary=True)
    return user


@pytest.fixture
def sign_in(live_server):
    """Give a browser the session of a person who signed in."""

    def sign_in(context, user):
        client = Client()
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])

    return sign_in


@pytest.fixture
def context(new_context, passport, sign_in):
    context = new_context()
    sign_in(context, passport.application.owner)
    return context


@pytest.fixture
def address(live_server, passport):
    """The full address of a section."""
    return lambda code="goals": live_server.url + path(passport, code)


def path(passport, code="goals"):
    return reverse("practices:section_edit", args=[passport.application.key, code])


@pytest.fixture
def page(context, address):
    """The section, open and ready to be written."""
    page = context.new_page()
    page.goto(address())
    return page


def answer(page):
    return page.locator("[name='text-0']")


def state(page):
    return page.locator("#save-state")


def stored(passport, code="goals"):
    return PassportSection.objects.get(passport=passport, code=code)


def text_of(passport, code="goals"):
    return "".join(block["text"] for block in stored(passport, code).content["blocks"])


def kept(page):
    """What waits in this browser, as one string."""
    return page.evaluate(
        """() => new Promise((done) => {
            const request = indexedDB.open("waiting", 1);
            request.onupgradeneeded = () => request.result.createObjectStore("texts", { keyPath: "key" });
            request.onsuccess = () => {
                const all = request.result.transaction("texts").objectStore("texts").getAll();
                all.onsuccess = () => { request.result.close(); done(JSON.stringify(all.result)); };
            };
        })"""
    )


def wait_until_nothing_is_kept(page):
    """Not `page.wait_for_function`: it evaluates a string, which the portal's policy forbids."""
    for _attempt in range(150):
        if kept(page) == "[]":
            return
        page.wait_for_timeout(100)
    raise AssertionError(kept(page))


def save_elsewhere(passport, words, code="goals"):
    by = passport.application.owner
    seen = stored(passport, code).version
    save_section(passport, code, {"blocks": [{"text": words}]}, seen=seen, by=by, at=timezone.now())


# --- Without a network -----------------------------------------------------------------------------


def test_typing_goes_on_through_an_offline_spell(page, passport):
    page.context.set_offline(True)
    answer(page).fill("Первая строка без связи")
    expect(state(page)).to_contain_text("Нет связи. Текст сохранён на этом компьютере")
    expect(page.get_by_role("button", name="Повторить")).to_be_visible()
    answer(page).press("End")
    page.keyboard.type(", и вторая")
    assert text_of(passport) == BEFORE

    page.context.set_offline(False)

    expect(state(page)).to_contain_text(re.compile(r"Сохранено в\s\d\d:\d\d"))
    expect(answer(page)).to_be_focused()
    assert text_of(passport) == "Первая строка без связи, и вторая"
    wait_until_nothing_is_kept(page)


def test_offline_text_survives_closing_the_page(page, passport, address):
    page.context.set_offline(True)
    answer(page).fill("Написано в поезде")
    expect(state(page)).to_contain_text("Текст сохранён на этом компьютере")
    context = page.context
    page.close()
    context.set_offline(False)

    page = context.new_page()
    page.goto(address())

    expect(answer(page)).to_have_value("Написано в поезде")
    expect(state(page)).to_contain_text("Сохранено в")
    assert text_of(passport) == "Написано в поезде"
    wait_until_nothing_is_kept(page)


def test_offline_text_is_compared_when_the_section_changed_meanwhile(page, passport, address):
    page.context.set_offline(True)
    answer(page).fill("Моё из поезда")
    expect(state(page)).to_contain_text("Нет связи")
    context = page.context
    page.close()
    context.set_offline(False)
    save_elsewhere(passport, "Написано в кабинете")

    page = context.new_page()
    page.goto(address())
    expect(page.locator("#conflict")).to_contain_text("Моё из поезда")
    expect(page.locator("#conflict")).to_contain_text("Написано в кабинете")
    expect(answer(page)).to_have_value("Моё из поезда")
    assert text_of(passport) == "Написано в кабинете"

    page.reload()
    expect(page.locator("#conflict")).to_contain_text("Моё из поезда")
    page.get_by_role("button", name="Сохранить мой вариант").click()
    expect(page.locator("#conflict")).to_have_count(0)
    expect(answer(page)).to_have_value("Моё из поезда")
    assert text_of(passport) == "Моё из поезда"
    page.reload()
    expect(page.locator("#conflict")).to_have_count(0)
    wait_until_nothing_is_kept(page)


@pytest.mark.parametrize("place", ["another section", "the application, before it is filed"])
def test_offline_text_is_sent_from(place, page, passport, address, live_server):
    page.context.set_offline(True)
    answer(page).fill("Осталось позади")
    expect(state(page)).to_contain_text("Нет связи")
    context = page.context
    page.close()
    context.set_offline(False)

    page = context.new_page()
    application = live_server.url + passport.application.get_absolute_url()
    page.goto(address("period") if place == "another section" else application)

    wait_until_nothing_is_kept(page)
    assert text_of(passport) == "Осталось позади"


def test_offline_text_of_another_section_that_changed_is_named(page, passport, address):
    page.context.set_offline(True)
    answer(page).fill("Моё")
    expect(state(page)).to_contain_text("Нет связи")
    context = page.context
    page.close()
    context.set_offline(False)
    save_elsewhere(passport, "Чужое")

    page = context.new_page()
    page.goto(address("period"))
    page.locator("#elsewhere").get_by_role("link", name="Цели и задачи").click()

    expect(page.locator("#conflict")).to_contain_text("Моё")
    assert text_of(passport) == "Чужое"


def test_text_for_a_section_that_closed_meanwhile_can_be_copied(page, passport, address):
    page.context.set_offline(True)
    answer(page).fill("Не успел")
    expect(state(page)).to_contain_text("Нет связи")
    context = page.context
    page.close()
    context.set_offline(False)
    Track.objects.update(closes_at=timezone.now() - timedelta(seconds=1))

    page = context.new_page()
    page.goto(address())
    panel = page.locator(".kept-text")
    expect(panel.locator("textarea")).to_have_value("Не успел")
    panel.get_by_role("button", name="Удалить с этого компьютера").click()

    expect(panel).to_have_count(0)
    wait_until_nothing_is_kept(page)
    assert text_of(passport) == BEFORE


def test_contacts_are_never_kept_in_the_browser(page, address):
    page.goto(address("contacts"))
    person = page.locator("[name='main-0-person']")
    person.click()  # browsers ask only about a page that somebody used
    page.context.set_offline(True)
    person.fill("Иванова Анна, директор")

    expect(state(page)).to_contain_text("Нет связи. Текст только на этой странице: не закрывайте её")
    assert kept(page) == "[]"
    assert page.evaluate("JSON.stringify(localStorage) + JSON.stringify(sessionStorage)").count("Иванова") == 0
    with page.expect_event("dialog") as asked:
        page.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    asked.value.accept()


def test_page_whose_text_is_kept_may_be_closed_without_a_question(page):
    answer(page).click()
    page.context.set_offline(True)
    answer(page).fill("Записано здесь")
    expect(state(page)).to_contain_text("Текст сохранён на этом компьютере")

    with page.expect_event("close"):
        page.close(run_before_unload=True)


def test_where_nothing_can_be_kept_the_page_says_so(context, passport, address):
    context.add_init_script(
        "IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError') }"
    )
    page = context.new_page()
    page.goto(address())
    page.context.set_offline(True)

    answer(page).fill("Некуда записать")

    expect(state(page)).to_contain_text("Текст только на этой странице")
    page.context.set_offline(False)
    expect(state(page)).to_contain_text("Сохранено в")
    assert text_of(passport) == "Некуда записать"


# --- Without a server ------------------------------------------------------------------------------


class Door:
    """The way to the server: shut like that of a killed one, connections cut and new ones refused, and opened again."""

    def __init__(self, port):
        self.to = port
        self.port = 0
        self.sockets = []
        self.open()

    def open(self):
        self.listener = socket.create_server(("127.0.0.1", self.port))
        self.port = self.listener.getsockname()[1]
        Thread(target=self._let_in, args=[self.listener], daemon=True).start()

    def shut(self):
        for one in [self.listener, *self.sockets]:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _let_in(self, listener):
        with suppress(OSError):
            while True:
                visitor, _address = listener.accept()
                server = socket.create_connection(("127.0.0.1", self.to))
                self.sockets += [visitor, server]
                Thread(target=self._carry, args=[visitor, server], daemon=True).start()
                Thread(target=self._carry, args=[server, visitor], daemon=True).start()

    def _carry(self, one, other):
        with suppress(OSError):
            while data := one.recv(65536):
                other.sendall(data)


@pytest.fixture
def door(live_server):
    door = Door(live_server.thread.port)
    yield door
    door.shut()


def test_killed_server_is_waited_for(browser, sign_in, passport, door):
    context = browser.new_context()  # one that does not listen: what the browser loads late is refused too
    sign_in(context, passport.application.owner)
    page = context.new_page()
    page.goto(f"http://localhost:{door.port}{path(passport)}")
    door.shut()

    answer(page).fill("Сервер перезапускают")
    expect(state(page)).to_contain_text("Нет связи. Текст сохранён на этом компьютере")
    door.open()

    expect(state(page)).to_contain_text("Сохранено в")  # by itself: the browser has been online all the time
    assert text_of(passport) == "Сервер перезапускают"
    context.close()


@pytest.mark.parametrize("status", [503, 500, 200])
def test_page_of_a_proxy_in_place_of_an_answer_is_no_success(browser, passport, sign_in, address, status):
    context = browser.new_context()
    sign_in(context, passport.application.owner)
    page = context.new_page()
    page.goto(address())
    page.route(
        SECTION,
        lambda route: route.fulfill(status=status, content_type="text/html", body="<html>Ведутся работы</html>"),
    )

    answer(page).fill("Через прокси")
    expect(state(page)).to_contain_text("Текст сохранён на этом компьютере")
    expect(page.locator("body")).not_to_contain_text("Ведутся работы")
    page.unroute(SECTION)

    expect(state(page)).to_contain_text("Сохранено в")
    assert text_of(passport) == "Через прокси"
    context.close()


def test_lost_answer_to_a_save_that_arrived_is_no_conflict(page, passport):
    is_lost = [True]

    def lose_the_answer(route):
        if is_lost:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route(SECTION, lose_the_answer)
    answer(page).fill("Дошло")
    expect(state(page)).to_contain_text("Нет связи")
    assert text_of(passport) == "Дошло"
    answer(page).press("End")
    page.keyboard.type(", а ответ потерялся")
    is_lost.clear()

    expect(state(page)).to_contain_text("Сохранено в")
    expect(page.locator("#conflict")).to_have_count(0)
    assert text_of(passport) == "Дошло, а ответ потерялся"


# --- Without a session -----------------------------------------------------------------------------


@contextmanager
def signed_out(page):
    Session.objects.all().delete()
    answer(page).fill("После обеда")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    yield dialog


def test_password_is_asked_for_in_place(page, passport, axe):
    with signed_out(page) as dialog:
        expect(state(page)).to_contain_text("Вы долго не работали. Текст сохранён на этом компьютере")
        expect(dialog.get_by_label("Электронная почта")).to_have_value("anna@example.org")
        assert axe(page) == []
        page.keyboard.type("wrong")
        page.keyboard.press("Enter")
        expect(dialog.get_by_role("alert")).to_contain_text("Почта или пароль не подходят")
        expect(dialog.get_by_label("Пароль")).to_be_focused()
        page.keyboard.press("Control+a")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")

        expect(dialog).to_have_count(0)
    expect(state(page)).to_contain_text("Сохранено в")
    expect(answer(page)).to_be_focused()
    expect(answer(page)).to_have_value("После обеда")
    assert text_of(passport) == "После обеда"

    answer(page).press("End")
    page.keyboard.type(" и дальше")
    page.keyboard.press("Control+s")
    expect(page.locator("#version")).to_have_value("2")
    assert text_of(passport) == "После обеда и дальше"


def test_signing_in_can_be_put_off_and_done_in_another_tab(page, passport, sign_in, address):
    with signed_out(page) as dialog:
        expect(dialog.get_by_role("link", name="Войти в новой вкладке")).to_have_attribute("target", "_blank")
        dialog.get_by_role("button", name="Не сейчас").click()
        expect(dialog).to_have_count(0)
        answer(page).press("End")
        page.keyboard.type(", позже")
        expect(page.get_by_role("button", name="Войти")).to_be_visible()
        sign_in(page.context, passport.application.owner)
        page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(state(page)).to_contain_text("Сохранено в")
    assert text_of(passport) == "После обеда, позже"


def test_signing_in_as_another_person_saves_nothing_under_their_name(page, passport, sign_in, address):
    """Both may write here; the second signed in in another tab of the same browser."""
    boris = person("boris@example.org", name="Борис", is_staff=True)
    page.context.clear_cookies()
    sign_in(page.context, boris)
    other = page.context.new_page()
    other.goto(address("goals").split("/applications/")[0] + "/bank/")
    wait_until_nothing_is_kept(page)

    answer(page).fill("Текст Анны")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("вошёл другой человек")
    assert text_of(passport) == BEFORE
    dialog.get_by_label("Пароль").fill(PASSWORD)
    dialog.get_by_role("button", name="Войти и сохранить").click()

    expect(state(page)).to_contain_text("Сохранено в")
    assert text_of(passport) == "Текст Анны"
    assert stored(passport).saved_by == passport.application.owner


def test_what_is_kept_goes_when_somebody_else_signs_in(page, passport, sign_in, live_server):
    page.context.set_offline(True)
    answer(page).fill("Только для Анны")
    expect(state(page)).to_contain_text("Нет связи")
    context = page.context
    assert "Только для Анны" in kept(page)
    page.close()
    context.set_offline(False)
    context.clear_cookies()
    sign_in(context, UserFactory())

    page = context.new_page()
    page.goto(live_server.url + "/bank/")

    wait_until_nothing_is_kept(page)


def test_signing_out_saves_first_and_leaves_nothing_behind(page, passport, live_server):
    page.route(SECTION, lambda route: route.abort())
    answer(page).fill("Не уходит")
    expect(state(page)).to_contain_text("Нет связи")
    page.get_by_role("button", name="Выйти").click()
    expect(state(page)).to_contain_text("Если выйти сейчас, текст пропадёт")
    page.unroute(SECTION)
    answer(page).fill("Ушло")
    expect(state(page)).to_contain_text("Сохранено в")

    answer(page).fill("Ушло вместе с выходом")
    page.get_by_role("button", name="Выйти").click()
    expect(page).to_have_url(f"{live_server.url}/")

    assert text_of(passport) == "Ушло вместе с выходом"
    wait_until_nothing_is_kept(page)


# --- Two tabs, keyboard, without JavaScript --------------------------------------------------------


def test_second_tab_of_one_browser_is_told_of_and_compared(page, passport, address):
    second = page.context.new_page()
    second.goto(address())
    for tab in (page, second):
        expect(tab.locator("#other-tab")).to_contain_text("открыт и в другой вкладке")

    answer(second).fill("Во второй")
    expect(state(second)).to_contain_text("Сохранено в")
    answer(page).fill("В первой")
    expect(page.locator("#conflict")).to_contain_text("Во второй")
    expect(answer(page)).to_be_focused()
    expect(answer(page)).to_have_value("В первой")
    assert text_of(passport) == "Во второй"

    second.close()
    expect(page.locator("#other-tab")).to_be_hidden()


def test_keyboard_saves_and_goes_on_with_the_text(page, passport, settings):
    settings.AUTOSAVE_DELAY_MS = 60_000
    page.reload()
    answer(page).focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("С клавиатуры")
    expect(state(page)).to_contain_text("Сохраняем")  # not «saved» any more
    page.keyboard.press("Control+s")
    expect(state(page)).to_contain_text("Сохранено в")
    expect(page.locator("#said")).to_contain_text("Сохранено в")
    assert text_of(passport) == "С клавиатуры"

    page.keyboard.press("End")
    page.keyboard.type(", дальше")
    page.get_by_role("button", name="Возможности").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Возможности")
    assert text_of(passport) == "С клавиатуры, дальше"


def test_state_stays_in_sight_on_a_telephone(page, axe):
    page.set_viewport_size({"width": 390, "height": 800})
    page.context.set_offline(True)
    answer(page).fill("\n".join(f"Строка {number}" for number in range(80)))
    expect(state(page)).to_contain_text("Нет связи")

    page.mouse.wheel(0, 4000)

    expect(state(page)).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert axe(page) == []


def test_without_javascript_the_text_goes_through_the_sign_in(new_context, passport, sign_in, address):
    context = new_context(java_script_enabled=False)
    sign_in(context, passport.application.owner)
    page = context.new_page()
    page.goto(address())
    Session.objects.all().delete()
    page.fill("[name='text-0']", "Без скриптов")
    page.get_by_role("button", name="Сохранить").click()

    page.get_by_label("Электронная почта").fill("anna@example.org")
    page.get_by_label("Пароль").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Войти").click()
    page.get_by_role("button", name="Сохранить").click()

    expect(answer(page)).to_have_value("Без скриптов")
    assert text_of(passport) == "Без скриптов"
