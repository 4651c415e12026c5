"""Every kind of public page in a real browser: axe finds nothing, and nothing is wider than its window."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from competition.models import Contest
from practices.models import Practice
from tests.factories import (
    CollectionFactory,
    ContestFactory,
    ContestFormFactory,
    PassportFactory,
    PracticeFactory,
    ThemeFactory,
    TrackFactory,
    utc,
    whole_answers,
)


@pytest.fixture
def bank():
    """A whole passport, a card alone and an adoption of it, in two cities, in a collection; a contest that is open."""
    coming = ContestFactory(
        year=2090, announced_at=None, judging_opens_at=utc(2090, 6, 1), judging_closes_at=utc(2090, 7, 1)
    )
    TrackFactory(contest=coming, opens_at=utc(2020, 1, 1), closes_at=utc(2090, 5, 31))
    ContestFormFactory(contest=coming)
    past = ContestFactory(year=2021)
    passport = PassportFactory(application__contest=past, application__admitted=True, answers=whole_answers())
    whole = PracticeFactory(contest=past, theme=ThemeFactory(), passport=passport, award="winner", slug="whole")
    card = PracticeFactory(contest=past, theme=whole.theme, key_figures=[("> 100", "жителей")], slug="card")
    PracticeFactory(contest=ContestFactory(year=2023), donor=card, slug="adoption", published_at=utc(2023, 12, 1))
    CollectionFactory(practices=[whole, card], slug="collection")
    return whole


def addresses(bank: Practice) -> list[str]:
    found = reverse("practices:bank")
    return [
        reverse("portal:home"),
        found,
        f"{found}?q=кружок&award=winner",
        f"{found}?view=list",
        f"{found}?view=map",
        f"{found}?q=нигде",
        f"{found}?q=кружок&year=2090",
        f"{found}?year=abc",
        *(practice.get_absolute_url() for practice in Practice.objects.all()),
        reverse("practices:practice_adopt", args=["whole"]),
        f"{reverse('practices:favourite_list')}?p=whole&p=card",
        f"{reverse('practices:compare')}?p=whole&p=card",
        f"{reverse('practices:search_follow')}?year=2021",
        reverse("practices:search_sent"),
        reverse("practices:collection_list"),
        reverse("practices:collection_detail", args=["collection"]),
        reverse("practices:contest_list"),
        *(contest.get_absolute_url() for contest in Contest.objects.all()),
        reverse("practices:territory_list"),
        bank.territory.get_absolute_url(),
        reverse("practices:stats"),
        reverse("practices:api_page"),
    ]


def test_public_pages_are_for_everybody_at_every_width(page, live_server, bank, faults):
    found = {}
    for address in addresses(bank):
        page.goto(live_server.url + address)
        found[address] = faults(page)

    assert {address: wrong for address, wrong in found.items() if wrong} == {}


def test_a_practice_is_printed_with_the_heads_of_its_tables(page, live_server, bank):
    page.set_viewport_size({"width": 700, "height": 990})  # a sheet
    page.goto(live_server.url + bank.get_absolute_url())
    head, cell = page.locator(".dt-stack thead").first, page.locator(".dt-stack tbody td:not(.k)").first
    expect(cell).to_have_css("display", "block")  # on a screen of that width the table is stacked

    page.emulate_media(media="print")

    expect(head).to_have_css("position", "static")
    expect(head).to_have_css("clip-path", "none")
    expect(cell).to_have_css("display", "table-cell")
