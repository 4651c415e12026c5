"""The whole way in Chromium: the story of tests/test_journey.py as its people see it, each page checked by axe."""

from django.core.management import call_command
from playwright.sync_api import expect

from competition.enums import Status
from competition.models import Application
from judging.models import Juror
from practices.models import Practice
from tests.test_journey import TITLE, passport_in_word


def test_a_practice_goes_the_whole_way_in_chromium(live_server, new_context, axe):
    call_command("load_demo", i_know=True, verbosity=0)
    clerk = signed_in(new_context, live_server, "applicant3")

    application = started_from_word(clerk, live_server, axe)
    wrote_contacts(clerk, live_server, application, axe)
    pressed_send_twice(clerk, live_server, application)

    organiser = signed_in(new_context, live_server, "organiser")
    admitted(organiser, live_server, application, axe)
    juror = assigned(organiser, live_server, application)
    scored(signed_in(new_context, live_server, juror.user.email.split("@")[0]), live_server, application, axe)
    announced(organiser, live_server, application, axe)

    visitor = new_context().new_page()
    found_in_the_bank(visitor, live_server, axe)


def signed_in(new_context, live_server, name):
    page = new_context().new_page()
    page.goto(f"{live_server.url}/accounts/login/")
    page.locator("[name=login]").fill(f"{name}@example.org")
    page.locator("[name=password]").fill("demo-portal")
    page.get_by_role("main").get_by_role("button", name="Войти").click()
    expect(page).not_to_have_url(f"{live_server.url}/accounts/login/")
    return page


def started_from_word(page, live_server, axe) -> Application:
    page.goto(f"{live_server.url}/applications/new/")
    assert axe(page) == []
    page.locator("[name=title]").fill(TITLE)
    page.locator("[name=nomination]").select_option(index=1)
    page.locator("[name=territory]").select_option(label="Певек (Чукотский автономный округ)")
    page.get_by_label("Без организации").check()
    page.get_by_role("button", name="загрузить паспорт из Word").click()

    word = passport_in_word()
    mime = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    page.locator("[type=file]").set_input_files({"name": word.name, "mimeType": mime, "buffer": word.read()})
    page.get_by_role("button", name="Загрузить и проверить").click()
    expect(page.get_by_role("heading", name="Проверьте, как разобран файл")).to_be_visible()
    assert axe(page) == []
    for box in page.locator("input[name=take]").all():
        if box.is_visible():
            box.check()
    page.get_by_role("button", name="Перенести в заявку").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    assert axe(page) == []
    return Application.objects.get(title=TITLE)


def wrote_contacts(page, live_server, application, axe):
    """Types, leaves the field and sees that it is saved: no button is pressed."""
    page.get_by_role("link", name="Контакты ответственных").first.click()
    page.locator("[name=main-0-person]").fill("Морозова А., специалист")
    page.locator("[name=main-0-contact]").fill("hello@example.org")
    page.locator("[name=main-0-contact]").blur()
    expect(page.get_by_text("Сохранено").first).to_be_visible()
    assert axe(page) == []
    page.goto(f"{live_server.url}{application.get_absolute_url()}sections/contacts/")
    expect(page.locator("[name=main-0-person]")).to_have_value("Морозова А., специалист")


def pressed_send_twice(page, live_server, application):
    page.goto(f"{live_server.url}{application.get_absolute_url()}")
    page.locator("[name=consent]").check()
    page.get_by_role("button", name="Отправить заявку").dblclick()
    expect(page.get_by_text("Отправлена").first).to_be_visible()
    application.refresh_from_db()
    assert application.moves.filter(after=Status.SUBMITTED).count() == 1


def admitted(page, live_server, application, axe):
    page.goto(f"{live_server.url}/admin/applications/{application.key}/")
    expect(page.get_by_text("hello@example.org")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("button", name="Допустить заявку").click()
    expect(page.get_by_text("Заявка допущена").first).to_be_visible()


def assigned(page, live_server, application) -> Juror:
    juror = Juror.objects.filter(contest=application.contest).select_related("user").first()
    page.goto(f"{live_server.url}/admin/jury/{application.contest.year}/")
    page.locator(f"#pair-{application.key}-{juror.pk}").check()
    page.get_by_role("button", name="Назначить отмеченных").click()
    expect(page.get_by_text("назначен").first).to_be_visible()
    return juror


def scored(page, live_server, application, axe):
    sheet = application.assignments.get()
    page.goto(f"{live_server.url}/admin/jury/sheets/{sheet.pk}/")
    page.get_by_role("button", name="Конфликта интересов нет").click()
    assert axe(page) == []
    for criterion in application.contest.criteria.order_by("order"):
        crit = page.locator(f"#criterion-{criterion.pk}")
        if crit.get_attribute("open") is None:
            crit.locator("summary").click()
        crit.get_by_role("radio", name="8", exact=True).check()
        expect(page.locator("#savest")).to_contain_text("Сохранено")
    page.get_by_role("button", name="Завершить лист").click()
    expect(page.get_by_role("button", name="Завершить лист")).to_have_count(0)
    sheet.refresh_from_db()
    assert sheet.finished_at is not None


def announced(page, live_server, application, axe):
    page.goto(f"{live_server.url}/admin/results/{application.contest.year}/")
    expect(page.get_by_text(TITLE).first).to_be_visible()
    assert axe(page) == []
    page.locator("#despite").check()
    page.get_by_role("button", name="Объявить итоги").click()
    expect(page.get_by_role("button", name="Объявить итоги")).to_have_count(0)


def found_in_the_bank(page, live_server, axe):
    page.goto(f"{live_server.url}/")
    assert axe(page) == []
    page.get_by_role("combobox").first.fill("встречей")
    page.keyboard.press("Enter")
    page.get_by_role("link", name=TITLE).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.get_by_text("hello@example.org")).to_have_count(0)
    assert axe(page) == []
    practice = Practice.objects.get(title=TITLE)
    answer = page.request.get(f"{live_server.url}/bank/{practice.slug}.pdf")
    assert answer.headers["content-type"] == "application/pdf"
