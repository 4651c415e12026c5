"""The picture of a practice for whoever passes its link on, and what the page says of itself."""

import io

import pytest
from PIL import Image

from practices.models import Practice
from practices.views.card import card_of
from tests.factories import ContestFactory, PracticeFactory, TerritoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def yard():
    return PracticeFactory(
        slug="yard",
        title="Новая жизнь дворов",
        summary="О «дворе» & <саде>.",
        contest=ContestFactory(year=2021),
        territory=TerritoryFactory(name="Саров", region="Нижегородская область"),
        award="winner",
    )


def test_card_is_a_picture_of_the_promised_size(client, yard):
    response = client.get("/bank/yard/card.png")

    assert (response.status_code, response.headers["Content-Type"]) == (200, "image/png")
    assert Image.open(io.BytesIO(response.content)).size == (1200, 630)
    assert not response.cookies


def test_card_says_what_and_where_in_russian(client, yard):
    client.cookies["django_language"] = "en"

    told = card_of(yard)

    assert (told.brand, told.title, told.place) == ("Лучшие муниципальные практики", "Новая жизнь дворов", "Саров")
    assert (told.details, told.award) == ("Нижегородская область · конкурс 2021 года", "Победитель")


def test_card_is_drawn_once_and_gone_with_its_practice(client, yard, monkeypatch):
    kept = client.get("/bank/yard/card.png").headers["ETag"]
    monkeypatch.setattr("practices.documents.card.draw", None)  # asked for a second time it would fail
    assert client.get("/bank/yard/card.png", headers={"If-None-Match": kept}).status_code == 304

    Practice.objects.update(published_at=None)

    assert client.get("/bank/yard/card.png", headers={"If-None-Match": kept}).status_code == 404


def test_page_of_a_practice_says_what_it_is(client, yard, settings):
    settings.PUBLIC_URL = "https://practices.example.org"

    page = client.get("/bank/yard/?from=mail").content.decode()

    assert '<link rel="canonical" href="https://practices.example.org/bank/yard/">' in page
    assert '<meta property="og:type" content="article">' in page
    assert '<meta property="og:title" content="Новая жизнь дворов">' in page
    assert '<meta property="og:description" content="О «дворе» &amp; &lt;саде&gt;.">' in page
    assert '<meta property="og:image" content="https://practices.example.org/bank/yard/card.png">' in page
    assert 'itemtype="https://schema.org/Article"' in page
    assert page.count('itemprop="itemListElement"') == 4
    assert "noindex" not in page
