"""The home page: every number of it from the database, every moment by the clock it is told by."""

import re

import pytest

from competition.models import Membership, Organisation
from competition.scheme import with_region
from portal.demo.record import load_record
from portal.home import SUGGESTIONS, suggestions
from portal.season import Stage
from practices.models import Practice
from practices.search import matching
from tests.factories import (
    ApplicationFactory,
    ContestFactory,
    ContestFormFactory,
    OrganisationFactory,
    PracticeFactory,
    TerritoryFactory,
    TrackFactory,
    UserFactory,
    utc,
)

pytestmark = pytest.mark.django_db

DEADLINE = utc(2026, 5, 31, 20, 59, 59)  # 23:59 in Moscow
START = 'href="/applications/new/"'


@pytest.fixture
def clock(monkeypatch):
    """Sets what time it is."""
    return lambda *moment: monkeypatch.setattr("django.utils.timezone.now", lambda: utc(*moment))


@pytest.fixture
def contest(clock):
    """A contest with the shipped form, open on 16 May."""
    clock(2026, 5, 16, 14)
    contest = ContestFactory(
        year=2026,
        opens_on=None,
        closes_on=None,
        announced_at=None,
        judging_opens_at=utc(2026, 6, 15, 21),
        judging_closes_at=utc(2026, 7, 31, 20, 59, 59),
    )
    TrackFactory(contest=contest, opens_at=utc(2026, 4, 16, 21), closes_at=DEADLINE)
    ContestFormFactory(contest=contest)
    return contest


def main_of(client) -> str:
    html = client.get("/").content.decode()
    return html[html.index("<main") : html.index("</main>")]


def text_of(client) -> str:
    """The words of the page, each space a plain one."""
    return " ".join(re.sub(r"<[^>]+>", " ", main_of(client)).replace("\xa0", " ").split())


class TestStage:
    def test_deadline_is_told_by_moscow_time(self, client, contest):
        text = text_of(client)

        assert "Идёт приём заявок · конкурс 2026 года" in text
        assert "До 31 мая, 23:59 Срок указан по московскому времени Осталось 15 дней 6 часов" in text
        assert "Паспорт практики из 23 разделов." in text
        assert "Ваше время" not in text

    def test_deadline_is_told_by_the_clocks_of_ones_cities_too_with_the_date(self, client, contest):
        person = UserFactory()
        for name, zone in [("Железногорск", "Asia/Krasnoyarsk"), ("Саров", "Europe/Moscow")]:
            city = TerritoryFactory(name=name, time_zone=zone)
            Membership.objects.create(user=person, organisation=OrganisationFactory(territory=city))
        ApplicationFactory(owner=person, territory=TerritoryFactory(name="Глазов", time_zone="Europe/Samara"))
        TerritoryFactory(name="Северск", time_zone="Asia/Tomsk")
        client.force_login(person)

        text = text_of(client)

        assert "Ваше время, Железногорск 1 июня, 03:59 (МСК+4)" in text
        assert "Ваше время, Глазов 1 июня, 00:59 (МСК+1)" in text
        assert "Ваше время, Саров" not in text
        assert "Ваше время, Северск" not in text

    def test_city_of_many_organisations_is_told_once(self, client, contest):
        person, city = UserFactory(), TerritoryFactory(name="Певек", time_zone="Asia/Anadyr")
        for organisation in OrganisationFactory.create_batch(3, territory=city):
            Membership.objects.create(user=person, organisation=organisation)
        client.force_login(person)

        assert Organisation.objects.count() == 3
        assert text_of(client).count("Ваше время, Певек") == 1

    def test_each_track_tells_its_deadline_when_they_differ(self, client, contest):
        TrackFactory(contest=contest, code="adoption", opens_at=utc(2026, 5, 1), closes_at=utc(2026, 6, 10, 20, 59))

        text = text_of(client)

        assert "До 31 мая, 23:59" in text
        assert "Лучшие практики до 31 мая, 23:59 МСК Внедрение практики до 10 июня, 23:59 МСК" in text

    def test_last_hours_are_told_with_minutes(self, client, clock, contest):
        clock(2026, 5, 31, 18, 29, 59)

        assert "Осталось 2 часа 30 минут" in text_of(client)

    @pytest.mark.parametrize(
        ("moment", "told"),
        [
            ((2026, 4, 1), "Приём заявок ещё не начался · конкурс 2026 года С 17 апреля"),
            ((2026, 6, 5), "Приём заявок закончен · конкурс 2026 года Идёт проверка заявок"),
            ((2026, 7, 1), "Работает жюри Жюри ставит оценки до 31 июля, 23:59 МСК."),
            ((2026, 8, 5), "Подводим итоги"),
        ],
    )
    def test_what_comes_next_is_told_while_no_window_is_open(self, client, clock, contest, moment, told):
        clock(*moment)

        assert told in text_of(client)

    @pytest.mark.parametrize(
        ("moment", "is_offered"), [((2026, 4, 1), False), ((2026, 5, 16), True), ((2026, 7, 1), False)]
    )
    def test_to_apply_is_offered_only_while_it_is_possible(self, client, clock, contest, moment, is_offered):
        clock(*moment)

        assert (START in main_of(client)) == is_offered

    def test_to_apply_is_not_offered_before_there_is_a_form(self, client, contest):
        contest.form.delete()

        assert START not in main_of(client)

    def test_open_contest_goes_before_a_later_one_that_waits(self, client, contest):
        waiting = ContestFactory(year=2027, announced_at=None)
        TrackFactory(contest=waiting, opens_at=utc(2027, 4, 1), closes_at=utc(2027, 5, 1))

        assert client.get("/").context["season"].contest == contest

    def test_portal_between_contests_tells_of_the_last_results(self, client):
        ContestFactory(year=2020)
        ContestFactory(year=2021)

        response = client.get("/")

        assert response.context["season"].stage == Stage.ANNOUNCED
        assert "Конкурс завершён · конкурс 2021 года Итоги объявлены Сроки следующего конкурса" in text_of(client)
        assert 'href="/contests/2021/"' in main_of(client)


