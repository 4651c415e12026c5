"""A passport as a Word file in the official form of its edition, and the blank form for whoever begins in Word.

    data = passport_docx(passport)

Read back by `word_in` it gives the same passport, word for word. The same passport gives the same bytes. The document
is in Russian whatever language its reader has chosen: it is the annex of a Russian regulation.
"""

from collections.abc import Mapping
from datetime import datetime

from practices.documents import word_out_xml as xml
from practices.documents.printed_form import SIGNATURE, TITLE
from practices.documents.word_out_package import package
from practices.documents.word_out_sections import section_elements
from practices.models import Edition, Passport
from practices.queries import Audience, read_sections

FOOTER_CHARACTERS = 80


def passport_docx(passport: Passport) -> bytes:
    """Every section of the passport, the personal ones too: for its team and the organiser alone."""
    application = passport.application
    sections = read_sections(passport, audience=Audience.OWNER)
    saved = [section.section.saved_at for section in sections if section.section.saved_at]
    return filled_docx(
        passport.edition,
        {section.code: section.content for section in sections},
        name=application.title,
        number=application.number or "",
        changed_at=max(saved, default=application.created_at),
    )


def blank_docx(edition: Edition) -> bytes:
    """The form with nothing in it."""
    return filled_docx(edition, {})


def filled_docx(
    edition: Edition,
    answers: Mapping[str, dict],
    *,
    name: str = "",
    number: str = "",
    changed_at: datetime | None = None,
) -> bytes:
    """The form with these answers, by code of their sections; a section without one is empty."""
    elements = form_head(edition)
    for template in edition.templates:
        elements += section_elements(edition.code, template, answers.get(template.code) or template.shape.empty())
    name = " ".join(xml.plain(name).split())
    return package(
        elements + _signature(),
        header=f"Заявка № {number}" if number else "",
        footer=footer_of(name),
        title=name or edition.title,
        changed_at=changed_at,
    )


def form_head(edition: Edition) -> list:
    """Whose annex it is, and its title."""
    annex = [xml.paragraph(xml.plain(edition.annex), "Annex")] if edition.annex else []
    return [*annex, xml.paragraph(TITLE, "Title")]


def footer_of(name: str) -> str:
    """What stands on the left below every page, beside its number."""
    return f"{TITLE} {_quoted(' '.join(xml.plain(name).split()))}".strip()


def _signature() -> list:
    """The lines to sign on; where they begin and end is the styles' matter."""
    line, below, date = SIGNATURE
    return [
        xml.paragraph(line + 2 * len(below) * "\t", "HeadSignature"),
        xml.paragraph("".join(f"\t{word}" for word in below), "HeadSignatureHint"),
        xml.paragraph(date, "HeadSignature"),
    ]


def _quoted(name: str) -> str:
    if not name:
        return ""
    short = name if len(name) <= FOOTER_CHARACTERS else f"{name[: FOOTER_CHARACTERS - 1].rstrip()}…"
    return f"«{short}»"
