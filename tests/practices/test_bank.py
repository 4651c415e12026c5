"""The public bank in the browser's address bar: search, facets, pages."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.core.cache import caches

from practices.models import Practice
from tests.factories import (
    ContestFactory,
    NominationFactory,
    PracticeFactory,
    TerritoryFactory,
    ThemeFactory,
)
from tests.page import Page

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]

BANK = "/bank/"


def cards(response):
    return [practice.title for practice in response.context["page"]]


def counts(response, facet):
    shown = next(shown for shown in response.context["facets"] if shown.name == facet)
    return {option.value: option.count for option in shown.options}


def test_bank_shows_published_practices_newest_first(client):
    PracticeFactory(title="Старая", contest=ContestFactory(year=2019))
    PracticeFactory(title="Новая", contest=ContestFactory(year=2021))
    PracticeFactory(title="Тайная", published_at=None)

    response = client.get(BANK)

    text = Page(response).text
    assert cards(response) == ["Новая", "Старая"]
    assert text.index("Найдены 2 практики") < text.index("Новая") < text.index("Старая")
    assert "Тайная" not in text


def test_bank_finds_word_forms_and_marks_them(client):
    PracticeFactory(title="Стажировка для подростков")
    PracticeFactory(title="Городской парк")

    response = client.get(BANK, {"q": "Подросток"})

    assert cards(response) == ["Стажировка для подростков"]
    assert "<mark>подростков</mark>" in response.content.decode()


def test_facets_are_joined_by_and_and_their_options_by_or(client):
    sarov, lesnoy = TerritoryFactory(slug="sarov"), TerritoryFactory(slug="lesnoy")
    for year in (2018, 2019, 2020):
        for city in (sarov, lesnoy):
            PracticeFactory(title=f"{city.slug} {year}", contest=ContestFactory(year=year), territory=city)

    response = client.get(BANK + "?year=2018&year=2020&territory=sarov")

    assert cards(response) == ["sarov 2020", "sarov 2018"]
    assert counts(response, "year") == {"2020": 1, "2019": 1, "2018": 1}
    assert counts(response, "territory") == {"sarov": 2, "lesnoy": 2}


def test_count_beside_an_option_is_what_choosing_it_alone_gives(client):
    theme = ThemeFactory(slug="volunteering", title="Волонтёрство", mark="vol")
    sarov = TerritoryFactory(slug="sarov")
    PracticeFactory(title="Двор", territory=sarov, theme=theme, award="winner")
    PracticeFactory(title="Двор и дом", contest=ContestFactory(year=2019), award="participant")
    PracticeFactory(title="Парк", territory=sarov, contest=ContestFactory(year=2019), theme=ThemeFactory())
    first = client.get(BANK, {"q": "дворы"})

    for facet in first.context["facets"]:
        for option in facet.options:
            found = client.get(BANK, {"q": "дворы", facet.name: option.value}).context["page"].paginator.count
            assert (facet.name, option.value, option.count) == (facet.name, option.value, found)


def test_option_that_would_bring_nothing_says_so_and_stays(client):
    PracticeFactory(title="Парк", contest=ContestFactory(year=2020))
    PracticeFactory(title="Двор", contest=ContestFactory(year=2021))

    assert counts(client.get(BANK, {"q": "парк"}), "year") == {"2021": 0, "2020": 1}


def test_two_cities_called_alike_are_told_apart_by_region(client):
    PracticeFactory(territory=TerritoryFactory(slug="a", name="Заречный", region="Пензенская область"))
    PracticeFactory(territory=TerritoryFactory(slug="b", name="Заречный", region="Свердловская область"))

    text = Page(client.get(BANK)).text

    assert "Заречный (Пензенская область)" in text
    assert "Заречный (Свердловская область)" in text


def test_nomination_is_a_facet_where_there_are_nominations(client):
    contest = ContestFactory(year=2021)
    nomination = NominationFactory(contest=contest, title="Развитие среды")
    PracticeFactory(title="Двор", contest=contest, nomination=nomination)
    PracticeFactory(title="Парк", contest=contest)

    assert cards(client.get(BANK, {"nomination": "Развитие среды"})) == ["Двор"]
    Practice.objects.update(nomination=None)
    assert "nomination" not in [facet.name for facet in client.get(BANK).context["facets"]]


def test_each_chip_removes_its_own_part_and_keeps_the_rest(client):
    PracticeFactory(contest=ContestFactory(year=2020), award="winner", title="Двор")
    PracticeFactory(contest=ContestFactory(year=2021), award="winner", title="Двор")

    labels = Page(client.get(BANK + "?q=двор&year=2020&year=2021&award=winner&page=1")).labels

    assert query_of(labels["Убрать фильтр: двор"]) == [("award", "winner"), ("year", "2020"), ("year", "2021")]
    assert query_of(labels["Убрать фильтр: 2020"]) == [("q", "двор"), ("award", "winner"), ("year", "2021")]
    assert query_of(labels["Убрать фильтр: Победитель"]) == [("q", "двор"), ("year", "2020"), ("year", "2021")]


def test_all_filters_are_reset_at_once_and_the_look_of_the_answer_stays(client):
    PracticeFactory(contest=ContestFactory(year=2020), award="winner", title="Двор")

    page = Page(client.get(BANK + "?q=двор&year=2020&award=winner&sort=cost&view=list"))

    assert "/bank/?sort=cost&view=list" in page.links


def query_of(address):
    return parse_qsl(urlsplit(address).query)


def test_pages_keep_the_question(client):
    PracticeFactory.create_batch(13, title="Двор")

    first = client.get(BANK + "?q=двор&award=")
    second = client.get(BANK + "?q=двор&page=2")

    assert ("q", "двор") in query_of(next(link for link in Page(first).links if "page=2" in link))
    assert (len(cards(first)), len(cards(second))) == (12, 1)


@pytest.mark.parametrize("number", ["0", "-1", "999", "x", "9" * 30])
def test_page_that_does_not_exist_is_the_nearest_that_does(client, number):
    PracticeFactory(title="Двор")

    assert cards(client.get(BANK, {"page": number})) == ["Двор"]


def test_empty_answer_says_which_filter_to_drop_and_what_it_gives(client):
    PracticeFactory.create_batch(2, title="Двор", contest=ContestFactory(year=2020))
    PracticeFactory(title="Парк", contest=ContestFactory(year=2021))

    page = Page(client.get(BANK, {"q": "двор", "year": 2021}))

    assert "Такой практики в банке пока нет" in page.text
    assert "Убрать «2021» — 2 практики" in page.text
    assert "Убрать «двор» — 1 практика" in page.text


def test_empty_answer_says_which_filters_to_drop_together_where_one_does_not_help(client):
    PracticeFactory(title="Двор", contest=ContestFactory(year=2020), award="winner", started_year=2016)
    ContestFactory(year=2021)

    page = Page(client.get(BANK + "?q=двор&year=2021&award=laureate&started=2016"))

    assert "По одному фильтры не мешают" in page.text
    assert "Убрать «Лауреат», «2021» — 1 практика" in page.text
    assert "/bank/?q=%D0%B4%D0%B2%D0%BE%D1%80&started=2016" in page.links
    assert "Искать «двор» во всех городах и годах — 1 практика" in page.text


def test_empty_answer_to_words_offers_fewer_of_them_and_to_follow_what_may_come(client):
    PracticeFactory.create_batch(2, title="Двор")
    PracticeFactory(title="Парк")

    page = Page(client.get(BANK + "?q=двор+космонавт+парк&sort=cost"))

    assert "Искать «двор» — 2 практики" in page.text
    assert "Искать «парк» — 1 практика" in page.text
    assert "/bank/?q=%D0%B4%D0%B2%D0%BE%D1%80&sort=cost" in page.links
    followed = next(link for link in page.links if link.startswith("/bank/watch"))
    assert query_of(followed)[0] == ("q", "двор космонавт парк")


def test_year_without_practices_is_an_answer_not_an_error(client):
    ContestFactory(year=2017)
    PracticeFactory(contest=ContestFactory(year=2021))

    response = client.get(BANK, {"year": 2017})

    assert (response.status_code, cards(response)) == (200, [])
    assert Page(response).ticked == [("year", "2017")]


@pytest.mark.parametrize(
    "query",
    [
        "year=abc",
        "year=1999",
        "year=99999999999999999999999",
        "territory=atlantis",
        "theme='; drop table",
        "award=grand",
        "nomination=%00",
        "q=%00",
        "q=" + "а" * 201,
        "year=2021&year=x",
        "region=Атлантида",
        "track=fast",
        "started=0",
        "started=%00",
        "cost=100",
        "people=" + "9" * 300,
        "sort=price",
        "sort=cost&sort=%ED%A0%80",
        "view=globe",
    ],
)
def test_what_is_not_understood_is_told_left_out_and_answered_with_400(client, query):
    PracticeFactory(title="Двор")

    response = client.get(f"{BANK}?{query}")

    assert response.status_code == 400
    assert cards(response) == ["Двор"]
    assert response.context["problems"][0] in Page(response).text


def test_query_is_shown_as_text_never_as_markup(client):
    PracticeFactory(title="Двор <b>жирный</b>")

    html = client.get(BANK, {"q": '<script>"двор'}).content.decode()

    assert "<script>&quot;" not in html
    assert '<script>"' not in html
    assert "<b>жирный" not in html


def test_htmx_gets_the_changed_parts_alone_and_a_clean_address(client):
    PracticeFactory(title="Двор")

    response = client.get(BANK + "?q=двор&year=", headers={"HX-Request": "true"})

    html = response.content.decode()
    assert "<html" not in html
    assert html.count('id="results"') == html.count('id="facets"') == html.count('id="found"') == 1
    assert response.headers["HX-Push-Url"] == "/bank/?q=%D0%B4%D0%B2%D0%BE%D1%80"
    assert "HX-Request" in response.headers["Vary"]


def test_more_of_an_answer_leaves_its_address_alone(client):
    PracticeFactory.create_batch(14, title="Двор")

    first = client.get(BANK + "?q=двор", headers={"HX-Request": "true"})
    second = client.get(BANK + "?q=двор&page=2", headers={"HX-Request": "true"})

    assert "Показать ещё 2" in Page(first).text
    assert {"HX-Push-Url", "HX-Replace-Url"}.isdisjoint(second.headers)


def test_htmx_gets_the_whole_page_back_when_the_reader_goes_back(client):
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}

    assert b"<html" in client.get(BANK, headers=headers).content


@pytest.mark.parametrize("count", [1, 3])
def test_bank_costs_the_same_for_one_and_many_and_touches_no_session(client, count, django_assert_num_queries):
    PracticeFactory.create_batch(count, title="Двор", theme=ThemeFactory(), key_figures=[("1", "двор")])

    # the bank's version, facets; themes; cities; practices; their figures; texts for the snippets; collections
    with django_assert_num_queries(8) as captured:
        client.get(BANK, {"q": "двор"})

    assert "session" not in " ".join(query["sql"] for query in captured)


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize(("view", "queries"), [("cards", 8), ("list", 8), ("map", 6)])
def test_every_view_costs_the_same_for_one_and_many(client, count, view, queries, django_assert_num_queries):
    PracticeFactory.create_batch(count, title="Двор", theme=ThemeFactory(), key_figures=[("1", "двор")])

    # version, facets; themes; cities; collections; and what is shown: cities, or practices, their figures, texts to cut
    with django_assert_num_queries(queries):
        client.get(BANK, {"q": "двор", "view": view, "sort": "adopted"})


def test_bank_refuses_to_be_written_to(client):
    assert client.post(BANK).status_code == 405


def test_empty_bank_says_when_practices_come(client):
    assert "Практики появляются здесь после объявления итогов конкурса" in Page(client.get(BANK)).text


# --- Views and order ----------------------------------------------------------------------------------------------


def test_views_are_one_question_in_three_looks(client):
    PracticeFactory(title="Двор", award="winner", territory=TerritoryFactory(slug="sarov"))
    question = "award=winner&sort=cost&view=list"

    page = Page(client.get(f"{BANK}?{question}&page=1"))

    assert [link for link in page.links if link.startswith("/bank/?award")] == [
        "/bank/?award=winner&sort=cost",
        "/bank/?award=winner&sort=cost&view=list",
        "/bank/?award=winner&sort=cost&view=map",
    ]
    assert page.labels["Убрать фильтр: Победитель"] == "/bank/?sort=cost&view=list"
    assert "Двор" in page.text


def test_list_shows_where_the_words_were_found(client):
    PracticeFactory(title="Двор", summary="Соседи чинят скворечники.")

    html = client.get(BANK, {"q": "скворечник", "view": "list"}).content.decode()

    assert "Соседи чинят <mark>скворечники</mark>." in html


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_chosen_filters_are_numbered_where_they_are_folded(client, headers):
    PracticeFactory(contest=ContestFactory(year=2021), award="winner")

    html = client.get(BANK, {"year": "2021", "award": "winner"}, headers=headers).content.decode()

    assert re.search(r'<span id="facets-chosen"[^>]*>\(2\)</span>', html)


def test_questions_are_counted_apart_from_attempts_to_sign_in(client):
    caches["default"].set("attempts", 3)

    client.get(BANK)
    client.get(BANK, {"exact": "1", "q": "двор"})

    assert len(caches["counts"]._cache) == 2
    assert list(caches["default"]._cache) == [caches["default"].make_key("attempts")]


def test_list_has_more_on_a_page_than_cards(client):
    PracticeFactory.create_batch(13)

    assert (len(cards(client.get(BANK))), len(cards(client.get(BANK, {"view": "list"})))) == (12, 13)


def test_map_leads_to_each_citys_practices_of_the_question_or_to_the_city(client):
    sarov, lesnoy = TerritoryFactory(slug="sarov", name="Саров"), TerritoryFactory(slug="lesnoy", name="Лесной")
    PracticeFactory.create_batch(2, territory=sarov, award="winner")
    PracticeFactory(territory=sarov, award="participant")
    PracticeFactory(territory=lesnoy, award="participant")

    response = client.get(BANK + "?award=winner&view=map")

    page = Page(response)
    assert "Они из 1 города" in page.text.replace("\xa0", " ")
    assert page.labels["Саров: 2 практики"] == "/bank/?award=winner&territory=sarov"
    assert page.labels["Лесной: 0 практик"] == "/territories/lesnoy/"
    assert [(there.city.name, there.city.count) for there in response.context["map"].by_count] == [
        ("Саров", 2),
        ("Лесной", 0),
    ]
    assert page.links.count("/territories/lesnoy/") == 2  # in the scheme, and in the list that says the same


def test_map_counts_the_cities_of_its_answer_and_shows_what_the_others_would_bring(client):
    for slug in ("sarov", "lesnoy", "snezhinsk"):
        PracticeFactory(territory=TerritoryFactory(slug=slug))

    response = client.get(BANK + "?territory=sarov&territory=lesnoy&view=map")

    text = Page(response).text.replace("\xa0", " ")
    assert "Найдены 2 практики" in text
    assert "Они из 2 городов" in text
    assert [there.city.count for there in response.context["map"].cities] == [1, 1, 1]


def test_map_without_an_answer_offers_ways_out_too(client):
    PracticeFactory(award="winner")

    assert "Такой практики в банке пока нет" in Page(client.get(BANK + "?award=laureate&view=map")).text


def test_order_by_relevance_is_offered_where_words_are(client):
    PracticeFactory.create_batch(2, title="Двор")

    offered = [[sort.value for sort, _is_this in client.get(BANK, {"q": q}).context["sorts"]] for q in ("", "двор")]

    assert offered == [["newest", "adopted", "cost", "-cost"], ["relevance", "newest", "adopted", "cost", "-cost"]]


# --- The page of a practice -------------------------------------------------------------------------------------
