"""Passports of past years, out of their Word files into the bank. Reading is the long part and holds no lock.

    found = read_old_passport(data)
    line = place_old_passport(found, name="Саров/паспорт.docx", contest=contest, by=organiser, at=now)

Doing it again changes nothing: a file is known by its checksum, a practice by year, city and the words of its title.
"""

import hashlib
import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from accounts.verdicts import require
from competition.enums import Status
from competition.models import Contest, Territory
from competition.permissions import can_record
from competition.services import record_application
from practices import background, blocks, codes, fitting, lemmas, places
from practices.amounts import read_started_year
from practices.documents import word_in
from practices.enums import Outcome
from practices.import_report import Line
from practices.models import (
    Edition,
    OldPassport,
    OldPassportBatch,
    OldPassportFile,
    Passport,
    PassportSection,
    Practice,
    SectionRevision,
    WordImport,
)
from practices.publishing import enter_bank
from practices.services.sections import MAX_CONTENT_BYTES

MAX_FILE_NAME = 255
LONGEST_PATH = 4096
ALIKE = 0.5  # of the words of two titles together
TOLD_ONLY = {"dashes", "total"}  # what the reader of the file tells without being in doubt about it


@dataclass(frozen=True)
class Found:
    """What is in a file: a passport, or the sentence why it is not taken. Neither for a file that is known already."""

    data: bytes
    sha256: str
    recognised: word_in.Recognised | None = None
    refusal: str = ""


class NotPlaced(Exception):
    """The passport cannot be brought in; the message tells why and what to do."""


class Duplicate(Exception):
    """The practice is here already: `passport` is its passport, if it has one."""

    def __init__(self, reason: str, passport: Passport | None):
        super().__init__(reason)
        self.passport = passport


def read_old_passport(data: bytes) -> Found:
    """Read the file, unless it was brought in before. Changes nothing."""
    sha256 = hashlib.sha256(data).hexdigest()
    if OldPassport.objects.filter(pk=sha256).exists():
        return Found(data, sha256)
    try:
        recognised = word_in.read_passport(data, Edition.objects.prefetch_related("sections")).with_merged_cells()
    except word_in.RefusedFile as refusal:
        return Found(data, sha256, refusal=refusal.sentence)
    return Found(data, sha256, recognised=recognised)


@transaction.atomic
def place_old_passport(found: Found, *, name: str, contest, nomination=None, territory=None, by, at) -> Line:
    """Make an admitted application of the year out of a passport, and an entry of the bank if the year is announced.

    `name` is the file's with its folders: where the passport does not tell its city, a folder called by it does.
    `territory` overrules both. Returns the line of the report; raises `Refused` alone, for who may not do this.
    """
    require(can_record(by))
    contest = Contest.objects.select_for_update().get(pk=contest.pk)  # two workers may read one practice at once
    line = Line(file=name, outcome=Outcome.REFUSED)
    facts = ("passport__application__contest", "passport__application__territory")
    if known := OldPassport.objects.select_related(*facts).filter(pk=found.sha256).first():
        year = known.passport.application.contest.year
        line.outcome, line.passport = Outcome.DUPLICATE, known.passport
        line.title, line.territory = known.passport.application.title, str(known.passport.application.territory)
        line.notes = [_("This very file was brought into the contest of %(year)s.") % {"year": year}]
        return line
    if found.recognised is None:
        line.notes = [found.refusal]
        return line
    try:
        with transaction.atomic():
            _place(found, line, contest=contest, nomination=nomination, territory=territory, by=by, at=at)
    except Duplicate as duplicate:
        line.outcome, line.passport, line.notes = Outcome.DUPLICATE, duplicate.passport, [str(duplicate)]
    except NotPlaced as failure:
        line.outcome, line.notes = Outcome.UNPLACED, [str(failure)]
    except ValidationError as error:
        line.outcome, line.passport, line.notes = Outcome.UNPLACED, None, error.messages
    return line


def _place(found: Found, line: Line, *, contest, nomination, territory, by, at) -> None:
    recognised = found.recognised
    edition = Edition.objects.prefetch_related("sections").get(code=recognised.edition)
    fit = _fit(recognised, edition)
    _describe(line, fit, recognised, edition)
    if not line.title:
        raise NotPlaced(_("The passport does not tell what the practice is called."))
    territory = territory or _territory(fit, edition, line)
    line.territory = str(territory)
    card = _card(line, contest, territory)
    _compare_forms(line, contest, edition)

    reason = _("From the file “%(name)s”") % {"name": line.file}
    application = record_application(
        contest, territory=territory, title=line.title, nomination=nomination, by=by, at=at, reason=reason
    )
    line.passport = _write(application, edition, fit, by=by, at=at)
    _keep_file(found, line, fit, by=by, at=at)
    OldPassport.objects.create(sha256=found.sha256, passport=line.passport)
    if contest.announced_at is not None:
        _publish(application, card, line.passport, fit, edition, at=at)
    line.outcome = Outcome.DOUBTFUL if line.is_doubtful else Outcome.PLACED


