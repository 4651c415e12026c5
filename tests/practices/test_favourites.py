"""Favourites: a signed-in person's rows, a visitor's list in the address; nothing that is not public."""

import re

import pytest
from django.urls import reverse

from practices.models import Favourite
from tests.concurrency import at_once
from tests.factories import ContestFactory, PracticeFactory, UserFactory
from tests.page import Page

pytestmark = pytest.mark.django_db

LIST, CHANGE = "/bank/favourites/", "/bank/favourites/change/"


def shown(response):
    return [practice.slug for practice in response.context["page"]]


def marks(response):
    """Of each bookmark: what a press would do for who signed in, the practice, whether it is pressed."""
    buttons = re.findall(r"<button[^>]*data-favourite=[^>]*>", response.content.decode())
    return [
        tuple(
            (re.findall(rf'{name}="([^"]*)"', button) or [""])[0]
            for name in (" name", "data-favourite", "aria-pressed")
        )
        for button in buttons
    ]


@pytest.fixture
def reader(client):
    person = UserFactory()
    client.force_login(person)
    return person


def test_practice_is_kept_once_however_often_it_is_put_aside(client, reader):
    PracticeFactory(slug="yard")

    for _time in range(2):
        client.post(CHANGE, {"keep": "yard"})

    assert list(reader.favourites.values_list("practice__slug", flat=True)) == ["yard"]
    assert 'name="drop" value="yard"' in client.get(LIST).content.decode()


def test_each_person_keeps_their_own_the_latest_first(client, reader):
    for slug in ("yard", "park", "pond"):
        PracticeFactory(slug=slug)
    other = UserFactory()
    client.post(CHANGE, {"keep": ["pond"]})
    client.post(CHANGE, {"keep": ["park", "yard"]})
    client.post(CHANGE, {"drop": "pond"})
    client.force_login(other)
    client.post(CHANGE, {"keep": "yard"})

    assert shown(client.get(LIST)) == ["yard"]
    client.force_login(reader)
    assert shown(client.get(LIST)) == ["park", "yard"]


def test_list_of_an_address_is_for_anybody_and_in_its_order(client):
    for slug in ("yard", "park", "pond"):
        PracticeFactory(slug=slug)

    response = client.get(LIST + "?p=pond&p=yard&p=pond")

    assert shown(response) == ["pond", "yard"]
    assert "sessionid" not in response.cookies


def test_what_is_not_public_is_neither_shown_nor_kept_nor_told_from_what_never_was(client, reader):
    secret = PracticeFactory(slug="secret", title="Тайная", published_at=None)
    Favourite.objects.create(user=reader, practice=secret, added_at="2026-01-01T00:00Z")

    client.post(CHANGE, {"keep": ["secret", "nothing", "a\0b", "é" * 200]})

    assert Favourite.objects.count() == 1
    assert shown(client.get(LIST)) == []
    said = [Page(client.get(LIST, {"p": slug})).text for slug in ("secret", "nothing")]
    assert "1 практики из этого списка нет в банке" in said[0].replace("\xa0", " ")
    assert said[0] == said[1]


def test_browser_is_told_which_addresses_to_forget(client):
    PracticeFactory(slug="yard")

    for page in (LIST, "/bank/compare/"):
        html = client.get(page, {"p": ["gone", "yard", "a\0b", "past"]}).content.decode()

        assert re.findall('data-gone="([^"]*)"', html) == ["gone past"]


def test_taking_over_says_how_many_are_not_in_the_bank_any_more(client, reader):
    PracticeFactory(slug="yard")

    response = client.post(CHANGE, {"keep": ["yard", "gone", "past"], "next": f"{LIST}#taken-over"})

    assert response.url == f"{LIST}#taken-over"
    text = Page(client.get(LIST)).text.replace("\xa0", " ")
    assert "Практика добавлена в избранное." in text
    assert "2 практик больше нет в банке." in text


def test_address_names_fifty_practices_at_most_and_says_so(client):
    PracticeFactory.create_batch(2)

    response = client.get(LIST, {"p": [f"practice-{number}" for number in range(60)]})

    assert response.context["asked"].left_out == 10
    assert "первые 50 практик" in response.content.decode().replace("\xa0", " ")


def test_script_is_told_the_new_number_and_a_visitor_is_asked_to_sign_in(client, reader):
    PracticeFactory(slug="yard")
    by_script = {"X-Requested-With": "XMLHttpRequest"}

    assert client.post(CHANGE, {"keep": "yard"}, headers=by_script).json() == {"count": 1}
    client.logout()
    assert client.post(CHANGE, {"keep": "yard"}, headers=by_script).status_code == 401


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", ""])
def test_change_leads_back_to_our_own_pages_only(client, reader, back):
    assert client.post(CHANGE, {"next": "/bank/?q=a"}).url == "/bank/?q=a"
    assert client.post(CHANGE, {"next": back}).url == LIST


def test_marks_are_the_same_for_every_visitor_and_set_for_who_signed_in(client):
    kept = PracticeFactory(slug="yard", order=1)
    PracticeFactory(slug="park", order=2)
    marks_before = marks(client.get("/bank/"))
    person = UserFactory()
    Favourite.objects.create(user=person, practice=kept, added_at="2026-01-01T00:00Z")

    assert marks(client.get("/bank/")) == marks_before == [("", "yard", "false"), ("", "park", "false")]
    client.force_login(person)
    assert marks(client.get("/bank/")) == [("drop", "yard", "true"), ("keep", "park", "false")]


@pytest.mark.parametrize("count", [1, 3])
def test_favourites_cost_the_same_for_one_and_many(client, reader, count, django_assert_num_queries):
    for practice in PracticeFactory.create_batch(count, key_figures=[("1", "двор")]):
        Favourite.objects.create(user=reader, practice=practice, added_at="2026-01-01T00:00Z")

    # session, person; how many, practices, figures; their marks
    with django_assert_num_queries(6):
        client.get(LIST)


@pytest.mark.every_database
@pytest.mark.django_db(transaction=True)
def test_two_tabs_keep_one(client):
    PracticeFactory(slug="yard", contest=ContestFactory())
    person = UserFactory()

    def keep():
        tab = type(client)()
        tab.force_login(person)
        return tab.post(reverse("practices:favourite_change"), {"keep": "yard"}).status_code

    assert at_once(keep, keep, keep) == [302, 302, 302]
    assert person.favourites.count() == 1
