"""The official form as a Word file: how it is built, and that Word finds nothing to complain about."""

import io
import zipfile
from itertools import pairwise

import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import etree

from practices.documents.safe_zip import RATIO_FROM, SafeZip
from practices.documents.word_out import blank_docx, filled_docx, passport_docx
from practices.documents.word_place import place
from practices.documents.word_read import read
from tests.factories import PassportFactory, edition as stored_edition, utc
from tests.practices.documents.example_passport import example, table, text
from tests.practices.documents.passport_files import FORMS
from tests.practices.documents.test_word_round_trip import edition

YEARS = sorted(FORMS)


def opened(data: bytes):
    return Document(io.BytesIO(data))


def part(data: bytes, name: str):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def placed(data: bytes):
    return place(read(SafeZip(data)), list(FORMS.values()))


def edited(data: bytes, change) -> bytes:
    """The file as somebody saved it after a change in Word."""
    document = opened(data)
    change(document)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def table_of(document, code: str):
    return next(
        grid for grid in document.tables if f"/{code}/" in grid._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val"))
    )


def paragraphs_in(document, style: str) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == style]


@pytest.mark.parametrize("code", YEARS)
def test_form_has_its_annex_line_its_title_and_numbered_sections_with_hints(code):
    form = edition(code)

    document = opened(filled_docx(form, example(code)))

    assert paragraphs_in(document, "Приложение") == ["Приложение № 2"]
    assert paragraphs_in(document, "Title") == ["Паспорт практики"]
    assert paragraphs_in(document, "Heading 1") == [f"{s.number}. {s.title}" for s in form.templates]
    assert paragraphs_in(document, "Пояснение") == [s.hint for s in form.templates if s.hint]


def test_text_stands_in_its_box_with_the_tables_inside_it():
    document = opened(filled_docx(edition("2022"), example("2022")))

    box = table_of(document, "indicators_before").cell(0, 0)

    (inner,) = box.tables
    assert [p.text for p in box.paragraphs if p.text] == [
        "В городе 214 подъездов без скамеек.",
        "Своими силами дворы почти не обустраивали.",
    ]
    assert [cell.text for cell in inner.rows[0].cells] == ["", "2019 год", "2020 год"]


def test_list_in_a_text_keeps_its_marks_and_hangs():
    document = opened(filled_docx(edition("2022"), {"goals": text("Задачи:", "1. Сосчитать подъезды.", "- быстро")}))

    lines = table_of(document, "goals").cell(0, 0).paragraphs

    assert [(line.text, line.style.name) for line in lines] == [
        ("Задачи:", "Ответ"),
        ("1. Сосчитать подъезды.", "Пункт ответа"),
        ("- быстро", "Пункт ответа"),
    ]


def test_two_value_columns_share_a_heading():
    results = table_of(opened(filled_docx(edition("2022"), example("2022"))), "results")

    upper, lower, first, _second = ([cell.text for cell in row.cells] for row in results.rows)

    assert upper == ["№", "Показатель, единица измерения", "Значение показателя", "Значение показателя"]
    assert lower[2:] == ["за последний год реализации практики", "за весь период реализации"]
    assert lower[:2] == upper[:2]  # merged with the cells above
    assert first == ["1", "Поставлено скамеек, шт.", "44", "200"]
    assert results.cell(0, 2)._tc is results.cell(0, 3)._tc


def test_regulations_are_two_tables_with_their_titles():
    document = opened(filled_docx(edition("2023"), example("2023")))

    assert paragraphs_in(document, "Caption") == [
        "Принятые нормативно-правовые акты",
        "Изменённые нормативно-правовые акты",
    ]


def test_head_repeats_on_the_next_page_and_short_rows_stay_whole():
    long = {"description": "слово " * 400}
    answers = {"opportunities": table({"description": "Мастерская"}, long)}

    head, short_row, long_row = table_of(opened(filled_docx(edition("2022"), answers)), "opportunities").rows

    properties = [
        {child.tag for child in row._tr.trPr} if row._tr.trPr is not None else set()
        for row in (head, short_row, long_row)
    ]
    assert properties == [{qn("w:cantSplit"), qn("w:tblHeader")}, {qn("w:cantSplit")}, set()]


