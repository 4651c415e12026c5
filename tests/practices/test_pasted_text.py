"""What clipboards of offices hold, and what of it a text answer takes: shapes as Word and others write them."""

import pytest
from hypothesis import given, strategies as st

from practices.blocks import MAX_ROWS, Text
from practices.pasted import WIDEST
from practices.pasted_text import read_pasted


def text_of(html):
    return read_pasted(html).text


def table_of(html):
    (block,) = read_pasted(html).blocks
    return block["table"]


# --- Word ------------------------------------------------------------------------------------------

GAP = "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp;&nbsp;&nbsp; </span>"


def word_item(label, text, *, level=1, guard=("<![if !supportLists]>", "<![endif]>"), name="lfo1"):
    mark = f"<span style='font-family:Symbol'><span style='mso-list:Ignore'>{label}{GAP}</span></span>"
    return (
        f"<p class=MsoListParagraphCxSpMiddle style='margin-left:36.0pt;text-indent:-18.0pt;"
        f"mso-list:l0 level{level} {name}'>{guard[0]}{mark}{guard[1]}<span lang=RU>{text}<o:p></o:p></span></p>\n"
    )


def word(body):
    return f"""<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40"><head>
<meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=Generator content="Microsoft Word 15">
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings><o:AllowPNG/></o:OfficeDocumentSettings></xml><![endif]-->
<style><!-- p.MsoNormal {{margin:0cm; font-size:11.0pt;}} @list l0:level1 {{mso-level-text:"%1\\.";}} --></style>
</head><body lang=RU style='tab-interval:35.4pt;word-wrap:break-word'><!--StartFragment-->
{body}<!--EndFragment--></body></html>"""


def test_paragraphs_of_word_lose_their_looks_and_are_not_broken():
    html = word(
        "<p class=MsoNormal style='text-align:justify'><b><span style='font-size:14.0pt;line-height:\n107%'>Жители"
        " трёх\r\nдворов</span></b><i> просили</i> свет.<o:p></o:p></p>\n<p class=MsoNormal>Света\nне было.</p>"
    )

    assert read_pasted(html).blocks == [{"text": "Жители трёх дворов просили свет.\nСвета не было."}]


def test_soft_hyphens_and_no_break_spaces_become_plain():
    html = word("<p class=MsoNormal>муни&shy;ципа\u00adлитет,&nbsp;10&nbsp;000\u202fруб., пере\u2011дача\u200b</p>")

    assert text_of(html) == "муниципалитет, 10 000 руб., пере-дача"


@pytest.mark.parametrize(
    "guard",
    [("<![if !supportLists]>", "<![endif]>"), ("<!--[if !supportLists]-->", "<!--[endif]-->"), ("", "")],
)
def test_bullets_of_word_stay_a_list(guard):
    html = word(
        "<p class=MsoNormal>Нужно:</p>"
        + word_item("·", "скамейки", guard=guard)
        + word_item("o", "со спинкой", level=2, guard=guard)
        + word_item("§", "и без", level=3, guard=guard)
        + word_item("Ø", "свет", guard=guard)
        + "<p class=MsoNormal>И всё.</p>"
    )

    assert text_of(html) == "Нужно:\n- скамейки\n  - со спинкой\n    - и без\n- свет\nИ всё."


@pytest.mark.parametrize(
    ("label", "mark"),
    [("1.", "1."), ("12)", "12)"), ("2.1.", "2.1."), ("2.1", "2.1."), ("3", "3."), ("а)", "а)"), ("b.", "b)")],
)
def test_numbers_of_word_are_kept(label, mark):
    assert text_of(word(word_item(label, "опрос"))) == f"{mark} опрос"


def test_list_paragraph_without_a_drawn_mark_is_still_an_item():
    assert text_of("<p style='mso-list:l0 level1 lfo1'>опрос</p>") == "- опрос"


def test_mark_typed_by_hand_is_not_doubled():
    assert text_of("<ul><li>- опрос</li></ul>") == "- опрос"
    assert text_of(word("<p class=MsoNormal>·&nbsp;&nbsp;&nbsp; опрос</p>")) == "· опрос"


def test_blank_paragraphs_leave_one_blank_line():
    blank = "<p class=MsoNormal><o:p>&nbsp;</o:p></p>"

    assert text_of(word(f"{blank}<p>До</p>{blank * 3}<p>После</p>{blank}")) == "До\n\nПосле"


