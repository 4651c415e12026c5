"""The editor of one section without JavaScript: saving, rows, two tabs, closed sections, forged requests."""

from datetime import timedelta

import lxml.html
import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings as hypothesis_settings, strategies as st

from practices.blocks import MAX_CELL
from practices.models import PassportSection, SectionRevision
from practices.services import return_with_remarks, submit_passport
from practices.views.wording import Meter
from tests.factories import edition

pytestmark = pytest.mark.django_db

TABLE = {"blocks": [{"text": "До"}, {"table": [["Год", "Чел."], ["2022", "49"]]}, {"text": "После"}]}
COSTS = [
    {"id": "a1", "item": "Афиши", "amount": "5 000", "source": "Бюджет"},
    {"id": "b2", "item": "Сцена", "amount": "30 000", "source": "Грант"},
]


def stored(passport, code):
    return PassportSection.objects.get(passport=passport, code=code)


def everything():
    return list(PassportSection.objects.order_by("pk").values("code", "content", "version", "saved_at"))


def page(response):
    return lxml.html.fromstring(response.content.decode())


def words(element):
    return " ".join(element.text_content().split())


def fields(response):
    """What the section's form on this page would send, its buttons left out."""
    form = page(response).get_element_by_id("section-form")
    sent = {field.get("name"): field.text_content() for field in form.iter("textarea")}
    for field in form.iter("input"):
        if field.get("type") == "hidden" or field.get("checked") is not None:
            sent[field.get("name")] = field.get("value", "on")
    return {name: value for name, value in sent.items() if name not in {"csrfmiddlewaretoken", "writer", "tab", "turn"}}


@pytest.fixture
def editor(clerk, url):
    """Open a section's page, type, press a button: `editor(passport, "goals", {"text-0": "…"}, do="save")`."""

    def press(passport, code, typed=(), *, do="save", **request):
        address = url("section_edit", passport, code)
        return clerk.post(address, {**fields(clerk.get(address)), **dict(typed), "do": do}, **request)

    return press


def rows(passport, code="costs", table="main", column="item"):
    return [row[column] for row in stored(passport, code).content["tables"][table]]


# --- Text ------------------------------------------------------------------------------------------


def test_what_was_typed_is_saved_and_comes_back(draft, editor, clerk, url):
    response = editor(draft, "goals", {"text-0": "Первая строка\r\nвторая"})

    assert response.url == url("section_edit", draft, "goals")
    assert stored(draft, "goals").content == {"blocks": [{"text": "Первая строка\nвторая"}]}
    again = clerk.get(response.url)
    assert fields(again) == {"version": "1", "text-0": "Первая строка\nвторая"}
    assert "Сохранено в" in words(page(again).get_element_by_id("save-state"))


def test_tables_in_a_text_are_shown_and_can_be_written(draft, write, editor, clerk, url):
    write(draft, "description", TABLE)

    shown = fields(clerk.get(url("section_edit", draft, "description")))
    editor(draft, "description", {"table-0-1-1": "59", "text-1": "Потом"})

    assert shown == {
        "version": "1",
        "text-0": "До",
        "table-0-0-0": "Год",
        "table-0-0-1": "Чел.",
        "table-0-1-0": "2022",
        "table-0-1-1": "49",
        "text-1": "После",
    }
    assert stored(draft, "description").content == {
        "blocks": [{"text": "До"}, {"table": [["Год", "Чел."], ["2022", "59"]]}, {"text": "Потом"}]
    }


def test_table_in_a_text_goes_by_its_own_button_only(draft, write, editor):
    write(draft, "description", TABLE)

    editor(draft, "description", {"text-0": "Раньше"}, do="drop:0")

    assert stored(draft, "description").content == {"blocks": [{"text": "Раньше\nПосле"}]}


def test_text_may_be_written_around_a_table_that_stands_alone(draft, write, editor):
    write(draft, "description", {"blocks": [{"table": [["Год"], ["2022"]]}]})

    editor(draft, "description", {"text-0": "До", "text-1": "После"})

    assert [list(block) for block in stored(draft, "description").content["blocks"]] == [["text"], ["table"], ["text"]]


