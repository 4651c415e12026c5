"""Writes passports as Word files the way people fill them in: each habit is an option.

The content is a dict as the importer prints it, so that a test can compare what it reads with what was written.
"""

import io
import json
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from practices.documents.printed_form import PrintedForm

EDITIONS = Path(__file__).resolve().parents[3] / "fixtures" / "editions.json"
FORMS = {data["code"]: PrintedForm(data) for data in json.loads(EDITIONS.read_text(encoding="utf-8"))}
OFFICIAL_HINTS = {
    "background": "Описание проблемной ситуации или потребности в развитии, послужившей причиной внедрения практики"
    " (не более 0,5 страницы)",
    "donor": "Заполняется только для направления «Внедрение лучших муниципальных практик и инициатив"
    " социально-экономического развития»",
    "actions": "Описание перечня мероприятий, которые были предприняты для реализации практики",
    "links": "Ссылки на официальный сайт практики, группы в социальных сетях и т.п.",
}
CAPTIONS = {"adopted": "Принятые НПА", "amended": "Измененные НПА"}
ANNEX = ("Приложение № 2", "к Положению «О конкурсе лучших муниципальных", "практик и инициатив в {year} году»")


@dataclass
class Habits:
    """How this applicant fills the form in."""

    edition: str = "2023"
    year: str = ""  # in the annex line
    numbers: str = "typed"  # typed, none, automatic, wrong
    answers: str = "boxed"  # boxed, plain, inline (behind the title on its line)
    tables: str = "tables"  # tables, tabs
    layout: str = "flow"  # flow, two columns, three columns, rows (a heading row, an answer row), frame
    headers: bool = True  # the form's tables have their header rows
    number_column: bool = True
    captions: bool = True
    hints: bool = True
    without: tuple[str, ...] = ()
    retitle: dict = field(default_factory=dict)  # code → the title as this applicant has it
    spell: object = str  # what happens to each title


class Writer:
    def __init__(self, content: dict, habits: Habits):
        self.content = content
        self.habits = habits
        self.form = FORMS[habits.edition]
        self.document = Document()
        self.body = self.document

    def write(self) -> "Writer":
        if self.habits.year:
            for line in ANNEX:
                self.document.add_paragraph(line.format(year=self.habits.year))
            self.document.add_paragraph("")
        self.document.add_paragraph("Паспорт практики")
        sections = [section for code, section in self.form.sections.items() if code not in self.habits.without]
        {
            "flow": self._flow,
            "frame": self._frame,
            "two columns": self._columns,
            "three columns": self._columns,
            "rows": self._rows,
        }[self.habits.layout](sections)
        return self

    def bytes(self) -> bytes:
        stream = io.BytesIO()
        self.document.save(stream)
        return stream.getvalue()

    # Layouts

    def _flow(self, sections):
        for section in sections:
            self._heading(self.body, section)
            self._answer(self.body, section, boxed=self.habits.answers == "boxed")
            self.body.add_paragraph("")

    def _frame(self, sections):
        self.body = _fresh(self.document.add_table(rows=1, cols=1).cell(0, 0))
        self._flow(sections)

    def _columns(self, sections):
        numbered = self.habits.layout == "three columns"
        table = self.document.add_table(rows=len(sections), cols=3 if numbered else 2)
        for row, section in zip(table.rows, sections, strict=True):
            cells = [_fresh(cell) for cell in row.cells]
            if numbered:
                cells[0].add_paragraph(f"{section.number}.")
            self._heading(cells[-2], section)
            self._answer(cells[-1], section, boxed=False)
            cells[-1].add_paragraph("")

    def _rows(self, sections):
        table = self.document.add_table(rows=2 * len(sections), cols=1)
        for place, section in enumerate(sections):
            self._heading(_fresh(table.cell(2 * place, 0)), section)
            cell = _fresh(table.cell(2 * place + 1, 0))
            self._answer(cell, section, boxed=False)
            cell.add_paragraph("")

    # Pieces

    def _heading(self, parent, section):
        title = self.habits.retitle.get(section.code, section.title)
        spelt = self.habits.spell(title)
        parts = spelt if isinstance(spelt, list) else [spelt]
        number = self._number(section)
        paragraph = parent.add_paragraph(number)
        for place, part in enumerate(parts):
            if part == "¶":
                paragraph = parent.add_paragraph("")
            else:
                run = paragraph.add_run(part)
                run.bold = place % 2 == 0
        if self.habits.numbers == "automatic":
            number_automatically(paragraph)
        if self.habits.answers == "inline" and "blocks" in self.content.get(section.code, {}):
            paragraph.add_run(": " + _first_line(self.content[section.code]))
        elif self.habits.hints and section.code in OFFICIAL_HINTS:
            parent.add_paragraph(OFFICIAL_HINTS[section.code])

    def _number(self, section) -> str:
        match self.habits.numbers:
            case "typed":
                return f"{section.number}.\u00a0"
            case "wrong":
                return f"{(section.number * 7) % 23 + 1}. "
        return ""

    def _answer(self, parent, section, *, boxed: bool):
        content = self.content.get(section.code)
        if content is None:
            return
        if "blocks" in content:
            place = _fresh(parent.add_table(1, 1).cell(0, 0)) if boxed else parent
            self._blocks(place, content["blocks"], skip_first=self.habits.answers == "inline")
            if boxed and not content["blocks"]:
                place.add_paragraph("")
        else:
            for table in section.shape.tables:
                if table.title and self.habits.captions:
                    parent.add_paragraph(CAPTIONS[table.name])
                self._table(parent, table, content["tables"].get(table.name, []))
                parent.add_paragraph("")

    def _blocks(self, parent, blocks, *, skip_first):
        for block in blocks:
            if "text" in block:
                for line in block["text"].split("\n")[1 if skip_first else 0 :]:
                    parent.add_paragraph(line)
                skip_first = False
            elif self.habits.tables == "tabs":
                for row in block["table"]:
                    parent.add_paragraph("\t".join(row))
            else:
                table = parent.add_table(len(block["table"]), len(block["table"][0]))
                for cells, row in zip(table.rows, block["table"], strict=True):
                    for cell, text in zip(cells.cells, row, strict=True):
                        cell.text = text
                parent.add_paragraph("")

    def _table(self, parent, table, rows):
        grid = header_rows(table) if self.habits.headers else []
        numbers = not table.single_row and self.habits.number_column
        for place, row in enumerate(rows, start=1):
            grid.append([f"{place}.", *(row[column.code] for column in table.columns)])
        if not rows:
            grid.append([""] * (len(table.columns) + 1))
        grid = [row if numbers else row[1:] for row in grid]
        if self.habits.tables == "tabs":
            for row in grid:
                for line in "\t".join(row).split("\n"):
                    parent.add_paragraph(line)
        elif grid:
            written = parent.add_table(len(grid), len(grid[0]))
            for cells, row in zip(written.rows, grid, strict=True):
                for cell, text in zip(cells.cells, row, strict=True):
                    cell.text = text
            if self.habits.headers:
                self._merge_header(written, table, numbers)

    def _merge_header(self, written, table, numbers):
        first = next((n for n, column in enumerate(table.columns) if column.group), None)
        if first is None:
            return
        first += numbers
        last = first + sum(bool(column.group) for column in table.columns) - 1
        written.cell(0, last).text = ""
        merged = written.cell(0, first).merge(written.cell(0, last))
        merged.text = table.columns[-1].group
        for column in range(first):
            text = written.cell(0, column).text
            written.cell(1, column).text = ""
            written.cell(0, column).merge(written.cell(1, column)).text = text