def test_text_list_and_table_come_in_their_order():
    html = word(
        "<p class=MsoNormal>До таблицы</p>"
        + word_item("1.", "опрос")
        + "<table class=MsoTableGrid border=1><tr style='mso-yfti-irow:0'><td width=311 valign=top>"
        "<p class=MsoNormal>Год<o:p></o:p></p></td><td><p class=MsoNormal>Чел.</p></td></tr>"
        "<tr><td><p class=MsoNormal>2022</p></td><td><p class=MsoNormal>49</p></td></tr></table>"
        "<p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal>После</p>"
    )

    assert read_pasted(html).blocks == [
        {"text": "До таблицы\n1. опрос"},
        {"table": [["Год", "Чел."], ["2022", "49"]]},
        {"text": "После"},
    ]


def test_deleted_hidden_and_commented_words_stay_behind():
    html = word(
        "<p class=MsoNormal>Стало <del cite='mailto:a'>хуже</del><ins>лучше</ins>"
        "<span style='display:none'>тайна</span>"
        "<a style='mso-comment-reference:A_1;mso-comment-date:20220101'>всем</a>"
        "<span class=MsoCommentReference><span><a class=msocomanchor href='#_msocom_1'>[А1]</a></span></span></p>"
        "<div style='mso-element:comment-list'><p>А кому именно?</p></div>"
    )

    assert text_of(html) == "Стало лучшевсем"


def test_pictures_are_counted_and_left_out():
    drawn = "<!--[if gte vml 1]><v:shape><v:imagedata src='file:///a.png'/></v:shape><![endif]-->"
    html = word(f"<p class=MsoNormal>Фото: {drawn}<![if !vml]><img width=640 src='file:///a.png'><![endif]></p>")

    assert (text_of(html), read_pasted(html).pictures) == ("Фото:", 1)
    assert read_pasted("<p>а</p><img width=1 height=1 src='https://count.example.org'>").pictures == 0
    assert read_pasted("<table><tr><td>а</td><td><img src=a></td></tr></table>").pictures == 1


# --- Others ----------------------------------------------------------------------------------------


def test_google_docs():
    html = (
        "<meta charset='utf-8'><b style='font-weight:normal;' id='docs-internal-guid-1'><p dir='ltr'><span>Абзац</span>"
        "</p><br /><ul><li dir='ltr' style='list-style-type:disc;white-space:pre;' aria-level='1'>"
        "<p role='presentation'><span>раз</span></p></li><ul><li style='list-style-type:circle' aria-level='2'>"
        "<p>два</p></li></ul></ul>"
        "<ol><li style='list-style-type:decimal' aria-level='1'><p>три</p></li><li aria-level='1'>"
        "<p>четыре</p></li></ol>"
        "<div dir='ltr'><table><colgroup><col /></colgroup><tbody><tr><td><p>Год</p></td><td><p>Чел.</p></td></tr>"
        "</tbody></table></div></b><br class='Apple-interchange-newline'>"
    )

    assert read_pasted(html).blocks == [
        {"text": "Абзац\n\n- раз\n  - два\n1. три\n2. четыре"},
        {"table": [["Год", "Чел."]]},
    ]


def test_libreoffice():
    html = (
        '<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.0 Transitional//EN"><html><head><meta name="generator" '
        'content="LibreOffice 7.4"/><style type="text/css">p { line-height: 115% }</style></head><body lang="ru-RU">'
        '<p style="margin-bottom: 0cm">Абзац\n\tв две строки</p><p><br/>\n\n</p><ol>\n\t<li><p>раз</p></li>'
        '\n\t<ol type="a">'
        "\n\t\t<li><p>два</p></li>\n\t</ol>\n\t<li><p>три</p></li></ol></body></html>"
    )

    assert text_of(html) == "Абзац в две строки\n\n1. раз\n  a) два\n2. три"


def test_word_in_the_browser_wraps_every_item_in_a_list_of_its_own():
    def item(number, text, level):
        return (
            f'<div class="ListContainerWrapper"><ol class="NumberListStyle1" start="{number}"><li '
            f'data-leveltext="%1." data-aria-level="{level}" aria-level="{level}"><p class="Paragraph"><span>{text}'
            "</span><span>&nbsp;</span></p></li></ol></div>"
        )

    assert text_of(item(1, "раз", 1) + item(1, "два", 2) + item(2, "три", 1)) == "1. раз\n  1. два\n2. три"


