"""What differs between two answers of one shape: passage by passage, word by word, and an answer made of both.

A passage is what can be kept or left as a whole: lines of a text that changed together, a table among them, a row of
one of the form's own tables. Rows are the same row while their id is; so a row that was moved is no difference.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from practices import blocks

BEFORE, AFTER, BOTH = "before", "after", "both"
CHOICES = (BEFORE, AFTER, BOTH)
LEAST_LIKENESS = 0.4  # of the shorter text's words: a new text with the old commas is a new text
MOST_PAIRS = 50_000  # equal words or lines of two sides, which a comparison goes over again and again

_WORD = re.compile(r"\s*(?:\w+|[^\w\s])|\s+")  # with the space before it: else every space would be common to both


@dataclass(frozen=True)
class Piece:
    """Some words of a passage: `same`, `gone` from the earlier answer or `new` in the later one."""

    kind: str
    text: str


@dataclass(frozen=True)
class Cell:
    """Compared words; in a row of a table under the heading of their column."""

    heading: str
    pieces: list[Piece]


@dataclass(frozen=True)
class Line:
    """A line of a text."""

    text: str

    @property
    def words(self):
        return self.text


@dataclass(frozen=True)
class Held:
    """A table inside a text, whole."""

    rows: tuple[tuple[str, ...], ...]

    @property
    def words(self):
        return "\n".join(" | ".join(row) for row in self.rows)


@dataclass(frozen=True)
class FormRow:
    """A row of one of the form's own tables. Equal to another when they say the same, whatever their ids."""

    table: str
    headings: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[str, ...]

    def as_row(self, row_id: str) -> dict:
        return {"id": row_id, **dict(zip(self.columns, self.cells, strict=True))}


@dataclass(frozen=True)
class Passage:
    """The same place in two answers; equal sides say the same."""

    before: tuple
    after: tuple
    row_id: str = ""
    title: str = ""
    allows_both: bool = True

    @property
    def is_same(self) -> bool:
        return self.before == self.after

    @property
    def is_row(self) -> bool:
        return any(isinstance(part, FormRow) for part in (*self.before, *self.after))

    @property
    def says_nothing(self) -> bool:
        """A blank row, which stands in a draft to be written into."""
        return not any(cell for part in (*self.before, *self.after) for cell in part.cells)

    @property
    def cells(self) -> list[Cell]:
        """What a reader sees: every cell of a row under its heading, or the lines in one."""
        if not self.is_row:
            return [Cell("", compare_words(*("\n".join(part.words for part in side) for side in self.sides)))]
        known = next(iter(self.after or self.before))
        before, after = (side[0].cells if side else ("",) * len(known.cells) for side in self.sides)
        pairs = zip(known.headings, before, after, strict=True)
        return [Cell(heading, compare_words(was, now)) for heading, was, now in pairs if was or now]

    @property
    def sides(self) -> tuple[tuple, tuple]:
        return self.before, self.after


def compare_words(before: str, after: str) -> list[Piece]:
    """The words of both texts in reading order, each marked with where it stands."""
    if before == after:
        return [Piece("same", after)] if after else []
    was, now = _WORD.findall(before), _WORD.findall(after)
    pieces = []
    for verb, i1, i2, j1, j2 in _steps(was, now, least_likeness=LEAST_LIKENESS):
        if verb == "equal":
            pieces.append(Piece("same", "".join(now[j1:j2])))
            continue
        if i1 < i2:
            pieces.append(Piece("gone", "".join(was[i1:i2])))
        if j1 < j2:
            pieces.append(Piece("new", "".join(now[j1:j2])))
    return pieces


def compare(before: dict, after: dict, shape: blocks.Text | blocks.Tables) -> list[Passage]:
    """Both answers (contents of this shape) as one list of passages, in the order of the later one."""
    if isinstance(shape, blocks.Tables):
        return [passage for table in shape.tables for passage in _compare_rows(before, after, table)]
    was, now = _parts(before), _parts(after)
    return [
        Passage(tuple(was[i1:i2]), tuple(now[j1:j2]), allows_both=not shape.one_line)
        for _verb, i1, i2, j1, j2 in _steps(was, now)
    ]


def _steps(was: list, now: list, *, least_likeness=0.0) -> list[tuple[str, int, int, int, int]]:
    """How one list becomes the other, as `difflib` tells it; what would take seconds is told as one change."""
    as_one = [("replace", 0, len(was), 0, len(now))]
    counts = Counter(was)
    if sum(counts[part] * count for part, count in Counter(now).items()) > MOST_PAIRS and was != now:
        return as_one
    matcher = SequenceMatcher(None, was, now, autojunk=False)
    common = sum(block.size for block in matcher.get_matching_blocks())
    return matcher.get_opcodes() if common >= least_likeness * min(len(was), len(now)) else as_one


def is_reordered(before: dict, after: dict) -> bool:
    """Whether rows that both answers have stand in another order: the one change that passages do not show."""
    for name, rows in before.get("tables", {}).items():
        was, now = ([row["id"] for row in side] for side in (rows, after.get("tables", {}).get(name, [])))
        if [row for row in was if row in now] != [row for row in now if row in was]:
            return True
    return False


