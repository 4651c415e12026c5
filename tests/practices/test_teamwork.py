"""Several people on one application, page by page: what each role gets, who is where, what the removed one keeps."""

from datetime import timedelta

import lxml.html
import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.urls import reverse

from competition.enums import InvitationState, Role, Status
from competition.models import Application, Invitation, Note
from practices.models import PassportSection, Presence
from practices.services import note_presence, submit_passport
from tests.factories import ApplicationFactory, InvitationFactory, PassportFactory, TeamMemberFactory, UserFactory

pytestmark = pytest.mark.django_db

LIST = reverse("practices:application_list")
SECOND = timedelta(seconds=1)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def confirmed(email):
    user = UserFactory(email=email)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def main(response):
    return " ".join(lxml.html.fromstring(response.content.decode()).get_element_by_id("main").text_content().split())


@pytest.fixture
def editor(whole):
    return TeamMemberFactory(application=whole.application, user__name="Анна Петрова").user


@pytest.fixture
def reader(whole):
    return TeamMemberFactory(application=whole.application, role=Role.READER).user


@pytest.fixture
def former(whole, now):
    return TeamMemberFactory(application=whole.application, left_at=now).user


# --- What each role gets (every address: tests/test_access_team.py) ---------------------------------


def test_what_is_sent_to_pages_by_role(whole, applicant, editor, reader, former, url):
    people = (applicant, editor, reader, former)
    section, team = url("section_edit", whole, "goals"), reverse("competition:team", args=[whole.application.key])

    assert [signed_in(person).post(section).status_code for person in people] == [428, 428, 428, 403]
    assert [signed_in(person).post(team).status_code for person in people] == [422, 403, 403, 404]


@pytest.mark.parametrize("name", ["competition:team_member", "competition:team_invitation"])
def test_rows_of_the_team_are_the_owners_to_change(name, whole, editor, reader, former):
    row = InvitationFactory(application=whole.application) if "invitation" in name else whole.application.team.first()
    url = reverse(name, args=[whole.application.key, row.pk])

    assert [signed_in(person).post(url).status_code for person in (editor, reader, former)] == [403, 403, 404]


def test_rows_of_another_application_do_not_exist_here(clerk, whole):
    member = TeamMemberFactory()
    invitation = InvitationFactory()

    for name, row in (("team_member", member), ("team_invitation", invitation)):
        url = reverse(f"competition:{name}", args=[whole.application.key, row.pk])
        assert clerk.post(url, {"do": "remove"}).status_code == 404

    member.refresh_from_db()
    assert member.left_at is None


def test_pages_offer_what_the_role_may(whole, applicant, editor, reader, url):
    deeds = ("Отправить заявку", "Сообщить владельцу", "Загрузить паспорт", "Отозвать заявку")
    offered = {}
    for name, person in (("owner", applicant), ("editor", editor), ("reader", reader)):
        page = lxml.html.fromstring(signed_in(person).get(url("application_detail", whole)).content.decode())
        labels = " ".join(element.text_content() for element in page.xpath("//main//button | //main//a"))
        offered[name] = {deed for deed in deeds if deed in labels}

    assert offered == {
        "owner": {"Отправить заявку", "Загрузить паспорт", "Отозвать заявку"},
        "editor": {"Сообщить владельцу", "Загрузить паспорт"},
        "reader": set(),
    }


def test_editor_writes_and_the_history_knows_who(whole, editor, url):
    client = signed_in(editor)
    version = PassportSection.objects.get(passport=whole, code="goals").version

    response = client.post(url("section_edit", whole, "goals"), {"version": version, "text-0": "Цель коллеги"})

    assert response.status_code == 302
    section = PassportSection.objects.get(passport=whole, code="goals")
    assert (section.saved_by, section.revisions.first().saved_by) == (editor, editor)


def test_reader_saves_nothing_and_is_told_why(whole, reader, url):
    response = signed_in(reader).post(url("section_edit", whole, "goals"), {"version": 0, "text-0": "Мимо"})

    assert response.status_code == 403
    assert "Вам открыто чтение" in main(response)
    assert "Мимо" in main(response)


