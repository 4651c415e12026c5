"""The promise of the importer: whatever stands in a file is handed back, once, in place or aside.

The files are nonsense made by chance from the form's words and words that occur once, so that each can be looked for.
"""

import itertools
import json
import random
import re
from collections import Counter

import pytest

from practices import blocks
from practices.documents.printed_form import PRINTED_WORDS
from practices.documents.word_flow import Cell, Document, Paragraph, Table
from practices.documents.word_place import place
from tests.practices.documents.passport_files import FORMS

WORD = re.compile(r"слово\d+я")
SECTIONS = [section for form in FORMS.values() for section in form.sections.values()]
TABLES = [table for section in SECTIONS if isinstance(section.shape, blocks.Tables) for table in section.shape.tables]


class Nonsense:
    def __init__(self, seed: int):
        self.chance = random.Random(seed)  # noqa: S311 - the same in each run
        self.numbers = itertools.count(1)

    def word(self) -> str:
        return f"слово{next(self.numbers)}я"

    def phrase(self) -> str:
        title = self.chance.choice(SECTIONS).title
        hint = self.chance.choice(PRINTED_WORDS)
        return self.chance.choice(
            (
                " ".join(self.word() for _ in range(self.chance.randint(1, 6))),
                f"{self.chance.randint(1, 30)}. {self.word()}",
                f"{self.word()}\t{self.word()}",
                f"{self.word()}\t{self.word()}\t{self.word()}",
                f"{self.word()}\n{self.word()}",
                f"Итого {self.word()}",
                self.chance.choice(("", "-", "—", "1", "2.", "№")),
                f"{title}{self.chance.choice((' ', ': ', '. ', chr(10)))}{self.word()}",
                f"{title[: self.chance.randint(5, 60)]}{self.word()}",
                hint,
                f"{hint}: {self.word()}",
            )
        )

    def cell(self, column: int, depth: int) -> Cell:
        items = [Paragraph(self.phrase()) for _ in range(self.chance.choice((0, 1, 1, 2)))]
        if depth < 2 and self.chance.random() < 0.05:
            items.append(self.table(depth + 1))
        return Cell(items, column, span=self.chance.choice((1, 1, 1, 1, 2)))

    def table(self, depth: int = 0) -> Table:
        columns = self.chance.choice(TABLES).columns
        rows = []
        if self.chance.random() < 0.7:
            titles = ["№", *(column.title + self.chance.choice(("", "", f" {self.word()}")) for column in columns)]
            rows.append([Cell([Paragraph(title)], at) for at, title in enumerate(titles)])
        for _ in range(self.chance.randint(0, 4)):
            row, column = [], self.chance.choice((0, 0, 0, 1))
            for _ in range(max(1, len(columns) + self.chance.choice((-1, 0, 1, 1, 2)))):
                row.append(self.cell(column, depth))
                column += row[-1].span
            rows.append(row)
        return Table(rows)

    def answer(self):
        return self.chance.choice((lambda: Paragraph(self.phrase()), self.table, lambda: Table([[self.cell(0, 0)]])))()

    def document(self) -> list:
        items: list = [Paragraph(self.phrase())]
        for section in self.chance.choice(list(FORMS.values())).sections.values():
            heading = Paragraph(self.chance.choice(("", f"{section.number}. ")) + section.title)
            content = [self.answer() for _ in range(self.chance.choice((0, 1, 1, 2, 3)))]
            if self.chance.random() < 0.8:
                items += [heading, *content]
            else:
                items.append(Table([[Cell([heading]), Cell(content, 1)]]))
        return items


def texts(items):
    for item in items:
        if isinstance(item, Paragraph):
            yield item.text
        else:
            yield from (text for row in item.rows for cell in row for text in texts(cell.items))


@pytest.mark.parametrize("seed", range(60))
def test_nothing_is_lost_and_nothing_given_twice(seed):
    items = Nonsense(seed).document()

    reading = place(Document(items, [], [], Counter()), list(FORMS.values()))

    given = Counter(WORD.findall(json.dumps([reading.sections, reading.unplaced], ensure_ascii=False)))
    told = set(WORD.findall(json.dumps(reading.doubts, ensure_ascii=False)))  # a heading with a slip is told, not kept
    written = set(WORD.findall("\n".join(texts(items))))
    assert written
    assert written - set(given) - told == set()
    assert [word for word, times in given.items() if times > 1] == []
    assert set(given) <= written
