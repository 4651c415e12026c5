"""The home page in Chromium: no barriers, no sideways scroll, the scheme by mouse, keyboard and as a list."""

from datetime import timedelta

import pytest
from django.utils.timezone import now
from playwright.sync_api import expect

from competition.models import Territory
from portal.demo.record import load_record
from tests.factories import ContestFactory, PracticeFactory, TrackFactory

DAY = timedelta(days=1)

WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture
def home(live_server):
    """The portal as it is delivered: all cities, the years on record, an open contest."""
    load_record()
    TrackFactory(contest=ContestFactory(announced_at=None), opens_at=now() - DAY, closes_at=now() + 9 * DAY)
    return live_server.url


@pytest.fixture
def scheme(page):
    return page.get_by_role("group", name="Схема: 27 городов конкурса")


def test_home_has_no_barriers_and_never_scrolls_sideways(page, home, faults):
    page.goto(home)
    page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true })")

    assert faults(page, widths=(1440, 768, 390, 320)) == []


def test_empty_portal_has_no_barriers(page, live_server, axe):
    page.goto(live_server.url)

    expect(page.get_by_role("heading", name="Конкурс ещё не объявлен")).to_be_visible()
    assert axe(page) == []


def test_names_on_the_scheme_lie_on_nothing_else(page, home, scheme):
    """What the layout reckons with an average letter holds for the letters as they are drawn."""
    page.goto(home)
    expect(scheme).to_be_visible()
    page.evaluate("document.fonts.ready")

    boxes = [text.bounding_box() for text in scheme.locator("text").all()]

    assert len(boxes) == 27 + 4 + 1  # the cities, the captions of the rings, Moscow
    for place, one in enumerate(boxes):
        for other in boxes[:place]:
            beside = one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"]
            below = one["y"] + one["height"] <= other["y"] or other["y"] + other["height"] <= one["y"]
            assert beside or below, (one, other)


def test_city_of_the_scheme_opens_by_keyboard(page, home, scheme):
    page.goto(home)
    city = scheme.get_by_role("link", name="Саров")

    city.focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Саров")


def test_phone_and_low_vision_have_the_cities_as_a_list(page, home, scheme):
    page.set_viewport_size(PHONE)
    page.goto(home)
    expect(scheme).to_be_hidden()
    page.get_by_text("Города списком").click()
    expect(page.locator(".home-cities").get_by_role("link")).to_have_count(Territory.objects.count())

    page.set_viewport_size(WIDE)
    expect(page.get_by_text("Города списком")).to_be_hidden()
    page.get_by_role("button", name="Версия для слабовидящих").click()
    expect(page.get_by_text("Города списком")).to_be_visible()
    expect(scheme).to_be_hidden()


def test_search_leads_into_the_bank(page, home):
    page.goto(home)

    page.get_by_label("Найти практику в банке").fill("волонтёры")
    page.get_by_role("button", name="Найти").click()

    expect(page).to_have_url(f"{home}/bank/?q=%D0%B2%D0%BE%D0%BB%D0%BE%D0%BD%D1%82%D1%91%D1%80%D1%8B")


def test_year_of_the_chart_opens_from_anywhere_on_its_bar(page, live_server):
    PracticeFactory(contest=ContestFactory(year=2021, applications_on_record=109), award="winner")
    page.goto(live_server.url)

    page.locator(".year", has_text="2021").click(position={"x": 40, "y": 120})

    expect(page).to_have_url(f"{live_server.url}/contests/2021/")
