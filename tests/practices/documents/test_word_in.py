"""Reading a passport out of a Word file, whatever habits its author has. The files are written by `passport_files`."""

import json
import subprocess
import sys

import pytest
from django.conf import settings

from practices.documents import word_in
from practices.documents.printed_form import PrintedForm
from practices.documents.refused import Refused
from practices.documents.safe_zip import SafeZip
from practices.documents.word_in import NotAPassport, Recognised, UnsafeFile, read_passport
from practices.documents.word_place import place
from practices.documents.word_read import read
from practices.models import Edition
from practices.services import load_edition
from tests.practices.documents.example_passport import example, table, text
from tests.practices.documents.passport_files import FORMS, Habits, Writer, passport_file

YEARS = ("2019", "2022", "2023")


def placed(data: bytes):
    """What the child would answer, without a child."""
    return place(read(SafeZip(data)), list(FORMS.values()))


def written(content, **habits):
    return placed(passport_file(content, Habits(**habits)))


def grid_with(writer: Writer, words: str):
    return next(grid for grid in writer.document.tables if words in [cell.text for cell in grid.rows[0].cells])


def in_order(sections: dict) -> dict:
    """The example's sections, as far as they were written."""
    return {code: sections[code] for code in sorted(sections)}


def spaced_out(title: str) -> str:
    return "   ".join(" ".join(word) for word in title.split())


def with_latin_letters(title: str) -> str:
    return title.translate(str.maketrans("СсАаЕеОоРрХхКМТ", "CcAaEeOoPpXxKMT"))


def with_soft_hyphens(title: str) -> str:
    return "\u00ad".join(title[at : at + 4] for at in range(0, len(title), 4))


def in_runs(title: str) -> list[str]:
    return [title[:3], title[3:9], title[9:]]


def in_paragraphs(title: str) -> list[str]:
    words = title.split()
    middle = len(words) // 2
    return [" ".join(words[:middle]), "¶", " ".join(words[middle:])] if len(words) > 3 else [title]


def with_a_colon(title: str) -> str:
    return title + " :"


def with_a_slip(title: str) -> str:
    return title[:6] + title[7:] if len(title) > 24 else title


HABITS = {
    "as the form is": {},
    "no numbers": {"numbers": "none"},
    "numbers by Word": {"numbers": "automatic"},
    "wrong numbers": {"numbers": "wrong"},
    "capitals": {"spell": str.upper},
    "spaced out": {"spell": spaced_out},
    "Latin letters": {"spell": with_latin_letters},
    "soft hyphens": {"spell": with_soft_hyphens},
    "headings over runs": {"spell": in_runs},
    "headings over paragraphs": {"spell": in_paragraphs},
    "colons": {"spell": with_a_colon},
    "a slip in each title": {"spell": with_a_slip},
    "no boxes": {"answers": "plain"},
    "no boxes, no numbers, capitals": {"answers": "plain", "numbers": "none", "spell": str.upper},
    "answers on the heading's line": {"answers": "inline"},
    "tables flattened to tabs": {"tables": "tabs"},
    "no boxes, tables flattened": {"answers": "plain", "tables": "tabs"},
    "one table of two columns": {"layout": "two columns"},
    "one table of three columns": {"layout": "three columns"},
    "one table, headings torn": {"layout": "two columns", "spell": in_paragraphs},
    "one table, tables flattened": {"layout": "two columns", "tables": "tabs"},
    "one column, heading above answer": {"layout": "rows"},
    "a frame around it all": {"layout": "frame"},
    "no header rows": {"headers": False},
    "no column of numbers": {"number_column": False},
    "neither header nor numbers": {"headers": False, "number_column": False},
    "no captions": {"captions": False},
    "captions only": {"headers": False, "captions": True},
    "no hints": {"hints": False},
}


@pytest.mark.parametrize("edition", YEARS)
@pytest.mark.parametrize("habits", HABITS.values(), ids=HABITS.keys())
def test_every_piece_finds_its_place(edition, habits):
    reading = written(example(edition), edition=edition, **habits)

    assert reading.edition == edition
    assert in_order(reading.sections) == in_order(example(edition))
    assert reading.unplaced == []


