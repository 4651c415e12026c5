"""A text answer in a real browser: lists, tables by keyboard, clipboards of Word, the meter, the example."""

import pytest
from playwright.sync_api import expect

from practices.models import PassportSection
from practices.queries import passport_for, section_for

ROWS = [["Год", "Чел."], ["2022", "49"], ["2023", "59"]]
WITH_TABLE = {"blocks": [{"text": "До"}, {"table": ROWS}, {"text": "После"}]}

ITEM = (
    "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·"
    "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp; </span></span><![endif]>{}<o:p></o:p></p>"
)
LIST = f"<p class=MsoNormal>Нужно,&nbsp;чтобы:</p>{ITEM.format('был свет')}{ITEM.format('был двор')}"
TABLE = (
    "<table class=MsoTableGrid><tr><td><p class=MsoNormal>Двор</p></td><td><p class=MsoNormal>Скамеек</p></td></tr>"
    "<tr><td><p class=MsoNormal>Ленина, 5</p></td><td><p class=MsoNormal>4</p></td></tr></table>"
)

PASTE = """([id, html, plain]) => {
    const clipboard = new DataTransfer();
    if (html) clipboard.setData("text/html", html);
    clipboard.setData("text/plain", plain);
    const event = new ClipboardEvent("paste", { clipboardData: clipboard, bubbles: true, cancelable: true });
    if (document.getElementById(id).dispatchEvent(event)) document.execCommand("insertText", false, plain);
}"""


@pytest.fixture
def page(new_context, owner, sign_in):
    context = new_context()
    sign_in(context, owner)
    return context.new_page()


@pytest.fixture
def goals(page, address):
    """The section of goals with nothing in it yet."""
    page.goto(address("section_edit", "goals"))
    area(page).fill("")
    return page


@pytest.fixture
def described(page, address, passport):
    section = passport.sections.filter(code="description")
    section.update(content=WITH_TABLE)
    page.goto(address("section_edit", "description"))
    return page


def area(page, number=0):
    return page.locator(f"[name='text-{number}']")


def cell(page, row, column, table=0):
    return page.locator(f"[name='table-{table}-{row}-{column}']")


def paste(page, html, plain="", *, into="id_text-0"):
    page.evaluate(PASTE, [into, html, plain])


def caret(page, number=0):
    return area(page, number).evaluate("area => area.selectionStart")


def blocks_of(passport, code="goals"):
    return PassportSection.objects.get(passport=passport, code=code).content["blocks"]


def saved(page, version):
    expect(page.locator("#version")).to_have_value(str(version))


# --- Lists -----------------------------------------------------------------------------------------


def test_enter_goes_on_with_a_list_and_ends_it(goals):
    area(goals).press_sequentially("- свет\nдвор\n\nИтог\n9. раз\nдва\n")

    expect(area(goals)).to_have_value("- свет\n- двор\nИтог\n9. раз\n10. два\n11. ")

    goals.keyboard.press("Control+z")
    expect(area(goals)).to_have_value("- свет\n- двор\nИтог\n9. раз\n10. два")

    area(goals).fill("свет\n- двор")
    area(goals).press("Control+End")
    goals.keyboard.press("Home")
    goals.keyboard.press("Enter")

    expect(area(goals)).to_have_value("свет\n\n- двор")


def test_buttons_make_lists_of_the_chosen_lines_and_undo_them(goals):
    area(goals).fill("свет\n\nдвор")
    area(goals).press("Control+a")

    goals.get_by_role("button", name="Нумерованный список").click()
    expect(area(goals)).to_have_value("1. свет\n\n2. двор")
    goals.get_by_role("button", name="Список", exact=True).click()
    expect(area(goals)).to_have_value("- свет\n\n- двор")
    goals.get_by_role("button", name="Список", exact=True).click()
    expect(area(goals)).to_have_value("свет\n\nдвор")

    area(goals).press("Control+z")
    expect(area(goals)).to_have_value("- свет\n\n- двор")


