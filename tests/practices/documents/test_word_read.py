"""What Word can hide in a file besides plain words: changes, controls, boxes, notes, numbers that it draws itself."""

import io

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from practices.documents.refused import Refused
from practices.documents.safe_zip import SafeZip
from practices.documents.word_flow import Paragraph, Table, lines_of
from practices.documents.word_read import read
from tests.practices.documents.passport_files import element, number_automatically, part_of, with_parts

RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
DELETED = '<w:del w:id="1" w:author="A" w:date="2024-01-01T00:00:00Z">{}</w:del>'
RUN = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
BOX = (
    "<w:r><mc:AlternateContent>"
    '<mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>{0}</w:txbxContent></wps:txbx></w:drawing>'
    "</mc:Choice>"
    "<mc:Fallback><w:pict><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)


def document_with(*pieces: str):
    """A document whose body is these pieces of WordprocessingML."""
    document = Document()
    for piece in pieces:
        document.element.body.insert(-1, element(piece))
    return document


def saved(document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def lines(document) -> list[str]:
    return lines_of(read(SafeZip(saved(document))).items)


def paragraph(inside: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def test_insertions_stay_and_deletions_go():
    inserted = '<w:ins w:id="2" w:author="A">' + RUN.format("жителями") + "</w:ins>"
    deleted = DELETED.format("<w:r><w:delText>всеми</w:delText></w:r>")

    assert lines(document_with(paragraph(RUN.format("Встречи с ") + deleted + inserted))) == ["Встречи с жителями"]


def test_moved_words_stand_where_they_were_moved_to():
    moved_from = '<w:moveFrom w:id="3" w:author="A">' + RUN.format("раньше") + "</w:moveFrom>"
    moved_to = '<w:moveTo w:id="4" w:author="A">' + RUN.format("раньше") + "</w:moveTo>"

    assert lines(document_with(paragraph(moved_from), paragraph(RUN.format("позже")), paragraph(moved_to))) == [
        "позже",
        "раньше",
    ]


def test_a_deleted_paragraph_mark_joins_two_paragraphs():
    mark = '<w:rPr><w:del w:id="5" w:author="A"/></w:rPr>'

    assert lines(document_with(paragraph(RUN.format("Одна "), mark), paragraph(RUN.format("мысль")))) == ["Одна мысль"]


def test_a_deleted_row_is_gone():
    document = Document()
    grid = document.add_table(2, 1)
    grid.cell(0, 0).text, grid.cell(1, 0).text = "осталась", "удалена"
    grid.rows[1]._tr.get_or_add_trPr().append(element('<w:del w:id="6" w:author="A"/>'))

    assert lines(document) == ["осталась"]


def test_comments_are_not_read():
    document = Document()
    run = document.add_paragraph("Двор").runs[0]
    document.add_comment(run, text="Уточнить!", author="Проверяющий")

    assert lines(document) == ["Двор"]


@pytest.mark.parametrize(
    "piece",
    [
        f"<w:sdt><w:sdtContent>{paragraph(RUN.format('слово'))}</w:sdtContent></w:sdt>",
        paragraph(f"<w:sdt><w:sdtContent>{RUN.format('слово')}</w:sdtContent></w:sdt>"),
        f"<w:tbl><w:sdt><w:sdtContent><w:tr><w:tc>{paragraph(RUN.format('слово'))}</w:tc></w:tr></w:sdtContent></w:sdt></w:tbl>",
        f"<w:tbl><w:tr><w:sdt><w:sdtContent><w:tc>{paragraph(RUN.format('слово'))}</w:tc></w:sdtContent></w:sdt></w:tr></w:tbl>",
        paragraph(f"<w:smartTag><w:fldSimple>{RUN.format('слово')}</w:fldSimple></w:smartTag>"),
    ],
    ids=["paragraph", "words", "row", "cell", "tag and field"],
)
def test_what_stands_in_a_control_is_read(piece):
    assert lines(document_with(piece)) == ["слово"]


def test_the_prompt_of_an_empty_control_is_no_answer():
    prompt = f"<w:sdtContent>{RUN.format('Место для ввода')}</w:sdtContent>"
    control = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>{prompt}</w:sdt>"

    assert lines(document_with(paragraph(control))) == []


def test_a_text_box_is_read_once_behind_its_paragraph():
    box = BOX.format(paragraph(RUN.format("из рамки")))

    assert lines(document_with(paragraph(RUN.format("до") + box), paragraph(RUN.format("после")))) == [
        "до",
        "из рамки",
        "после",
    ]


def test_hidden_words_are_kept_aside():
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>служебно</w:t></w:r>"

    found = read(SafeZip(saved(document_with(paragraph(RUN.format("видно") + hidden)))))

    assert lines_of(found.items) == ["видно"]
    assert found.aside == ["служебно"]


def test_words_hidden_by_their_style_are_kept_aside():
    document = Document()
    style = document.styles.add_style("Note to self", 2)
    style.font.hidden = True
    document.add_paragraph("видно").add_run("служебно").style = style

    found = read(SafeZip(saved(document)))

    assert lines_of(found.items) == ["видно"]
    assert found.aside == ["служебно"]


def test_an_address_behind_a_word_is_kept_aside_and_never_asked_for():
    document = Document()
    for words in ("сайт", "https://town.example.org/"):
        address = document.part.relate_to("https://town.example.org/", RELATION + "hyperlink", is_external=True)
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), address)
        link.append(element(RUN.format(words)))
        document.add_paragraph("Наш ")._p.append(link)

    found = read(SafeZip(saved(document)))

    assert lines_of(found.items) == ["Наш сайт", "Наш https://town.example.org/"]
    assert found.aside == ["сайт: https://town.example.org/"]


def test_an_address_in_a_field_is_kept_aside():
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText xml:space="preserve"> HYPERLINK "https://town.example.org/" </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + RUN.format("страница")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )

    found = read(SafeZip(saved(document_with(paragraph(field)))))

    assert lines_of(found.items) == ["страница"]
    assert found.aside == ["страница: https://town.example.org/"]


