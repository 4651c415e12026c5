"""The finished passport goes to the organiser, and comes back with remarks."""

from django.db import transaction
from django.utils import timezone

from accounts.verdicts import require
from competition.models import Application
from competition.permissions import can_submit
from competition.queries import lock_application
from competition.services import file_application, return_for_revision
from practices.models import Passport, Remark, SectionRevision
from practices.queries import missing_sections, with_sections
from practices.services.consents import choose_publication


class IncompletePassport(Exception):
    """The passport cannot be submitted yet; `missing` lists its sections as `practices.queries.ReadSection`."""

    def __init__(self, missing):
        super().__init__(", ".join(section.code for section in missing))
        self.missing = missing


class ConsentMissing(Exception):
    """The applicant has not accepted the processing of personal data."""


@transaction.atomic
def submit_passport(passport, *, consent: bool, publication=(), by, at) -> Application:
    """File the finished passport, which is its owner's to do: from here on the applicants only read it.

    Blank rows go, open remarks count as answered. `publication` names what may be published of people's data; a
    consent that is in force already stays when nothing is named. Raises `IncompletePassport` with what is missing,
    `ConsentMissing`, or `Refused`, also when it is filed already: whoever presses twice files one application.
    """
    application = lock_application(passport.application)
    require(can_submit(by, application, at=at))
    passport = with_sections(Passport.objects.filter(pk=passport.pk)).get()
    if missing := missing_sections(passport):
        raise IncompletePassport(missing)
    if not consent:
        raise ConsentMissing
    _drop_blank_rows(passport, by=by, at=at)
    passport.remarks.filter(answered_at__isnull=True).update(answered_at=at)
    filed = file_application(application, by=by, at=at)
    if publication:
        choose_publication(filed, publication, by=by, at=at)
    return filed


def _drop_blank_rows(passport, *, by, at) -> None:
    for template in passport.edition.templates:
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
        version = passport.sections_by_code[code].version
        remark = Remark(passport=passport, code=code, text=text, version=version, by=by, at=at)
        remark.full_clean()
        remark.save()
    return moved
