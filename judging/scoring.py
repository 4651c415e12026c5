"""The arithmetic of the jury: marks in, scores, spread and places out. Decimals only, nothing of Django.

A sheet's score is Σ weight·mark ÷ Σ weight, on the scale of the marks. The final score is the mean of the finished
sheets. Every result is one exact division, rounded once, half up, to three places: rounding the sheets first would
move the mean.
"""

from collections.abc import Hashable, Iterable, Mapping
from decimal import ROUND_HALF_UP, Context, Decimal

STEP = Decimal("0.001")
# Sums of such marks and weights are exact in 50 digits, and a quotient rounded there cannot land on a false half.
EXACT = Context(prec=50, rounding=ROUND_HALF_UP)

Marks = Mapping[Hashable, Decimal]  # by criterion
Weights = Mapping[Hashable, Decimal]


class MissingMark(ValueError):
    """A sheet lacks a mark for a criterion: it has no score yet. Zero is a mark, absence is not zero."""


def sheet_score(marks: Marks, weights: Weights) -> Decimal:
    """What one juror gave one practice: the weighted mean of the marks."""
    return _quotient(_points(marks, weights), _sum(weights.values()))


def score_so_far(marks: Marks, weights: Weights) -> Decimal | None:
    """The weighted mean over the criteria marked so far, for the juror's own eyes; None before the first mark."""
    marked = {criterion: weight for criterion, weight in weights.items() if criterion in marks}
    return sheet_score(marks, marked) if marked else None


def final_score(sheets: Iterable[Marks], weights: Weights) -> Decimal | None:
    """The practice's score: the mean of its finished sheets, None when there is none."""
    points = [_points(marks, weights) for marks in sheets]
    if not points:
        return None
    return _quotient(_sum(points), EXACT.multiply(_sum(weights.values()), len(points)))


def spread(sheets: Iterable[Marks], weights: Weights) -> Decimal | None:
    """How far the jury disagrees: the highest sheet score minus the lowest, None without sheets."""
    points = [_points(marks, weights) for marks in sheets]
    if not points:
        return None
    return _quotient(EXACT.subtract(max(points), min(points)), _sum(weights.values()))


def median(scores: Iterable[Decimal]) -> Decimal | None:
    """The middle score, the mean of the middle two when their number is even."""
    ordered = sorted(scores)
    if not ordered:
        return None
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else _quotient(_sum(ordered[middle - 1 : middle + 1]), Decimal(2))


def places(scores: Mapping[Hashable, Decimal | None]) -> dict[Hashable, int]:
    """Competition ranking (1, 2, 2, 4): equal published scores share the better place; no score, no place."""
    ordered = sorted((score for score in scores.values() if score is not None), reverse=True)
    return {key: ordered.index(score) + 1 for key, score in scores.items() if score is not None}


def _points(marks: Marks, weights: Weights) -> Decimal:
    if lacking := weights.keys() - marks.keys():
        raise MissingMark(lacking)
    return _sum(EXACT.multiply(weight, marks[criterion]) for criterion, weight in weights.items())


def _sum(numbers: Iterable[Decimal]) -> Decimal:
    total = Decimal(0)
    for number in numbers:
        total = EXACT.add(total, number)
    return total


def _quotient(dividend: Decimal, divisor: Decimal) -> Decimal:
    return EXACT.quantize(EXACT.divide(dividend, divisor), STEP)
