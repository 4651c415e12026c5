"""The public bank in the browser's address bar: search, facets, pages, and what a practice's page shows and hides."""

from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.urls import reverse

from practices.models import DeadHost, Practice
from tests.factories import (
    ApplicationFactory,
    ContestFactory,
    ContestFormFactory,
    NominationFactory,
    PassportFactory,
    PracticeFactory,
    TerritoryFactory,
    ThemeFactory,
    TrackFactory,
    UserFactory,
    edition,
    utc,
)

pytestmark = pytest.mark.django_db

BANK = "/bank/"


class Page(HTMLParser):
    """What a page says: its words, where its links lead, by their labels too, and which boxes are ticked."""

    def __init__(self, response):
        super().__init__()
        self.text, self.links, self.labels, self.ticked = "", [], {}, []
        self.feed(response.content.decode())
        self.text = " ".join(self.text.split())

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "a":
            self.links.append(given.get("href", ""))
            self.labels[given.get("aria-label")] = given.get("href")
        if "checked" in given:
            self.ticked.append((given["name"], given["value"]))
        if tag in {"td", "th", "div", "span", "p", "dd"}:
            self.text += " "

    def handle_data(self, data):
        self.text += data


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


def test_more_of_an_answer_takes_the_place_of_its_address(client):
    PracticeFactory.create_batch(14, title="Двор")

    first = client.get(BANK + "?q=двор", headers={"HX-Request": "true"})
    second = client.get(BANK + "?q=двор&page=2", headers={"HX-Request": "true"})

    assert "Показать ещё 2" in Page(first).text
    assert "HX-Push-Url" not in second.headers
    assert second.headers["HX-Replace-Url"] == "/bank/?q=%D0%B4%D0%B2%D0%BE%D1%80&page=2"


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


def test_map_without_an_answer_offers_ways_out_too(client):
    PracticeFactory(award="winner")

    assert "Такой практики в банке пока нет" in Page(client.get(BANK + "?award=laureate&view=map")).text


def test_order_by_relevance_is_offered_where_words_are(client):
    PracticeFactory.create_batch(2, title="Двор")

    offered = [[sort.value for sort, _is_this in client.get(BANK, {"q": q}).context["sorts"]] for q in ("", "двор")]

    assert offered == [["newest", "adopted", "cost", "-cost"], ["relevance", "newest", "adopted", "cost", "-cost"]]


# --- The page of a practice -------------------------------------------------------------------------------------

ANSWERS = {
    "background": "Во дворах не хватало скамеек.\n- двор на Ленина\n- двор на Мира",
    "period": "Май – сентябрь 2021 г.",
    "results": [{"indicator": "Скамеек", "value_last_year": "12", "value_total": "140"}],
    "stakeholders": [{"involved": "5 чел.", "affected": "65 000 жителей"}],
    "costs": [
        {"item": "Доски", "amount": "150 000", "source": "Грант"},
        {"item": "Краска", "amount": "50 тыс. руб.", "source": "Спонсоры"},
        {"item": "ИТОГО", "amount": "200 000", "source": ""},
    ],
    "links": [{"name": "Сообщество", "url": "https://example.org/yard\njavascript:alert(1)"}],
    "team": "Руководит Снегирёва",
    "contacts": [{"person": "Снегирёва", "contact": "+7 (000) 000-00-00"}],
}


def passport_page(client, **answers):
    passport = PassportFactory(application=ApplicationFactory(admitted=True), answers={**ANSWERS, **answers})
    practice = PracticeFactory(slug="yard", title="Двор", passport=passport)
    return client.get(practice.get_absolute_url())


def test_practice_page_publishes_answered_sections_under_their_official_numbers(client):
    text = Page(passport_page(client)).text

    assert "Раздел 4 Предпосылки реализации Во дворах не хватало скамеек." in text
    assert "Раздел 10 Результаты практики (что было достигнуто)" in text
    assert "Раздел 7" not in text


