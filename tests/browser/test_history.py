"""Two texts beside each other in a real browser: parts of both are kept, an earlier one comes back."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from practices.models import PassportSection
from practices.services import save_section


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def page(new_context, owner, sign_in):
    context = new_context()
    sign_in(context, owner)
    return context.new_page()


def said(passport):
    return PassportSection.objects.get(passport=passport, code="goals").content["blocks"][0]["text"]


def save_elsewhere(passport, text, at):
    section = PassportSection.objects.get(passport=passport, code="goals")
    content = {"blocks": [{"text": text}]}
    save_section(passport, "goals", content, seen=section.version, by=passport.application.owner, at=at)


def test_parts_of_two_texts_are_kept_by_keyboard(page, address, passport, axe, now):
    save_elsewhere(passport, "Цель\nЗадача\nСрок", now)
    page.goto(address("section_edit", "goals"))
    save_elsewhere(passport, "Цель новая\nЗадача\nСрок", now)
    page.locator("textarea[name=text-0]").fill("Цель\nЗадача\nСрок: год")
    expect(page.locator("#conflict")).to_be_visible()
    assert axe(page) == []

    expect(page.locator("[name=part-0]:checked")).to_have_value("before")
    page.locator("#part-1-after").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("[name=part-1]:checked")).to_have_value("both")
    page.get_by_role("button", name="Сохранить выбранное").press("Enter")

    expect(page.locator("#conflict")).to_have_count(0)
    expect(page.locator("textarea[name=text-0]")).to_have_value("Цель новая\nЗадача\nСрок\nСрок: год")
    assert said(passport) == "Цель новая\nЗадача\nСрок\nСрок: год"


@pytest.mark.parametrize("width", [1440, 390])
def test_an_earlier_text_is_looked_at_and_brought_back(page, address, passport, axe, now, width):
    page.set_viewport_size({"width": width, "height": 800})
    save_elsewhere(passport, "Первый текст", now - timedelta(hours=1))
    save_elsewhere(passport, "Второй текст", now)
    page.goto(address("section_edit", "goals"))
    page.get_by_role("link", name="История раздела").click()
    page.locator(".history-list a").last.click()
    page.get_by_role("link", name="Сравнить с нынешним текстом").click()

    expect(page.locator(".diff ins")).to_contain_text("Второй")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Вернуть текст").click()

    expect(page.locator("textarea[name=text-0]")).to_have_value("Первый текст")
    assert said(passport) == "Первый текст"
