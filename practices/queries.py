"""Reading passports: through the edition, never by a section's name."""

from dataclasses import dataclass, field
from enum import Enum

from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from competition.enums import Category, TrackCode
from competition.models import Application, Track
from competition.queries import application_for, published_categories
from practices import blocks, fitting
from practices.enums import AttachmentKind, Progress, Readers
from practices.models import Attachment, Passport, PassportSection, Practice, Remark, SectionTemplate, WordImport
from practices.taking import parts_of

MOST_IMPORTS = 20


class Audience(Enum):
    """Who reads a passport: owner and organiser all of it, the jury no contacts.

    The public reads no personal section, but for those the jury reads if there is a consent to publish them.
    """

    OWNER = "owner"
    ORGANISER = "organiser"
    JURY = "jury"
    PUBLIC = "public"


@dataclass
class ReadSection:
    """One section as a page shows it: the form's words and the answer side by side."""

    template: SectionTemplate
    section: PassportSection
    track_code: str
    remarks: list[Remark] = field(default_factory=list)

    def __str__(self):
        return _("Section %(number)s. %(title)s") % {"number": self.number, "title": self.template.short_title}

    @property
    def content(self) -> dict:
        return self.section.content

    @property
    def number(self) -> int:
        return self.template.number

    @property
    def code(self) -> str:
        return self.template.code

    @cached_property
    def is_answered(self) -> bool:
        return self.template.shape.is_answered(self.content)

    @property
    def says_nothing_to_report(self) -> bool:
        return bool(self.content.get("nothing"))

    @property
    def open_remarks(self) -> list[Remark]:
        return [remark for remark in self.remarks if remark.answered_at is None]

    @property
    def answered_remarks(self) -> list[Remark]:
        return [remark for remark in self.remarks if remark.answered_at is not None]

    @cached_property
    def length(self) -> int:
        return self.template.length(self.content)

    @property
    def is_over_limit(self) -> bool:
        return self.template.limit is not None and self.length > self.template.limit

    @property
    def is_required(self) -> bool:
        return self.template.is_required_for(self.track_code)

    @property
    def applies(self) -> bool:
        return self.template.applies_to(self.track_code)

    @cached_property
    def incomplete_rows(self) -> int:
        """Rows of tables that say something but not in every column; a hint, never an obstacle."""
        if not isinstance(self.template.shape, blocks.Tables):
            return 0
        return sum(
            any(not row[column.code] for column in table.columns)
            for table in self.template.shape.tables
            for row in table.filled(self.content["tables"].get(table.name, []))
        )

    @property
    def is_missing(self) -> bool:
        """Stands in the way of submission: required and unanswered, or longer than a strict limit allows."""
        return (self.is_required and not self.is_answered) or (self.is_over_limit and self.template.limit_is_strict)

    @property
    def progress(self) -> Progress:
        if self.open_remarks:
            return Progress.REMARKED
        if not self.is_answered:
            if not self.applies or self.says_nothing_to_report:
                return Progress.READY if self.says_nothing_to_report else Progress.NOT_NEEDED
            return Progress.EMPTY
        return Progress.DRAFT if self.is_over_limit or self.incomplete_rows else Progress.READY

    @property
    def pieces(self) -> list[dict]:
        """What to show in order: ``{"text": …}``, ``{"table": [[…]]}`` or ``{"form_table": Table, "rows": […]}``."""
        shape = self.template.shape
        if isinstance(shape, blocks.Text):
            return shape.filled(self.content["blocks"])
        filled = [(table, table.filled(self.content["tables"].get(table.name, []))) for table in shape.tables]
        return [{"form_table": table, "rows": rows} for table, rows in filled if rows]


def passport_for(user, key) -> Passport:
    """The gate to a passport: through its application, which decides who knows of it (404)."""
    application = application_for(user, key)
    passport = with_sections(Passport.objects.filter(application=application)).first()
    if passport is None:
        raise Http404
    passport.application = application
    return passport


def with_sections(passports):
    """Passports with edition, sections and remarks, in a constant number of queries."""
    return passports.select_related("edition", "application__track", "application__contest", "donor").prefetch_related(
        "edition__sections", "sections", Prefetch("remarks", Remark.objects.order_by("at", "pk"))
    )


def own_passports(user):
    """What this person applies with or helps with, newest first: a constant number of queries for any length."""
    passports = with_sections(Passport.objects.filter(application__in=Application.objects.of(user)))
    return (
        passports.select_related("application__nomination", "application__territory", "application__owner")
        .prefetch_related("application__team__user")
        .order_by("-application__created_at", "-pk")
    )


def city_passports(user):
    """What the owners show to this person as the coordinator of their city, the first to close first."""
    shown = Application.objects.shown_to_coordinator(user)
    passports = with_sections(Passport.objects.filter(application__in=shown))
    return passports.select_related("application__nomination", "application__territory", "application__owner").order_by(
        "-application__contest__year", "application__track__closes_at", "application__title", "pk"
    )


def city_passport_for(user, key) -> Passport:
    """The coordinator's gate: what is not shown, or not any more, does not exist (404)."""
    return get_object_or_404(city_passports(user), application__key=key)


