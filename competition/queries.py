"""Reading and locking."""

import hashlib
from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.shortcuts import get_object_or_404

from competition.enums import Category, ConsentKind, Role
from competition.models import Application, Consent, Contest, Coordinator, Invitation, TeamMember, Territory
from competition.models.team import digest_of


def lock_application(application) -> Application:
    """Re-read the application with its row locked: it is the lock of all that belongs to it.

    Must run inside a transaction. On SQLite the transaction itself is the lock (IMMEDIATE). Contest and track are
    not joined but read afterwards: a join would show them as they were before the wait for the lock.
    """
    return Application.objects.select_for_update().get(pk=application.pk)


def application_for(user, key) -> Application:
    """The gate: views get an application here and nowhere else. What is not yours does not exist (404)."""
    visible = Application.objects.visible_to(user).select_related(
        "contest", "track", "nomination", "territory", "organisation", "owner"
    )
    return get_object_or_404(visible, key=key)


def role_of(user, application) -> Role | None:
    """What the person is to the application now. The team is read once for each copy of it, so after a lock anew."""
    if application.owner_id == user.pk:
        return Role.OWNER
    member = next((m for m in _team(application) if m.user_id == user.pk and m.left_at is None), None)
    return Role(member.role) if member else None


def took_part(user, application) -> bool:
    """Whether the person owns the application or ever was on its team: then they never judge or decide on it."""
    return application.owner_id == user.pk or any(member.user_id == user.pk for member in _team(application))


def members_of(application) -> list[TeamMember]:
    """Who is on the team beside the owner."""
    return [member for member in _team(application) if member.left_at is None]


def _team(application):
    prefetch_related_objects([application], "team__user")
    return application.team.all()


def correspondents(application) -> list[str]:
    """Whom the letters on what becomes of an application go to: its owner and its editors."""
    editors = (member.user for member in members_of(application) if member.role == Role.EDITOR)
    return [application.owner.email, *(editor.email for editor in editors if editor.is_active)]


def member_for(application, pk) -> TeamMember:
    """The gate to a team member: by their row, on this application and still at work (404)."""
    return get_object_or_404(application.team.active().select_related("application", "user"), pk=pk)


def invitation_of(application, pk) -> Invitation:
    """The gate to an invitation for who sent it: an open one of this application (404)."""
    return get_object_or_404(application.invitations.open().select_related("application"), pk=pk)


def invitation_for(token: str) -> Invitation:
    """The gate to an invitation for who holds its link: nobody finds one by guessing (404)."""
    invitations = Invitation.objects.select_related("application__owner", "invited_by")
    return get_object_or_404(invitations, token_digest=digest_of(token))


def publication_text(contest: Contest, categories) -> str:
    """The consent to publication as it is read and accepted: what stands above, and the clauses that were chosen."""
    clauses = {clause.category: clause.text for clause in contest.clauses.all()}
    chosen = [clauses[category] for category in Category if category in categories and category in clauses]
    return "\n\n".join(text for text in (contest.publication_text, *chosen) if text)


@dataclass(frozen=True)
class ConsentDocument:
    """A consent on its page: in force, taken back, or replaced by another one in the same moment."""

    consent: Consent
    state: str


def consents_of(application: Application) -> list[ConsentDocument]:
    """All consents there ever were for an application, latest first."""
    found = list(application.consents.select_related("accepted_by", "withdrawn_by"))
    begun = {(consent.kind, consent.accepted_at) for consent in found}

    def state(consent: Consent) -> str:
        if consent.is_in_force:
            return "in_force"
        return "replaced" if (consent.kind, consent.withdrawn_at) in begun else "withdrawn"

    return [ConsentDocument(consent, state(consent)) for consent in found]


def wording_of(contest: Contest) -> str:
    """A mark of the words of all consents, by which a form knows whether the text that was read is the text of now."""
    words = [contest.consent_text, publication_text(contest, Category)]
    return hashlib.sha256("\0".join(words).encode()).hexdigest()[:16]


def publication_consent(application: Application) -> Consent | None:
    """The consent to publication that is in force. Read together with `published_categories`, from one query."""
    prefetch_related_objects([application], "consents")
    in_force = (c for c in application.consents.all() if c.kind == ConsentKind.PUBLICATION and c.is_in_force)
    return next(in_force, None)


def published_categories(application: Application) -> frozenset[Category]:
    """What of people's data may be published now. The consents are read once for each copy of the application."""
    prefetch_related_objects([application], "consents")
    return frozenset(
        Category(category)
        for consent in application.consents.all()
        if consent.kind == ConsentKind.PUBLICATION and consent.is_in_force
        for category in consent.categories
    )


def coordinators_of(territory) -> list[Coordinator]:
    """Who coordinates a city."""
    return list(territory.coordinators.filter(user__is_active=True).select_related("user"))


def cities_of(user) -> list[Territory]:
    """The cities that this person coordinates."""
    return list(Territory.objects.filter(coordinators__user=user).order_by("name", "region"))


def current_contest() -> Contest | None:
    """The contest the portal works on now: the latest whose results are not announced yet."""
    return Contest.objects.filter(announced_at__isnull=True).order_by("-year").first()
