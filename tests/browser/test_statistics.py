"""Statistics in Chromium: charts with their tables at both widths, on paper, by axe."""

from decimal import Decimal

import pytest
from playwright.sync_api import expect

from practices.models import CostShare
from tests.factories import ContestFactory, PracticeFactory, TerritoryFactory, ThemeFactory

PHONE = 390


@pytest.fixture
def bank():
    for year, filed in ((2017, 69), (2018, 75), (2021, 109)):
        ContestFactory(year=year, applications_on_record=filed)
    donor = PracticeFactory(contest=ContestFactory(year=2018), award="winner", theme=ThemeFactory())
    practice = PracticeFactory(
        title="Школа дворов",
        territory=TerritoryFactory(name="Заречный", region="Свердловская область"),
        donor=donor,
        cost_total=Decimal("9770500.50"),
        people_reached=12_000,
    )
    for order, source in enumerate(("Муниципальный бюджет", "Грант")):
        CostShare.objects.create(practice=practice, source=source, amount=Decimal("4885250.25"), order=order)


def test_charts_and_tables_fit_the_screen_and_the_sheet(page, live_server, axe, bank):
    years, cities = page.locator("#years svg[role=img]"), page.get_by_role("table", name="По городам")
    page.goto(f"{live_server.url}/stats/")

    expect(years).to_be_visible()
    expect(cities.get_by_role("link", name="Заречный")).to_be_visible()
    assert axe(page) == []

    page.set_viewport_size({"width": PHONE, "height": 844})
    expect(years).to_be_hidden()
    expect(page.locator("#years").get_by_role("img")).to_contain_text("109")
    expect(cities).to_be_hidden()
    page.locator("#cities summary").click()
    expect(cities.get_by_role("link", name="Заречный")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE
    assert axe(page) == []

    page.emulate_media(media="print")
    expect(page.get_by_role("table", name="Затраты по источникам")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('#cities tbody tr')).display") == "table-row"
