"""Attaching files in a real browser: one by one with a script, all at once without; every page at both widths."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from competition.enums import Category
from competition.models import ConsentClause
from practices.models import Attachment
from practices.services import attach_file
from tests.factories import AttachmentFactory, ConsentFactory, PracticeFactory
from tests.practices.attached_files import picture

BAD = {"name": "Программа.png", "mimeType": "image/png", "buffer": b"MZ"}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture(autouse=True)
def clauses(passport):
    for category in Category:
        ConsentClause.objects.create(contest=passport.application.contest, category=category, text="Можно показать.")


@pytest.fixture
def browse(new_context, owner, sign_in):
    def browse(**options):
        context = new_context(**options)
        sign_in(context, owner)
        return context.new_page()

    return browse


def photo(colour):
    return {"name": f"Фото {colour}.png", "mimeType": "image/png", "buffer": picture("PNG", colour=colour)}


def test_files_are_added_one_by_one_and_nothing_typed_is_lost(browse, address, passport):
    AttachmentFactory(passport=passport)
    page = browse()
    page.goto(address("attachment_list"))
    page.get_by_label("Подпись").fill("Ещё не сохранено")

    page.get_by_label("Файлы с вашего компьютера").set_input_files([photo("#0b4ea2"), BAD, photo("#bf3f09")])
    page.get_by_role("button", name="Добавить файлы").click()

    expect(page.locator(".file-row")).to_have_count(3)
    expect(page.locator(".sending .bad")).to_have_text(re.compile("^Это не PDF"))
    expect(page.get_by_label("Подпись").first).to_have_value("Ещё не сохранено")
    assert Attachment.objects.count() == 3


def test_without_scripts_files_are_added_described_and_removed(browse, address):
    page = browse(java_script_enabled=False)
    page.goto(address("attachment_list"))

    page.get_by_label("Файлы с вашего компьютера").set_input_files([photo("#0b4ea2"), BAD])
    page.get_by_role("button", name="Добавить файлы").click()
    expect(page.get_by_role("alert")).to_contain_text("Программа.png")
    page.get_by_label("Подпись").fill("Встреча во дворе")
    page.get_by_label("Можно опубликовать").check()
    page.get_by_role("button", name="Сохранить").click()
    expect(page.get_by_label("Подпись")).to_have_value("Встреча во дворе")
    page.get_by_role("link", name="Удалить").click()
    page.get_by_role("button", name="Удалить файл").click()
    expect(page.locator(".file-row")).to_have_count(0)


def test_pages_of_files_and_consents_have_no_barriers(browse, address, passport, owner, live_server, faults):
    AttachmentFactory(passport=passport, for_publication=True)
    kept = attach_file(passport, data=picture(), file_name="Фото.jpg", kind=None, by=owner, at=timezone.now())
    Attachment.objects.filter(pk=kept.pk).update(for_publication=True)
    ConsentFactory(application=passport.application)
    practice = PracticeFactory(passport=passport, contest=passport.application.contest)
    page = browse()

    for url in (
        address("attachment_list"),
        address("attachment_remove", kept.token),
        address("consent_list"),
        address("consent_withdraw"),
        live_server.url + reverse("practices:practice_detail", args=[practice.slug]),
    ):
        page.goto(url)
        assert faults(page) == [], url
    shown = page.locator(".photos img")
    shown.scroll_into_view_if_needed()
    expect(shown).to_have_js_property("naturalWidth", 64)