def test_tools_are_reached_by_keyboard(goals, passport):
    area(goals).focus()
    for name in ("Вставить таблицу", "Нумерованный список", "Список"):
        goals.keyboard.press("Shift+Tab")
        expect(goals.get_by_role("button", name=name, exact=True)).to_be_focused()
    goals.keyboard.press("Enter")

    expect(area(goals)).to_be_focused()
    goals.keyboard.type("свет")
    expect(area(goals)).to_have_value("- свет")


# --- Tables in the text ----------------------------------------------------------------------------


def test_table_is_put_after_the_paragraph_of_the_caret(goals, passport):
    area(goals).fill("Раз\nДва")
    area(goals).press("Control+Home")
    goals.get_by_role("button", name="Вставить таблицу").click()

    expect(cell(goals, 0, 0)).to_be_focused()
    expect(area(goals)).to_have_value("Раз")
    expect(area(goals, 1)).to_have_value("Два")
    goals.keyboard.type("Год")
    goals.keyboard.press("Tab")
    goals.keyboard.type("Человек")
    goals.keyboard.press("Tab")

    expect(goals.locator("#save-state")).to_contain_text("Сохранено")
    assert blocks_of(passport)[1]["table"][0] == ["Год", "Человек", ""]


def test_rows_and_columns_move_by_keys_and_the_writer_with_them(described, passport):
    cell(described, 2, 1).focus()
    described.keyboard.press("Alt+ArrowUp")
    expect(cell(described, 1, 1)).to_have_value("59")
    expect(cell(described, 1, 1)).to_be_focused()

    described.keyboard.press("Alt+ArrowLeft")
    expect(cell(described, 1, 0)).to_have_value("59")
    expect(cell(described, 1, 0)).to_be_focused()

    described.keyboard.press("Alt+ArrowLeft")
    expect(cell(described, 1, 0)).to_be_focused()
    described.keyboard.press("Control+Enter")
    expect(cell(described, 2, 0)).to_be_focused()
    assert blocks_of(passport, "description")[1]["table"] == [
        ["Чел.", "Год"],
        ["59", "2023"],
        ["", ""],
        ["49", "2022"],
    ]


def test_buttons_keep_the_focus_where_they_lead(described, passport):
    def press(name):
        described.get_by_role("button", name=name, exact=True).focus()
        described.keyboard.press("Enter")

    def focused(name):
        expect(described.get_by_role("button", name=name, exact=True)).to_be_focused()

    cell(described, 1, 1).fill("50")  # what was typed goes along with a button
    press("Опустить строку 1")
    focused("Опустить строку 2")
    press("Опустить строку 2")
    focused("Поднять строку 3")
    press("Добавить столбец")
    expect(cell(described, 0, 2)).to_be_focused()
    press("Удалить столбец 3")
    focused("Удалить столбец 2")
    press("Удалить строку 3")
    focused("Удалить строку 2")
    expect(described.get_by_text("Строка удалена: «Год»")).to_be_visible()
    press("Вернуть")
    expect(cell(described, 2, 0)).to_be_focused()
    press("Убрать таблицу 1 из текста")
    expect(area(described)).to_be_focused()
    press("Вернуть")
    expect(cell(described, 0, 0)).to_be_focused()

    assert blocks_of(passport, "description")[1]["table"] == [["2022", "50"], ROWS[2], ROWS[0]]


# --- The clipboard ---------------------------------------------------------------------------------


def test_list_of_word_arrives_clean_at_the_caret_and_can_be_undone(goals):
    area(goals).fill("Начало конец")
    area(goals).evaluate("area => area.setSelectionRange(7, 7)")

    paste(goals, LIST, "не это")

    expect(area(goals)).to_have_value("Начало Нужно, чтобы:\n- был свет\n- был дворконец")
    assert caret(goals) == len("Начало Нужно, чтобы:\n- был свет\n- был двор")
    goals.keyboard.press("Control+z")
    expect(area(goals)).to_have_value("Начало конец")


