"""Books of cards: the brochure of several years and a selection of the bank; a year's catalogue is in test_pdf."""

import re
from datetime import date

import pytest

from competition.templatetags.typography import NBSP, nbsp
from practices.documents import catalogues
from practices.documents.catalogues import brochure_document, selection_document
from practices.documents.pdf_store import PdfUnavailable, Reason
from practices.models import Practice
from tests.factories import ContestFactory, PassportFactory, PracticeFactory, TerritoryFactory, ThemeFactory
from tests.practices.documents.pdf_reading import bookmarks, font_names, reader_of, squashed

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.usefixtures("data_dir")]

OURS = {"Golos-PDF", "Golos-PDF-Medium", "Golos-PDF-Semi-Bold", "PT-Serif-PDF"}


def html_of(document):
    return re.sub(r">\s+<", "><", document.html.replace(NBSP, " "))


def selection_of(*practices, words="Весь банк"):
    found = Practice.objects.with_card().in_bulk([practice.pk for practice in practices])
    return selection_document([found[practice.pk] for practice in practices], words=words, made_on=date(2026, 11, 29))


@pytest.fixture
def years():
    """A year without winners, and one with two of them, one practice that won nothing and one that is not public."""
    first = ContestFactory(year=2017, applications_on_record=69, note="Первый год: победителя не определяли.")
    PracticeFactory(contest=first, title="Участник первого года")
    second = ContestFactory(year=2018, applications_on_record=75)
    for order, title in ((2, "Вторая"), (1, "Первая")):
        PracticeFactory(contest=second, title=title, award="winner", order=order, key_figures=[("5", "школ")])
    PracticeFactory(contest=second, title="Не победила", award="participant")
    PracticeFactory(contest=second, title="Не объявлена", award="winner", published_at=None)
    return [first, second]


def test_brochure_has_a_divider_for_each_year_and_a_card_for_each_winner(years):
    content = brochure_document(years).path().read_bytes()

    titles = [title for title, _page in bookmarks(content)]
    assert titles == ["О конкурсе", "2017", "2018", "Первая", "Вторая", "Указатель по территориям"]
    assert [page for _title, page in bookmarks(content)] == [2, 3, 4, 5, 6, 7]
    pages = [squashed(page.extract_text()) for page in reader_of(content).pages]
    assert "2017–2018" in pages[0]
    assert "144заявки2победителя" in pages[1]
    assert "69заявок" in pages[2]
    assert "Первыйгод:победителянеопределяли." in pages[2]
    assert "Участник" not in "".join(pages)
    assert "Необъявлена" not in "".join(pages)
    assert font_names(content) <= OURS


def test_brochure_of_one_year_names_it_once(years):
    html = html_of(brochure_document(years[1:]))

    assert '<p class="cv-y">2018' in html
    assert "2018–2018" not in html


def test_brochure_costs_the_same_for_one_winner_and_many(django_assert_num_queries):
    few, many = ContestFactory(year=2018, applications_on_record=1), ContestFactory(year=2019, applications_on_record=1)
    for contest, count in ((few, 1), (many, 3)):
        for passport in PassportFactory.create_batch(count):
            PracticeFactory(contest=contest, passport=passport, award="winner", key_figures=[("5", "школ")])

    for contest in (few, many):
        with django_assert_num_queries(8):
            brochure_document([contest])


def test_selection_tells_its_question_and_finds_every_card_twice():
    theme = ThemeFactory(title="Комфортная среда")
    city = TerritoryFactory(name="Глазов")
    practices = [
        PracticeFactory(title="Двор без луж", territory=city, theme=theme, contest__year=2019),
        PracticeFactory(title="Школа чтения", summary="", contest__year=2021),
    ]

    content = selection_of(*practices, words="Слова: двор; Год: 2019, 2021").path().read_bytes()

    assert [title for title, _page in bookmarks(content)] == [
        "Содержание",
        "Двор без луж",
        "Школа чтения",
        "Указатель по территориям",
        "Указатель по темам",
    ]
    pages = [squashed(page.extract_text()) for page in reader_of(content).pages]
    assert "Слова:двор;Год:2019,20212практики·29ноября2026" in pages[0]
    assert re.search(r"Дворбезлуж·Глазов,2019\.+3\D", pages[1])
    assert re.search(r"Школачтения·Город\d+,2021\.+4", pages[1])
    assert "Комфортнаясреда" in pages[-1]
    assert "Школа" not in pages[-1]
    assert font_names(content) <= OURS
    assert reader_of(content).trailer["/Root"]["/MarkInfo"] == {"/Marked": True}


def test_selection_shows_cards_with_and_without_a_passport_and_nothing_personal():
    passport = PassportFactory(answers={"description": "Соседи чинят двор.", "team": "Иванов"})
    whole, card = PracticeFactory(passport=passport, summary=""), PracticeFactory(title="Одно название", summary="")

    html = html_of(selection_of(whole, card))

    assert "Соседи чинят двор." in html
    assert "Иванов" not in html
    assert html.count('<article class="bk"') == 2


HOSTILE = ["<script>x</script>", "{{ 7 }}", "a" * 900, "Слова: " + "очень " * 80]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_on_the_cover_are_set_as_text(words):
    practice = PracticeFactory(title=words[:300])

    html = html_of(selection_of(practice, words=words))

    assert "<script>" not in html
    assert nbsp(words[:10]).replace(NBSP, " ").replace("<", "&lt;").replace(">", "&gt;") in html


def test_book_holds_so_many_cards(monkeypatch):
    monkeypatch.setattr(catalogues, "MOST_CARDS", 1)
    practices = PracticeFactory.create_batch(2)

    with pytest.raises(PdfUnavailable) as refusal:
        selection_of(*practices)

    assert refusal.value.reason is Reason.TOO_LONG
