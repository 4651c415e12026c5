"""PDFs over the web: who gets them, what a browser is told about them, and what it is told when there are none."""

import pytest
from django.urls import reverse

from practices.documents import pdf_store
from practices.documents.pdf_store import PdfUnavailable, PrintedDocument, Reason
from tests.factories import ContestFactory, PassportFactory, PracticeFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def rendered(monkeypatch, settings, tmp_path):
    """A renderer that only notes what it was given."""
    settings.DATA_DIR = tmp_path
    given = []

    def render(html, limits):
        given.append(html)
        return b"%PDF-1.7 of a test"

    monkeypatch.setattr(pdf_store, "_render", render)
    return given


def pdf_url(practice):
    return reverse("practices:practice_pdf", args=[practice.slug])


def catalogue_url(contest):
    return reverse("practices:catalogue_pdf", args=[contest.year])


def test_addresses_are_the_promised_ones():
    assert reverse("practices:practice_pdf", args=["dvor"]) == "/bank/dvor.pdf"
    assert reverse("practices:catalogue_pdf", args=[2021]) == "/contests/2021/catalogue.pdf"


def test_practice_is_a_file_with_a_name_to_be_read(client):
    practice = PracticeFactory(title='Двор/сад "У дома"\r\n', short_title="", contest__year=2021)

    response = client.get(pdf_url(practice))

    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert response.content == b"%PDF-1.7 of a test"
    name = "%D0%94%D0%B2%D0%BE%D1%80%D1%81%D0%B0%D0%B4%20%D0%A3%20%D0%B4%D0%BE%D0%BC%D0%B0%2C%202021.pdf"
    assert response["Content-Disposition"] == f"inline; filename*=utf-8''{name}"


def test_catalogue_is_a_file(client, rendered):
    contest = PracticeFactory(title="Двор без луж", contest__year=2021).contest

    response = client.get(catalogue_url(contest))

    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert "Двор без\xa0луж" in rendered[0]


def test_reader_who_has_the_file_gets_304_and_nothing_is_rendered(client, monkeypatch):
    practice = PracticeFactory()
    first = client.get(pdf_url(practice))
    monkeypatch.setattr(PrintedDocument, "path", lambda document: pytest.fail("rendered for nothing"))

    again = client.get(pdf_url(practice), headers={"if-none-match": first["ETag"]})

    assert first["Cache-Control"] == "no-cache"
    assert (again.status_code, again["ETag"]) == (304, first["ETag"])


def test_changed_practice_is_a_new_file(client):
    practice = PracticeFactory()
    first = client.get(pdf_url(practice))
    practice.summary = "Теперь иначе."
    practice.save()

    again = client.get(pdf_url(practice), headers={"if-none-match": first["ETag"]})

    assert again.status_code == 200
    assert again["ETag"] != first["ETag"]


def test_head_tells_the_same_without_the_file(client):
    practice = PracticeFactory()

    response = client.head(pdf_url(practice))

    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert response.content == b""


def test_english_reader_gets_the_same_file(client, settings):
    practice = PracticeFactory()
    russian = client.get(pdf_url(practice))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    assert client.get(pdf_url(practice))["ETag"] == russian["ETag"]


@pytest.mark.parametrize("reader", ["visitor", "organiser"])
def test_only_published_practices_have_a_pdf(client, reader, rendered):
    if reader == "organiser":
        client.force_login(UserFactory(is_staff=True))
    hidden = PracticeFactory(published_at=None, passport=PassportFactory())

    assert client.get(pdf_url(hidden)).status_code == 404
    assert client.get("/bank/no-such-practice.pdf").status_code == 404
    assert rendered == []


def test_year_without_published_practices_has_no_catalogue(client, rendered):
    PracticeFactory(contest=ContestFactory(year=2021), published_at=None)

    assert client.get(catalogue_url(ContestFactory(year=2021))).status_code == 404
    assert client.get("/contests/1999/catalogue.pdf").status_code == 404
    assert rendered == []


