"""Saved searches: asked for, confirmed, left by links; each new practice told once, nothing of what is not public."""

import re
from datetime import timedelta
from smtplib import SMTPException

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from portal import background
from practices import watching
from practices.models import SavedSearch
from practices.services.saved_searches import VALID_FOR, ask_to_follow, confirm_search
from practices.watching import LEASE, send_due_searches
from tests.concurrency import at_once
from tests.factories import ContestFactory, PracticeFactory, SavedSearchFactory, TerritoryFactory, UserFactory, utc

pytestmark = pytest.mark.django_db

FOLLOW = "/bank/watch/"
START = utc(2026, 3, 1, 9)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
WISH = {"email": "anna@example.org", "frequency": "daily"}


@pytest.fixture
def outbox(django_capture_on_commit_callbacks):
    """What was sent; letters go out when the deed is committed."""
    with django_capture_on_commit_callbacks(execute=True):
        yield mail.outbox


def link(letter, page):
    return re.search(rf"(/bank/watch/{page}/\S+)", letter.body)[1]


def published(title, *, at=START + HOUR, **more):
    return PracticeFactory(title=title, published_at=at, **more)


def followed(**more):
    return SavedSearchFactory(confirmed=START, **more)


def told():
    """The titles in each letter sent, in the order of sending."""
    return [re.findall(r"^(Двор.*|Парк.*|Тайн.*)$", letter.body, re.MULTILINE) for letter in mail.outbox]


# --- asked for, confirmed, left


def test_whole_way_from_the_form_to_leaving(client, django_capture_on_commit_callbacks):
    TerritoryFactory(slug="sarov", name="Саров")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(FOLLOW + "?q=двор&territory=sarov&view=list", {**WISH, "email": " Anna@Example.org"})
    (letter,) = mail.outbox
    assert letter.to == ["anna@example.org"]
    assert "Слова: двор; Город: Саров" in letter.body
    confirm = link(letter, "confirm")

    opened = client.get(confirm)
    assert "Слова: двор; Город: Саров" in opened.content.decode()
    assert SavedSearch.objects.confirmed().count() == 0
    client.post(confirm)
    search = SavedSearch.objects.confirmed().get()
    client.post(confirm)

    published("Двор Сарова", at=timezone.now(), territory=TerritoryFactory._meta.model.objects.get(slug="sarov"))
    published("Двор иной", at=timezone.now())
    assert send_due_searches(at=search.next_at) == 1
    news = mail.outbox[1]
    assert told()[1] == ["Двор Сарова"]
    leave = link(news, "leave")
    assert client.get(leave).status_code == 200
    assert SavedSearch.objects.exists()
    client.post(leave)
    assert not SavedSearch.objects.exists()
    assert client.post(leave).status_code == 200


def test_mail_program_leaves_by_one_click_without_a_token_of_the_page(client):
    published("Двор")
    followed()
    send_due_searches(at=START + DAY)
    headers = mail.outbox[0].extra_headers
    strict = type(client)(enforce_csrf_checks=True)

    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = re.fullmatch(r"<https?://[^/]+(/.*)>", headers["List-Unsubscribe"])[1]
    assert strict.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize("token", ["guessed", "00000000-0000-0000-0000-000000000000:x", "a\0b", "é"])
def test_link_that_we_did_not_make_leaves_nothing(client, token):
    followed()

    client.post(f"/bank/watch/leave/{token}/")

    assert SavedSearch.objects.count() == 1


def test_page_says_the_same_of_every_address(client, django_capture_on_commit_callbacks):
    SavedSearchFactory(confirmed=START, email="known@example.org")
    UserFactory(email="account@example.org")

    answers = []
    with django_capture_on_commit_callbacks(execute=True):
        for name in ("known", "account", "new"):
            response = client.post(FOLLOW, {**WISH, "email": f"{name}@example.org"}, follow=True)
            answers.append((response.redirect_chain, response.content))

    assert len(set(map(str, answers))) == 1
    assert [letter.subject for letter in mail.outbox] == [
        "Вы уже следите за этим запросом",
        "Подтвердите подписку на новые практики",
        "Подтвердите подписку на новые практики",
    ]
    assert SavedSearch.objects.get(email="known@example.org").confirmed_at == START


