"""The bank in Chromium: facets by a click and by keyboard, the way back, no JavaScript, phones, axe."""

import re

import pytest
from playwright.sync_api import expect

from practices.models import Practice
from tests.factories import (
    ApplicationFactory,
    ContestFactory,
    PassportFactory,
    PracticeFactory,
    TerritoryFactory,
    ThemeFactory,
)

WIDE, PHONE, NARROW = 1440, 390, 320


@pytest.fixture
def shelf():
    theme = ThemeFactory()
    for year, city in ((2020, "Саров"), (2021, "Саров"), (2021, "Лесной")):
        there = {"slug": {"Саров": "sarov", "Лесной": "lesnoy"}[city], "name": city}
        territory = TerritoryFactory._meta.model.objects.filter(slug=there["slug"]).first() or TerritoryFactory(**there)
        PracticeFactory(
            title=f"Двор для подростков: {city}, {year}",
            contest=ContestFactory(year=year, applications_on_record=50),
            territory=territory,
            theme=theme,
            award="winner",
            key_figures=[("> 1200", "подростков"), ("57 %", "жителей"), ("2,6 млн ₽", "собрали соседи")],
            description="Первый абзац.\n\nВторой абзац.",
            started_year=2018,
        )
    passport = PassportFactory(
        application=ApplicationFactory(admitted=True, contest=ContestFactory(year=2021)),
        answers={
            "background": "Во дворах не хватало скамеек. " * 40,
            "goals": "Поставить скамейки. " * 40,
            "description": "Соседи сколачивают скамейки. " * 40,
            "results": [{"indicator": "Скамеек", "value_last_year": "12", "value_total": "140"}],
            "costs": [
                {"item": "Доски", "amount": "150 000", "source": "Грант"},
                {"item": "Краска", "amount": "50 000", "source": "Спонсоры"},
            ],
            "links": [{"name": "Сообщество", "url": "https://example.org/" + "very-long-address/" * 8}],
        },
    )
    donor = Practice.objects.first()
    PracticeFactory(slug="benches", title="Скамейки", passport=passport, theme=theme, donor=donor)


def results(page):
    return page.locator("#results .pcard h3")


@pytest.mark.usefixtures("shelf")
def test_facets_narrow_the_bank_without_a_page_load_and_the_way_back_works(live_server, page):
    page.goto(live_server.url + "/bank/?q=подросток")
    expect(results(page)).to_have_count(3)

    page.evaluate("window.stays = true")
    page.get_by_role("checkbox", name="Саров").check()
    expect(results(page)).to_have_count(2)
    expect(page).to_have_url(re.compile(r"\?q=[^&]+&territory=sarov$"))
    expect(page.locator("#found")).to_have_text("Найдены 2 практики")
    assert page.evaluate("document.activeElement.id") == "territory-sarov"
    page.keyboard.press("Shift+Tab")

    page.get_by_role("checkbox", name="2021").check()
    expect(results(page)).to_have_count(1)
    assert page.evaluate("window.stays") is True

    page.go_back()
    expect(results(page)).to_have_count(2)
    expect(page.get_by_role("checkbox", name="2021")).not_to_be_checked()
    expect(page.get_by_role("combobox", name="Поиск по банку")).to_have_attribute("aria-expanded", "false")
    page.get_by_role("link", name="Убрать фильтр: Саров").click()
    expect(results(page)).to_have_count(3)


@pytest.mark.usefixtures("shelf")
def test_searching_by_enter_keeps_the_chosen_facets(live_server, page):
    page.goto(live_server.url + "/bank/?year=2021")
    page.get_by_role("combobox", name="Поиск по банку").fill("ЛЕСНОМ")
    page.keyboard.press("Enter")

    expect(results(page)).to_have_text(["Двор для подростков: Лесной, 2021"])
    expect(page.get_by_role("checkbox", name="2021")).to_be_checked()


@pytest.mark.usefixtures("shelf")
def test_bank_works_without_javascript(live_server, new_context):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(live_server.url + "/bank/")
    page.get_by_role("checkbox", name="Лесной").check()
    page.get_by_role("button", name="Показать выбранное").click()

    expect(results(page)).to_have_text(["Двор для подростков: Лесной, 2021"])

    page.goto(live_server.url + "/bank/?territory=sarov&view=list")
    page.get_by_role("combobox", name="Сначала").select_option("дорогие")
    page.get_by_role("button", name="Упорядочить").click()

    expect(page).to_have_url(re.compile("territory=sarov.*view=list.*sort=-cost"))
    expect(page.locator("#results .prow h3")).to_have_count(2)


@pytest.mark.usefixtures("shelf")
def test_order_and_view_stay_with_the_question_and_the_map_leads_back_to_cards(live_server, page):
    rows = page.locator("#results .prow h3")
    page.goto(live_server.url + "/bank/?q=подросток")
    page.get_by_role("combobox", name="Сначала").focus()
    page.get_by_role("combobox", name="Сначала").select_option("новые")
    expect(page).to_have_url(re.compile("sort=newest$"))
    assert page.evaluate("document.activeElement.id") == "sort"

    page.get_by_role("link", name="Список").click()
    page.get_by_role("checkbox", name="Саров").check()
    expect(page).to_have_url(re.compile("territory=sarov&sort=newest&view=list$"))
    expect(rows).to_have_text(["Двор для подростков: Саров, 2021", "Двор для подростков: Саров, 2020"])
    page.go_back()
    expect(rows).to_have_count(3)
    expect(page.get_by_role("combobox", name="Сначала")).to_have_value("newest")

    page.get_by_role("link", name="Карта").click()
    page.get_by_role("group", name="Схема").get_by_role("link", name="Лесной: 1 практика").click()
    expect(page).to_have_url(re.compile("territory=lesnoy&sort=newest$"))
    expect(results(page)).to_have_text(["Двор для подростков: Лесной, 2021"])


