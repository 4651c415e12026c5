"""Consents: each a document of its own. A new one takes the place of the one before it, which stays on record."""

from django.db import transaction

from accounts.verdicts import require
from competition.enums import Category, ConsentKind
from competition.models import Application, Consent
from competition.permissions import can_consent
from competition.queries import lock_application, publication_text


def accept_processing(application: Application, *, by, at) -> Consent:
    """Keep the contest's text as the applicant has accepted it. Part of filing, which holds the application's lock."""
    return _accept(application, ConsentKind.PROCESSING, application.contest.consent_text, [], by=by, at=at)


@transaction.atomic
def choose_publication(application: Application, categories, *, by, at) -> Consent | None:
    """Let these categories be published from now on and no others; none at all takes the consent back.

    Returns the consent in force. What the contest has no clause for cannot be chosen. Choosing what is in force in the
    words that were accepted changes nothing.
    """
    locked = lock_application(application)
    require(can_consent(by, locked))
    offered = set(locked.contest.clauses.values_list("category", flat=True))
    chosen = [category.value for category in Category if category in categories and category in offered]
    standing = locked.consents.to_publication().in_force().first()
    if not chosen:
        if standing:
            _end(standing, by=by, at=at)
        return None
    text = publication_text(locked.contest, chosen)
    if standing and (standing.categories, standing.text) == (chosen, text):
        return standing
    return _accept(locked, ConsentKind.PUBLICATION, text, chosen, by=by, at=at)


def _accept(application, kind, text, categories, *, by, at) -> Consent:
    for standing in application.consents.filter(kind=kind).in_force():
        _end(standing, by=by, at=at)
    return Consent.objects.create(
        application=application, kind=kind, text=text, categories=categories, accepted_by=by, accepted_at=at
    )


def _end(consent: Consent, *, by, at) -> None:
    consent.withdrawn_by, consent.withdrawn_at = by, at
    consent.save(update_fields=["withdrawn_by", "withdrawn_at"])
