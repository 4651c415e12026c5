"""The page of the API in Chromium: a form that shows its JSON beside it."""

from playwright.sync_api import expect

from tests.factories import PracticeFactory


def test_form_shows_the_answer_and_the_same_for_a_terminal(live_server, page, axe):
    PracticeFactory(slug="yard", title="Двор для подростков")
    page.goto(live_server.url + "/api/")
    asked = page.locator("#api_practice")

    asked.get_by_label("slug").fill("yard")
    asked.get_by_role("button", name="Спросить").press("Enter")

    expect(asked.get_by_role("status")).to_have_text("200 OK")
    expect(asked.locator("[data-answer] code")).to_contain_text('"title": "Двор для подростков"')
    expect(asked.locator("[data-curl]")).to_have_text(f"curl '{live_server.url}/api/v1/practices/yard'")
    assert page.url == live_server.url + "/api/"
    assert axe(page) == []
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
