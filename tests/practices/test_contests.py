import pytest

from practices.bank import contests_with_numbers
from tests.factories import (
    ApplicationFactory,
    ContestFactory,
    NominationFactory,
    PracticeFactory,
    TerritoryFactory,
    ThemeFactory,
)
from tests.practices.test_bank import Page

pytestmark = pytest.mark.django_db


def test_numbers_of_a_year_are_derived_and_do_not_multiply_each_other():
    contest = ContestFactory(year=2021)
    ApplicationFactory.create_batch(2, contest=contest, admitted=True)
    ApplicationFactory(contest=contest)
    PracticeFactory.create_batch(3, contest=contest, award="winner")
    PracticeFactory(contest=contest, award="participant")
    PracticeFactory(contest=contest, award="winner", published_at=None)
    ContestFactory(year=2017, applications_on_record=69)

    numbers = [(c.year, c.filed, c.winners, c.in_bank) for c in contests_with_numbers()]

    assert numbers == [(2021, 2, 3, 4), (2017, 69, 0, 0)]


def test_year_page_shows_its_numbers_nominations_and_winners(client):
    contest = ContestFactory(year=2021, applications_on_record=109, note="Год рекорда.")
    NominationFactory(contest=contest, title="Развитие среды")
    city = TerritoryFactory()
    PracticeFactory.create_batch(2, contest=contest, award="winner", territory=city, key_figures=[("140", "скамеек")])
    PracticeFactory(title="Участник года", contest=contest, award="participant")

    page = Page(client.get("/contests/2021/"))

    assert "15 февраля — 15 августа 2021 года" in page.text
    assert "109 заявок" in page.text.replace("109заявок", "109 заявок")
    assert "Год рекорда." in page.text
    assert "Развитие среды" in page.text
    assert "140 скамеек" in page.text.replace("140скамеек", "140 скамеек")
    assert "Участник года" not in page.text
    assert "/contests/2021/catalogue.pdf" in page.links
    assert "/bank/?year=2021" in page.links


def test_winners_stand_by_nomination_where_it_is_known_and_by_theme_where_not(client):
    contest = ContestFactory(year=2021)
    nomination = NominationFactory(contest=contest, title="Развитие среды")
    themed = PracticeFactory(contest=contest, award="winner", theme=ThemeFactory())
    named = PracticeFactory(contest=contest, award="winner", theme=ThemeFactory(), nomination=nomination)

    groups = client.get("/contests/2021/").context["groups"]

    assert groups == [(nomination, None, [named]), (None, themed.theme, [themed])]


def test_year_without_winner_names_none(client):
    ContestFactory(year=2017, applications_on_record=69, note="Победителя не определяли.")

    page = Page(client.get("/contests/2017/"))

    assert "Победителя не определяли." in page.text
    assert "/contests/2017/catalogue.pdf" not in page.links


def test_year_that_is_not_announced_shows_neither_winners_nor_numbers(client):
    contest = ContestFactory(year=2026, announced_at=None)
    ApplicationFactory.create_batch(7, contest=contest, admitted=True, owner__name="Тайный заявитель")
    PracticeFactory(title="Рано названный", contest=contest, award="winner", published_at=None)

    page = Page(client.get("/contests/2026/"))

    assert "Итоги ещё не объявлены" in page.text
    assert "Рано названный" not in page.text
    assert "7" not in page.text.replace("2017", "")


def test_unknown_year_does_not_exist(client):
    assert client.get("/contests/1999/").status_code == 404
    assert client.get("/contests/99999999999999999999/").status_code == 404


def test_list_of_years_adds_up_what_is_announced(client):
    ContestFactory(year=2018, applications_on_record=75)
    PracticeFactory(contest=ContestFactory(year=2019, applications_on_record=88), award="winner")
    ApplicationFactory(contest=ContestFactory(year=2026, announced_at=None), admitted=True)

    page = Page(client.get("/contests/"))

    assert "163 заявки, 1 победитель" in page.text
    assert [link for link in page.links if link.startswith("/contests/2")] == [
        "/contests/2026/",
        "/contests/2019/",
        "/contests/2018/",
    ]


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("address", "queries"), [("/contests/", 1), ("/contests/2021/", 6)])
def test_years_cost_the_same_for_one_and_many(client, count, address, queries, django_assert_num_queries):
    contest = ContestFactory(year=2021)
    ContestFactory.create_batch(count, year=2018)
    PracticeFactory.create_batch(
        count, contest=contest, award="winner", theme=ThemeFactory(), key_figures=[("1", "двор")]
    )

    with django_assert_num_queries(queries):
        client.get(address)
