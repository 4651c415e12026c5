"""What people do with passports. Sections are written here and nowhere else."""

import json
import uuid
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.verdicts import require
from competition.models import Application
from competition.permissions import can_edit
from competition.queries import lock_application
from competition.services import file_application, name_application, open_application, return_for_revision
from practices import blocks, codes, fitting
from practices.models import (
    Edition,
    Passport,
    PassportSection,
    Remark,
    SectionRevision,
    SectionTemplate,
    WordImport,
)
from practices.permissions import can_edit_section
from practices.queries import missing_sections, with_sections

MAX_CONTENT_BYTES = 1_000_000
MAX_FILE_NAME = 255


class Conflict(Exception):
    """Somebody saved the section since it was read. Carries both texts, so that neither is lost."""

    def __init__(self, *, yours: dict, theirs: PassportSection):
        super().__init__(f"{theirs} was saved in the meantime")
        self.yours = yours
        self.theirs = theirs


class IncompletePassport(Exception):
    """The passport cannot be submitted yet; `missing` lists its sections as `practices.queries.ReadSection`."""

    def __init__(self, missing):
        super().__init__(", ".join(section.code for section in missing))
        self.missing = missing


class ConsentMissing(Exception):
    """The applicant has not accepted the processing of personal data."""


class ContentTooLarge(Exception):
    """A section's content is larger than any answer can sensibly be; `size` in bytes."""

    def __init__(self, size: int):
        super().__init__(f"{size} bytes")
        self.size = size


@transaction.atomic
def load_edition(data: dict) -> Edition:
    """Make an edition of the form from its description (as in `fixtures/editions.json`), or bring it up to date.

    Of an edition that has passports only the words may change: its sections and columns are what they rest on.
    Raises `ValidationError` for any other change of such a form, and for what is no form.
    """
    edition, _created = Edition.objects.update_or_create(
        code=data["code"], defaults={"title": data["title"], "annex": data.get("annex", "")}
    )
    described = _described_shapes(data["sections"])
    if edition.passports.exists() and _skeleton(described) != _skeleton(edition.shapes):
        raise ValidationError(
            _("The form “%(code)s” has passports already. Give the changed form a code of its own.")
            % {"code": edition.code}
        )
    edition.sections.exclude(code__in=described).delete()
    for section in data["sections"]:
        template = edition.sections.filter(code=section["code"]).first() or SectionTemplate(edition=edition)
        for name, value in _template_fields(section).items():
            setattr(template, name, value)
        template.full_clean()
        template.save()
    return edition


def _described_shapes(sections: list[dict]) -> dict[str, blocks.Text | blocks.Tables]:
    try:
        return {section["code"]: blocks.shape_from(section["shape"]) for section in sections}
    except blocks.ShapeError as error:
        raise ValidationError(_("This is no shape that the portal knows.")) from error


def _skeleton(shapes: dict[str, blocks.Text | blocks.Tables]) -> dict:
    """What answers rest on: which sections there are, and which columns their tables have."""
    return {
        code: {table.name: [column.code for column in table.columns] for table in getattr(shape, "tables", ())}
        for code, shape in shapes.items()
    }


def _template_fields(section: dict) -> dict:
    fields = {key: value for key, value in section.items() if key != "shape"}
    return {**fields, "shape_data": section["shape"]}


@transaction.atomic
def start_passport(*, track, nomination, territory, organisation=None, donor=None, title="", by, at) -> Passport:
    """Start an application with an empty passport in the contest's form: one row a section, from the first day.

    The title and the donor that were chosen at the start are written into their sections.
    """
    application = open_application(
        track=track, nomination=nomination, territory=territory, organisation=organisation, title=title, by=by, at=at
    )
    edition = track.contest.form.edition
    passport = Passport.objects.create(application=application, edition=edition, donor=donor)
    PassportSection.objects.bulk_create(
        PassportSection(passport=passport, code=template.code, content=template.shape.empty())
        for template in edition.templates
    )
    first_answers = {
        codes.TITLE: title,
        codes.TERRITORY: f"{territory.full_name}, {territory.region}",
        codes.DONOR: donor.title if donor else "",
    }
    for code, text in first_answers.items():
        if text and edition.template(code):
            save_section(passport, code, {"blocks": [{"text": text}]}, seen=0, by=by, at=at)
    return passport


@dataclass(frozen=True)
class Saved:
    """What a save answers: the section as it is now, and whether anything changed."""

    section: PassportSection
    changed: bool


