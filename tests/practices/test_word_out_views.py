"""The draft as Word and PDF for its team, the blank form as Word for everybody."""

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from docx import Document

from competition.enums import Status
from practices import services
from practices.documents import pdf_store
from practices.taking import Choice
from tests.factories import (
    ApplicationFactory,
    ContestFactory,
    ContestFormFactory,
    PassportFactory,
    TrackFactory,
    UserFactory,
    edition,
    utc,
)
from tests.practices.documents.example_passport import example

pytestmark = pytest.mark.django_db

NOTHING = {"tables": {"adopted": [], "amended": []}, "nothing": True}


@pytest.fixture
def passport():
    return PassportFactory(answers=example("2022"), application__title="Скамейка у подъезда")


@pytest.fixture
def owner(client, passport):
    client.force_login(passport.application.owner)
    return client


@pytest.fixture
def open_passport():
    """An empty draft in an open window."""
    now = timezone.now()
    track = TrackFactory(
        contest=ContestFactory(year=2026, announced_at=None),
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=1),
    )
    return PassportFactory(application=ApplicationFactory(contest=track.contest, track=track, title=""))


@pytest.fixture
def rendered(monkeypatch, settings, tmp_path):
    """A renderer that only notes what it was given."""
    settings.DATA_DIR = tmp_path
    given = []

    def render(html, limits):
        given.append(html)
        return b"%PDF-1.7 of a test"

    monkeypatch.setattr(pdf_store, "_render", render)
    return given


def address(name, passport):
    return reverse(f"practices:{name}", args=[passport.application.key])


def read(response):
    return Document(io.BytesIO(response.content))


def test_draft_comes_as_word_under_a_russian_name(owner, passport):
    response = owner.get(address("passport_docx", passport))

    assert response.status_code == 200
    assert response["Content-Type"].endswith("wordprocessingml.document")
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%D0%9F%D0%B0%D1%81%D0%BF")
    assert read(response).core_properties.title == "Скамейка у подъезда"
    assert "Столярова Вера Ильинична" in str([cell.text for grid in read(response).tables for cell in grid._cells])


def test_draft_is_kept_by_nobody_on_the_way(owner, passport):
    first = owner.get(address("passport_docx", passport))
    again = owner.get(address("passport_docx", passport), headers={"if-none-match": first["ETag"]})

    assert {"private", "no-store"} <= set(first["Cache-Control"].split(", "))
    assert (again.status_code, again["ETag"]) == (304, first["ETag"])


def test_changed_draft_is_another_file(owner, passport):
    first = owner.get(address("passport_docx", passport))
    passport.sections.filter(code="goals").update(content={"blocks": [{"text": "Иначе"}]})

    again = owner.get(address("passport_docx", passport), headers={"if-none-match": first["ETag"]})

    assert again.status_code == 200
    assert again["ETag"] != first["ETag"]


def test_filed_passport_names_its_number(owner, passport):
    application = passport.application
    application.status, application.submitted_at, application.number = Status.SUBMITTED, utc(2021, 5, 1), "2021-0007"
    application.save()

    document = read(owner.get(address("passport_docx", passport)))

    assert document.sections[0].header.paragraphs[0].text == "Заявка № 2021-0007"


@pytest.mark.parametrize("name", ["passport_docx", "passport_pdf"])
def test_strangers_get_no_draft(client, passport, name, rendered):
    client.force_login(UserFactory())

    assert client.get(address(name, passport)).status_code == 404
    assert rendered == []


def test_pdf_of_a_draft_says_that_it_is_one_and_holds_everything(owner, passport, rendered):
    response = owner.get(address("passport_pdf", passport))

    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    (html,) = rendered
    assert '<p class="state">Черновик' in html
    assert "Столярова" in html
    assert "Подпись руководителя" in html


def test_pdf_of_a_filed_passport_names_its_number(owner, passport, rendered):
    application = passport.application
    application.status, application.submitted_at, application.number = Status.SUBMITTED, utc(2021, 5, 1), "2021-0007"
    application.save()

    owner.get(address("passport_pdf", passport))

    assert '<p class="state">Заявка № 2021-0007' in rendered[0]
    assert "Черновик" not in rendered[0]


def test_blank_form_is_the_same_for_everybody_in_every_language(client):
    form = ContestFormFactory(contest__year=2026, edition=edition("2023"))
    url = reverse("practices:form_docx", args=[2026])

    response = client.get(url)
    with translation.override("en"):
        again = client.get(url, headers={"accept-language": "en"})

    assert url == "/contests/2026/form.docx"
    assert response["Cache-Control"] == "no-cache"
    assert response.content == again.content
    headings = [p.text for p in read(response).paragraphs if p.style.name == "Heading 1"]
    assert headings == [f"{template.number}. {template.title}" for template in form.edition.templates]


def test_reader_who_has_the_blank_form_gets_304(client):
    ContestFormFactory(contest__year=2026)
    url = reverse("practices:form_docx", args=[2026])

    assert client.get(url, headers={"if-none-match": client.get(url)["ETag"]}).status_code == 304


def test_year_without_a_form_has_no_blank(client):
    ContestFactory(year=2017)

    assert client.get(reverse("practices:form_docx", args=[2017])).status_code == 404
    assert "form.docx" not in client.get(reverse("practices:contest_detail", args=[2017])).content.decode()


def test_files_are_offered_where_people_look(owner, passport):
    ContestFormFactory(contest=passport.application.contest)
    form = reverse("practices:form_docx", args=[passport.application.contest.year])

    overview = owner.get(passport.application.get_absolute_url()).content.decode()

    assert address("passport_docx", passport) in overview
    assert address("passport_pdf", passport) in overview
    assert (
        form
        in owner.get(reverse("practices:contest_detail", args=[passport.application.contest.year])).content.decode()
    )


def test_draft_taken_over_from_its_own_word_file_is_the_same_passport(owner, passport, open_passport):
    passport.sections.filter(code="regulations").update(content=NOTHING)
    data = owner.get(address("passport_docx", passport)).content
    by, at = open_passport.application.owner, timezone.now()

    word_import = services.keep_word_file(open_passport, data=data, file_name="паспорт.docx", by=by, at=at)
    services.read_waiting_file(word_import)
    word_import.refresh_from_db()
    found = word_import.recognised["sections"]
    choices = [Choice(part=code, to=code) for code in found]
    services.take_over(word_import, choices, seen=dict.fromkeys(found, 0), by=by, at=at)

    assert (word_import.recognised["unplaced"], word_import.recognised["warnings"]) == ([], [])
    assert without_ids(open_passport) == without_ids(passport)


def without_ids(passport):
    contents = {section.code: section.content for section in passport.sections.all()}
    for content in contents.values():
        for rows in content.get("tables", {}).values():
            for row in rows:
                row.pop("id")
    return contents


def test_nothing_to_report_in_the_file_is_offered_where_nothing_is_said_yet(client, open_passport):
    recognised = {"edition": "2022", "sections": {"regulations": NOTHING}, "unplaced": [], "warnings": []}
    by = open_passport.application.owner
    word_import = services.keep_word_file(
        open_passport, data=b"PK", file_name="паспорт.docx", recognised=recognised, by=by, at=timezone.now()
    )
    client.force_login(by)

    page = client.get(reverse("practices:import_review", args=[open_passport.application.key, word_import.token]))

    states = {pair.code: pair.state for pair in [*page.context["plain"], *page.context["attention"]]}
    assert states["regulations"] == "found"
