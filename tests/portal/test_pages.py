"""Pages kept for all: one visitor's never reaches another, and what leaves the bank leaves them at once."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from portal.pages import KeptPagesMiddleware
from practices.models import Practice
from practices.version import for_everybody
from tests.crawl import signed_in
from tests.factories import PracticeFactory, UserFactory, utc

BANK = reverse("practices:bank")
VERSION = 1  # the only query of a kept page


@pytest.fixture(autouse=True)
def _kept(settings):
    settings.KEEP_PAGES = True


def count() -> int:
    return len(caches["pages"]._cache)


@pytest.mark.django_db
def test_the_second_visitor_gets_the_page_of_the_first(client, django_assert_num_queries):
    PracticeFactory(title="Двор")
    first = client.get(BANK)

    with django_assert_num_queries(VERSION):
        second = Client().get(BANK)

    assert (second.status_code, second.content) == (200, first.content)
    assert "Двор" in second.content.decode()
    assert second.headers == first.headers
    assert (second["Cache-Control"], second["Vary"], second["Content-Language"]) == (
        "no-cache",
        "HX-Request, Cookie",
        "ru",
    )
    assert not first.cookies
    assert not second.cookies


@pytest.mark.django_db
def test_what_leaves_the_bank_leaves_every_page_at_once(client):
    practice = PracticeFactory(title="Тайный двор")
    pages = [BANK, reverse("portal:home"), practice.territory.get_absolute_url(), practice.get_absolute_url()]
    assert ["Тайный двор" in client.get(page).content.decode() for page in pages] == [True, False, True, True]

    Practice.objects.update(published_at=None)

    assert ["Тайный двор" in client.get(page).content.decode() for page in pages] == [False] * 4
    assert client.get(practice.get_absolute_url()).status_code == 404


@pytest.mark.django_db
def test_who_signed_in_has_pages_of_their_own(client):
    somebody = signed_in(UserFactory(name="Анна"))

    own = somebody.get(BANK)
    assert count() == 0
    everybody = client.get(BANK)
    again = somebody.get(BANK)

    assert (b"/desk/" in own.content, b"/desk/" in everybody.content, b"/desk/" in again.content) == (True, False, True)
    assert {"private", "no-store"} <= set(again["Cache-Control"].split(", "))
    assert "ETag" not in again.headers


@pytest.mark.django_db
def test_each_language_look_host_and_question_has_its_page():
    PracticeFactory(title="Двор")
    asked = [
        (BANK, {}, {}),
        (BANK, {"django_language": "en"}, {}),
        (BANK, {"appearance": "150-bw"}, {}),
        (BANK, {"appearance": "200-bw"}, {}),
        (BANK + "?q=двор", {}, {}),
        (BANK, {}, {"Host": "localhost"}),
    ]

    def answer(url, cookies, headers):
        visitor = Client()
        visitor.cookies.load(cookies)
        return visitor.get(url, headers=headers).content

    made = [answer(*question) for question in asked]
    assert count() == len(asked)
    assert [answer(*question) for question in asked] == made
    assert len(set(made[:5])) == 5


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cookies", "headers"),
    [
        ({"sessionid": "x"}, {}),
        ({"messages": "x"}, {}),
        ({"something": "of another"}, {}),
        ({}, {"Authorization": "Basic x"}),
        ({}, {"Authorization": ""}),
        ({}, {"HX-Request": "true"}),
        ({}, {"HX-Request": ""}),
    ],
)
def test_whoever_may_be_somebody_is_answered_anew(client, cookies, headers):
    client.cookies.load(cookies)

    assert client.get(BANK, headers=headers).status_code == 200
    assert count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "minutes", "kept"),
    [("portal:home", 0, 1), ("portal:home", 1, 2), ("practices:bank", 9, 1), ("practices:bank", 10, 2)],
)
def test_a_page_is_kept_until_its_time_is_over_by_the_clock(client, monkeypatch, name, minutes, kept):
    now = utc(2026, 9, 1, 12, 0)
    monkeypatch.setattr("portal.pages.timezone.now", lambda: now)
    client.get(reverse(name))

    now += timedelta(minutes=minutes, seconds=59)
    client.get(reverse(name))

    assert count() == kept


@pytest.mark.django_db
def test_a_browser_that_has_the_page_is_told_so(client):
    PracticeFactory(title="Двор")
    tag = client.get(BANK)["ETag"]

    same = client.get(BANK, headers={"If-None-Match": tag})
    assert (same.status_code, same.content, same["ETag"]) == (304, b"", tag)

    PracticeFactory(title="Парк")
    other = client.get(BANK, headers={"If-None-Match": tag})
    assert (other.status_code, other["ETag"] == tag) == (200, False)


@pytest.mark.django_db
def test_a_host_that_is_refused_gets_nothing_kept(client, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    client.get(BANK)

    assert client.get(BANK, headers={"Host": "evil.example"}).status_code == 400


@pytest.mark.django_db
def test_the_head_of_a_page_is_that_of_the_page(client):
    asked = client.head(BANK)
    assert count() == 0
    whole = client.get(BANK)
    kept = client.head(BANK)

    assert asked.headers == whole.headers == kept.headers
    assert client.head(BANK, headers={"If-None-Match": whole["ETag"]}).status_code == 304


def response(content="page", *, status=200, **headers):
    return HttpResponse(
        content, status=status, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )


def with_cookie():
    answer = response()
    answer.set_cookie("sessionid", "somebody's")
    return answer


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answer", "is_marked", "is_kept"),
    [
        (response, True, True),
        (response, False, False),
        (with_cookie, True, False),
        (lambda: response(Set_Cookie="a=b"), True, False),
        (lambda: response(Cache_Control="Private"), True, False),
        (lambda: response(Cache_Control="max-age=0, no-store"), True, False),
        (lambda: response(Vary="*"), True, False),
        (lambda: response(Vary="Cookie, Accept"), True, False),
        (lambda: response('<input name="csrfmiddlewaretoken" value="x">'), True, False),
        (lambda: response("x" * 600_000), True, False),
        (lambda: response(status=404), True, False),
        (lambda: response(status=302), True, False),
        (lambda: StreamingHttpResponse(["page"]), True, False),
    ],
)
def test_an_answer_that_may_be_one_visitors_is_not_kept(answer, is_marked, is_kept):
    def view(_request):
        return answer()

    def respond(request):
        request.resolver_match = type("Match", (), {"func": staticmethod(for_everybody(view) if is_marked else view)})
        return view(request)

    KeptPagesMiddleware(respond)(RequestFactory().get("/"))

    assert count() == int(is_kept)


@pytest.mark.django_db
def test_nothing_is_kept_when_it_is_switched_off(client, settings):
    settings.KEEP_PAGES = False

    client.get(BANK)

    assert count() == 0
