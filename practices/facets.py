"""How many practices each option of each facet would show. Pure: facts and numbers in, numbers out.

Between facets AND holds, inside one OR. A practice that misses the choice in one facet alone still counts for that
facet's options: choosing another of them would bring it. So cells are told apart by what their practices miss; every
count on the page is a sum of some of them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

WORDS = "q"  # the words are a part of the question beside the facets


@dataclass(frozen=True)
class Cell:
    """Practices that share these facts and miss the same choices: all of them, and those that have the words.

    `missed` names facets. Where a cell has facts, practices that miss several choices may stand as missing all.
    """

    facts: dict[str, str]
    missed: frozenset[str]
    total: int
    matching: int


@dataclass(frozen=True)
class Cube:
    """The bank, counted for one question. `whole` is all of it by what practices miss, `options` one number a checkbox.

    Small, whatever the bank: this is what is kept, not the cells.
    """

    whole: list[Cell]
    options: dict[str, Counter]

    @classmethod
    def of(cls, cells: Iterable[Cell]) -> Self:
        """From the bank cut into cells several times: without facts, and by groups of facts, each facet in one group.

        An option counts what it brings, given the choices in the other facets.
        """
        whole, options = [], defaultdict(Counter)
        for cell in cells:
            if not cell.facts:
                whole.append(cell)
            for facet, option in cell.facts.items():
                options[facet][option] += cell.matching if cell.missed <= {facet} else 0
        return cls(whole, dict(options))

    @property
    def total(self) -> int:
        """The whole bank, whatever was asked for."""
        return sum(cell.total for cell in self.whole)

    @property
    def found(self) -> int:
        return self.found_without()

    @property
    def found_by_words(self) -> int:
        """What the words find in the whole bank, whatever is chosen."""
        return sum(cell.matching for cell in self.whole)

    def found_without(self, *parts: str) -> int:
        """What the question finds when these parts of it are dropped: facets, or `WORDS`."""
        through = (cell for cell in self.whole if cell.missed.issubset(parts))
        return sum(cell.total if WORDS in parts else cell.matching for cell in through)

    def counts(self, facet: str) -> Counter:
        """For each option of a facet how many practices it brings."""
        return self.options.get(facet, Counter())
