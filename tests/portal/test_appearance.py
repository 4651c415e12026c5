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


OURS, ANOTHER = "http://testserver", "https://evil.example"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin", "Origin": OURS}, 302),
        ({"Sec-Fetch-Site": "none"}, 302),
        ({"Origin": OURS}, 302),
        ({}, 302),
        ({"Sec-Fetch-Site": "cross-site", "Origin": OURS}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": ""}, 403),
        ({"Origin": ANOTHER}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://testserver.evil.example"}, 403),
        ({"Origin": "http://["}, 403),
    ],
)
@pytest.mark.parametrize("address", [CHOOSE, reverse("portal:language_choose")])
def test_only_a_form_of_ours_changes_it(address, headers, status):
    answer = Client(enforce_csrf_checks=True).post(address, {"size": "150", "language": "en"}, headers=headers)

    assert (answer.status_code, bool(answer.cookies)) == (status, status == 302)


def test_addresses_of_forms_are_no_pages():
    assert Client().get(CHOOSE).status_code == 405
