"""A pasted table on its way into a form's own table: what was pasted, then the check of its columns."""

import json
from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext, gettext_lazy as _

from practices import blocks
from practices.amounts import unit_of, with_unit
from practices.documents.pasted_columns import LONGEST_HEADER, Guess, guess
from practices.forms.sections import LARGEST_VERSION
from practices.pasted import MAX_SOURCE, Grid, Unreadable, read_clipboard, read_file

MAX_FILE = 2 * 1024 * 1024
SHOWN_ROWS = 8

PROBLEMS = {
    "nothing": _("There is no table in it. Copy the cells in Word or Excel and paste them here."),
    "too_wide": _("The table has more than %(limit)s columns. Copy only those that the form asks for."),
    "too_long": _("A table can have %(limit)s rows at most."),
    "long_cell": _("A cell has more than %(limit)s characters."),
    "office_file": _("This is no CSV file. Open it, copy the cells and paste them into the field above."),
    "not_text": _("The letters of this file cannot be read. Save it as “CSV UTF-8”."),
}


def problem_of(unreadable: Unreadable) -> str:
    return PROBLEMS[unreadable.problem] % unreadable.particulars


class PasteForm(forms.Form):
    """What the clipboard holds, or a CSV file. `html` comes from the script alone; the field takes the plain text."""

    text = forms.CharField(
        label=_("Cells copied in Word or Excel"),
        required=False,
        strip=False,
        max_length=MAX_SOURCE,
        widget=forms.Textarea(attrs={"rows": 8, "class": "short", "data-paste-here": True}),
    )
    html = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    file = forms.FileField(
        label=_("Or a CSV file"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,text/csv"}),
    )

    def clean(self):
        cleaned = super().clean()
        file = cleaned.get("file")
        if file and file.size > MAX_FILE:
            self.add_error("file", _("The file is larger than 2 MB."))
            return cleaned
        try:
            cleaned["grid"] = read_file(file.read()) if file else self._pasted(cleaned)
        except Unreadable as unreadable:
            self.add_error("file" if file else "text", problem_of(unreadable))
        return cleaned

    def _pasted(self, cleaned) -> Grid:
        return read_clipboard(cleaned.get("html", ""), cleaned.get("text", ""))


@dataclass(frozen=True)
class PastedColumn:
    """A column of what was pasted, with the field that says where it goes."""

    field: forms.BoundField
    title: str
    is_numbers: bool


class CheckForm(forms.Form):
    """Where each column goes. Several may go into one: then their cells become lines of one cell."""

    grid = forms.CharField(widget=forms.HiddenInput, strip=False)
    version = forms.IntegerField(min_value=0, max_value=LARGEST_VERSION, widget=forms.HiddenInput)
    header = forms.TypedChoiceField(label=_("Rows of the heading, to be left out"), coerce=int)
    totals = forms.BooleanField(required=False)
    units = forms.BooleanField(required=False)
    place = forms.ChoiceField(label=_("Where the rows go"), widget=forms.RadioSelect)

    def __init__(self, data=None, *, grid: Grid, table: blocks.Table, rows: list[dict], row: str = "", version: int):
        self.grid, self.table, self.rows = grid, table, rows
        self.guess: Guess = guess(grid, table)
        self.row = next((place for place, other in enumerate(rows) if other["id"] == row), None)
        super().__init__(data, initial=self._initial(version), prefix=None)
        self.fields["header"].choices = [(n, n) for n in range(min(LONGEST_HEADER, len(grid.rows)) + 1)]
        self.fields["place"].choices = self._places()
        left_out = ("", _("— leave out —"))
        titles = [(column.code, _full_title(column)) for column in table.columns]
        for number in range(grid.width):
            self.fields[f"column-{number}"] = forms.ChoiceField(
                label=format_lazy("{} {}", _("Column"), number + 1),
                choices=[left_out, *titles],
                required=False,
                initial=self.guess.columns[number],
            )

    def _initial(self, version: int) -> dict:
        return {
            "grid": json.dumps(self.grid.as_json(), ensure_ascii=False),
            "version": version,
            "header": self.guess.header_rows,
            "place": "end" if self.row is None else "after",
            "units": True,
        }

    def _places(self):
        if self.row is not None:
            yield "after", gettext("after row %(number)s") % {"number": self.row + 1}
        yield "end", _("at the end of the table")
        if self.filled:
            yield "all", _("in place of all rows that stand there now")

    @property
    def filled(self) -> list[dict]:
        return self.table.filled(self.rows)

    # --- what the page shows ---

    @property
    def problems(self) -> list[str]:
        """Each problem once, with the name of its field."""
        return [
            f"{self.fields[name].label}: {error}" if name in self.fields and self.fields[name].label else str(error)
            for name, errors in self.errors.items()
            for error in errors
        ]

    @cached_property
    def columns(self) -> list[PastedColumn]:
        heads = range(self.guess.header_rows)
        return [
            PastedColumn(
                self[f"column-{number}"],
                " ".join(filter(None, (self.grid.filled(row, number) for row in heads))),
                number == self.guess.numbers,
            )
            for number in range(self.grid.width)
        ]

    @property
    def unit(self) -> str:
        """The unit that stands in the heading of the sums alone: without it they would be thousands of times less."""
        kinds = {column.code: column.kind for column in self.table.columns}
        chosen = zip(self.columns, self._chosen(), strict=True)
        units = (unit_of(column.title) for column, code in chosen if code and kinds[code] == "money")
        return next(filter(None, units), "")

    @property
    def size(self) -> dict[str, int]:
        return {"rows": len(self.grid.rows), "columns": self.grid.width}

    @property
    def aside(self) -> str:
        """Words that came along but stand outside of the table."""
        return " ".join(self.grid.aside)

    @property
    def shown_rows(self) -> list[dict]:
        """The first rows as they came: cells, and why a row will stay out."""
        return [
            {
                "cells": [self.grid.filled(number, column) for column in range(self.grid.width)],
                "is_header": number < self.guess.header_rows,
                "is_total": number in self.guess.totals,
            }
            for number in range(min(len(self.grid.rows), self.guess.header_rows + SHOWN_ROWS))
        ]

    @property
    def more_rows(self) -> int:
        return len(self.grid.rows) - len(self.shown_rows)

    @property
    def left_out(self) -> list[str]:
        """The columns with something in them that no column of the form takes, by their headings or numbers."""
        chosen = self._chosen()
        return [
            column.title or gettext("Column %(number)s") % {"number": number + 1}
            for number, column in enumerate(self.columns)
            if not chosen[number] and not column.is_numbers
        ]

    # --- what goes in ---

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not any(self._chosen()):
            raise forms.ValidationError(_("Say for at least one column where it goes."))
        if not self.errors and not self.new_rows:
            raise forms.ValidationError(_("Nothing is left to insert: every row is a heading or a total."))
        return cleaned

    @cached_property
    def new_rows(self) -> list[dict]:
        """The rows of the grid in the form's columns, without heading, totals and row numbers."""
        first = self.cleaned_data["header"]
        out = set() if self.cleaned_data["totals"] else set(self.guess.totals)
        rows = [self._row(number) for number in range(first, len(self.grid.rows)) if number not in out]
        return self.table.filled(rows)

    @property
    def placed(self) -> list[dict]:
        """All rows of the table with the new ones among them; blank ones at the place make room."""
        place = self.cleaned_data["place"]
        if place == "all":
            return self.new_rows
        if place == "end":
            return [*self.filled, *self.new_rows]
        before, after = self.rows[: self.row + 1], self.rows[self.row + 1 :]
        kept = before if self.table.filled(before[-1:]) else before[:-1]
        return [*kept, *self.new_rows, *after]

    def _row(self, number: int) -> dict:
        cells: dict[str, list[str]] = {}
        kinds = {column.code: column.kind for column in self.table.columns}
        for column, code in enumerate(self._chosen()):
            # A sum written once over several rows is one sum; a name or a source holds for each of the rows.
            counts = code and kinds[code] in {"money", "number"}
            text = self.grid.rows[number][column].text if counts else self.grid.filled(number, column)
            if code and kinds[code] == "money" and self.cleaned_data["units"]:
                text = with_unit(text, unit_of(self.columns[column].title))
            if code and text:
                cells.setdefault(code, []).append(text)
        return {"id": blocks.new_row_id(), **{code: "\n".join(cells.get(code, [])) for code in kinds}}

    def _chosen(self) -> list[str]:
        """For each column of the grid the code that it goes to."""
        if not self.is_bound:
            return self.guess.columns
        return [self.cleaned_data.get(f"column-{number}", "") for number in range(self.grid.width)]


def grid_of(data) -> Grid:
    """The grid that a check brought back; `Unreadable` for what no page of ours holds."""
    try:
        return Grid.from_json(json.loads(data.get("grid", "")))
    except (ValueError, RecursionError) as error:
        raise Unreadable("nothing") from error


def _full_title(column: blocks.Column) -> str:
    return f"{column.group}: {column.title}" if column.group else column.title
