"""The figures of the bank: those counted by hand, blind to what is not public, the same on the page and in files."""

import csv
import io
import re
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from practices.bank import contests_with_filed
from practices.enums import Funding, PeopleClass
from practices.models import CostShare
from practices.statistics import Sums, Years, adoption_pairs, statistics
from tests.factories import (
    ApplicationFactory,
    ContestFactory,
    NominationFactory,
    PracticeFactory,
    TerritoryFactory,
    ThemeFactory,
)
from tests.page import Page

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]

STATS = "/stats/"
TABLES = ("years", "cities", "themes", "nominations", "funding", "people", "adoptions")


@pytest.fixture
def bank():
    """Two cities and two years: one on record with cards alone, one held here with applications and passports."""
    sarov = TerritoryFactory(slug="sarov", name="Саров", region="Нижегородская область")
    lesnoy = TerritoryFactory(slug="lesnoy", name="Лесной", region="Свердловская область")
    TerritoryFactory(slug="obninsk", name="Обнинск", region="Калужская область")
    theme = ThemeFactory(title="Социальная сфера")
    record = ContestFactory(year=2018, applications_on_record=75)
    held = ContestFactory(year=2023)
    nomination = NominationFactory(contest=held, title="Развитие среды")
    card = PracticeFactory(title="Карточка", contest=record, territory=sarov, theme=theme, award="winner")
    whole = {"contest": held, "nomination": nomination}
    first = PracticeFactory(
        title="Первая", territory=lesnoy, award="winner", donor=card, cost_total="1500.50", people_reached=638, **whole
    )
    PracticeFactory(
        title="Вторая", territory=sarov, award="participant", theme=theme, cost_total=500, people_reached=100, **whole
    )
    PracticeFactory(title="Третья", territory=sarov, donor=card, **whole)
    for order, (source, amount) in enumerate([("Муниципальный бюджет", "1000.50"), ("Спонсоры", "500")]):
        CostShare.objects.create(practice=first, source=source, amount=amount, order=order)
    CostShare.objects.create(practice=first, source="бюджет города", amount="500", order=2)
    for territory in (lesnoy, sarov, sarov, sarov):
        ApplicationFactory(contest=held, territory=territory, nomination=nomination, admitted=True)
    ApplicationFactory(contest=held, territory=sarov, nomination=nomination)  # a draft
    return {"sarov": sarov, "lesnoy": lesnoy, "held": held, "nomination": nomination, "card": card}


def counted(years=None):
    return statistics(list(contests_with_filed()), years or Years())


def test_years_are_counted_by_what_is_announced_and_published(bank):
    rows = [(row.contest.year, row.filed, row.sums) for row in counted().years]

    assert rows == [
        (2018, 75, Sums(practices=1, winners=1)),
        (
            2023,
            4,
            Sums(practices=3, winners=1, cost=Decimal("2000.50"), cost_told=2, people=738, people_told=2),
        ),
    ]


def test_whole_is_the_sum_of_the_years(bank):
    numbers = counted()

    assert numbers.filed == 79
    assert numbers.sums == Sums(practices=4, winners=2, cost=Decimal("2000.50"), cost_told=2, people=738, people_told=2)


def test_cities_tell_what_they_filed_gave_and_took(bank):
    rows = [
        (row.territory.name, row.filed, row.sums.practices, row.sums.winners, row.gave, row.took)
        for row in counted().cities
    ]

    assert rows == [("Саров", 3, 3, 1, 1, 0), ("Лесной", 1, 1, 1, 0, 1), ("Обнинск", 0, 0, 0, 0, 0)]


def test_themes_and_nominations_are_counted_and_what_is_not_on_record_is_said(bank):
    numbers = counted()

    themes = [(row.theme and row.theme.title, row.sums.practices, row.sums.winners) for row in numbers.themes]
    nominations = [(row.title, row.filed, row.sums.practices, row.sums.winners) for row in numbers.nominations]
    assert themes == [("Социальная сфера", 2, 1), (None, 2, 1)]
    assert nominations == [("Развитие среды", 4, 3, 1)]
    assert numbers.winners_without_nomination == 1


def test_nominations_are_drawn_by_practices_whatever_was_filed(client, bank):
    (bar,) = client.get("/stats/").context["charts"]["nominations"]

    assert (bar.item.label, bar.item.value) == ("Развитие среды", 3)


def test_costs_are_put_together_by_kind_of_source(bank):
    rows = [(row.kind, row.amount, row.percent) for row in counted().funding]

    assert rows == [(Funding.MUNICIPAL, Decimal("1500.50"), 75), (Funding.SPONSORS, Decimal(500), 25)]


def test_people_fall_into_classes(bank):
    assert [(row.reached, row.practices) for row in counted().people] == [
        (PeopleClass.UP_TO_100, 1),
        (PeopleClass.UP_TO_1000, 1),
        (PeopleClass.UP_TO_10K, 0),
        (PeopleClass.UP_TO_100K, 0),
        (PeopleClass.OVER_100K, 0),
    ]


def test_adoption_in_the_own_city_is_none(bank):
    assert [(pair.donor.title, pair.title) for pair in adoption_pairs()] == [("Карточка", "Первая")]
    assert counted().adoptions == 1


def test_years_can_be_chosen(bank):
    numbers = counted(Years(2018, 2018))

    assert [row.contest.year for row in numbers.years] == [2018]
    assert (numbers.filed, numbers.sums) == (75, Sums(practices=1, winners=1))
    assert (numbers.filed_years, numbers.adoptions, numbers.funding) == ([], 0, [])
    assert {row.filed for row in numbers.cities} == {None}


