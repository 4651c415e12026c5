"""The promise of /api/v1/practices: its shape, its filters, its refusals."""

import pytest

from tests.factories import (
    ContestFactory,
    NominationFactory,
    PracticeFactory,
    TerritoryFactory,
    ThemeFactory,
    TrackFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]

API = "/api/v1/practices"


def slugs(response):
    assert response.status_code == 200, response.json()
    return [row["slug"] for row in response.json()["results"]]


def test_api_answers_with_exactly_the_promised_fields(client):
    contest = ContestFactory(year=2021)
    PracticeFactory(
        slug="yard",
        title="Двор",
        summary="О дворе.",
        contest=contest,
        nomination=NominationFactory(contest=contest, title="Развитие среды"),
        theme=ThemeFactory(title="Социальная сфера"),
        territory=TerritoryFactory(name="Саров", region="Нижегородская область"),
        award="winner",
    )

    response = client.get(API)

    assert response.headers["Content-Type"] == "application/json"
    assert response.json() == {
        "count": 1,
        "results": [
            {
                "slug": "yard",
                "title": "Двор",
                "territory": "Саров",
                "region": "Нижегородская область",
                "year": 2021,
                "nomination": "Развитие среды",
                "theme": "Социальная сфера",
                "award": "winner",
                "summary": "О дворе.",
                "url": "http://testserver/bank/yard/",
                "pdf_url": "http://testserver/bank/yard.pdf",
            }
        ],
    }


def test_api_leaves_unknown_facts_empty(client):
    PracticeFactory()

    row = client.get(API).json()["results"][0]

    assert (row["nomination"], row["theme"], row["award"]) == ("", "", "")


def test_api_shows_published_practices_only(client):
    PracticeFactory(slug="public")
    PracticeFactory(slug="secret", published_at=None)

    assert slugs(client.get(API)) == ["public"]


@pytest.fixture
def shelf():
    old, new = ContestFactory(year=2019), ContestFactory(year=2021)
    sarov = TerritoryFactory(slug="sarov", name="Саров")
    PracticeFactory(
        slug="yard-2021",
        title="Двор для подростков",
        contest=new,
        territory=sarov,
        award="winner",
        started_year=2016,
        cost_total=200_000,
        people_reached=500,
    )
    PracticeFactory(
        slug="yard-2019",
        title="Двор",
        contest=old,
        territory=sarov,
        award="participant",
        started_year=2017,
        cost_total=20_000_000,
    )
    PracticeFactory(
        slug="park-2021",
        title="Парк",
        contest=new,
        territory=TerritoryFactory(slug="lesnoy", name="Лесной", region="Томская область"),
        nomination=NominationFactory(contest=new, title="Развитие среды"),
        track=TrackFactory(contest=new, code="adoption"),
        award="laureate",
        cost_total=700_000,
    )


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["yard-2021", "park-2021", "yard-2019"]),
        ("q=подросток", ["yard-2021"]),
        ("q=ДВОРЫ", ["yard-2021", "yard-2019"]),
        ("q=и", []),
        ("year=2019", ["yard-2019"]),
        ("year=2019&year=2021", ["yard-2021", "park-2021", "yard-2019"]),
        ("territory=sarov&year=2021", ["yard-2021"]),
        ("territory=Саров", ["yard-2021", "yard-2019"]),
        ("territory=sarov&territory=lesnoy&award=laureate&award=winner", ["yard-2021", "park-2021"]),
        ("nomination=Развитие среды", ["park-2021"]),
        ("award=winner", ["yard-2021"]),
        ("region=Томская область", ["park-2021"]),
        ("track=adoption", ["park-2021"]),
        ("started=2016&started=2017", ["yard-2021", "yard-2019"]),
        ("cost=up-to-100k&cost=over-10m", ["yard-2019"]),
        ("people=100-1000", ["yard-2021"]),
        ("sort=-cost", ["yard-2019", "park-2021", "yard-2021"]),
        ("q=&year=&territory=&nomination=&award=&limit=&offset=", ["yard-2021", "park-2021", "yard-2019"]),
        ("limit=1", ["yard-2021"]),
        ("limit=1&offset=2", ["yard-2019"]),
        ("offset=50", []),
        ("limit=100", ["yard-2021", "park-2021", "yard-2019"]),
        ("colour=blue", ["yard-2021", "park-2021", "yard-2019"]),
    ],
)
def test_api_filters_as_the_page_does(client, query, found):
    assert slugs(client.get(f"{API}?{query}")) == found


@pytest.mark.usefixtures("shelf")
def test_api_counts_all_that_was_found_not_what_it_shows(client):
    assert client.get(API, {"year": 2021, "limit": 1}).json()["count"] == 2


def test_api_shows_twenty_unless_asked_for_more(client):
    PracticeFactory.create_batch(21)

    assert (len(slugs(client.get(API))), len(slugs(client.get(API, {"limit": 21})))) == (20, 21)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("year=abc", "Конкурса за год «abc» нет."),
        ("territory=atlantis", "Города «atlantis» в конкурсе нет."),
        ("award=grand", "Награды «grand» нет: бывают winner, laureate и participant."),
        ("nomination=x", "Номинации «x» нет."),
        ("limit=0", "limit: Убедитесь, что это значение больше либо равно 1."),
        ("limit=101", "limit: Убедитесь, что это значение меньше либо равно 100."),
        ("limit=ten", "limit: Введите целое число."),
        ("offset=-1", "offset: Убедитесь, что это значение больше либо равно 0."),
        ("offset=" + "9" * 5000, "offset: Введите целое число."),
    ],
)
def test_api_refuses_what_is_no_query_with_a_sentence(client, query, sentence):
    response = client.get(f"{API}?{query}")

    assert (response.status_code, response.json()) == (400, {"error": sentence})


@pytest.mark.parametrize("query", ["q=%00", "q=" + "а" * 201, "year=%00", "territory=%00", "nomination=%ED%A0%80"])
def test_api_refuses_what_no_database_can_hold(client, query):
    response = client.get(f"{API}?{query}")

    assert response.status_code == 400
    assert list(response.json()) == ["error"]


@pytest.mark.parametrize(
    ("method", "status"), [("get", 200), ("head", 200), ("post", 405), ("put", 405), ("delete", 405)]
)
def test_api_can_only_be_read(client, method, status):
    assert getattr(client, method)(API).status_code == status


@pytest.mark.parametrize("count", [1, 3])
def test_api_costs_the_same_for_one_and_many_and_sets_no_cookie(client, count, django_assert_num_queries):
    PracticeFactory.create_batch(count, title="Двор", theme=ThemeFactory())

    with django_assert_num_queries(3):
        response = client.get(API, {"q": "двор"})

    assert not response.cookies


def test_api_sorts_as_the_page_does(client):
    donor = PracticeFactory(slug="donor", contest=ContestFactory(year=2019))
    PracticeFactory(slug="adoption", donor=donor, contest=ContestFactory(year=2021))

    assert slugs(client.get(API)) == ["adoption", "donor"]
    assert slugs(client.get(API, {"sort": "adopted"})) == ["donor", "adoption"]