@transaction.atomic
def save_section(passport, code, content, *, seen: int, by, at) -> Saved:
    """Write one section if nobody wrote it since version `seen`; every version is kept.

    `content` is in the section's shape (`practices.blocks`), `seen` the version its editor had read. Raises
    `Conflict` with both texts if somebody saved in between, `Refused` when the section is closed to this person,
    `blocks.ShapeError` or `ContentTooLarge` for content that no form of ours sends. Saving what is stored already
    changes nothing, so a repeated request is harmless.

    The application's row is locked first: a save and a submission never cross (docs/decisions/0002).
    """
    application = lock_application(passport.application)
    passport = Passport.objects.select_related("edition").get(pk=passport.pk)
    passport.application = application
    require(can_edit_section(by, passport, code, at=at))
    template = passport.edition.template(code)
    cleaned = _clean(template, content, may_be_empty=not template.is_required_for(application.track.code))
    section = passport.sections.get(code=code)
    if section.content == cleaned and section.version >= seen:
        return Saved(section, changed=False)

    changed = PassportSection.objects.filter(pk=section.pk, version=seen).update(
        content=cleaned, version=F("version") + 1, saved_at=at, saved_by=by
    )
    if not changed:
        section.refresh_from_db()
        raise Conflict(yours=cleaned, theirs=section)
    SectionRevision.objects.create(section=section, version=seen + 1, content=cleaned, saved_at=at, saved_by=by)
    section.refresh_from_db()
    if code == codes.TITLE:
        name_application(application, " ".join(template.shape.words(cleaned)))
    return Saved(section, changed=True)


def _clean(template: SectionTemplate, content, *, may_be_empty: bool) -> dict:
    """The content as it is stored. «Nothing to report» is an answer only to what is not required."""
    size = len(json.dumps(content, ensure_ascii=True))
    if size > MAX_CONTENT_BYTES:
        raise ContentTooLarge(size)
    cleaned = template.shape.clean(content)
    if content.get("nothing") is True and may_be_empty and not template.shape.is_answered(cleaned):
        cleaned["nothing"] = True
    return cleaned


@transaction.atomic
def keep_word_file(passport, *, data: bytes, file_name: str, recognised: dict, by, at) -> WordImport:
    """Store a Word file privately with what was recognised in it; the passport itself stays as it is."""
    require(can_edit(by, lock_application(passport.application), at=at))
    token = uuid.uuid4()
    return WordImport.objects.create(
        passport=passport,
        token=token,
        file=ContentFile(data, name=f"{token}.docx"),
        file_name=blocks.clean_text(file_name, limit=3 * MAX_FILE_NAME)[:MAX_FILE_NAME],  # NFC may lengthen it
        recognised=recognised,
        uploaded_at=at,
        uploaded_by=by,
    )


@transaction.atomic
def take_over(word_import, chosen: dict[str, int], *, by, at) -> list[str]:
    """Move the ticked sections of a Word file into the passport, laid out in the passport's own edition.

    `chosen` maps a section's code to the version its reviewer saw. All or nothing: a `Conflict` in one section
    leaves every other untouched. Returns the codes taken over, in the order of the form.
    """
    passport = word_import.passport
    found = fitting.fit(word_import.recognised["sections"], passport.edition.shapes).sections
    ordered = [code for code in passport.edition.shapes if code in chosen and code in found]
    for code in ordered:
        save_section(passport, code, found[code].content, seen=chosen[code], by=by, at=at)
    word_import.taken_over_at = at
    word_import.save(update_fields=["taken_over_at"])
    return ordered


@transaction.atomic
def submit_passport(passport, *, consent: bool, by, at) -> Application:
    """File the finished passport: from here on the applicant only reads it.

    Blank rows go, open remarks count as answered. Raises `IncompletePassport` with what is missing,
    `ConsentMissing`, or `Refused`, also when it is filed already: whoever presses twice files one application.
    """
    application = lock_application(passport.application)
    require(can_edit(by, application, at=at))
    passport = with_sections(Passport.objects.filter(pk=passport.pk)).get()
    if missing := missing_sections(passport):
        raise IncompletePassport(missing)
    if not consent:
        raise ConsentMissing
    _drop_blank_rows(passport, by=by, at=at)
    passport.remarks.filter(answered_at__isnull=True).update(answered_at=at)
    return file_application(application, by=by, at=at)


def _drop_blank_rows(passport, *, by, at) -> None:
    for template in passport.edition.templates:
        if not template.is_tables:
            continue
        section = passport.sections_by_code[template.code]
        kept = {**section.content, **template.shape.without_blank_rows(section.content)}
        if kept != section.content:
            section.content, section.version, section.saved_at, section.saved_by = kept, section.version + 1, at, by
            section.save(update_fields=["content", "version", "saved_at", "saved_by"])
            SectionRevision.objects.create(
                section=section, version=section.version, content=kept, saved_at=at, saved_by=by
            )


@transaction.atomic
def return_with_remarks(application, remarks: dict[str, str], *, by, at=None, reason="", until=None) -> Application:
    """Give the application back with remarks pinned to sections; only those open again.

    `remarks` maps section codes to sentences. Raises `ValueError` when there is none or a code is unknown, and
    whatever the move itself raises.
    """
    at = at or timezone.now()
    passport = Passport.objects.select_related("edition").get(application=application)
    known = {template.code for template in passport.edition.templates}
    if not remarks or set(remarks) - known:
        raise ValueError(f"remarks must name sections of the form: {sorted(set(remarks) - known)}")
    moved = return_for_revision(application, by=by, at=at, reason=reason, until=until)
    for code, text in remarks.items():
        remark = Remark(passport=passport, code=code, text=text, by=by, at=at)
        remark.full_clean()
        remark.save()
    return moved