def _fit(recognised: word_in.Recognised, edition: Edition) -> fitting.Fit:
    try:
        return fitting.fit(recognised.sections, edition.shapes)
    except blocks.ShapeError as error:
        raise NotPlaced(_("A table in the file is larger than the form can hold.")) from error


def _describe(line: Line, fit: fitting.Fit, recognised: word_in.Recognised, edition: Edition) -> None:
    """The numbers of the line, and what the reader of the file was in doubt about."""
    line.edition = edition.code
    line.title = _text_of(codes.TITLE, fit, edition)
    line.sections = len(fit.sections)
    line.pieces = sum(len(edition.shapes[code].words(fitted.content)) for code, fitted in fit.sections.items())
    line.left = len(recognised.unplaced) + len(fit.strays)
    line.notes = list(recognised.warnings)
    line.is_doubtful = any(doubt not in TOLD_ONLY for doubt, _about in recognised.doubts)
    if count := len(recognised.pictures):
        said = ngettext("%(count)s picture stays in the file.", "%(count)s pictures stay in the file.", count)
        line.notes.append(said % {"count": count})
    if line.left:
        said = ngettext(
            "%(count)s piece of the text found no place. It is kept beside the application.",
            "%(count)s pieces of the text found no place. They are kept beside the application.",
            line.left,
        )
        line.doubt(said % {"count": line.left})


def _text_of(code: str, fit: fitting.Fit, edition: Edition) -> str:
    fitted = fit.sections.get(code)
    return " ".join(" ".join(edition.shapes[code].words(fitted.content)).split()) if fitted else ""


def _territory(fit: fitting.Fit, edition: Edition, line: Line) -> Territory:
    """The city that the passport names, or else the one its file or folder is called by."""
    known = list(Territory.objects.all())
    said = _text_of(codes.TERRITORY, fit, edition)
    named = places.named_in(said, known)
    if len(named) == 1:
        return named[0]
    filed = places.named_in(line.file, named or known)
    if len(filed) == 1:
        line.doubt(_("The city is taken from the name of the file or its folder. Check it."))
        return filed[0]
    if named:
        cities = ", ".join(map(str, named))
        raise NotPlaced(_("The passport does not tell which city it is from: %(cities)s.") % {"cities": cities})
    if not said:
        raise NotPlaced(_("The passport does not tell which city it is from."))
    raise NotPlaced(_("The city is not on the list: “%(said)s”.") % {"said": said[:100]})


def _card(line: Line, contest, territory) -> Practice | None:
    """The entry of the bank that this is the passport of: same year, city and words of the title.

    Raises `Duplicate` if the practice has its passport. A title that is only alike is somebody's to look at.
    """
    wanted = _words(line.title)
    for application in contest.applications.filter(territory=territory).exclude(status=Status.DRAFT):
        if _words(application.title) == wanted:
            said = _("The contest has this practice already: application № %(number)s.")
            passport = Passport.objects.filter(application=application).first()
            raise Duplicate(said % {"number": application.number}, passport)
    practices = contest.practices.filter(territory=territory)
    for practice in practices:
        if wanted in (_words(practice.title), _words(practice.short_title)):
            if practice.passport_id:
                raise Duplicate(_("The bank has the passport of this practice already."), practice.passport)
            return practice
    for practice in practices:
        if _are_alike(wanted, _words(practice.title)):
            said = _("The bank has a practice with a similar title: “%(title)s”. If they are one, keep one of them.")
            line.doubt(said % {"title": practice.title})
    return None


def _words(title: str) -> frozenset[str]:
    return frozenset(lemmas.lemmas(title) or lemmas.words(title))


def _are_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= ALIKE * len(one | other)


def _compare_forms(line: Line, contest, edition: Edition) -> None:
    form = getattr(contest, "form", None)
    if form and form.edition_id != edition.pk:
        said = _("The passport is in the form of %(edition)s, and the contest has that of %(expected)s.")
        line.doubt(said % {"edition": edition.code, "expected": form.edition.code})