def merge(passages: Iterable[Passage], choices: list[str], shape: blocks.Text | blocks.Tables) -> dict:
    """An answer of the passages as chosen, one of `CHOICES` for each that differs, in their order.

    Of both sides the earlier comes first. Raises `ValueError` when choices and passages do not belong together.
    """
    left = iter(choices)
    kept = []
    for passage in passages:
        choice = AFTER if passage.is_same else next(left, None)
        if choice not in CHOICES or (choice == BOTH and not passage.allows_both):
            raise ValueError(f"no choice for a passage: {choice}")
        kept += [(part, passage.row_id) for part in passage.before if choice in {BEFORE, BOTH}]
        kept += [(part, passage.row_id) for part in passage.after if choice in {AFTER, BOTH}]
    if next(left, None) is not None:
        raise ValueError("more choices than passages")
    return _as_tables(kept, shape) if isinstance(shape, blocks.Tables) else _as_blocks([part for part, _id in kept])


def suggest(passages: list[Passage], base: dict, shape: blocks.Text | blocks.Tables) -> list[str]:
    """A choice for each passage that differs: the side that changed it since `base`, which both began with.

    Where both did, both are kept; so they are everywhere if a suggestion would drop what both sides have, as it happens
    to a paragraph that one of them moved.
    """
    known = set(_all_parts(base, shape))
    differing = [passage for passage in passages if not passage.is_same]
    choices = [_suggestion(passage, known) for passage in differing]
    kept = [part for p in passages if p.is_same for part in p.after]
    for passage, choice in zip(differing, choices, strict=True):
        kept += passage.before if choice != AFTER else ()
        kept += passage.after if choice != BEFORE else ()
    were, are = ({part for passage in passages for part in side(passage)} for side in (_before, _after))
    if (were & are) - set(kept):
        return [_everything(passage) for passage in differing]
    return choices


def _before(passage):
    return passage.before


def _after(passage):
    return passage.after


def _everything(passage: Passage) -> str:
    if not passage.after:
        return BEFORE
    return BOTH if passage.before and passage.allows_both else AFTER


def _suggestion(passage: Passage, known: set) -> str:
    before_is_new, after_is_new = (any(part not in known for part in side) for side in passage.sides)
    if before_is_new and after_is_new:
        return BOTH if passage.allows_both else AFTER
    if before_is_new:
        return BEFORE
    if after_is_new or not passage.after:
        return AFTER
    return BEFORE  # the later side holds what the earlier one has taken out


def _parts(content: dict) -> list[Line | Held]:
    parts = []
    for block in content.get("blocks", []):
        if "table" in block:
            parts.append(Held(tuple(tuple(row) for row in block["table"])))
        else:
            parts.extend(Line(line) for line in block["text"].split("\n"))
    return parts


def _all_parts(content: dict, shape) -> list:
    if isinstance(shape, blocks.Tables):
        return [_form_row(table, row) for table in shape.tables for row in _rows(content, table)]
    return _parts(content)


def _rows(content: dict, table: blocks.Table) -> list[dict]:
    return content.get("tables", {}).get(table.name, [])


def _form_row(table: blocks.Table, row: dict) -> FormRow:
    return FormRow(
        table.name,
        tuple(f"{column.group}: {column.title}" if column.group else column.title for column in table.columns),
        tuple(column.code for column in table.columns),
        tuple(row.get(column.code, "") for column in table.columns),
    )


def _compare_rows(before: dict, after: dict, table: blocks.Table) -> list[Passage]:
    """Rows of the later answer in their order; those that only the earlier has stand after their neighbour of then."""
    was, now = _rows(before, table), _rows(after, table)
    pairs = _pairs(table, was, now)
    groups = [[_passage(table, was[pairs[place]] if place in pairs else None, row)] for place, row in enumerate(now)]
    later_of = {earlier: later for later, earlier in pairs.items()}
    gone_first: list[Passage] = []
    neighbour = gone_first
    for place, row in enumerate(was):
        if place in later_of:
            neighbour = groups[later_of[place]]
        else:
            neighbour.append(_passage(table, row, None))
    return [passage for group in (gone_first, *groups) for passage in group if not passage.says_nothing]


def _pairs(table: blocks.Table, was: list[dict], now: list[dict]) -> dict[int, int]:
    """Which row of the later answer was which of the earlier: the same id, else the same words."""
    places = {row["id"]: number for number, row in enumerate(was)}
    pairs = {number: places[row["id"]] for number, row in enumerate(now) if row["id"] in places}
    free: dict[FormRow, list[int]] = {}
    for number, row in enumerate(was):
        if number not in pairs.values():
            free.setdefault(_form_row(table, row), []).append(number)
    for number, row in enumerate(now):
        if number not in pairs and (same := free.get(_form_row(table, row))):
            pairs[number] = same.pop(0)
    return pairs


def _passage(table: blocks.Table, was: dict | None, now: dict | None) -> Passage:
    return Passage(
        (_form_row(table, was),) if was else (),
        (_form_row(table, now),) if now else (),
        row_id=(now or was)["id"],
        title=table.title,
        allows_both=not table.single_row,
    )


def _as_blocks(parts: list[Line | Held]) -> dict:
    made: list[dict] = []
    for part in parts:
        if isinstance(part, Held):
            made.append({"table": [list(row) for row in part.rows]})
        elif made and "text" in made[-1]:
            made[-1]["text"] += f"\n{part.text}"
        else:
            made.append({"text": part.text})
    return {"blocks": made}


def _as_tables(parts: list[tuple[FormRow, str]], shape: blocks.Tables) -> dict:
    """Of two rows with one id the second gets an id of its own when the answer is cleaned."""
    tables: dict[str, list[dict]] = {table.name: [] for table in shape.tables}
    for row, row_id in parts:
        tables[row.table].append(row.as_row(row_id))
    return {"tables": tables}
