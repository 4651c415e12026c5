"""What the home page tells: the stage of the contest that runs, the scheme of its cities, its years. All derived."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _

from accounts.models import User
from competition import orbits
from competition.geography import SHELLS_KM
from competition.models import Contest, Territory, Track
from competition.queries import current_contest
from practices.bank import contests_with_numbers, territories_with_numbers

TALLEST_BAR = 176  # pixels, for the year with the most applications


@dataclass(frozen=True)
class SchemeCity:
    """A city on the scheme of orbits. `anchor` says on which side of its dot the name stands."""

    territory: Territory
    name: str
    spot: orbits.Spot

    @property
    def anchor(self) -> str:
        return "end" if self.spot.is_left else "start"

    @property
    def name_x(self) -> float:
        return self.spot.x - orbits.GAP if self.spot.is_left else self.spot.x + orbits.GAP

    @property
    def baseline(self) -> float:
        """Where the letters of the name stand for their middle to be level with the dot."""
        return self.spot.y + 4.5

    @property
    def width(self) -> float:
        left, _top, right, _bottom = self.spot.box
        return right - left

    @property
    def height(self) -> float:
        _left, top, _right, bottom = self.spot.box
        return bottom - top


@dataclass(frozen=True)
class Ring:
    """An orbit: how far its cities lie from Moscow at most, `None` for the last, and where that is written."""

    radius: int
    limit_km: int | None
    caption: tuple[float, float]


@dataclass(frozen=True)
class Scheme:
    """The cities of the contest around Moscow."""

    cities: list[SchemeCity]
    rings: list[Ring]
    centre = orbits.CENTRE
    size = (orbits.WIDTH, orbits.HEIGHT)


def scheme() -> Scheme:
    """Every city of the contest on its orbit; of two called alike the name tells the region."""
    territories = list(territories_with_numbers())
    times = Counter(territory.name for territory in territories)
    cities = [
        orbits.City(
            key=territory.pk,
            name=territory.name if times[territory.name] == 1 else f"{territory.name} ({territory.region[:6]}.)",
            shell=territory.shell,
            bearing=territory.bearing,
        )
        for territory in territories
    ]
    spots = orbits.lay_out(tuple(cities))
    return Scheme(
        cities=[SchemeCity(there, city.name, spots[city.key]) for there, city in zip(territories, cities, strict=True)],
        rings=[
            Ring(radius, limit, caption)
            for radius, limit, caption in zip(orbits.RINGS, (*SHELLS_KM, None), orbits.captions(), strict=True)
        ],
    )


class Phase(StrEnum):
    """Where a step stands on the clock; the names are those of the stepper's styles."""

    DONE = "done"
    NOW = "now"
    AHEAD = "ahead"


@dataclass(frozen=True)
class Step:
    """One step of the year: when it is, and whether it is over."""

    title: str
    phase: Phase
    opens_at: datetime | None = None
    closes_at: datetime | None = None


@dataclass(frozen=True)
class Season:
    """The contest that runs now, by the clock."""

    contest: Contest
    tracks: list[Track]
    at: datetime

    @property
    def open_tracks(self) -> list[Track]:
        """Where applications are taken now, the first to close first."""
        return sorted((track for track in self.tracks if track.is_open(at=self.at)), key=lambda track: track.closes_at)

    @property
    def deadline(self) -> datetime | None:
        return self.open_tracks[0].closes_at if self.open_tracks else None

    @property
    def left(self) -> timedelta | None:
        return self.deadline - self.at if self.deadline else None

    @property
    def opens_at(self) -> datetime | None:
        """When the next window opens, while none is open."""
        ahead = [track.opens_at for track in self.tracks if track.opens_at > self.at]
        return min(ahead) if ahead and not self.open_tracks else None

    @property
    def steps(self) -> list[Step]:
        """The way of an application through the year; windows may overlap, so two steps may be now."""
        opens = min((track.opens_at for track in self.tracks), default=None)
        closes = max((track.closes_at for track in self.tracks), default=None)
        judging_opens, judging_closes = self.contest.judging_opens_at, self.contest.judging_closes_at
        begun = [moment is not None and self.at > moment for moment in (closes, judging_opens)]
        admission = Phase.DONE if all(begun) else Phase.NOW if any(begun) else Phase.AHEAD
        after_jury = Phase.NOW if judging_closes and self.at > judging_closes else Phase.AHEAD
        return [
            Step(_("Applications"), self._phase(opens, closes), opens, closes),
            Step(_("Admission"), admission),
            Step(_("Scoring by the jury"), self._phase(judging_opens, judging_closes), judging_opens, judging_closes),
            Step(_("Results"), after_jury),
            Step(_("Bank of practices"), Phase.AHEAD),
        ]

    def _phase(self, opens: datetime | None, closes: datetime | None) -> Phase:
        if closes and self.at > closes:
            return Phase.DONE
        return Phase.NOW if opens and self.at >= opens else Phase.AHEAD


def season(*, at: datetime) -> Season | None:
    contest = current_contest()
    return Season(contest, list(contest.tracks.all()), at) if contest else None


def sections_asked_for(contest: Contest) -> int:
    """How many sections the contest's form has."""
    return contest.form.edition.sections.count() if hasattr(contest, "form") else 0


@dataclass(frozen=True)
class Bar:
    """A year on the chart: its bar and the winners' part of it, upright in pixels, lying in per cent of the longest."""

    contest: Contest
    height: int
    winners_height: int
    width: int
    winners_width: int

    @property
    def won_from(self) -> int:
        """How far below its top the winners' part of the upright bar begins."""
        return self.height - self.winners_height


@dataclass(frozen=True)
class Record:
    """The years whose results are announced, oldest first, and what they add up to."""

    bars: list[Bar]
    running: list[Contest]

    @property
    def filed(self) -> int:
        return sum(bar.contest.filed for bar in self.bars)

    @property
    def winners(self) -> int:
        return sum(bar.contest.winners for bar in self.bars)

    @property
    def last_year(self) -> int:
        return self.bars[-1].contest.year

    @property
    def without_winner(self) -> list[Contest]:
        return [bar.contest for bar in self.bars if not bar.contest.winners]


def record() -> Record:
    contests = list(reversed(contests_with_numbers()))
    announced = [contest for contest in contests if contest.announced_at]
    most = max((contest.filed for contest in announced), default=0) or 1
    bars = [
        Bar(
            contest=contest,
            height=max(round(TALLEST_BAR * contest.filed / most), 4),
            winners_height=round(TALLEST_BAR * contest.winners / most),
            width=max(round(100 * contest.filed / most), 1),
            winners_width=round(100 * contest.winners / most),
        )
        for contest in announced
    ]
    return Record(bars, [contest for contest in contests if not contest.announced_at])


def city_of(user: User) -> Territory | None:
    """Whose clock the deadline is told by, beside Moscow's: the city a person applies for. Nobody's for a visitor."""
    if not user.is_authenticated:
        return None
    applied = (
        Territory.objects.filter(applications__owner=user)
        .order_by("-applications__created_at", "-applications__pk")
        .first()
    )
    return applied or Territory.objects.filter(organisations__members=user).order_by("pk").first()
