"""What a reader can judge a practice's record by: when it was last confirmed, how full it is, with whose consent."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from competition.enums import Category
from competition.queries import publication_consent
from practices.enums import Confirmer, Readers
from practices.models import Passport, Practice
from practices.queries import ReadSection

GROWS_OLD = timedelta(days=2 * 365)


@dataclass(frozen=True)
class Confirmation:
    """When the record was last known to be true. `by` is empty where nobody has said so since it was published."""

    at: datetime
    by: str
    is_old: bool


@dataclass(frozen=True)
class Completeness:
    """How many of the sections that the public may read are filled in, and which are not."""

    asked: int
    empty: list[ReadSection]

    @property
    def filled(self) -> int:
        return self.asked - len(self.empty)


@dataclass(frozen=True)
class Published:
    """What of people's data the page shows, and the day when its owner agreed; `at` is None without a consent."""

    categories: list[Category] = field(default_factory=list)
    at: datetime | None = None


def confirmation_of(practice: Practice, *, at) -> Confirmation:
    """Its publication is the first confirmation.

    What came into the bank after its year was announced was written for that year: it counts as said then.
    """
    told = [practice.published_at, practice.contest.announced_at]
    said = practice.confirmed_at or min(moment for moment in told if moment)
    by = Confirmer(practice.confirmed_by).label if practice.confirmed_by else ""
    return Confirmation(said, by, is_old=said < at - GROWS_OLD)


def completeness_of(sections: list[ReadSection]) -> Completeness:
    """Personal sections and those that the track does not ask for are not counted; «нечего сообщить» is an answer."""
    asked = [section for section in sections if section.template.readers == Readers.EVERYONE and section.applies]
    empty = [section for section in asked if not section.is_answered and not section.says_nothing_to_report]
    return Completeness(len(asked), empty)


def published_of(passport: Passport, sections: list[ReadSection], *, photos, papers) -> Published:
    """Only what is really there to be read."""
    consent = publication_consent(passport.application)
    if consent is None:
        return Published()
    has_team = any(section.template.readers == Readers.JURY and section.is_answered for section in sections)
    shown = {Category.TEAM: has_team, Category.PHOTOS: bool(photos), Category.DOCUMENTS: bool(papers)}
    return Published([category for category in Category if shown[category]], consent.accepted_at)
