"""A practice of the bank as a Word file: what is public of its passport, or its card."""

import io

import pytest
from django.db.models import F
from docx import Document

from practices.documents.word_out_practice import WITHHELD, practice_docx
from practices.enums import Readers
from practices.models import Practice
from tests.factories import ConsentFactory, PassportFactory, PracticeFactory, ThemeFactory

pytestmark = pytest.mark.django_db


def docx_of(practice):
    return practice_docx(Practice.objects.with_card().select_related("track").get(pk=practice.pk))


def document_of(practice):
    return Document(io.BytesIO(docx_of(practice)))


def words_of(document):
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def test_passport_is_the_official_form_without_what_is_personal():
    passport = PassportFactory(answers={"goals": "Осушить двор.", "team": "Иванова"})
    practice = PracticeFactory(title="Двор без луж", passport=passport, award="winner", contest__year=2021)

    document = document_of(practice)

    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings == [f"{t.number}. {t.title}" for t in passport.edition.templates]
    words = words_of(document)
    assert "Осушить двор." in words
    assert "Иванова" not in words
    personal = [t for t in passport.edition.templates if t.readers != Readers.EVERYONE]
    assert words.count(WITHHELD) == len(personal) > 0
    assert document.sections[0].header.paragraphs[0].text.endswith("конкурс 2021 года · Победитель")


def test_team_stands_in_it_by_consent():
    passport = PassportFactory(answers={"team": "Иванова", "contacts": [{"person": "Петрова"}]})
    ConsentFactory(application=passport.application)

    words = words_of(document_of(PracticeFactory(passport=passport)))

    assert "Иванова" in words
    assert "Петрова" not in words


def test_card_is_a_document_of_its_own():
    practice = PracticeFactory(
        title="Двор без луж: как соседи осушили его",
        short_title="Двор без луж",
        summary="Соседи осушили двор.",
        description="Сначала вырыли канаву.\n\nПотом посадили ивы.",
        territory__name="Глазов",
        theme=ThemeFactory(title="Комфортная среда"),
        started_year=2019,
        award="winner",
        contest__year=2021,
        key_figures=[("> 1200", "жителей"), ("40", "ив")],
    )

    document = document_of(practice)

    assert [(p.text, p.style.name) for p in document.paragraphs if p.text] == [
        ("Глазов, Тверская область · конкурс 2021 года · Победитель", "Сведения о практике"),
        ("Двор без луж", "Название практики"),
        ("Двор без луж: как соседи осушили его", "Сведения о практике"),
        ("Тема: Комфортная среда", "Сведения о практике"),
        ("Старт: 2019 год", "Сведения о практике"),
        ("Соседи осушили двор.", "Коротко"),
        ("Сначала вырыли канаву.", "Текст о практике"),
        ("Потом посадили ивы.", "Текст о практике"),
        (f"http://127.0.0.1:8000/bank/{practice.slug}/", "Сведения о практике"),
    ]
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [
        ["> 1200", "жителей"],
        ["40", "ив"],
    ]


def test_card_with_nothing_but_its_title_is_a_document_too():
    document = document_of(PracticeFactory(title="Двор", summary=""))

    assert "Двор" in words_of(document)
    assert document.tables == []


def test_hostile_words_stay_words():
    hostile = "<w:p>&amp;\x01\x0b\ufffe{{7}}\n=1+1"

    words = words_of(document_of(PracticeFactory(title=hostile, summary=hostile, key_figures=[(hostile, hostile)])))

    assert words.count("<w:p>&amp;") == 4
    assert words.count("=1+1") == 4


def test_same_practice_gives_the_same_bytes_for_every_reader(client, settings):
    practice = PracticeFactory(award="winner")
    address = f"/bank/{practice.slug}.docx"
    first = client.get(address)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    again = client.get(address, headers={"if-none-match": first["ETag"]})

    assert (first.status_code, first["Cache-Control"], again.status_code) == (200, "no-cache", 304)
    assert first.content == docx_of(practice)
    Practice.objects.update(title=F("slug"))
    assert client.get(address)["ETag"] != first["ETag"]


def test_practice_costs_the_same_for_few_answers_and_many(django_assert_num_queries):
    few = PracticeFactory(passport=PassportFactory())
    many = PracticeFactory(
        passport=PassportFactory(answers={"goals": "Цель", "background": "Двор"}), key_figures=[("5", "школ")]
    )

    for practice in (few, many):
        with django_assert_num_queries(7):
            docx_of(practice)