def open_tracks(*, at):
    """Where a passport can be started at this moment: its contest has a form and an open window, and is not over."""
    open_now = Track.objects.filter(
        opens_at__lte=at, closes_at__gte=at, contest__form__isnull=False, contest__announced_at__isnull=True
    )
    return open_now.select_related("contest").order_by("-contest__year", "-code")


def adoption_tracks(*, at) -> tuple[Track | None, Track | None]:
    """The open track for adoptions, or else the next one that opens: (open, next)."""
    is_open = open_tracks(at=at).filter(code=TrackCode.ADOPTION).first()
    if is_open:
        return is_open, None
    later = Track.objects.filter(code=TrackCode.ADOPTION, opens_at__gt=at, contest__announced_at__isnull=True)
    return None, later.select_related("contest").order_by("opens_at", "pk").first()


def read_sections(passport: Passport, *, audience: Audience) -> list[ReadSection]:
    """The passport's sections in the order of its edition, as far as this audience may read them."""
    track_code = passport.application.track_code
    remarks: dict[str, list[Remark]] = {}
    if audience in {Audience.OWNER, Audience.ORGANISER}:
        for remark in passport.remarks.all():
            remarks.setdefault(remark.code, []).append(remark)
    consented = published_categories(passport.application) if audience == Audience.PUBLIC else frozenset()
    return [
        ReadSection(template, passport.sections_by_code[template.code], track_code, remarks.get(template.code, []))
        for template in passport.edition.templates
        if _may_read(template, audience, consented)
    ]


def missing_sections(passport: Passport) -> list[ReadSection]:
    """What stands between the passport and its submission; the same rule by which the organiser admits."""
    return [section for section in read_sections(passport, audience=Audience.OWNER) if section.is_missing]


def section_for(passport: Passport, code: str) -> ReadSection:
    """One section of the passport by its code; 404 for a code its edition does not have."""
    sections = read_sections(passport, audience=Audience.OWNER)
    found = next((section for section in sections if section.code == code), None)
    if found is None:
        raise Http404
    return found


def word_import_for(passport: Passport, token) -> WordImport:
    """The gate to an uploaded Word file: only beside the passport that it was uploaded for (404)."""
    word_import = get_object_or_404(WordImport, passport=passport, token=token)
    word_import.passport = passport
    return word_import


@dataclass(frozen=True)
class ImportRecord:
    """An uploaded Word file and what came of it: how many of its parts were taken over, and how many were left."""

    word_import: WordImport
    taken: int
    left: int


def word_imports_of(passport: Passport) -> list[ImportRecord]:
    """The latest Word files that were uploaded for this passport, newest first."""
    latest = passport.word_imports.select_related("uploaded_by")[:MOST_IMPORTS]
    return [_record(word_import, passport.edition.shapes) for word_import in latest]


def _record(word_import: WordImport, shapes) -> ImportRecord:
    if not word_import.recognised:
        return ImportRecord(word_import, taken=0, left=0)
    parts = parts_of(word_import.recognised, fitting.fit(word_import.recognised["sections"], shapes))
    taken = len(word_import.taken_parts & set(parts))
    return ImportRecord(word_import, taken=taken, left=len(parts) - taken)


# By which category of the consent a kind of file is published
CATEGORY_OF = {
    AttachmentKind.PHOTO: Category.PHOTOS,
    AttachmentKind.LETTER: Category.DOCUMENTS,
    AttachmentKind.DOCUMENT: Category.DOCUMENTS,
}


def attachments_of(passport: Passport) -> list[Attachment]:
    """The files beside a passport, as whoever may read it sees them."""
    found = list(passport.attachments.defer("text"))
    for attachment in found:
        attachment.passport = passport
    return found


def attachment_for(passport: Passport, token) -> Attachment:
    """The gate to a file: only beside the passport that it was attached to (404)."""
    attachment = get_object_or_404(Attachment, passport=passport, token=token)
    attachment.passport = passport
    return attachment


def published_attachments(passport: Passport) -> list[Attachment]:
    """What of a public practice's files everybody may see now: offered, and covered by a consent in force."""
    categories = published_categories(passport.application)
    kinds = [kind for kind, category in CATEGORY_OF.items() if category in categories]
    return list(passport.attachments.filter(for_publication=True, kind__in=kinds).defer("text")) if kinds else []


def published_attachment_for(slug: str, token) -> Attachment:
    """The gate to a file of a public practice (404). Asked anew each time: what is taken back is gone at once."""
    public = Passport.objects.filter(practice__in=Practice.objects.published().filter(slug=slug))
    passport = get_object_or_404(public.select_related("application"))
    found = next((file for file in published_attachments(passport) if file.token == token), None)
    if found is None:
        raise Http404
    return found


def _may_read(template: SectionTemplate, audience: Audience, consented: frozenset[Category]) -> bool:
    match audience:
        case Audience.OWNER | Audience.ORGANISER:
            return True
        case Audience.JURY:
            return template.readers in {Readers.EVERYONE, Readers.JURY}
    return template.readers == Readers.EVERYONE or (template.readers == Readers.JURY and Category.TEAM in consented)
