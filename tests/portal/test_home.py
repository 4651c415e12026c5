"""The home page: every number of it from the database, every moment by the clock it is told by."""

import pytest

from portal import home
from tests.factories import (
    ApplicationFactory,
    ContestFactory,
    ContestFormFactory,
    PracticeFactory,
    TerritoryFactory,
    ThemeFactory,
    TrackFactory,
    UserFactory,
    utc,
)
from tests.practices.test_bank import Page

pytestmark = pytest.mark.django_db

DEADLINE = utc(2026, 5, 31, 20, 59)  # 23:59 in Moscow


@pytest.fixture
def clock(monkeypatch):
    """Sets what time it is."""
    return lambda *moment: monkeypatch.setattr("django.utils.timezone.now", lambda: utc(*moment))


@pytest.fixture
def contest():
    contest = ContestFactory(
        year=2026,
        announced_at=None,
        judging_opens_at=utc(2026, 6, 15),
        judging_closes_at=utc(2026, 7, 31),
    )
    TrackFactory(contest=contest, opens_at=utc(2026, 4, 17), closes_at=DEADLINE)
    ContestFormFactory(contest=contest)
    return contest


def text_of(client):
    return Page(client.get("/")).text.replace("\xa0", " ")


@pytest.mark.usefixtures("contest")
def test_home_tells_the_deadline_by_moscow_time(client, clock):
    clock(2026, 5, 16, 12)

    text = text_of(client)

    assert "Идёт приём заявок · конкурс 2026 года" in text
    assert "До 31 мая, 23:59" in text
    assert "Осталось 15 дней" in text
    assert "Паспорт практики из 23 разделов" in text
    assert "У вас" not in text


def test_home_tells_a_person_the_deadline_by_the_clock_of_their_city_with_its_date(client, clock, contest):
    clock(2026, 5, 16, 12)
    siberia = TerritoryFactory(name="Железногорск", time_zone="Asia/Krasnoyarsk")
    person = ApplicationFactory(contest=contest, territory=siberia).owner
    client.force_login(person)

    assert "У вас, Железногорск 1 июня, 03:59 (МСК+4)" in text_of(client)


def test_home_repeats_no_clock_that_is_moscows(client, clock, contest):
    clock(2026, 5, 16, 12)
    person = ApplicationFactory(contest=contest, territory=TerritoryFactory(name="Саров")).owner
    client.force_login(person)

    assert "У вас" not in text_of(client)


def test_home_names_each_track_while_several_are_open(client, clock, contest):
    clock(2026, 5, 16, 12)
    TrackFactory(
        contest=contest, code="adoption", title="Внедрение", opens_at=utc(2026, 5, 1), closes_at=utc(2026, 6, 10)
    )

    text = text_of(client)

    assert "До 31 мая, 23:59" in text
    assert "Внедрение 10 июня, 03:00 МСК" in text


@pytest.mark.usefixtures("contest")
@pytest.mark.parametrize(
    ("moment", "headline", "phases"),
    [
        ((2026, 4, 1), "С 17 апреля, 03:00", ["ahead", "ahead", "ahead", "ahead", "ahead"]),
        ((2026, 5, 16), "До 31 мая, 23:59", ["now", "ahead", "ahead", "ahead", "ahead"]),
        ((2026, 6, 5), "Приём заявок закончен", ["done", "now", "ahead", "ahead", "ahead"]),
        ((2026, 7, 1), "Приём заявок закончен", ["done", "done", "now", "ahead", "ahead"]),
        ((2026, 8, 5), "Приём заявок закончен", ["done", "done", "done", "now", "ahead"]),
    ],
)
def test_home_follows_the_year_step_by_step(client, clock, moment, headline, phases):
    clock(*moment)

    response = client.get("/")

    assert headline in Page(response).text.replace("\xa0", " ")
    assert [str(step.phase) for step in response.context["season"].steps] == phases


@pytest.mark.usefixtures("contest")
def test_deadlines_last_second_still_counts(clock):
    assert home.season(at=DEADLINE).deadline == DEADLINE


@pytest.mark.usefixtures("contest")
def test_home_offers_to_apply_only_while_it_is_possible(client, clock):
    start = "/applications/new/"
    clock(2026, 5, 16)
    assert start in main_links(client)

    clock(2026, 7, 1)
    assert start not in main_links(client)


