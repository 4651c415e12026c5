"""The form's own tables in a real browser: keyboard, dragging, undo, a clipboard of Word and of Excel."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import expect

from practices.models import PassportSection
from practices.services import save_section
from tests.practices.clipboards import EXCEL_HTML, EXCEL_TEXT, WORD_HTML, WORD_TEXT

COSTS = [
    {"id": "a1", "item": "Афиши", "amount": "5 000", "source": "Бюджет"},
    {"id": "b2", "item": "Сцена", "amount": "30 тыс. руб.", "source": "Грант"},
    {"id": "c3", "item": "Звук", "amount": "7 000", "source": ""},
]
PASTE = """([target, html, text]) => {
    const data = new DataTransfer();
    data.setData("text/html", html);
    data.setData("text/plain", text);
    const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
    return document.querySelector(target).dispatchEvent(event);
}"""


@pytest.fixture
def page(new_context, owner, sign_in, passport):
    PassportSection.objects.filter(passport=passport, code="costs").update(content={"tables": {"main": COSTS}})
    context = new_context()
    sign_in(context, owner)
    return context.new_page()


def rows_of(passport, code="costs"):
    rows = PassportSection.objects.get(passport=passport, code=code).content["tables"]["main"]
    return [row for row in rows if any(cell for name, cell in row.items() if name != "id")]


def items_of(passport):
    return [row["item"] for row in rows_of(passport)]


def cell(page, name):
    return page.locator(f"[name='main-{name}']")


def said(page, words):
    return page.get_by_role("status").filter(has_text=words)


# --- Keyboard --------------------------------------------------------------------------------------


def test_row_is_written_moved_and_added_without_leaving_the_keyboard(page, address, passport):
    page.goto(address("section_edit", "costs"))

    cell(page, "0-amount").focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(cell(page, "1-amount")).to_be_focused()
    expect(cell(page, "1-amount")).to_have_value("5 000")
    expect(said(page, "строка 2 из 4")).to_have_count(1)
    page.keyboard.press("Alt+ArrowUp")
    expect(cell(page, "0-amount")).to_be_focused()
    page.keyboard.press("Alt+ArrowUp")  # it stands first already: nothing happens
    page.keyboard.press("Control+Enter")
    expect(cell(page, "1-item")).to_be_focused()
    page.keyboard.type("Свет")
    page.keyboard.press("Tab")

    expect(page.locator("#save-state")).to_contain_text("Сохранено в")
    assert items_of(passport) == ["Афиши", "Свет", "Сцена", "Звук"]


def test_enter_makes_a_line_in_a_cell(page, address, passport):
    page.goto(address("section_edit", "links"))
    cell(page, "0-url").press_sequentially("vk.com/yard")
    page.keyboard.press("Enter")
    page.keyboard.type("мойгород.рф")

    expect(page.get_by_role("link", name="мойгород.рф")).to_have_attribute("href", "https://мойгород.рф")
    expect(page.get_by_role("link", name="vk.com/yard")).to_have_attribute("href", "https://vk.com/yard")
    expect(cell(page, "0-url")).to_be_focused()


# --- Dragging --------------------------------------------------------------------------------------


def drag(page, row, to):
    """Take a row by its grip and let it go over another one's middle or edge."""
    grip = page.locator(f"#row-main-{row} [data-grip]").bounding_box()
    page.mouse.move(grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2)
    page.mouse.down()
    target = page.locator(f"#row-main-{to}").bounding_box()
    page.mouse.move(grip["x"] + 5, target["y"] + target["height"] * 0.75, steps=6)


def test_row_is_dragged_to_its_place(page, address, passport):
    page.goto(address("section_edit", "costs"))

    drag(page, "a1", "b2")
    expect(page.locator("#row-main-c3")).to_have_class(re.compile("drop-before"))
    page.mouse.up()

    expect(cell(page, "1-item")).to_have_value("Афиши")
    expect(said(page, "строка 2 из 4")).to_have_count(1)
    assert items_of(passport) == ["Сцена", "Афиши", "Звук"]


def test_dragging_can_be_given_up(page, address, passport):
    page.goto(address("section_edit", "costs"))

    drag(page, "c3", "a1")
    page.keyboard.press("Escape")
    page.mouse.up()

    expect(page.locator(".dragged, .drop-before, .drop-after")).to_have_count(0)
    assert items_of(passport) == ["Афиши", "Сцена", "Звук"]


