"""Puts what stands in a Word file into the sections of an edition of the form.

The file is read as each edition in turn, and the one that it fits best is the answer: a donor heading speaks for 2022,
two value columns for 2023, one for 2019, the year in the annex line breaks ties. Nothing is lost and nothing invented:
what finds no place is handed back as «unplaced», what a person should check as a doubt.
"""

import re
from collections import Counter
from dataclasses import dataclass, field

from practices import blocks
from practices.documents import word_marks, word_pictures
from practices.documents.printed_form import PrintedForm
from practices.documents.refused import Refused
from practices.documents.word_flow import WIDEST, Document, Paragraph, Table, lines_of
from practices.documents.word_headings import FoundSection, Titles, cut
from practices.documents.word_keys import key
from practices.documents.word_tables import grid_of_tabs, is_box, place_tables

FEWEST_SECTIONS = 5
FEWEST_UNDER_TITLE = 3  # where the file calls itself «Паспорт практики»
PASSPORT_TITLE = key("Паспорт практики")
ANNEX = re.compile(r"^\s*приложение\b", re.IGNORECASE)
YEAR = re.compile(r"\b20[12]\d\b")
WIDEST_KEPT = 50  # columns that `practices.blocks` takes in a table inside a text
LIST_MARK = re.compile(r"^\s*(?:\d{1,2}[.)]?|[-–—•·▪*])?\s*$")


@dataclass
class Placed:
    """A file read as one edition."""

    edition: str
    sections: dict[str, dict] = field(default_factory=dict)
    unplaced: list[str] = field(default_factory=list)
    doubts: list[tuple[str, dict]] = field(default_factory=list)  # (what, its particulars)
    merged: list[dict] = field(default_factory=list)  # cells of which only the first of several rows was written
    pictures: list[dict] = field(default_factory=list)
    misfits: int = 0


def place(document: Document, forms: list[PrintedForm]) -> Placed:
    """The file as the edition it fits best; raise `Refused` for a file that is no passport."""
    marked = word_marks.take(document, forms)
    if marked is not None:
        document, forms = marked.rest, [marked.form]
    titles = Titles(forms)
    preamble, sections = cut(document.items, titles)
    lines = [line for line in lines_of(preamble) if line]
    called = any(key(line) == PASSPORT_TITLE for line in lines)
    if marked is None and len(sections) < (FEWEST_UNDER_TITLE if called else FEWEST_SECTIONS):
        raise Refused("no_passport")
    annex, others = _split_preamble(lines, titles)
    years = set(YEAR.findall(" ".join(annex + document.margins)))
    readings = [_read_as(form, sections, titles) for form in forms]
    best, is_sure = _best(readings, sections, forms, years)
    best.unplaced[:0] = others
    best.unplaced.extend(document.aside)
    if marked is not None:
        marked.put_into(best)
        _keep_within_limits(best, marked.form)
    if not is_sure:
        best.doubts.insert(0, ("edition_doubtful", {"edition": best.edition}))
    best.pictures = word_pictures.found_in(document, sections)
    _doubt_the_file(best, document, sections, next(form for form in forms if form.code == best.edition))
    return best


def _split_preamble(lines: list[str], titles: Titles) -> tuple[list[str], list[str]]:
    """The annex line with all it goes on in, up to the title; and what else stands before the first section."""
    annex, others, inside = [], [], False
    for line in lines:
        if key(line) == PASSPORT_TITLE:
            inside = False
        elif inside or ANNEX.match(line):
            inside = True
            annex.append(line)
        elif not titles.is_printed(line):
            others.append(line)
    return annex, others


def _read_as(form: PrintedForm, sections: list[FoundSection], titles: Titles) -> Placed:
    reading = Placed(form.code)
    for section in sections:
        code = section.heading.code
        if code not in form.sections:
            reading.misfits += 2  # a section weighs more than a column
            reading.unplaced.extend(lines_of(section.content))
            reading.doubts.append(("unknown_section", {"section": section.heading.words}))
            continue
        shape = form.sections[code].shape
        about = {"section": form.sections[code].title}
        if isinstance(shape, blocks.Tables):
            placed = place_tables(shape, section.content, titles)
            reading.sections[code] = {"tables": placed.tables}
            reading.unplaced.extend(placed.unplaced)
            reading.doubts.extend((doubt, about | more) for doubt, more in placed.doubts)
            reading.merged.extend({"section": code, **cell} for cell in placed.merged)
            reading.misfits += placed.misfits
        else:
            reading.sections[code] = {"blocks": text_blocks(section.content, titles)}
    _keep_within_limits(reading, form)
    return reading


