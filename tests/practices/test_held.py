"""The buttons of tables inside a text: pure commands, and the editor without JavaScript."""

import json

import lxml.html
import pytest
from django.urls import reverse
from hypothesis import given, strategies as st

from practices.blocks import Text
from practices.forms import held
from practices.forms.commands import UnknownCommand, carry_out
from practices.forms.held import Brought
from practices.models import PassportSection

ROWS = [["Год", "Чел."], ["2022", "49"], ["2023", "59"]]
ANSWER = {"blocks": [{"text": "До"}, {"table": ROWS}, {"text": "После"}]}


def after(command, content=ANSWER, **brought):
    return carry_out(command, content, Text(), Brought(**brought))


def table_after(command, rows=ROWS):
    content = {"blocks": [{"table": [list(row) for row in rows]}]}
    return after(command, content).content["blocks"][1]["table"]


# --- Commands --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "rows", "focus"),
    [
        ("row-add:0", [*ROWS, ["", ""]], "id_table-0-3-0"),
        ("row-add:0:0", [ROWS[0], ["", ""], *ROWS[1:]], "id_table-0-1-0"),
        ("row-up:0:2", [ROWS[0], ROWS[2], ROWS[1]], "row-up-0-1"),
        ("row-up:0:0", ROWS, "row-up-0-0"),
        ("row-down:0:0", [ROWS[1], ROWS[0], ROWS[2]], "row-down-0-1"),
        ("row-down:0:2", ROWS, "row-down-0-2"),
        ("row-remove:0:1", [ROWS[0], ROWS[2]], "row-remove-0-1"),
        ("row-remove:0:2", ROWS[:2], "row-remove-0-1"),
        ("col-add:0", [[*row, ""] for row in ROWS], "id_table-0-0-2"),
        ("col-add:0:0", [[row[0], "", row[1]] for row in ROWS], "id_table-0-0-1"),
        ("col-left:0:1", [row[::-1] for row in ROWS], "col-left-0-0"),
        ("col-right:0:0", [row[::-1] for row in ROWS], "col-right-0-1"),
        ("col-remove:0:0", [row[1:] for row in ROWS], "col-remove-0-0"),
    ],
)
def test_rows_and_columns(command, rows, focus):
    done = after(command)

    assert done.content["blocks"] == [{"text": "До"}, {"table": rows}, {"text": "После"}]
    assert done.focus == focus
    assert ANSWER["blocks"][1] == {"table": ROWS}


def test_column_of_uneven_rows_is_made_one_first():
    assert table_after("col-add:0:0", [["Всего"], ["2022", "49"]]) == [["Всего", "", ""], ["2022", "", "49"]]
    assert table_after("col-left:0:1", [["Всего"], ["2022", "49"]]) == [["", "Всего"], ["49", "2022"]]


@pytest.mark.parametrize(
    ("command", "texts"),
    [
        ("table:0", ["а\nб\nв", "", "г"]),
        ("table:0:1", ["а", "б\nв", "г"]),
        ("table:0:0", ["", "а\nб\nв", "г"]),
        ("table:0:99", ["а\nб\nв", "", "г"]),
        ("table:1", ["а\nб\nв", "г", ""]),
    ],
)
def test_new_table_stands_after_the_line_it_was_asked_for(command, texts):
    done = after(command, {"blocks": [{"text": "а\nб\nв"}, {"table": ROWS}, {"text": "г"}]})

    assert held.apart(done.content)[0] == texts
    assert {"table": [["", "", ""], ["", "", ""]]} in done.content["blocks"]


@pytest.mark.parametrize(
    "command",
    ["drop:0", "row-remove:0:0", "row-remove:0:2", "col-remove:0:0", "col-remove:0:1"],
)
def test_what_is_removed_can_be_put_back(command):
    done = after(command)
    again = after("back", done.content, removed=done.removed.carried)

    assert done.content != ANSWER
    assert again.content == ANSWER
    assert again.focus.startswith("id_table-0-")


@pytest.mark.parametrize(
    ("content", "command"),
    [
        ({"blocks": [{"table": [["Год", "Чел."]]}]}, "row-remove:0:0"),
        ({"blocks": [{"table": [["Год"], ["2022"]]}]}, "col-remove:0:0"),
    ],
)
def test_with_its_last_row_or_column_goes_the_table(content, command):
    done = after(command, content)

    assert done.content == {"blocks": [{"text": ""}]}
    assert done.focus == "id_text-0"
    assert after("back", done.content, removed=done.removed.carried).content["blocks"][1:2] == content["blocks"]


