"""What is asked of the bank: how it is told in words, and how its answer is found, counted and ordered."""

import random
from decimal import Decimal

import pytest
from django.http import QueryDict

from practices.enums import CostClass, PeopleClass
from practices.filters import BankFilter, question_in_words
from practices.models import Practice
from practices.search import index_practice
from tests.factories import (
    ContestFactory,
    NominationFactory,
    PracticeFactory,
    TerritoryFactory,
    ThemeFactory,
    TrackFactory,
    utc,
)

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]


def ask(query):
    return BankFilter(QueryDict(query))


def titles(query):
    return [practice.title for practice in ask(query).practices()]


def test_question_is_told_in_words_as_far_as_it_was_understood():
    ContestFactory(year=2020)
    PracticeFactory(contest=ContestFactory(year=2019), territory=TerritoryFactory(slug="sarov", name="Саров"))

    asked = ask("q=двор&year=2019&year=2020&territory=sarov&cost=up-to-100k&award=grand")

    assert question_in_words(asked) == [
        "Слова: двор",
        "Год: 2019, 2020",
        "Город: Саров",
        "Затраты: до 100\xa0тыс.\xa0₽",
    ]
    assert question_in_words(ask("")) == []


# --- Classes of numbers -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("roubles", "option"),
    [
        ("0", "up-to-100k"),
        ("100000", "up-to-100k"),
        ("100000.01", "100k-500k"),
        ("500000", "100k-500k"),
        ("1000000", "500k-1m"),
        ("10000000", "1m-10m"),
        ("10000000.01", "over-10m"),
        (None, None),
    ],
)
def test_limit_of_costs_belongs_to_the_class_below_and_what_is_unknown_to_none(roubles, option):
    PracticeFactory(cost_total=roubles and Decimal(roubles))

    assert [value for value in CostClass.values if ask(f"cost={value}").qs.exists()] == [option] * bool(option)
    assert {value: count for value, count in ask("").cube.counts("cost").items() if value} == (
        {option: 1} if option else {}
    )


@pytest.mark.parametrize(("people", "option"), [(100, "up-to-100"), (101, "100-1000"), (100_001, "over-100000")])
def test_people_reached_have_classes_of_their_own(people, option):
    PracticeFactory(people_reached=people)

    assert [value for value in PeopleClass.values if ask(f"people={value}").qs.exists()] == [option]


# --- Counts -------------------------------------------------------------------------------------------------------


@pytest.fixture
def random_bank():
    """Forty practices whose facts the dice gave, always the same dice."""
    dice = random.Random(8)  # noqa: S311 - the same dice every time, nothing to guess
    regions = ["Пермский край", "Томская область"]
    cities = [TerritoryFactory(slug=f"city-{place}", region=dice.choice(regions)) for place in range(4)]
    themes = [ThemeFactory(), ThemeFactory(), None]
    contests = [ContestFactory(year=year) for year in (2023, 2024)]
    nominations = {contest: [NominationFactory(contest=contest, title="Среда"), None] for contest in contests}
    tracks = {
        contest: [*(TrackFactory(contest=contest, code=code) for code in ("practices", "adoption")), None]
        for contest in contests
    }
    practices = []
    for place in range(40):
        contest = dice.choice(contests)
        practices.append(
            Practice(
                slug=f"practice-{place}",
                title=dice.choice(["Двор", "Парк"]),
                contest=contest,
                territory=dice.choice(cities),
                theme=dice.choice(themes),
                nomination=dice.choice(nominations[contest]),
                track=dice.choice(tracks[contest]),
                award=dice.choice(["winner", "participant", ""]),
                started_year=dice.choice([2016, 2020, None]),
                cost_total=dice.choice([None, 50_000, 700_000]),
                people_reached=dice.choice([None, 80, 5_000]),
                published_at=dice.choice([utc(2024, 12, 1)] * 9 + [None]),
            )
        )
    Practice.objects.bulk_create(practices)
    for practice in Practice.objects.published():
        index_practice(practice)


def facts_of(practice):
    """What each facet asks for, read without the database's help."""
    cost, people = practice.cost_total, practice.people_reached
    return {
        "award": practice.award,
        "year": str(practice.contest.year),
        "theme": practice.theme.slug if practice.theme else "",
        "territory": practice.territory.slug,
        "region": practice.territory.region,
        "nomination": practice.nomination.title if practice.nomination else "",
        "track": practice.track.code if practice.track else "",
        "started": str(practice.started_year or ""),
        "cost": "" if cost is None else "up-to-100k" if cost <= 100_000 else "500k-1m",
        "people": "" if people is None else "up-to-100" if people <= 100 else "1000-10000",
    }