def _best(readings, sections, forms, years) -> tuple[Placed, bool]:
    """The reading that fits best, and whether no other fits as well."""
    numbers = {section.heading.code: section.heading.number for section in sections}

    def fit(pair):
        reading, form = pair
        missing = len(set(form.sections) - set(reading.sections))
        same_numbers = sum(numbers.get(code) == section.number for code, section in form.sections.items())
        return reading.misfits, missing, form.code not in years, -same_numbers

    ranked = sorted(zip(readings, forms, strict=True), key=fit)
    is_sure = len(ranked) == 1 or fit(ranked[0])[:3] != fit(ranked[1])[:3]
    return ranked[0][0], is_sure


def text_blocks(content: list, titles: Titles) -> list[dict]:
    """A free answer: paragraphs, and the tables among them."""
    items = list(_without_boxes(content))
    while items and isinstance(items[0], Paragraph) and titles.is_printed(items[0].text):
        del items[0]
    found: list[dict] = []
    lines: list[Paragraph] = []
    for item in [*items, None]:
        if isinstance(item, Paragraph):
            lines.append(item)
            continue
        found.extend(_blocks_of_lines(lines))
        lines = []
        if item is not None:
            found.append({"table": _cells(item)})
    return [block for block in found if block.get("text") or block.get("table")]


def _without_boxes(items: list):
    for item in items:
        if isinstance(item, Table) and is_box(item):
            yield from _without_boxes([inner for row in item.rows for cell in row for inner in cell.items])
        else:
            yield item


def _blocks_of_lines(lines: list[Paragraph]) -> list[dict]:
    """Text, and tables where neighbouring lines are parted by tabs as the rows of a table would be."""
    found: list[dict] = []
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and _is_row(lines[end]):
            end += 1
        if end - start >= 2 and len({_columns(line) for line in lines[start : start + 2]}) == 1:
            found.append({"table": _cells(grid_of_tabs(lines[start:end]))})
        else:
            end = max(end, start + 1)
            text = "\n".join(lines_of(lines[start:end]))
            if found and "text" in found[-1]:
                found[-1]["text"] += f"\n{text}" if text else ""
            elif text:
                found.append({"text": text})
        start = end
    return found


def _columns(line: Paragraph) -> int:
    return line.text.count("\t")


def _is_row(line: Paragraph) -> bool:
    """Tabs between words: not one that indents a line, nor the one behind a list mark."""
    parts = line.text.rstrip().split("\t")
    return len(parts) > 2 or (len(parts) == 2 and not LIST_MARK.match(parts[0]))


def _cells(table: Table) -> list[list[str]]:
    """Rows of equal length; a merged cell is written once."""
    rows = []
    for cells in table.rows:
        if table.width > WIDEST:
            rows.append([cell.text for cell in cells])
            continue
        row = [""] * table.width
        for cell in cells:
            row[cell.column] = cell.text
        if any(row):
            rows.append(row)
    return rows


def _keep_within_limits(reading: Placed, form: PrintedForm) -> None:
    """What is too long to be kept is no answer but a whole document pasted in; it is shown, not cut."""
    for code, content in reading.sections.items():
        before = len(reading.unplaced)
        if "blocks" in content:
            fitting = [block for block in content["blocks"] if _fits(block)]
            spare = [block for block in content["blocks"] if not _fits(block)] + fitting[blocks.MAX_BLOCKS :]
            content["blocks"] = fitting[: blocks.MAX_BLOCKS]
            reading.unplaced.extend(_block_words(block) for block in spare)
        else:
            for name, rows in content["tables"].items():
                fitting = [row for row in rows if all(len(cell) <= blocks.MAX_CELL for cell in row.values())]
                spare = [row for row in rows if row not in fitting] + fitting[blocks.MAX_ROWS :]
                content["tables"][name] = fitting[: blocks.MAX_ROWS]
                reading.unplaced.extend("\n".join(filter(None, row.values())) for row in spare)
        if len(reading.unplaced) > before:
            reading.doubts.append(("too_long", {"section": form.sections[code].title}))


def _fits(block: dict) -> bool:
    if "text" in block:
        return len(block["text"]) <= blocks.MAX_TEXT
    rows = block["table"]
    return len(rows) <= blocks.MAX_ROWS and all(
        len(row) <= WIDEST_KEPT and all(len(cell) <= blocks.MAX_CELL for cell in row) for row in rows
    )


def _block_words(block: dict) -> str:
    return block["text"] if "text" in block else "\n".join("\t".join(row) for row in block["table"])


def _doubt_the_file(best: Placed, document: Document, sections: list[FoundSection], form: PrintedForm) -> None:
    missing = [section.title for code, section in form.sections.items() if code not in best.sections]
    if missing:
        best.doubts.append(("missing_sections", {"titles": missing}))
    for section in sections:
        if not section.heading.exact and section.heading.code in form.sections:
            title = form.sections[section.heading.code].title
            best.doubts.append(("heading_guessed", {"words": section.heading.words, "section": title}))
    if document.aside:
        best.doubts.append(("aside", {}))
    best.doubts.extend((f"unread_{kind}", {"count": count}) for kind, count in Counter(document.unread).items())