def test_a_footnote_is_kept_aside():
    document = document_with(paragraph(RUN.format("200 скамеек") + '<w:r><w:footnoteReference w:id="2"/></w:r>'))
    archive = saved(document)
    relations = part_of(archive, "word/_rels/document.xml.rels").replace(
        b"</Relationships>",
        f'<Relationship Id="rIdNotes" Type="{RELATION}footnotes" Target="footnotes.xml"/></Relationships>'.encode(),
    )
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    notes = (
        f'<w:footnotes {namespace}><w:footnote w:id="2">{paragraph(RUN.format("на 1 мая"))}</w:footnote></w:footnotes>'
    )
    parts = {"word/_rels/document.xml.rels": relations, "word/footnotes.xml": notes.encode()}

    found = read(SafeZip(with_parts(archive, parts)))

    assert lines_of(found.items) == ["200 скамеек"]
    assert found.aside == ["на 1 мая"]


def test_pictures_and_embedded_objects_are_counted():
    drawing = "<w:r><w:drawing/></w:r>"
    embedded = "<w:r><w:object/></w:r>"

    found = read(SafeZip(saved(document_with(paragraph(drawing + drawing + embedded)))))

    assert found.unread == {"pictures": 2, "embedded": 1}


def test_breaks_tabs_hyphens_and_symbols_become_characters():
    signs = (
        "<w:r><w:t>социально</w:t><w:noBreakHyphen/><w:t>эко</w:t><w:softHyphen/><w:t>номический</w:t><w:br/>"
        '<w:sym w:font="Symbol" w:char="F0B7"/><w:tab/><w:t>рост</w:t></w:r>'
    )

    (only,) = read(SafeZip(saved(document_with(paragraph(signs))))).items

    assert only.text == "социально-экономический\n•\tрост"


def test_word_s_own_numbers_and_bullets_are_seen():
    document = Document()
    for words, style in (("раз", "List Number"), ("два", "List Number"), ("пункт", "List Bullet")):
        document.add_paragraph(words, style=style)

    assert lines(document) == ["1. раз", "2. два", "• пункт"]


def test_numbers_count_on_through_levels_and_start_anew_below():
    document = Document()
    numbering = document.part.numbering_part.element
    numbering.insert(
        0,
        element(
            '<w:abstractNum w:abstractNumId="77">'
            '<w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1)"/></w:lvl>'
            '<w:lvl w:ilvl="1"><w:numFmt w:val="russianLower"/><w:lvlText w:val="%2)"/></w:lvl>'
            '<w:lvl w:ilvl="2"><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1.%3"/></w:lvl>'
            "</w:abstractNum>"
        ),
    )
    numbering.append(element('<w:num w:numId="78"><w:abstractNumId w:val="77"/></w:num>'))
    for words, depth in (("а", 0), ("б", 1), ("в", 1), ("г", 2), ("д", 0), ("е", 1)):
        number_automatically(document.add_paragraph(words), "78", str(depth))

    assert lines(document) == ["3) а", "а) б", "б) в", "3.I г", "4) д", "а) е"]


def test_merged_cells_are_known():
    document = Document()
    grid = document.add_table(2, 3)
    grid.cell(0, 0).merge(grid.cell(0, 1)).text = "широкая"
    grid.cell(0, 2).merge(grid.cell(1, 2)).text = "высокая"

    (table,) = read(SafeZip(saved(document))).items

    assert isinstance(table, Table)
    assert [(cell.column, cell.span, cell.continues) for cell in table.rows[0]] == [(0, 2, False), (2, 1, False)]
    assert [cell.continues for cell in table.rows[1]] == [False, False, True]


def test_the_page_header_is_read_beside():
    document = Document()
    document.sections[0].header.paragraphs[0].text = "Приложение № 2, конкурс 2023 года"

    assert read(SafeZip(saved(document))).margins == ["Приложение № 2, конкурс 2023 года"]


def test_strict_open_xml_is_read_as_well():
    document = Document()
    document.add_paragraph("строго")
    archive = saved(document)
    body = part_of(archive, "word/document.xml").replace(
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )

    assert lines_of(read(SafeZip(with_parts(archive, {"word/document.xml": body}))).items) == ["строго"]


@pytest.mark.parametrize("part", ["_rels/.rels", "word/document.xml"])
def test_a_file_without_its_document_is_damaged(part):
    archive = saved(Document())

    with pytest.raises(Refused, match="damaged"):
        read(SafeZip(with_parts(archive, {part: None})))


def test_lines_of_a_table_are_its_rows():
    document = Document()
    grid = document.add_table(1, 2)
    grid.cell(0, 0).text, grid.cell(0, 1).text = "раз\nдва", "три"

    assert lines(document) == ["раз два\tтри"]
    assert lines_of([Paragraph("текст", label="1.")]) == ["1. текст"]