def test_put_back_goes_where_it_stood_though_the_text_grew():
    done = after("drop:0", {"blocks": [{"text": "а\nб"}, {"table": ROWS}, {"text": "в"}]})
    grown = {"blocks": [{"text": done.content["blocks"][0]["text"] + "\nг"}]}

    assert after("back", grown, removed=done.removed.carried).content == {
        "blocks": [{"text": "а\nб"}, {"table": ROWS}, {"text": "в\nг"}]
    }


@pytest.mark.parametrize(
    "removed",
    [
        "",
        "[]",
        "{}",
        "null",
        "[" * 5000,
        json.dumps({"what": "passport", "table": 0, "at": 0, "rows": [["а"]]}),
        json.dumps({"what": "row", "table": 0, "at": 0, "rows": []}),
        json.dumps({"what": "row", "table": 0, "at": 0, "rows": [[1]]}),
        json.dumps({"what": "row", "table": 0, "at": 0, "rows": "ab"}),
        json.dumps({"what": "row", "table": -1, "at": 0, "rows": [["а"]]}),
        json.dumps({"what": "row", "table": 7, "at": 0, "rows": [["а"]]}),
        json.dumps({"what": "row", "table": "0", "at": 0, "rows": [["а"]]}),
        json.dumps({"what": "row", "table": 0, "at": None, "rows": [["а"]]}),
        json.dumps({"what": ["row"], "table": 0, "at": 0, "rows": [["а"]]}),
        json.dumps({"what": "row", "table": 0, "at": 0, "rows": [["а"]], "more": 1}),
    ],
)
def test_forged_return_is_no_command(removed):
    with pytest.raises(UnknownCommand):
        after("back", removed=removed)


@pytest.mark.parametrize(
    "command",
    [
        *("row-up:0", "row-up:1:0", "row-up:0:3", "row-up:0:-1", "row-up:00:0", "col-left:0:2", "drop:1", "drop:x"),
        *("table:2", "table:", "paste:2", "row-explode:0:0", "add:main"),
    ],
)
def test_place_that_is_not_there_is_no_command(command):
    with pytest.raises(UnknownCommand):
        after(command)


@given(st.lists(st.sampled_from(sorted(held.COMMANDS)), max_size=12), st.data())
def test_no_sequence_of_buttons_breaks_an_answer(verbs, data):
    content = ANSWER
    for verb in verbs:
        place = data.draw(st.integers(0, 3))
        try:
            content = Text().clean(
                after(f"{verb}:0:{place}", content, html="<p>а<table><tr><td>б<td>в</table>").content
            )
        except UnknownCommand:
            continue
    texts, tables = held.apart(content)
    assert len(texts) == len(tables) + 1


# --- Pasting ---------------------------------------------------------------------------------------

MIXED = "<p>раз</p><table><tr><td>а</td><td>б</td></tr></table><p>два</p>"


def test_clipboard_stands_in_place_of_what_was_chosen():
    done = after("paste:0", html=MIXED, before="Д", after="о")

    assert done.content["blocks"] == [
        {"text": "Драз"},
        {"table": [["а", "б"]]},
        {"text": "двао"},
        {"table": ROWS},
        {"text": "После"},
    ]
    assert (done.focus, done.caret) == ("id_text-1", 3)


CELLS = "<table><tr><td>а</td><td>б</td></tr><tr><td>в</td><td>г</td></tr></table>"


@pytest.mark.parametrize(
    ("command", "rows"),
    [
        ("fill:0:0:0", [["а", "б"], ["в", "г"], ["2023", "59"]]),
        ("fill:0:1:1", [["Год", "Чел.", ""], ["2022", "а", "б"], ["2023", "в", "г"]]),
        ("fill:0:2:0", [*ROWS[:2], ["а", "б"], ["в", "г"]]),
    ],
)
def test_cells_are_pasted_over_cells_and_the_table_grows(command, rows):
    done = after(command, html=CELLS)

    assert done.content["blocks"][1] == {"table": rows}
    assert done.focus == f"id_table-{command[5:].replace(':', '-')}"
    assert after("back", done.content, removed=done.removed.carried).content == ANSWER


@pytest.mark.parametrize("command", ["fill:0:3:0", "fill:0:0:2", "fill:1:0:0", "fill:0:0"])
def test_cells_need_a_place_and_a_table(command):
    with pytest.raises(UnknownCommand):
        after(command, html=CELLS)
    with pytest.raises(UnknownCommand):
        after("fill:0:0:0", html="<p>а</p>")


