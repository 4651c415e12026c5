"""The form's own tables in the editor: rows that go and come back, and what is read beside the words."""

import json

import lxml.html
import pytest

from practices.models import PassportSection
from tests.factories import ApplicationFactory, PassportFactory, PracticeFactory

pytestmark = pytest.mark.django_db

COSTS = [
    {"id": "a1", "item": "Афиши", "amount": "5 000", "source": "Бюджет"},
    {"id": "b2", "item": "Сцена", "amount": "30 тыс. руб.", "source": "Грант"},
    {"id": "c3", "item": "Звук", "amount": "даром", "source": ""},
]
HTMX = {"HTTP_HX_REQUEST": "true"}


def stored(passport, code="costs"):
    return PassportSection.objects.get(passport=passport, code=code).content["tables"]["main"]


def items(passport):
    return [(row["id"], row["item"]) for row in stored(passport) if row["item"]]


def page(response):
    return lxml.html.fromstring(f"<div>{response.content.decode()}</div>")


def words(element):
    return " ".join(element.text_content().split())


def form_of(response):
    return page(response).get_element_by_id("section-form")


def fields(response):
    return {name: value for name, value in form_of(response).form_values() if name != "csrfmiddlewaretoken"}


def buttons(response, verb):
    return page(response).xpath(f"//button[starts-with(@value, '{verb}:')]/@value")


@pytest.fixture
def editor(clerk, url, draft):
    """The costs of the draft without JavaScript: `editor.get()`, `editor.press(do, typed)` goes on from that page."""

    class Editor:
        address = url("section_edit", draft, "costs")
        shown = None

        def get(self):
            self.shown = clerk.get(self.address)
            return self.shown

        def press(self, do, typed=(), **request):
            sent = {**fields(self.shown or self.get()), **dict(typed), "do": do}
            response = clerk.post(self.address, sent, follow=not request, **request)
            self.shown = None if request else response
            return response

    return Editor()


# --- Removed rows come back ------------------------------------------------------------------------


def test_removed_row_comes_back_with_its_id_at_its_place_and_as_it_was_typed(draft, write, editor):
    write(draft, "costs", COSTS)
    removed = editor.press("remove:main:b2", {"main-1-item": "Сцена и свет"})
    assert "Строка «Сцена и свет» удалена." in words(form_of(removed))
    assert items(draft) == [("a1", "Афиши"), ("c3", "Звук")]

    editor.press(*buttons(removed, "back"))

    assert items(draft) == [("a1", "Афиши"), ("b2", "Сцена и свет"), ("c3", "Звук")]
    assert not buttons(editor.shown, "back")


def test_removed_row_stays_within_reach_while_one_goes_on_writing(draft, write, editor):
    write(draft, "costs", COSTS)
    editor.press("remove:main:a1")
    editor.press("save", {"main-0-amount": "31 000"})
    editor.press("up:main:c3")
    editor.press("add:main")

    editor.press(*buttons(editor.shown, "back"))

    assert items(draft) == [("a1", "Афиши"), ("c3", "Звук"), ("b2", "Сцена")]
    assert stored(draft)[2]["amount"] == "31 000"


def test_removed_row_stands_again_below_the_row_it_stood_below(draft, write, editor):
    write(draft, "costs", COSTS)
    editor.press("remove:main:b2")
    editor.press("down:main:a1")

    editor.press("back:main:b2")

    assert items(draft) == [("c3", "Звук"), ("a1", "Афиши"), ("b2", "Сцена")]


def test_several_removed_rows_come_back_one_by_one(draft, write, editor):
    write(draft, "costs", COSTS)
    for row in ("a1", "b2", "c3"):
        editor.press(f"remove:main:{row}")
    assert buttons(editor.shown, "back") == ["back:main:a1", "back:main:b2", "back:main:c3"]

    editor.press("back:main:b2")
    editor.press("back:main:a1")

    assert items(draft) == [("a1", "Афиши"), ("b2", "Сцена")]
    assert buttons(editor.shown, "back") == ["back:main:c3"]


def test_blank_row_goes_without_a_word(draft, write, editor):
    write(draft, "costs", [*COSTS, {"id": "d4", "item": "", "amount": "", "source": ""}])

    assert not buttons(editor.press("remove:main:d4"), "back")


def test_what_was_removed_is_forgotten_when_the_section_is_left(draft, write, editor):
    write(draft, "costs", COSTS)
    editor.press("remove:main:a1")

    assert not buttons(editor.get(), "back")


def test_row_of_one_table_does_not_come_back_in_another(draft, write, clerk, url):
    write(draft, "regulations", {"tables": {"adopted": [{"id": "w1", "name": "Устав"}], "amended": [{"id": "w1"}]}})
    address = url("section_edit", draft, "regulations")
    gone = clerk.post(address, {**fields(clerk.get(address)), "do": "remove:adopted:w1"}, follow=True)

    assert buttons(gone, "back") == ["back:adopted:w1"]
    assert clerk.post(address, {**fields(gone), "do": "back:amended:w1"}).status_code == 400


