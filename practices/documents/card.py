"""The picture that stands beside a link to a practice in messengers and social networks: 1200 × 630, our colours.

Pure: facts in, PNG out, the same bytes for the same facts. A title is cut where the picture ends; what our fonts cannot
draw is left out.
"""

import io
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from math import cos, radians, sin

from django.conf import settings
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

from competition import geography

DESIGN = "1"  # count it up when the drawing changes: pictures are kept under the hash of what they are made of
FONTS = settings.BASE_DIR / "static" / "vendor" / "fonts" / "pdf"
READ, READ_BOLD, UI, UI_BOLD = "PTSerif-Regular", "PTSerif-Bold", "GolosText-Regular", "GolosText-SemiBold"

WIDTH, HEIGHT, EDGE = 1200, 630, 72
PAPER, CANVAS, INK, INK_2, LINE = "#ffffff", "#f4f3ee", "#16212c", "#42505c", "#d8dad5"
PRIMARY, NUCLEUS = "#0b4ea2", "#bf3f09"
TITLE_SIZES = (68, 60, 52, 46, 40)  # the largest in which the title has room
TITLE_TOP, TITLE_BOTTOM = 150, 430
LONGEST_TITLE = 300
MARK, FINE = 132, 4  # side of the city's mark, and how much finer it is drawn before it is made smooth
MARK_RADII = (6.5, 10.5, 14.5, 18.5)  # one a shell of `geography.SHELLS_KM`, in a square of 40


@dataclass(frozen=True)
class Card:
    """What the picture tells: finished words. A card of the portal itself has no place."""

    brand: str
    title: str
    place: str = ""
    details: str = ""
    award: str = ""
    is_winner: bool = False
    latitude: float | None = None
    longitude: float | None = None

    @property
    def digest(self) -> str:
        return sha256(f"{DESIGN} {self!r}".encode()).hexdigest()[:32]


def draw(card: Card) -> bytes:
    """The picture as PNG."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, TITLE_BOTTOM + 34, WIDTH, HEIGHT), fill=CANVAS)
    pen.rectangle((0, 0, 14, HEIGHT), fill=PRIMARY)
    _brand(pen, card.brand)
    _title(pen, card.title)
    left, right = EDGE, WIDTH - EDGE
    if card.latitude is not None:
        picture.paste(_mark(card.latitude, card.longitude), (EDGE - 8, TITLE_BOTTOM + 52))
        left += MARK + 20
    end = _award(pen, card) if card.award else right
    _write(pen, card.place, UI_BOLD, 40, (left, TITLE_BOTTOM + 68), INK, right=end)
    _write(pen, card.details, UI, 27, (left, TITLE_BOTTOM + 124), INK_2, right=right)
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def _brand(pen: ImageDraw.ImageDraw, brand: str) -> None:
    """The nucleus and its orbit, and the name of the portal."""
    pen.ellipse((EDGE, 70, EDGE + 36, 106), outline=PRIMARY, width=4)
    pen.ellipse((EDGE + 11, 81, EDGE + 25, 95), fill=NUCLEUS)
    _write(pen, brand, UI_BOLD, 28, (EDGE + 54, 70), INK_2)


def _title(pen: ImageDraw.ImageDraw, title: str) -> None:
    words = drawable(title[:LONGEST_TITLE], READ_BOLD)
    for size in TITLE_SIZES:
        height = round(size * 1.18)
        room = (TITLE_BOTTOM - TITLE_TOP) // height
        lines = wrapped(words, _font(READ_BOLD, size), WIDTH - 2 * EDGE)
        if len(lines) <= room:
            break
    if lines and (len(lines) > room or len(title) > LONGEST_TITLE):
        lines = lines[:room]
        lines[-1] = lines[-1].rstrip(" ,.;:–—-")[: max(len(lines[-1]) - 2, 1)] + "…"
    for number, line in enumerate(lines):
        pen.text((EDGE, TITLE_TOP + number * height), line, font=_font(READ_BOLD, size), fill=INK)


def _award(pen: ImageDraw.ImageDraw, card: Card) -> float:
    """The sign of the award and its word, to the right; returns where they begin."""
    font = _font(UI_BOLD, 30)
    words = drawable(card.award, UI_BOLD)
    left, middle = WIDTH - EDGE - font.getlength(words), TITLE_BOTTOM + 92
    pen.text((left, middle), words, font=font, fill=NUCLEUS, anchor="lm")
    centre = left - 34
    pen.ellipse((centre - 17, middle - 17, centre + 17, middle + 17), outline=NUCLEUS, width=4)
    dot = 8 if card.is_winner else 5
    pen.ellipse((centre - dot, middle - dot, centre + dot, middle + dot), fill=NUCLEUS)
    return centre - 40


@lru_cache(maxsize=64)
def _mark(latitude: float, longitude: float) -> Image.Image:
    """The city's mark: the same nucleus, orbits and bearing as on the pages."""
    unit = MARK * FINE / 40
    centre = MARK * FINE / 2
    picture = Image.new("RGB", (MARK * FINE, MARK * FINE), CANVAS)
    pen = ImageDraw.Draw(picture)
    own = MARK_RADII[geography.shell(geography.distance_km(latitude, longitude))]
    other = MARK_RADII[1] if own == MARK_RADII[-1] else MARK_RADII[-1]
    for radius, colour, width in ((other, LINE, 1), (own, PRIMARY, 1.5)):
        reach = (radius + width / 2) * unit
        box = (centre - reach, centre - reach, centre + reach, centre + reach)
        pen.ellipse(box, outline=colour, width=round(width * unit))
    azimuth = radians(geography.bearing(latitude, longitude))
    x, y = centre + own * sin(azimuth) * unit, centre - own * cos(azimuth) * unit
    for middle, radius, colour in (((centre, centre), 2.6, NUCLEUS), ((x, y), 3.6, PRIMARY)):
        reach = min(radius * unit, MARK * FINE - max(middle), min(middle))
        pen.ellipse((middle[0] - reach, middle[1] - reach, middle[0] + reach, middle[1] + reach), fill=colour)
    return picture.resize((MARK, MARK), Image.Resampling.LANCZOS)


def _write(pen, text: str, font: str, size: int, place: tuple[int, int], colour: str, *, right=WIDTH - EDGE) -> None:
    """One line, cut where there is no more room."""
    (line, *_rest) = wrapped(drawable(text[:LONGEST_TITLE], font), _font(font, size), right - place[0]) or [""]
    pen.text(place, line, font=_font(font, size), fill=colour)


def wrapped(text: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """The text in lines no wider than this; a word that is wider alone is broken."""
    lines: list[str] = []
    for word in text.split(" "):
        rest = word
        if lines and font.getlength(f"{lines[-1]} {rest}") <= width:
            lines[-1] += f" {rest}"
            continue
        while font.getlength(rest) > width:
            fits = max(1, bisect_right(range(1, len(rest)), width, key=lambda length: font.getlength(rest[:length])))
            lines.append(rest[:fits])
            rest = rest[fits:]
        lines.append(rest)
    return [line for line in lines if line]


def drawable(text: str, font: str) -> str:
    """The text on one line, without what the font has no picture for."""
    known = _characters(font)
    return " ".join("".join(c for c in " ".join(text.split()) if ord(c) in known).split())


@lru_cache(maxsize=8)
def _characters(font: str) -> frozenset[int]:
    with TTFont(FONTS / f"{font}.ttf", lazy=True) as file:
        return frozenset(file.getBestCmap())


@lru_cache(maxsize=32)
def _font(font: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"{font}.ttf", size, layout_engine=ImageFont.Layout.BASIC)
