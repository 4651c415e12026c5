"""The arithmetic of the facets, on cells small enough to count by hand."""

import pytest

from practices.facets import Cell, Cube


def cell(year, city, *, total, matching=None):
    return Cell({"year": year, "city": city}, total, total if matching is None else matching)


CELLS = [
    cell("2020", "sarov", total=2, matching=1),
    cell("2020", "lesnoy", total=1),
    cell("2021", "sarov", total=3, matching=0),
]


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ({}, 2),
        ({"year": ["2020"]}, 2),
        ({"year": ["2020", "2021"], "city": ["sarov"]}, 1),
        ({"year": ["2021"]}, 0),
        ({"year": ["2017"]}, 0),
    ],
)
def test_found_are_those_that_every_facet_lets_through(chosen, found):
    assert Cube(CELLS, chosen).found == found


def test_counts_ignore_the_choice_in_their_own_facet_only():
    cube = Cube(CELLS, {"year": ["2020"], "city": ["sarov"]})

    assert cube.counts("year") == {"2020": 1, "2021": 0}
    assert cube.counts("city") == {"sarov": 1, "lesnoy": 1}


def test_options_that_bring_nothing_keep_their_zero():
    assert Cube(CELLS, {"year": ["2021"]}).counts("city") == {"sarov": 0, "lesnoy": 0}


def test_cube_tells_what_dropping_a_part_of_the_question_gives():
    cube = Cube(CELLS, {"year": ["2021"], "city": ["sarov"]})

    assert cube.found == 0
    assert cube.found_without("year") == 1
    assert cube.found_without("city") == 0
    assert cube.found_without_words == 3
    assert (cube.found_by_words, cube.total) == (2, 6)