def test_editor_cannot_file_even_by_hand(whole, editor, url):
    response = signed_in(editor).post(url("application_submit", whole), {"consent": "on"})

    assert response.status_code == 403
    assert "Отправить заявку может только её владелец." in main(response)
    assert Application.objects.get().status == Status.DRAFT


def test_list_tells_own_from_shared_applications(whole, editor):
    PassportFactory(application=ApplicationFactory(owner=editor, title="Своя"))
    PassportFactory(application=ApplicationFactory(title="Чужая"))

    text = main(signed_in(editor).get(LIST))

    own, shared = text.split("Заявки, с которыми я помогаю")
    assert "Своя" in own
    assert whole.application.title in shared
    assert "Ваша роль: редактор" in shared
    assert "Чужая" not in text


def test_what_a_removed_colleague_types_is_given_back(whole, former, url):
    typed = {"version": 0, "text-0": "Три часа работы", "csrfmiddlewaretoken": "x"}

    response = signed_in(former).post(url("section_edit", whole, "goals"), typed)
    by_htmx = signed_in(former).post(url("section_edit", whole, "goals"), typed, headers={"HX-Request": "true"})

    assert response.status_code == by_htmx.status_code == 403
    assert "Три часа работы" in main(response)
    assert "Ответ: Цели и задачи" not in main(response)
    assert by_htmx["HX-Retarget"] == "#notice"
    assert "закрыли доступ" in by_htmx.content.decode()
    assert PassportSection.objects.get(passport=whole, code="goals").version == 0


# --- The page of the team --------------------------------------------------------------------------


@pytest.fixture
def team_url(whole):
    return reverse("competition:team", args=[whole.application.key])


def test_invite_by_the_page(clerk, whole, team_url, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = clerk.post(team_url, {"email": "Anna@example.org", "role": "reader"})

    assert response.status_code == 302
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.role) == ("anna@example.org", Role.READER)
    (letter,) = mail.outbox
    token = letter.body.split("/invitations/")[1].split("/")[0]
    page = clerk.get(team_url)
    assert "anna@example.org" in main(page)
    assert token not in page.content.decode()


@pytest.mark.parametrize("data", [{"email": "нет", "role": "editor"}, {"email": "a@example.org", "role": "owner"}, {}])
def test_invite_says_what_is_wrong(clerk, team_url, data):
    assert clerk.post(team_url, data).status_code == 422
    assert not Invitation.objects.exists()


def test_invite_oneself_is_refused_at_the_field(clerk, team_url, applicant):
    response = clerk.post(team_url, {"email": applicant.email, "role": "editor"})

    assert response.status_code == 422
    assert "Это ваш собственный адрес." in main(response)


def test_owner_changes_roles_removes_and_hands_over(clerk, whole, editor):
    member = whole.application.team.get()
    url = reverse("competition:team_member", args=[whole.application.key, member.pk])

    clerk.post(url, {"do": "hand_over"})
    assert Invitation.objects.get().role == Role.OWNER
    clerk.post(url, {"do": "reader"})
    member.refresh_from_db()
    assert member.role == Role.READER
    clerk.post(url, {"do": "remove"})
    member.refresh_from_db()
    assert member.left_at is not None
    assert clerk.post(url, {"do": "remove"}).status_code == 404


def test_owner_sends_again_and_calls_back(clerk, whole):
    waiting = InvitationFactory(application=whole.application)

    clerk.post(reverse("competition:team_invitation", args=[whole.application.key, waiting.pk]), {"do": "again"})
    second = Invitation.objects.open().get()
    assert second.pk != waiting.pk
    clerk.post(reverse("competition:team_invitation", args=[whole.application.key, second.pk]), {"do": "withdraw"})

    assert {invitation.state for invitation in Invitation.objects.all()} == {InvitationState.WITHDRAWN}


def test_members_do_not_see_whom_the_owner_invites(whole, editor, team_url):
    InvitationFactory(application=whole.application, email="secret@example.org")

    assert "secret@example.org" not in main(signed_in(editor).get(team_url))


