"""The section editor in a real browser: saving by itself, a lost network, an expired session, two tabs, keyboard."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from competition.models import Track
from practices.models import PassportSection
from practices.services import keep_word_file, save_section

COSTS = [
    {"id": "a1", "item": "Афиши", "amount": "5 000", "source": "Бюджет"},
    {"id": "b2", "item": "Сцена", "amount": "30 000", "source": "Грант"},
]


@pytest.fixture
def page(new_context, owner, sign_in):
    context = new_context()
    sign_in(context, owner)
    return context.new_page()


def stored(passport, code):
    return PassportSection.objects.get(passport=passport, code=code)


def text_of(passport, code="goals"):
    return "".join(block["text"] for block in stored(passport, code).content["blocks"])


def items_of(passport):
    return [row["item"] for row in stored(passport, "costs").content["tables"]["main"] if row["item"]]


def save_elsewhere(passport, text):
    section = stored(passport, "goals")
    by = passport.application.owner
    content = {"blocks": [{"text": text}]}
    save_section(passport, "goals", content, seen=section.version, by=by, at=timezone.now())


def state(page):
    return page.locator("#save-state")


def answer(page):
    return page.locator("[name='text-0']")


# --- Saving by itself ------------------------------------------------------------------------------


def test_text_saves_itself_while_one_goes_on_writing(page, address, passport):
    page.goto(address("section_edit", "goals"))
    answer(page).fill("Познакомить")
    expect(state(page)).to_contain_text(re.compile(r"Сохранено в\s\d\d:\d\d"))
    assert text_of(passport) == "Познакомить"

    answer(page).press("End")
    page.keyboard.type(" соседей")
    expect(page.locator("#version")).to_have_value("2")

    expect(answer(page)).to_be_focused()
    expect(answer(page)).to_have_value("Познакомить соседей")
    assert text_of(passport) == "Познакомить соседей"


def test_leaving_a_field_saves_at_once(page, address, passport, settings):
    settings.AUTOSAVE_DELAY_MS = 60_000
    page.goto(address("section_edit", "goals"))

    answer(page).fill("Сразу")
    answer(page).blur()

    expect(state(page)).to_contain_text("Сохранено в")
    assert text_of(passport) == "Сразу"


def test_saving_is_said_in_words(page, address, live_server):
    page.goto(address("section_edit", "goals"))
    page.route("**/sections/goals/**", lambda route: (page.wait_for_timeout(300), route.continue_()))

    answer(page).fill("Медленная связь")

    expect(state(page)).to_contain_text("Сохраняем…")
    expect(state(page)).to_contain_text("Сохранено в")


def test_state_in_the_list_and_the_meter_follow(page, address):
    page.goto(address("section_edit", "background"))
    expect(page.locator("#meter")).to_contain_text("0 страницы из 0,5")

    answer(page).fill("ы" * 1900)
    expect(page.locator("#meter")).to_have_class(re.compile("pagemeter-over"))
    expect(page.locator("#meter")).to_contain_text("0,53 страницы из 0,5")
    expect(page.locator("#nav-background")).to_contain_text("Черновик")


def test_going_to_another_section_takes_the_text_along(page, address, passport, settings):
    settings.AUTOSAVE_DELAY_MS = 60_000
    page.goto(address("section_edit", "goals"))

    answer(page).press("Control+a")
    page.keyboard.type("По ссылке")
    page.get_by_role("link", name="Сроки реализации").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Сроки реализации практики")
    assert text_of(passport) == "По ссылке"

    answer(page).fill("По кнопке")
    page.get_by_role("button", name="Показатели до внедрения").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Показатели")
    assert text_of(passport, "period") == "По кнопке"


# --- A save that fails (more of it in test_offline.py) -----------------------------------------------


def test_failed_save_can_be_tried_again(page, address, passport, settings):
    settings.AUTOSAVE_DELAY_MS = 60_000  # nor does it try again by itself before
    page.goto(address("section_edit", "goals"))
    page.route("**/sections/goals/**", lambda route: route.abort())
    answer(page).fill("Со второго раза")
    answer(page).blur()
    expect(state(page)).to_contain_text("Нет связи")
    page.unroute("**/sections/goals/**")

    page.get_by_role("button", name="Повторить").click()

    expect(state(page)).to_contain_text("Сохранено в")
    assert text_of(passport) == "Со второго раза"


def test_too_large_text_is_said_and_stays(page, address, passport, settings):
    page.goto(address("section_edit", "goals"))
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2000

    answer(page).fill("ы" * 3000)

    expect(state(page)).to_contain_text("текст слишком большой")
    expect(answer(page)).to_have_value("ы" * 3000)
    assert text_of(passport) == "Ответ: Цели и задачи"


# --- An expired session ----------------------------------------------------------------------------


def test_expired_session_holds_back_who_goes_on(page, address, passport, settings):
    settings.AUTOSAVE_DELAY_MS = 60_000
    page.goto(address("section_edit", "goals"))
    Session.objects.all().delete()

    answer(page).fill("Дальше")
    page.get_by_role("button", name="Возможности").click()

    expect(state(page)).to_contain_text("Вы долго не работали")
    expect(answer(page)).to_have_value("Дальше")


def test_deadline_that_passes_meanwhile_refuses_and_keeps_the_text(page, address, passport):
    page.goto(address("section_edit", "goals"))
    Track.objects.update(closes_at=timezone.now() - timedelta(seconds=1))

    answer(page).fill("Чуть поздно")

    notice = page.locator("#notice")
    expect(notice).to_contain_text("Приём закончился")
    expect(notice).to_contain_text("Чуть поздно")
    expect(answer(page)).to_have_value("Чуть поздно")
    assert text_of(passport) == "Ответ: Цели и задачи"


# --- Two at one section ----------------------------------------------------------------------------


@pytest.fixture
def conflict(page, address, passport):
    """My tab, after somebody else saved and mine tried to."""
    page.goto(address("section_edit", "goals"))
    save_elsewhere(passport, "Чужой вариант")
    answer(page).fill("Мой вариант")
    expect(page.locator("#conflict")).to_be_visible()
    return page


def test_both_texts_stand_side_by_side(conflict, axe, passport):
    expect(conflict.locator("#conflict")).to_contain_text("Мой вариант")
    expect(conflict.locator("#conflict")).to_contain_text("Чужой вариант")
    assert text_of(passport) == "Чужой вариант"

    answer(conflict).fill("Мой вариант, дописан")
    conflict.wait_for_timeout(400)
    expect(conflict.locator("#conflict")).to_have_count(1)
    assert text_of(passport) == "Чужой вариант"
    assert axe(conflict) == []


def test_own_text_can_be_kept(conflict, passport):
    answer(conflict).fill("Мой вариант, дописан")
    conflict.get_by_role("button", name="Сохранить мой вариант").click()

    expect(conflict.locator("#conflict")).to_have_count(0)
    expect(answer(conflict)).to_have_value("Мой вариант, дописан")
    assert text_of(passport) == "Мой вариант, дописан"


def test_text_of_the_server_can_be_taken(conflict, passport):
    conflict.get_by_role("link", name="Взять версию с сервера").click()

    expect(answer(conflict)).to_have_value("Чужой вариант")
    assert text_of(passport) == "Чужой вариант"


# --- Rows ------------------------------------------------------------------------------------------


def test_rows_are_added_moved_and_removed_by_keyboard(page, address, passport):
    page.goto(address("section_edit", "costs"))

    page.get_by_role("button", name="Добавить строку").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[name='main-3-item']")).to_be_focused()
    page.keyboard.type("Звук")
    page.get_by_role("button", name="Поднять строку 4").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[name='main-2-item']")).to_have_value("Звук")
    expect(page.get_by_role("button", name="Поднять строку 3")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Поднять строку 2")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Опустить строку 1")).to_be_focused()  # cannot go further up
    assert items_of(passport) == ["Звук", "Афиши", "Сцена"]

    page.get_by_role("button", name="Удалить строку 2").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[name='main-1-item']")).to_have_value("Сцена")
    expect(page.get_by_role("button", name="Удалить строку 2")).to_be_focused()
    assert items_of(passport) == ["Звук", "Сцена"]


def test_typing_and_row_buttons_in_a_hurry_lose_nothing(page, address, passport):
    page.goto(address("section_edit", "costs"))
    page.route("**/sections/costs/**", lambda route: (page.wait_for_timeout(250), route.continue_()))

    page.locator("[name='main-0-item']").fill("Афиши и листовки")
    page.get_by_role("button", name="Добавить строку").click()
    expect(page.locator("[name='main-3-item']")).to_be_focused()
    page.keyboard.type("Звук")
    page.locator("[name='main-1-item']").fill("Сцена и свет")
    page.locator("[name='main-1-item']").blur()

    expect(page.locator("#conflict")).to_have_count(0)
    expect(state(page)).to_contain_text("Сохранено в")
    page.wait_for_timeout(1200)
    assert items_of(passport) == ["Афиши и листовки", "Сцена и свет", "Звук"]


# --- Without JavaScript, by keyboard, at every width -------------------------------------------------


def test_everything_works_without_javascript(new_context, owner, sign_in, address, passport):
    context = new_context(java_script_enabled=False)
    sign_in(context, owner)
    page = context.new_page()
    page.goto(address("section_edit", "costs"))

    page.fill("[name='main-2-item']", "Звук")
    page.get_by_role("button", name="Добавить строку").click()
    page.fill("[name='main-3-item']", "Свет")
    page.get_by_role("button", name="Поднять строку 4").click()
    page.get_by_role("button", name="Удалить строку 1").click()
    assert items_of(passport) == ["Сцена", "Свет", "Звук"]

    page.get_by_role("button", name="Показатели после внедрения").click()
    answer(page).fill("Стало лучше")
    page.get_by_role("button", name="Сохранить").click()
    assert text_of(passport, "indicators_after") == "Стало лучше"


def test_enter_in_a_tick_saves_and_presses_nothing_else(new_context, owner, sign_in, address, passport):
    context = new_context(java_script_enabled=False)
    sign_in(context, owner)
    page = context.new_page()
    page.goto(address("section_edit", "stakeholders"))

    page.locator("#id_nothing").check()
    page.locator("#id_nothing").press("Enter")

    expect(page.locator("#version")).to_have_value("1")
    assert stored(passport, "stakeholders").content["nothing"] is True


def test_pressing_send_twice_files_one(page, address, passport):
    page.goto(address("application_detail"))
    page.get_by_role("checkbox").check()

    page.get_by_role("button", name="Отправить заявку").dblclick()

    expect(page.locator(".app-number")).to_have_text(re.compile(r"\d{4}-0001"))
    assert passport.application.moves.count() == 1


def test_pages_fit_and_have_no_barriers(page, address, live_server, passport, owner, faults):
    recognised = {"edition": "2022", "sections": {"goals": {"blocks": [{"text": "Иначе"}]}}, "unplaced": ["Абзац"]}
    kept = keep_word_file(
        passport,
        data=b"PK",
        file_name="a.docx",
        recognised={**recognised, "warnings": ["Рисунки."]},
        by=owner,
        at=timezone.now(),
    )

    for url in (
        live_server.url + reverse("practices:application_list"),
        live_server.url + reverse("practices:application_start"),
        address("application_detail"),
        address("section_edit", "background"),
        address("section_edit", "results"),
        address("section_edit", "regulations"),
        address("import_upload"),
        address("import_review", kept.token),
        address("application_withdraw"),
        address("passport_preview"),
    ):
        page.goto(url)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        assert faults(page) == [], url
