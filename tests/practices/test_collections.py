"""The organiser's collections: what the public reads of them, and how they are made in the dashboard."""

from datetime import timedelta

import pytest
from django.utils import timezone

from practices.models import Collection
from tests.factories import CollectionFactory, PracticeFactory, UserFactory
from tests.page import Page

pytestmark = pytest.mark.django_db

LIST = "/collections/"


def places(response):
    return [(place.practice.slug, place.note) for place in response.context["places"]]


def test_collection_shows_its_practices_in_order_with_a_word_on_each(client):
    yard, park = PracticeFactory(slug="yard", title="Двор"), PracticeFactory(slug="park", title="Парк")
    collection = CollectionFactory(practices=[park, yard], introduction="О дворах.")

    response = client.get(collection.get_absolute_url())

    text = Page(response).text
    assert places(response) == [("park", "Почему: Парк"), ("yard", "Почему: Двор")]
    assert text.index("О дворах.") < text.index("Почему: Парк") < text.index("Почему: Двор")


def test_practice_that_leaves_the_bank_leaves_the_page_and_comes_back(client):
    yard, secret = PracticeFactory(slug="yard"), PracticeFactory(slug="secret", title="Тайная", published_at=None)
    collection = CollectionFactory(practices=[secret, yard])

    response = client.get(collection.get_absolute_url())

    assert [slug for slug, _note in places(response)] == ["yard"]
    assert "Тайная" not in response.content.decode()
    assert [shown.in_bank for shown in client.get(LIST).context["collections"]] == [1]
    secret.published_at = timezone.now()
    secret.save()
    assert [slug for slug, _note in places(client.get(collection.get_absolute_url()))] == ["secret", "yard"]


@pytest.mark.parametrize("later", [None, timedelta(hours=1)])
def test_collection_that_is_not_published_does_not_exist(client, later):
    practice = PracticeFactory()
    moment = later and timezone.now() + later
    collection = CollectionFactory(practices=[practice], published_at=moment, title="Будущая")

    assert client.get(collection.get_absolute_url()).status_code == 404
    for page in (LIST, "/bank/", "/"):
        assert "Будущая" not in client.get(page).content.decode()


@pytest.mark.parametrize("page", ["/bank/", LIST])
def test_published_collections_are_named_where_practices_are_looked_for(client, page):
    CollectionFactory(practices=[PracticeFactory()], title="О дворах")
    CollectionFactory(practices=[PracticeFactory(published_at=None)], title="Пустая")

    text = Page(client.get(page)).text

    assert "О дворах" in text
    assert "Пустая" not in text


@pytest.mark.parametrize("count", [1, 3])
def test_collection_costs_the_same_for_one_and_many(client, count, django_assert_num_queries):
    collection = CollectionFactory(practices=PracticeFactory.create_batch(count, key_figures=[("1", "двор")]))

    # collection, places, practices, figures
    with django_assert_num_queries(4):
        client.get(collection.get_absolute_url())
    with django_assert_num_queries(1):
        client.get(LIST)


def test_organiser_makes_a_collection_and_its_address_is_set_once(client):
    practice = PracticeFactory()
    client.force_login(UserFactory(is_staff=True))
    sent = {
        "title": "О дворах",
        "slug": "yards",
        "introduction": "",
        "published_at_0": "01.02.2022",
        "published_at_1": "12:00",
        "order": "1",
        "places-TOTAL_FORMS": "1",
        "places-INITIAL_FORMS": "0",
        "places-0-practice": practice.pk,
        "places-0-note": "Скамейки.",
        "places-0-order": "1",
    }

    assert client.post("/admin/practices/collection/add/", sent).status_code == 302

    collection = Collection.objects.get()
    assert [(place.practice, place.note) for place in collection.places.all()] == [(practice, "Скамейки.")]
    again = {**sent, "slug": "other", "places-INITIAL_FORMS": "1", "places-0-id": collection.places.get().pk}
    again["places-0-collection"] = collection.pk
    assert client.post(f"/admin/practices/collection/{collection.pk}/change/", again).status_code == 302
    collection.refresh_from_db()
    assert collection.slug == "yards"
