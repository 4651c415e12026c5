from decimal import Decimal, getcontext, localcontext
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given, strategies as st

from judging import scoring

D = Decimal

marks = st.decimals(min_value=0, max_value=100, places=1)
weights = st.decimals(min_value=D("0.01"), max_value=D("999.99"), places=2)


@st.composite
def juries(draw, most_sheets=9):
    """Weights of one to eight criteria, and some sheets that mark all of them."""
    weighing = dict(enumerate(draw(st.lists(weights, min_size=1, max_size=8))))
    sheet = st.fixed_dictionaries(dict.fromkeys(weighing, marks))
    return draw(st.lists(sheet, min_size=1, max_size=most_sheets)), weighing


def exact_score(sheet, weighing):
    points = sum(Fraction(weight) * Fraction(sheet[criterion]) for criterion, weight in weighing.items())
    return points / sum(Fraction(weight) for weight in weighing.values())


def half_up(fraction):
    """To three places as one does by hand: the digit after them is five or more, so up."""
    return Decimal(floor(fraction * 1000 + Fraction(1, 2))) / 1000


@given(juries())
def test_final_score_equals_the_mean_in_fractions(jury):
    sheets, weighing = jury
    exact = sum(exact_score(sheet, weighing) for sheet in sheets) / len(sheets)

    assert scoring.final_score(sheets, weighing) == half_up(exact)


@given(juries())
def test_sheet_score_and_spread_equal_those_in_fractions(jury):
    sheets, weighing = jury
    exact = [exact_score(sheet, weighing) for sheet in sheets]

    assert [scoring.sheet_score(sheet, weighing) for sheet in sheets] == [half_up(score) for score in exact]
    assert scoring.spread(sheets, weighing) == half_up(max(exact) - min(exact))


@given(juries(), st.integers(min_value=3, max_value=12))
def test_scores_do_not_depend_on_the_precision_around(jury, digits):
    sheets, weighing = jury
    assert getcontext().prec == 28
    expected = scoring.final_score(sheets, weighing)

    with localcontext(prec=digits):
        assert scoring.final_score(sheets, weighing) == expected


def test_final_score_rounds_once_and_not_sheet_by_sheet():
    weighing = {1: D("0.01"), 2: D("9.99")}
    sheets = [{1: D("0.4"), 2: D(0)}, {1: D("0.4"), 2: D(0)}, {1: D("0.7"), 2: D(0)}]

    assert scoring.final_score(sheets, weighing) == D("0.001")  # (0.0004 + 0.0004 + 0.0007) / 3 = 0.0005

    rounded_first = sum(scoring.sheet_score(sheet, weighing) for sheet in sheets) / 3
    assert round(rounded_first, 3) == D("0.000")


def test_zero_is_a_mark_and_no_mark_is_none():
    weighing = {1: D(2), 2: D(1)}

    assert scoring.sheet_score({1: D(0), 2: D(0)}, weighing) == D("0.000")
    with pytest.raises(scoring.MissingMark):
        scoring.sheet_score({1: D(9)}, weighing)
    assert scoring.final_score([], weighing) is None
    assert scoring.spread([], weighing) is None


def test_score_so_far_weighs_only_what_is_marked():
    weighing = {1: D(3), 2: D(1), 3: D(6)}

    assert scoring.score_so_far({}, weighing) is None
    assert scoring.score_so_far({1: D(8), 2: D(4)}, weighing) == D("7.000")


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ({"a": D("7.1"), "b": D("9"), "c": D("8")}, {"b": 1, "c": 2, "a": 3}),
        ({"a": D("8"), "b": D("9"), "c": D("8"), "d": D("7")}, {"b": 1, "a": 2, "c": 2, "d": 4}),
        ({"a": D("8"), "b": D("8")}, {"a": 1, "b": 1}),
        ({"a": None, "b": D("0")}, {"b": 1}),
        ({}, {}),
    ],
)
def test_places_share_the_better_place_and_leave_a_gap(scores, expected):
    assert scoring.places(scores) == expected


@given(st.dictionaries(st.integers(), st.none() | st.decimals(min_value=0, max_value=10, places=3)))
def test_place_is_one_more_than_those_who_did_better(scores):
    scored = {key: Fraction(score) for key, score in scores.items() if score is not None}

    assert scoring.places(scores) == {
        key: 1 + sum(other > score for other in scored.values()) for key, score in scored.items()
    }


@pytest.mark.parametrize(
    ("scores", "expected"),
    [([], None), ([D("5")], D("5")), ([D("9"), D("1"), D("4")], D("4")), ([D("4"), D("7")], D("5.5"))],
)
def test_median_is_the_middle(scores, expected):
    assert scoring.median(scores) == expected
