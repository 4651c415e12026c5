"""Who asks for a practice, and whom the question reaches."""

from accounts.models import User
from accounts.verdicts import YES, Verdict, no
from competition.enums import Role
from competition.queries import members_of, role_of
from practices.models import AdoptionRequest, Passport, Practice


def team_of(practice: Practice) -> list[User]:
    """The owner and the editors of its application, as far as they can be reached; nobody for a card.

    What the organiser has brought in from old files is the organiser's in the archive, not a team's.
    """
    if practice.passport_id is None:
        return []
    application = practice.passport.application
    editors = (member.user for member in members_of(application) if member.role == Role.EDITOR)
    return [person for person in (application.owner, *editors) if person.is_active and not person.is_organiser]


def organisers() -> list[User]:
    """Whom a request goes to where the practice has no team that could be reached."""
    return list(User.objects.filter(is_active=True, is_staff=True).order_by("pk"))


def asking_cities(practice: Practice, *, at) -> int:
    """From how many cities somebody asked for the practice within a year."""
    return practice.adoption_requests.kept(at=at).values("city_key").distinct().order_by().count()


def requests_for(passport: Passport, *, at) -> list[AdoptionRequest]:
    """What was asked about a passport's practice, latest first."""
    return list(AdoptionRequest.objects.kept(at=at).filter(practice__passport=passport))


def can_read_requests(user, application) -> Verdict:
    """Whoever asked agreed to be known to the practice's team and the organiser."""
    if user.is_organiser or role_of(user, application):
        return YES
    return no("")
