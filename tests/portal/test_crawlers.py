"""What search engines are told: where the public pages are, which page is which, and what is none of their business."""

import pytest
from lxml import etree

from portal import sitemaps
from practices.models import Practice
from tests.factories import CollectionFactory, ContestFactory, PracticeFactory, utc

pytestmark = pytest.mark.django_db

MAP = {"m": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@pytest.fixture(autouse=True)
def _public_url(settings):
    settings.PUBLIC_URL = "https://practices.example.org"


def places(client, address: str) -> list[str]:
    response = client.get(address)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/xml")
    return [place.text.removeprefix("https://practices.example.org") for place in _locations(response.content)]


def _locations(content: bytes):
    return etree.fromstring(content).iterfind("*/m:loc", MAP)


def test_robots_are_led_to_the_sitemap_and_kept_from_the_desks(client):
    response = client.get("/robots.txt")

    lines = response.content.decode().splitlines()
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert lines[0] == "User-agent: *"
    assert {"Disallow: /admin/", "Disallow: /accounts/", "Disallow: /applications/"} <= set(lines)
    assert lines[-1] == "Sitemap: https://practices.example.org/sitemap.xml"


def test_sitemap_names_public_practices_alone(client):
    PracticeFactory(slug="public", published_at=utc(2021, 12, 1))
    PracticeFactory(slug="secret", published_at=None)

    assert places(client, "/sitemap-practices-1.xml") == ["/bank/public/"]
    assert b"2021-12-01" in client.get("/sitemap-practices-1.xml").content


def test_sitemap_leads_to_pages_that_say_what_they_are(client):
    """Every page of it can be read, names itself, and is not kept from search engines."""
    PracticeFactory(contest=ContestFactory(year=2021))
    CollectionFactory(slug="good", published_at=utc(2021, 12, 1))
    CollectionFactory(slug="not-yet", published_at=None)

    found = [place for page in places(client, "/sitemap.xml") for place in places(client, page)]

    assert {"/", "/bank/", "/contests/2021/", "/api/", "/collections/", "/collections/good/"} < set(found)
    assert "/collections/not-yet/" not in found
    for address in found:
        page = client.get(address).content.decode()
        assert f'<link rel="canonical" href="https://practices.example.org{address}">' in page, address
        assert "noindex" not in page, address


def test_other_pages_are_not_for_search_engines(client):
    for address in ("/accounts/login/", "/accounts/signup/", "/no-such-page/"):
        page = client.get(address).content.decode()
        assert '<meta name="robots" content="noindex">' in page, address
        assert "canonical" not in page, address


def test_search_is_the_bank_to_a_search_engine(client):
    page = client.get("/bank/?q=двор&page=2").content.decode()

    assert '<link rel="canonical" href="https://practices.example.org/bank/">' in page
    assert "https://practices.example.org/static/img/card.png" in page


def test_sitemap_is_cut_into_pages(client, monkeypatch):
    monkeypatch.setattr(sitemaps.Practices, "limit", 2)
    PracticeFactory.create_batch(3)

    listed = [place for place in places(client, "/sitemap.xml") if "practices" in place]

    assert listed == ["/sitemap-practices-1.xml", "/sitemap-practices-2.xml"]
    assert [len(places(client, page)) for page in listed] == [2, 1]
    assert client.get("/sitemap-practices-3.xml").status_code == 404
    assert client.get("/sitemap-nothing-1.xml").status_code == 404


def test_sitemap_forgets_what_leaves_the_bank(client):
    PracticeFactory()
    assert len(places(client, "/sitemap-practices-1.xml")) == 1

    Practice.objects.update(published_at=None)

    assert places(client, "/sitemap-practices-1.xml") == []


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("address", "queries"), [("/sitemap.xml", 4), ("/sitemap-practices-1.xml", 2)])
def test_sitemap_costs_the_same_for_one_and_many(client, count, address, queries, django_assert_num_queries):
    for year in range(2010, 2010 + count):
        PracticeFactory(contest=ContestFactory(year=year))

    with django_assert_num_queries(queries):
        client.get(address)
