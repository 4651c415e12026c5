"""What stands in the PDFs, what stays out of them, and how they are made up."""

import json
import re
from datetime import date

import pytest
from django.utils import translation

from competition.models import Territory
from competition.templatetags.typography import NBSP, nbsp
from practices import blocks
from practices.documents.catalogues import catalogue_document
from practices.documents.pdf import MAX_PRACTICE_CHARACTERS, practice_document, practice_pdf
from practices.documents.pdf_store import PdfUnavailable, Reason
from practices.enums import Readers
from tests.factories import (
    FIXTURES,
    ApplicationFactory,
    ContestFactory,
    PassportFactory,
    PracticeFactory,
    TerritoryFactory,
    ThemeFactory,
    edition,
)
from tests.practices.documents.pdf_reading import bookmarks, font_names, reader_of, squashed, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.usefixtures("data_dir")]

OURS = {"Golos-PDF", "Golos-PDF-Medium", "Golos-PDF-Semi-Bold", "PT-Serif-PDF"}


def practice_with(passport_edition=None, **answers):
    passport = PassportFactory(edition=passport_edition or edition(), answers=answers)
    return PracticeFactory(title=passport.application.title, passport=passport)


def marked_answers(form):
    """A word of its own in every text and every cell of the form, and which word belongs to which section."""
    answers, marks = {}, {}
    for template in form.templates:
        if template.code == "title":
            continue
        mark = f"Мк{template.number}"
        if not template.is_tables:
            answers[template.code] = {"blocks": [{"text": f"{mark}а"}, {"table": [[f"{mark}б", f"{mark}в"]]}]}
            marks[template.code] = {f"{mark}а", f"{mark}б", f"{mark}в"}
            if isinstance(template.shape, blocks.Text) and template.shape.one_line:
                answers[template.code] = f"{mark}а"
                marks[template.code] = {f"{mark}а"}
            continue
        cells = {
            t.name: {c.code: f"{mark}т{i}к{k}" for k, c in enumerate(t.columns)}
            for i, t in enumerate(template.shape.tables)
        }
        answers[template.code] = {"tables": {name: [row] for name, row in cells.items()}}
        marks[template.code] = {word for row in cells.values() for word in row.values()}
    return answers, marks


@pytest.mark.parametrize("code", ["2019", "2022", "2023"])
def test_passport_shows_every_answer_but_personal_ones(code):
    form = edition(code)
    answers, marks = marked_answers(form)
    practice = practice_with(form, **answers)

    words = set(text_of(practice_pdf(practice).read_bytes()).split())

    personal = {t.code for t in form.templates if t.readers != Readers.EVERYONE}
    assert {"team", "contacts"} <= personal
    everything = set().union(*marks.values())
    hidden = set().union(*(marks[code] for code in personal))
    assert hidden
    assert words & everything == everything - hidden


def test_passport_keeps_the_official_numbers_in_its_bookmarks():
    practice = practice_with(background="Жители просили.", links=[{"name": "Сайт", "url": "https://example.org/"}])

    titles = [title for title, _page in bookmarks(practice_pdf(practice).read_bytes())]

    assert titles[:2] == [practice.title, f"2. {edition().template('territory').title}"]
    assert [title.partition(".")[0] for title in titles[1:]] == [str(number) for number in [*range(2, 21), 22]]


def test_pdf_embeds_our_fonts_alone():
    signs = "«Ёлочки» „лапки“ — № 5, 65 000 ₽, 1\u202f000, 2\u2009%, 40 м², → ≥ 3 · … é і ї “”"
    practice = practice_with(background=signs, actions=[{"action": signs, "performer": signs}])

    content = practice_pdf(practice).read_bytes()

    assert font_names(content) == OURS
    assert "№ 5, 65 000 ₽" in text_of(content)


def test_pdf_is_tagged_russian_and_titled():
    practice = PracticeFactory(title="Год скамеек", summary="Жители чинили скамейки.", territory__name="Саров")

    root = reader_of(practice_pdf(practice).read_bytes())

    assert root.trailer["/Root"]["/Lang"] == "ru"
    assert root.trailer["/Root"]["/MarkInfo"] == {"/Marked": True}
    assert root.metadata.title == "Год скамеек"
    assert root.metadata.author == "Саров (Тверская область)"
    assert root.metadata.subject == "Жители чинили скамейки."