@pytest.mark.parametrize("edition", YEARS)
def test_a_blank_form_gives_empty_sections_and_no_words_of_the_form(edition):
    blank = {
        code: {"tables": {name: [] for name in content["tables"]}} if "tables" in content else {"blocks": []}
        for code, content in example(edition).items()
    }

    reading = written(blank, edition=edition)

    assert reading.edition == edition
    assert in_order(reading.sections) == in_order(blank)
    assert reading.unplaced == []


def test_a_missing_section_is_told_and_moves_nothing():
    reading = written(example("2023"), without=("business_model",))

    assert "business_model" not in reading.sections
    assert len(reading.sections) == 21
    assert ("missing_sections", {"titles": ["Краткое описание бизнес-модели реализации практики"]}) in reading.doubts


def test_an_answer_that_begins_like_a_heading_stays_an_answer():
    content = example("2023") | {
        "description": text("Краткое описание практики мы дали выше.", "2. Сроки реализации работ")
    }

    reading = written(content, answers="plain")

    assert reading.sections["description"] == content["description"]


def test_a_title_repeated_inside_an_answer_is_text():
    content = example("2023") | {"description": text("Результаты практики:", "скамейки стоят.")}

    reading = written(content, answers="plain")

    assert reading.sections["description"] == content["description"]
    assert reading.sections["results"] == content["results"]


# Which edition


def test_a_donor_heading_speaks_for_2022_even_when_its_answer_is_empty():
    assert written(example("2022"), edition="2022", year="2023").edition == "2022"


def test_the_annex_line_decides_where_the_results_are_missing():
    assert written(example("2023"), edition="2023", year="2023", without=("results",)).edition == "2023"
    assert written(example("2019"), edition="2019", year="2019", without=("results",)).edition == "2019"


def test_an_undecidable_edition_is_called_doubtful():
    reading = written(example("2023"), without=("results",))

    assert ("edition_doubtful", {"edition": reading.edition}) in reading.doubts


def test_one_value_column_beside_a_donor_is_read_and_doubted():
    content = example("2022") | {"results": example("2019")["results"]}
    writer = Writer(content, Habits(edition="2022", without=("results",)))
    writer.form = FORMS["2022"]
    writer.write()
    writer.habits = Habits(edition="2022")
    writer._heading(writer.document, FORMS["2019"].sections["results"])
    writer._table(
        writer.document, FORMS["2019"].sections["results"].shape.tables[0], content["results"]["tables"]["main"]
    )

    reading = placed(writer.bytes())

    assert reading.edition == "2022"
    assert [row["value_total"] for row in reading.sections["results"]["tables"]["main"]] == ["200\n44", "более 50"]
    assert "column_guessed" in [doubt for doubt, _ in reading.doubts]


# What is no answer


def costs(*rows, **habits):
    content = example("2023") | {"costs": table(*rows)}
    return written(content, **habits)


def test_rows_without_words_are_dropped_and_dashes_are_mentioned():
    reading = costs(
        {"item": "Доски", "amount": "10 000", "source": "-"},
        {"item": "", "amount": "", "source": ""},
        {"item": "-", "amount": "–", "source": "—"},
    )

    assert reading.sections["costs"] == table({"item": "Доски", "amount": "10 000", "source": "-"})
    assert [doubt for doubt, _ in reading.doubts] == ["dashes"]


@pytest.mark.parametrize("words", ["ИТОГО", "Итого:", "Всего 39 500,00"])
def test_the_total_of_the_costs_is_left_aside(words):
    reading = costs(
        {"item": "Итоговая встреча", "amount": "10 000", "source": "Бюджет"},
        {"item": words, "amount": "10 000,00", "source": ""},
    )

    assert reading.sections["costs"] == table({"item": "Итоговая встреча", "amount": "10 000", "source": "Бюджет"})
    assert reading.unplaced == [f"{words}\n10 000,00"]
    assert [doubt for doubt, _ in reading.doubts] == ["total"]


def test_words_beside_a_table_are_left_aside():
    writer = Writer(example("2023"), Habits()).write()
    writer.document.add_paragraph("Глава города ______________")

    reading = placed(writer.bytes())

    assert reading.unplaced == ["Глава города ______________"]
    assert reading.sections["contacts"] == example("2023")["contacts"]