def test_uneven_rows_of_a_table_keep_their_cells(draft, write, editor):
    uneven = {"blocks": [{"table": [["Всего"], ["2022", "49", "59"]]}, {"text": "После"}]}
    write(draft, "description", uneven)

    editor(draft, "description")

    assert stored(draft, "description").content == uneven


def test_one_line_answers_become_one_line(draft, editor):
    editor(draft, "title", {"text-0": " Ярмарка\r\nсоседей "})

    assert stored(draft, "title").content == {"blocks": [{"text": "Ярмарка соседей"}]}


def test_length_is_shown_beside_the_limit_and_never_in_the_way(draft, editor, clerk, url):
    editor(draft, "background", {"text-0": "ы" * 1900})

    meter = page(clerk.get(url("section_edit", draft, "background"))).get_element_by_id("meter")
    assert "0,53 страницы из 0,5" in words(meter)
    assert "больше нормы примерно на 2 строки" in words(meter)
    assert "pagemeter-over" in meter.get("class")
    assert len(stored(draft, "background").content["blocks"][0]["text"]) == 1900


@pytest.mark.parametrize(
    ("length", "limit", "share", "rest", "kind"),
    [
        (0, 1800, "0 страницы из 0,5", "ещё около 30 строк", "under"),
        (1440, 1800, "0,4 страницы из 0,5", "ещё около 6 строк", "under"),
        (1800, 1800, "0,5 страницы из 0,5", "ещё около 1 строки", "full"),
        (1801, 1800, "0,5 страницы из 0,5", "больше нормы примерно на 1 строку", "over"),
        (3600, 1800, "1 страницы из 0,5", "больше нормы примерно на 30 строк", "over"),
        (120, 300, "120 знаков из 300", "ещё 180 знаков", "under"),
        (301, 300, "301 знаков из 300", "больше нормы на 1 знак", "over"),
    ],
)
def test_meter_in_words(length, limit, share, rest, kind):
    meter = Meter(length, limit)

    assert (meter.share, meter.rest, meter.kind) == (share, rest, kind)
    assert 0 <= meter.filled <= 38


def test_nothing_to_report_can_be_ticked_where_nothing_is_required(draft, editor, clerk, url, read):
    assert "nothing" not in {
        field.get("name") for field in page(clerk.get(url("section_edit", draft, "goals"))).iter("input")
    }

    editor(draft, "regulations", {"nothing": "on"})
    assert read(draft, "regulations").says_nothing_to_report
    assert fields(clerk.get(url("section_edit", draft, "regulations")))["nothing"] == "on"

    editor(draft, "regulations", {"adopted-0-name": "Постановление № 5"})
    assert not read(draft, "regulations").says_nothing_to_report


# --- Rows ------------------------------------------------------------------------------------------


def test_rows_are_saved_with_their_ids(draft, write, editor):
    write(draft, "costs", COSTS)

    editor(draft, "costs", {"main-0-amount": "6 000", "main-2-item": "Звук"})

    saved = stored(draft, "costs").content["tables"]["main"]
    assert [(row["item"], row["amount"]) for row in saved] == [("Афиши", "6 000"), ("Сцена", "30 000"), ("Звук", "")]
    assert [row["id"] for row in saved[:2]] == ["a1", "b2"]


def test_there_is_always_room_to_write(draft, write, clerk, url):
    empty = fields(clerk.get(url("section_edit", draft, "costs")))
    write(draft, "costs", COSTS)
    filled = fields(clerk.get(url("section_edit", draft, "costs")))

    assert {name for name in empty if name.endswith("-item")} == {"main-0-item"}
    assert filled["main-2-item"] == ""


@pytest.mark.parametrize(
    ("do", "left"),
    [
        ("save", ["Афиши", "Сцена", "Звук"]),
        ("add:main", ["Афиши", "Сцена", "Звук", ""]),
        ("up:main:b2", ["Сцена", "Афиши", "Звук"]),
        ("down:main:a1", ["Сцена", "Афиши", "Звук"]),
        ("up:main:a1", ["Афиши", "Сцена", "Звук"]),
        ("remove:main:a1", ["Сцена", "Звук"]),
    ],
)
def test_every_button_saves_the_draft_and_does_its_command(draft, write, editor, do, left):
    write(draft, "costs", COSTS)

    response = editor(draft, "costs", {"main-2-item": "Звук"}, do=do)

    assert response.status_code == 302
    assert rows(draft) == left
    assert stored(draft, "costs").version == 2


