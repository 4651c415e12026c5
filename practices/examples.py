"""A model beside each section: how winners of the bank wrote it; until there are any, the form's own invented answer.

Of winners only what the public reads is shown. The choice is stable: the same section always shows the same examples.
"""

from dataclasses import dataclass, replace

from practices import blocks
from practices.enums import Award, Readers
from practices.models import Passport, PassportSection, Practice, SectionTemplate
from practices.queries import ReadSection

MOST = 3
READ = 60  # the latest winners are enough to choose from
COMFORTABLE = 900  # characters that one reads beside one's own writing
SHOWN_ROWS = 5


@dataclass(frozen=True)
class Example:
    """One answer to learn from. `practice` wrote it, none if it is invented; `is_cut`: there is more of it there."""

    section: ReadSection
    practice: Practice | None = None
    is_cut: bool = False


def examples_for(passport: Passport, section: ReadSection) -> list[Example]:
    """What to show beside this section: two queries, however many winners there are; none for personal sections."""
    winners = [] if section.template.is_personal else _winners(passport, section)
    if winners:
        return winners
    invented = replace(section, section=PassportSection(code=section.code, content=section.template.example))
    return [Example(invented)] if invented.is_answered else []


def _winners(passport: Passport, own: ReadSection) -> list[Example]:
    templates = {
        template.edition_id: template
        for template in SectionTemplate.objects.filter(code=own.code, readers=Readers.EVERYONE)
    }
    answers = (
        PassportSection.objects.filter(
            code=own.code,
            passport__practice__award=Award.WINNER,
            passport__practice__published_at__isnull=False,
            passport__edition__in=templates,
        )
        .exclude(passport=passport)
        .select_related(*(f"passport__practice__{name}" for name in ("contest", "territory", "nomination")))
        .order_by("-passport__practice__contest__year", "passport__practice__slug")[:READ]
    )
    read = [ReadSection(templates[answer.passport.edition_id], answer, own.track_code) for answer in answers]
    answered = sorted((section for section in read if section.is_answered), key=lambda s: _distance(passport, s))
    return [_example(section) for section in answered[:MOST]]


def _distance(passport: Passport, section: ReadSection) -> tuple:
    """How far an answer is from what this writer needs; the order of the query settles what is left."""
    theirs = section.section.passport
    nomination = theirs.practice.nomination
    return (
        nomination is None or nomination.title != passport.application.nomination.title,
        theirs.edition_id != passport.edition_id,
        section.is_over_limit,
        section.length > COMFORTABLE,
    )


def _example(section: ReadSection) -> Example:
    content = beginning(section.template.shape, section.content)
    shown = replace(section, section=PassportSection(code=section.code, content=content))
    return Example(shown, section.section.passport.practice, is_cut=content != section.content)


def beginning(shape: blocks.Text | blocks.Tables, content: dict) -> dict:
    """As much of an answer as one reads beside one's own: whole lines and whole rows."""
    if isinstance(shape, blocks.Tables):
        rows = {table.name: table.filled(content["tables"].get(table.name, [])) for table in shape.tables}
        return {**content, "tables": {name: filled[:SHOWN_ROWS] for name, filled in rows.items()}}
    shown, room = [], COMFORTABLE
    for block in content["blocks"]:
        if room <= 0:
            break
        if "table" in block:
            shown.append({"table": block["table"][: SHOWN_ROWS + 1]})
            continue
        text = _whole_lines(block["text"], room)
        room -= len(block["text"])
        shown.append({"text": text})
    return {**content, "blocks": shown}


def _whole_lines(text: str, room: int) -> str:
    """The lines that there is room for; of one that alone is too long, whole words."""
    if len(text) <= room:
        return text
    end = text.rfind("\n", 0, room + 1)
    return text[:end] if end > 0 else text[:room].rsplit(" ", 1)[0] + "…"
