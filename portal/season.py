"""At what stage a contest is, by the clock and by what is known of it. Asks the database for nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from competition.models import Contest, Track

SECOND = timedelta(seconds=1)


class Stage(StrEnum):
    """What a contest is busy with."""

    UNSCHEDULED = "unscheduled"
    UPCOMING = "upcoming"
    OPEN = "open"
    CHECKING = "checking"
    JUDGING = "judging"
    SUMMING = "summing"
    ANNOUNCED = "announced"


# The steps of a year on its line; a contest that has not begun is at none of them.
ORDER = (Stage.OPEN, Stage.CHECKING, Stage.JUDGING, Stage.SUMMING, Stage.ANNOUNCED)


class Phase(StrEnum):
    """Where a step stands towards the present stage; the names are those of the stepper's styles."""

    DONE = "done"
    NOW = "now"
    AHEAD = "ahead"


@dataclass(frozen=True)
class Step:
    """One step of the year. `when` is empty where the contest does not know."""

    title: str
    when: str
    phase: Phase


@dataclass(frozen=True)
class Season:
    """A contest at a moment."""

    contest: Contest
    tracks: list[Track]
    at: datetime

    @cached_property
    def open_tracks(self) -> list[Track]:
        """Where applications are taken now, the first to close first."""
        return sorted((track for track in self.tracks if track.is_open(at=self.at)), key=lambda track: track.closes_at)

    @cached_property
    def stage(self) -> Stage:
        if self.contest.announced_at:
            return Stage.ANNOUNCED
        if not self.tracks:
            return Stage.UNSCHEDULED
        if self.open_tracks:
            return Stage.OPEN
        if self.opens_at:
            return Stage.UPCOMING
        if self.contest.judging_closes_at and self.at > self.contest.judging_closes_at:
            return Stage.SUMMING
        return Stage.JUDGING if self.contest.is_judging(at=self.at) else Stage.CHECKING

    @property
    def deadline(self) -> datetime | None:
        """When the first of the open windows closes."""
        return self.open_tracks[0].closes_at if self.open_tracks else None

    @property
    def opens_at(self) -> datetime | None:
        """When the next window opens."""
        return min((track.opens_at for track in self.tracks if track.opens_at > self.at), default=None)

    @property
    def has_several_deadlines(self) -> bool:
        return len({track.closes_at for track in self.open_tracks}) > 1

    @property
    def left(self) -> timedelta | None:
        """How long until the deadline or, before the windows, until the first of them opens."""
        until = self.deadline or self.opens_at
        return until - self.at if until else None

    @property
    def hours_left(self) -> int:
        """Whole hours beside the days of `left`."""
        return self.left.seconds // 3600

    @property
    def minutes_left(self) -> int:
        """Whole minutes beside the hours of `left`."""
        return self.left.seconds % 3600 // 60

    @property
    def steps(self) -> list[Step]:
        """The way of a practice through the year."""
        words = {
            Stage.OPEN: (_("Taking applications"), self._when_open()),
            Stage.CHECKING: (_("Check of applications"), self._when_checked()),
            Stage.JUDGING: (_("Scoring by the jury"), self._when_judged()),
            Stage.SUMMING: (_("Results"), self._when_announced()),
            Stage.ANNOUNCED: (_("Sharing experience"), _("in the bank of practices")),
        }
        return [Step(*words[stage], self._phase(stage)) for stage in ORDER]

    def _phase(self, step: Stage) -> Phase:
        if self.stage not in ORDER:
            return Phase.AHEAD
        distance = ORDER.index(step) - ORDER.index(self.stage)
        return Phase.NOW if distance == 0 else Phase.DONE if distance < 0 else Phase.AHEAD

    @property
    def _window(self) -> tuple[datetime, datetime] | None:
        if not self.tracks:
            return None
        return min(track.opens_at for track in self.tracks), max(track.closes_at for track in self.tracks)

    def _when_open(self) -> str:
        if self._window:
            return days(*self._window)
        if self.contest.opens_on and self.contest.closes_on:
            return days(self.contest.opens_on, self.contest.closes_on)
        return ""

    def _when_checked(self) -> str:
        """Between the window and the jury; where they overlap, applications are checked as they come."""
        judging_opens_at = self.contest.judging_opens_at
        if not self._window or not judging_opens_at:
            return ""
        closes_at = self._window[1]
        return (
            days(closes_at + SECOND, judging_opens_at - SECOND) if closes_at < judging_opens_at else _("as they come")
        )

    def _when_judged(self) -> str:
        opens_at, closes_at = self.contest.judging_opens_at, self.contest.judging_closes_at
        if not opens_at:
            return ""
        if self.stage == Stage.OPEN and self.contest.is_judging(at=self.at):
            return _("begun already, until %(day)s") % {"day": day(closes_at)}
        return days(opens_at, closes_at)

    def _when_announced(self) -> str:
        if self.contest.announced_at:
            # A year from before the portal has no windows here, and the day of its announcement is not on record.
            return day(self.contest.announced_at) if self.tracks else ""
        closes_at = self.contest.judging_closes_at
        return _("after %(day)s") % {"day": day(closes_at)} if closes_at else ""


def present_season(contests: list[Contest], *, at: datetime) -> Season | None:
    """The contest to tell of, with `contests` latest first: one that takes applications, else the latest not announced
    yet, else the latest there was."""
    seasons = [Season(contest, list(contest.tracks.all()), at) for contest in contests]
    unannounced = [season for season in seasons if season.stage != Stage.ANNOUNCED]
    taking = [season for season in unannounced if season.stage == Stage.OPEN]
    return next(iter(taking or unannounced or seasons), None)


def day(moment: datetime) -> str:
    """«31 мая», as Moscow counts it."""
    return formats.date_format(_moscow_day(moment), "j E").replace(" ", "\u00a0")


def days(first, last) -> str:
    """«1–15 июня», «17 апреля — 31 мая»: from one day to another, both taken in."""
    first, last = _moscow_day(first), _moscow_day(last)
    if first == last:
        return day(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    return f"{day(first)}\u00a0— {day(last)}"


def _moscow_day(moment):
    return timezone.localtime(moment).date() if isinstance(moment, datetime) else moment