@pytest.mark.usefixtures("random_bank")
def test_every_count_is_what_a_click_would_give():
    bank = [
        (practice, facts_of(practice)) for practice in Practice.objects.published().with_card().select_related("track")
    ]
    options = {facet: sorted({facts[facet] for _practice, facts in bank} - {""}) for facet in bank[0][1]}
    dice = random.Random(3)  # noqa: S311 - the same dice every time, nothing to guess
    for _question in range(25):
        facets = dice.sample(list(options), dice.randint(0, 4))
        chosen = {facet: dice.sample(options[facet], dice.randint(1, min(2, len(options[facet])))) for facet in facets}
        words = dice.choice(["", "двор"])
        query = QueryDict(mutable=True)
        query["q"] = words
        for facet, picked in chosen.items():
            query.setlist(facet, picked)

        def finds(practice, facts, but="", words=words, chosen=chosen):
            has_words = not words or practice.title == "Двор"
            return has_words and all(facts[facet] in picked for facet, picked in chosen.items() if facet != but)

        asked = BankFilter(query)
        found = {practice.pk for practice, facts in bank if finds(practice, facts)}
        assert {practice.pk for practice in asked.practices()} == found
        assert asked.cube.found == len(found)
        for facet, values in options.items():
            counts = asked.cube.counts(facet)
            expected = {
                value: sum(finds(practice, facts, facet) for practice, facts in bank if facts[facet] == value)
                for value in values
            }
            assert (query.urlencode(), facet, {value: counts[value] for value in values}) == (
                query.urlencode(),
                facet,
                expected,
            )


@pytest.mark.parametrize("count", [1, 30])
def test_cube_is_one_query_for_one_and_many_and_kept_until_the_bank_changes(count, django_assert_num_queries):
    PracticeFactory.create_batch(count, title="Двор")
    question = "q=двор&award=winner&started=2016&cost=1m-10m"
    asked = ask(question)
    assert asked.problems == []

    with django_assert_num_queries(2):  # the bank's version, the cube
        assert asked.cube.total == count
    again = ask(question)
    assert again.problems == []
    with django_assert_num_queries(1):
        assert again.cube == asked.cube
    PracticeFactory(title="Двор")
    assert ask(question).cube.total == count + 1


# --- Order --------------------------------------------------------------------------------------------------------


@pytest.fixture
def shelf():
    old, new = ContestFactory(year=2019), ContestFactory(year=2021)
    donor = PracticeFactory(title="Парк", summary="И двор.", contest=old, cost_total=Decimal("200000"))
    garden = PracticeFactory(title="Сад", summary="И двор.", contest=new, cost_total=None)
    at_home = {"territory": garden.territory, "donor": garden}  # a city that repeats its own has not adopted
    PracticeFactory(title="Двор", contest=old, cost_total=Decimal("1000000"), **at_home)
    PracticeFactory(title="Сквер", summary="И двор.", contest=new, cost_total=Decimal("50000.50"), donor=donor)
    PracticeFactory(
        title="Тайный последователь", contest=new, published_at=None, donor=Practice.objects.get(title="Двор")
    )


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    ("query", "order"),
    [
        ("", ["Сад", "Сквер", "Парк", "Двор"]),
        ("sort=newest", ["Сад", "Сквер", "Парк", "Двор"]),
        ("sort=relevance", ["Сад", "Сквер", "Парк", "Двор"]),
        ("q=двор", ["Двор", "Сад", "Сквер", "Парк"]),
        ("q=двор&sort=newest", ["Сад", "Сквер", "Парк", "Двор"]),
        ("sort=adopted", ["Парк", "Сад", "Сквер", "Двор"]),
        ("sort=cost", ["Сквер", "Парк", "Двор", "Сад"]),
        ("sort=-cost", ["Двор", "Парк", "Сквер", "Сад"]),
        ("sort=cost&sort=-cost", ["Двор", "Парк", "Сквер", "Сад"]),
        ("sort=%00", ["Сад", "Сквер", "Парк", "Двор"]),
    ],
)
def test_practices_stand_in_the_order_asked_for_unknown_costs_last(query, order):
    assert titles(query) == order
