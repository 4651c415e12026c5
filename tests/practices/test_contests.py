from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from practices.bank import contests_with_numbers
from practices.statistics import Group, Sums
from tests.factories import (
    ApplicationFactory,
    ContestFactory,
    NominationFactory,
    PracticeFactory,
    TerritoryFactory,
    ThemeFactory,
    TrackFactory,
)
from tests.page import Page

pytestmark = pytest.mark.django_db


def spaced(text):
    return " ".join(text.replace("₽", "₽ ").replace("638", "638 ").split())


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


def test_year_page_tells_what_its_practices_come_to(client):
    contest, elsewhere = ContestFactory(year=2021), TerritoryFactory()
    PracticeFactory(contest=contest, award="winner", cost_total="2550000.40", people_reached=638)
    donor = PracticeFactory(contest=contest, territory=elsewhere, cost_total="50000")
    PracticeFactory(contest=ContestFactory(year=2022), donor=donor)
    PracticeFactory(contest=ContestFactory(year=2022), donor=donor, territory=elsewhere)
    PracticeFactory(contest=contest, cost_total=10**9, people_reached=10**6, donor=donor, published_at=None)

    response = client.get("/contests/2021/")

    text = Page(response).text.replace("\xa0", " ")
    assert response.context["bank"] == Group(
        Sums(practices=2, winners=1, cost=Decimal("2600000.40"), cost_told=2, people=638, people_told=1),
        cities=2,
        years=1,
        took=0,
        gave=1,
    )
    assert "2,6 млн ₽ затраты всего, по паспортам 2 практик" in spaced(text)
    assert "638 человек охвачено, по паспорту 1 практики" in spaced(text)
    assert "Сколько стоили и скольких людей коснулись остальные практики, неизвестно" in text


def test_year_of_cards_alone_says_that_costs_are_not_known(client):
    PracticeFactory(contest=ContestFactory(year=2021), award="winner")

    text = Page(client.get("/contests/2021/")).text

    assert "Сколько стоили эти практики и скольких людей коснулись, неизвестно" in text
    assert "затраты всего" not in text


def test_year_leads_to_its_neighbours_and_says_when_it_breaks_the_record(client):
    for year, filed in ((2017, 69), (2018, 75), (2019, 60)):
        ContestFactory(year=year, applications_on_record=filed)

    first, record, last = (client.get(f"/contests/{year}/") for year in (2017, 2018, 2019))

    assert [response.context["is_record"] for response in (first, record, last)] == [False, True, False]
    assert (first.context["before"], first.context["after"]) == (None, 2018)
    assert (record.context["before"], record.context["after"]) == (2017, 2019)
    assert "больше, чем в любом году до этого" in Page(record).text


def test_year_under_way_tells_its_windows_and_offers_to_apply(client):
    now = timezone.now()
    contest = ContestFactory(year=now.year, announced_at=None)
    track = TrackFactory(contest=contest, opens_at=now - timedelta(days=2), closes_at=now + timedelta(days=2))
    address = f"/contests/{now.year}/"

    taken = Page(client.get(address))
    type(track).objects.update(closes_at=now - timedelta(days=1))
    over = Page(client.get(address))

    main = [link for link in taken.links if link == "/applications/new/"]
    assert "Когда принимают заявки" in taken.text
    assert len(main) == len([link for link in over.links if link == "/applications/new/"]) + 1


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
@pytest.mark.parametrize(("address", "queries"), [("/contests/", 1), ("/contests/2021/", 9)])
def test_years_cost_the_same_for_one_and_many(client, count, address, queries, django_assert_num_queries):
    contest = ContestFactory(year=2021)
    ContestFactory.create_batch(count, year=2018)
    PracticeFactory.create_batch(
        count, contest=contest, award="winner", theme=ThemeFactory(), key_figures=[("1", "двор")]
    )

    with django_assert_num_queries(queries):
        client.get(address)