def test_added_row_is_where_the_page_goes(draft, write, editor, clerk):
    write(draft, "costs", COSTS)

    response = editor(draft, "costs", do="add:main")

    new = stored(draft, "costs").content["tables"]["main"][-1]["id"]
    assert response.url.endswith(f"?row=main-{new}#row-main-{new}")
    (focused,) = page(clerk.get(response.url)).xpath("//textarea[@autofocus]")
    assert focused.get("name") == "main-3-item"


def test_moved_row_is_where_the_page_goes_and_is_not_new(draft, write, editor, clerk, url):
    write(draft, "costs", COSTS)

    response = editor(draft, "costs", do="down:main:a1")

    assert response.url == f"{url('section_edit', draft, 'costs')}#row-main-a1"
    assert not page(clerk.get(response.url)).xpath("//textarea[@autofocus]")


def test_last_row_can_be_removed(draft, write, editor, clerk, url):
    write(draft, "costs", COSTS[:1])

    editor(draft, "costs", do="remove:main:a1")

    assert "Афиши" not in rows(draft)
    assert "main-0-item" in fields(clerk.get(url("section_edit", draft, "costs")))


def test_two_tables_of_a_section_do_not_mix(draft, editor):
    editor(draft, "regulations", {"adopted-0-name": "Принят", "amended-0-changes": "Изменён"}, do="add:amended")

    assert rows(draft, "regulations", "adopted", "name") == ["Принят"]
    assert rows(draft, "regulations", "amended", "changes") == ["Изменён", ""]


def test_single_row_has_no_row_buttons(draft, clerk, url):
    form = page(clerk.get(url("section_edit", draft, "stakeholders"))).get_element_by_id("section-form")

    assert form.xpath(".//textarea[@name='main-0-involved']")
    assert not form.xpath(".//button[starts-with(@value, 'remove') or starts-with(@value, 'add')]")


@pytest.mark.parametrize(("do", "code"), [("go:costs", "costs"), ("go:goals", "goals")])
def test_going_on_saves_first(draft, editor, url, do, code):
    response = editor(draft, "background", {"text-0": "Предпосылки"}, do=do)

    assert response.url == url("section_edit", draft, code)
    assert stored(draft, "background").version == 1


@pytest.mark.parametrize("do", ["go:", "go:nowhere", "go://evil.example.org"])
def test_going_nowhere_known_leads_to_the_application(draft, editor, do):
    assert editor(draft, "background", do=do).url == draft.application.get_absolute_url()


def test_every_section_survives_being_opened_and_saved(whole, editor):
    for code, shape in edition().shapes.items():
        before = stored(whole, code).content

        assert editor(whole, code).status_code == 302

        assert shape.words(stored(whole, code).content) == shape.words(before)


# --- Two tabs --------------------------------------------------------------------------------------


@pytest.fixture
def overtaken(draft, write, clerk, url):
    """A page opened before somebody else saved: what it would send."""
    write(draft, "goals", "Было")
    sent = fields(clerk.get(url("section_edit", draft, "goals")))
    write(draft, "goals", "Чужой вариант")
    return {**sent, "text-0": "Мой вариант", "do": "save"}


def test_stale_save_shows_both_texts_and_loses_neither(draft, overtaken, clerk, url):
    response = clerk.post(url("section_edit", draft, "goals"), overtaken)

    assert response.status_code == 409
    conflict = page(response).get_element_by_id("conflict")
    assert "Мой вариант" in words(conflict)
    assert "Чужой вариант" in words(conflict)
    assert fields(response)["text-0"] == "Мой вариант"
    assert stored(draft, "goals").content == {"blocks": [{"text": "Чужой вариант"}]}


def test_own_text_can_be_put_over_the_one_that_was_shown(draft, overtaken, clerk, url):
    address = url("section_edit", draft, "goals")
    conflict = clerk.post(address, overtaken)
    (button,) = page(conflict).xpath("//button[@name='mine']")

    response = clerk.post(address, {**fields(conflict), "mine": button.get("value")})

    assert response.status_code == 302
    assert stored(draft, "goals").content == {"blocks": [{"text": "Мой вариант"}]}
    assert [r.content["blocks"][0]["text"] for r in SectionRevision.objects.order_by("version")] == [
        "Было",
        "Чужой вариант",
        "Мой вариант",
    ]


