"""A practice on one page in the manner of the brochure: what its template needs decided beforehand."""

from collections.abc import Iterable
from itertools import chain
from math import ceil

from practices import codes
from practices.documents import pdf_drawings as drawings
from practices.documents.pdf_sections import paragraphs
from practices.models import Passport, Practice
from practices.queries import Audience, read_sections, with_sections

LEAD_CHARACTERS = 40

# The look of a card, with print.css
MANY_FIGURES = 4
MIDDLE_TITLE = 40  # characters, from which on a title stands in a smaller size
LONG_TITLE = 90
TITLE_LINES = {"": (21, 15.2), "middle": (31, 11.7), "long": (48, 8.9)}  # characters on a line, its height
DRAWING_MM = 61
PAGE_MM = 255


def passports_of(practices: Iterable[Practice]) -> dict[int, Passport]:
    """Passports with all that a PDF reads of them, by practice, in a constant number of queries."""
    found = with_sections(Passport.objects.filter(practice__in=practices)).select_related("practice")
    found = found.prefetch_related("application__consents")
    return {passport.practice.pk: passport for passport in found}


def texts_of(practices: list[Practice]) -> dict[int, list[str]]:
    """The texts of the cards by practice: each the bank's own, or else what the passport says in its description."""
    passports = passports_of(practices)
    return {practice.pk: _texts(practice, passports.get(practice.pk)) for practice in practices}


def length_of(texts: dict[int, list[str]]) -> int:
    return sum(map(len, chain.from_iterable(texts.values())))


def card(practice: Practice, texts: list[str]) -> dict:
    """What `print/_card.html` shows."""
    figures = list(practice.key_figures.all())
    has_many_figures = len(figures) > MANY_FIGURES
    title_size = _title_size(practice.card_title, has_many_figures)
    return {
        "practice": practice,
        "title_size": title_size,
        "mark": drawings.city_mark(practice.territory),
        "distance": drawings.distance_drawing(practice.territory),
        "figures": figures,
        "has_many_figures": has_many_figures,
        "has_room": not has_many_figures and _height(practice, title_size, figures) + DRAWING_MM < PAGE_MM,
        # A summary derived from the text is the beginning of it, and nobody reads that twice.
        "lead": "" if "".join(texts).startswith(practice.summary[:LEAD_CHARACTERS]) else practice.summary,
        "paragraphs": [paragraph for text in texts for paragraph in paragraphs(text)],
    }


def _texts(practice: Practice, passport: Passport | None) -> list[str]:
    if practice.description or passport is None:
        return [practice.description]
    sections = read_sections(passport, audience=Audience.PUBLIC)
    return [
        piece["text"]
        for section in sections
        if section.code == codes.DESCRIPTION
        for piece in section.pieces
        if "text" in piece
    ]


def _title_size(title: str, has_many_figures: bool) -> str:
    if len(title) > LONG_TITLE:
        return "long"
    return "middle" if len(title) > MIDDLE_TITLE or has_many_figures else ""


def _height(practice: Practice, title_size: str, figures: list) -> float:
    """How far down the page a card's column of figures reaches, in millimetres: an estimate on the safe side."""
    characters, line = TITLE_LINES[title_size]
    title = ceil(len(practice.card_title) / characters) * line
    full = ceil(len(practice.title) / 80) * 5 + 3 if practice.title != practice.card_title else 0
    labels = sum(24 + ceil(len(figure.label) / 24) * 4.3 for figure in figures)
    return 29 + title + full + 19 + labels