def test_row_is_dragged_by_touch(new_context, owner, sign_in, address, passport):
    PassportSection.objects.filter(passport=passport, code="costs").update(content={"tables": {"main": COSTS}})
    context = new_context(has_touch=True)
    sign_in(context, owner)
    page = context.new_page()
    page.set_viewport_size({"width": 390, "height": 2000})  # all rows: near its edges the window scrolls
    page.goto(address("section_edit", "costs"))
    page.locator("#row-main-a1").scroll_into_view_if_needed()
    touch = context.new_cdp_session(page)
    grip = page.locator("#row-main-a1 [data-grip]").bounding_box()
    target = page.locator("#row-main-b2").bounding_box()
    x, y = grip["x"] + 5, grip["y"] + 5

    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in (0.3, 0.6, 0.9):
        to = y + (target["y"] + target["height"] - y) * step
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": to}]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    expect(cell(page, "1-item")).to_have_value("Афиши")
    assert items_of(passport) == ["Сцена", "Афиши", "Звук"]


# --- Undo ------------------------------------------------------------------------------------------


def test_removed_row_comes_back_after_further_saves(page, address, passport):
    page.goto(address("section_edit", "costs"))
    cell(page, "1-item").fill("Сцена и свет")
    page.get_by_role("button", name="Удалить строку 2").click()
    expect(page.get_by_text("Строка «Сцена и свет» удалена.")).to_be_visible()
    cell(page, "0-amount").fill("6 000")
    expect(page.locator("#sums-main")).to_contain_text(re.compile(r"13\s000\s₽"))

    page.get_by_role("button", name="Вернуть", exact=True).click()

    expect(cell(page, "1-item")).to_be_focused()
    expect(cell(page, "1-item")).to_have_value("Сцена и свет")
    assert [(row["id"], row["amount"]) for row in rows_of(passport)] == [
        ("a1", "6 000"),
        ("b2", "30 тыс. руб."),
        ("c3", "7 000"),
    ]


# --- What is read ----------------------------------------------------------------------------------


def test_sums_follow_what_is_typed(page, address):
    page.goto(address("section_edit", "costs"))
    expect(page.locator("#sums-main")).to_contain_text(re.compile(r"Всего\s*42\s000\s₽"))

    cell(page, "0-amount").fill("9 770,5 тыс. руб.")

    expect(page.locator("#read-main-a1-amount")).to_have_text(re.compile(r"^\s*9\s770\s500\s₽\s*$"))
    expect(page.locator("#sums-main")).to_contain_text(re.compile(r"Всего\s*9\s807\s500\s₽"))
    cell(page, "0-amount").fill("сколько нашли")
    expect(page.locator("#read-main-a1-amount")).to_contain_text("сумма не прочитана")


# --- Pasting ---------------------------------------------------------------------------------------


def test_table_of_word_is_pasted_after_a_look_at_its_columns(page, address, passport, axe):
    page.goto(address("section_edit", "costs"))
    cell(page, "0-item").fill("Афиши и листовки")  # not saved yet when the paste comes

    assert page.evaluate(PASTE, ["[name='main-0-item']", WORD_HTML, WORD_TEXT]) is False

    dialog = page.get_by_role("dialog", name="Вставка таблицы: проверьте столбцы")
    expect(dialog).to_contain_text("Скопировано: 5 строк, столбцов: 4")
    expect(dialog.get_by_label("Столбец 2")).to_have_value("item")
    expect(dialog.get_by_label("Столбец 2")).not_to_be_focused()
    expect(dialog.get_by_label("Столбец 1")).to_be_focused()
    assert axe(page) == []
    dialog.get_by_role("button", name="Вставить строки").click()

    expect(page.get_by_text("Вставлено 3 строки.")).to_be_visible()
    assert items_of(passport) == [
        "Афиши и листовки",
        "Саженцы и грунт",
        "Афиши\nи листовки",
        "Чай в саду",
        "Сцена",
        "Звук",
    ]
    page.get_by_role("button", name="Вернуть таблицу, какой она была").click()
    expect(cell(page, "1-item")).to_have_value("Сцена")
    assert items_of(passport) == ["Афиши и листовки", "Сцена", "Звук"]


