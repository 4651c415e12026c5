"""A form that comes without a session, or with another person's: carried through the sign-in, saved for its writer."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.carrying import CarriedForm
from tests.accounts.conftest import PASSWORD
from tests.factories import (
    ApplicationFactory,
    ContestFactory,
    ContestFormFactory,
    PassportFactory,
    TrackFactory,
    UserFactory,
)
from tests.person import Person

TEXT = "Две страницы,\r\n«написанные» за <час> & за обед"
SEND = reverse("accounts:sign_in_and_send")


@pytest.fixture
def passport(anna):
    now = timezone.now()
    contest = ContestFactory(year=now.year, announced_at=None)
    ContestFormFactory(contest=contest)
    track = TrackFactory(contest=contest, opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=1))
    return PassportFactory(application=ApplicationFactory(contest=contest, track=track, owner=anna))


@pytest.fixture
def section(passport):
    return reverse("practices:section_edit", args=[passport.application.key, "goals"])


def signed_in(person):
    browser = Person()
    browser.client.force_login(person)
    return browser


def stored(passport):
    return "".join(block["text"] for block in passport.sections.get(code="goals").content.get("blocks", []))


@pytest.fixture
def after_lunch(anna, section):
    """Anna without JavaScript: her session ended while she wrote, she pressed the button."""
    browser = signed_in(anna).open(section)
    Session.objects.all().delete()
    return browser.press("Сохранить", **{"text-0": TEXT})


def test_text_sent_after_the_session_ended_is_saved_after_signing_in(after_lunch, passport):
    assert after_lunch.status == 401
    assert "войти" in after_lunch.text.lower()

    after_lunch.press("Войти", login="anna@example.org", password=PASSWORD)
    assert "Текст ещё не сохранён" in after_lunch.text
    after_lunch.press("Сохранить")

    assert stored(passport) == TEXT.replace("\r\n", "\n")
    assert "Сохранено в" in after_lunch.text


def test_wrong_password_loses_nothing(after_lunch, passport):
    after_lunch.press("Войти", login="anna@example.org", password="wrong")
    assert "Почта или пароль не подходят." in after_lunch.text

    after_lunch.press("Войти", login="anna@example.org", password=PASSWORD).press("Сохранить")

    assert "написанные" in stored(passport)


def test_signing_in_elsewhere_meanwhile_leads_straight_to_the_text(after_lunch, anna, passport):
    after_lunch.client.force_login(anna)

    after_lunch.client.cookies["csrftoken"] = ""
    after_lunch = after_lunch.open(reverse("portal:home"))
    answer = after_lunch.client.post(
        SEND,
        {
            "carried": CarriedForm("/somewhere/", [("text-0", TEXT)]).packed,
            "csrfmiddlewaretoken": after_lunch.client.cookies["csrftoken"].value,
        },
    )

    assert answer.status_code == 200
    assert "Текст ещё не сохранён" in answer.content.decode()


def test_pressed_button_is_carried_too(anna, section, passport):
    browser = signed_in(anna).open(section)
    Session.objects.all().delete()
    browser.press("Возможности", **{"text-0": "Дальше"})

    browser.press("Войти", login="anna@example.org", password=PASSWORD).press("Сохранить")

    assert browser.url == reverse("practices:section_edit", args=[passport.application.key, "opportunities"])
    assert stored(passport) == "Дальше"


def test_another_person_signing_in_there_gets_nothing_of_it(after_lunch, passport):
    boris = UserFactory(email="boris@example.org", name="Борис", is_staff=True)
    boris.set_password(PASSWORD)
    boris.save()
    boris.emailaddress_set.create(email=boris.email, verified=True, primary=True)

    after_lunch.press("Войти", login="boris@example.org", password=PASSWORD)

    assert after_lunch.status == 403
    assert "написал не тот, кто сейчас вошёл (Борис)" in after_lunch.text
    assert "написанные" not in after_lunch.content.decode()
    assert stored(passport) == ""

    after_lunch.press("Выйти и войти снова")
    after_lunch.press("Войти", login="anna@example.org", password=PASSWORD).press("Сохранить")
    assert "написанные" in stored(passport)
    assert passport.sections.get(code="goals").saved_by.email == "anna@example.org"


def test_what_one_wrote_is_not_saved_under_the_name_of_who_signed_in_since(anna, section, passport):
    """Both may write here, so nothing else would stop it."""
    browser = signed_in(anna).open(section)
    boris = UserFactory(name="Борис")
    passport.application.owner = boris
    passport.application.save()
    browser.client.force_login(boris)
    browser.client.cookies["csrftoken"] = "x" * 32
    page = browser.page.get_element_by_id("section-form")
    fields = {"version": "0", "text-0": TEXT, "writer": page.xpath(".//input[@name='writer']/@value")[0]}
    client = Client()
    client.force_login(boris)

    refused = client.post(section, fields)
    by_script = client.post(section, fields, headers={"HX-Request": "true"})
    own = client.post(section, {**fields, "writer": boris.alias})

    assert (refused.status_code, by_script.status_code, own.status_code) == (403, 401, 302)
    assert by_script.json() == {"reason": "another_person"}
    assert passport.sections.get(code="goals").version == 1


@pytest.mark.parametrize("mark", [{"HX-Request": "true"}, {"X-Requested-With": "XMLHttpRequest"}])
@pytest.mark.parametrize("method", ["get", "post"])
def test_script_is_told_by_the_status(client, section, mark, method):
    answer = getattr(client, method)(section, headers=mark)

    assert answer.status_code == 401
    assert answer.json() == {"reason": "signed_out"}
    assert "WWW-Authenticate" in answer.headers


def test_page_still_leads_to_the_sign_in_and_back(client, section):
    assert client.get(section).url == f"{reverse('account_login')}?next={section}"


def test_form_of_another_view_is_not_carried(client, passport):
    submit = reverse("practices:application_submit", args=[passport.application.key])

    assert client.post(submit, {"consent": "on"}).url.startswith(reverse("account_login"))


@pytest.mark.parametrize("forged", [lambda packed: "", lambda packed: "nonsense", lambda packed: packed[:-1] + "_"])
def test_only_what_was_packed_here_is_sent_on(client, db, forged):
    carried = forged(CarriedForm("/", [("a", "b")]).packed)
    answer = client.post(SEND, {"carried": carried})

    assert answer.status_code == 400


def test_form_without_our_token_is_not_carried(section):
    stranger = Client(enforce_csrf_checks=True)

    assert stranger.post(section, {"text-0": "Подброшено"}).status_code == 403


def test_guessing_is_limited_here_too(client, anna, section):
    carried = CarriedForm(section, [("text-0", TEXT)]).packed
    for _attempt in range(5):
        client.post(SEND, {"carried": carried, "login": anna.email, "password": "wrong"})

    answer = client.post(SEND, {"carried": carried, "login": anna.email, "password": PASSWORD})

    assert "Слишком много попыток входа" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_alias_tells_people_apart_and_nothing_else(anna):
    boris = UserFactory()

    assert anna.alias != boris.alias
    assert len(anna.alias) == 16
    assert anna.email not in anna.alias
