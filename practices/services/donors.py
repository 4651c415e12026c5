"""The donor of an adoption: choosing it, and saying what was done with each of its sections."""

from django.db import transaction

from accounts.verdicts import require
from competition.queries import lock_application
from practices import codes
from practices.donors import donor_of, is_compared
from practices.models import DonorComparison, Passport, Practice
from practices.permissions import can_choose_donor, can_edit_section
from practices.services.sections import save_section


@transaction.atomic
def choose_donor(passport: Passport, donor: Practice, *, by, at) -> bool:
    """Name another practice as the donor; return whether the donor's section says so.

    The section follows as long as it is empty or names the donor before: what somebody wrote there by hand stays, and
    is theirs to bring in step.
    """
    application = lock_application(passport.application)
    passport = Passport.objects.select_related("edition", "donor").get(pk=passport.pk)
    passport.application = application
    require(can_choose_donor(by, passport, at=at))
    before, passport.donor = passport.donor, donor
    passport.save(update_fields=["donor"])
    section = passport.sections.filter(code=codes.DONOR).first()
    if section is None:
        return True
    shape = passport.edition.template(codes.DONOR).shape
    written = " ".join(shape.words(section.content))
    if written not in {"", donor.title, before.title if before else ""}:
        return False
    save_section(passport, codes.DONOR, {"blocks": [{"text": donor.title}]}, seen=section.version, by=by, at=at)
    return True


@transaction.atomic
def compare_with_donor(passport: Passport, code: str, changes: dict[str, str], *, by, at) -> DonorComparison:
    """Write what was done with the donor's section: only the fields named in `changes`, the last writer's word counts.

    Whoever may write the section may say this of it. Raises `Refused`, or `LookupError` for a section that has no
    donor's beside it.
    """
    passport.application = lock_application(passport.application)
    require(can_edit_section(by, passport, code, at=at))
    donor, template = donor_of(passport), passport.edition.template(code)
    if donor is None or template is None or not is_compared(template):
        raise LookupError(code)
    where = {"passport": passport, "donor": donor, "code": code}
    comparison = DonorComparison.objects.filter(**where).first() or DonorComparison(**where)
    for name, value in changes.items():
        setattr(comparison, name, value)
    comparison.saved_at, comparison.saved_by = at, by
    comparison.full_clean()
    comparison.save()
    return comparison