def read(client, addresses):
    """What stands at the addresses, without the tokens of forms: every answer carries another."""
    return {address: re.sub(rb'value="\w{64}"', b"", client.get(address).content) for address in addresses}


def test_what_is_not_public_changes_no_byte(bank, client):
    addresses = [STATS, "/contests/", "/contests/2018/", "/territories/", "/territories/sarov/"]
    addresses += [f"{STATS}{table}.csv" for table in TABLES]
    running = ContestFactory(year=2026, announced_at=None)
    secret = PracticeFactory(
        title="Тайная", contest=bank["held"], territory=bank["sarov"], published_at=None, donor=bank["card"]
    )
    before = read(client, addresses)

    type(secret).objects.filter(pk=secret.pk).update(
        award="winner", cost_total=10**9, people_reached=10**6, territory=bank["lesnoy"], nomination=bank["nomination"]
    )
    CostShare.objects.create(practice=secret, source="Тайный спонсор", amount=10**9)
    ApplicationFactory.create_batch(2, contest=running, territory=bank["sarov"], admitted=True)
    after = read(client, addresses)

    assert [address for address in addresses if before[address] != after[address]] == []


def test_winner_of_a_year_that_is_not_announced_is_not_counted(bank):
    early = ContestFactory(year=2026, announced_at=None)
    PracticeFactory(contest=early, award="winner", territory=bank["sarov"])

    numbers = counted()

    assert numbers.sums.winners == 2
    assert [(row.contest.year, row.filed, row.sums.practices) for row in numbers.years][-1] == (2026, None, 1)


def test_page_says_what_is_known_and_of_how_many(bank, client):
    page = Page(client.get(STATS))

    assert "Всего 79 заявок, победителей: 2. Больше всего заявок подано в 2018 году: 75." in page.text
    assert "Свои затраты называют 2 практики из 4; сколько стоили остальные, неизвестно." in page.text
    assert "В источниках не сказано, в какой номинации победил 1 победитель" in page.text
    assert {"/territories/sarov/", "/contests/2018/", "/stats/years.csv", "/stats/all.xlsx"} <= set(page.links)


def test_empty_portal_says_so_in_every_part(client):
    response = client.get(STATS)

    assert response.status_code == 200
    text = Page(response).text
    for sentence in (
        "Итоги этих лет ещё не объявлены.",
        "Практик этих лет в банке пока нет.",
        "Ни для одной практики этих лет номинация не известна.",
        "Ни один паспорт этих лет не называет затрат",
        "Ни один паспорт этих лет не называет, скольких людей",
        "Ни одна практика этих лет пока не называет донором",
    ):
        assert sentence in text
    assert 'role="img"' not in response.content.decode()


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("from=1999", "Статистики за такой год нет"),
        ("to=%00", "Статистики за такой год нет"),
        ("from=99999999999999999999", "Статистики за такой год нет"),
        ("from=%ED%A0%80&to=2018&to=", "Статистики за такой год нет"),
        ("from=2023&to=2018", "Первый год позже последнего"),
    ],
)
def test_what_is_not_understood_is_said_and_no_file_is_made_of_it(bank, client, query, sentence):
    page, file = client.get(f"{STATS}?{query}"), client.get(f"{STATS}all.xlsx?{query}")

    assert sentence in Page(page).text
    assert page.context["numbers"].filed == 79
    assert (file.status_code, file.headers["Content-Type"]) == (400, "text/html; charset=utf-8")
    assert sentence in Page(file).text


def test_chosen_years_stand_in_the_links_to_the_files(bank, client):
    page = Page(client.get(STATS, {"from": "2018", "to": "2018", "utm": "x"}))

    assert "/stats/all.xlsx?from=2018&to=2018" in page.links
    assert "/stats/years.csv?from=2018&to=2018" in page.links


def test_csv_has_the_numbers_of_the_page(bank, client):
    response = client.get("/stats/cities.csv")

    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert rows[0] == ["Город", "Регион", "Заявки", "Практики в банке", "Победители", "Отдали", "Взяли"]
    assert rows[1] == ["Саров", "Нижегородская область", "3", "3", "1", "1", "0"]


def test_workbook_has_every_table_with_numbers_as_numbers_and_the_unknown_empty(bank, client):
    workbook = load_workbook(io.BytesIO(client.get("/stats/all.xlsx").content))

    years = list(workbook["По годам"].values)
    assert len(workbook.sheetnames) == len(TABLES)
    assert years[1] == (2018, 75, 1, 1, None, 0, None, 0)
    assert years[2] == (2023, 4, 1, 3, 2000.5, 2, 738, 2)


def test_unknown_table_does_not_exist(client):
    assert client.get("/stats/secrets.csv").status_code == 404
    assert client.get("/stats/all.csv").status_code == 404
    assert client.get("/stats/secrets.xlsx").status_code == 404


@pytest.mark.parametrize("count", [1, 4])
def test_statistics_cost_the_same_for_one_and_many(client, count, django_assert_num_queries):
    for number in range(count):
        contest = ContestFactory(year=2015 + number)
        nomination = NominationFactory(contest=contest, title=f"Номинация {number}")
        donor = PracticeFactory(contest=contest)
        practice = PracticeFactory(
            contest=contest, nomination=nomination, theme=ThemeFactory(), donor=donor, cost_total=10, people_reached=5
        )
        CostShare.objects.create(practice=practice, source=f"Источник {number}", amount=10)
        ApplicationFactory(contest=contest, nomination=nomination, admitted=True)

    with django_assert_num_queries(10):
        client.get(STATS)
