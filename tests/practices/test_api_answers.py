"""What the API tells beside its list: a practice whole, years, cities, themes; and the headers of every answer."""

from datetime import date

import pytest

from competition.enums import Category
from competition.models import Territory
from practices.models import CostShare, Practice
from tests.factories import (
    AttachmentFactory,
    ConsentFactory,
    ContestFactory,
    NominationFactory,
    PassportFactory,
    PracticeFactory,
    TerritoryFactory,
    ThemeFactory,
    TrackFactory,
    utc,
)

pytestmark = pytest.mark.django_db

API = "/api/v1/"
ADDRESSES = ["", "openapi.json", "practices", "practices/school", "contests", "territories", "themes"]


@pytest.fixture
def school() -> Practice:
    """A practice with a whole passport and a file; its team is personal, its contacts are nobody's business."""
    contest = ContestFactory(year=2021)
    answers = {
        "description": {"blocks": [{"text": "Читаем вслух."}, {"table": [["Класс", "Книг"], ["", ""], ["5", "12"]]}]},
        "costs": [{"item": "Книги", "amount": "150 000", "source": "Бюджет"}],
        "team": "Команда Школы",
        "contacts": [{"person": "Директор", "contact": "director@example.org"}],
    }
    passport = PassportFactory(application__contest=contest, application__title="Школа чтения", answers=answers)
    practice = PracticeFactory(
        slug="school",
        title="Школа чтения",
        contest=contest,
        track=TrackFactory(contest=contest),
        passport=passport,
        cost_total="150000.50",
        people_reached=1200,
        started_year=2019,
        key_figures=[("> 1200", "слушателей")],
        donor=PracticeFactory(slug="yard", contest=contest),
    )
    CostShare.objects.create(practice=practice, source="Бюджет", amount="150000.50")
    return practice


def test_practice_tells_its_facts(client, school):
    PracticeFactory(slug="again", donor=school)
    PracticeFactory(slug="not-yet", donor=school, published_at=None)
    PracticeFactory(slug="at-home", donor=school, territory=school.territory)

    answer = client.get(f"{API}practices/school").json()

    assert answer["title"] == "Школа чтения"
    assert (answer["track"], answer["started_year"], answer["people_reached"]) == ("practices", 2019, 1200)
    assert (answer["cost_total"], answer["cost_shares"]) == (150000.5, [{"source": "Бюджет", "amount": 150000.5}])
    assert answer["key_figures"] == [{"value": "> 1200", "label": "слушателей"}]
    assert answer["donor"]["slug"] == "yard"
    assert [adoption["slug"] for adoption in answer["adoptions"]] == ["again"]
    assert answer["api_url"] == "http://testserver/api/v1/practices/school"


def test_practice_tells_the_public_sections_of_its_passport(client, school):
    sections = {section["code"]: section for section in client.get(f"{API}practices/school").json()["sections"]}

    assert set(sections) == {"title", "description", "costs"}
    assert sections["description"]["content"] == [
        {"type": "text", "text": "Читаем вслух."},
        {"type": "table", "title": "", "columns": [], "rows": [["Класс", "Книг"], ["5", "12"]]},
    ]
    (costs,) = sections["costs"]["content"]
    assert [column["code"] for column in costs["columns"]] == ["item", "amount", "source"]
    assert costs["rows"] == [["Книги", "150 000", "Бюджет"]]


def test_team_and_files_are_told_with_a_consent_and_contacts_never(client, school):
    file = AttachmentFactory(passport=school.passport, for_publication=True, caption="Письмо школе")
    before = client.get(f"{API}practices/school")
    consent = ConsentFactory(application=school.passport.application, categories=list(Category))
    within = client.get(f"{API}practices/school")
    consent.delete()
    after = client.get(f"{API}practices/school")

    assert "Команда Школы" in within.content.decode()
    assert within.json()["attachments"] == [
        {
            "kind": "letter",
            "caption": "Письмо школе",
            "file_name": "Письмо.pdf",
            "content_type": "application/pdf",
            "size": file.size,
            "sha256": file.sha256,
            "url": f"http://testserver/bank/school/files/{file.token}/",
        }
    ]
    assert before.content == after.content
    assert "Команда Школы" not in before.content.decode()
    assert "director@example.org" not in within.content.decode()


def test_donor_that_is_not_public_is_not_told(client, school):
    Practice.objects.filter(slug="yard").update(published_at=None)

    assert client.get(f"{API}practices/school").json()["donor"] is None


def test_contests_tell_their_numbers_once_announced(client):
    past = ContestFactory(year=2021, applications_on_record=40)
    PracticeFactory(contest=past, award="winner")
    PracticeFactory(contest=past)
    NominationFactory(contest=past, title="Развитие среды")
    now = ContestFactory(year=2026, announced_at=None, applications_on_record=7)
    TrackFactory(contest=now, opens_at=utc(2026, 2, 15), closes_at=utc(2026, 8, 15))

    latest, earlier = client.get(f"{API}contests").json()["results"]

    assert (latest["year"], latest["applications"], latest["announced_at"]) == (2026, None, None)
    assert [(track["code"], track["opens_at"]) for track in latest["tracks"]] == [("practices", "2026-02-15T00:00:00Z")]
    assert (earlier["applications"], earlier["winners"], earlier["practices"]) == (40, 1, 2)
    assert (earlier["opens_on"], earlier["nominations"]) == (date(2021, 2, 15).isoformat(), ["Развитие среды"])
    assert earlier["practices_url"] == "http://testserver/api/v1/practices?year=2021"


