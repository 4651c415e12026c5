"""The years of the contest as a chart: bars to one scale, and plainly empty places where nothing is known. Pure."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from competition.models import Contest
from portal.season import Season

TALLEST = 176  # pixels, for the year with the most applications
LEAST = 3  # of a bar that would be too thin to be seen
MOST_YEARS = 10  # what fits beside each other


@dataclass(frozen=True)
class Bar:
    """A year with its applications and, as a part of them, its winners: upright in pixels, lying in per cent."""

    contest: Contest
    most: int
    kind = "bar"

    @property
    def height(self) -> int:
        return max(round(TALLEST * self.contest.filed / self.most), LEAST)

    @property
    def won_height(self) -> int:
        return max(round(TALLEST * self.contest.winners / self.most), LEAST) if self.contest.winners else 0

    @property
    def won_y(self) -> int:
        return self.height - self.won_height

    @property
    def width(self) -> int:
        return max(round(100 * self.contest.filed / self.most), 1)

    @property
    def won_width(self) -> int:
        return max(round(100 * self.contest.winners / self.most), 1) if self.contest.winners else 0

    @property
    def won_x(self) -> int:
        return self.width - self.won_width


@dataclass(frozen=True)
class Running:
    """A year without results yet."""

    season: Season
    kind = "running"

    @property
    def contest(self) -> Contest:
        return self.season.contest


@dataclass(frozen=True)
class Gap:
    """Years between two others of which the portal knows nothing."""

    first: int
    last: int
    kind = "gap"


@dataclass(frozen=True)
class Chart:
    """What stands on the chart from left to right, oldest first."""

    places: list[Bar | Running | Gap]

    @property
    def bars(self) -> list[Bar]:
        return [place for place in self.places if isinstance(place, Bar)]

    @property
    def filed(self) -> int:
        return sum(bar.contest.filed for bar in self.bars)

    @property
    def winners(self) -> int:
        return sum(bar.contest.winners for bar in self.bars)

    @property
    def first_year(self) -> int:
        return self.bars[0].contest.year

    @property
    def last_year(self) -> int:
        return self.bars[-1].contest.year


def chart(contests: list[Contest], *, at: datetime) -> Chart:
    """The latest of `contests`, which come latest first and with their numbers."""
    shown = list(reversed(contests[:MOST_YEARS]))
    most = max((contest.filed for contest in shown if contest.announced_at), default=0) or 1
    places = []
    for before, contest in pairwise([None, *shown]):
        if before and contest.year - before.year > 1:
            places.append(Gap(before.year + 1, contest.year - 1))
        if contest.announced_at:
            places.append(Bar(contest, most))
        else:
            places.append(Running(Season(contest, list(contest.tracks.all()), at)))
    return Chart(places)