def test_editor_tells_the_owner_and_leaves(whole, editor, applicant):
    client = signed_in(editor)
    client.post(reverse("competition:owner_note", args=[whole.application.key]), {"text": "Готово, посмотрите"})
    assert Note.objects.get().text == "Готово, посмотрите"
    assert "Готово, посмотрите" in main(
        signed_in(applicant).get(reverse("competition:team", args=[whole.application.key]))
    )

    response = client.post(reverse("competition:team_leave", args=[whole.application.key]))

    assert response.url == LIST
    assert client.get(whole.application.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("count", [1, 4])
def test_team_costs_the_same_for_one_and_many(clerk, whole, team_url, count, django_assert_num_queries):
    TeamMemberFactory.create_batch(count, application=whole.application)
    InvitationFactory.create_batch(count, application=whole.application)

    with django_assert_num_queries(8):  # session, person, application, team and its people, invitations, notes, city
        clerk.get(team_url)


# --- The link of an invitation ---------------------------------------------------------------------


@pytest.fixture
def invited(whole):
    """The address of an open invitation for anna@example.org."""
    InvitationFactory(application=whole.application, email="anna@example.org", token="secret-token")
    return reverse("competition:invitation", args=["secret-token"])


def test_looking_at_an_invitation_answers_nothing(client, invited):
    for person in (None, confirmed("anna@example.org")):
        if person:
            client.force_login(person)
        assert client.get(invited).status_code == 200
        assert "no-store" in client.get(invited)["Cache-Control"]

    assert Invitation.objects.get().state == InvitationState.OPEN


def test_accept_leads_to_the_application_once(invited, whole):
    anna = confirmed("anna@example.org")
    client = signed_in(anna)

    assert client.post(invited, {"do": "accept"}).url == whole.application.get_absolute_url()
    assert client.get(invited).url == whole.application.get_absolute_url()
    assert client.post(invited, {"do": "accept"}).url == whole.application.get_absolute_url()
    assert whole.application.team.get().user == anna


def test_another_person_is_turned_away_and_learns_nothing(invited, whole):
    response = signed_in(confirmed("other@example.org")).get(invited)

    assert response.status_code == 403
    text = main(response)
    assert "other@example.org" in text
    assert "anna@example.org" not in text
    assert whole.application.title not in text
    assert signed_in(confirmed("third@example.org")).post(invited, {"do": "accept"}).status_code == 403
    assert not whole.application.team.exists()


def test_visitor_cannot_accept_but_may_decline(client, invited):
    assert client.post(invited, {"do": "accept"}).status_code == 200
    assert Invitation.objects.get().state == InvitationState.OPEN

    client.post(invited, {"do": "decline"})
    assert Invitation.objects.get().state == InvitationState.DECLINED
    response = client.get(invited)
    assert response.status_code == 410


@pytest.mark.parametrize("change", [{"state": "withdrawn"}, {"state": "declined"}, {"state": "accepted"}, "late"])
def test_a_link_that_is_over_says_so_and_nothing_more(client, invited, whole, now, change):
    values = {"expires_at": now - SECOND} if change == "late" else {**change, "answered_at": now}
    Invitation.objects.update(**values)

    for browser in (client, signed_in(confirmed("anna@example.org"))):
        for response in (browser.get(invited), browser.post(invited, {"do": "accept"})):
            assert response.status_code == 410
            assert whole.application.title not in main(response)
    assert not whole.application.team.exists()


@pytest.mark.parametrize("token", ["guessed", "secret-toke", "secret-tokenx", "SECRET-TOKEN"])
def test_a_guessed_link_does_not_exist(client, invited, token):
    assert client.get(reverse("competition:invitation", args=[token])).status_code == 404


REGISTRATION = {"name": "Анна", "password1": "long-Enough-7", "password2": "long-Enough-7"}


def test_registering_by_the_link_confirms_its_address(client, invited, whole):
    to_signup = client.post(invited, {"do": "register"})
    assert to_signup.url.startswith(reverse("account_signup"))

    response = client.post(to_signup.url, {**REGISTRATION, "email": "anna@example.org", "next": invited})

    assert response.url == invited
    assert EmailAddress.objects.get(email="anna@example.org").verified
    assert client.post(invited, {"do": "accept"}).url == whole.application.get_absolute_url()


def test_registering_another_address_needs_its_own_letter(client, invited):
    to_signup = client.post(invited, {"do": "register"})

    client.post(to_signup.url, {**REGISTRATION, "email": "other@example.org"})

    assert not EmailAddress.objects.get(email="other@example.org").verified


def test_a_link_that_is_over_confirms_nothing(client, invited, now):
    Invitation.objects.update(expires_at=now - SECOND)

    assert client.post(invited, {"do": "register"}).status_code == 410
    client.post(reverse("account_signup"), {**REGISTRATION, "email": "anna@example.org"})

    assert not EmailAddress.objects.get(email="anna@example.org").verified


# --- Who is where ----------------------------------------------------------------------------------


@pytest.fixture
def presence_url(url, whole):
    return url("section_presence", whole, "goals")


def test_colleagues_see_each_other_in_a_section(clerk, whole, editor, reader, presence_url, url):
    colleague = signed_in(editor)
    assert colleague.post(presence_url).content == b""

    assert clerk.post(presence_url).content.decode() == "Анна Петрова сейчас в этом разделе"
    assert "Анна Петрова сейчас в этом разделе" in main(clerk.get(url("section_edit", whole, "goals")))
    assert "Анна Петрова сейчас" not in main(clerk.get(url("section_edit", whole, "period")))
    assert "Сейчас здесь: Анна Петрова" in main(clerk.get(url("application_detail", whole)))
    assert "Анна Петрова" in signed_in(reader).post(presence_url).content.decode()


def test_readers_are_nowhere(clerk, reader, presence_url):
    signed_in(reader).post(presence_url)

    assert not Presence.objects.exists()


def test_nobody_is_written_down_who_works_alone(clerk, whole, presence_url, url):
    assert clerk.post(presence_url).content == b""

    assert not Presence.objects.exists()
    assert b'id="presence"' not in clerk.get(url("section_edit", whole, "goals")).content


def test_a_removed_colleague_is_nowhere_at_once(clerk, whole, editor, reader, presence_url, now):
    note_presence(whole, "goals", by=editor, at=now)
    whole.application.team.filter(user=editor).update(left_at=now)

    assert clerk.post(presence_url).content == b""


def test_presence_moves_along_ends_and_is_swept(clerk, whole, applicant, editor, reader, now, presence_url):
    note_presence(whole, "period", by=editor, at=now)
    note_presence(whole, "goals", by=editor, at=now)
    assert Presence.objects.get().code == "goals"

    Presence.objects.update(seen_at=now - 46 * SECOND)
    assert clerk.post(presence_url).content == b""
    assert [presence.user for presence in Presence.objects.all()] == [applicant]


def test_presence_leaves_the_session_alone(whole, editor, presence_url):
    client = signed_in(editor)
    session = Session.objects.get()
    before = (session.session_data, session.expire_date)

    response = client.post(presence_url)

    session.refresh_from_db()
    assert (session.session_data, session.expire_date) == before
    assert response.cookies == {}


def test_presence_of_who_signed_out_is_refused_plainly(whole, editor, presence_url):
    assert Client().post(presence_url, headers={"X-Requested-With": "XMLHttpRequest"}).status_code == 401


def test_presence_of_a_section_that_is_none(clerk, whole, url):
    assert clerk.post(url("section_presence", whole, "nowhere")).status_code == 404


@pytest.mark.parametrize("count", [1, 4])
def test_presence_costs_the_same_for_one_and_many(clerk, whole, now, presence_url, count, django_assert_num_queries):
    for member in TeamMemberFactory.create_batch(count, application=whole.application):
        note_presence(whole, "goals", by=member.user, at=now)
    clerk.post(presence_url)

    with django_assert_num_queries(11):
        clerk.post(presence_url)


def test_a_filed_application_has_nobody_at_work(clerk, whole, applicant, editor, presence_url, now):
    submit_passport(whole, consent=True, by=applicant, at=now)

    signed_in(editor).post(presence_url)

    assert not Presence.objects.exists()
