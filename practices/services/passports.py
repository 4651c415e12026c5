"""Beginning a passport."""

from django.db import transaction

from competition.services import open_application
from practices import codes
from practices.models import Passport, PassportSection
from practices.services.sections import save_section


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
