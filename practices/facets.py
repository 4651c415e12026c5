"""How many practices each option of each facet would show. Pure: facts and numbers in, numbers out.

Between facets AND holds, inside one OR. One GROUP BY over the facts of the facets gives the cells; every count on the
page is a sum of some of them.
"""

from collections import Counter
from dataclasses import dataclass


@dataclass(frozen=True)
class Cell:
    """Practices whose facts are equal: how many there are, and how many of them have the words that were asked for."""

    facts: dict[str, str]
    total: int
    matching: int


@dataclass(frozen=True)
class Cube:
    """All cells, and which options of which facets are chosen; a facet without a choice lets everything through."""

    cells: list[Cell]
    chosen: dict[str, list[str]]

    @property
    def total(self) -> int:
        """The whole bank, whatever was asked for."""
        return sum(cell.total for cell in self.cells)

    @property
    def found(self) -> int:
        return sum(cell.matching for cell in self.cells if self._lets_through(cell))

    @property
    def found_by_words(self) -> int:
        """What the words find in the whole bank, whatever is chosen."""
        return sum(cell.matching for cell in self.cells)

    @property
    def found_without_words(self) -> int:
        return sum(cell.total for cell in self.cells if self._lets_through(cell))

    def found_without(self, facet: str) -> int:
        """What stays when the choice in this facet is dropped."""
        return sum(cell.matching for cell in self.cells if self._lets_through(cell, but=facet))

    def counts(self, facet: str) -> Counter:
        """For each option of a facet how many practices it brings, given the choices in the other facets."""
        counts = Counter()
        for cell in self.cells:
            counts[cell.facts[facet]] += cell.matching if self._lets_through(cell, but=facet) else 0
        return counts

    def _lets_through(self, cell: Cell, *, but: str = "") -> bool:
        return all(cell.facts[facet] in options for facet, options in self.chosen.items() if options and facet != but)