def test_pdf_is_russian_for_every_reader():
    practice = practice_with()

    with translation.override("ru"):
        russian = practice_document(practice).html
    with translation.override("en"):
        english = practice_document(practice).html

    assert english == russian
    assert "Раздел не" in russian


def html_of(practice):
    """The finished HTML, nothing between its tags, its no-break spaces plain."""
    return re.sub(r">\s+<", "><", practice_document(practice).html.replace("\xa0", " "))


def test_results_share_a_heading_over_two_columns():
    practice = practice_with(results=[{"indicator": "Встреч", "value_last_year": "15", "value_total": "40"}])

    html = html_of(practice)

    assert '<th scope="col" class="group" colspan="2">Значение показателя</th>' in html
    assert '<td class="r">15</td><td class="r">40</td>' in html


def test_sentence_in_a_column_of_numbers_is_set_as_text():
    sentence = "около 14 000 жителей дворов, где прошёл ремонт"
    practice = practice_with(results=[{"indicator": "Жителей", "value_last_year": "15", "value_total": sentence}])

    assert f'<td class="r">15</td><td>{sentence}</td>' in html_of(practice)


COSTS = [
    {"item": "Саженцы", "amount": "35 000", "source": "Грант"},
    {"item": "Баннеры", "amount": "20 тыс. руб.", "source": "Спонсоры"},
]


def test_costs_are_added_up_by_source():
    text = text_of(practice_pdf(practice_with(costs=COSTS)).read_bytes())

    assert "Грант — 35 000 ₽, 64 %" in text
    assert "Спонсоры — 20 000 ₽, 36 %" in text
    assert "Итого 55 000 ₽" in text


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ({"item": "Итого", "amount": "55 000", "source": ""}, "the author has added up"),
        ({"item": "Краска", "amount": "сколько нашли", "source": "Жители"}, "half a sum would mislead"),
    ],
)
def test_costs_get_no_second_or_partial_total(line, why):
    assert 'class="total"' in html_of(practice_with(costs=COSTS))
    assert 'class="total"' not in html_of(practice_with(costs=[*COSTS, line])), why


def test_empty_sections_say_why():
    practice = practice_with(
        regulations={"tables": {"adopted": [], "amended": []}}, opportunities={"tables": {"main": []}}
    )
    sections = practice.passport.sections
    for code in ("regulations", "opportunities"):
        section = sections.get(code=code)
        section.content |= {"nothing": True}
        section.save()

    text = text_of(practice_pdf(practice).read_bytes())

    assert "Не заполняется: направление «Лучшие муниципальные практики»" in text
    assert "Принятые нормативно-правовые акты: нет; Изменённые нормативно-правовые акты: нет" in text
    assert "Возможности, которые позволили реализовать практику Указать нечего" in text
    assert "Предпосылки реализации Раздел не заполнен" in text


def test_web_addresses_become_links_and_nothing_else_does():
    practice = practice_with(
        links=[
            {"name": "Сайт", "url": "https://example.org/a"},
            {"name": "Ловушка", "url": "javascript:alert(1)"},
            {"name": "Ещё", "url": "см. https://example.org/b"},
        ]
    )

    pages = reader_of(practice_pdf(practice).read_bytes()).pages
    notes = [note.get_object() for page in pages for note in page.get("/Annots", [])]

    assert [note["/A"]["/URI"] for note in notes if "/A" in note] == ["https://example.org/a"]