def test_words_before_the_first_section_are_left_aside_but_for_the_annex_line():
    writer = Writer(example("2023"), Habits(year="2023")).write()
    writer.document.paragraphs[0].insert_paragraph_before("Исх. № 5 от 01.02.2023")

    assert placed(writer.bytes()).unplaced == ["Исх. № 5 от 01.02.2023"]


def test_a_letter_is_no_passport():
    writer = Writer({}, Habits(without=tuple(FORMS["2023"].sections))).write()
    for line in ("Уважаемые коллеги!", "2. Сроки реализации работ согласовать.", "Наименование практики"):
        writer.document.add_paragraph(line)

    with pytest.raises(Refused, match="no_passport"):
        placed(writer.bytes())


# Tables of another cut


def test_a_column_that_the_form_lacks_is_left_aside_by_the_cell():
    writer = Writer(example("2023"), Habits()).write()
    grid = grid_with(writer, "Статья затрат")
    added = grid.add_column(914400)
    for cell, words in zip(added.cells, ("Примечание", "по договору", ""), strict=True):
        cell.text = words

    reading = placed(writer.bytes())

    assert reading.sections["costs"] == example("2023")["costs"]
    assert reading.unplaced == ["Примечание", "по договору"]


def test_a_unit_in_a_column_heading_is_not_lost():
    writer = Writer(example("2023"), Habits()).write()
    grid = grid_with(writer, "Статья затрат")
    grid.cell(0, 2).text = "Объем затрат, тыс. руб."

    reading = placed(writer.bytes())

    assert reading.sections["costs"] == example("2023")["costs"]
    assert reading.unplaced == ["Объем затрат, тыс. руб."]


def test_a_merged_source_is_written_once_and_the_merge_is_told():
    writer = Writer(example("2023"), Habits()).write()
    grid = grid_with(writer, "Статья затрат")
    grid.cell(2, 3).text = ""
    grid.cell(1, 3).merge(grid.cell(2, 3)).text = "Бюджет города"

    reading = placed(writer.bytes())

    assert [row["source"] for row in reading.sections["costs"]["tables"]["main"]] == ["Бюджет города", ""]
    assert reading.unplaced == ["Бюджет города"]
    (told,) = [about for doubt, about in reading.doubts if doubt == "merged"]
    assert (told["column"], told["rows"]) == ("Источник финансирования", 2)


def test_a_label_that_spans_columns_stands_in_the_first_of_them():
    writer = Writer(example("2023"), Habits()).write()
    grid = grid_with(writer, "Статья затрат")
    grid.cell(2, 1).merge(grid.cell(2, 2)).text = "Краска, подарена"

    rows = placed(writer.bytes()).sections["costs"]["tables"]["main"]

    assert rows[1] == {"item": "Краска, подарена", "amount": "", "source": "Спонсорская помощь"}


def test_a_table_cut_by_a_page_break_goes_on():
    writer = Writer(example("2023"), Habits()).write()
    grid = grid_with(writer, "Статья затрат")
    second = writer.document.add_table(2, 4)
    for row, words in zip(
        second.rows,
        (["№", "Статья затрат", "Объём затрат", "Источник финансирования"], ["3", "Лак", "1", "Грант"]),
        strict=True,
    ):
        for cell, word in zip(row.cells, words, strict=True):
            cell.text = word
    grid._tbl.addnext(second._tbl)

    rows = placed(writer.bytes()).sections["costs"]["tables"]["main"]

    assert [row["item"] for row in rows] == ["Доски", "Краска", "Лак"]


@pytest.mark.parametrize("sideways", [True, False], ids=["turned on its side", "as lines"])
def test_the_two_numbers_of_people_are_found_without_their_table(sideways):
    writer = Writer(example("2023"), Habits(without=("stakeholders",))).write()
    section = FORMS["2023"].sections["stakeholders"]
    writer._heading(writer.document, section)
    labels = [column.title for column in section.shape.tables[0].columns]
    if sideways:
        grid = writer.document.add_table(2, 2)
        for row, words in zip(grid.rows, zip(labels, ("50", "10 000"), strict=True), strict=True):
            for cell, word in zip(row.cells, words, strict=True):
                cell.text = word
    else:
        writer.document.add_paragraph(f"{labels[0]}: 50")
        writer.document.add_paragraph(f"{labels[1]} – 10 000")

    assert placed(writer.bytes()).sections["stakeholders"] == table({"involved": "50", "affected": "10 000"})


