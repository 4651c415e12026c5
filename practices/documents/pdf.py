"""The bank on paper: a practice, and a year's catalogue, as PDF.

Django's templates finish the HTML here, with everything decided and escaped; a child process sets it (`render_child`),
and the result is kept (`pdf_store`). A PDF is always in Russian, whatever language its reader has chosen for the pages:
it is the record of a Russian contest.
"""

from itertools import chain
from math import ceil
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.text import Truncator

from competition.enums import EDITABLE
from competition.models import Application, Contest, Territory
from practices import codes
from practices.bank import dead_hosts
from practices.documents import pdf_drawings as drawings
from practices.documents.pdf_sections import paragraphs, printed_sections
from practices.documents.pdf_store import PdfUnavailable, PrintedDocument, Reason
from practices.documents.printed_form import SIGNATURE
from practices.documents.sandbox import Limits
from practices.enums import Award
from practices.models import Passport, Practice
from practices.queries import Audience, read_sections, with_sections

PRACTICE_LIMITS = Limits(wall_seconds=30, cpu_seconds=10)
CATALOGUE_LIMITS = Limits(wall_seconds=120, cpu_seconds=60)  # a year may bring a hundred practices, 0.1 s a page
# What these limits allow: 100,000 characters take two seconds, and no passport seen is longer.
MAX_PRACTICE_CHARACTERS = 400_000
MAX_CATALOGUE_CHARACTERS = 2_500_000
RUNNING_LINE_CHARACTERS = 60
LEAD_CHARACTERS = 40

# The look of a card, with print.css
MANY_FIGURES = 4
MIDDLE_TITLE = 40  # characters, from which on a title stands in a smaller size
LONG_TITLE = 90
TITLE_LINES = {"": (21, 15.2), "middle": (31, 11.7), "long": (48, 8.9)}  # characters on a line, its height
DRAWING_MM = 61
PAGE_MM = 255


def practice_pdf(practice: Practice) -> Path:
    """The practice as a file: its passport section by section, or the one page of a practice known by its card."""
    return practice_document(practice).path()


def catalogue_pdf(contest: Contest) -> Path:
    """The year's catalogue as a file: cover, the year, a card for each practice, an index by territory."""
    return catalogue_document(contest).path()


@translation.override(settings.LANGUAGE_CODE)
def practice_document(practice: Practice) -> PrintedDocument:
    """The finished HTML of the practice; raise `PdfUnavailable` when it is too long to be set."""
    passport = _passports([practice]).get(practice.pk)
    if passport is None:
        page = {"practice": practice, "card": _card(practice, _texts(practice))}
        return _document("print/practice.html", page, practice.get_absolute_url(), limits=PRACTICE_LIMITS)
    sections = read_sections(passport, audience=Audience.PUBLIC)
    _refuse_too_long(sum(section.length for section in sections), MAX_PRACTICE_CHARACTERS)
    page = {
        "practice": practice,
        "running_title": Truncator(practice.card_title).chars(RUNNING_LINE_CHARACTERS),
        "edition": passport.edition,
        "title_section": passport.edition.template(codes.TITLE),
        "sections": printed_sections(sections, track_title=str(passport.application.track or ""), dead=dead_hosts()),
    }
    return _document("print/passport.html", page, practice.get_absolute_url(), limits=PRACTICE_LIMITS)


@translation.override(settings.LANGUAGE_CODE)
def draft_document(passport: Passport) -> PrintedDocument:
    """The finished HTML of a passport as its applicant reads it, personal sections included; marked until it is filed.

    Raises `PdfUnavailable` when it is too long to be set.
    """
    application = passport.application
    sections = read_sections(passport, audience=Audience.OWNER)
    _refuse_too_long(sum(section.length for section in sections), MAX_PRACTICE_CHARACTERS)
    page = {
        "application": application,
        "is_draft": application.status in EDITABLE,
        "running_title": Truncator(application.title).chars(RUNNING_LINE_CHARACTERS),
        "edition": passport.edition,
        "title_section": passport.edition.template(codes.TITLE),
        "sections": printed_sections(sections, track_title=str(application.track or "")),
        "signature": SIGNATURE,
    }
    return _document("print/draft.html", page, application.get_absolute_url(), limits=PRACTICE_LIMITS)


@translation.override(settings.LANGUAGE_CODE)
def catalogue_document(contest: Contest) -> PrintedDocument:
    """The finished HTML of the catalogue; raise `PdfUnavailable` when it is too long to be set."""
    practices = list(contest.practices.published().with_card())
    passports = _passports(practices)
    texts = {practice.pk: _texts(practice, passports.get(practice.pk)) for practice in practices}
    _refuse_too_long(sum(len(text) for text in chain.from_iterable(texts.values())), MAX_CATALOGUE_CHARACTERS)
    winners = [practice for practice in practices if practice.award == Award.WINNER]
    featured = winners or practices
    cities = {practice.territory_id: practice.territory for practice in featured}
    rings, dots = drawings.divider(cities.values())
    page = {
        "contest": contest,
        "cards": [_card(practice, texts[practice.pk]) for practice in practices],
        "featured": featured,
        "winners": winners,
        "cities": cities,
        "applications": _applications(contest),
        "scheme": drawings.scheme(Territory.objects.all(), filled={practice.territory_id for practice in practices}),
        "rings": rings,
        "dots": dots,
        "index": _index(practices),
    }
    return _document("print/catalogue.html", page, contest.get_absolute_url(), limits=CATALOGUE_LIMITS)


def _document(template: str, page: dict, address: str, *, limits: Limits) -> PrintedDocument:
    host = urlsplit(settings.PUBLIC_URL).netloc
    return PrintedDocument(render_to_string(template, page | {"address": f"{host}{address}"}), limits)


def _passports(practices: list[Practice]) -> dict[int, Passport]:
    """Passports with all that a PDF reads of them, by practice, in a constant number of queries."""
    found = with_sections(Passport.objects.filter(practice__in=practices)).select_related("practice")
    found = found.prefetch_related("application__consents")
    return {passport.practice.pk: passport for passport in found}


def _refuse_too_long(length: int, limit: int) -> None:
    """Asked before anything is built of the texts: also Django's templates take their time with megabytes."""
    if length > limit:
        raise PdfUnavailable(Reason.TOO_LONG)


def _card(practice: Practice, texts: list[str]) -> dict:
    """One page of the catalogue, in the manner of the brochure."""
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


def _texts(practice: Practice, passport: Passport | None = None) -> list[str]:
    """The card's text: the bank's own, or else what the passport says in its short description."""
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


def _applications(contest: Contest) -> int:
    return contest.applications_on_record or Application.objects.filter(contest=contest).filed().count()


def _index(practices: list[Practice]) -> list[tuple[Territory, list[Practice]]]:
    by_territory: dict[Territory, list[Practice]] = {}
    for practice in practices:
        by_territory.setdefault(practice.territory, []).append(practice)
    return sorted(by_territory.items(), key=lambda entry: (entry[0].name, entry[0].region))
