from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from competition.enums import Role
from portal import background
from practices.adoption import asking_cities, team_of
from practices.enums import Confirmer
from practices.models import AdoptionRequest
from practices.permissions import confirmer
from practices.places import place_key
from practices.services import ask_to_adopt
from tests.concurrency import at_once
from tests.factories import (
    ApplicationFactory,
    ContestFactory,
    ContestFormFactory,
    PassportFactory,
    PracticeFactory,
    TeamMemberFactory,
    TrackFactory,
    UserFactory,
    utc,
)

ASKED = {
    "name": "Анна",
    "city": "г. Саров",
    "organisation": "Библиотека",
    "email": "anna@example.org",
    "text": "Пришлите смету.",
    "consent": "on",
}


@pytest.fixture
def practice():
    """A practice with an owner, an editor, a reader, and an editor who may no longer sign in."""
    application = ApplicationFactory(admitted=True, owner=UserFactory(email="owner@example.org"))
    for name, role in (("editor", Role.EDITOR), ("reader", Role.READER)):
        TeamMemberFactory(application=application, role=role, user=UserFactory(email=f"{name}@example.org"))
    gone = UserFactory(email="gone@example.org", is_active=False)
    TeamMemberFactory(application=application, role=Role.EDITOR, user=gone)
    UserFactory(email="organiser@example.org", is_staff=True)
    return PracticeFactory(slug="yard", passport=PassportFactory(application=application))


def ask(client, *, commit, slug="yard", **changed):
    with commit(execute=True):
        return client.post(f"/bank/{slug}/adopt/", {"token": uuid4(), **ASKED, **changed})


@pytest.mark.django_db
def test_request_reaches_the_team_and_is_kept(client, practice, django_capture_on_commit_callbacks):
    response = ask(client, commit=django_capture_on_commit_callbacks)

    assert response.headers["Location"] == "/bank/yard/adopt/?sent=1"
    assert sorted(letter.to for letter in mail.outbox) == [["editor@example.org"], ["owner@example.org"]]
    assert {tuple(letter.reply_to) for letter in mail.outbox} == {("anna@example.org",)}
    assert "Пришлите смету." in mail.outbox[0].body
    kept = AdoptionRequest.objects.get()
    assert (kept.practice, kept.city, kept.email, kept.text) == (practice, "г. Саров", ASKED["email"], ASKED["text"])
    assert kept.consent.startswith("Согласен на передачу")


@pytest.mark.django_db
def test_whoever_asks_never_sees_an_address_of_the_team(client, practice, django_capture_on_commit_callbacks):
    wrong = ask(client, commit=django_capture_on_commit_callbacks, email="", text="")
    sent = ask(client, commit=django_capture_on_commit_callbacks)
    answers = [wrong, sent, client.get(sent.headers["Location"]), client.get("/bank/yard/adopt/")]
    answers.append(client.get(practice.get_absolute_url()))

    told = "".join(f"{answer.headers} {answer.content.decode()}" for answer in answers)

    assert practice.passport.application.owner.email in str([letter.to for letter in mail.outbox])
    assert [name for name in ("owner", "editor", "reader", "gone", "organiser") if f"{name}@example.org" in told] == []


@pytest.mark.django_db
def test_request_for_a_card_reaches_the_organiser(client, django_capture_on_commit_callbacks):
    UserFactory(email="organiser@example.org", is_staff=True)
    PracticeFactory(slug="card")

    ask(client, commit=django_capture_on_commit_callbacks, slug="card")

    (letter,) = mail.outbox
    assert letter.to == ["organiser@example.org"]
    assert "запрос пришёл организатору" in letter.body


@pytest.mark.django_db
def test_request_to_a_team_that_is_gone_reaches_the_organiser(client, practice, django_capture_on_commit_callbacks):
    application = practice.passport.application
    application.team.all().delete()
    application.owner.is_active = False
    application.owner.save()

    ask(client, commit=django_capture_on_commit_callbacks)

    assert [letter.to for letter in mail.outbox] == [["organiser@example.org"]]


@pytest.mark.django_db
def test_what_came_from_old_files_has_no_team_but_the_organiser(client, practice):
    organiser = type(practice.passport.application.owner).objects.get(email="organiser@example.org")
    application = practice.passport.application
    application.team.all().delete()
    application.owner = organiser
    application.save()

    text = client.get("/bank/yard/adopt/").content.decode()

    assert team_of(practice) == []
    assert "ваше письмо получит организатор" in text
    assert "известна по карточке" not in text
    assert confirmer(organiser, practice) == Confirmer.ORGANISER


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"city": " "},
        {"email": "nobody"},
        {"email": "anna@example.org\nBcc: all@example.org"},
        {"text": ""},
        {"text": "я" * 3001},
        {"name": "\0"},
        {"consent": ""},
    ],
)
def test_wrong_request_is_refused_with_its_words_kept(client, practice, wrong, django_capture_on_commit_callbacks):
    response = ask(client, commit=django_capture_on_commit_callbacks, **wrong)

    assert response.status_code == 422
    assert response.context["form"].errors.keys() == wrong.keys()
    assert "Библиотека" in response.content.decode()
    assert not AdoptionRequest.objects.exists()
    assert not mail.outbox


@pytest.mark.django_db
def test_same_form_sent_twice_is_one_request(client, practice, django_capture_on_commit_callbacks):
    answers = [ask(client, commit=django_capture_on_commit_callbacks, token="6" * 32) for _n in range(2)]

    assert {answer.headers["Location"] for answer in answers} == {"/bank/yard/adopt/?sent=1"}
    assert AdoptionRequest.objects.count() == 1
    assert len(mail.outbox) == 2  # to the two of the team


