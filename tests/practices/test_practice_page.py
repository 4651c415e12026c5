"""The page of a practice: what it shows of the passport and what it hides, its family, its way into another city."""

import pytest
from django.urls import reverse

from practices.models import DeadHost, Practice
from tests.factories import (
    ApplicationFactory,
    ContestFactory,
    ContestFormFactory,
    PassportFactory,
    PracticeFactory,
    TerritoryFactory,
    ThemeFactory,
    TrackFactory,
    UserFactory,
    edition,
    utc,
)
from tests.page import Page

pytestmark = pytest.mark.django_db


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
