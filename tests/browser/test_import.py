"""A passport of an older kind in a real browser: the page waits and goes on by itself, parts go where they are sent."""

import pytest
from playwright.sync_api import expect

from practices import tasks
from practices.models import PassportSection, WordImport

READ = "Проверьте, как разобран файл"


@pytest.fixture
def page(new_context, owner, sign_in):
    context = new_context()
    sign_in(context, owner)
    return context.new_page()


LINES = """
Исх. № 5
Паспорт практики
1. Наименование практики
Ярмарка соседей
4. Предпосылки реализации
Соседи не знакомы.
7. Цель (цели) и задачи практики
Цель из файла.
13. Краткое описание бизнес-модели реализации практики
Лавки дарит лесхоз.
14. Краткое описание практики
Раз в месяц двор становится рынком.
"""


@pytest.fixture
def rtf():
    """A passport with a line that belongs nowhere."""
    letters = (rb"\par " if letter == "\n" else b"\\u%d?" % ord(letter) for letter in LINES)
    return {"name": "Паспорт.rtf", "mimeType": "application/rtf", "buffer": rb"{\rtf1\ansi " + b"".join(letters) + b"}"}


def said(passport, code):
    return PassportSection.objects.get(passport=passport, code=code).content["blocks"]


@pytest.fixture(autouse=True)
def _worker_that_is_busy(settings):
    """What is sent to the background stays there until the test does it."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def test_a_file_of_another_kind_is_waited_for_read_and_sorted(page, address, passport, axe, rtf):
    page.goto(address("import_upload"))
    page.locator("input[type=file]").set_input_files(rtf)
    page.get_by_role("button", name="Загрузить и проверить").click()
    expect(page.get_by_role("heading", name="Файл читается")).to_be_visible()
    assert axe(page) == []

    tasks.read_word_file.call(WordImport.objects.get().pk)

    expect(page.get_by_role("heading", name=READ)).to_be_visible()
    assert axe(page) == []
    page.get_by_label("Куда перенести этот текст?").focus()
    for _section in range(4):
        page.keyboard.press("ArrowDown")
    goals = page.locator("#pair-goals")
    goals.get_by_role("checkbox").focus()
    page.keyboard.press("Space")
    goals.get_by_role("radio").first.focus()
    page.keyboard.press("ArrowDown")
    before = {code: said(passport, code) for code in ("goals", "background")}
    page.get_by_role("button", name="Перенести в заявку").press("Enter")

    expect(page.get_by_text("Перенесен")).to_be_visible()
    assert said(passport, "goals") == [{"text": f"{before['goals'][0]['text']}\nЦель из файла."}]
    assert said(passport, "background") == [{"text": f"{before['background'][0]['text']}\nИсх. № 5"}]


def test_without_scripts_the_page_is_loaded_anew_until_the_file_is_read(
    new_context, owner, sign_in, address, passport, rtf
):
    context = new_context(java_script_enabled=False)
    sign_in(context, owner)
    page = context.new_page()
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(address("import_upload"))
    page.locator("input[type=file]").set_input_files(rtf)
    page.get_by_role("button", name="Загрузить и проверить").click()
    expect(page.get_by_role("heading", name="Файл читается")).to_be_visible()

    tasks.read_word_file.call(WordImport.objects.get().pk)

    expect(page.get_by_role("heading", name=READ)).to_be_visible()
    page.get_by_label("Куда перенести этот текст?").select_option(label="Раздел 5. Сроки реализации")
    page.get_by_role("button", name="Перенести в заявку").click()
    expect(page.get_by_text("Перенесен")).to_be_visible()
    assert said(passport, "period")[0]["text"].endswith("\nИсх. № 5")
