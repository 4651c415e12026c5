"""A colleague of another city asks a practice's team, then files an adoption, in a real browser."""

from allauth.account.models import EmailAddress
from playwright.sync_api import expect

from competition.enums import TrackCode
from practices.models import AdoptionRequest
from tests.factories import ApplicationFactory, PassportFactory, PracticeFactory, UserFactory

PASSWORD = "a-long-password-of-hers"


def test_visitor_asks_the_team_by_keyboard(new_context, live_server, axe):
    donor = PassportFactory(application=ApplicationFactory(admitted=True))
    PracticeFactory(slug="yard", title="Двор без луж", passport=donor)
    page = new_context().new_page()
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(f"{live_server.url}/bank/yard/")
    page.get_by_role("link", name="Запросить материалы").press("Enter")

    page.get_by_label("Ваше имя").fill("Анна")
    page.locator("[name=city]").fill("Саров")
    page.get_by_label("Электронная почта для ответа").fill("anna@example.org")
    page.get_by_role("button", name="Отправить запрос").press("Enter")
    expect(page.locator(".field-error").first).to_be_visible()
    page.get_by_label("Что вам нужно").fill("Пришлите смету.")
    page.get_by_label("Согласен на передачу").press("Space")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.get_by_role("button", name="Отправить запрос").press("Enter")

    expect(page.get_by_role("heading", name="Запрос отправлен")).to_be_visible()
    assert AdoptionRequest.objects.get().email == "anna@example.org"


def test_whoever_adopted_a_practice_signs_in_and_finds_it_chosen(new_context, live_server, passport):
    track = passport.application.track
    track.code = TrackCode.ADOPTION
    track.save()
    practice = PracticeFactory(slug="yard", title="Двор без луж")
    person = UserFactory(email="clerk@example.org")
    person.set_password(PASSWORD)
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    page = new_context().new_page()
    page.goto(f"{live_server.url}/bank/yard/")

    page.get_by_role("link", name="Мы уже внедрили").click()
    page.get_by_label("Электронная почта").fill(person.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Войти").click()

    expect(page.locator("[name=donor]")).to_have_value(str(practice.pk))