def test_a_third_text_makes_another_conflict(draft, overtaken, write, clerk, url):
    address = url("section_edit", draft, "goals")
    conflict = clerk.post(address, overtaken)
    (button,) = page(conflict).xpath("//button[@name='mine']")
    write(draft, "goals", "Третий вариант")

    response = clerk.post(address, {**fields(conflict), "mine": button.get("value")})

    assert response.status_code == 409
    assert "Третий вариант" in words(page(response).get_element_by_id("conflict"))


def test_text_of_the_server_is_taken_by_a_link(draft, overtaken, clerk, url):
    conflict = page(clerk.post(url("section_edit", draft, "goals"), overtaken)).get_element_by_id("conflict")
    (link,) = conflict.xpath(".//a/@href")

    assert fields(clerk.get(link))["text-0"] == "Чужой вариант"


def test_rows_come_back_after_a_conflict(draft, write, clerk, url):
    write(draft, "costs", COSTS)
    address = url("section_edit", draft, "costs")
    sent = fields(clerk.get(address))
    write(draft, "costs", COSTS[:1])

    response = clerk.post(address, {**sent, "main-0-item": "Мои афиши", "do": "remove:main:b2"})

    assert response.status_code == 409
    assert fields(response)["main-0-item"] == "Мои афиши"
    assert fields(response)["main-1-item"] == "Сцена"
    assert rows(draft) == ["Афиши"]


# --- htmx ------------------------------------------------------------------------------------------

HTMX = {"HTTP_HX_REQUEST": "true"}


def test_autosave_answers_with_what_changed_only(draft, editor):
    response = editor(draft, "background", {"text-0": "Сам сохранился"}, do="", **HTMX)

    assert response.status_code == 200
    fragment = lxml.html.fromstring(f"<div>{response.content.decode()}</div>")
    swapped = {element.get("id") for element in fragment.xpath("//*[@hx-swap-oob]")}
    assert swapped == {"save-state", "version", "nav-background", "left", "meter", "notice"}
    assert fragment.xpath("//input[@id='version']/@value") == ["1"]
    assert not fragment.xpath("//textarea")


def test_row_buttons_bring_the_rows_back(draft, write, editor):
    write(draft, "costs", COSTS)

    fragment = lxml.html.fromstring(f"<div>{editor(draft, 'costs', do='add:main', **HTMX).content.decode()}</div>")

    assert len(fragment.xpath("//*[@id='answer']//tr[@data-row]")) == 4
    assert len(fragment.xpath("//tr[@data-new]")) == 1


def test_conflict_comes_as_a_fragment_above_the_form(draft, overtaken, clerk, url):
    response = clerk.post(url("section_edit", draft, "goals"), overtaken, **HTMX)

    assert (response.status_code, response["HX-Retarget"], response["HX-Reswap"]) == (409, "#notice", "innerHTML")
    assert "Мой вариант" in words(page(response))
    assert "Чужой вариант" in words(page(response))
    assert "<html" not in response.content.decode()


# --- Closed sections -------------------------------------------------------------------------------


@pytest.fixture
def closed(draft, write, open_track, now):
    write(draft, "goals", "Сохранённая цель")
    open_track.closes_at = now - timedelta(seconds=1)
    open_track.save()
    return draft


def test_closed_section_is_for_reading_with_the_reason(closed, clerk, url):
    response = clerk.get(url("section_edit", closed, "goals"))

    text = words(page(response).get_element_by_id("main"))
    assert "Сохранённая цель" in text
    assert "Приём закончился" in text
    assert not page(response).xpath("//main//form")


@pytest.mark.parametrize("htmx", [{}, HTMX])
def test_late_save_is_refused_and_gives_the_text_back(closed, clerk, url, htmx):
    before = everything()

    response = clerk.post(url("section_edit", closed, "goals"), {"version": "1", "text-0": "Опоздавшая цель"}, **htmx)

    assert response.status_code == 403
    assert "Опоздавшая цель" in response.content.decode()
    assert "Приём закончился" in response.content.decode()
    assert everything() == before


