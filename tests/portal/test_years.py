"""The chart of years: one scale, winners as a part of the bar, gaps said aloud."""

from portal.years import LEAST, MOST_YEARS, TALLEST, Bar, Gap, Running, chart
from tests.factories import ContestFactory, utc

AT = utc(2026, 5, 16)


def contest(year, filed=0, winners=0, **fields):
    made = ContestFactory.build(year=year, **fields)
    made.pk = year
    made._prefetched_objects_cache = {"tracks": []}
    made.filed, made.winners = filed, winners
    return made


def test_bars_are_drawn_to_the_year_with_most_applications():
    drawn = chart([contest(2018, 100, 10), contest(2017, 50)], at=AT)

    small, large = drawn.bars
    assert (small.height, small.width, small.won_height, small.won_width) == (TALLEST / 2, 50, 0, 0)
    assert (large.height, large.width) == (TALLEST, 100)
    assert (large.won_height, large.won_y) == (18, TALLEST - 18)
    assert (large.won_width, large.won_x) == (10, 90)


def test_bar_too_thin_to_be_seen_is_seen():
    thin = Bar(contest(2018, 1, 1), most=5000)

    assert thin.height == thin.won_height == LEAST
    assert thin.width == thin.won_width == 1


def test_chart_adds_up_what_is_announced():
    drawn = chart([contest(2019, 7, announced_at=None), contest(2018, 75, 6), contest(2017, 69)], at=AT)

    assert (drawn.filed, drawn.winners, drawn.first_year, drawn.last_year) == (144, 6, 2017, 2018)


def test_chart_names_the_years_it_knows_nothing_of():
    drawn = chart([contest(2026, announced_at=None), contest(2021, 109, 8), contest(2019, 88)], at=AT)

    assert [type(place) for place in drawn.places] == [Bar, Gap, Bar, Gap, Running]
    assert drawn.places[1] == Gap(2020, 2020)
    assert drawn.places[3] == Gap(2022, 2025)


def test_chart_shows_the_latest_years_that_fit():
    drawn = chart([contest(year, 10) for year in range(2040, 2016, -1)], at=AT)

    assert len(drawn.bars) == MOST_YEARS
    assert (drawn.first_year, drawn.last_year) == (2031, 2040)


def test_chart_without_applications_divides_by_nothing():
    assert chart([contest(2017)], at=AT).bars[0].height == LEAST
    assert chart([], at=AT).places == []