@pytest.mark.django_db
def test_spoilt_form_still_asks(client, practice, django_capture_on_commit_callbacks):
    for token in ("", "x", "0" * 999):
        ask(client, commit=django_capture_on_commit_callbacks, token=token)

    assert AdoptionRequest.objects.count() == 3


@pytest.mark.django_db
def test_many_requests_of_one_address_wait(client, practice, django_capture_on_commit_callbacks):
    answers = [ask(client, commit=django_capture_on_commit_callbacks) for _n in range(6)]

    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert "Отправьте этот позже" in answers[-1].content.decode()
    assert "Пришлите смету." in answers[-1].content.decode()
    assert AdoptionRequest.objects.count() == 5


@pytest.mark.django_db
def test_what_was_sent_already_is_said_to_be_sent(client, practice, django_capture_on_commit_callbacks):
    tokens = [uuid4() for _n in range(5)]

    answers = [ask(client, commit=django_capture_on_commit_callbacks, token=token) for token in (*tokens, tokens[-1])]

    assert [answer.status_code for answer in answers] == [302] * 6
    assert AdoptionRequest.objects.count() == 5


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
def test_double_click_asks_once(practice):
    asked = {**ASKED, "consent": "Согласен"}
    token, now = uuid4(), timezone.now()

    answers = at_once(*[lambda: ask_to_adopt(practice, token=token, **asked, at=now)] * 2)

    assert sorted(answers) == [False, True]
    assert AdoptionRequest.objects.count() == 1
    assert len(mail.outbox) == 2


@pytest.mark.django_db
def test_signed_in_person_finds_the_form_begun(client, practice):
    client.force_login(UserFactory(name="Олег", email="oleg@example.org"))

    page = client.get("/bank/yard/adopt/").content.decode()

    assert 'value="Олег"' in page
    assert 'value="oleg@example.org"' in page


@pytest.mark.django_db
def test_page_counts_the_cities_that_asked_within_a_year(client, practice):
    now = timezone.now()
    asked = {**ASKED, "consent": "Согласен"}
    for city, days in (("Саров", 1), ("ЗАТО Саров, Нижегородская область", 2), ("Дубна", 3), ("Обнинск", 400)):
        request = {**asked, "city": city}
        ask_to_adopt(practice, token=uuid4(), **request, at=now - timedelta(days=days))

    assert asking_cities(practice, at=now) == 2
    assert "2 города запросили материалы" in client.get(practice.get_absolute_url()).content.decode()


@pytest.mark.django_db
def test_request_is_forgotten_after_a_year(practice):
    now = timezone.now()
    asked = {**ASKED, "consent": "Согласен"}
    ask_to_adopt(practice, token=uuid4(), **asked, at=now - timedelta(days=366))
    ask_to_adopt(practice, token=uuid4(), **{**asked, "name": "Олег"}, at=now - timedelta(days=364))

    background.enqueue_what_is_due()

    assert [request.name for request in AdoptionRequest.objects.all()] == ["Олег"]


@pytest.mark.django_db
def test_team_and_organiser_read_the_request_in_the_cabinet(client, practice):
    ask_to_adopt(practice, token=uuid4(), **{**ASKED, "consent": "Согласен"}, at=timezone.now())
    address = reverse("practices:application_detail", args=[practice.passport.application.key])
    people = {user.email.partition("@")[0]: user for user in type(practice.passport.application.owner).objects.all()}

    readers = set()
    for name in ("owner", "editor", "reader", "organiser"):
        client.force_login(people[name])
        if "anna@example.org" in client.get(address).content.decode():
            readers.add(name)

    assert readers == {"owner", "editor", "reader", "organiser"}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("г. Саров", "саров"),
        ("ЗАТО Саров, Нижегородская область", "саров"),
        ("САРОВ (Нижегородская обл.)", "саров"),
        ("город", "город"),
        ("Нижний Новгород", "нижний новгород"),
        (", Саров", "саров"),
    ],
)
def test_cities_are_counted_by_their_names(text, key):
    assert place_key(text) == key


# --- We have adopted it: an application with its donor -----------------------------------------------------------


@pytest.mark.django_db
def test_whoever_signs_in_on_the_way_finds_the_donor_chosen(client, practice):
    contest = ContestFactory(year=2090, announced_at=None)
    TrackFactory(contest=contest, code="adoption", opens_at=utc(2020, 1, 1), closes_at=utc(2090, 5, 31))
    ContestFormFactory(contest=contest)
    person = UserFactory(email="anna@example.org")
    person.set_password("a-long-password")
    person.save()
    person.emailaddress_set.create(email=person.email, verified=True, primary=True)
    way = f"{reverse('practices:application_start')}?donor=yard"
    assert way in client.get(practice.get_absolute_url()).content.decode()

    asked = client.get(way)
    login = {"login": person.email, "password": "a-long-password", "next": way}
    back = client.post(asked.headers["Location"].partition("?")[0], login)

    assert asked.headers["Location"].endswith("next=/applications/new/%3Fdonor%3Dyard")
    assert back.headers["Location"] == way
    assert client.get(way).context["form"].initial["donor"] == practice


@pytest.mark.django_db
def test_page_says_when_the_next_track_for_adoptions_opens(client, practice):
    contest = ContestFactory(year=2090, announced_at=None)
    TrackFactory(contest=contest, code="adoption", opens_at=utc(2090, 2, 1), closes_at=utc(2090, 5, 31))

    page = client.get(practice.get_absolute_url()).content.decode()

    assert "Приём заявок с внедрениями в конкурсе 2090 года откроется" in page
    assert "?donor=" not in page
