"""What stage a contest is at, from its own dates and the clock alone."""

from datetime import date

import pytest
from django.utils import translation

from competition.models import Contest, Track
from portal.season import Phase, Season, Stage, day, days
from tests.factories import utc

OPENS, CLOSES = utc(2026, 4, 16, 21), utc(2026, 5, 31, 20, 59, 59)  # 17 April 00:00, 31 May 23:59:59 in Moscow
JUDGING = {"judging_opens_at": utc(2026, 6, 15, 21), "judging_closes_at": utc(2026, 7, 31, 20, 59, 59)}


def track(opens_at=OPENS, closes_at=CLOSES):
    return Track(opens_at=opens_at, closes_at=closes_at)


def season(*moment, tracks=None, **fields):
    contest = Contest(year=2026, **{**JUDGING, **fields})
    return Season(contest, [track()] if tracks is None else tracks, utc(*moment))


@pytest.fixture(autouse=True)
def _russian():
    with translation.override("ru"):
        yield


@pytest.mark.parametrize(
    ("moment", "stage", "phases"),
    [
        ((2026, 4, 1), Stage.UPCOMING, "ahead ahead ahead ahead ahead"),
        ((2026, 5, 16), Stage.OPEN, "now ahead ahead ahead ahead"),
        ((2026, 5, 31, 20, 59, 59), Stage.OPEN, "now ahead ahead ahead ahead"),
        ((2026, 6, 5), Stage.CHECKING, "done now ahead ahead ahead"),
        ((2026, 7, 1), Stage.JUDGING, "done done now ahead ahead"),
        ((2026, 8, 5), Stage.SUMMING, "done done done now ahead"),
    ],
)
def test_season_follows_the_year_step_by_step(moment, stage, phases):
    at_moment = season(*moment)

    assert at_moment.stage == stage
    assert " ".join(step.phase for step in at_moment.steps) == phases


def test_season_without_windows_is_not_scheduled():
    unscheduled = season(2026, 5, 16, tracks=[], judging_opens_at=None, judging_closes_at=None)

    assert unscheduled.stage == Stage.UNSCHEDULED
    assert [step.when for step in unscheduled.steps] == ["", "", "", "", "в банке практик"]
    assert {step.phase for step in unscheduled.steps} == {Phase.AHEAD}


def test_season_without_the_jurys_dates_is_being_checked_until_it_is_announced():
    assert season(2026, 12, 1, judging_opens_at=None, judging_closes_at=None).stage == Stage.CHECKING


def test_announced_season_is_over_whatever_its_windows_say():
    announced = season(2026, 5, 16, announced_at=utc(2026, 5, 15))

    assert announced.stage == Stage.ANNOUNCED
    assert [step.phase for step in announced.steps] == ["done"] * 4 + ["now"]
    assert announced.steps[3].when == "15\xa0мая"


def test_steps_tell_their_dates():
    assert [step.when.replace("\xa0", " ") for step in season(2026, 5, 16).steps] == [
        "17 апреля — 31 мая",
        "1–15 июня",
        "16 июня — 31 июля",
        "после 31 июля",
        "в банке практик",
    ]


def test_steps_say_so_when_the_jury_does_not_wait_for_the_deadline():
    early = season(2026, 5, 16, judging_opens_at=utc(2026, 5, 1))

    assert [step.when.replace("\xa0", " ") for step in early.steps][1:3] == [
        "по мере поступления",
        "уже идёт, до 31 июля",
    ]


def test_year_on_record_tells_its_days_but_no_day_of_announcement():
    steps = season(
        2026,
        1,
        1,
        tracks=[],
        opens_on=date(2021, 2, 15),
        closes_on=date(2021, 8, 15),
        announced_at=utc(2021, 12, 31),
        judging_opens_at=None,
        judging_closes_at=None,
    ).steps

    assert [step.when.replace("\xa0", " ") for step in steps[:4]] == ["15 февраля — 15 августа", "", "", ""]


def test_deadline_is_that_of_the_window_that_closes_first():
    later = track(closes_at=utc(2026, 6, 10))
    two = season(2026, 5, 16, tracks=[later, track()])

    assert two.open_tracks[0].closes_at == two.deadline == CLOSES
    assert two.has_several_deadlines
    assert not season(2026, 5, 16).has_several_deadlines
    assert season(2026, 6, 5, tracks=[later, track()]).deadline == later.closes_at


def test_time_left_counts_days_hours_and_minutes():
    close = season(2026, 5, 16, 14, 30)

    assert (close.left.days, close.hours_left, close.minutes_left) == (15, 6, 29)


def test_time_left_before_the_windows_is_until_they_open():
    assert season(2026, 4, 15, 21).left.days == 1
    assert season(2026, 6, 5).left is None


def test_days_are_moscows():
    assert day(utc(2026, 5, 31, 21)) == "1\xa0июня"
    assert days(utc(2026, 5, 31, 21), utc(2026, 6, 1, 20)) == "1\xa0июня"
