"""Selections of the bank as files: at once, in the background, and no longer than their practices are public."""

import csv
import io
import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from practices.documents import pdf_store, spreadsheets
from practices.enums import ExportKind
from practices.forms.selection import MOST_PICKED
from practices.models import Export
from practices.views import exports as views
from tests.factories import ExportFactory, PassportFactory, PracticeFactory

pytestmark = pytest.mark.django_db

HOSTILE = ["=1+1", "@SUM(A1)", "\t=1", "</script><b>&amp;", 'кавычки "«»"; и\nстрока', "\x01\x1b\ufffe", "a" * 400]


def address(kind):
    return reverse("practices:bank_export", args=[kind])


def body(response):
    return b"".join(response)


def titles(client, kind, query=""):
    """The titles in the file, as a program reads it."""
    data = body(client.get(f"{address(kind)}{query}"))
    match kind:
        case "csv":
            return [row["Название"] for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig")), delimiter=";")]
        case "json":
            return [practice["title"] for practice in json.loads(data)["practices"]]
        case "xlsx":
            return [row[0].value for row in load_workbook(io.BytesIO(data))["Практики"].iter_rows(min_row=2)]


@pytest.fixture
def bank():
    PracticeFactory(title="Двор без луж", contest__year=2019, award="winner")
    PracticeFactory(title="Дворы и сады", contest__year=2021)
    PracticeFactory(title="Школа чтения", summary="О дворе ни слова.", contest__year=2021, award="winner")
    PracticeFactory(title="Двор, которого нет", published_at=None)


@pytest.fixture
def long_at_two(monkeypatch):
    monkeypatch.setitem(views.SHORT, "xlsx", 1)


@pytest.mark.parametrize("query", ["", "?q=двор", "?q=двор&award=winner&year=2021&year=2019", "?q=двар", "?q=ничего"])
def test_every_file_has_what_the_page_finds_in_the_same_order(client, bank, query):
    page = client.get(f"{reverse('practices:bank')}{query}").context["page"]
    expected = [practice.title for practice in page]

    assert [titles(client, kind, query) for kind in ("csv", "xlsx", "json")] == [expected] * 3


def test_practices_picked_by_their_addresses_are_a_selection_of_their_own(client, bank):
    one, other = PracticeFactory(title="Один"), PracticeFactory(title="Другой")

    found = titles(client, "csv", f"?p={one.slug}&p={other.slug}&p=no-such-practice")

    assert sorted(found) == ["Другой", "Один"]


@pytest.mark.parametrize(
    ("kind", "content_type"),
    [
        ("csv", "text/csv; charset=utf-8"),
        ("json", "application/json"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
)
def test_file_says_what_it_is_and_is_asked_for_again(client, bank, kind, content_type):
    response = client.get(address(kind))

    assert (response.status_code, response["Content-Type"]) == (200, content_type)
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%D0%9F")
    assert response["Content-Disposition"].endswith(f".{kind}")
    assert response["Cache-Control"] == "no-cache"
    assert response.cookies == {}
    body(response)


@pytest.fixture
def hostile():
    for text in HOSTILE:
        PracticeFactory(title="Двор", summary=text)


def test_hostile_words_stay_words_in_json(client, hostile):
    practices = json.loads(body(client.get(address("json"))))["practices"]

    assert [practice["summary"] for practice in practices] == HOSTILE


def test_hostile_words_are_no_formula_in_csv(client, hostile):
    data = body(client.get(address("csv"))).decode("utf-8-sig")

    found = [row["Коротко"] for row in csv.DictReader(io.StringIO(data, newline=""), delimiter=";")]
    assert [text.lstrip("'").lstrip() for text in found] == [text.lstrip() for text in HOSTILE]
    assert not any(text.startswith(("=", "@", "\t")) for text in found)


def test_hostile_words_are_texts_in_xlsx(client, hostile):
    sheet = load_workbook(io.BytesIO(body(client.get(address("xlsx")))))["Практики"]

    assert {sheet.cell(row, 17).data_type for row in range(2, len(HOSTILE) + 2)} == {"s"}


def test_personal_sections_are_in_no_file(client):
    passport = PassportFactory(answers={"team": "Иванова"})
    PracticeFactory(passport=passport)

    assert all("Иванова" not in body(client.get(address(kind))).decode("utf-8", "ignore") for kind in ("csv", "json"))


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?year=1066", "1066"),
        ("?award=best", "best"),
        (f"?{'&'.join(f'p=a{n}' for n in range(MOST_PICKED + 1))}", "не больше 50"),
        ("?p=%00", "Практики «» нет"),
    ],
)
def test_question_that_is_not_understood_gives_a_sentence_and_no_file(client, query, sentence):
    for kind in ExportKind.values:
        response = client.get(f"{address(kind)}{query}")
        assert response.status_code == 400
        assert sentence in response.content.decode()


def test_table_costs_the_same_for_few_practices_and_many(client, django_assert_num_queries):
    PracticeFactory(key_figures=[("5", "школ")])
    with django_assert_num_queries(5):
        body(client.get(address("csv")))
    PracticeFactory.create_batch(5, key_figures=[("5", "школ")])
    with django_assert_num_queries(5):
        body(client.get(address("csv")))


@pytest.fixture
def rendered(monkeypatch, settings, tmp_path):
    """A renderer that only notes what it was given."""
    settings.DATA_DIR = tmp_path
    given = []
    monkeypatch.setattr(pdf_store, "_render", lambda html, limits: given.append(html) or b"%PDF-1.7 of a test")
    return given


def test_short_selection_is_a_book_at_once(client, bank, rendered):
    response = client.get(f"{address('pdf')}?q=двор&award=winner")

    assert (response.status_code, response["Content-Type"], response["Cache-Control"]) == (
        200,
        "application/pdf",
        "no-cache",
    )
    assert "Слова: двор; Награда: Победитель" in rendered[0].replace("\xa0", " ")
    assert "Двор без\xa0луж" in rendered[0]
    assert "Дворы и\xa0сады" not in rendered[0]


def test_long_book_is_ordered_and_one_that_is_too_long_is_not(client, bank, rendered, monkeypatch):
    monkeypatch.setitem(views.SHORT, "pdf", 1)
    assert "Подготовить файл" in client.get(address("pdf")).content.decode()
    link = order(client, kind="pdf").url
    assert body(client.get(f"{link}file")) == b"%PDF-1.7 of a test"
    assert len(rendered) == 1

    monkeypatch.setattr(views, "MOST_CARDS", 2)
    for response in (client.get(address("pdf")), order(client, kind="pdf")):
        assert response.status_code == 400
        assert "помещается практик: 2, а здесь их 3" in response.content.decode()
        assert f'href="{address("csv")}"' in response.content.decode()


def test_book_of_nothing_is_a_sentence(client, bank, rendered):
    response = client.get(f"{address('pdf')}?q=ничего")

    assert (response.status_code, "ничего нет" in response.content.decode(), rendered) == (400, True, [])


def order(client, kind="xlsx", question=""):
    return client.post(reverse("practices:export_order"), {"kind": kind, "question": question})


def test_long_selection_is_ordered_made_and_fetched(client, bank, long_at_two):
    page = client.get(f"{address('xlsx')}?year=2021&page=2")
    assert page.context["selection"].question == "year=2021"
    assert not Export.objects.exists()

    response = order(client, question="year=2021")
    export = Export.objects.get()
    page = client.get(response.url)

    assert response.url == reverse("practices:export_detail", args=[export.token])
    assert (export.done, export.total, export.question) == (2, 2, "year=2021")
    file = reverse("practices:export_file", args=[export.token])
    assert f'href="{file}"' in page.content.decode()
    given = client.get(file)
    assert given.headers["Content-Type"] == spreadsheets.XLSX
    rows = load_workbook(io.BytesIO(body(given)))["Практики"].iter_rows(min_row=2)
    assert [row[0].value for row in rows] == titles(client, "csv", "?year=2021")


def test_same_question_is_made_once_until_the_bank_has_changed(client, bank):
    first, again = order(client, question="year=2021&q="), order(client, question="page=2&year=2021")
    assert first.url == again.url

    PracticeFactory(contest__year=2021)

    assert order(client, question="year=2021").url != first.url
    assert Export.objects.count() == 2


def test_file_is_not_given_out_once_a_practice_of_it_has_left_the_bank(client, bank):
    export = ExportFactory(practices=[PracticeFactory(), leaving := PracticeFactory()])
    file = reverse("practices:export_file", args=[export.token])
    assert body(client.get(file)) == b"PK a workbook"

    type(leaving).objects.filter(pk=leaving.pk).update(published_at=None)

    for url in (file, reverse("practices:export_detail", args=[export.token])):
        response = client.get(url)
        assert response.status_code == 410
        assert "больше не опубликована" in response.content.decode()


@pytest.mark.parametrize("leave", ["unpublished", "deleted", "expired", "stays"])
def test_sweep_takes_away_what_nobody_is_given(client, leave):
    practice = PracticeFactory()
    at = timezone.now() - timedelta(days=8 if leave == "expired" else 6)
    export = ExportFactory(practices=[practice], created_at=at)
    if leave == "unpublished":
        type(practice).objects.update(published_at=None)
    elif leave == "deleted":
        practice.delete()

    call_command("sweep_exports", stdout=(said := io.StringIO()))

    export.refresh_from_db()
    assert said.getvalue() == f"Убрано файлов: {int(leave != 'stays')}\n"
    assert bool(export.file) == (leave == "stays")
    response = client.get(reverse("practices:export_file", args=[export.token]))
    assert response.status_code == (200 if leave == "stays" else 410)
    response.close()


def test_expired_link_says_so_for_a_month_and_then_is_unknown(client):
    export = ExportFactory(practices=[PracticeFactory()], created_at=timezone.now() - timedelta(days=8))
    page = reverse("practices:export_detail", args=[export.token])
    response = client.get(page)
    assert (response.status_code, "неделю" in response.content.decode()) == (410, True)

    Export.objects.update(
        expires_at=timezone.now() - timedelta(days=31), created_at=timezone.now() - timedelta(days=40)
    )
    call_command("sweep_exports", stdout=io.StringIO())

    assert client.get(page).status_code == 404


def test_expired_export_is_made_anew_under_its_old_link(client, bank):
    link = order(client).url
    Export.objects.update(created_at=timezone.now() - timedelta(days=9), expires_at=timezone.now() - timedelta(days=1))
    assert client.get(link).status_code == 410

    assert order(client).url == link
    assert client.get(link).status_code == 200


def test_failed_export_can_be_ordered_again(client, bank):
    export = ExportFactory(finished_at=None, task_id="97e8534e-c94f-453c-8e65-79f5832ea9bd")

    page = client.get(reverse("practices:export_detail", args=[export.token]))

    assert page.context["progress"].state == "failed"
    assert "Подготовить ещё раз" in page.content.decode()


@pytest.mark.parametrize(
    ("kind", "question", "status"),
    [("csv", "", 400), ("", "", 400), ("xlsx", "year=1066", 400), ("xlsx", "p=%00", 400)],
)
def test_order_that_cannot_be_is_refused(client, kind, question, status):
    assert order(client, kind, question).status_code == status
    assert not Export.objects.exists()


def test_visitor_orders_so_many_an_hour(client, bank, settings):
    settings.ACCOUNT_RATE_LIMITS = {"export": "2/h/ip"}

    answers = [order(client, question=f"q=слово{n}").status_code for n in range(3)]

    assert answers == [302, 302, 429]


def test_queue_of_exports_has_an_end(client, bank, monkeypatch):
    monkeypatch.setattr("practices.services.exports.MOST_WAITING", 0)

    response = order(client)

    assert (response.status_code, response["Retry-After"]) == (503, "600")
    assert not Export.objects.exists()


def test_kinds_of_files_are_those_of_the_addresses(client):
    assert {kind.value for kind in ExportKind} == {"pdf", "xlsx", "csv", "json"}
    assert client.get("/bank/export.doc").status_code == 404