def test_rows_of_two_tables_have_places_of_their_own_on_the_page(draft, write, clerk, url):
    rows = [{"id": "w1", "name": "Устав"}]
    write(draft, "regulations", {"tables": {"adopted": rows, "amended": rows}})

    ids = page(clerk.get(url("section_edit", draft, "regulations"))).xpath("//@id")

    assert sorted({one for one in ids if ids.count(one) > 1}) == []


@pytest.mark.parametrize(
    "carried",
    [
        "",
        "{",
        "5",
        "[5]",
        "[{}]",
        "[" * 100_000,
        json.dumps([{"table": "main", "at": 0, "above": "", "rows": [{"id": "a1", "price": "1"}]}]),
        json.dumps([{"table": "other", "at": 0, "above": "", "rows": [COSTS[0]]}]),
        json.dumps([{"table": "main", "at": -1, "above": "", "rows": [COSTS[0]]}]),
        json.dumps([{"table": "main", "at": 0, "above": "", "rows": []}]),
        json.dumps([{"table": "main", "at": 0, "above": "", "rows": [COSTS[0]] * 2}]),
        json.dumps([{"table": "main", "at": 0, "above": "", "rows": [COSTS[0]]}] * 20),
    ],
)
def test_forged_removal_brings_nothing_back_and_hinders_no_save(draft, editor, carried):
    assert editor.press("back:main:a1", {"removed": carried}, **HTMX).status_code == 400
    assert stored(draft) == []

    editor.press("save", {"removed": carried, "main-0-item": "Афиши"}, **HTMX)
    assert stored(draft)[0]["item"] == "Афиши"


# --- Rows move, are added ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("do", "left"),
    [
        ("to:main:c3:0", ["c3", "a1", "b2"]),
        ("to:main:a1:2", ["b2", "c3", "a1"]),
        ("to:main:a1:900", ["b2", "c3", "a1"]),
        ("to:main:b2:1", ["a1", "b2", "c3"]),
    ],
)
def test_dragged_row_goes_to_its_place(draft, write, editor, do, left):
    write(draft, "costs", COSTS)

    editor.press(do)

    assert [row for row, _item in items(draft)] == left


def test_row_is_added_below_the_one_that_is_written(draft, write, editor):
    write(draft, "costs", COSTS)

    shown = editor.press("add:main:a1")

    assert [row["item"] for row in stored(draft)][:3] == ["Афиши", "", "Сцена"]
    assert page(shown).xpath("//textarea[@autofocus]/@name") == ["main-1-item"]


@pytest.mark.parametrize(
    "do", ["to:main:a1", "to:main:a1:-1", "to:main:a1:x", "to:main:zz:1", "add:main:zz", "back:main:a1"]
)
def test_command_of_no_button_is_refused(draft, write, editor, do):
    write(draft, "costs", COSTS)

    assert editor.press(do, HTTP_ACCEPT="*/*").status_code == 400
    assert [row for row, _item in items(draft)] == ["a1", "b2", "c3"]


# --- What is read beside the words ---------------------------------------------------------------------------


def read(response, place):
    return words(page(response).get_element_by_id(f"read-main-{place}")).replace("\xa0", " ")


def test_sums_stand_beside_the_words_and_below_the_table(draft, write, editor):
    write(draft, "costs", COSTS)
    shown = editor.get()

    assert read(shown, "b2-amount") == "30 000 ₽"
    assert read(shown, "c3-amount") == "сумма не прочитана"
    assert read(shown, "c3-source") == "как в строке выше: Грант"
    sums = words(page(shown).get_element_by_id("sums-main")).replace("\xa0", " ")
    assert "Грант30 000 ₽86 %" in sums
    assert "Всего35 000 ₽" in sums
    assert "В 1 строке сумма не прочитана" in sums


def test_row_of_totals_is_known_and_compared(draft, write, editor):
    write(draft, "costs", [*COSTS[:2], {"id": "d4", "item": "ИТОГО", "amount": "36 000", "source": ""}])
    shown = editor.get()

    assert read(shown, "d4-amount") == "итоговая строка, не складывается 36 000 ₽ по строкам выходит 35 000 ₽"
    assert "Строка 3: в итоге написано 36 000 ₽, по строкам выходит 35 000 ₽." in words(
        page(shown).get_element_by_id("sums-main")
    ).replace("\xa0", " ")


def test_whole_period_below_its_last_year_is_a_warning_and_no_obstacle(draft, write, clerk, url):
    write(draft, "results", [{"id": "a1", "indicator": "Заявок", "value_last_year": "638", "value_total": "75"}])
    shown = clerk.get(url("section_edit", draft, "results"))

    assert read(shown, "a1-value_total") == "меньше, чем за последний год"
    assert "Строка 1: за весь период (75) меньше, чем за последний год (638)." in words(page(shown))


