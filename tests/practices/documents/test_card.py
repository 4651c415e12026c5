"""The drawing of a practice's picture."""

import io

import pytest
from PIL import Image

from practices.documents import card

SAROV = {"place": "Саров", "details": "Нижегородская область", "latitude": 54.9333, "longitude": 43.3167}


def drawn(title: str, **more) -> Image.Image:
    return Image.open(io.BytesIO(card.draw(card.Card("Портал", title, **{**SAROV, **more}))))


def ink(picture: Image.Image, box) -> bool:
    """Whether anything is drawn there."""
    return len(picture.crop(box).getcolors(maxcolors=2**24)) > 1


MARGINS = [(1140, 120, 1200, 460), (20, 120, 70, 460), (20, 436, 1200, 462)]


@pytest.mark.parametrize(
    "title",
    ["Двор", "Ы" * 500, "Очень длинное название практики " * 16, "i" * 300, "e\u0301 🏙️ 漢字", "", "\x00\n\u202e"],
)
def test_title_stays_within_its_place(title):
    picture = drawn(title, award="Победитель")

    assert picture.size == (1200, 630)
    assert [box for box in MARGINS if ink(picture, box)] == []


def test_title_is_drawn():
    assert ink(drawn("Двор"), (60, 140, 1140, 430))
    assert not ink(drawn("🏙️"), (60, 140, 1140, 430))


def test_title_of_which_nothing_can_be_drawn_is_left_out():
    assert not ink(drawn("漢" * 301), (60, 140, 1140, 430))


def test_what_the_font_cannot_draw_is_left_out():
    assert card.drawable("Город 🏙️ — 漢字\n№ 1", card.READ_BOLD) == "Город — № 1"


def test_same_facts_make_the_same_picture_and_others_another():
    told = card.Card("Портал", "Двор", **SAROV)

    assert card.draw(told) == card.draw(card.Card("Портал", "Двор", **SAROV))
    assert told.digest != card.Card("Портал", "Двор", **SAROV, award="Победитель").digest


HALVES = (range(64, 130), range(130, 196))  # of the city's mark


def test_mark_looks_where_the_city_lies():
    """Sarov lies east by south of Moscow: on the right half of its mark there is more of the city's blue."""
    picture = drawn("Двор").convert("RGB")
    blue = [sum(picture.getpixel((x, y)) == (11, 78, 162) for x in xs for y in range(482, 614)) for xs in HALVES]

    assert blue[1] > blue[0] + 30
