"""The organiser's page for old passports in Chromium: it goes on by itself, or by its link without scripts."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from practices.models import OldPassportFile
from practices.services.old_passports import read_kept_passport
from tests.factories import ContestFactory, TerritoryFactory, UserFactory, edition
from tests.practices.documents.passport_files import Habits, Writer
from tests.practices.test_old_passports import SECTIONS


@pytest.fixture(autouse=True)
def queue(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def files(tmp_path):
    """A passport of a city that is known, and one that does not tell its city."""
    edition("2019")
    TerritoryFactory(name="Саров", region="Нижегородская область")
    ContestFactory(year=2019)
    nowhere = {**SECTIONS, "title": {"blocks": [{"text": "Клуб"}]}, "territory": {"blocks": [{"text": "наш город"}]}}
    for name, sections in {"ярмарка.docx": SECTIONS, "клуб.docx": nowhere}.items():
        (tmp_path / name).write_bytes(Writer(sections, Habits(edition="2019")).write().bytes())
    return sorted(tmp_path.iterdir())


@pytest.fixture
def desk(new_context, live_server):
    def desk(**options):
        client = Client()
        client.force_login(UserFactory(is_staff=True))
        context = new_context(**options)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        page = context.new_page()
        page.goto(live_server.url + reverse("admin:old_passports"))
        return page

    return desk


def upload(page, files):
    page.get_by_label("Конкурс").select_option("2019")
    page.get_by_label("Файлы или архив ZIP").set_input_files(files)
    page.get_by_role("button", name="Загрузить и прочитать").click()
    expect(page.get_by_text("0 из 2")).to_be_visible()


def read_all():
    for kept in OldPassportFile.objects.all():
        read_kept_passport(kept.pk)


def test_page_goes_on_by_itself_and_asks_for_the_city(desk, files, axe):
    page = desk()
    assert axe(page) == []
    upload(page, files)
    assert axe(page) == []

    read_all()
    expect(page.get_by_text("Готово: 2 из 2")).to_be_visible()
    assert axe(page) == []

    page.get_by_label("Город").select_option(label="Саров (Нижегородская область)")
    page.get_by_role("button", name="Прочитать ещё раз").press("Enter")
    expect(page.get_by_text("1 из 2")).to_be_visible()
    read_all()
    expect(page.get_by_text("внесён: 2")).to_be_visible()


def test_everything_works_without_scripts_on_a_telephone(desk, files):
    page = desk(java_script_enabled=False)
    page.set_viewport_size({"width": 390, "height": 844})
    upload(page, files)
    read_all()

    page.get_by_role("link", name="Обновить").click()

    expect(page.get_by_text("Готово: 2 из 2")).to_be_visible()
    assert page.locator("html").evaluate("root => root.scrollWidth") <= 390
    page.get_by_role("link", name="в банке").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ярмарка соседей")