def test_caret_is_counted_as_browsers_count():
    brought = Brought.of({"pasted": "<p>🌲лес</p>", "before": "\r\n\r\n", "after": "!"})
    done = carry_out("paste:1", ANSWER, Text(), brought)

    assert done.content["blocks"][-1] == {"text": "\n\n🌲лес!"}
    assert (done.focus, done.caret) == ("id_text-1", 5)


def test_pictures_of_a_clipboard_are_told():
    assert after("paste:0", html="<p>а<img src=x></p>").pictures == 1


# --- Without JavaScript ----------------------------------------------------------------------------

HTMX = {"HTTP_HX_REQUEST": "true"}


def stored(passport, code="description"):
    return PassportSection.objects.get(passport=passport, code=code).content


def page_of(response):
    return lxml.html.fromstring(response.content.decode())


@pytest.fixture
def press(draft, clerk, url):
    """Press a button of the section with what stands in its form, `typed` over it."""

    def press(do, typed=(), *, code="description", **request):
        address = url("section_edit", draft, code)
        form = page_of(clerk.get(address)).get_element_by_id("section-form")
        sent = {field.get("name"): field.text_content() for field in form.iter("textarea")}
        sent |= {field.get("name"): field.get("value", "") for field in form.xpath(".//input[@type='hidden']")}
        return clerk.post(address, {**sent, **dict(typed), "do": do}, **request)

    return press


@pytest.fixture
def described(draft, write):
    write(draft, "description", ANSWER)
    return draft


@pytest.mark.django_db
def test_table_is_made_filled_in_and_kept(draft, press, clerk):
    response = press("table:0", {"text-0": "Итоги по годам"})
    assert response.url.endswith("#id_table-0-0-0")
    assert stored(draft) == {"blocks": [{"text": "Итоги по годам"}, {"table": [["", "", ""], ["", "", ""]]}]}

    press("row-add:0", {"table-0-0-0": "Год", "table-0-1-2": "49", "text-1": "Потом"})

    assert stored(draft) == {
        "blocks": [
            {"text": "Итоги по годам"},
            {"table": [["Год", "", ""], ["", "", "49"], ["", "", ""]]},
            {"text": "Потом"},
        ]
    }


@pytest.mark.django_db
def test_blank_table_answers_nothing_to_anybody(draft, press, read, clerk):
    press("table:0")

    assert not read(draft, "description").is_answered
    assert read(draft, "description").pieces == []
    assert (
        "<table" not in clerk.get(reverse("practices:passport_preview", args=[draft.application.key])).content.decode()
    )


@pytest.mark.django_db
def test_removed_row_is_offered_once_and_comes_back(described, press, clerk):
    response = press("row-remove:0:1", {"text-1": "Затем"})
    offered = page_of(clerk.get(response.url.partition("#")[0]))
    assert "Строка удалена: «2022»" in " ".join(offered.text_content().split())
    (carried,) = offered.xpath("//input[@name='removed']/@value")
    assert not page_of(clerk.get(response.url.partition("#")[0])).xpath("//input[@name='removed']")

    press("back", {"removed": carried})

    assert stored(described) == {"blocks": [{"text": "До"}, {"table": ROWS}, {"text": "Затем"}]}


@pytest.mark.django_db
def test_fragment_says_where_to_go_on_and_offers_the_way_back(described, press):
    fragment = lxml.html.fromstring(f"<div>{press('drop:0', **HTMX).content.decode()}</div>")

    (answer,) = fragment.xpath("//*[@id='answer']")
    assert answer.get("data-focus") == "id_text-0"
    assert answer.xpath(".//button[@value='back']")
    assert [area.text_content() for area in answer.iter("textarea")] == ["До\nПосле"]


@pytest.mark.django_db
def test_paste_is_one_save(described, press):
    response = press("paste:1", {"pasted": MIXED, "before": "После ", "after": ""}, **HTMX)

    (answer,) = lxml.html.fromstring(f"<div>{response.content.decode()}</div>").xpath("//*[@id='answer']")
    assert (answer.get("data-focus"), answer.get("data-caret")) == ("id_text-2", "3")
    section = PassportSection.objects.get(passport=described, code="description")
    assert section.version == 2
    assert section.content["blocks"][2:] == [{"text": "После раз"}, {"table": [["а", "б"]]}, {"text": "два"}]


@pytest.mark.django_db
def test_one_line_answers_have_no_tools(draft, clerk, url):
    form = page_of(clerk.get(url("section_edit", draft, "title"))).get_element_by_id("section-form")

    assert form.xpath(".//textarea")
    assert not form.xpath(".//button[starts-with(@value, 'table') or @data-list]")
