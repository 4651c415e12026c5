"""What holds for every page: strict policy, nothing inline, the language of the cookie, designed refusals."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.verdicts import Refused
from portal import views

TEMPLATES = settings.BASE_DIR / "templates"
PAGES = sorted(path for path in TEMPLATES.rglob("*.html") if "print" not in path.relative_to(TEMPLATES).parts)
STATIC = settings.BASE_DIR / "static"
OURS = [path for path in STATIC.rglob("*") if path.is_file() and "vendor" not in path.relative_to(STATIC).parts]
TEXTS = [path for path in OURS if path.suffix != ".png"]
LOGIN = reverse("account_login")

INLINE = {
    "a style attribute": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a script without src": re.compile(r"<script\b(?![^>]*\ssrc=)", re.IGNORECASE),
    "an event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "htmx code that needs eval": re.compile(r"\shx-on\b|\shx-vals=.js:|\shx-trigger=\"[^\"]*\[", re.IGNORECASE),
}


def inline_parts(html: str) -> list[str]:
    return [name for name, pattern in INLINE.items() if pattern.search(html)]


@pytest.mark.parametrize("template", PAGES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_template_has_nothing_inline(template):
    assert inline_parts(template.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "html",
    [
        '<p style="color: red">',
        "<style>p {}</style>",
        "<script>go()</script>",
        '<button type="button" onclick="go()">',
        '<a href="javascript:go()">',
        '<p hx-on:click="go()">',
    ],
)
def test_the_search_finds_what_it_is_for(html):
    assert len(inline_parts(html)) == 1


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(STATIC)))
def test_static_file_loads_nothing_from_elsewhere(path: Path):
    text = path.read_text(encoding="utf-8")

    assert re.findall(r"(?:url\(|import|src=|href=)[\s\"']*(?:https?:)?//[^\s\"')]+", text) == []


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", LOGIN, "/no-such-page/", "/healthz"])
def test_policy_is_strict_on_every_answer(client, address):
    policy = client.get(address).headers["Content-Security-Policy"]

    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == rules["script-src"] == rules["style-src"] == rules["form-action"] == "'self'"
    assert rules["object-src"] == rules["base-uri"] == rules["frame-ancestors"] == "'none'"
    assert "unsafe" not in policy


@pytest.mark.django_db
class TestLanguage:
    def heading(self, client, **headers):
        return re.search(r"<h1[^>]*>([^<]*)", client.get(LOGIN, headers=headers).content.decode()).group(1)

    def test_is_russian_whatever_the_browser_asks_for(self, client):
        assert self.heading(client, accept_language="en-US,en;q=0.9") == "Вход"

    def test_is_english_by_the_cookie_whatever_the_browser_asks_for(self, client):
        answer = client.post(reverse("portal:language_choose"), {"language": "en", "next": LOGIN})

        assert answer.url == LOGIN
        assert self.heading(client, accept_language="ru") == "Sign in"
        assert client.get(LOGIN).headers["Content-Language"] == "en"

    def test_unknown_to_us_is_russian(self, client):
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "de"

        assert self.heading(client) == "Вход"

    def test_form_leads_nowhere_else(self, client):
        answer = client.post(reverse("portal:language_choose"), {"language": "en", "next": "https://evil.example/"})

        assert answer.url == "/"


@pytest.mark.django_db
class TestRefusals:
    def test_unknown_address_is_a_designed_page_with_ways_out(self, client):
        answer = client.get("/no-such-page/")

        page = answer.content.decode()
        assert answer.status_code == 404
        assert "Эта страница сошла с орбиты" in page
        assert f'href="{reverse("practices:bank")}"' in page

    def test_refusal_tells_its_reason(self, rf):
        request = rf.get("/")
        request.session = {}

        answer = views.refused(request, Refused("Приём закончился 31 мая в 23:59 МСК."))

        assert answer.status_code == 403
        assert "Приём закончился 31 мая в 23:59 МСК." in answer.content.decode()

    def test_form_without_a_token_says_what_to_do(self):
        answer = Client(enforce_csrf_checks=True).post(LOGIN, {"login": "anna@example.org", "password": "x"})

        assert answer.status_code == 403
        assert "Ничего не изменилось." in answer.content.decode()

    def test_page_of_the_last_resort_needs_nothing_that_could_fail(self):
        text = (TEMPLATES / "500.html").read_text(encoding="utf-8")

        assert "{%" not in text
        assert "{{" not in text
        for address in re.findall(r'(?:href|src)="/static/([^"#]+)', text):
            assert (STATIC / address).is_file(), address


def test_fragments_name_their_inputs():
    for fragment in sorted((TEMPLATES / "components").glob("_*.html")):
        opening = re.sub(r"^({% load [^%]*%}\s*)+", "", fragment.read_text(encoding="utf-8"))
        assert opening.startswith("{% comment %}"), fragment.name


def test_every_icon_named_in_a_template_is_in_the_sprite():
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "img" / "icons.svg").read_text(encoding="utf-8")))
    named = {name for page in PAGES for name in re.findall(r'{% icon "([\w-]+)"', page.read_text(encoding="utf-8"))}

    assert named
    assert named - drawn == set()
