"""How far an application is and how long it has: what the lists and the panel of submission show."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from competition.enums import Status
from competition.models import Application
from practices.enums import Progress
from practices.queries import ReadSection


@dataclass(frozen=True)
class Progressed:
    """How far a passport is: the sections that its track asks for, how many are ready, and what is in the way."""

    sections: list[ReadSection]

    @property
    def asked(self) -> list[ReadSection]:
        return [section for section in self.sections if section.progress != Progress.NOT_NEEDED]

    @property
    def total(self) -> int:
        return len(self.asked)

    @property
    def done(self) -> int:
        return sum(section.progress == Progress.READY for section in self.asked)

    @property
    def is_whole(self) -> bool:
        return self.done == self.total

    @property
    def counts(self) -> list[tuple[str, int]]:
        """The rest by state: («Черновик», 3)."""
        states = Counter(section.progress for section in self.sections)
        return [(state.label, states[state]) for state in Progress if states[state] and state != Progress.READY]

    @property
    def remarked(self) -> list[ReadSection]:
        return [section for section in self.sections if section.open_remarks]

    @property
    def missing(self) -> list[ReadSection]:
        """What stands in the way, by the rule of `queries.missing_sections`."""
        return [section for section in self.sections if section.is_missing]

    @property
    def left(self) -> list[ReadSection]:
        """All that must be done before the application can be sent."""
        return [section for section in self.sections if section.open_remarks or section.is_missing]

    @property
    def over_limit(self) -> list[ReadSection]:
        return [section for section in self.sections if section.is_over_limit and not section.is_missing]

    @property
    def personal_numbers(self) -> list[int]:
        return [section.number for section in self.sections if section.template.is_personal]


@dataclass(frozen=True)
class Deadline:
    """Until when the applicant may write, in Moscow and on the clock of the practice's city."""

    at: datetime
    zone: str
    now: datetime

    @classmethod
    def of(cls, application: Application, *, now: datetime) -> "Deadline | None":
        """The track's end for a draft, the revision's for a returned application; none for what is filed."""
        at = application.revise_until if application.status == Status.RETURNED else None
        if application.status == Status.DRAFT:
            at = application.track.closes_at
        return cls(at, application.territory.time_zone, now) if at else None

    @property
    def days_left(self) -> int:
        return (timezone.localtime(self.at).date() - timezone.localtime(self.now).date()).days

    @property
    def is_over(self) -> bool:
        return self.now > self.at

    @property
    def differs_in_the_city(self) -> bool:
        return self.at.astimezone(ZoneInfo(self.zone)).utcoffset() != timezone.localtime(self.at).utcoffset()
