"""Pasting a table into a table of the form, without JavaScript: bring it, check its columns, insert it."""

import json
from datetime import timedelta

import lxml.html
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from practices.blocks import MAX_ROWS
from practices.models import PassportSection
from tests.practices.clipboards import EXCEL_HTML, WORD_HTML, WORD_TEXT

pytestmark = pytest.mark.django_db

COSTS = [
    {"id": "a1", "item": "Афиши", "amount": "5 000", "source": "Бюджет"},
    {"id": "b2", "item": "", "amount": "", "source": ""},
]
HTMX = {"HTTP_HX_REQUEST": "true"}


def page(response):
    return lxml.html.fromstring(response.content.decode())


def words(element):
    return " ".join(element.text_content().split())


def rows(passport, code="costs", table="main"):
    section = PassportSection.objects.get(passport=passport, code=code)
    shape = next(shape for shape in section.passport.edition.shapes[code].tables if shape.name == table)
    return [tuple(row[column.code] for column in shape.columns) for row in section.content["tables"][table]]


def fields(response):
    """What the check's form would send as it stands."""
    (form,) = page(response).xpath("//form[@data-paste-check]")
    return {name: value for name, value in form.form_values() if name != "csrfmiddlewaretoken"}


@pytest.fixture
def address(draft, url):
    return url("section_paste", draft, "costs")


@pytest.fixture
def bring(clerk, address):
    """Bring a table to the costs: the page with its check, or with what is wrong."""
    return lambda text="", query="", **more: clerk.post(f"{address}{query}", {"text": text, **more})


def test_page_takes_cells_and_files(clerk, address):
    form = page(clerk.get(address)).xpath("//form[@data-paste-form]")[0]

    assert form.get("enctype") == "multipart/form-data"
    assert {"text", "html", "file"} <= {field.get("name") for field in form.inputs}


def test_editor_leads_to_the_page(draft, clerk, url, address):
    links = page(clerk.get(url("section_edit", draft, "costs"))).xpath("//a[@data-paste]/@href")

    assert links == [f"{address}?table=main"]


def test_table_of_word_is_checked_and_inserted(draft, bring, clerk, address):
    check = bring(WORD_TEXT, html=WORD_HTML)

    assert check.status_code == 200
    assert rows(draft) == []
    text = words(page(check).get_element_by_id("main"))
    assert "Скопировано: 5 строк, столбцов: 4" in text
    sent = fields(check)
    assert [sent[f"column-{number}"] for number in range(4)] == ["", "item", "amount", "source"]
    assert (sent["header"], sent["place"], "totals" in sent) == ("1", "end", False)

    done = clerk.post(address, sent, follow=True)

    assert rows(draft) == [
        ("Саженцы и грунт", "35 000", "Грант фонда «Сад»"),
        ("Афиши\nи листовки", "20 тыс. руб.", "Грант фонда «Сад»"),
        ("Чай в саду", "10 000,00", "Грант фонда «Сад»"),
    ]
    assert "Вставлено 3 строки." in words(page(done))


def test_row_of_totals_is_inserted_when_it_is_wanted(draft, bring, clerk, address):
    clerk.post(address, {**fields(bring(WORD_TEXT, html=WORD_HTML)), "totals": "on"})

    assert rows(draft)[-1] == ("", "65 000", "")


def test_sum_that_is_merged_over_rows_is_counted_once(draft, bring, clerk, address):
    table = "<table><tr><td>Доски<td rowspan=2>5 000<td rowspan=2>Грант</tr><tr><td>Краска</tr></table>"

    clerk.post(address, fields(bring(html=table)))

    assert rows(draft) == [("Доски", "5 000", "Грант"), ("Краска", "", "Грант")]


def test_column_without_a_place_is_told_before_and_after(draft, bring, clerk, address):
    check = bring("Статья затрат\tКто отвечает\tОбъем затрат\nДоски\tАнна\t5 000")
    assert "Не нашлось места: Кто отвечает." in words(page(check))

    done = clerk.post(address, fields(check), follow=True)

    assert rows(draft) == [("Доски", "5 000", "")]
    assert "Не вставлено: Кто отвечает." in words(page(done))


def test_columns_can_be_chosen_and_two_can_go_into_one(draft, bring, clerk, address):
    check = bring("Доски\tсосна\t5 000")

    clerk.post(address, {**fields(check), "column-0": "item", "column-1": "item", "column-2": "amount"})

    assert rows(draft) == [("Доски\nсосна", "5 000", "")]


