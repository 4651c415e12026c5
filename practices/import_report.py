"""The report on old passports that were brought in: a line a file, on the page and as a table for Excel."""

import csv
import io
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import gettext as _

from practices.enums import Outcome
from practices.models import Passport

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
FINDINGS = ("edition", "territory", "title", "sections", "pieces", "left", "notes")


@dataclass
class Line:
    """What became of one file. `notes` are sentences: what to check, or why the file was not brought in."""

    file: str
    outcome: str
    edition: str = ""
    territory: str = ""
    title: str = ""
    sections: int = 0
    pieces: int = 0
    left: int = 0
    notes: list[str] = field(default_factory=list)
    passport: Passport | None = None
    is_doubtful: bool = False

    def doubt(self, sentence: str) -> None:
        """Add what somebody should look at."""
        self.notes.append(sentence)
        self.is_doubtful = True

    @property
    def findings(self) -> dict:
        """What is kept of the line beside file, outcome and passport."""
        return {name: getattr(self, name) for name in FINDINGS}

    @property
    def practice(self):
        return getattr(self.passport, "practice", None)

    @property
    def label(self) -> str:
        return str(Outcome(self.outcome).label) if self.outcome else _("is being read")


def counted(lines: Iterable[Line]) -> list[tuple[str, int]]:
    """How many files had which outcome, by its label, in the order of the outcomes."""
    counts = Counter(line.outcome for line in lines)
    return [(str(outcome.label), counts[outcome]) for outcome in Outcome if counts[outcome]]


def as_csv(lines: Iterable[Line]) -> bytes:
    """The report as Excel in Russia opens it by a double click: UTF-8 with its mark, semicolons, CRLF."""
    table = io.StringIO(newline="")
    writer = csv.writer(table, delimiter=";")
    writer.writerow(
        [
            _("File"),
            _("Outcome"),
            _("Practice"),
            _("City"),
            _("Form"),
            _("Sections"),
            _("Pieces"),
            _("Without a place"),
            _("What to check"),
            _("Application"),
            _("Address in the bank"),
        ]
    )
    for line in lines:
        writer.writerow(map(_plain, _cells(line)))
    return table.getvalue().encode("utf-8-sig")


def _cells(line: Line) -> list:
    address = settings.PUBLIC_URL.rstrip("/") + line.practice.get_absolute_url() if line.practice else ""
    return [
        line.file,
        line.label,
        line.title,
        line.territory,
        line.edition,
        line.sections or "",
        line.pieces or "",
        line.left or "",
        " ".join(line.notes),
        line.passport.application.number if line.passport else "",
        address,
    ]


def _plain(cell) -> str:
    """A cell that a spreadsheet takes for words: what begins like a formula gets an apostrophe before it."""
    text = str(cell)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