def main_links(client):
    html = client.get("/").content.decode()
    return html[html.index("<main") : html.index("</main>")]


def test_home_adds_up_the_years_on_record(client):
    ContestFactory(year=2017, applications_on_record=69)
    PracticeFactory.create_batch(2, contest=ContestFactory(year=2018, applications_on_record=75), award="winner")
    ContestFactory(year=2026, announced_at=None, applications_on_record=7777)

    text = text_of(client)

    assert "С 2017 года города направили на конкурс 144 практики." in text
    assert "Два года конкурса" in text
    assert "2017–2018: 144 заявки, 2 победителя. В 2017 году победителя не определяли." in text
    assert "7777" not in text


def test_bars_are_drawn_to_the_largest_year():
    ContestFactory(year=2017, applications_on_record=50)
    PracticeFactory.create_batch(10, contest=ContestFactory(year=2018, applications_on_record=100), award="winner")

    small, large = home.record().bars

    assert (small.height, small.width, small.winners_height) == (home.TALLEST_BAR / 2, 50, 0)
    assert (large.height, large.width, large.winners_width) == (home.TALLEST_BAR, 100, 10)


def test_home_shows_the_winners_of_the_latest_year_that_has_some(client):
    PracticeFactory(title="Прежний", contest=ContestFactory(year=2020), award="winner")
    latest = ContestFactory(year=2021)
    PracticeFactory(title="Победитель года", contest=latest, award="winner")
    PracticeFactory(title="Просто участник", contest=latest, award="participant")
    ContestFactory(year=2022)

    text = text_of(client)

    assert "Победители 2021 года" in text
    assert "Победитель года" in text
    assert "Прежний" not in text
    assert "Просто участник" not in text


def test_scheme_links_every_city_and_fills_those_with_winners(client):
    PracticeFactory(territory=TerritoryFactory(slug="sarov", name="Саров"), award="winner")
    PracticeFactory(territory=TerritoryFactory(slug="lesnoy", name="Лесной"), award="participant")

    response = client.get("/")

    assert {"/territories/sarov/", "/territories/lesnoy/"} <= set(Page(response).links)
    assert {city.name: city.territory.winners for city in response.context["scheme"].cities} == {"Саров": 1, "Лесной": 0}
    assert 'class="w" aria-label="Саров, были победители"' in response.content.decode()


def test_scheme_tells_namesakes_apart():
    TerritoryFactory(slug="one", name="Заречный", region="Пензенская область")
    TerritoryFactory(slug="two", name="Заречный", region="Свердловская область")

    assert [city.name for city in home.scheme().cities] == ["Заречный (Пензен.)", "Заречный (Свердл.)"]


def test_home_of_an_empty_portal_still_opens(client):
    response = client.get("/")

    assert response.status_code == 200
    assert "Практики, которые уже работают" in Page(response).text.replace("\xa0", " ")


def test_home_carries_no_inline_style_or_script(client, clock, contest):
    clock(2026, 5, 16)
    PracticeFactory(award="winner", key_figures=[("140", "скамеек")])

    html = client.get("/").content.decode()

    assert " style=" not in html
    assert "<style" not in html
    assert "<script>" not in html


@pytest.mark.parametrize("count", [1, 3])
def test_home_costs_the_same_for_one_and_many_and_touches_no_session(
    client, clock, contest, count, django_assert_num_queries
):
    clock(2026, 5, 16)
    TerritoryFactory.create_batch(count)
    PracticeFactory.create_batch(count, award="winner", theme=ThemeFactory(), key_figures=[("140", "скамеек")])

    # the contest, its tracks; years; cities; form and edition, its sections; winners, their figures; themes
    with django_assert_num_queries(10) as captured:
        client.get("/")

    assert "session" not in " ".join(query["sql"] for query in captured)


def test_city_of_a_person_is_that_of_the_latest_application_or_of_the_organisation():
    person = UserFactory()
    assert home.city_of(person) is None

    ApplicationFactory(owner=person, territory=TerritoryFactory(name="Первый"))
    latest = ApplicationFactory(owner=person, territory=TerritoryFactory(name="Второй"))

    assert home.city_of(person) == latest.territory
