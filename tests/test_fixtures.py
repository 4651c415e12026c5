"""The recorded facts of the contest: what stands in fixtures/ must stay what the sources say."""

import json
import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
RECORDED_WINNERS = {2018: 6, 2019: 8, 2020: 5, 2021: 8}


def read(name):
    return json.loads((FIXTURES / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def territories():
    return read("territories.json")


@pytest.fixture(scope="module")
def winners():
    return read("winners.json")


@pytest.fixture(scope="module")
def contests():
    return read("contests.json")


def test_territories_are_the_27_cities(territories):
    assert len({city["slug"] for city in territories}) == 27
    assert len(territories) == 27


def test_territories_called_alike_are_told_apart_by_region(territories):
    names = Counter(city["name"] for city in territories)
    zarechny = {city["slug"]: city["region"] for city in territories if city["name"] == "Заречный"}

    assert {name for name, times in names.items() if times > 1} == {"Заречный"}
    assert zarechny == {"zarechny-penza": "Пензенская область", "zarechny-sverdlovsk": "Свердловская область"}
    assert len({(city["name"], city["region"]) for city in territories}) == 27


def test_territories_lie_in_russia_and_keep_real_time(territories):
    for city in territories:
        assert 41 <= city["latitude"] <= 78, city["slug"]
        assert 27 <= city["longitude"] <= 180, city["slug"]
        assert ZoneInfo(city["time_zone"]).key == city["time_zone"]


def test_territories_time_zones_reach_from_moscow_to_chukotka(territories):
    noon = datetime(2021, 7, 1, 12, tzinfo=UTC)
    offsets = {noon.astimezone(ZoneInfo(city["time_zone"])).utcoffset() for city in territories}

    assert (min(offsets), max(offsets)) == (timedelta(hours=3), timedelta(hours=12))


def test_contests_add_up_to_420_applications(contests):
    assert {contest["year"]: contest["applications"] for contest in contests} == {
        2017: 69,
        2018: 75,
        2019: 88,
        2020: 79,
        2021: 109,
    }
    assert sum(contest["applications"] for contest in contests) == 420


def test_contests_have_windows_inside_their_year(contests):
    for contest in contests:
        opens, closes = date.fromisoformat(contest["opens_on"]), date.fromisoformat(contest["closes_on"])

        assert opens < closes
        assert {opens.year, closes.year} == {contest["year"]}


def test_contests_know_nominations_of_2018_only(contests):
    assert {c["year"]: len(c["nominations"]) for c in contests} == {2017: 0, 2018: 6, 2019: 0, 2020: 0, 2021: 0}


def test_themes_are_six_with_a_mark_each():
    themes = read("themes.json")

    assert [theme["mark"] for theme in themes] == ["hum", "civ", "comf", "econ", "soc", "vol"]
    assert [theme["order"] for theme in themes] == [1, 2, 3, 4, 5, 6]


def test_winners_are_27_by_year(winners):
    assert Counter(winner["year"] for winner in winners) == RECORDED_WINNERS
    assert len({winner["slug"] for winner in winners}) == 27


def test_winners_are_numbered_as_in_the_list_of_their_year(winners):
    for year, count in RECORDED_WINNERS.items():
        assert [w["sort"] for w in winners if w["year"] == year] == list(range(1, count + 1))


def test_winners_point_to_known_territories_and_themes(winners, territories):
    assert {w["territory"] for w in winners} <= {city["slug"] for city in territories}
    assert {w["theme"] for w in winners} <= {theme["slug"] for theme in read("themes.json")}


def test_winners_started_before_they_won(winners):
    assert [w["slug"] for w in winners if not 2000 <= w["started_year"] <= w["year"]] == []


def test_winners_tell_their_story_in_short_paragraphs(winners):
    for winner in winners:
        assert 40 <= len(winner["summary"]) <= 200, winner["slug"]
        assert 2 <= len(winner["description"].split("\n\n")) <= 4, winner["slug"]


def test_winners_have_every_key_figure_of_their_card(winners):
    figures = {}
    for winner in winners:
        figures.setdefault(winner["year"], []).append([bare(figure["value"]) for figure in winner["key_figures"]])

    assert figures == {
        2018: [
            [">100", "2,6млн₽", "300", "23"],
            [">1150", ">110", ">2400"],
            ["26", "11", ">3800"],
            ["100%", "20", "12"],
            ["500000₽", ">90%"],
            [">10000", ">50", "250"],
        ],
        2019: [
            ["3–6", "815", "24%"],
            ["380", "42", "16"],
            ["5", "50", ">5000"],
            ["75", "15"],
            ["78", "3321", "117"],
            ["25", "125", ">1000"],
            [">300", ">4500", "187", "1542"],
            ["6", ">50", ">3000"],
        ],
        2020: [
            ["40", "20", "5", "10", "40", "35"],
            ["62", "34", ">1200", "1500", "1500"],
            ["106", "64"],
            ["57%", "14", "10"],
            ["353", "56", "256", "56"],
        ],
        2021: [
            ["4", "7минут", "15", "42"],
            ["15", "60"],
            ["4830", "9", "5", "7", "19"],
            ["150", "200", "100", "60", "15", "5"],
            ["210", "250", "22"],
            ["22", "70минут", "49", ">34тыс.", ">1700"],
            ["20", "200"],
            ["120", "10", "190", "36"],
        ],
    }


def bare(value):
    return re.sub(r"\s", "", value)


def test_winners_are_free_of_the_slips_of_the_print(winners):
    text = json.dumps(winners, ensure_ascii=False) + json.dumps(read("territories.json"), ensure_ascii=False)

    assert [slip for slip in ("ЗАО г.", "Железнодорож", "волонтер", "ребенк", '\\"') if slip in text] == []
    assert text.count("«") == text.count("»")


def test_fixtures_hold_no_real_mail_address_and_no_real_telephone():
    for path in FIXTURES.glob("*.json"):
        text = path.read_text(encoding="utf-8")
        telephones = re.findall(r"(?<!\d)(?:\+7|8)[\s\u00a0(-]*\d{3}[\s\u00a0)-]*\d[\d\s\u00a0-]{6,}\d", text)

        assert set(re.findall(r"[\w.+-]+@([\w.-]+)", text)) <= {"example.org"}, path.name
        assert set(telephones) <= {"+7 (000) 000-00-00"}, path.name
