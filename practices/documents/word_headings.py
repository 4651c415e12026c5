"""Finds the headings of the form in a Word file and cuts the file into sections at them.

A section is known by its title, in whatever spelling `word_keys` sees through; a number only supports. Inside an
answer's box nothing is taken for a heading. Where a title stands twice, the one in the order of the form is the heading
and the other is text.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from practices.documents.printed_form import PRINTED_WORDS, PrintedForm
from practices.documents.word_flow import Cell, Paragraph, Table
from practices.documents.word_keys import after, key, similarity, split_number

ALIKE = 0.88
ALIKE_WITH_NUMBER = 0.78
SHORTEST_PIECE = 12
LONGEST_HEADING = 400  # the longest title with its hint has 190
PARENTHESES = re.compile(r"\s*\(([^()]*(?:\([^()]*\)[^()]*)*)\)")
PARENTHESES_AT_END = re.compile(r"\s*\([^()]*\)\s*$")
SEPARATOR = re.compile(r"\s*(?:[:\n\t.]|[–—-](?=\s))\s*")
LETTERS_MORE = 4  # in a hint with a slip of the pen; more would be somebody's words
LIMIT_WORDS = key("не более 0,5 страницы")
DIGITS = re.compile(r"\d+")


@dataclass
class Heading:
    """A title of the form as it stands in the file. `answer` is what follows it on its own line."""

    code: str
    words: str
    number: int | None = None
    answer: str = ""
    exact: bool = True


@dataclass
class FoundSection:
    heading: Heading
    content: list = field(default_factory=list)


class Titles:
    """The titles of all editions together: which of them does a line say?"""

    def __init__(self, forms: list[PrintedForm]):
        self.forms = forms
        self.codes = {code: section.title for form in forms for code, section in form.sections.items()}

    @cached_property
    def variants(self) -> list[tuple[str, str]]:
        """(key, code), the longest first, so that «практики-донора» is not taken for «практики»."""
        found = {}
        for form in self.forms:
            for code, section in form.sections.items():
                without_end = PARENTHESES_AT_END.sub("", section.title)
                for title in (PARENTHESES.sub("", section.title), without_end, section.title):
                    found[key(title)] = code
        return sorted(found.items(), key=lambda pair: -len(pair[0]))

    @cached_property
    def short_titles(self) -> dict[str, str]:
        return {key(s.short_title): code for form in self.forms for code, s in form.sections.items() if s.short_title}

    @cached_property
    def numbers(self) -> dict[str, set[int]]:
        numbers = defaultdict(set)
        for form in self.forms:
            for code, section in form.sections.items():
                numbers[code].add(section.number)
        return numbers

    @cached_property
    def order(self) -> dict[str, int]:
        fullest = max(self.forms, key=lambda form: len(form.sections))
        codes = dict.fromkeys([*fullest.sections, *self.codes])
        return {code: position for position, code in enumerate(codes)}

    @cached_property
    def _printed(self) -> tuple[str, ...]:
        """Keys of what the official form prints beside its titles."""
        titles = (section.title for form in self.forms for section in form.sections.values())
        inside = (found for title in titles for found in PARENTHESES.findall(title))
        return tuple({key(words).replace(LIMIT_WORDS, "") for words in (*PRINTED_WORDS, *inside)} - {""})

    @cached_property
    def _hints(self) -> set[str]:
        """Keys of the portal's own hints, which hold examples: an answer may be a part of one."""
        return {key(section.hint).replace(LIMIT_WORDS, "") for form in self.forms for section in form.sections.values()}

    def is_printed(self, words: str) -> bool:
        """Whether the form says this itself: a hint, a piece of a torn one, «не более 0,5 страницы»."""
        said = key(words).replace(LIMIT_WORDS, "")
        if not said or said in self._hints:
            return True
        if len(said) > LONGEST_HEADING:
            return False
        return any(
            said == hint
            or (len(said) >= SHORTEST_PIECE and (hint.startswith(said) or hint.endswith(said)))
            or (len(said) <= len(hint) + LETTERS_MORE and similarity(said, hint) >= ALIKE)
            for hint in self._printed
        )

    def heading(self, text: str, label: str = "") -> Heading | None:
        """The heading that a line is, if it is one."""
        number, words = split_number(text)
        if number is None and (digits := DIGITS.search(label)):
            number = int(digits[0][:3])
        said = key(words[:LONGEST_HEADING])
        for title, code in self.variants:
            if said.startswith(title):
                answer = self._answer_after(after(words, len(title)))
                return None if answer is None else Heading(code, text.strip(), number, answer)
        if number is not None and said in self.short_titles:
            return Heading(self.short_titles[said], text.strip(), number)
        return self._alike(text, number, said) if len(words) <= LONGEST_HEADING else None

    def _answer_after(self, rest: str) -> str | None:
        """The answer behind a title, without the form's own words; None where the title only begins a sentence."""
        while (found := PARENTHESES.match(rest)) and self.is_printed(found[1]):
            rest = rest[found.end() :]
        if self.is_printed(rest):
            return ""
        separator = SEPARATOR.match(rest)
        if separator is None:
            return None
        lines = rest[separator.end() :].split("\n")
        while lines and self.is_printed(lines[0]):
            del lines[0]
        return "\n".join(lines).strip()

    def _alike(self, text: str, number: int | None, said: str) -> Heading | None:
        """A title with a slip of the pen; with its number beside it a larger one."""
        said = said.replace(LIMIT_WORDS, "")
        best, code = max(((self._likeness(said, title), code) for title, code in self.variants), default=(0, ""))
        needed = ALIKE_WITH_NUMBER if number in self.numbers[code] else ALIKE
        return Heading(code, text.strip(), number, exact=False) if best >= needed else None

    @staticmethod
    def _likeness(said: str, title: str) -> float:
        if len(said) < 12 or not 0.7 < len(said) / len(title) < 1.4:
            return 0.0
        return similarity(said, title)

    def torn_heading(self, parts: list[str], label: str) -> Heading | None:
        """A title torn into several paragraphs."""
        _, words = split_number(parts[0])
        begun = key(words)
        if len(begun) < 8 or not any(len(begun) < len(title) and title.startswith(begun) for title, _ in self.variants):
            return None
        joined = self.heading(" ".join(parts), label)
        return joined if joined is not None and joined.exact and not joined.answer else None