def test_end_is_for_the_signature_of_the_head():
    document = opened(blank_docx(edition("2022")))

    line, below, date = document.paragraphs[-3:]

    assert line.text.startswith("Подпись руководителя\t")
    assert below.text == "\tдолжность\tподпись\tрасшифровка подписи"
    assert date.text.startswith("Дата:")


def test_page_is_an_upright_a4_in_russian_with_its_number():
    data = filled_docx(edition("2022"), {}, name="Двор", number="2026-0007")
    document = opened(data)
    (section,) = document.sections

    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert section.header.paragraphs[0].text == "Заявка № 2026-0007"
    assert section.footer.paragraphs[0].text.startswith("Паспорт практики «Двор»")
    assert b'instr=" PAGE "' in etree.tostring(part(data, "word/footer1.xml"))
    assert part(data, "word/styles.xml").find(f".//{qn('w:lang')}").get(qn("w:val")) == "ru-RU"


def test_properties_name_the_practice_and_nobody():
    properties = opened(filled_docx(edition("2022"), {}, name="Двор", changed_at=utc(2026, 3, 1, 9))).core_properties

    assert (properties.title, properties.language, properties.author) == ("Двор", "ru-RU", "")
    assert properties.last_modified_by == ""
    assert properties.modified.replace(tzinfo=None).isoformat() == "2026-03-01T09:00:00"


@pytest.mark.parametrize("code", YEARS)
def test_every_table_keeps_to_its_grid_and_every_cell_ends_in_a_paragraph(code):
    ragged = {"blocks": [{"table": [["a"], ["b", "c", "d"]]}, {"table": [["e"]]}]}

    root = part(filled_docx(edition(code), example(code) | {"goals": ragged}), "word/document.xml")

    tables = list(root.iter(qn("w:tbl")))
    assert len(tables) > 20
    for grid in tables:
        widths = [int(column.get(qn("w:w"))) for column in grid.find(qn("w:tblGrid"))]
        assert int(grid.find(f"{qn('w:tblPr')}/{qn('w:tblW')}").get(qn("w:w"))) == sum(widths)
        for row in grid.findall(qn("w:tr")):
            spans = row.findall(f"{qn('w:tc')}/{qn('w:tcPr')}/{qn('w:gridSpan')}")
            after = row.findall(f"{qn('w:trPr')}/{qn('w:gridAfter')}")
            more = sum(int(one.get(qn("w:val"))) for one in [*spans, *after]) - len(spans)
            assert len(row.findall(qn("w:tc"))) + more == len(widths)
    assert all(cell[-1].tag == qn("w:p") for cell in root.iter(qn("w:tc")))
    neighbours = (pair for holder in root.iter(qn("w:tc"), qn("w:body")) for pair in pairwise(holder))
    assert not any(above.tag == below.tag == qn("w:tbl") for above, below in neighbours)


def test_parts_are_all_there_and_nothing_lies_outside():
    data = filled_docx(edition("2022"), example("2022"), name="Двор", number="2026-0007")

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        assert archive.testzip() is None
    types = part(data, "[Content_Types].xml")
    relations = part(data, "word/_rels/document.xml.rels")
    assert {one.get("PartName").lstrip("/") for one in types if one.get("PartName")} <= set(names)
    assert {f"word/{one.get('Target')}" for one in relations} <= set(names)
    assert not any(one.get("TargetMode") for one in relations)
    used = {style.get(qn("w:val")) for style in part(data, "word/document.xml").iter(qn("w:pStyle"), qn("w:tblStyle"))}
    assert used <= {style.get(qn("w:styleId")) for style in part(data, "word/styles.xml").iter(qn("w:style"))}


def test_same_passport_gives_the_same_bytes():
    assert filled_docx(edition("2022"), example("2022")) == filled_docx(edition("2022"), example("2022"))


def test_what_word_cannot_hold_is_left_out():
    answers = {
        "goals": text("до\x00\x0b\ud800после"),
        "costs": table({"item": "доски\x1f", "amount": "", "source": ""}),
    }

    found = placed(filled_docx(edition("2022"), answers, name="Двор\x01\nи сад"))

    assert found.sections["goals"] == text("допосле")
    assert found.sections["costs"] == table({"item": "доски", "amount": "", "source": ""})


def test_very_long_answer_is_no_bomb_to_our_own_reader():
    long = text(*["одно и то же " * 30] * 400)

    data = filled_docx(edition("2022"), dict.fromkeys(("background", "goals", "description", "team", "period"), long))

    assert len(data) > RATIO_FROM
    assert placed(data).sections["team"] == long


