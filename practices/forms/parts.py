"""What the form of a section is made of: the fields, and what a template draws of them."""

from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from practices import blocks
from practices.readings import Reading, TableReading

LINE = 60  # characters in a line of a text area, roughly: only for its first height


class TypedField(forms.Field):
    """Text as it was typed. Nothing is demanded of a draft; only what is absurdly long is refused."""

    limit: int

    def __init__(self, **kwargs):
        super().__init__(required=False, **kwargs)

    def to_python(self, value):
        try:
            return blocks.clean_text(value or "", limit=self.limit)
        except blocks.ShapeError as error:
            raise ValidationError(
                _("the text has %(length)s characters, at most %(limit)s can be kept in one place."),
                params={"length": error.where["length"], "limit": self.limit},
            ) from error


class WritingField(TypedField):
    """A passage of a text answer."""

    limit = blocks.MAX_TEXT

    def __init__(self, *, one_line=False, **kwargs):
        rows = 2 if one_line else 12
        super().__init__(widget=forms.Textarea(attrs={"rows": rows, "class": "one-line" if one_line else ""}), **kwargs)


class CellField(TypedField):
    """A cell of a table."""

    limit = blocks.MAX_CELL

    def __init__(self, *, widget=None, **kwargs):
        super().__init__(widget=widget or forms.Textarea(attrs={"rows": 1, "class": "ed-cell"}), **kwargs)


@dataclass
class HeldText:
    """A passage of a text answer, before, between or after its tables."""

    name: str
    number: int
    form: forms.Form

    is_text = True

    @property
    def field(self):
        return self.form[self.name]

    @property
    def has_tools(self) -> bool:
        """Lists and tables are for answers of more than a line."""
        return not self.form.shape.one_line

    @property
    def block(self) -> dict:
        return {"text": self.form.cleaned_data[self.name]}


@dataclass
class HeldTable:
    """A table inside a text answer: its cells can be written, its rows and columns go by their own buttons."""

    number: int
    widths: list[int]
    form: forms.Form

    is_text = False

    @property
    def rows(self):
        return [
            [self.form[f"table-{self.number}-{row}-{column}"] for column in range(width)]
            for row, width in enumerate(self.widths)
        ]

    @property
    def columns(self) -> range:
        return range(max(self.widths))

    @property
    def drawn_rows(self):
        """Each row with the places that it lacks beside the widest."""
        return [(row, range(len(row), len(self.columns))) for row in self.rows]

    @property
    def can_grow(self) -> bool:
        return len(self.widths) < blocks.MAX_ROWS

    @property
    def can_widen(self) -> bool:
        return len(self.columns) < blocks.MAX_COLUMNS

    @property
    def block(self) -> dict:
        return {"table": [[self.form.cleaned_data[cell.name] for cell in row] for row in self.rows]}


@dataclass
class Row:
    """A row of one of the form's own tables."""

    id: str
    number: int
    table: blocks.Table
    form: forms.Form
    read: dict[str, Reading]
    is_new: bool = False
    is_stored: bool = True

    @property
    def key(self) -> str:
        """For the page's ids: the rows of two tables may have the same id."""
        return f"{self.table.name}-{self.id}"

    @property
    def prefix(self) -> str:
        return f"{self.table.name}-{self.number - 1}"

    @property
    def id_field(self):
        return self.form[f"{self.prefix}-id"]

    @property
    def fields(self):
        """Each column with its field and what is read of it, for a cell of the page."""
        return [
            (column, self.form[f"{self.prefix}-{column.code}"], self.read[column.code]) for column in self.table.columns
        ]

    @property
    def cells(self) -> dict:
        values = self.form.cleaned_data
        return {
            "id": values[f"{self.prefix}-id"],
            **{column.code: values[f"{self.prefix}-{column.code}"] for column in self.table.columns},
        }


@dataclass
class RowTable:
    """One of the form's own tables with its rows and what is read of them."""

    table: blocks.Table
    rows: list[Row]
    read: TableReading

    @property
    def stored_rows(self) -> list[Row]:
        """Those that a page of ours holds for certain; a blank one that is offered now has another id there."""
        return [row for row in self.rows if row.is_stored]

    @property
    def can_grow(self) -> bool:
        return not self.table.single_row and len(self.rows) < blocks.MAX_ROWS