def test_links_are_shown_as_the_public_will_see_them(draft, write, clerk, url):
    write(
        draft,
        "links",
        [
            {
                "id": "a1",
                "name": "Группы",
                "url": "vk.com/yard\nhttps://xn--c1acnlkcap.xn--p1ai/%D0%B4%D0%B2%D0%BE%D1%80\nhttps//x",
            }
        ],
    )
    shown = page(clerk.get(url("section_edit", draft, "links"))).get_element_by_id("read-main-a1-url")

    assert [(link.get("href"), link.text) for link in shown.iter("a")] == [
        ("https://vk.com/yard", "vk.com/yard"),
        ("https://xn--c1acnlkcap.xn--p1ai/%D0%B4%D0%B2%D0%BE%D1%80", "мойгород.рф/двор"),
    ]
    assert {link.get("rel") for link in shown.iter("a")} == {"nofollow noopener noreferrer"}
    assert "не похоже на адрес страницы: https//x" in words(shown)


def test_public_page_shows_the_same_links_and_the_same_sums(client):
    links = [{"name": "Сайт\nГруппа", "url": "мойгород.рф\nГруппа: vk.com/yard."}]
    costs = [*COSTS[:2], {"item": "Звук", "amount": "5 тыс. руб.", "source": ""}, {"item": "Итого", "amount": "40 000"}]
    passport = PassportFactory(application=ApplicationFactory(admitted=True), answers={"links": links, "costs": costs})
    practice = PracticeFactory(passport=passport)

    shown = page(client.get(practice.get_absolute_url()))

    assert {"https://мойгород.рф", "https://vk.com/yard"} <= set(shown.xpath("//main//a/@href"))
    text = words(shown).replace("\xa0", " ")
    assert "Группа: vk.com/yard." in text
    assert "40 000 ₽ всего, 3 статьи" in text
    cells = shown.xpath("//table[contains(@class, 'costs-by-source')]/tbody/tr[1]/td")
    assert [words(cell).replace("\xa0", " ") for cell in cells] == ["Грант", "35 000 ₽", "87 %"]
    assert "1 статья без источника: она посчитана вместе со статьёй выше." in text


def test_contacts_are_taken_apart_for_the_eye_only(draft, write, clerk, url):
    row = {
        "id": "a1",
        "person": "Снегирёва Анна Петровна, глава",
        "contact": "т. +7 000 000-00-00, факс 00-00-01\na@example.org",
    }
    write(draft, "contacts", [row])
    shown = page(clerk.get(url("section_edit", draft, "contacts")))

    assert words(shown.get_element_by_id("read-main-a1-person")) == "Снегирёва Анна Петровна глава"
    assert words(shown.get_element_by_id("read-main-a1-contact")) == "+7 000 000-00-00 факс 00-00-01 a@example.org"
    assert stored(draft, "contacts") == [row]


def test_autosave_brings_what_is_read_and_no_rows(draft, write, editor):
    write(draft, "costs", COSTS)
    fragment = page(editor.press("", {"main-2-amount": "11 000"}, **HTMX))

    swapped = set(fragment.xpath("//*[@hx-swap-oob]/@id"))
    assert {
        f"read-main-{row}-{column}" for row in ("a1", "b2", "c3") for column in COSTS[0] if column != "id"
    } < swapped
    assert "sums-main" in swapped
    assert not fragment.xpath("//textarea")
    assert words(fragment.get_element_by_id("read-main-c3-amount")).replace("\xa0", " ") == "11 000 ₽"
    assert "46 000 ₽" in words(fragment.get_element_by_id("sums-main")).replace("\xa0", " ")


def test_autosave_swaps_only_what_the_page_has(draft, write, editor):
    write(draft, "costs", COSTS)
    shown = editor.get()
    on_page = set(page(shown).xpath("//@id"))

    fragment = page(editor.press("", {"main-0-item": "Афиша"}, **HTMX))

    assert set(fragment.xpath("//*[@hx-swap-oob]/@id")) <= on_page


def test_what_is_typed_wrong_is_read_too(draft, editor):
    shown = editor.press("save", {"version": "7", "main-0-amount": "50 тыс. руб."}, HTTP_ACCEPT="*/*")

    assert shown.status_code == 409
    assert "50 000 ₽" in words(page(shown).get_element_by_id("section-form")).replace("\xa0", " ")


@pytest.mark.parametrize("count", [1, 100])
def test_editor_costs_the_same_for_few_rows_and_many(draft, write, clerk, url, count, django_assert_max_num_queries):
    write(draft, "costs", [{"item": f"Статья {number}", "amount": "5", "source": "Грант"} for number in range(count)])

    with django_assert_max_num_queries(20):
        clerk.get(url("section_edit", draft, "costs"))
