"""Writing one section: the only place where an answer is stored."""

import json
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from accounts.verdicts import require
from competition.queries import lock_application
from competition.services import name_application
from practices import codes
from practices.models import Passport, PassportSection, SectionRevision, SectionTemplate
from practices.permissions import can_edit_section

MAX_CONTENT_BYTES = 1_000_000


class Conflict(Exception):
    """Somebody saved the section since it was read. Carries both texts, so that neither is lost."""

    def __init__(self, *, yours: dict, theirs: PassportSection):
        super().__init__(f"{theirs} was saved in the meantime")
        self.yours = yours
        self.theirs = theirs


class ContentTooLarge(Exception):
    """A section's content is larger than any answer can sensibly be; `size` in bytes."""

    def __init__(self, size: int):
        super().__init__(f"{size} bytes")
        self.size = size


@dataclass(frozen=True)
class Saved:
    """What a save answers: the section as it is now, and whether anything changed."""

    section: PassportSection
    changed: bool


@dataclass(frozen=True)
class Turn:
    """Which open page saves, and which save of its own it is: a page that lost an answer is no second page."""

    tab: str
    number: int
    is_resent: bool = False  # by a later page: what this one had kept in the browser


@transaction.atomic
def save_section(passport, code, content, *, seen: int, by, at, turn: Turn | None = None) -> Saved:
    """Write one section if nobody wrote it since version `seen`; every version is kept.

    `content` is in the section's shape (`practices.blocks`), `seen` the version its editor had read. Raises
    `Conflict` with both texts if somebody saved in between, `Refused` when the section is closed to this person,
    `blocks.ShapeError` or `ContentTooLarge` for content that no form of ours sends. Saving what is stored already
    changes nothing, so a repeated request is harmless.

    What the same open page wrote since `seen` (`turn` names the page) is no conflict: the answer to an earlier save
    of its own was lost on the way. What is resent and no newer than the page's last save changes nothing.

    The application's row is locked first: a save and a submission never cross (docs/decisions/0002).
    """
    application = lock_application(passport.application)
    passport = Passport.objects.select_related("edition").get(pk=passport.pk)
    passport.application = application
    require(can_edit_section(by, passport, code, at=at))
    template = passport.edition.template(code)
    cleaned = _clean(template, content, may_be_empty=not template.is_required_for(application.track_code))
    section = passport.sections.get(code=code)
    if section.version >= seen and (section.content == cleaned or _is_echo(section, turn, by)):
        return Saved(section, changed=False)

    base = section.version if _is_alone_since(seen, section, turn, by) else seen
    if not _replace_version(base, section, cleaned, by=by, at=at):
        section.refresh_from_db()
        raise Conflict(yours=cleaned, theirs=section)
    where_from = {"tab": turn.tab, "turn": turn.number} if turn else {}
    SectionRevision.objects.create(
        section=section, version=base + 1, content=cleaned, saved_at=at, saved_by=by, **where_from
    )
    section.refresh_from_db()
    if code == codes.TITLE:
        name_application(application, " ".join(template.shape.words(cleaned)))
    return Saved(section, changed=True)


def _is_echo(section, turn, by) -> bool:
    """Whether the page had saved this or something newer before it was gone: its copy in the browser is of the past."""
    if turn is None or not turn.is_resent:
        return False
    return section.revisions.filter(tab=turn.tab, turn__gte=turn.number, saved_by=by).exists()


def _is_alone_since(seen, section, turn, by) -> bool:
    """Whether the page itself wrote all that came after the version it had read, in earlier turns."""
    if turn is None or section.version <= seen:
        return False
    return (
        not section.revisions.filter(version__gt=seen).exclude(tab=turn.tab, turn__lt=turn.number, saved_by=by).exists()
    )


def _replace_version(base, section, content, *, by, at) -> bool:
    """The one statement that writes an answer; False when `base` is no longer the version that is stored."""
    stored = PassportSection.objects.filter(pk=section.pk, version=base)
    return bool(stored.update(content=content, version=F("version") + 1, saved_at=at, saved_by=by))


def _clean(template: SectionTemplate, content, *, may_be_empty: bool) -> dict:
    """The content as it is stored. «Nothing to report» is an answer only to what is not required."""
    size = len(json.dumps(content, ensure_ascii=True))
    if size > MAX_CONTENT_BYTES:
        raise ContentTooLarge(size)
    cleaned = template.shape.clean(content)
    if content.get("nothing") is True and may_be_empty and not template.shape.is_answered(cleaned):
        cleaned["nothing"] = True
    return cleaned
