"""Favourites and comparison in Chromium: kept by the browser, taken over, compared; by keyboard; axe."""

import re

import pytest
from playwright.sync_api import expect

from practices.models import Practice
from tests.factories import PracticeFactory, UserFactory

THREE = '["yard","pond","park"]'
PHONE, NARROW = {"width": 390, "height": 844}, {"width": 320, "height": 640}


@pytest.fixture
def shelf():
    for number, slug in enumerate(("yard", "park", "pond")):
        PracticeFactory(slug=slug, title=f"Практика {slug}", description=f"Рассказ о {slug}.", order=number)


def test_browser_keeps_favourites_until_they_are_taken_over(page, live_server, sign_in, shelf, axe):
    page.goto(live_server.url + "/bank/")
    page.get_by_role("button", name="Избранное: Практика park").click()
    yard = page.get_by_role("button", name="Избранное: Практика yard")
    yard.focus()
    page.keyboard.press("Space")
    expect(yard).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-kept-count]")).to_have_text("2")
    assert page.context.cookies() == []

    page.evaluate(f"localStorage.setItem('favourites', '{THREE}')")
    Practice.objects.filter(slug="pond").update(published_at=None)
    page.goto(live_server.url + "/bank/favourites/")
    page.wait_for_url("**/bank/favourites/?p=yard&p=pond&p=park")
    expect(page.get_by_role("article")).to_have_count(2)
    assert page.evaluate("localStorage.getItem('favourites')") == '["yard","park"]'
    assert axe(page) == []

    page.evaluate(f"localStorage.setItem('favourites', '{THREE}')")
    person = UserFactory()
    sign_in(page.context, person)
    page.goto(live_server.url + "/bank/favourites/")
    assert person.favourites.count() == 0
    page.get_by_role("button", name="Перенести в моё избранное").click()
    expect(page.get_by_role("article")).to_have_count(2)
    expect(page.get_by_text(re.compile("1.практики больше нет в банке"))).to_be_visible()
    expect(page.get_by_role("button", name="Перенести в моё избранное")).to_be_hidden()
    assert page.evaluate("localStorage.getItem('favourites')") == "[]"
    assert [kept.practice.slug for kept in person.favourites.all()] == ["yard", "park"]

    page.get_by_role("button", name="Избранное: Практика park").click()
    expect(page.get_by_role("button", name="Избранное: Практика park")).to_have_attribute("aria-pressed", "false")
    assert person.favourites.count() == 1
    page.reload()
    expect(page.get_by_role("article")).to_have_count(1)


def test_chosen_practices_are_compared_narrow_and_without_javascript(page, new_context, live_server, shelf, axe):
    page.goto(live_server.url + "/bank/")
    bar = page.get_by_role("region", name="Сравнение")
    page.get_by_role("button", name="Сравнить: Практика yard").click()
    expect(bar).to_contain_text("Отметьте ещё хотя бы одну")
    page.goto(live_server.url + "/bank/park/")
    page.get_by_role("button", name="Сравнить", exact=True).click()
    bar.get_by_role("link", name=re.compile("Сравнить 2")).click()

    page.wait_for_url("**/bank/compare/?p=yard&p=park")
    expect(page.get_by_text("Рассказ о park.")).to_be_visible()
    assert axe(page) == []
    for size in (PHONE, NARROW):
        page.set_viewport_size(size)
        expect(page.get_by_role("heading", name="Практика park").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    plain = new_context(java_script_enabled=False).new_page()
    plain.goto(live_server.url + "/bank/favourites/?p=yard&p=park&p=pond")
    expect(plain.get_by_role("button", name=re.compile("Избранное"))).to_have_count(0)
    plain.get_by_label("Сравнить: Практика yard").check()
    plain.get_by_label("Сравнить: Практика pond").check()
    plain.get_by_role("button", name="Сравнить отмеченные").click()
    plain.wait_for_url("**/bank/compare/?p=yard&p=pond")