def test_text_list_and_table_of_word_arrive_in_one_save(goals, passport):
    area(goals).fill("Начало\nлишнее\nконец")
    area(goals).evaluate("area => area.setSelectionRange(7, 13)")

    paste(goals, f"{LIST}{TABLE}<p class=MsoNormal>Итого</p>", "не это")

    expect(area(goals, 1)).to_be_focused()
    expect(area(goals, 1)).to_have_value("Итого\nконец")
    assert caret(goals, 1) == len("Итого")
    expect(area(goals)).to_have_value("Начало\nНужно, чтобы:\n- был свет\n- был двор")
    expect(cell(goals, 1, 1)).to_have_value("4")
    assert [list(block) for block in blocks_of(passport)] == [["text"], ["table"], ["text"]]
    goals.keyboard.type("!")
    expect(area(goals, 1)).to_have_value("Итого!\nконец")
    expect(goals.locator("[data-brought]")).to_have_count(0)


def test_cells_of_excel_are_pasted_into_a_table_and_back(described, passport):
    cell(described, 1, 1).focus()
    paste(described, TABLE, "", into="id_table-0-1-1")

    expect(cell(described, 1, 1)).to_be_focused()
    expect(cell(described, 2, 2)).to_have_value("4")
    described.get_by_role("button", name="Вернуть").click()
    expect(cell(described, 1, 1)).to_have_value("49")
    assert blocks_of(passport, "description")[1]["table"] == ROWS


def test_pictures_are_said_to_be_left_out(goals):
    paste(goals, "<p>Фото: <img width=300 src='file:///a.png'></p>", "")
    expect(area(goals)).to_have_value("Фото:")
    note = goals.locator("#pasted-note")
    expect(note).to_contain_text("1 рисунок не вставлен: приложите его файлом.")
    goals.get_by_role("button", name="Сохранить", exact=True).click()
    expect(goals.locator("#save-state")).to_contain_text("Сохранено")
    expect(note).to_contain_text("1 рисунок не вставлен")

    paste(goals, f"{TABLE}<img src='data:image/png;base64,AAAA'><img src='b'>", "")
    expect(cell(goals, 0, 0)).to_have_value("Двор")
    expect(note).to_contain_text("2 рисунка не вставлены")


def test_plain_text_arrives_where_there_is_no_more_or_no_network(goals):
    paste(goals, "", "просто\nтекст ")
    expect(area(goals)).to_have_value("просто\nтекст ")

    goals.context.set_offline(True)
    paste(goals, LIST, "без списка ")
    expect(area(goals)).to_have_value("просто\nтекст без списка ")
    paste(goals, TABLE, "без\tтаблицы")
    expect(area(goals)).to_have_value("просто\nтекст без списка без\tтаблицы")
    goals.context.set_offline(False)


# --- The meter -------------------------------------------------------------------------------------


def test_meter_counts_as_the_server_does(page, address, passport, owner):
    passport.sections.filter(code="background").update(content=WITH_TABLE)
    page.goto(address("section_edit", "background"))
    area(page).fill("\n  Ярмарка 🌲 й й\n\nсоседей  \n")  # a letter of two marks, a tree beyond the first plane
    cell(page, 1, 1).fill("  сто\nдвести ")
    area(page, 1).fill("  \n ")
    length = page.locator("#meter").get_attribute("data-length")

    page.get_by_role("button", name="Сохранить", exact=True).click()
    expect(page.locator("#save-state")).to_contain_text("Сохранено")

    section = section_for(passport_for(owner, passport.application.key), "background")
    assert length == str(section.length)


# --- For everybody ---------------------------------------------------------------------------------


def test_text_with_a_table_is_accessible_and_fits(described, faults):
    for name in ("Добавить столбец", "Добавить столбец", "Удалить строку 2"):
        version = described.locator("#version").input_value()
        described.get_by_role("button", name=name).click()
        saved(described, int(version) + 1)
    described.locator("[data-example]").evaluate("example => (example.open = true)")

    assert faults(described) == []