def test_equal_questions_of_one_address_are_kept_once(client, outbox):
    ContestFactory(year=2019), ContestFactory(year=2021)
    for query in ("year=2019&year=2021&q=двор", "q=двор&year=2021&year=2019&page=2"):
        client.post(f"{FOLLOW}?{query}", WISH)

    assert SavedSearch.objects.count() == 1


def test_double_click_sends_one_letter_and_a_later_wish_another(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for moment in (START, START, START + HOUR):
            ask_to_follow("", said="весь банк", email="anna@example.org", frequency="daily", at=moment)

    first, later = (link(letter, "confirm") for letter in mail.outbox)
    assert first != later


def test_unconfirmed_wish_lapses_after_a_week(client):
    SavedSearchFactory(token="old", asked_at=timezone.now() - VALID_FOR - HOUR)
    kept = SavedSearchFactory(token="new", asked_at=timezone.now() - VALID_FOR + HOUR)

    assert client.get("/bank/watch/confirm/old/").status_code == 404
    assert client.get("/bank/watch/confirm/new/").status_code == 200
    send_due_searches(at=timezone.now())
    assert list(SavedSearch.objects.all()) == [kept]


@pytest.mark.parametrize("email", ["", "no address", "a\0b@example.org", "a@b", "x" * 300 + "@example.org"])
def test_form_refuses_what_is_no_address(client, email):
    response = client.post(FOLLOW, {"email": email, "frequency": "daily"})

    assert response.status_code == 422
    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize("query", ["q=\0", "year=10000000000000000000000", "theme=nothing&q=двор", "q=" + "я" * 5000])
def test_question_that_is_not_understood_is_told_on_the_form(client, query):
    response = client.get(f"{FOLLOW}?{query}")

    assert response.status_code == 200
    assert response.context["problems"] or "q=%00" in query or "\0" in query


def test_nobody_is_written_to_often(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        statuses = [client.post(f"{FOLLOW}?q=двор{number}", WISH).status_code for number in range(5)]

    assert statuses == [302, 302, 302, 429, 429]
    assert len(mail.outbox) == 3


def test_form_knows_the_address_of_who_signed_in(client):
    client.force_login(UserFactory(email="olga@example.org"))

    assert 'value="olga@example.org"' in client.get(FOLLOW).content.decode()


# --- the letters


def test_each_new_practice_is_told_once_and_no_news_is_no_letter():
    search = followed(question="q=двор")
    published("Двор старый", at=START - HOUR)
    published("Двор новый")
    published("Парк")

    for hours in (23, 24, 25, 48, 72):
        send_due_searches(at=START + hours * HOUR)
    published("Двор третий", at=START + 72 * HOUR)
    send_due_searches(at=START + 96 * HOUR)

    assert told() == [["Двор новый"], ["Двор третий"]]
    search.refresh_from_db()
    assert search.next_at == START + 5 * DAY


def test_practice_of_the_last_minutes_waits_for_the_next_letter():
    followed()
    published("Двор")
    published("Парк", at=START + DAY - timedelta(minutes=5))

    send_due_searches(at=START + DAY)
    send_due_searches(at=START + 2 * DAY)

    assert told() == [["Двор"], ["Парк"]]


def test_weekly_letter_comes_once_a_week():
    search = SavedSearchFactory(frequency="weekly")
    confirm_search(search, at=START)
    published("Двор")

    sent = [send_due_searches(at=START + days * DAY) for days in range(1, 9)]

    assert sent == [0, 0, 0, 0, 0, 0, 1, 0]


def test_withdrawn_and_unpublished_practices_are_not_mentioned():
    followed()
    published("Двор")
    PracticeFactory(title="Тайная", published_at=None)
    withdrawn = published("Тайно отозванная")
    withdrawn.published_at = None
    withdrawn.save()

    send_due_searches(at=START + DAY)

    assert told() == [["Двор"]]
    assert "Тайн" not in mail.outbox[0].body


def test_what_is_no_longer_understood_is_told():
    followed(question="q=двор&theme=gone")
    published("Двор")

    send_due_searches(at=START + DAY)

    assert told() == [["Двор"]]
    assert "Темы «gone» нет" in mail.outbox[0].body or "gone" in mail.outbox[0].body


def test_search_of_which_nothing_is_understood_says_so_and_ends():
    followed(question="theme=gone")
    published("Двор")

    send_due_searches(at=START + DAY)
    send_due_searches(at=START + 2 * DAY)

    (letter,) = mail.outbox
    assert letter.subject == "Ваш запрос к банку практик больше не понятен порталу"
    assert "Двор" not in letter.body
    assert not SavedSearch.objects.exists()


def test_many_news_are_cut_and_counted(monkeypatch):
    monkeypatch.setattr(watching, "MOST_IN_LETTER", 2)
    followed()
    for number in range(5):
        published(f"Двор {number}")

    send_due_searches(at=START + DAY)

    assert mail.outbox[0].subject == "5 новых практик в банке"
    assert len(told()[0]) == 2
    assert "И ещё 3." in mail.outbox[0].body


def test_letter_that_the_mail_server_refused_is_tried_again(monkeypatch):
    followed()
    published("Двор")

    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.message.EmailMessage.send", _refuse)
        assert send_due_searches(at=START + DAY) == 0
    assert send_due_searches(at=START + DAY + HOUR) == 1

    assert told() == [["Двор"]]


def _refuse(_letter):
    raise SMTPException


def test_search_of_a_worker_that_died_is_taken_over_when_its_lease_is_over():
    search = followed()
    published("Двор")
    SavedSearch.objects.filter(pk=search.pk).update(claimed_at=START + DAY)

    sent = [send_due_searches(at=START + DAY + later) for later in (LEASE / 2, 2 * LEASE)]

    assert sent == [0, 1]


def test_one_search_that_fails_keeps_nobody_elses_letter(monkeypatch):
    published("Двор")
    broken, _sound = followed(question="q=двор"), followed()
    answer = watching.news_for

    def news(search, **more):
        if search.pk == broken.pk:
            raise ValueError("broken")
        return answer(search, **more)

    monkeypatch.setattr(watching, "news_for", news)

    assert send_due_searches(at=START + DAY) == 1


@pytest.mark.every_database
@pytest.mark.django_db(transaction=True)
def test_two_workers_send_one_letter():
    followed(email="anna@example.org")
    published("Двор")

    moments = [START + DAY, START + DAY, START + DAY + timedelta(seconds=1)]
    sent = at_once(*[lambda at=at: send_due_searches(at=at) for at in moments])

    assert sorted(sent) == [0, 0, 1]
    assert told() == [["Двор"]]


@pytest.mark.every_database
@pytest.mark.django_db(transaction=True)
def test_two_tabs_ask_once():
    def ask():
        ask_to_follow("", said="весь банк", email="anna@example.org", frequency="daily", at=START)

    assert at_once(ask, ask, ask) == [None] * 3
    assert (SavedSearch.objects.count(), len(mail.outbox)) == (1, 1)


def test_command_sends_what_is_due(capsys):
    SavedSearchFactory(confirmed=timezone.now() - 2 * DAY)
    published("Двор", at=timezone.now() - HOUR)

    call_command("send_saved_searches")

    assert capsys.readouterr().out == "Отправлено писем: 1\n"


def test_worker_queues_the_letters_once_an_hour_and_only_when_there_are_any(monkeypatch):
    queued = []
    monkeypatch.setattr(background.send_saved_searches.__class__, "enqueue", lambda task: queued.append(task))

    background.enqueue_what_is_due()
    assert queued == []
    SavedSearchFactory(confirmed=timezone.now() - 2 * DAY)
    background.enqueue_what_is_due()

    assert queued == [background.send_saved_searches]


def test_organiser_sees_questions_but_no_addresses(client):
    search = followed(question="q=двор", email="anna@example.org")
    client.force_login(UserFactory(is_staff=True))

    pages = [client.get(f"/admin/practices/savedsearch/{page}") for page in ("", f"{search.pk}/change/")]

    assert [page.status_code for page in pages] == [200, 200]
    assert all("двор" in page.content.decode() for page in pages)
    assert all("anna@example.org" not in page.content.decode() for page in pages)
