"""The donor beside the editor in a real browser: it saves itself, and never at the cost of the text beside it."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from competition.enums import TrackCode
from practices.models import DonorComparison, PassportSection
from tests.factories import PassportFactory, PracticeFactory

DONORS_WAY = "Каждый двор сам выбирает место для скамейки."


@pytest.fixture
def adoption(passport):
    """The passport of this folder as an adoption of a public practice."""
    track = passport.application.track
    track.code = TrackCode.ADOPTION
    track.save()
    donor = PassportFactory(application__admitted=True, answers={"goals": DONORS_WAY})
    passport.donor = PracticeFactory(title="Двор без луж", passport=donor)
    passport.save()
    return passport


@pytest.fixture
def section(adoption):
    return reverse("practices:section_edit", args=[adoption.application.key, "goals"])


@pytest.fixture
def page(new_context, owner, sign_in, live_server, section):
    context = new_context()
    sign_in(context, owner)
    page = context.new_page()
    page.goto(f"{live_server.url}{section}")
    return page


def beside(page):
    return page.locator("#donor")


def said(page):
    return beside(page).locator("[data-state]")


def test_choice_and_reason_save_themselves_beside_unsaved_text(page, adoption):
    page.evaluate("document.getElementById('section-form').addEventListener('htmx:confirm', (e) => e.preventDefault())")
    page.fill("[name='text-0']", "Ещё не сохранённый текст")
    expect(beside(page)).to_contain_text(DONORS_WAY)
    beside(page).get_by_label("Изменили").check()
    expect(said(page)).to_contain_text("Сохранено")
    page.get_by_label("Почему").fill("Дворов меньше")
    page.get_by_label("Почему").blur()
    expect(said(page)).to_contain_text("Сохранено")

    comparison = DonorComparison.objects.get(code="goals")
    assert (comparison.choice, comparison.why) == ("changed", "Дворов меньше")
    assert page.input_value("[name='text-0']") == "Ещё не сохранённый текст"
    assert "Ещё" not in str(PassportSection.objects.get(passport=adoption, code="goals").content)


def test_lost_network_loses_no_word_of_the_comparison(page):
    page.context.set_offline(True)
    beside(page).get_by_label("Отказались").check()
    expect(said(page)).to_contain_text("Нет связи")

    page.context.set_offline(False)

    expect(said(page)).to_contain_text("Сохранено")
    assert DonorComparison.objects.get(code="goals").choice == "dropped"


def test_on_a_telephone_the_donor_is_folded_until_asked_for(new_context, owner, sign_in, live_server, section, axe):
    context = new_context()
    sign_in(context, owner)
    page = context.new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{live_server.url}{section}")
    expect(beside(page).get_by_text(DONORS_WAY)).to_be_hidden()

    page.get_by_role("link", name="Раздел практики-донора").click()

    expect(beside(page).get_by_text(DONORS_WAY)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert axe(page) == []


def test_without_javascript_the_comparison_has_a_page_of_its_own(new_context, owner, sign_in, live_server, section):
    context = new_context(java_script_enabled=False)
    sign_in(context, owner)
    page = context.new_page()
    page.goto(f"{live_server.url}{section}")
    beside(page).locator("summary").click()
    page.get_by_role("link", name="Отметить, что сохранили").click()

    page.get_by_label("Сохранили").check()
    page.get_by_label("Почему").fill("Подходит и нам")
    page.get_by_role("button", name="Сохранить").click()

    expect(beside(page).locator("summary")).to_contain_text("Сохранили")
    comparison = DonorComparison.objects.get(code="goals")
    assert (comparison.choice, comparison.why) == ("kept", "Подходит и нам")
