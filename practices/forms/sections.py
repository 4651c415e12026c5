"""The form of one section, built from the shape that its edition gives it: content ⇄ fields.

Fields are named by place, so that a page without JavaScript and the autosave send the same thing:

* a text answer: ``text-0``, then, for every table among its paragraphs, ``table-0-ROW-COLUMN`` and the text after it,
  ``text-1``; there is always a text before, between and after the tables;
* the form's own tables: ``NAME-ROW-COLUMN`` (``costs``: ``main-0-amount``) and ``NAME-ROW-id``, which carries the
  row's own id from save to save;
* ``version``, what the writer had read; ``nothing``, «nothing to report»; ``do``, ``mine`` and ``merge``, the buttons;
* ``part-N`` and ``compared``, what was chosen of two texts (`practices.forms.comparison`);
* ``pasted`` with ``before`` and ``after``, a clipboard and the text around it; ``removed``, what can be put back
  (`practices.forms.held`);
* ``writer``, whom the page was made for; ``tab`` and ``turn``, which open page saves and which save of its it is.

A name that no form of ours has makes the whole request a forgery: nothing of it is saved.
"""

import re
from collections import defaultdict

from django import forms
from django.utils.translation import gettext_lazy as _

from practices import blocks
from practices.forms import held
from practices.forms.parts import CellField, HeldTable, HeldText, Row, RowTable, WritingField
from practices.readings import read_table
from practices.services import Turn

BUTTONS = frozenset({"csrfmiddlewaretoken", "version", "nothing", "do", "mine", "merge", "compared"})
BUTTONS |= {"writer", "tab", "turn"}
BUTTONS |= {"pasted", "before", "after", "removed"}
LARGEST_VERSION = 2**31 - 1

PLACE = "(0|[1-9][0-9]{0,2})"  # one spelling for each number: a second one would name no field of ours
TEXT_NAME = re.compile(f"text-{PLACE}")
CHOICE_NAME = re.compile("part-[0-9]{1,4}")
HELD_CELL_NAME = re.compile(f"table-{PLACE}-{PLACE}-{PLACE}")


class ForgedForm(Exception):
    """The request has fields that no page of ours sends. Nothing of it can be trusted."""


class NoVersion(Exception):
    """The request does not say which version of the section it rests on."""


class SectionForm(forms.Form):
    """One answer as fields; `content` is the answer again, as `services.save_section` takes it.

    Built from the stored content for a page (`SectionForm(section)`), or from what a browser sent
    (`SectionForm(section, request.POST)`), with as many fields as came. `parts` lists what to draw, in order.
    """

    nothing = forms.BooleanField(label=_("Nothing to report: the section stays empty on purpose"), required=False)

    def __init__(self, section, data=None, *, content=None, new_row=None):
        super().__init__(data, prefix=None)
        self.section = section
        self.shape = section.template.shape
        self.new_row = new_row
        self.version = section.section.version if data is None else _version(data.get("version"))
        shown = section.content if content is None else content
        self.fields["nothing"].initial = bool(shown.get("nothing"))
        if isinstance(self.shape, blocks.Tables):
            self.parts = self._row_tables(data, shown)
        else:
            self.parts = self._held_parts(data, shown)

    # --- fields out of content, or out of what was sent ---

    def _held_parts(self, data, content) -> list:
        """Texts and the tables among them, one text more than tables."""
        texts, tables = held.apart(content) if data is None else _held_sent(data)
        parts = []
        for number, text in enumerate(texts):
            name = f"text-{number}"
            self.fields[name] = WritingField(
                label=self.section.template.title, initial=text, one_line=self.shape.one_line
            )
            parts.append(HeldText(name=name, number=number, form=self))
            if number < len(tables):
                parts.append(self._held_table(number, tables[number]))
        return parts

    def _held_table(self, number, rows) -> HeldTable:
        for row_number, row in enumerate(rows):
            for column_number, cell in enumerate(row):
                self.fields[f"table-{number}-{row_number}-{column_number}"] = CellField(
                    label=_("Table %(table)s, row %(row)s, column %(column)s")
                    % {"table": number + 1, "row": row_number + 1, "column": column_number + 1},
                    initial=cell,
                )
        return HeldTable(number=number, widths=[len(row) for row in rows], form=self)

    def _row_tables(self, data, content) -> list[RowTable]:
        given = content["tables"] if data is None else _rows_sent(data, self.shape)
        return [self._row_table(table, given.get(table.name, [])) for table in self.shape.tables]

    def _row_table(self, table, rows) -> RowTable:
        stored = len(rows)
        if not self.is_bound:
            rows = with_room_to_write(table, rows)
        read = read_table(table, rows)
        drawn = []
        for number, row in enumerate(rows):
            prefix = f"{table.name}-{number}"
            self.fields[f"{prefix}-id"] = CellField(initial=row["id"], widget=forms.HiddenInput)
            for column in table.columns:
                self.fields[f"{prefix}-{column.code}"] = CellField(
                    label=_("%(column)s, row %(row)s") % {"column": column.title, "row": number + 1},
                    initial=row.get(column.code, ""),
                )
            made = Row(row["id"], number + 1, table, self, read.cells[number], is_stored=number < stored)
            made.is_new = made.key == self.new_row
            drawn.append(made)
        return RowTable(table=table, rows=drawn, read=read)

    # --- the answer again ---

    @property
    def content(self) -> dict:
        """The answer in the section's shape, as this form holds it."""
        if isinstance(self.shape, blocks.Tables):
            content = {"tables": {part.table.name: [row.cells for row in part.rows] for part in self.parts}}
        else:
            content = {"blocks": [part.block for part in self.parts]}
        return {**content, "nothing": True} if self.cleaned_data.get("nothing") else content

    @property
    def visible_errors(self) -> list[str]:
        """Each problem once, in words that name its place."""
        return [
            f"{self.fields[name].label}: {error}" if name in self.fields and self.fields[name].label else str(error)
            for name, errors in self.errors.items()
            for error in errors
        ]


