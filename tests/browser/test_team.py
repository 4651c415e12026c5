"""A team in real browsers: invited by letter, together at one section, taken off while writing, at every width."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse
from playwright.sync_api import expect

from competition.enums import Role
from competition.services import invite, remove_member, show_to_city
from practices.models import PassportSection
from practices.views import presence
from tests.factories import CoordinatorFactory, InvitationFactory, TeamMemberFactory, UserFactory


@pytest.fixture
def page(new_context, owner, sign_in):
    context = new_context()
    sign_in(context, owner)
    return context.new_page()


@pytest.fixture
def colleague(new_context, sign_in, passport):
    """An editor in a browser of their own."""
    person = TeamMemberFactory(application=passport.application, user__name="Анна Петрова").user
    context = new_context()
    sign_in(context, person)
    return context.new_page()


@pytest.fixture
def team_url(live_server, passport):
    return live_server.url + reverse("competition:team", args=[passport.application.key])


def text_of(passport, code="goals"):
    section = PassportSection.objects.get(passport=passport, code=code)
    return "".join(block["text"] for block in section.content["blocks"])


def test_colleague_comes_by_the_letter_and_writes(
    page, new_context, live_server, team_url, passport, address, mailoutbox, axe
):
    page.goto(team_url)
    page.get_by_label("Электронная почта").fill("anna@example.org")
    page.get_by_role("button", name="Отправить приглашение").click()
    expect(page.get_by_role("status")).to_contain_text("Приглашение отправлено на anna@example.org")

    guest = new_context().new_page()
    path = re.search(r"/invitations/\S+", mailoutbox[-1].body).group()
    guest.goto(live_server.url + path)
    assert axe(guest) == []
    guest.get_by_role("button", name="Создать учётную запись").click()
    expect(guest.get_by_label("Электронная почта")).to_have_value("anna@example.org")
    guest.get_by_label("Ваше имя").fill("Анна Петрова")
    guest.locator("[name=password1]").fill("long-Enough-7")
    guest.locator("[name=password2]").fill("long-Enough-7")
    guest.get_by_role("button", name="Создать учётную запись").click()
    guest.get_by_role("button", name="Принять приглашение").click()

    expect(guest.get_by_role("heading", level=1)).to_have_text("Школа чтения")
    expect(guest.get_by_role("heading", name="подать заявку может только владелец")).to_be_visible()
    expect(guest.get_by_role("button", name="Отправить заявку")).to_have_count(0)
    guest.get_by_role("button", name="Сообщить владельцу, что готово").click()
    expect(guest.get_by_role("status")).to_contain_text("Письмо владельцу отправлено")
    assert mailoutbox[-1].to == [passport.application.owner.email]


def test_two_at_one_section_see_each_other_until_one_leaves(page, colleague, address, passport, monkeypatch):
    monkeypatch.setattr(presence, "EVERY_SECONDS", 0.5)
    page.goto(address("section_edit", "goals"))
    place = page.locator("#presence")
    expect(place).to_be_empty()

    colleague.goto(address("section_edit", "goals"))
    expect(place).to_have_text("Анна Петрова сейчас в этом разделе")
    expect(page.locator("#save-state")).not_to_contain_text("Сохраняем")

    colleague.goto(address("section_edit", "period"))
    expect(place).to_be_empty()
    colleague.goto(address("application_detail"))
    expect(colleague.get_by_text("Сейчас здесь:")).to_contain_text(passport.application.owner.name)


def test_who_is_taken_off_the_team_keeps_what_they_typed(colleague, address, passport, owner):
    colleague.goto(address("section_edit", "goals"))
    (member,) = passport.application.team.all()
    remove_member(member, by=owner, at=member.joined_at)

    colleague.locator("[name='text-0']").fill("Три часа работы")
    colleague.locator("[name='text-0']").blur()

    expect(colleague.locator("#notice")).to_contain_text("вам закрыли доступ к этой заявке")
    expect(colleague.locator("[name='text-0']")).to_have_value("Три часа работы")
    assert text_of(passport) == "Ответ: Цели и задачи"


def test_someone_else_is_led_to_the_right_address(new_context, sign_in, live_server, passport, owner, axe):
    InvitationFactory(application=passport.application, email="anna@example.org", token="of-the-letter")
    context = new_context()
    sign_in(context, UserFactory(email="other@example.org"))
    page = context.new_page()
    page.goto(live_server.url + reverse("competition:invitation", args=["of-the-letter"]))
    expect(page.get_by_role("heading", level=1)).to_have_text("Приглашение отправлено на другой адрес")
    assert axe(page) == []

    page.get_by_role("button", name="Выйти и продолжить").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Вас приглашают к работе над заявкой")
    page.get_by_role("main").get_by_role("link", name="Войти").click()
    expect(page).to_have_url(re.compile(r"/accounts/login/\?next=/invitations/of-the-letter/"))


def test_pages_of_the_team_fit_and_have_no_barriers(
    page, new_context, sign_in, live_server, team_url, address, passport, owner, faults
):
    application = passport.application
    now = passport.application.created_at
    for role in (Role.EDITOR, Role.READER):
        TeamMemberFactory(application=application, role=role, user__email=f"{role}-with-a-long-address@example.org")
    invite(application, email="somebody-with-a-rather-long-name@example.org", role=Role.EDITOR, by=owner, at=now)
    show_to_city(application, by=owner, at=now)
    coordinator = CoordinatorFactory(territory=application.territory).user
    EmailAddress.objects.create(user=coordinator, email=coordinator.email, verified=True, primary=True)
    city = new_context()
    sign_in(city, coordinator)
    desk = city.new_page()

    for reader, url in (
        (page, team_url),
        (page, address("application_detail")),
        (desk, live_server.url + reverse("practices:city_list")),
        (desk, address("city_application")),
    ):
        reader.goto(url)
        assert faults(reader) == [], url


def test_the_team_is_gathered_without_javascript(new_context, owner, sign_in, team_url, passport):
    member = TeamMemberFactory(application=passport.application)
    context = new_context(java_script_enabled=False)
    sign_in(context, owner)
    page = context.new_page()
    page.goto(team_url)

    page.get_by_role("button", name="Сделать читателем").click()
    page.get_by_label("Электронная почта").fill("anna@example.org")
    page.get_by_role("button", name="Отправить приглашение").click()
    page.get_by_role("button", name="Отозвать").click()
    page.get_by_role("button", name="Убрать из команды").click()

    expect(page.get_by_role("button", name="Убрать из команды")).to_have_count(0)
    member.refresh_from_db()
    assert (member.role, member.left_at is None) == (Role.READER, False)
    assert not passport.application.invitations.open().exists()
