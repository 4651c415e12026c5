"""How a section was written: its versions, by who sat at it and when."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.http import Http404

from practices import differences
from practices.models import Passport, PassportSection, Remark, SectionRevision, SectionTemplate

SITTING = timedelta(minutes=10)


@dataclass
class Sitting:
    """Versions that one person saved with no more than ten minutes between them, the latest first."""

    revisions: list[SectionRevision] = field(default_factory=list)

    @property
    def by(self):
        return self.revisions[0].saved_by

    @property
    def version(self) -> int:
        """What the section said in the end."""
        return self.revisions[0].version

    @property
    def version_before(self) -> int:
        return self.revisions[-1].version - 1

    @property
    def began_at(self) -> datetime:
        return self.revisions[-1].saved_at

    @property
    def ended_at(self) -> datetime:
        return self.revisions[0].saved_at

    def continues(self, revision: SectionRevision) -> bool:
        return self.by == revision.saved_by and self.began_at - revision.saved_at <= SITTING


@dataclass(frozen=True)
class Difference:
    """An earlier answer beside a later one."""

    passages: list[differences.Passage]
    is_reordered: bool

    @property
    def is_none(self) -> bool:
        return not self.is_reordered and all(passage.is_same for passage in self.passages)


def sittings_of(section: PassportSection) -> list[Sitting]:
    """The section's versions as people remember them: the morning of one, the afternoon of another; latest first."""
    sittings: list[Sitting] = []
    for revision in section.revisions.select_related("saved_by").defer("content"):
        if not sittings or not sittings[-1].continues(revision):
            sittings.append(Sitting())
        sittings[-1].revisions.append(revision)
    return sittings


def content_of(section: PassportSection, version: int, template: SectionTemplate) -> dict:
    """What the section said in this version; before its first it was empty. 404 for a version it never had."""
    if version == 0:
        return template.shape.empty()
    revision = section.revisions.filter(version=version).first()
    if revision is None:
        raise Http404
    return revision.content


def difference(before: dict, after: dict, template: SectionTemplate) -> Difference:
    """What differs between two answers to one section of the form."""
    return Difference(differences.compare(before, after, template.shape), differences.is_reordered(before, after))


def changes_since_remarks(passport: Passport) -> dict[str, Difference]:
    """What was changed in each section after the organiser's latest answered remark on it, by its code."""
    remarks = {remark.code: remark for remark in passport.remarks.all() if remark.answered_at}
    contents = _contents_remarked_on(passport, remarks.values())
    changes = {}
    for template in passport.edition.templates:
        if template.code in remarks:
            before = contents.get((template.code, remarks[template.code].version), template.shape.empty())
            changes[template.code] = difference(before, passport.sections_by_code[template.code].content, template)
    return changes


def _contents_remarked_on(passport: Passport, remarks: Iterable[Remark]) -> dict[tuple[str, int], dict]:
    """By code and version, in one query, however many sections have remarks."""
    wanted = {(remark.code, remark.version) for remark in remarks}
    revisions = SectionRevision.objects.filter(
        section__passport=passport, section__code__in={code for code, _ in wanted}, version__in={v for _, v in wanted}
    ).select_related("section")
    return {(revision.section.code, revision.version): revision.content for revision in revisions}
