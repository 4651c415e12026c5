"""Beginning a passport: empty, or with the text of an earlier one."""

from django.db import transaction

from accounts.verdicts import require
from competition.queries import lock_application
from competition.services import open_application
from practices import codes
from practices.carrying import fit_into
from practices.models import Passport, PassportSection
from practices.permissions import can_continue
from practices.services.sections import save_section


@transaction.atomic
def start_passport(*, track, nomination, territory, organisation=None, donor=None, title="", by, at) -> Passport:
    """Start an application with an empty passport in the contest's form: one row a section, from the first day.

    The title and the donor that were chosen at the start are written into their sections.
    """
    application = open_application(
        track=track, nomination=nomination, territory=territory, organisation=organisation, title=title, by=by, at=at
    )
    passport = _begin(application, donor)
    _answer(passport, _first_answers(title, territory, donor), by=by, at=at)
    return passport


@transaction.atomic
def continue_passport(
    earlier: Passport, *, track, nomination, territory, organisation=None, donor=None, title="", by, at
) -> Passport:
    """Start this year's application with the text of an earlier year's, laid out in this year's form.

    The carried text is the first version of each section; what was chosen at the start differently is the second.
    Raises `Refused` where the earlier application cannot be continued, a second time for one.
    """
    before = lock_application(earlier.application)
    require(can_continue(by, before))
    application = open_application(
        track=track,
        nomination=nomination,
        territory=territory,
        organisation=organisation,
        title=title,
        continues=before,
        by=by,
        at=at,
    )
    passport = _begin(application, donor)
    for code, fitted in fit_into(earlier, passport.edition, track).sections.items():
        save_section(passport, code, fitted.content, seen=0, by=by, at=at)
    answers = _first_answers(title, territory, donor)
    is_carried = {section.code for section in passport.sections.all() if section.version}
    if territory == before.territory and codes.TERRITORY in is_carried:
        del answers[codes.TERRITORY]  # the applicant's own words say the same
    if donor == earlier.donor and codes.DONOR in is_carried:
        del answers[codes.DONOR]
    _answer(passport, answers, by=by, at=at)
    return passport


def _begin(application, donor) -> Passport:
    edition = application.contest.form.edition
    passport = Passport.objects.create(application=application, edition=edition, donor=donor)
    PassportSection.objects.bulk_create(
        PassportSection(passport=passport, code=template.code, content=template.shape.empty())
        for template in edition.templates
    )
    return passport


def _first_answers(title, territory, donor) -> dict[str, str]:
    return {
        codes.TITLE: title,
        codes.TERRITORY: f"{territory.full_name}, {territory.region}",
        codes.DONOR: donor.title if donor else "",
    }


def _answer(passport: Passport, answers: dict[str, str], *, by, at) -> None:
    sections = {section.code: section for section in passport.sections.all()}
    for code, text in answers.items():
        if text and code in sections:
            save_section(passport, code, {"blocks": [{"text": text}]}, seen=sections[code].version, by=by, at=at)