@pytest.mark.usefixtures("shelf")
def test_long_answer_and_long_facet_are_gone_through_on_the_open_page(live_server, page):
    for number in range(9):
        PracticeFactory(territory=TerritoryFactory(name=f"Город {number}", region="Тверская область"))
    page.goto(live_server.url + "/bank/")
    page.get_by_role("link", name="Показать ещё 1").click()
    expect(results(page)).to_have_count(13)
    expect(page).to_have_url(re.compile(r"/bank/$"))

    city = page.get_by_role("checkbox", name="Город 6")
    expect(city).to_be_hidden()

    page.locator(".facets-rest[data-facet=territory] > summary").click()
    expect(city).to_be_visible()
    page.get_by_role("checkbox", name="2021").check()
    expect(page.locator(".chips")).to_contain_text("2021")
    expect(city).to_be_visible()  # what was opened stays open when the facets are drawn anew
    page.get_by_role("checkbox", name="2021").uncheck()
    expect(page.get_by_role("checkbox", name="2021")).not_to_be_checked()

    page.get_by_role("searchbox", name="Найти город").fill("город 6")
    city.check()

    expect(results(page)).to_have_count(1)
    expect(page.get_by_role("searchbox", name="Найти город")).to_have_value("город 6")
    expect(page.get_by_role("checkbox", name="Саров")).to_be_hidden()
    expect(city).to_be_checked()


@pytest.mark.usefixtures("shelf")
def test_filters_open_above_the_results_on_a_phone(live_server, page):
    page.set_viewport_size({"width": PHONE, "height": 844})
    page.goto(live_server.url + "/bank/")
    expect(page.get_by_role("checkbox", name="Саров")).to_be_hidden()

    page.get_by_text("Фильтры", exact=True).click()
    page.get_by_role("checkbox", name="Саров").check()

    expect(results(page)).to_have_count(2)
    expect(page.locator(".facets-switch summary")).to_have_text("Фильтры (1)")
    expect(page.get_by_role("checkbox", name="Саров")).to_be_visible()


@pytest.mark.usefixtures("shelf")
def test_version_for_low_vision_keeps_the_question_of_the_open_page(live_server, page):
    page.set_viewport_size({"width": PHONE, "height": 844})
    page.goto(live_server.url + "/bank/?view=map")
    page.get_by_text("Фильтры", exact=True).click()
    page.get_by_role("checkbox", name="Саров").check()
    expect(page).to_have_url(re.compile("territory=sarov&view=map$"))
    expect(page.get_by_role("link", name="К схеме")).to_be_visible()

    page.get_by_role("button", name="Версия для слабовидящих").click()

    expect(page.get_by_role("button", name="Обычная версия")).to_be_visible()
    expect(page).to_have_url(re.compile("territory=sarov&view=map$"))
    expect(page.get_by_role("link", name="К схеме")).to_be_hidden()  # as the scheme is


@pytest.mark.usefixtures("shelf")
def test_contents_of_a_passport_follow_the_reader(live_server, page):
    page.goto(live_server.url + "/bank/benches/")
    contents = page.get_by_role("navigation", name="Разделы паспорта")
    contents.get_by_role("link", name="Результаты").click()

    expect(contents.locator("[aria-current]")).to_have_count(1)
    expect(contents.locator("[aria-current]")).to_have_attribute("href", "#s10")


@pytest.mark.usefixtures("shelf")
def test_search_box_proposes_while_one_types_and_takes_keys(live_server, page, axe):
    page.goto(live_server.url + "/bank/")
    box = page.get_by_role("combobox", name="Поиск по банку")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press_sequentially("са")
    options = page.get_by_role("listbox", name="Подсказки").get_by_role("option")
    expect(options).to_have_text([re.compile(beginning) for beginning in ("^Двор", "^Двор", "^Саров")])
    assert axe(page) == []

    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    box.press("Escape")
    expect(options.first).to_be_hidden()
    expect(box).to_have_value("са")

    box.press_sequentially("р")
    expect(options.first).to_be_visible()
    box.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/bank/\?territory=sarov$"))


@pytest.mark.usefixtures("shelf")
def test_slip_is_mended_on_the_open_page_and_can_be_looked_for_exactly(live_server, page):
    page.goto(live_server.url + "/bank/")
    page.get_by_role("combobox", name="Поиск по банку").fill("падростки")
    page.keyboard.press("Enter")

    expect(page.get_by_text("Показано по запросу «подросток»")).to_be_visible()
    expect(results(page)).to_have_count(3)
    page.get_by_role("link", name="Искать точно «падростки»").click()
    expect(page).to_have_url(re.compile("exact=1"))
    expect(page.get_by_text("Такой практики в банке пока нет")).to_be_visible()