def cut(items: list, titles: Titles) -> tuple[list, list[FoundSection]]:
    """What stands before the first heading, and the sections in the order of the file."""
    flow = [item for item in spread(items, titles) if not is_blank(item)]
    starts = _choose(_candidates(flow, titles), flow, titles)
    ends = [begin for begin, _, _ in starts] + [len(flow)]
    sections = []
    for (_, begin, heading), end in zip(starts, ends[1:], strict=True):
        answer = [Paragraph(line) for line in heading.answer.split("\n") if line.strip()]
        sections.append(FoundSection(heading, answer + flow[begin:end]))
    return flow[: ends[0]], sections


def is_blank(item) -> bool:
    return isinstance(item, Paragraph) and not item.text.strip() and not item.pictures


def spread(items: list, titles: Titles) -> list:
    """The items, with tables that only lay out the page, as one big table does, replaced by their content."""
    flow = []
    for item in items:
        if isinstance(item, Table) and _lays_out(item, titles):
            flow.extend(_spread_table(item, titles))
        else:
            flow.append(item)
    return flow


def _codes_in(items: list, titles: Titles) -> set[str]:
    """Headings among the paragraphs, in tables inside as well."""
    codes = {heading.code for _, _, heading in _candidates(items, titles) if heading.exact}
    for item in items:
        if isinstance(item, Table):
            codes |= _codes_in([inner for row in item.rows for cell in row for inner in cell.items], titles)
    return codes


def _lays_out(table: Table, titles: Titles) -> bool:
    codes = _codes_in([table], titles)
    if len(codes) >= 3:
        return True
    cells = [cell for row in table.rows for cell in row]
    return len(codes) > 0 and len(cells) > 1 and _codes_in(cells[0].items, titles) != set()


def _spread_table(table: Table, titles: Titles) -> list:
    flow, waiting = [], []
    for row in table.rows:
        cells = [cell for cell in row if not cell.continues]
        with_heading = [bool(_codes_in(cell.items, titles)) for cell in cells]
        if not any(with_heading):
            waiting.append(cells)
            continue
        flow.extend(_as_box(waiting))
        waiting = []
        for cell, has_heading in zip(cells, with_heading, strict=True):
            if has_heading:
                flow.extend(spread(cell.items, titles))
            elif DIGITS.sub("", cell.text).strip(" .)№\n"):
                flow.append(Table([[Cell(cell.items)]]))
    return flow + _as_box(waiting)


def _as_box(rows: list[list[Cell]]) -> list[Table]:
    return [Table(rows)] if any(cell.items for row in rows for cell in row) else []


def _candidates(flow: list, titles: Titles) -> list[tuple[int, int, Heading]]:
    """(where it begins, where its content begins, the heading) for everything that may be one."""
    found, position = [], 0
    while position < len(flow):
        heading, length = _heading_at(flow, position, titles)
        if heading is not None:
            found.append((position, position + length, heading))
        position += length
    return found


def _heading_at(flow: list, position: int, titles: Titles) -> tuple[Heading | None, int]:
    """The heading that begins here, and how many paragraphs it takes."""
    first = flow[position]
    if not isinstance(first, Paragraph):
        return None, 1
    for length in (3, 2):
        parts = [item.text for item in flow[position : position + length] if isinstance(item, Paragraph)]
        if len(parts) == length and sum(map(len, parts)) <= LONGEST_HEADING:
            heading = titles.torn_heading(parts, first.label)
            if heading is not None:
                return heading, length
    return titles.heading(first.text, first.label), 1


def _choose(candidates: list, flow: list, titles: Titles) -> list:
    """One heading for each section."""
    by_code = defaultdict(list)
    for candidate in candidates:
        by_code[candidate[2].code].append(candidate)
    sure = [of_code[0] for of_code in by_code.values() if len(of_code) == 1]
    begins = {begin for begin, _, _ in candidates}

    def merit(candidate):
        begin, end, heading = candidate
        place = titles.order[heading.code]
        in_order = sum((titles.order[other.code] < place) == (at < begin) for at, _, other in sure)
        is_followed = end < len(flow) and end not in begins
        return heading.exact, in_order, heading.number is not None, is_followed, -begin

    return sorted((max(of_code, key=merit) for of_code in by_code.values()), key=lambda candidate: candidate[0])