SENTENCES = {
    Reason.NO_ENGINE: "Выгрузка PDF на этом сервере пока отключена.",
    Reason.TOO_LONG: "Документ слишком длинный",
    Reason.TOO_HARD: "Портал не успел сверстать этот документ.",
    Reason.FAILED: "Не удалось подготовить PDF.",
    Reason.BUSY: "Сейчас готовится много документов.",
}


@pytest.mark.parametrize("reason", Reason)
@pytest.mark.parametrize("kind", ["practice", "catalogue"])
def test_reader_learns_why_there_is_no_pdf(client, monkeypatch, reason, kind):
    practice = PracticeFactory()
    page = practice if kind == "practice" else practice.contest
    url = pdf_url(practice) if kind == "practice" else catalogue_url(practice.contest)

    def fail(html, limits):
        raise PdfUnavailable(reason)

    monkeypatch.setattr(pdf_store, "_render", fail)
    response = client.get(url)

    is_lasting = reason is Reason.TOO_LONG
    assert response.status_code == (422 if is_lasting else 503)
    assert response.get("Retry-After") == (None if is_lasting else "60")
    assert "no-store" in response["Cache-Control"]
    assert "ETag" not in response
    text = response.content.decode()
    assert SENTENCES[reason] in text
    assert f'href="{page.get_absolute_url()}"' in text
    assert (f'href="/bank/export.xlsx?year={practice.contest.year}"' in text) == (kind == "catalogue")


def test_pdf_needs_no_session_and_sets_no_cookie(client):
    response = client.get(pdf_url(PracticeFactory()))

    assert response.cookies == {}


def test_words_of_the_answer_are_those_of_the_reader(client, monkeypatch, settings):
    def fail(html, limits):
        raise PdfUnavailable(Reason.BUSY)

    monkeypatch.setattr(pdf_store, "_render", fail)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    text = client.get(pdf_url(PracticeFactory())).content.decode()

    assert "Many documents are being made right now." in text


def test_brochure_is_a_file_of_the_years_asked_for(client, rendered):
    for year in (2017, 2018, 2021):
        PracticeFactory(title=f"Победитель {year}", award="winner", contest__year=year)
    ContestFactory(year=2022, announced_at=None)

    whole, part = (client.get(f"/contests/brochure.pdf{query}") for query in ("", "?from=2018&to=2021"))

    assert whole["Content-Disposition"].endswith("2017%E2%80%932021.pdf")
    assert (part.status_code, part["Content-Type"]) == (200, "application/pdf")
    assert [f"Победитель {year}" in rendered[0] for year in (2017, 2018, 2021)] == [True, True, True]
    assert [f"Победитель {year}" in rendered[1] for year in (2017, 2018, 2021)] == [False, True, True]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("from=2021&to=2017", "Первый год позже последнего."),
        ("from=1999", "Выберите годы от 2017 до 2021."),
        ("to=2022", "Выберите годы от 2017 до 2021."),
        ("from=%00&to=" + "9" * 30, "Выберите годы от 2017 до 2021."),
        ("from=abc&from=2017&to=<b>", "Выберите годы от 2017 до 2021."),
    ],
)
def test_brochure_of_years_that_cannot_be_is_a_sentence(client, rendered, query, sentence):
    PracticeFactory(award="winner", contest__year=2017)
    ContestFactory(year=2021)
    ContestFactory(year=2022, announced_at=None)

    response = client.get(f"/contests/brochure.pdf?{query}")

    assert response.status_code == 400
    assert response.content.decode().count(sentence) == 1
    assert rendered == []


def test_portal_without_results_has_no_brochure_yet(client, rendered):
    ContestFactory(year=2022, announced_at=None)

    response = client.get("/contests/brochure.pdf")

    assert (response.status_code, "пока не объявлены" in response.content.decode()) == (404, True)