def test_practice_page_hides_team_and_contacts(client):
    html = passport_page(client).content.decode()

    assert "Снегирёва" not in html
    assert "000-00-00" not in html
    assert "лидере практики" not in html


def test_practice_page_shows_both_columns_of_the_results(client):
    text = Page(passport_page(client)).text

    assert "за последний год реализации практики" in text
    assert "1 Скамеек 12 140" in text


def test_practice_page_reads_costs_beside_the_words(client):
    text = Page(passport_page(client)).text.replace("\xa0", " ")

    assert "200 000 ₽ всего, 2 статьи" in text
    assert "Грант 150 000 ₽ 75 % Спонсоры 50 000 ₽ 25 % Итого 200 000 ₽ 100 %" in text
    assert "50 тыс. руб." in text


def test_practice_page_gives_no_sum_where_a_line_cannot_be_read(client):
    costs = [
        {"item": "Доски", "amount": "150 000", "source": "Грант"},
        {"item": "Труд", "amount": "даром", "source": ""},
    ]

    response = passport_page(client, costs=costs)

    assert "150 000" in Page(response).text.replace("\xa0", " ")
    assert response.context["article"].costs is None


def test_practice_page_links_web_addresses_and_nothing_else(client):
    page = Page(passport_page(client))

    assert "https://example.org/yard" in page.links
    assert not [link for link in page.links if link.startswith("javascript")]


def test_practice_page_names_an_address_that_does_not_open_and_does_not_lead_there(client):
    DeadHost.objects.create(host="example.org", why="ресурс недоступен в России")
    background = "https://yard.example.org/about"

    page = Page(passport_page(client, background=background))

    assert not [link for link in page.links if "example.org" in link]
    assert "example.org/yard — указана в паспорте, ресурс недоступен в России" in page.text
    assert "yard.example.org/about — указана в паспорте, ресурс недоступен в России" in page.text


def test_sum_of_the_costs_stands_under_its_column_unless_the_author_wrote_one(client):
    written = passport_page(client)
    Practice.objects.update(slug="other")
    unwritten = passport_page(client, costs=ANSWERS["costs"][:2])

    tables = [response.content.decode().count("<tfoot") for response in (written, unwritten)]

    assert tables == [1, 2]  # the sums by source always have one


def test_practice_page_keeps_what_people_typed_as_text(client):
    html = passport_page(client, goals="<script>alert(1)</script>").content.decode()

    assert "<script>alert(1)</script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


@pytest.mark.parametrize("code", ["2019", "2022", "2023"])
def test_practice_page_walks_whatever_edition_the_passport_has(client, code):
    form = edition(code)
    marked = {
        template.code: {"blocks": [{"text": f"слово-{template.code}"}, {"table": [[f"клетка-{template.code}"]]}]}
        if not template.is_tables
        else {
            "tables": {
                table.name: [
                    {column.code: f"слово-{template.code}-{table.name}-{column.code}" for column in table.columns}
                ]
                for table in template.shape.tables
            }
        }
        for template in form.templates
    }
    passport = PassportFactory(application=ApplicationFactory(admitted=True), edition=form, answers=marked)
    PracticeFactory(slug="yard", title="слово-title", passport=passport)

    text = Page(client.get("/bank/yard/")).text

    for template in form.templates:
        words = template.shape.words(passport.sections_by_code[template.code].content)
        if template.code == "title":
            words = words[:1]
        expected = [] if template.code in {"team", "contacts"} else words
        assert [word for word in words if word in text] == expected, template.code


def test_card_of_the_brochure_stands_without_a_passport(client):
    practice = PracticeFactory(
        title="Год дворов",
        description="Первый абзац.\n\nВторой абзац.",
        started_year=2016,
        key_figures=[("> 100", "дворов")],
    )

    text = Page(client.get(practice.get_absolute_url())).text.replace("\xa0", " ")

    assert "Первый абзац. Второй абзац." in text
    assert "> 100 дворов" in text
    assert "Это карточка из буклета" in text
    assert "Старт 2016" in text


