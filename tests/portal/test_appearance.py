import pytest
from django.test import Client
from django.urls import reverse

CHOOSE = reverse("portal:appearance")
LOGIN = reverse("account_login")

pytestmark = pytest.mark.django_db


def root(client):
    """The opening tag of the page: low vision is written there by the server, so nothing flashes."""
    page = client.get(LOGIN).content.decode()
    return page[page.index("<html") : page.index("<head")].strip()


def test_usual_page_has_no_trace_of_it(client):
    assert root(client) == '<html lang="ru">'


def test_buttons_change_one_thing_at_a_time(client):
    client.post(CHOOSE, {"size": "200"})
    assert root(client) == '<html lang="ru" data-lv="200" data-lv-scheme="bw">'

    client.post(CHOOSE, {"scheme": "blue"})
    assert root(client) == '<html lang="ru" data-lv="200" data-lv-scheme="blue">'

    client.post(CHOOSE, {"usual": "1"})
    assert root(client) == '<html lang="ru">'


def test_person_comes_back_to_the_page_they_read(client):
    assert client.post(CHOOSE, {"size": "150", "next": "/bank/?year=2021"}).url == "/bank/?year=2021"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_form_leads_nowhere_else(client, elsewhere):
    assert client.post(CHOOSE, {"size": "150", "next": elsewhere}).url == reverse("portal:home")


@pytest.mark.parametrize("cookie", ["", "150", "150-", "151-bw", '150"><script>-bw'])
def test_strange_cookie_is_the_usual_look(client, cookie):
    client.cookies["appearance"] = cookie

    assert root(client) == '<html lang="ru">'


def test_strange_button_changes_nothing_else(client):
    client.post(CHOOSE, {"size": "900", "scheme": "pink"})

    assert root(client) == '<html lang="ru" data-lv="150" data-lv-scheme="bw">'


def test_cookie_is_kept_from_scripts(client):
    cookie = client.post(CHOOSE, {"size": "150"}).cookies["appearance"]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_only_a_form_of_ours_changes_it():
    assert Client(enforce_csrf_checks=True).post(CHOOSE, {"size": "150"}).status_code == 403
    assert Client().get(CHOOSE).status_code == 405
