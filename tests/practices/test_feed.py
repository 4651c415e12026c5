"""The bank as an Atom feed: any search can be followed."""

import pytest
from lxml import etree

from practices.models import Practice
from tests.factories import ContestFactory, PracticeFactory, TerritoryFactory, ThemeFactory, utc

pytestmark = pytest.mark.django_db

FEED = "/bank/feed.atom"
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def read(response) -> etree._Element:
    assert response.status_code == 200
    return etree.fromstring(response.content)


def ids(response) -> list[str]:
    return [entry.text for entry in read(response).findall("a:entry/a:id", ATOM)]


def test_feed_is_russian_for_every_reader(client):
    client.cookies["django_language"] = "en"

    assert read(client.get(FEED)).findtext("a:title", namespaces=ATOM) == "Новые практики банка"


def test_feed_tells_of_the_newest_practices(client, settings):
    settings.PUBLIC_URL = "https://practices.example.org"
    PracticeFactory(slug="old", published_at=utc(2019, 12, 1))
    PracticeFactory(
        slug="new",
        title="Двор",
        summary="О дворе.",
        territory=TerritoryFactory(name="Саров"),
        theme=ThemeFactory(title="Социальная сфера"),
        published_at=utc(2021, 12, 1),
    )
    PracticeFactory(slug="secret", published_at=None)

    response = client.get(FEED)

    feed = read(response)
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert ids(response) == [
        "tag:practices.example.org,2021-12-01:/bank/new/",
        "tag:practices.example.org,2019-12-01:/bank/old/",
    ]
    entry = feed.find("a:entry", ATOM)
    assert entry.findtext("a:title", namespaces=ATOM) == "Двор (Саров)"
    assert entry.findtext("a:summary", namespaces=ATOM) == "О дворе."
    assert entry.find("a:link", ATOM).get("href") == "https://practices.example.org/bank/new/"
    assert entry.find("a:category", ATOM).get("term") == "Социальная сфера"
    assert feed.findtext("a:updated", namespaces=ATOM) == "2021-12-01T00:00:00+00:00"


def test_feed_follows_a_search(client):
    PracticeFactory(slug="yard", title="Двор", contest=ContestFactory(year=2021))
    PracticeFactory(slug="park", title="Парк")

    response = client.get(FEED, {"q": "дворы", "year": "2021", "page": "3"})

    assert [entry.rpartition(":")[2] for entry in ids(response)] == ["/bank/yard/"]
    assert read(response).findtext("a:title", namespaces=ATOM) == "Новые практики: «дворы»"


def test_feed_refuses_what_is_no_question(client):
    response = client.get(FEED, {"year": "abc"})

    assert (response.status_code, response.content.decode()) == (400, "Конкурса за год «abc» нет.")


def test_feed_without_practices_stays_as_it_is(client):
    kept = client.get(FEED)

    assert ids(kept) == []
    assert client.get(FEED, headers={"If-None-Match": kept.headers["ETag"]}).status_code == 304


def test_feed_forgets_what_leaves_the_bank(client):
    practice = PracticeFactory()
    kept = client.get(FEED)
    assert len(ids(kept)) == 1

    Practice.objects.filter(pk=practice.pk).update(published_at=None)

    assert ids(client.get(FEED, headers={"If-None-Match": kept.headers["ETag"]})) == []


def test_feed_holds_what_xml_cannot(client):
    PracticeFactory(title="Двор <b>&\x0b\x1b\ufffe 🏙️ ]]>", summary="<script>zq()</script>\x00".replace("\x00", "\x02"))

    entry = read(client.get(FEED)).find("a:entry", ATOM)

    assert entry.findtext("a:title", namespaces=ATOM).startswith("Двор <b>& 🏙️ ]]> (")
    assert entry.findtext("a:summary", namespaces=ATOM) == "<script>zq()</script>"


@pytest.mark.parametrize("count", [1, 3])
def test_feed_costs_the_same_for_one_and_many(client, count, django_assert_num_queries):
    PracticeFactory.create_batch(count, theme=ThemeFactory())

    with django_assert_num_queries(1):
        client.get(FEED)


def test_bank_names_the_feed_of_its_question(client):
    page = client.get("/bank/", {"q": "двор"}).content.decode()

    assert (
        'type="application/atom+xml" title="Новые практики банка" href="/bank/feed.atom?q=%D0%B4%D0%B2%D0%BE%D1%80"'
        in page
    )
