"""Practices side by side, section by section: by the code of a section, whatever edition each comes from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from practices import codes
from practices.article import CHAPTERS, Article, Section
from practices.bank import dead_hosts
from practices.models import Passport, Practice
from practices.queries import Audience, read_sections, with_sections

FEWEST, MOST = 2, 4


@dataclass(frozen=True)
class Beside:
    """One of the compared practices; without an `article` it has only a card. `codes`: the sections its form has."""

    practice: Practice
    article: Article | None
    codes: frozenset[str]

    @property
    def sections(self) -> dict[str, Section]:
        chapters = self.article.chapters if self.article else []
        return {section.code: section for _title, sections in chapters for section in sections}


@dataclass(frozen=True)
class Cell:
    """What one practice says in one section. `card`: the words of its card, in place of a passport.

    Neither: it says nothing, because its form has no such section (`is_absent`) or because nothing of it is public.
    """

    practice: Practice
    section: Section | None = None
    card: str = ""
    has_passport: bool = True
    is_absent: bool = False


@dataclass(frozen=True)
class Row:
    """One section of all practices, named as the latest of them names it."""

    code: str
    title: str
    cells: list[Cell]


@dataclass(frozen=True)
class Chapter:
    title: str
    rows: list[Row]


def beside_each_other(practices: Iterable[Practice]) -> list[Beside]:
    """The practices with the public part of their passports, in a constant number of queries."""
    practices = list(practices)
    prefetch_related_objects(practices, "cost_shares")
    keys = [practice.passport_id for practice in practices if practice.passport_id]
    found = with_sections(Passport.objects.filter(pk__in=keys)).prefetch_related("application__consents")
    passports = {passport.pk: passport for passport in found} if keys else {}
    dead = dead_hosts() if passports else {}
    return [_beside(practice, passports.get(practice.passport_id), dead) for practice in practices]


def _beside(practice: Practice, passport: Passport | None, dead: Mapping[str, str]) -> Beside:
    if passport is None:
        return Beside(practice, None, frozenset())
    article = Article(read_sections(passport, audience=Audience.PUBLIC), dead)
    return Beside(practice, article, frozenset(template.code for template in passport.edition.templates))


def compared(besides: list[Beside]) -> list[Chapter]:
    """The sections that any of them answers, by chapters as a reader asks; what all leave empty is left out.

    A card is set beside the descriptions: it is one.
    """
    by_age = sorted(besides, key=lambda beside: -beside.practice.contest.year)
    answers = {beside.practice.pk: beside.sections for beside in besides}
    chapters = []
    for chapter in CHAPTERS:
        titles: dict[str, str] = {}
        for beside in by_age:
            for title, sections in beside.article.chapters if beside.article else []:
                if title == chapter.label:
                    titles.update({one.code: one.short_title for one in sections if one.code not in titles})
        rows = [Row(code, title, [_cell(one, code, answers) for one in besides]) for code, title in titles.items()]
        if rows:
            chapters.append(Chapter(chapter.label, rows))
    return chapters


def _cell(beside: Beside, code: str, answers: dict[int, dict[str, Section]]) -> Cell:
    practice = beside.practice
    if beside.article is None:
        return Cell(practice, card=practice.description if code == codes.DESCRIPTION else "", has_passport=False)
    return Cell(practice, answers[practice.pk].get(code), is_absent=code not in beside.codes)


def cards(besides: list[Beside]) -> list[Cell]:
    """The words of the cards, for practices none of which describes itself in a passport; empty when one does."""
    if any(codes.DESCRIPTION in beside.sections for beside in besides):
        return []
    cells = [Cell(one.practice, card=one.practice.description, has_passport=bool(one.article)) for one in besides]
    return cells if any(cell.card for cell in cells) else []
