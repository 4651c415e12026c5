import pytest

from practices.bank import territories_with_numbers
from practices.statistics import Group, Sums
from practices.views.territories import MOST_PRACTICES
from tests.factories import ContestFactory, PracticeFactory, TerritoryFactory
from tests.page import Page

pytestmark = pytest.mark.django_db


def test_numbers_of_a_city_count_what_is_published():
    sarov = TerritoryFactory(name="Саров")
    PracticeFactory.create_batch(2, territory=sarov, award="winner")
    PracticeFactory(territory=sarov, award="participant")
    PracticeFactory(territory=sarov, award="winner", published_at=None)
    TerritoryFactory(name="Обнинск")

    numbers = [(city.name, city.in_bank, city.winners) for city in territories_with_numbers()]

    assert numbers == [("Обнинск", 0, 0), ("Саров", 3, 2)]


def test_list_of_cities_tells_namesakes_apart(client):
    TerritoryFactory(slug="one", name="Заречный", region="Пензенская область")
    TerritoryFactory(slug="two", name="Заречный", region="Свердловская область")

    page = Page(client.get("/territories/"))

    assert "Заречный Пензенская область" in page.text
    assert "Заречный Свердловская область" in page.text
    assert "2 города атомной промышленности участвуют в конкурсе" in page.text


def test_city_page_shows_its_published_practices_newest_first(client):
    sarov = TerritoryFactory(slug="sarov", name="Саров")
    PracticeFactory(title="Старая", territory=sarov, contest=ContestFactory(year=2018))
    PracticeFactory(title="Новая", territory=sarov, contest=ContestFactory(year=2021))
    PracticeFactory(title="Тайная", territory=sarov, published_at=None)
    PracticeFactory(title="Чужая")

    response = client.get("/territories/sarov/")

    assert [practice.title for practice in response.context["practices"]] == ["Новая", "Старая"]
    assert "2 практики в банке" in Page(response).text


def test_city_page_tells_what_it_gave_and_took(client):
    sarov, lesnoy = TerritoryFactory(slug="sarov", name="Саров"), TerritoryFactory(name="Лесной")
    donor = PracticeFactory(title="Донор из Сарова", territory=sarov, award="winner")
    other = PracticeFactory(title="Донор из Лесного", territory=lesnoy)
    PracticeFactory(title="Повторили в Лесном", territory=lesnoy, donor=donor)
    PracticeFactory(title="Взяли в Саров", territory=sarov, donor=other)
    PracticeFactory(title="Повторили дома", territory=sarov, donor=donor)
    PracticeFactory(title="Тайно повторили", territory=lesnoy, donor=donor, published_at=None)

    response = client.get("/territories/sarov/")

    assert [practice.title for practice in response.context["gave"]] == ["Повторили в Лесном"]
    assert [practice.title for practice in response.context["took"]] == ["Взяли в Саров"]
    assert response.context["group"] == Group(Sums(practices=3, winners=1), cities=1, years=1, took=1, gave=1)
    text = Page(response).text
    assert text.index("Отдали другим городам") < text.index("Взяли у других городов")


def test_city_page_shows_its_latest_practices_and_leads_to_the_others(client):
    sarov = TerritoryFactory(slug="sarov")
    PracticeFactory.create_batch(MOST_PRACTICES + 1, territory=sarov)

    response = client.get("/territories/sarov/")

    assert len(response.context["practices"]) == MOST_PRACTICES
    assert "/bank/?territory=sarov" in Page(response).links


def test_city_without_practices_says_so_and_shows_ways_on(client):
    TerritoryFactory(slug="obninsk")

    page = Page(client.get("/territories/obninsk/"))

    assert "Практик этого города в банке пока нет" in page.text
    assert {"/bank/", "/territories/"} <= set(page.links)


def test_unknown_city_does_not_exist(client):
    assert client.get("/territories/atlantis/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("address", "queries"), [("/territories/", 1), ("/territories/sarov/", 5)])
def test_cities_cost_the_same_for_one_and_many(client, count, address, queries, django_assert_num_queries):
    sarov = TerritoryFactory(slug="sarov")
    TerritoryFactory.create_batch(count)
    PracticeFactory.create_batch(count, territory=sarov, key_figures=[("1", "двор")])

    with django_assert_num_queries(queries):
        client.get(address)
