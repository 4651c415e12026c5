"""A practice on paper, from the bank or still a draft. `catalogues` makes books of many.

Django's templates finish the HTML here, with everything decided and escaped; a child process sets it (`render_child`),
and the result is kept (`pdf_store`). A PDF is always in Russian, whatever language its reader has chosen for the pages:
it is the record of a Russian contest.
"""

from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.text import Truncator

from competition.enums import EDITABLE
from practices import codes
from practices.bank import dead_hosts
from practices.documents.cards import card, passports_of
from practices.documents.pdf_sections import printed_sections
from practices.documents.pdf_store import PdfUnavailable, PrintedDocument, Reason
from practices.documents.printed_form import SIGNATURE
from practices.documents.sandbox import Limits
from practices.models import Passport, Practice
from practices.queries import Audience, read_sections

PRACTICE_LIMITS = Limits(wall_seconds=30, cpu_seconds=10)
# What these limits allow: 100,000 characters take two seconds, and no passport seen is longer.
MAX_PRACTICE_CHARACTERS = 400_000
RUNNING_LINE_CHARACTERS = 60


def practice_pdf(practice: Practice) -> Path:
    """The practice as a file: its passport section by section, or the one page of a practice known by its card."""
    return practice_document(practice).path()


@translation.override(settings.LANGUAGE_CODE)
def practice_document(practice: Practice) -> PrintedDocument:
    """The finished HTML of the practice; raise `PdfUnavailable` when it is too long to be set."""
    passport = passports_of([practice]).get(practice.pk)
    if passport is None:
        page = {"practice": practice, "card": card(practice, [practice.description])}
        return document("print/practice.html", page, practice.get_absolute_url(), limits=PRACTICE_LIMITS)
    sections = read_sections(passport, audience=Audience.PUBLIC)
    refuse_too_long(sum(section.length for section in sections), MAX_PRACTICE_CHARACTERS)
    page = {
        "practice": practice,
        "running_title": Truncator(practice.card_title).chars(RUNNING_LINE_CHARACTERS),
        "edition": passport.edition,
        "title_section": passport.edition.template(codes.TITLE),
        "sections": printed_sections(sections, track_title=str(passport.application.track or ""), dead=dead_hosts()),
    }
    return document("print/passport.html", page, practice.get_absolute_url(), limits=PRACTICE_LIMITS)


@translation.override(settings.LANGUAGE_CODE)
def draft_document(passport: Passport) -> PrintedDocument:
    """The finished HTML of a passport as its applicant reads it, personal sections included; marked until it is filed.

    Raises `PdfUnavailable` when it is too long to be set.
    """
    application = passport.application
    sections = read_sections(passport, audience=Audience.OWNER)
    refuse_too_long(sum(section.length for section in sections), MAX_PRACTICE_CHARACTERS)
    page = {
        "application": application,
        "is_draft": application.status in EDITABLE,
        "running_title": Truncator(application.title).chars(RUNNING_LINE_CHARACTERS),
        "edition": passport.edition,
        "title_section": passport.edition.template(codes.TITLE),
        "sections": printed_sections(sections, track_title=str(application.track or "")),
        "signature": SIGNATURE,
    }
    return document("print/draft.html", page, application.get_absolute_url(), limits=PRACTICE_LIMITS)


def document(template: str, page: dict, address: str, *, limits: Limits) -> PrintedDocument:
    """The template's finished HTML, signed with the portal's host and this path."""
    host = urlsplit(settings.PUBLIC_URL).netloc
    return PrintedDocument(render_to_string(template, page | {"address": f"{host}{address}"}), limits)


def refuse_too_long(length: int, limit: int) -> None:
    """Asked before anything is built of the texts: also Django's templates take their time with megabytes."""
    if length > limit:
        raise PdfUnavailable(Reason.TOO_LONG)