def test_excel():
    html = (
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style><!--td {mso-number-format:General;}-->'
        "</style></head><body link=blue><table border=0 style='border-collapse:collapse'><!--StartFragment-->"
        "<col width=64><tr height=20><td class=xl65 x:num>49</td><td>10&nbsp;000,5</td><td></td></tr>"
        "<tr><td>59</td><td>7</td><td></td></tr><tr><td></td><td></td><td></td></tr><!--EndFragment--></table></body>"
    )

    assert table_of(html) == [["49", "10 000,5"], ["59", "7"]]


def test_line_breaks():
    assert text_of("раз<br>два<br><br>три<br>") == "раз\nдва\n\nтри"
    assert text_of("<div>раз<div>два</div>три</div>") == "раз\nдва\nтри"


def test_heading_is_a_paragraph_and_words_of_a_link_stay():
    assert text_of("<h2>Итоги</h2><p>на <a href='https://example.org'>сайте</a></p>") == "Итоги\nна сайте"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<ol start=3><li>а<li>б</ol>", "3. а\n4. б"),
        ("<ol><li value=7>а<li>б</ol>", "7. а\n8. б"),
        ("<ol type=A><li>а</ol>", "A) а"),
        ("<ol style='list-style-type: lower-alpha'><li>а</ol>", "a) а"),
        ("<ul style='list-style:none'><li>а</ul>", "а"),
        ("<li>а</li>", "- а"),
        ("<ul><li>а<ul><li>б</ul><li>в</ul>", "- а\n  - б\n- в"),
        ("<ul><li></li><li>а</li></ul><p>б</p>", "- а\nб"),
        ("<ul><li><p>а</p><p>б</p></li></ul>", "- а\nб"),
    ],
)
def test_lists_of_html(html, text):
    assert text_of(html) == text


# --- Tables ----------------------------------------------------------------------------------------


def test_merged_cells_stand_in_their_first_place():
    html = (
        "<table><tr><th rowspan=2>Год</th><th colspan=2>Человек</th></tr><tr><td>дети</td><td>все</td></tr>"
        "<tr><td>2022</td><td>4</td><td>9</td></tr></table>"
    )

    assert table_of(html) == [["Год", "Человек", ""], ["", "дети", "все"], ["2022", "4", "9"]]


def test_lines_of_a_cell_and_tables_in_a_cell_are_its_lines():
    inner = "<table><tr><td>в</td><td>г</td></tr></table>"

    assert table_of(f"<table><tr><td>а<br>б</td><td><ul><li>раз</ul>{inner}</td></tr></table>") == [
        ["а\nб", "- раз\nв\nг"]
    ]


def test_table_of_one_cell_only_frames_a_text():
    assert read_pasted("<table><tr><td><p>Текст</p><ul><li>раз</ul></td></tr></table>").blocks == [
        {"text": "Текст\n- раз"}
    ]


def test_blank_table_is_none():
    assert read_pasted("<table><tr><td></td><td>&nbsp;</td></tr></table>").blocks == []


def test_spans_of_a_stranger_are_bounded():
    rows = table_of("<table><tr><td colspan=99999 rowspan=99999>а</td><td>б</td></tr></table>")

    assert rows == [["а", *[""] * (WIDEST - 1), "б"]]
    assert MAX_ROWS < len(table_of("<table>" + "<tr><td>а</td><td>б</td></tr>" * 2000 + "</table>")) < 2 * MAX_ROWS


# --- Anything --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("   ", ""),
        ("<!-- ничего -->", ""),
        ("просто слова", "просто слова"),
        ("<?xml version='1.0' encoding='utf-16'?><p>слова</p>", "слова"),
        ("<p>а\x00б</p>", "аб"),
        ("<p>а\ud800б", "аб"),
        ("<div>" * 1500 + "глубоко", "глубоко"),
        ("<p>a &lt;script&gt; & b</p>", "a <script> & b"),
        ("</p></td>слова<td>", "слова"),
    ],
)
def test_whatever_comes_gives_its_words(html, text):
    assert text_of(html) == text


@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<ul>",
                "<li>",
                "</ul>",
                "<table>",
                "<tr>",
                "<td>",
                "</table>",
                "<br>",
                "слово",
                "<td rowspan=3>",
                "<p style='mso-list:l0 level2 lfo1'>",
                "<span style='mso-list:Ignore'>1.</span>",
                "&nbsp;",
                "<ol type=a>",
                "<x",
                "<!--",
            ]
        ),
        max_size=40,
    )
)
def test_every_answer_fits_the_shape(pieces):
    blocks = read_pasted("".join(pieces)).blocks

    assert Text().clean({"blocks": blocks}) == {"blocks": blocks}
    assert all(block.get("text", " ").strip() == block.get("text", " ").strip("\n ") for block in blocks)