def test_passport_of_an_unbearable_length_is_refused_before_it_is_built():
    block = {"text": "слово " * 30_000}
    practice = practice_with(background={"blocks": [block] * (MAX_PRACTICE_CHARACTERS // len(block["text"]) + 1)})

    with pytest.raises(PdfUnavailable) as refusal:
        practice_pdf(practice)

    assert refusal.value.reason is Reason.TOO_LONG


def test_passport_costs_the_same_for_few_answers_and_many(django_assert_num_queries):
    answers, _marks = marked_answers(edition())
    few, many = practice_with(), practice_with(**answers)

    for practice in (few, many):
        with django_assert_num_queries(6):
            practice_document(practice)


def winners():
    """All recorded winners as one year: every card of the brochure."""
    contest = ContestFactory(year=2021, applications_on_record=109)
    places = {city["slug"]: city for city in json.loads((FIXTURES / "territories.json").read_text())}
    for number, card in enumerate(json.loads((FIXTURES / "winners.json").read_text())):
        place = places[card["territory"]]
        territory, _made = Territory.objects.get_or_create(slug=place["slug"], defaults=place)
        PracticeFactory(
            slug=card["slug"],
            contest=contest,
            territory=territory,
            theme=ThemeFactory(),
            award="winner",
            order=number,
            key_figures=[(figure["value"], figure["label"]) for figure in card["key_figures"]],
            **{name: card[name] for name in ("title", "short_title", "summary", "description", "started_year")},
        )
    return contest


def test_catalogue_gives_every_winner_one_page_and_finds_it_in_the_index():
    contest = winners()

    content = catalogue_document(contest).path().read_bytes()

    year, *cards, index = bookmarks(content)
    practices = list(contest.practices.order_by("order"))
    assert (year, index[0]) == (("2021", 2), "Указатель по территориям")
    assert [title for title, _page in cards] == [nbsp(p.card_title).replace(NBSP, " ") for p in practices]
    assert [page for _title, page in cards] == list(range(index[1] - 27, index[1]))
    found = squashed(" ".join(page.extract_text() for page in reader_of(content).pages[index[1] - 1 :]))
    for title, page in cards:
        assert re.search(rf"{re.escape(squashed(title))}\.+{page}\D", found), title


def test_catalogue_shows_the_published_practices_of_its_year_alone():
    contest = ContestFactory(year=2021, opens_on=date(2021, 2, 15), closes_on=date(2021, 8, 15))
    PracticeFactory(contest=contest, title="Двор без луж", award="winner", territory=TerritoryFactory(name="Глазов"))
    PracticeFactory(contest=contest, title="Ещё не решено", published_at=None)
    PracticeFactory(contest=ContestFactory(year=2020), title="Прошлый год")
    ApplicationFactory.create_batch(2, contest=contest, admitted=True)
    ApplicationFactory(contest=contest)

    text = squashed(text_of(catalogue_document(contest).path().read_bytes()))

    assert "15февраля—15августа2021года" in text
    assert "2заявки" in text
    assert "1победитель" in text
    assert text.count("Дворбезлуж") == 3  # in the year's list, on its card, in the index
    assert "Ещёнерешено" not in text
    assert "Прошлыйгод" not in text


def test_catalogue_of_a_year_without_winners_lists_all_practices():
    contest = ContestFactory(year=2017, applications_on_record=69)
    PracticeFactory.create_batch(2, contest=contest)

    text = squashed(text_of(catalogue_document(contest).path().read_bytes()))

    assert "69заявок" in text
    assert "2практики" in text
    assert "побед" not in text.lower()


def test_catalogue_card_of_a_passport_tells_its_description_once_and_nothing_personal():
    passport = PassportFactory(answers={"description": "Соседи чинят двор.", "team": "Иванов", "contacts": []})
    practice = PracticeFactory(passport=passport, summary="Соседи чинят двор.")

    text = text_of(catalogue_document(practice.contest).path().read_bytes())

    assert text.count("Соседи чинят двор.") == 1
    assert "Иванов" not in text


def test_catalogue_costs_the_same_for_one_practice_and_many(django_assert_num_queries):
    contests = ContestFactory(year=2020), ContestFactory(year=2021)
    for contest, count in zip(contests, (1, 3), strict=True):
        for passport in PassportFactory.create_batch(count):
            PracticeFactory(contest=contest, passport=passport, key_figures=[("5", "школ")])

    for contest in contests:
        with django_assert_num_queries(9):
            catalogue_document(contest)