def test_practice_page_shows_donor_and_published_followers(client):
    donor = PracticeFactory(title="Донорская", territory=TerritoryFactory(name="Саров"))
    middle = PracticeFactory(slug="middle", title="Средняя", donor=donor)
    PracticeFactory(title="Последователь", donor=middle)
    PracticeFactory(title="Тайный последователь", donor=middle, published_at=None)

    page = Page(client.get("/bank/middle/"))

    assert donor.get_absolute_url() in page.links
    assert "Последователь" in page.text
    assert "Тайный" not in page.text


def test_practice_page_hides_a_donor_that_is_not_published(client):
    PracticeFactory(slug="middle", donor=PracticeFactory(title="Тайный донор", published_at=None))

    assert "Тайный донор" not in Page(client.get("/bank/middle/")).text


def test_related_practices_share_theme_or_city_those_with_both_first(client):
    city, theme = TerritoryFactory(), ThemeFactory()
    PracticeFactory(slug="yard", territory=city, theme=theme)
    PracticeFactory(title="Чужая", contest=ContestFactory(year=2021))
    PracticeFactory(title="Только город", territory=city, contest=ContestFactory(year=2021))
    PracticeFactory(title="Только тема", theme=theme, contest=ContestFactory(year=2019))
    PracticeFactory(title="Оба", territory=city, theme=theme, contest=ContestFactory(year=2018))

    related = client.get("/bank/yard/").context["related"]

    assert [like.practice.title for like in related] == ["Оба", "Только тема", "Только город"]


def test_practice_page_offers_adoption_while_its_track_is_open(client, monkeypatch):
    practice = PracticeFactory()
    contest = ContestFactory(year=2026, announced_at=None)
    TrackFactory(contest=contest, code="adoption", opens_at=utc(2026, 1, 1), closes_at=utc(2026, 5, 31))
    ContestFormFactory(contest=contest)

    monkeypatch.setattr("django.utils.timezone.now", lambda: utc(2026, 5, 1))
    assert client.get(practice.get_absolute_url()).context["adoption_track"].contest == contest
    monkeypatch.setattr("django.utils.timezone.now", lambda: utc(2026, 6, 1))
    assert client.get(practice.get_absolute_url()).context["adoption_track"] is None


def test_adoption_begins_with_the_donor_and_its_track_chosen(client):
    donor = PracticeFactory(slug="yard")
    contest = ContestFactory(year=2090, announced_at=None)
    TrackFactory(contest=contest, code="practices", opens_at=utc(2020, 1, 1), closes_at=utc(2090, 5, 31))
    adoption = TrackFactory(contest=contest, code="adoption", opens_at=utc(2020, 1, 1), closes_at=utc(2090, 5, 31))
    ContestFormFactory(contest=contest)
    client.force_login(UserFactory())

    way = next(link for link in Page(client.get(donor.get_absolute_url())).links if "donor=" in link)

    assert client.get(way).context["form"].initial == {"track": adoption, "donor": donor}
    for other in ("nothing", "%00", "a b"):
        assert client.get(f"/applications/new/?donor={other}").context["form"].initial == {}


@pytest.mark.parametrize("slug", ["secret", "nothing"])
def test_practice_that_is_not_published_does_not_exist(client, slug):
    PracticeFactory(slug="secret", published_at=None)

    assert client.get(reverse("practices:practice_detail", args=[slug])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_practice_page_costs_the_same_for_one_and_many(client, count, django_assert_num_queries):
    theme = ThemeFactory()
    passport = PassportFactory(application=ApplicationFactory(admitted=True), answers=ANSWERS)
    practice = PracticeFactory(passport=passport, theme=theme, key_figures=[("140", "скамеек")] * count)
    PracticeFactory.create_batch(count, theme=theme, donor=practice, key_figures=[("1", "двор")])

    # practice, figures; passport, sections of the form, answers, remarks, consents; sites that do not open;
    # the family in three, what is like it in six; the tracks open and to come, who asked
    with django_assert_num_queries(20):
        client.get(practice.get_absolute_url())
