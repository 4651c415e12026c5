"""A practice of the bank as a Word file: the official form as far as it is public, or the card of one without it.

In Russian whatever language its reader has chosen, and the same practice gives the same bytes, as `word_out` does it.
"""

from django.conf import settings
from django.utils import translation
from django.utils.text import Truncator

from practices.documents import word_out_xml as xml
from practices.documents.cards import passports_of
from practices.documents.word_out import FOOTER_CHARACTERS, footer_of, form_head
from practices.documents.word_out_package import package
from practices.documents.word_out_sections import section_elements
from practices.enums import Award
from practices.models import Passport, Practice, SectionTemplate
from practices.queries import Audience, read_sections

WITHHELD = "Раздел не публикуется: в нём сведения о людях."
VALUE_WIDTH = 3000  # twentieths of a point, of the column with the figures


@translation.override(settings.LANGUAGE_CODE)
def practice_docx(practice: Practice) -> bytes:
    """The file. `practice` as `PracticeQuerySet.with_card` reads it, with its track."""
    passport = passports_of([practice]).get(practice.pk)
    return _form(practice, passport) if passport else _card(practice)


def _form(practice: Practice, passport: Passport) -> bytes:
    """Every section under its official number; one that is not public says so in place of an answer."""
    sections = {section.code: section for section in read_sections(passport, audience=Audience.PUBLIC)}
    elements = form_head(passport.edition)
    for template in passport.edition.templates:
        section = sections.get(template.code)
        elements += (
            section_elements(passport.edition.code, template, section.content) if section else _withheld(template)
        )
    saved = [section.section.saved_at for section in sections.values() if section.section.saved_at]
    return package(
        elements,
        header=" · ".join([practice.territory.name, *_contest(practice)]),
        footer=footer_of(practice.title),
        title=xml.plain(practice.title),
        changed_at=max(saved, default=practice.published_at),
    )


def _withheld(template: SectionTemplate) -> list:
    heading = xml.plain(f"{template.number}. {template.title}")
    return [xml.paragraph(heading, "Heading1"), xml.paragraph(WITHHELD, "Hint")]


def _card(practice: Practice) -> bytes:
    place = f"{practice.territory.name}, {practice.territory.region}"
    elements = [
        xml.paragraph(" · ".join([place, *_contest(practice)]), "CardFacts"),
        xml.paragraph(_line(practice.card_title), "CardTitle"),
    ]
    if practice.card_title != practice.title:
        elements.append(xml.paragraph(_line(practice.title), "CardFacts"))
    elements += [xml.paragraph(fact, "CardFacts") for fact in _facts(practice)]
    if practice.summary and not practice.description.startswith(practice.summary):
        elements += xml.paragraphs(xml.plain(practice.summary), "CardLead")
    if figures := list(practice.key_figures.all()):
        elements += [_figures(figures), xml.paragraph("", "Gap")]
    if practice.description:
        lines = xml.plain(practice.description).split("\n")
        elements += [xml.paragraph(line, "CardText") for line in lines if line.strip()]
    elements.append(xml.paragraph(f"{settings.PUBLIC_URL}{practice.get_absolute_url()}", "CardFacts"))
    return package(
        elements,
        header="",
        footer=Truncator(_line(practice.card_title)).chars(FOOTER_CHARACTERS),
        title=xml.plain(practice.title),
        changed_at=practice.published_at,
    )


def _contest(practice: Practice) -> list[str]:
    award = [str(Award(practice.award).label)] if practice.award else []
    return [f"конкурс {practice.contest.year} года", *award]


def _facts(practice: Practice) -> list[str]:
    facts = (
        ("Тема", practice.theme),
        ("Номинация", practice.nomination),
        ("Направление", practice.track),
        ("Старт", practice.started_year and f"{practice.started_year} год"),
    )
    return [_line(f"{name}: {fact}") for name, fact in facts if fact]


def _figures(figures: list):
    widths = [VALUE_WIDTH, xml.TEXT_WIDTH - VALUE_WIDTH]
    rows = (
        [
            xml.cell([xml.paragraph(_line(figure.value), "FigureValue")], widths[0]),
            xml.cell(xml.paragraphs(xml.plain(figure.label), "TableText"), widths[1]),
        ]
        for figure in figures
    )
    return xml.table([xml.row(cells, is_whole=True) for cells in rows], widths, title="Показатели")


def _line(text: str) -> str:
    return " ".join(xml.plain(text).split())