def test_late_rows_are_given_back_too(closed, clerk, url):
    row = {"main-0-id": "", "main-0-item": "Опоздавшие афиши", "main-0-amount": "5", "main-0-source": ""}

    response = clerk.post(url("section_edit", closed, "costs"), {"version": "0", **row})

    assert response.status_code == 403
    assert "Опоздавшие афиши" in response.content.decode()


def test_returned_application_opens_only_what_has_a_remark(whole, applicant, organiser, clerk, now, url):
    filed = submit_passport(whole, consent=True, by=applicant, at=now)
    return_with_remarks(filed, {"goals": "Уточните цель."}, by=organiser, at=now)

    remarked = clerk.get(url("section_edit", whole, "goals"))
    other = clerk.get(url("section_edit", whole, "background"))

    assert "Уточните цель." in words(page(remarked).get_element_by_id("main"))
    assert page(remarked).get_element_by_id("section-form") is not None
    assert "Заявка возвращена на доработку" in words(page(other).get_element_by_id("main"))
    assert not page(other).xpath("//main//form")


# --- Bad input -------------------------------------------------------------------------------------

ROW = {"main-0-id": "a1", "main-0-item": "Афиши", "main-0-amount": "5", "main-0-source": ""}

BAD = {
    # what is wrong: (section, what is sent, status)
    "no version": ("goals", {"text-0": "Цель"}, 428),
    "empty version": ("goals", {"text-0": "Цель", "version": ""}, 428),
    "version in words": ("goals", {"text-0": "Цель", "version": "первая"}, 428),
    "negative version": ("goals", {"text-0": "Цель", "version": "-1"}, 428),
    "endless version": ("goals", {"text-0": "Цель", "version": "9" * 40}, 428),
    "version of other digits": ("goals", {"text-0": "Цель", "version": "٠"}, 428),
    "version as a fraction": ("goals", {"text-0": "Цель", "version": "0.0"}, 428),
    "version that is not yet": ("goals", {"text-0": "Цель", "version": "7"}, 409),
    "largest version": ("goals", {"text-0": "Цель", "version": str(2**31 - 1)}, 409),
    "version past the largest": ("goals", {"text-0": "Цель", "version": str(2**31)}, 428),
    "no answer": ("goals", {"version": "0"}, 400),
    "foreign field": ("goals", {"text-0": "Цель", "status": "admitted", "version": "0"}, 400),
    "text of another section": ("goals", {"text-0": "Цель", "main-0-item": "а", "version": "0"}, 400),
    "text without its table": ("goals", {"text-0": "Цель", "text-1": "Ещё", "version": "0"}, 400),
    "table without its text": ("goals", {"text-0": "Цель", "table-0-0-0": "а", "version": "0"}, 400),
    "hole in a table": ("goals", {"text-0": "", "text-1": "", "table-0-1-0": "а", "version": "0"}, 400),
    "place spelled twice": ("goals", {"text-00": "Цель", "version": "0"}, 400),
    "place in other digits": ("goals", {"text-٠": "Цель", "version": "0"}, 400),
    "far place": ("goals", {"text-0": "Цель", "text-9999": "а", "version": "0"}, 400),
    "cell too far": ("goals", {"text-0": "", "text-1": "", "table-0-0-51": "а", "version": "0"}, 422),
    "foreign column": ("costs", {**ROW, "main-0-price": "1", "version": "0"}, 400),
    "foreign table": ("costs", {**ROW, "other-0-item": "1", "version": "0"}, 400),
    "missing column": ("costs", {"main-0-id": "a1", "main-0-item": "Афиши", "version": "0"}, 400),
    "missing rows": ("costs", {"version": "0"}, 400),
    "hole in the rows": ("costs", {**ROW, "main-2-item": "а", "version": "0"}, 400),
    "unknown button": ("goals", {"text-0": "Цель", "version": "0", "do": "publish"}, 400),
    "row button at a text": ("goals", {"text-0": "Цель", "version": "0", "do": "add:main"}, 400),
    "button of another table": ("costs", {**ROW, "version": "0", "do": "add:other"}, 400),
    "button of a row that is gone": ("costs", {**ROW, "version": "0", "do": "up:main:zz"}, 400),
    "button of a table that is gone": ("goals", {"text-0": "Цель", "version": "0", "do": "drop:0"}, 400),
    "button with nonsense": ("goals", {"text-0": "Цель", "version": "0", "do": "drop:²"}, 400),
    "over-long text": ("goals", {"text-0": "y" * 200_001, "version": "0"}, 422),
    "over-long in bytes": ("goals", {"text-0": "ы" * 199_000, "version": "0"}, 422),
    "over-long cell": ("costs", {**ROW, "main-0-item": "ы" * (MAX_CELL + 1), "version": "0"}, 422),
}