def _write(application, edition: Edition, fit: fitting.Fit, *, by, at) -> Passport:
    """The passport with its answers as their first version, in the form that the file is in."""
    passport = Passport.objects.create(application=application, edition=edition)
    sections = [_section(passport, template, fit.sections.get(template.code), by, at) for template in edition.templates]
    PassportSection.objects.bulk_create(sections)
    SectionRevision.objects.bulk_create(
        SectionRevision(section=section, version=1, content=section.content, saved_at=at, saved_by=by)
        for section in sections
        if section.version
    )
    return passport


def _section(passport: Passport, template, fitted: fitting.Fitted | None, by, at) -> PassportSection:
    if fitted is None:
        return PassportSection(passport=passport, code=template.code, content=template.shape.empty())
    if len(json.dumps(fitted.content)) > MAX_CONTENT_BYTES:
        raise NotPlaced(_("“%(section)s” is longer than a section can hold.") % {"section": template.short_title})
    return PassportSection(
        passport=passport, code=template.code, content=fitted.content, version=1, saved_at=at, saved_by=by
    )


def _keep_file(found: Found, line: Line, fit: fitting.Fit, *, by, at) -> None:
    """The file with all that was recognised, what found no place included, for the page that shows both."""
    recognised, token = found.recognised, uuid.uuid4()
    deed = {"append": False, "seen": 0, "by": by.pk, "at": at.isoformat()}
    kept = WordImport(
        passport=line.passport,
        token=token,
        file_name=blocks.clean_text(line.file.rpartition("/")[2], limit=3 * MAX_FILE_NAME)[:MAX_FILE_NAME],
        kind=str(recognised.kind),
        recognised=recognised.as_json(),
        uploaded_at=at,
        uploaded_by=by,
        taken_over_at=at,
        deeds=[{"part": code, "to": code, **deed} for code in fit.sections],
    )
    kept.file.save(f"{token}.{kept.kind}", ContentFile(found.data), save=False)
    if recognised.converted:
        kept.converted.save(f"{token}.docx", ContentFile(recognised.converted), save=False)
    kept.save()


def _publish(application, card: Practice | None, passport: Passport, fit, edition: Edition, *, at) -> None:
    """Into the bank: a card that is there gets its passport, whatever else it says stays as it was written."""
    if card is not None:
        card.passport = passport
        card.started_year = card.started_year or read_started_year(_text_of(codes.PERIOD, fit, edition))
        card.save(update_fields=["passport", "started_year"])
    enter_bank(application, award=card.award if card else "", at=at)


def keep_old_passports(files: Iterable[tuple[str, bytes]], *, contest, nomination=None, by, at) -> OldPassportBatch:
    """Store uploaded files, name and bytes of each, to be read in the background. All or none."""
    require(can_record(by))
    stored = []
    try:
        with transaction.atomic():
            batch = OldPassportBatch.objects.create(
                contest=contest, nomination=nomination, uploaded_by=by, uploaded_at=at
            )
            for name, data in files:
                kept = OldPassportFile(batch=batch, name=blocks.clean_text(name, limit=LONGEST_PATH)[-MAX_FILE_NAME:])
                kept.file.save("", ContentFile(data), save=False)
                stored.append(kept.file)
                kept.save()
    except BaseException:
        for file in stored:
            file.storage.delete(file.name)
        raise
    return batch


def read_kept_passport(file_pk: int) -> None:
    """Read one file of an upload and bring its passport in; what is done already stays as it is."""
    kept = OldPassportFile.objects.filter(pk=file_pk, finished_at=None).first()
    if kept is None:
        return
    with kept.file.open() as file:
        found = read_old_passport(file.read())
    with background.unfinished(OldPassportFile, file_pk) as kept:
        if kept is None:
            return
        batch, chosen = kept.batch, kept.territory
        line = place_old_passport(
            found,
            name=kept.name,
            contest=batch.contest,
            nomination=batch.nomination,
            territory=chosen,
            by=batch.uploaded_by,
            at=timezone.now(),
        )
        kept.outcome, kept.findings, kept.passport = line.outcome, line.findings, line.passport
        if line.outcome != Outcome.UNPLACED:  # nobody will want it read again
            transaction.on_commit(partial(kept.file.storage.delete, kept.file.name))
            kept.file = ""


@transaction.atomic
def open_again(kept: OldPassportFile, *, territory=None, by) -> OldPassportFile | None:
    """Make a file that was not brought in wait once more, now with the city that it comes from; None if it was."""
    require(can_record(by))
    kept = OldPassportFile.objects.select_for_update().exclude(file="").filter(pk=kept.pk).first()
    if kept is not None:
        kept.territory, kept.finished_at, kept.outcome, kept.findings = territory, None, "", {}
        kept.save()
    return kept
