"""What is read as a list, what as a paragraph; and that reading changes no word."""

import lxml.html
import pytest
from hypothesis import given, strategies as st

from practices.documents.pdf_sections import Paragraph, paragraphs
from practices.lines import mark_of, read_lines, runs
from tests.factories import PassportFactory, PracticeFactory


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("- аренда зала", "- "),
        ("– аренда зала", "– "),
        ("— аренда зала", "— "),
        ("•\tаренда зала", "•\t"),
        ("· аренда", "· "),
        ("\uf0b7 аренда", "\uf0b7 "),
        ("* аренда", "* "),
        ("o аренда", "o "),
        ("-аренда", "-"),
        ("-«Ярмарка»", "-"),
        ("1. Сцена", "1. "),
        ("1.Сцена", "1."),
        ("12) звук", "12) "),
        ("1.2. Звук", "1.2. "),
        ("а) звук", "а) "),
        ("B) звук", "B) "),
        ("IV. Звук", "IV. "),
        ("ii) звук", "ii) "),
        ("1.\u00a0Сцена", "1.\u00a0"),
        ("5. 2018 год", "5. "),
    ],
)
def test_mark_of_an_item(line, mark):
    assert mark_of(line) == mark


@pytest.mark.parametrize(
    "line",
    [
        "Аренда зала",
        "-5 градусов",
        "–5 % за год",
        "1,5 млн рублей",
        "1.5 млн рублей",
        "2018. Начало",
        "01.06.2022 - по настоящее время",
        "г. Заречный",
        "И. Иванов",
        "о чём говорят жители",
        "*звёздочка сноски",
        "100 000 рублей",
        "5 чел.",
        "-",
        "---",
        "1.",
        "(1) скобка",
        "",
    ],
)
def test_what_is_no_item(line):
    assert mark_of(line) == ""


def test_paragraphs_and_lists_take_turns():
    read = read_lines("Нужно:\n- сцена\n- звук\n\n  \nПотом:\n1) афиши\nКонец")

    assert [(is_list, [line.written for line in lines]) for is_list, lines in runs(read)] == [
        (False, ["Нужно:"]),
        (True, ["- сцена", "- звук"]),
        (False, ["Потом:"]),
        (True, ["1) афиши"]),
        (False, ["Конец"]),
    ]


def test_depth_is_how_far_an_item_stands_in():
    read = read_lines("1. а\n  - б\n\t- в\n      - г\n          - д\n  - е\n2. ж\nАбзац\n    - з")

    assert [line.depth for line in read] == [1, 2, 3, 3, 3, 2, 1, 0, 1]


def test_blank_line_does_not_end_a_list():
    assert len(runs(read_lines("- а\n\n- б"))) == 1


@given(st.text(alphabet=st.sampled_from("а1.)-–•* \t\n\u00a0«o"), max_size=60))
def test_reading_changes_no_word(text):
    assert [line.written for line in read_lines(text)] == [line.strip() for line in text.split("\n") if line.strip()]


# --- Where passports are read ----------------------------------------------------------------------

ANSWER = "Нужно:\n- сцена\n  1.Звук\nКонец"


def lists_in(response):
    page = lxml.html.fromstring(response.content.decode())
    return [[item.text_content() for item in found.iter("li")] for found in page.xpath("//ul[@class='as-written']")]


@pytest.mark.django_db
def test_pages_show_a_list_as_a_list_with_its_marks(client, clerk, draft, write, url):
    write(draft, "goals", ANSWER)
    practice = PracticeFactory(passport=PassportFactory(answers={"goals": ANSWER}))

    preview = clerk.get(url("passport_preview", draft))
    public = client.get(practice.get_absolute_url())

    assert lists_in(preview) == lists_in(public) == [["- сцена", "1.Звук"]]


def test_pdf_sets_a_list_as_a_list_with_its_marks():
    assert paragraphs(ANSWER) == [
        Paragraph("Нужно:"),
        Paragraph("сцена", mark="- ", depth=1),
        Paragraph("Звук", mark="1.", depth=2),
        Paragraph("Конец"),
    ]
