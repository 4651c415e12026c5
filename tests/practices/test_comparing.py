"""Comparison: section by section by code across the forms of the years, and only what the public may read."""

import pytest

from practices.models import DeadHost
from tests.factories import (
    ApplicationFactory,
    ContestFactory,
    PassportFactory,
    PracticeFactory,
    edition,
)
from tests.page import Page

pytestmark = pytest.mark.django_db

COMPARE = "/bank/compare/"


def with_passport(slug, *, year=2021, form="2022", **answers):
    application = ApplicationFactory(admitted=True, contest=ContestFactory(year=year))
    passport = PassportFactory(application=application, edition=edition(form), answers=answers)
    return PracticeFactory(slug=slug, contest=application.contest, passport=passport)


def compared(client, *slugs):
    return client.get(COMPARE, {"p": slugs})


def rows(response):
    return {row.code: row.cells for chapter in response.context["chapters"] for row in chapter.rows}


def test_sections_stand_beside_each_other_by_code_and_empty_ones_are_left_out(client):
    with_passport("yard", goals="Поставить скамейки.", background="Пусто во дворах.")
    with_passport("park", year=2019, form="2019", goals="Посадить липы.")

    response = compared(client, "yard", "park")

    text = Page(response).text
    assert [bool(cell.section) for cell in rows(response)["goals"]] == [True, True]
    assert [bool(cell.section) for cell in rows(response)["background"]] == [True, False]
    assert "stakeholders" not in rows(response)
    assert "Поставить скамейки." in text
    assert "Посадить липы." in text
    assert "Здесь ничего не опубликовано." in text


def test_section_that_the_other_form_lacks_is_said_to_be_absent(client):
    with_passport("yard", donor="Практика города Сарова.")
    with_passport("park", year=2019, form="2019", goals="Посадить липы.")

    own, lacking = rows(compared(client, "yard", "park"))["donor"]

    assert (bool(own.section), own.is_absent) == (True, False)
    assert (lacking.section, lacking.is_absent) == (None, True)


def test_contacts_and_team_are_not_compared(client):
    contacts = [{"person": "Тайный Человек", "contact": "secret@example.org"}]
    with_passport("yard", goals="Скамейки.", contacts=contacts, team="Тайная команда")
    with_passport("park", goals="Липы.")

    page = compared(client, "yard", "park").content.decode()

    assert "Скамейки." in page
    assert "Тайн" not in page
    assert "secret@example.org" not in page


def test_card_stands_beside_the_description_of_a_passport(client):
    with_passport("yard", description="Соседи сколачивают скамейки.")
    PracticeFactory(slug="card", description="Горожане сажают липы.")

    response = compared(client, "yard", "card")

    assert [cell.card for cell in rows(response)["description"]] == ["", "Горожане сажают липы."]
    assert response.context["cards"] == []
    assert Page(response).text.count("Горожане сажают липы.") == 1


def test_two_cards_are_compared_by_their_words_and_figures(client):
    PracticeFactory(slug="yard", description="Скамейки.", key_figures=[("140", "скамеек")])
    PracticeFactory(slug="park", description="Липы.")

    response = compared(client, "park", "yard")

    assert [cell.card for cell in response.context["cards"]] == ["Липы.", "Скамейки."]
    assert "140 скамеек" in Page(response).text


def test_passport_that_describes_nothing_is_not_said_to_be_missing(client):
    practice = with_passport("yard", goals="Поставить скамейки.")
    practice.description = "Скамейки у каждого дома."
    practice.save()
    PracticeFactory(slug="park", description="Липы.")

    text = Page(compared(client, "yard", "park")).text

    assert "Скамейки у каждого дома." in text
    assert text.count("Текст карточки из брошюры: паспорта у этой практики нет.") == 1


def test_site_that_does_not_open_is_no_link(client):
    DeadHost.objects.create(host="gone.example.org", why="")
    for slug in ("yard", "park"):
        with_passport(slug, goals="https://gone.example.org/yard", background="https://example.org/yard")

    page = Page(compared(client, "yard", "park"))

    assert page.text.count("gone.example.org") == 2
    assert [link for link in page.links if "example.org" in link] == ["https://example.org/yard"] * 2


@pytest.mark.parametrize(
    ("slugs", "status", "sentence"),
    [
        ([], 200, "Выберите, что сравнить"),
        (["yard-0"], 200, "Одну практику не с чем сравнить"),
        (["yard-0", "yard-0"], 200, "Одну практику не с чем сравнить"),
        ([f"yard-{number}" for number in range(5)], 200, "сравнить можно не больше четырёх"),
        (["secret", "\0", "é", "x" * 5000], 404, "4 из запрошенных практик нет в банке"),
        (["yard-0", "yard-1", "secret"], 200, "1 из запрошенных практик нет в банке"),
    ],
)
def test_what_cannot_be_compared_says_what_to_do(client, slugs, status, sentence):
    for number in range(5):
        PracticeFactory(slug=f"yard-{number}")
    PracticeFactory(slug="secret", title="Тайная", published_at=None)

    response = compared(client, *slugs)

    text = Page(response).text.replace("\xa0", " ")
    assert response.status_code == status
    assert sentence in text
    assert "Тайная" not in text


@pytest.mark.parametrize("count", [2, 4])
def test_comparison_costs_the_same_for_two_and_four(client, count, django_assert_num_queries):
    slugs = [with_passport(f"yard-{number}", goals="Скамейки.").slug for number in range(count)]

    # practices, figures; shares of costs; passports, sections of the form, answers, remarks, consents; dead sites
    with django_assert_num_queries(9):
        compared(client, *slugs)
