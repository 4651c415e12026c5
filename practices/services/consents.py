"""What may be published of people's data: chosen by the owner, and at once so everywhere."""

from django.db import transaction

from competition import services as applications
from competition.models import Consent
from practices.models import Practice
from practices.publishing import publish_practice


@transaction.atomic
def choose_publication(application, categories, *, by, at) -> Consent | None:
    """As `competition.services.choose_publication`; a practice that is public is indexed anew.

    Pages, print and files ask for the consent whenever they are read. The index of the search alone was written before.
    """
    consent = applications.choose_publication(application, categories, by=by, at=at)
    if practice := Practice.objects.published().filter(passport__application=application).first():
        publish_practice(practice, at=at)
    return consent