def with_room_to_write(table: blocks.Table, rows: list[dict]) -> list[dict]:
    """The rows with a blank one at the end, for the next thing to be said."""
    full = (table.single_row and rows) or len(rows) >= blocks.MAX_ROWS
    last_is_blank = bool(rows) and not table.filled(rows[-1:])
    return rows if full or last_is_blank else [*rows, table.blank_row()]


def seen_version(data) -> int:
    """The version that the writer had read, or that they chose to put theirs over; `NoVersion` without a number."""
    return _version(data.get("mine") or data.get("merge") or data.get("version"))


def _version(given: str | None) -> int:
    if not re.fullmatch("[0-9]{1,10}", given or "") or int(given) > LARGEST_VERSION:
        raise NoVersion
    return int(given)


def turn_of(data) -> Turn | None:
    """Which open page saves, and which save of its own it is; None for what no script of ours sends."""
    tab, number = data.get("tab", ""), data.get("turn", "")
    if not re.fullmatch("[0-9a-f]{32}", tab) or not re.fullmatch("[0-9]{1,9}", number):
        return None
    return Turn(tab, int(number), is_resent=data.get("do") == "resend")


def _held_sent(data) -> tuple[list[str], list[list[list[str]]]]:
    texts: dict[int, str] = {}
    widths: dict[int, dict[int, int]] = defaultdict(dict)
    for name in _answer_names(data):
        if match := TEXT_NAME.fullmatch(name):
            texts[int(match[1])] = data[name]
        elif match := HELD_CELL_NAME.fullmatch(name):
            table, row, column = map(int, match.groups())
            widths[table][row] = max(widths[table].get(row, 0), column + 1)
        else:
            raise ForgedForm(name)
    _require_no_gaps(texts, widths)
    tables = [
        [[data.get(f"table-{table}-{row}-{column}", "") for column in range(rows[row])] for row in sorted(rows)]
        for table, rows in sorted(widths.items())
    ]
    return [texts[number] for number in sorted(texts)], tables


def _require_no_gaps(texts, widths) -> None:
    """Places are counted without holes: a text more than tables, rows of a table from the first on."""
    if set(texts) != set(range(len(widths) + 1)) or set(widths) != set(range(len(widths))):
        raise ForgedForm("texts")
    if any(set(rows) != set(range(len(rows))) for rows in widths.values()):
        raise ForgedForm("rows")


def _rows_sent(data, shape) -> dict[str, list[dict]]:
    rows: dict[str, dict[int, set]] = {table.name: defaultdict(set) for table in shape.tables}
    names = {table.name: _row_cell_name(table) for table in shape.tables}
    for name in _answer_names(data):
        table, match = next(((t, m) for t, pattern in names.items() if (m := pattern.fullmatch(name))), (None, None))
        if match is None:
            raise ForgedForm(name)
        rows[table][int(match[1])].add(match[2])
    for table in shape.tables:
        _require_whole_rows(table, rows[table.name])
    return {
        table.name: [
            {name: data.get(f"{table.name}-{number}-{name}", "") for name in ("id", *(c.code for c in table.columns))}
            for number in sorted(rows[table.name])
        ]
        for table in shape.tables
    }


def _row_cell_name(table) -> re.Pattern:
    columns = "|".join(re.escape(code) for code in ("id", *(column.code for column in table.columns)))
    return re.compile(f"{re.escape(table.name)}-{PLACE}-({columns})")


def _require_whole_rows(table, sent) -> None:
    """Our pages send every table with a row at least, and rows with all their cells: else a cell would be emptied."""
    whole = {column.code for column in table.columns}
    if not sent or set(sent) != set(range(len(sent))) or any(not whole <= cells for cells in sent.values()):
        raise ForgedForm(table.name)


def _answer_names(data):
    return [name for name in data if name not in BUTTONS and not CHOICE_NAME.fullmatch(name)]