def test_table_of_excel_is_pasted(page, address, passport):
    page.goto(address("section_edit", "results"))
    page.evaluate(PASTE, ["[name='main-0-value_total']", EXCEL_HTML, EXCEL_TEXT])
    page.get_by_role("radio", name="вместо всех строк").check()
    page.get_by_role("button", name="Вставить строки").click()

    expect(cell(page, "1-indicator")).to_have_value("Кружков «Умелые руки»")
    assert [row["value_total"] for row in rows_of(passport, "results")] == ["15", "6"]


def test_look_at_the_columns_can_be_given_up(page, address, passport):
    page.goto(address("section_edit", "costs"))
    cell(page, "1-item").focus()
    page.evaluate(PASTE, ["[name='main-1-item']", "", "а\tб\nв\tг"])
    expect(page.get_by_role("dialog")).to_be_visible()

    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(cell(page, "1-item")).to_be_focused()
    assert items_of(passport) == ["Афиши", "Сцена", "Звук"]


def test_paste_loses_nothing_to_somebody_elses_save_or_an_expired_session(page, address, passport, owner, sign_in):
    page.goto(address("section_edit", "costs"))
    page.evaluate(PASTE, ["[name='main-3-item']", "", "Доски\t5 000\nКраска\t7 000"])
    dialog = page.get_by_role("dialog", name="Вставка таблицы")
    expect(dialog).to_be_visible()
    section = PassportSection.objects.get(passport=passport, code="costs")
    content = {"tables": {"main": COSTS[:1]}}
    save_section(passport, "costs", content, seen=section.version, by=owner, at=timezone.now())
    dialog.get_by_role("button", name="Вставить строки").click()
    expect(dialog).to_contain_text("Раздел тем временем изменили")

    Session.objects.all().delete()
    dialog.get_by_role("button", name="Вставить строки").click()
    expect(dialog).to_contain_text("Ничего не потеряно")
    sign_in(page.context, owner)
    page.get_by_role("dialog", name="Вставка таблицы").wait_for()
    page.evaluate("document.getElementById('sign-in').close()")
    dialog.get_by_role("button", name="Вставить строки").click()

    expect(page.get_by_text("Вставлено 2 строки.")).to_be_visible()
    assert items_of(passport) == ["Афиши", "Доски", "Краска"]


def test_one_cell_and_plain_words_are_pasted_as_ever(page, address):
    page.goto(address("section_edit", "costs"))

    assert page.evaluate(PASTE, ["[name='main-0-item']", "<table><tr><td>Доски</td></tr></table>", "Доски"]) is True
    assert page.evaluate(PASTE, ["[name='main-0-item']", "", "две\nстроки"]) is True


def test_page_of_its_own_reads_the_markup_of_the_clipboard(page, address, passport):
    page.goto(address("section_edit", "costs"))
    page.get_by_role("link", name="Вставить из Word или Excel").click()

    page.evaluate(PASTE, ["#id_text", WORD_HTML, WORD_TEXT])

    expect(page.get_by_role("heading", level=1)).to_have_text("Вставка таблицы: проверьте столбцы")
    expect(page.get_by_role("cell", name="Афиши и листовки")).to_be_visible()
    page.get_by_role("button", name="Вставить строки").click()
    expect(cell(page, "3-item")).to_have_value("Саженцы и грунт")


def test_tables_fit_and_have_no_barriers(page, address, passport, faults):
    contacts = {"id": "a1", "person": "Снегирёва Анна Петровна, глава", "contact": "+7 000 000-00-00\nanna@example.org"}
    links = {"id": "a1", "name": "Группа", "url": f"https://example.org/{'двор' * 30}\nничего"}
    result = {"id": "a1", "indicator": "Заявок", "value_last_year": "638", "value_total": "75"}
    for code, row in (("contacts", contacts), ("links", links), ("results", result)):
        PassportSection.objects.filter(passport=passport, code=code).update(content={"tables": {"main": [row]}})

    for code in ("costs", "results", "links", "contacts"):
        page.goto(address("section_edit", code))
        assert faults(page) == [], code
    page.get_by_role("link", name="Вставить из Word или Excel").click()
    assert faults(page) == []
    page.evaluate(PASTE, ["#id_text", WORD_HTML, WORD_TEXT])
    expect(page.get_by_role("button", name="Вставить строки")).to_be_visible()
    assert faults(page) == []
