from competition.models.application import Application, StatusChange
from competition.models.consent import Consent, ConsentClause
from competition.models.contest import Contest, Track
from competition.models.coordinator import Coordinator
from competition.models.nomination import Nomination
from competition.models.organisation import Membership, Organisation
from competition.models.team import Invitation, Note, TeamMember
from competition.models.territory import Territory

__all__ = [
    "Application",
    "Consent",
    "ConsentClause",
    "Contest",
    "Coordinator",
    "Invitation",
    "Membership",
    "Nomination",
    "Note",
    "Organisation",
    "StatusChange",
    "TeamMember",
    "Territory",
    "Track",
]