@pytest.mark.parametrize("code", YEARS)
def test_blank_form_says_nothing_and_doubts_nothing(code):
    found = placed(blank_docx(edition(code)))

    shapes = edition(code).shapes
    assert (found.edition, found.unplaced, found.doubts) == (code, [], [])
    assert not any(shapes[section].is_answered(content) for section, content in found.sections.items())


def test_blank_form_filled_in_word_is_read():
    def fill(document):
        table_of(document, "title").cell(0, 0).text = "Скамейка у подъезда"
        costs = table_of(document, "costs")
        costs.cell(1, 1).text = "Доски"
        costs.cell(1, 2).text = "30 000 рублей"
        for cell, words in zip(costs.add_row().cells, ("4", "Краска", "5 000", "Бюджет"), strict=True):
            cell.text = words

    found = placed(edited(blank_docx(edition("2022")), fill))

    assert found.sections["title"] == text("Скамейка у подъезда")
    assert found.sections["costs"] == table(
        {"item": "Доски", "amount": "30 000 рублей", "source": ""},
        {"item": "Краска", "amount": "5 000", "source": "Бюджет"},
    )
    assert found.unplaced == []


def test_words_beside_a_box_and_in_the_number_column_are_not_lost():
    def write_around(document):
        document.paragraphs[-1].insert_paragraph_before("Ещё один телефон у дежурного")
        heading = next(p for p in document.paragraphs if p.text.startswith("8. "))
        heading.insert_paragraph_before("Третья задача: смотреть за скамейками.")
        table_of(document, "opportunities").cell(1, 0).text = "важно"

    found = placed(edited(filled_docx(edition("2022"), example("2022")), write_around))

    (goals,) = example("2022")["goals"]["blocks"]
    assert found.sections["goals"] == {"blocks": [goals, {"text": "Третья задача: смотреть за скамейками."}]}
    assert found.unplaced == ["Ещё один телефон у дежурного", "важно"]


def test_table_with_a_column_more_is_read_as_a_strangers():
    def add_a_column(document):
        costs = table_of(document, "costs")
        costs.add_column(costs.columns[1].width)
        for row, words in zip(costs.rows, ("Год", "2020", "2021"), strict=True):
            row.cells[-1].text = words

    found = placed(edited(filled_docx(edition("2022"), example("2022")), add_a_column))

    assert found.sections["costs"] == example("2022")["costs"]
    assert found.unplaced == ["Год", "2020", "2021"]


def test_without_its_marks_the_file_is_read_by_its_titles():
    def forget(document):
        for grid in document.tables:
            grid._tbl.tblPr.remove(grid._tbl.tblPr.find(qn("w:tblDescription")))

    found = placed(edited(filled_docx(edition("2022"), example("2022")), forget))

    assert {code: found.sections[code] for code in example("2022")} == example("2022")
    assert (found.edition, found.unplaced) == ("2022", [])


def test_nothing_to_report_is_said_until_somebody_reports():
    nothing = {"tables": {"adopted": [], "amended": []}, "nothing": True}
    written = filled_docx(edition("2022"), {"regulations": nothing})

    def report(document):
        table_of(document, "regulations").cell(1, 2).text = "Постановление"

    assert table_of(opened(written), "regulations").cell(1, 1).text == "Нет"
    assert placed(written).sections["regulations"] == nothing
    rows = placed(edited(written, report)).sections["regulations"]["tables"]["adopted"]
    assert rows == [{"name": "Нет", "result": "Постановление"}]


def test_marks_of_a_form_that_this_portal_does_not_have_are_not_believed():
    foreign = edition("2022")
    foreign.code = "2030"

    found = placed(filled_docx(foreign, example("2022")))

    assert found.edition == "2022"
    assert found.sections["costs"] == example("2022")["costs"]


@pytest.mark.django_db
def test_passport_goes_out_whole_with_its_personal_sections():
    stored_edition("2022")
    passport = PassportFactory(answers=example("2022"), application__title="Скамейка у подъезда")

    found = placed(passport_docx(passport))

    assert {code: found.sections[code] for code in example("2022")} == example("2022")
    assert found.sections["contacts"]["tables"]["main"][0]["person"].startswith("Столярова")