@pytest.mark.parametrize(("tick", "amount"), [({"units": "on"}, "9 770,5 тыс. руб."), ({}, "9 770,5")])
def test_unit_of_the_heading_is_written_after_the_sums(draft, bring, clerk, address, tick, amount):
    check = bring("Статья затрат\tОбъем затрат, тыс. руб.\nДоски\t9 770,5\nКраска\t450 руб.")
    sent = fields(check)
    assert sent.pop("units") == "on"

    clerk.post(address, {**sent, **tick})

    assert rows(draft) == [("Доски", amount, ""), ("Краска", "450 руб.", "")]


def test_words_outside_of_the_table_are_told(bring):
    check = bring(html=f"<p>Смета проекта</p>{WORD_HTML}")

    assert "Вне таблицы" in words(page(check))
    assert "Смета проекта" in words(page(check))


def test_csv_file_is_taken(draft, clerk, address):
    file = SimpleUploadedFile("smeta.csv", "Статья затрат;Объём затрат\r\nДоски;5 000\r\n".encode("cp1251"))

    clerk.post(address, fields(clerk.post(address, {"file": file})))

    assert rows(draft) == [("Доски", "5 000", "")]


@pytest.mark.parametrize(
    ("place", "left"),
    [
        ("after", ["Афиши", "Доски", "Звук"]),
        ("end", ["Афиши", "Звук", "Доски"]),
        ("all", ["Доски"]),
    ],
)
def test_rows_go_where_they_are_sent(draft, write, bring, clerk, address, place, left):
    write(draft, "costs", [*COSTS, {"id": "c3", "item": "Звук", "amount": "1", "source": ""}])
    check = bring("Доски\t5 000", query="?table=main&row=b2")
    assert fields(check)["place"] == "after"

    clerk.post(f"{address}?table=main&row=b2", {**fields(check), "place": place})

    assert [item for item, *_rest in rows(draft)] == left


def test_paste_can_be_undone(draft, write, bring, clerk, address, url):
    write(draft, "costs", COSTS[:1])
    clerk.post(address, {**fields(bring("Доски\t5 000")), "place": "all"})
    editor = url("section_edit", draft, "costs")
    form = page(clerk.get(editor)).get_element_by_id("section-form")
    (button,) = form.xpath(".//button[starts-with(@value, 'back:')]")

    clerk.post(editor, {**dict(form.form_values()), "do": button.get("value")})

    assert rows(draft) == [("Афиши", "5 000", "Бюджет")]


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"text": ""}, "Таблицы здесь нет"),
        ({"text": "\t".join("а" * 31)}, "больше 30 столбцов"),
        ({"text": "\n".join(["а\tб"] * (MAX_ROWS + 21))}, "не больше 500 строк"),
        ({"file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04")}, "не файл CSV"),
        ({"file": SimpleUploadedFile("a.csv", b"\x00\x98")}, "Не удалось прочитать буквы"),
        ({"file": SimpleUploadedFile("a.csv", b"a;b\n" * 600_000)}, "больше 2 МБ"),
    ],
)
def test_what_is_no_table_is_told_and_can_be_brought_again(draft, clerk, address, sent, sentence):
    response = clerk.post(address, sent)

    assert response.status_code == 422
    assert sentence in words(page(response))
    assert page(response).xpath("//form[@data-paste-form]")
    assert rows(draft) == []


def test_section_changed_in_the_meantime_shows_the_table_again(draft, write, bring, clerk, address):
    sent = {**fields(bring("Доски\tсосна\t5 000")), "column-1": "item", "column-2": "amount"}
    write(draft, "costs", COSTS[:1])

    refused = clerk.post(address, sent)

    assert refused.status_code == 409
    assert "Раздел тем временем изменили" in words(page(refused))
    assert rows(draft) == [("Афиши", "5 000", "Бюджет")]
    again = fields(refused)
    assert (again["column-1"], again["version"]) == ("item", "1")
    clerk.post(address, again)
    assert rows(draft) == [("Афиши", "5 000", "Бюджет"), ("Доски\nсосна", "5 000", "")]