def header_rows(table) -> list[list[str]]:
    titles = [column.title for column in table.columns]
    if not any(column.group for column in table.columns):
        return [["№", *titles]]
    above, seen = [], set()
    for column in table.columns:
        above.append("" if column.group in seen else column.group or column.title)
        seen.add(column.group)
    below = [column.title if column.group else "" for column in table.columns]
    return [["№", *above], ["", *below]]


def number_automatically(paragraph, list_id: str = "1", depth: str = "0"):
    properties = paragraph._p.get_or_add_pPr()
    numbers = OxmlElement("w:numPr")
    for name, value in (("w:ilvl", depth), ("w:numId", list_id)):
        element = OxmlElement(name)
        element.set(qn("w:val"), value)
        numbers.append(element)
    properties.append(numbers)


def element(xml: str):
    """A piece of WordprocessingML with the usual prefixes declared."""
    head, _, rest = xml.partition(">")
    close = head.endswith("/")
    head = head.removesuffix("/")
    extra = ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    extra += ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    extra += ' xmlns:v="urn:schemas-microsoft-com:vml"'
    return parse_xml(f"{head} {nsdecls('w', 'r')}{extra}{'/' if close else ''}>{rest}")


def passport_file(content: dict, habits: Habits | None = None, **options) -> bytes:
    return Writer(content, habits or Habits(**options)).write().bytes()


def _fresh(cell):
    """A cell comes with an empty paragraph; written as a person would, it goes when something is added."""
    cell._tc.remove(cell.paragraphs[0]._p)
    return cell


def _first_line(content: dict) -> str:
    return next((block["text"].split("\n")[0] for block in content["blocks"] if "text" in block), "")


def part_of(archive: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(archive)) as source:
        return source.read(name)


def with_parts(archive: bytes, parts: dict[str, bytes | None]) -> bytes:
    """The file with parts replaced, added or, where None, left out."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name not in parts:
                target.writestr(name, source.read(name))
        for name, content in parts.items():
            if content is not None:
                target.writestr(name, content)
    return changed.getvalue()