def test_a_list_in_place_of_a_one_column_table_gives_its_items():
    writer = Writer(example("2023"), Habits(without=("approaches",))).write()
    writer._heading(writer.document, FORMS["2023"].sections["approaches"])
    for line in ("1. Открытость", "2. Один двор", "за один день"):
        writer.document.add_paragraph(line)

    reading = placed(writer.bytes())

    assert reading.sections["approaches"] == table(
        {"description": "Открытость"}, {"description": "Один двор\nза один день"}
    )


# Through the child


def test_the_child_knows_no_django():
    code = "import sys, practices.documents.word_child; sys.exit('django' in sys.modules)"

    child = subprocess.run([sys.executable, "-c", code], cwd=settings.BASE_DIR, check=False)  # noqa: S603 - our own

    assert child.returncode == 0


@pytest.mark.django_db
def test_an_edition_of_the_database_is_read_like_the_printed_one():
    for form in FORMS.values():
        load_edition(form.data)

    recognised = read_passport(passport_file(example("2023")), Edition.objects.prefetch_related("sections"))

    assert isinstance(recognised, Recognised)
    assert recognised.edition == "2023"
    assert in_order(recognised.sections) == in_order(example("2023"))


def test_an_edition_that_an_organiser_made_needs_no_code():
    made = json.loads(json.dumps(FORMS["2023"].data))
    made["code"] = "2031"
    made["sections"] = [
        {"number": 1, "code": "dream", "title": "О чём мечтали жители", "shape": {"kind": "text"}},
        {
            "number": 2,
            "code": "benches",
            "title": "Список поставленных скамеек",
            "shape": {
                "kind": "tables",
                "tables": [
                    {
                        "name": "main",
                        "columns": [{"code": "yard", "title": "Двор"}, {"code": "count", "title": "Сколько"}],
                    }
                ],
            },
        },
        *[section | {"number": section["number"] + 2} for section in made["sections"]],
    ]
    form = PrintedForm(made)
    content = example("2023") | {"dream": text("Посидеть."), "benches": table({"yard": "Лесная, 4", "count": "6"})}
    writer = Writer(content, Habits())
    writer.form = form

    recognised = read_passport(writer.write().bytes(), [*FORMS.values(), form])

    assert recognised.edition == "2031"
    assert recognised.sections["dream"] == text("Посидеть.")
    assert recognised.sections["benches"] == table({"yard": "Лесная, 4", "count": "6"})


def test_a_refusal_comes_with_its_sentence():
    with pytest.raises(NotAPassport) as refusal:
        read_passport(b"PK\x03\x04 and nothing more", FORMS.values())

    assert "damaged" in str(refusal.value.reason)
    assert refusal.value.sentence


def test_a_file_that_is_too_large_never_reaches_the_child(monkeypatch):
    monkeypatch.setattr(word_in, "run_child", None)

    with pytest.raises(UnsafeFile, match="too_large"):
        read_passport(b"PK\x03\x04" + bytes(word_in.MAX_FILE), FORMS.values())


def test_the_form_and_the_reader_allow_the_same_size():
    assert word_in.MAX_FILE == settings.MAX_WORD_FILE_BYTES


def test_a_file_that_takes_too_long_is_refused(monkeypatch):
    limits = word_in.Limits(wall_seconds=0.01, cpu_seconds=1)
    monkeypatch.setattr(word_in, "LIMITS", limits)

    with pytest.raises(UnsafeFile, match="too_much"):
        read_passport(passport_file(example("2023")), FORMS.values())


def test_what_is_too_long_to_keep_is_shown_and_not_cut():
    long = "слово " * 4_000
    content = example("2023") | {"costs": table({"item": long.strip(), "amount": "1", "source": ""})}

    reading = written(content)

    assert reading.sections["costs"] == table()
    assert reading.unplaced == [f"{long.strip()}\n1"]
