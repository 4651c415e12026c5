"""A passport written as Word and read back is the same one, whatever people write: for every edition of the form."""

import os
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from practices import fitting
from practices.documents.printed_form import NOTHING, PRINTED_WORDS
from practices.documents.safe_zip import SafeZip
from practices.documents.word_keys import INVISIBLE
from practices.documents.word_marks import Mark
from practices.documents.word_out import filled_docx
from practices.documents.word_place import place
from practices.documents.word_read import read
from practices.models import Edition, SectionTemplate
from tests.practices.documents.passport_files import FORMS

EXAMPLES = int(os.environ.get("ROUND_TRIPS", "40"))  # more of them now and then, by hand

SECTIONS = [section for form in FORMS.values() for section in form.sections.values()]
TABLES = [table for section in SECTIONS for table in getattr(section.shape, "tables", ())]
WORDS_OF_THE_FORM = sorted(
    {
        *(section.title for section in SECTIONS),
        *(f"{section.number}. {section.title}" for section in SECTIONS),
        *(section.title.upper() for section in SECTIONS),
        *(section.hint for section in SECTIONS),
        *(table.title for table in TABLES if table.title),
        *(column.title for table in TABLES for column in table.columns),
        *(column.group for table in TABLES for column in table.columns if column.group),
        *PRINTED_WORDS,
        NOTHING,
        "№",
        "Приложение № 2",
        str(Mark("2022", "title")),
        str(Mark("2023", "costs", "main", nothing=True)),
    }
)
WAYS_OF_PEOPLE = [
    "1. Сосчитать подъезды",
    "2) найти мастеров",
    "- ставит скамейку;",
    "· учит за ней смотреть",
    "5 чел.",
    "10\xa0000 жителей, в том числе:",
    "9\u202f770,5 тыс. руб.",
    "ИТОГО 2\xa0385\xa0000",
    "Всего",
    "—",
    "- - -",
    "1",
    "4.",
    "«Ёлочки „внутри“ ёлочек»",
    'кавычки "прямые" и <угловые> & прочее',
    "Двор\tСкамеек\t6",
    "\tс отступом",
    "   с пробелами вокруг   ",
    "https://town.example.org/?a=1&b=2",
    "мяг\u00adкий перенос и\u200b невидимое",
    "👩‍🔧 и ё из двух знаков: е\u0308",
    "х" * 3000,
]
LINE = st.one_of(
    st.sampled_from(WAYS_OF_PEOPLE),
    st.sampled_from(WORDS_OF_THE_FORM),
    st.builds("{}: {}".format, st.sampled_from(WORDS_OF_THE_FORM), st.sampled_from(WAYS_OF_PEOPLE)),
    st.text(max_size=12),
)
WRITTEN = st.lists(LINE, max_size=5).map("\n".join)
CELL = st.one_of(st.just(""), LINE, WRITTEN)
FREE_TABLE = st.lists(st.lists(CELL, max_size=4), max_size=4)
BLOCKS = st.lists(
    st.one_of(WRITTEN.map(lambda text: {"text": text}), FREE_TABLE.map(lambda rows: {"table": rows})), max_size=4
)
NOTHING_TO_REPORT = "nothing to report"


def edition(code: str) -> Edition:
    """The shipped edition, without a database."""
    form = FORMS[code]
    made = Edition(code=code, title=form.data["title"], annex=form.data["annex"])
    made.templates = [
        SectionTemplate(**{("shape_data" if name == "shape" else name): value for name, value in section.items()})
        for section in form.data["sections"]
    ]
    return made


def rows_of(table):
    return st.lists(st.fixed_dictionaries({column.code: CELL for column in table.columns}), max_size=3)


def content_of(template):
    shape = template.shape
    if template.is_tables:
        tables = st.fixed_dictionaries({table.name: rows_of(table) for table in shape.tables})
        answers = tables.map(lambda tables: shape.clean({"tables": tables}))
    elif shape.one_line:
        answers = LINE.map(lambda line: shape.clean({"blocks": [{"text": line}]}))
    else:
        answers = BLOCKS.map(lambda pieces: shape.clean({"blocks": pieces}))
    return st.one_of(answers, answers, answers, st.just({**shape.empty(), "nothing": True}))


def passports(made: Edition):
    """Content for each section, as it is stored."""
    return st.fixed_dictionaries({template.code: content_of(template) for template in made.templates})


def seen(text: str) -> str:
    """What a reader sees: the importer takes out what nobody can, a soft hyphen or a joiner."""
    return unicodedata.normalize("NFC", INVISIBLE.sub("", text))


def visible(content):
    """The content with only what a reader sees in it."""
    if isinstance(content, dict):
        return {name: part if name == "id" else visible(part) for name, part in content.items()}
    if isinstance(content, list):
        return [visible(part) for part in content]
    return seen(content) if isinstance(content, str) else content


def said(shape, content: dict) -> dict:
    """The content without what says nothing: rows' ids, blank rows, the seam between neighbouring texts."""
    stored = shape.clean(visible({name: part for name, part in content.items() if name != "nothing"}))
    cleaned = shape.without_blank_rows(stored)
    tables = {
        name: [{column: cell for column, cell in row.items() if column != "id"} for row in rows]
        for name, rows in cleaned.get("tables", {}).items()
    }
    merged = []
    for block in cleaned.get("blocks", []):
        if "table" in block:
            merged.append(block)
        elif merged and "text" in merged[-1]:
            merged[-1]["text"] += f"\n{block['text']}"
        else:
            merged.append({"text": block["text"]})
    return {"blocks": merged, "tables": tables, "nothing": content.get("nothing", False)}


@pytest.mark.parametrize("code", FORMS)
@settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_went_out_comes_back_word_for_word(code, data):
    made = edition(code)
    written = data.draw(passports(made))

    placed = place(read(SafeZip(filled_docx(made, written))), list(FORMS.values()))
    came_back = fitting.fit(placed.sections, made.shapes)

    found = {code: fitted.content for code, fitted in came_back.sections.items()}
    assert {code: said(shape, found.get(code, shape.empty())) for code, shape in made.shapes.items()} == {
        code: said(shape, written[code]) for code, shape in made.shapes.items()
    }
    assert (placed.edition, placed.unplaced, came_back.strays, placed.doubts) == (code, [], [], [])
