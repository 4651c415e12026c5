"""The arithmetic of the facets, on cells small enough to count by hand."""

import pytest

from practices.facets import WORDS, Cell, Cube


def cell(missed, *, total, matching=None, **facts):
    return Cell(facts, frozenset(missed), total, total if matching is None else matching)


# Asked for: the year 2020 in Sarov, and some words.
CUBE = Cube.of(
    [
        cell([], total=2, matching=1),
        cell(["city"], total=1),
        cell(["year"], total=3, matching=0),
        cell(["year", "city"], total=4, matching=2),
        cell([], year="2020", total=2, matching=1),
        cell(["city"], year="2020", total=1),
        cell(["year"], year="2021", total=3, matching=0),
        cell(["year", "city"], year="2021", total=4, matching=2),
        cell([], city="sarov", total=2, matching=1),
        cell(["year"], city="sarov", total=3, matching=0),
        cell(["city"], city="lesnoy", total=1),
        cell(["year", "city"], city="lesnoy", total=4, matching=2),
    ]
)


def test_counts_ignore_the_choice_in_their_own_facet_only():
    assert CUBE.counts("city") == {"sarov": 1, "lesnoy": 1}


def test_options_that_bring_nothing_keep_their_zero():
    assert CUBE.counts("year") == {"2020": 1, "2021": 0}


@pytest.mark.parametrize(
    ("dropped", "found"),
    [
        ([], 1),
        (["year"], 1),
        (["city"], 2),
        (["year", "city"], 4),
        ([WORDS], 2),
        ([WORDS, "year"], 5),
        ([WORDS, "year", "city"], 10),
    ],
)
def test_cube_tells_what_dropping_parts_of_the_question_gives(dropped, found):
    assert CUBE.found_without(*dropped) == found


def test_cube_tells_what_there_is_and_what_the_words_find_whatever_is_chosen():
    assert (CUBE.total, CUBE.found_by_words, CUBE.found) == (10, 4, 1)


def test_empty_bank_has_nothing():
    nothing = Cube.of([])

    assert (nothing.total, nothing.found, nothing.counts("year")) == (0, 0, {})
