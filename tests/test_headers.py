"""What every answer says beside its content: what a browser may do with it, who may keep it, what it remembers."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.crawl import Page, as_page, signed_in, take
from tests.factories import PracticeFactory, UserFactory

POLICY = {
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
}
# Of a file that somebody uploaded: it opens as nothing but itself
POLICY_OF_FILES = {"default-src 'none'", "sandbox", "frame-ancestors 'none'"}
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# The bank on paper and for machines has nothing personal
FOR_EVERYBODY = {"application/pdf", "application/json", "application/atom+xml", "application/xml", "text/plain"}


def is_uploaded(page: Page) -> bool:
    """Whether the answer is a file as somebody attached or uploaded it, or what was made of it."""
    return page.status == 200 and bool(re.search(r"/(attachments|files)/[0-9a-f-]{36}/(preview/)?$|/file/?$", page.url))


def is_headed(page: Page) -> bool:
    policy = set(page.headers["Content-Security-Policy"].split("; "))
    return policy == (POLICY_OF_FILES if is_uploaded(page) else POLICY) and page.headers.items() >= ALWAYS.items()


def test_every_answer_carries_the_policy(reading):
    assert [page.url for page in reading.pages if not is_headed(page)] == []
    assert {page.status for page in reading.pages} >= {200, 302, 403, 404, 405}
    assert {page.person for page in reading.pages if is_uploaded(page)} >= {"visitor", "owner", "juror", "organiser"}
    assert {page.kind for page in reading.pages} >= {"text/html", "application/pdf", "application/json"}


def test_what_a_person_sees_is_kept_by_no_cache(reading):
    theirs = [
        page
        for page in reading.pages
        if page.person != "visitor" and page.kind not in FOR_EVERYBODY
        if not (is_uploaded(page) and page.url.startswith("/bank/"))  # asked for anew each time instead
        if not page.url.endswith("/card.png")
    ]
    kept = [p.url for p in theirs if not {"no-store", "private"} <= set(p.headers.get("Cache-Control", "").split(", "))]

    assert kept == []
    assert len(theirs) > 500


def test_cookies_are_for_this_site_and_not_for_scripts(reading):
    cookies = [cookie for page in reading.pages for cookie in page.cookies.values() if cookie["max-age"] != 0]

    assert {cookie["samesite"] for cookie in cookies} == {"Lax"}
    # The editor of a section reads this one: after signing in anew its page has a token of the past.
    assert {cookie.key for cookie in cookies if not cookie["httponly"]} == {"csrftoken"}


def test_public_files_and_pages_start_no_session(reading):
    cookies = {cookie for page in reading.pages if page.person == "visitor" for cookie in page.cookies}

    assert cookies == {"csrftoken"}


@pytest.fixture
def unusual(db, settings):
    """Answers that no link leads to."""
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.WHITENOISE_USE_FINDERS = True  # the tests collect no static files
    visitor, checked = Client(raise_request_exception=False), Client(enforce_csrf_checks=True)
    submit = reverse("portal:appearance")
    practice = PracticeFactory()
    asked = {
        "static file": visitor.get("/static/js/autosave.js"),
        "missing static file": visitor.get("/static/nothing.js"),
        "fragment": visitor.get(reverse("practices:bank"), headers={"HX-Request": "true"}),
        "missing slash": visitor.get("/bank"),
        "refused host": visitor.get("/", headers={"Host": "evil.example"}),
        "forged form": checked.post(submit, {"size": "150"}, headers={"Origin": "https://evil.example"}),
        "wrong method": visitor.delete(submit),
        "too large": visitor.post(submit, {"size": "1" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)}),
        "redirect": visitor.get(reverse("practices:application_list")),
        "refused query": visitor.get(reverse("practices:api_practices"), {"limit": "x"}),
        "practice": visitor.get(practice.get_absolute_url()),
    }
    return {name: as_page(response, "visitor", name) for name, response in asked.items()}


def test_answers_that_no_link_leads_to_carry_the_policy_too(unusual):
    assert {name: page.status for name, page in unusual.items()} == {
        "static file": 200,
        "missing static file": 404,
        "fragment": 200,
        "missing slash": 301,
        "refused host": 400,
        "forged form": 403,
        "wrong method": 405,
        "too large": 413,
        "redirect": 302,
        "refused query": 400,
        "practice": 200,
    }
    assert [name for name, page in unusual.items() if not is_headed(page)] == []


@pytest.mark.django_db
def test_an_error_of_ours_tells_nothing_and_carries_the_policy(monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("the secret of the house")

    monkeypatch.setattr("practices.views.territories.territories_with_numbers", fail)
    page = take(Client(raise_request_exception=False), "visitor", reverse("practices:territory_list"))

    assert page.status == 500
    assert "Портал временно не отвечает" in page.text
    assert "secret" not in page.text
    assert is_headed(page)


# --- Sessions --------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_session_is_new_after_signing_in_and_dead_after_signing_out():
    user = UserFactory(email="anna@example.org")
    user.set_password("long-enough-and-odd")
    user.save()
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    client = Client()
    planted = client.session
    planted["left"] = "by somebody"
    planted.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = planted.session_key

    response = client.post(reverse("account_login"), {"login": user.email, "password": "long-enough-and-odd"})
    signed = response.cookies[settings.SESSION_COOKIE_NAME]
    assert signed.value != planted.session_key
    assert (signed["httponly"], signed["samesite"]) == (True, "Lax")
    assert client.get(reverse("practices:application_list")).status_code == 200

    client.post(reverse("account_logout"))
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = signed.value
    assert thief.get(reverse("practices:application_list")).status_code == 302


@pytest.mark.django_db
def test_a_new_password_ends_the_other_sessions():
    user = UserFactory()
    user.set_password("long-enough-and-odd")
    user.save()
    elsewhere = signed_in(user)
    assert elsewhere.get(reverse("practices:application_list")).status_code == 200

    user.set_password("another-and-odd-too")
    user.save()

    assert elsewhere.get(reverse("practices:application_list")).status_code == 302


@pytest.mark.parametrize("person", ["switched off", "no longer the organiser"])
@pytest.mark.django_db
def test_who_loses_the_right_loses_it_at_once(person):
    user = UserFactory(is_staff=True)
    client = signed_in(user)
    assert client.get(reverse("admin:index")).status_code == 200

    field = {"switched off": "is_active", "no longer the organiser": "is_staff"}[person]
    type(user).objects.filter(pk=user.pk).update(**{field: False})

    assert client.get(reverse("admin:index")).status_code == {"is_active": 302, "is_staff": 403}[field]


@pytest.mark.django_db
def test_broken_cookies_are_no_cookies():
    for value in ("", "\\000" * 9, "\\ud800", "x" * 8000, "150-bw; x", "../../etc/passwd"):
        client = Client(raise_request_exception=False)
        for name in (
            settings.SESSION_COOKIE_NAME,
            settings.LANGUAGE_COOKIE_NAME,
            settings.CSRF_COOKIE_NAME,
            "appearance",
            "messages",
        ):
            client.cookies[name] = value

        response = client.get("/")

        assert response.status_code == 200
        assert 'lang="ru"' in response.content.decode()