class TestYears:
    def test_numbers_are_the_sum_of_record_and_portal(self, client):
        ContestFactory(year=2017, applications_on_record=69)
        on_record = ContestFactory(year=2018, applications_on_record=75)
        PracticeFactory.create_batch(2, contest=on_record, award="winner")
        ApplicationFactory.create_batch(3, contest=ContestFactory(year=2019), admitted=True)
        ApplicationFactory(contest=ContestFactory(year=2019))
        running = ContestFactory(year=2020, announced_at=None)
        ApplicationFactory(contest=running, admitted=True)

        text = text_of(client)

        assert "С 2017 года города направили на конкурс 147 практик." in text
        assert "Три года конкурса в цифрах" in text
        assert "2017–2019 : 147 заявок, 2 победителя." in text
        assert "69 заявок, без победителя" in text

    def test_same_numbers_stand_in_a_table(self, client):
        ContestFactory(year=2017, applications_on_record=69)

        assert re.search(r'<th scope="row">2017</th><td[^>]*>69</td><td[^>]*>0</td>', main_of(client))

    def test_years_nobody_knows_of_are_not_passed_over(self, client, contest):
        ContestFactory(year=2021, applications_on_record=109)

        assert "нет сведений 2022–2025 идёт приём 2026" in text_of(client)


class TestWinners:
    def test_winners_are_those_of_the_latest_year_that_has_some(self, client):
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

    def test_winners_wait_for_the_announcement(self, client):
        early = ContestFactory(year=2021, announced_at=None)
        PracticeFactory(title="Рано", contest=early, award="winner", published_at=utc(2021, 12, 1))

        assert "Рано" not in text_of(client)


class TestScheme:
    def test_every_city_is_a_link_and_those_with_winners_are_filled(self, client):
        city = TerritoryFactory(slug="sarov", name="Саров")
        PracticeFactory.create_batch(2, territory=city, award="winner")
        PracticeFactory(territory=TerritoryFactory(slug="lesnoy", name="Лесной"), award="participant")

        main = main_of(client)

        assert '<a href="/territories/sarov/" class="w" aria-label="Саров: 2 практики-победителя">' in main
        assert '<a href="/territories/lesnoy/" aria-label="Лесной">' in main
        assert '<li><a href="/territories/lesnoy/">Лесной</a></li>' in main

    def test_namesakes_are_told_apart(self, client):
        TerritoryFactory(name="Заречный", region="Пензенская область")
        TerritoryFactory(name="Заречный", region="Свердловская область")
        TerritoryFactory(name="Саров", region="Нижегородская область")

        names = [city.name for city in client.get("/").context["scheme"].cities]

        assert names == ["Заречный (Пенз.)", "Заречный (Свердл.)", "Саров"]

    @pytest.mark.parametrize(
        ("region", "short"),
        [
            ("Красноярский край", "Краснояр."),
            ("Удмуртская Республика", "Удмурт."),
            ("Чукотский автономный округ", "Чукот."),
            ("Республика Карелия", "Республика Карелия"),
        ],
    )
    def test_region_is_as_short_as_russian_has_it(self, region, short):
        assert with_region(TerritoryFactory.build(name="Город", region=region)) == f"Город ({short})"


class TestSearch:
    def test_words_are_suggested_as_far_as_they_find_something(self, client):
        assert suggestions() == []
        PracticeFactory(title="Школа волонтёров")

        assert suggestions() == ["волонтёры"]
        assert "волонтёры" in text_of(client)
        assert SUGGESTIONS[-1] not in text_of(client)

    def test_every_suggestion_and_the_example_find_something_in_the_demonstration(self, client):
        load_record()

        example = re.search(r'placeholder="Например, ([^"]+)"', main_of(client)).group(1)

        assert suggestions() == list(SUGGESTIONS)
        assert matching(Practice.objects.published(), example).exists()


def test_empty_portal_has_a_home_page(client):
    text = text_of(client)

    assert "Ежегодный конкурс городов атомной промышленности" in text
    assert "Конкурс ещё не объявлен" in text
    assert "Победители" not in text


def test_anonymous_visit_leaves_no_session(client, contest):
    response = client.get("/")

    assert "sessionid" not in response.cookies
    assert not response.wsgi_request.session.modified


@pytest.mark.parametrize("count", [1, 8])
def test_home_costs_the_same_for_few_and_many(client, contest, count, django_assert_num_queries):
    TerritoryFactory.create_batch(count)
    PracticeFactory.create_batch(count, award="winner", key_figures=[("140", "скамеек")])
    for year in range(2010, 2010 + count):
        ContestFactory(year=year)

    # contests, their tracks; cities; suggestions; sections of the form; winners, their figures; collections
    with django_assert_num_queries(8) as captured:
        client.get("/")

    assert "session" not in " ".join(query["sql"] for query in captured)
