import pytest
from hypothesis import given, strategies as st

from practices import digest


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Школа чтения", "shkola-chteniya"),
        ("Конкурс «Подъём — 2021»: щётка и юла", "konkurs-podem-2021-schetka-i-yula"),
        ("Портал «IT-старт»", "portal-it-start"),
        ("№ !!!", "praktika"),
    ],
)
def test_slug_is_the_title_in_latin_letters(title, slug):
    assert digest.slug_of(title) == slug


def test_slug_of_a_long_title_ends_with_a_whole_word():
    slug = digest.slug_of(
        "Психолого-медико-педагогическое сопровождение как средство гармонизации отношений ребёнка с миром"
    )

    assert slug == "psihologo-mediko-pedagogicheskoe-soprovozhdenie-kak-sredstvo-garmonizacii"


@given(st.text())
def test_slug_of_anything_is_an_address(title):
    slug = digest.slug_of(title)

    assert 0 < len(slug) <= digest.LONGEST_SLUG
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_summary_takes_whole_sentences_that_fit():
    first = "Двухдневная деловая игра для жителей г. Заречного по методике А. С. Макаренко, т. е. в командах."
    second = "Команды нашли городские проблемы, которые можно решить своими силами, и собрали соседей."

    summary = digest.summary_of(["1. " + first, second + " " + "Третье предложение" + " слово" * 30 + "."])

    assert summary == f"{first} {second}"


def test_summary_joins_a_sentence_broken_across_paragraphs():
    assert digest.summary_of(["Форум прошёл", "в три дня."]) == "Форум прошёл в три дня."


def test_summary_of_one_endless_sentence_is_cut_at_a_word():
    summary = digest.summary_of(["Жители " + "и ещё жители, " * 60])

    assert len(summary) <= digest.SUMMARY_LENGTH
    assert summary.endswith("и ещё…")


def test_summary_of_nothing_is_empty():
    assert digest.summary_of([]) == ""


def test_figures_are_the_first_results_with_one_number():
    rows = [
        ("Отзывы жителей", "положительные"),
        ("Участников форума", "140"),
        ("", "12"),
        ("За весь период / за 2018 год", "627\n120"),
        ("Экологических акций", "более 10"),
        ("ИТОГО", "150"),
        ("Доля жителей,\n%", "57 %"),
        ("Клубов", "7"),
        ("Встреч", "15"),
    ]

    assert digest.figures_of(rows) == [
        ("140", "Участников форума"),
        ("более 10", "Экологических акций"),
        ("57 %", "Доля жителей, %"),
        ("7", "Клубов"),
    ]