def test_territories_tell_where_they_lie_and_what_they_gave(client):
    tver = TerritoryFactory(slug="tver", name="Тверь")
    PracticeFactory(territory=tver, award="winner")
    PracticeFactory(territory=tver, published_at=None)

    answer = client.get(f"{API}territories").json()

    assert answer["count"] == Territory.objects.count() == 1
    (row,) = answer["results"]
    assert (row["slug"], row["practices"], row["winners"]) == ("tver", 1, 1)
    assert (row["latitude"], row["longitude"]) == (56.8587, 35.9176)
    assert (row["distance_km"], row["bearing"]) == (161.3, 320.2)


def test_themes_count_public_practices(client):
    theme = ThemeFactory(slug="social-sphere", title="Социальная сфера")
    PracticeFactory(theme=theme)
    PracticeFactory(theme=theme, published_at=None)

    assert client.get(f"{API}themes").json() == {
        "count": 1,
        "results": [
            {
                "slug": "social-sphere",
                "title": "Социальная сфера",
                "practices": 1,
                "practices_url": "http://testserver/api/v1/practices?theme=social-sphere",
            }
        ],
    }


def test_links_lead_from_page_to_page(client):
    PracticeFactory.create_batch(5, title="Двор")

    first = client.get(f"{API}practices?q=двор&limit=2&year=2021")
    second = client.get(f"{API}practices?q=двор&limit=2&offset=1")

    query = "q=%D0%B4%D0%B2%D0%BE%D1%80&limit=2"
    assert first.headers["Link"] == f'<http://testserver/api/v1/practices?{query}&year=2021&offset=2>; rel="next"'
    assert second.headers["Link"] == (
        f'<http://testserver/api/v1/practices?{query}&offset=3>; rel="next", '
        f'<http://testserver/api/v1/practices?{query}&offset=0>; rel="prev"'
    )
    assert "Link" not in client.get(f"{API}practices")


@pytest.mark.usefixtures("school")
@pytest.mark.parametrize("address", ADDRESSES)
def test_answers_are_asked_for_again_and_open_to_every_site(client, address):
    first = client.get(API + address)
    again = client.get(API + address, headers={"If-None-Match": first.headers["ETag"]})

    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert first.headers["Cache-Control"] == "no-cache"
    assert again.headers["ETag"] == first.headers["ETag"]
    assert {answer.headers["Access-Control-Allow-Origin"] for answer in (first, again)} == {"*"}
    assert not first.cookies


def test_practice_that_leaves_the_bank_is_gone_at_once(client, school):
    kept = client.get(f"{API}practices/school").headers["ETag"]
    listed = client.get(f"{API}practices").headers["ETag"]

    Practice.objects.filter(pk=school.pk).update(published_at=None)

    assert client.get(f"{API}practices/school", headers={"If-None-Match": kept}).status_code == 404
    assert client.get(f"{API}practices", headers={"If-None-Match": listed}).status_code == 200


@pytest.mark.parametrize(
    "address", ["nothing", "practices/no-such", "practices/", "practices/%00", "a%0Ab", "practices/ё"]
)
def test_nothing_is_told_in_json(client, address):
    answer = client.get(API + address)

    assert (answer.status_code, answer.json()) == (404, {"error": "По этому адресу API ничего нет."})


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_can_be_changed(client, address):
    answer = client.post(API + address, {"title": "x"})

    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert answer.json() == {"error": "Здесь читают методом GET; изменить ничего нельзя."}


def test_address_may_not_be_endless(client):
    answer = client.get(f"{API}themes?q={'x' * 8000}")

    assert (answer.status_code, answer.json()) == (414, {"error": "Адрес длиннее 8000 знаков."})


def test_another_site_may_ask_whether_it_may(client):
    answer = client.options(f"{API}practices", headers={"Origin": "https://example.org"})

    assert (answer.status_code, answer.headers["Access-Control-Allow-Headers"]) == (204, "If-None-Match")


@pytest.mark.parametrize(
    ("address", "queries"), [("practices/school", 11), ("contests", 4), ("territories", 2), ("themes", 2), ("", 0)]
)
@pytest.mark.parametrize("count", [1, 3])
def test_answers_cost_the_same_for_one_and_many(client, school, address, queries, count, django_assert_num_queries):
    for year in range(2010, 2010 + count):
        contest = ContestFactory(year=year)
        adoption = PracticeFactory(contest=contest, donor=school, theme=ThemeFactory())
        TrackFactory(contest=contest)
        NominationFactory(contest=contest)
        AttachmentFactory(passport=school.passport, for_publication=True)
        CostShare.objects.create(practice=school, source="Фонд", amount=1, order=adoption.pk)
    ConsentFactory(application=school.passport.application)

    with django_assert_num_queries(queries):
        client.get(API + address)


def test_page_offers_a_form_for_every_address(client, school):
    page = client.get("/api/").content.decode()

    for address in ADDRESSES:
        if address not in {"openapi.json", "practices/school"}:
            assert f'action="{API}{address}"' in page
    assert "<option>school" not in page
    assert "<code>slug</code>" in page


@pytest.mark.parametrize(
    ("slug", "address"), [("school", "school"), (" a/b\x00 ", "a%2Fb%00"), ("ёж", "%D1%91%D0%B6"), ("..", "..")]
)
def test_form_of_a_practice_leads_to_its_json(client, slug, address):
    assert client.get("/api/", {"slug": slug}).headers["Location"] == f"/api/v1/practices/{address}"