@pytest.mark.parametrize("htmx", [{}, HTMX], ids=["page", "htmx"])
@pytest.mark.parametrize("wrong", BAD)
def test_bad_input_gets_a_sentence_and_changes_nothing(draft, clerk, url, wrong, htmx):
    code, sent, status = BAD[wrong]
    before = everything()

    response = clerk.post(url("section_edit", draft, code), sent, **htmx)

    assert response.status_code == status
    assert page(response).xpath("//*[@role='alert']")
    assert everything() == before


def test_over_long_text_comes_back_whole(draft, clerk, url):
    response = clerk.post(url("section_edit", draft, "goals"), {"text-0": "y" * 200_001, "version": "0"})

    assert fields(response)["text-0"] == "y" * 200_001


@pytest.mark.parametrize("dangerous", ["а\x00б", "а\ud83dб", "а\ufffeб", "\x1b[31mа"])
def test_what_no_database_holds_is_dropped_quietly(draft, clerk, url, dangerous):
    body = f"version=0&text-0={''.join('%' + format(b, '02X') for b in dangerous.encode('utf-8', 'surrogatepass'))}"

    response = clerk.post(url("section_edit", draft, "goals"), body, content_type="application/x-www-form-urlencoded")

    assert response.status_code == 302
    (block,) = stored(draft, "goals").content["blocks"]
    assert block["text"].startswith(("а", "[31mа"))


@pytest.mark.parametrize("body", ["text-0=%D0%&version=0", "%00=%00", "version=0&text-0=%FF%FE", "=", "&&&"])
def test_broken_encodings_are_no_server_error(draft, clerk, url, body):
    response = clerk.post(url("section_edit", draft, "goals"), body, content_type="application/x-www-form-urlencoded")

    assert response.status_code in {302, 400, 428}


def test_too_many_fields_and_too_much_text_get_a_page_of_their_own(draft, clerk, url, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000
    before = everything()

    response = clerk.post(url("section_edit", draft, "goals"), {"text-0": "ы" * 10_001, "version": "0"})

    assert response.status_code == 413
    assert "больше, чем портал принимает" in response.content.decode()
    assert everything() == before

    settings.DATA_UPLOAD_MAX_MEMORY_SIZE, settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000_000, 10
    many = {f"text-{number}": "а" for number in range(20)}
    assert clerk.post(url("section_edit", draft, "goals"), {**many, "version": "0"}).status_code == 413


@pytest.mark.parametrize("code", ["annotation", "GOALS", "goals-2"])
def test_unknown_section_does_not_exist(draft, clerk, url, code):
    assert clerk.get(url("section_edit", draft, code)).status_code == 404
    assert clerk.post(url("section_edit", draft, code), {"version": "0"}).status_code == 404


def test_foreign_key_does_not_exist(draft, clerk, client, organiser, url):
    address = reverse("practices:section_edit", args=["zzzzzzzzzz", "goals"])
    assert clerk.get(address).status_code == 404

    client.force_login(organiser)  # a draft is its owner's alone
    assert client.get(url("section_edit", draft, "goals")).status_code == 404


def test_scripts_stay_text(draft, editor, clerk, url):
    editor(draft, "goals", {"text-0": "</textarea><script>alert(1)</script>"})

    response = clerk.get(url("section_edit", draft, "goals"))
    assert fields(response)["text-0"] == "</textarea><script>alert(1)</script>"
    assert "<script>alert" not in response.content.decode()


@hypothesis_settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_text_is_taken_and_none_breaks_the_page(draft, editor, typed):
    assert editor(draft, "business_model", {"text-0": typed}).status_code == 302
