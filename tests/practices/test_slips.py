"""A query that finds nothing is mended, and said to be; one that finds something is left as it is."""

import pytest

from practices import slips
from practices.spelling import meant, other_layouts
from tests.factories import PassportFactory, PracticeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]

BANK, API = "/bank/", "/api/v1/practices"


@pytest.fixture
def shelf():
    PracticeFactory(slug="books", title="Библиотека для подростков", summary="Волонтёры читают вслух.")
    PracticeFactory(slug="house", title="Многоквартирный дом", summary="Ролики на YouTube. Школа кожлянской игрушки.")


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("библеотека", "библиотека"),
        ("библеотеками", "библиотека"),
        ("ибблиотека", "библиотека"),  # the first letters changed places
        ("вивоиотека", ""),  # three slips
        ("падростки", "подросток"),
        ("валонтёрам", "волонтёр"),
        ("библеотека для падростков", "библиотека для подросток"),
        ('"библеотека"', '"библиотека"'),
        (",b,kbjntrf", "библиотека"),
        ("нщгегиу", "youtube"),
        ("многоквартирныйдом", "многоквартирный дом"),
        ("много квартирный", "многоквартирный"),
        ("кожлянсский", "кожлянской"),  # no dictionary has it: as the text writes it
        ("космонавт", ""),
        ("2019", ""),
        ("!!!", ""),
    ],
)
def test_query_is_mended_to_what_the_bank_has(typed, meant):
    assert slips.mended(typed) == meant


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    ("typed", "shorter"),
    [
        ("Библиотека и космонавт", [("Библиотека", 1)]),
        ("дом, школа, космонавт", [("дом школа", 1)]),
        ("дом космонавт библиотека", [("дом", 1), ("библиотека", 1)]),
        ("«подростки для библиотек»", [("подростки библиотек", 1)]),
        ("космонавт", []),
        ("космонавт и космолёт", []),
        ("!!!", []),
    ],
)
def test_query_is_shortened_as_little_as_helps(typed, shorter):
    assert slips.shortened(typed) == shorter


@pytest.mark.parametrize("count", [2, 60])
def test_shortening_costs_one_query_however_many_words(count, django_assert_num_queries):
    with django_assert_num_queries(1):
        slips.shortened(" ".join(f"х{number}" for number in range(count)))


def test_what_is_proposed_finds_something():
    PracticeFactory(title="Библиотека")
    PracticeFactory(title="Парк", summary="")

    assert slips.mended("библеотека парк") == ""


def test_word_of_the_dictionary_is_no_slip():
    assert meant("парты", {"парк": 1}) == []
    assert meant("кот", {"код": 1, "год": 2}) == []


def test_word_of_the_same_root_is_offered_where_the_bank_has_no_other():
    assert meant("профориентация", {"профориентационный": 2, "профессия": 5}) == ["профориентационный"]


def test_likelier_is_the_word_with_fewer_slips_then_the_one_more_practices_have():
    assert meant("валантер", {"волонтер": 1, "валантер": 1})[0] == "валантер"
    assert meant("шкала", {"школа": 2}) == []
    assert meant("шкалла", {"шкала": 1, "школа": 9}) == ["шкала"]


def test_keys_are_switched_both_ways():
    assert other_layouts("Ghbdtn")[0] == "Привет"
    assert other_layouts("руддщ") == ["hello"]


@pytest.mark.usefixtures("shelf")
def test_page_says_what_it_shows_and_offers_to_look_exactly(client):
    response = client.get(BANK, {"q": "библеотека", "year": ""})

    html = response.content.decode()
    assert [practice.slug for practice in response.context["page"]] == ["books"]
    assert "Показано по запросу «библиотека»" in html
    assert "Искать точно «библеотека»" in html
    assert "<mark>Библиотека</mark>" in html
    assert 'value="библеотека"' in html

    exact = client.get(BANK, {"q": "библеотека", "exact": "1"})

    assert list(exact.context["page"]) == []
    assert "Показано по запросу" not in exact.content.decode()


@pytest.mark.usefixtures("shelf")
def test_counts_of_the_facets_are_those_of_what_is_shown(client):
    response = client.get(BANK, {"q": "библеотека"})

    years = next(facet for facet in response.context["facets"] if facet.name == "year")
    assert [option.count for option in years.options] == [1]
    assert response.context["page"].paginator.count == 1


@pytest.mark.usefixtures("shelf")
def test_query_that_finds_something_is_left_alone_even_where_filters_leave_nothing(client):
    response = client.get(BANK, {"q": "волонтёр", "award": "winner"})

    assert list(response.context["page"]) == []
    assert response.context["shown_for"] == ""


@pytest.mark.usefixtures("shelf")
def test_api_says_it_too_and_only_then(client):
    assert client.get(API, {"q": "библеотека"}).json()["shown_for"] == "библиотека"
    assert client.get(API, {"q": "библеотека"}).json()["count"] == 1
    assert client.get(API, {"q": "библиотека"}).json().keys() == {"count", "results"}
    assert client.get(API, {"q": "библеотека", "exact": "1"}).json() == {"count": 0, "results": []}


def test_personal_sections_mend_nothing():
    PracticeFactory(passport=PassportFactory(answers={"team": "Руководит Снегирёва"}))

    assert slips.mended("Снигирёва") == ""


@pytest.mark.parametrize("count", [1, 3])
def test_mending_costs_the_same_for_one_and_many(client, count, django_assert_max_num_queries):
    PracticeFactory.create_batch(count, title="Библиотека")

    # 7 of a search that finds something; the counts as typed and of what is proposed, each with the bank's version;
    # the vocabulary
    with django_assert_max_num_queries(12):
        client.get(BANK, {"q": "библеотека"})
