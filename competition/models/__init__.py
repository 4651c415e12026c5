from competition.models.application import Application, Consent, StatusChange
from competition.models.contest import Contest, Track
from competition.models.nomination import Nomination
from competition.models.organisation import Membership, Organisation
from competition.models.territory import Territory

__all__ = [
    "Application",
    "Consent",
    "Contest",
    "Membership",
    "Nomination",
    "Organisation",
    "StatusChange",
    "Territory",
    "Track",
]