def test_row_that_is_gone_meanwhile_leaves_the_end(draft, write, bring, clerk, address):
    write(draft, "costs", COSTS)
    sent = fields(bring("Доски\t5 000", query="?table=main&row=b2"))
    write(draft, "costs", COSTS[:1])

    refused = clerk.post(f"{address}?table=main&row=b2", sent)

    assert (refused.status_code, fields(refused)["place"]) == (409, "end")
    clerk.post(f"{address}?table=main&row=b2", fields(refused))
    assert [item for item, *_rest in rows(draft)] == ["Афиши", "Доски"]


def test_deadline_that_passes_meanwhile_shows_the_table_again(draft, bring, clerk, address, open_track, now):
    sent = fields(bring("Доски\t5 000"))
    open_track.closes_at = now - timedelta(seconds=1)
    open_track.save()

    refused = clerk.post(address, sent)

    assert refused.status_code == 403
    assert "Приём закончился" in words(page(refused))
    assert "Доски" in words(page(refused))
    assert rows(draft) == []
    assert clerk.get(address).status_code == 403


def test_too_many_rows_show_the_table_again(draft, write, bring, clerk, address):
    write(draft, "costs", [{"item": str(number), "amount": "1", "source": ""} for number in range(MAX_ROWS)])

    refused = clerk.post(address, fields(bring("Доски\t5 000")))

    assert refused.status_code == 422
    assert "500" in words(page(refused))
    assert "Доски" in words(page(refused))
    assert len(rows(draft)) == MAX_ROWS


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"column-0": "price"}, 422),
        ({"column-0": "", "column-1": ""}, 422),
        ({"header": "9"}, 422),
        ({"header": "1"}, 422),
        ({"place": "nowhere"}, 422),
        ({"place": "after"}, 422),
        ({"version": ""}, 422),
        ({"version": "-1"}, 422),
        ({"version": "9"}, 409),
        ({"grid": "[]"}, 400),
        ({"grid": ""}, 400),
        ({"grid": "[" * 100_000}, 400),
        ({"grid": json.dumps({"rows": [["а"], [5]], "aside": []})}, 400),
    ],
)
def test_forged_check_changes_nothing(draft, bring, clerk, address, wrong, status):
    response = clerk.post(address, {**fields(bring("Доски\t5 000")), **wrong})

    assert response.status_code == status
    assert page(response).xpath("//*[@role='alert']")
    assert rows(draft) == []


@pytest.mark.parametrize(
    ("code", "query"), [("goals", ""), ("stakeholders", ""), ("regulations", ""), ("costs", "?table=other")]
)
def test_where_no_row_can_be_added_there_is_nothing_to_paste_into(draft, clerk, url, code, query):
    assert clerk.get(url("section_paste", draft, code) + query).status_code == 404


def test_one_of_two_tables_is_named_in_the_address(draft, clerk, url):
    address = f"{url('section_paste', draft, 'regulations')}?table=amended"

    clerk.post(address, fields(clerk.post(address, {"text": "Устав\tп. 5\tприняли"})))

    assert rows(draft, "regulations", "amended") == [("Устав", "п. 5", "приняли")]
    assert rows(draft, "regulations", "adopted") == []


def test_script_gets_fragments_and_an_address_to_go_to(draft, clerk, url):
    address = url("section_paste", draft, "results")

    check = clerk.post(address, {"html": EXCEL_HTML, "text": ""}, **HTMX)
    assert "<html" not in check.content.decode()
    done = clerk.post(address, fields(check), **HTMX)

    assert done["HX-Redirect"] == f"{url('section_edit', draft, 'results')}#table-main"
    assert rows(draft, "results") == [("Встреч с жителями,\nед.", "12", "15"), ("Кружков «Умелые руки»", "4", "6")]


def test_stranger_learns_nothing(client, draft, organiser, address):
    assert client.post(address, {"text": "а\tб"}).status_code == 302

    client.force_login(organiser)
    assert client.post(address, {"text": "а\tб"}).status_code == 404
    assert client.get(reverse("practices:section_paste", args=["zzzzzzzzzz", "costs"])).status_code == 404


def test_cells_stay_text(bring):
    check = bring('<script>alert(1)</script>\t"><img src=x onerror=1>')

    assert "<script>alert" not in check.content.decode()
    assert "<img" not in check.content.decode()


@pytest.mark.parametrize("count", [2, 200])
def test_check_costs_the_same_for_few_rows_and_many(clerk, address, count, django_assert_num_queries):
    clerk.get(address)
    with django_assert_num_queries(7):
        clerk.post(address, {"text": "\n".join(["Доски\t5 000\tГрант"] * count)})
