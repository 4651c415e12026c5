import pytest
from hypothesis import given, strategies as st

from practices.lemmas import lemmas, mark, names_something, wanted, words


def finds(query, text):
    there = set(lemmas(text))
    return all(there.intersection(word) for word in wanted(query))


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("подросток", "Стажировка для подростков"),
        ("библиотеками", "В городской библиотеке"),
        ("зеленая", "Зелёная улица"),
        ("ЗЕЛЁНАЯ", "зеленая улица"),
        ("дети", "Помощь ребёнку"),
        ("люди", "Помощь человеку"),
        ("парки", "Городской парк"),
        ("парк", "Новые парки"),
        ("кружок", "онлайн-кружки"),
        ("онлайн", "Онлайн-кружки"),
        ("тосы", "ТОС «Берег»"),
        ("онлайн-кружок", "кружки онлайн"),
        ("Заречный", "в Заречном"),
        ("COVID-19", "из-за covid 19"),
        ("и для подростков", "подросток"),
    ],
)
def test_query_finds_other_forms_of_its_words(query, text):
    assert finds(query, text)


@pytest.mark.parametrize(
    ("query", "text"),
    [("подросток", "Взрослые"), ("подростки города", "Подростки села"), ("сталь", "Они стали старше"), ("19", "190")],
)
def test_query_does_not_find_other_words(query, text):
    assert not finds(query, text)


def test_words_keep_letters_and_digits_only():
    assert words("«Умный-Саров»: 6–8 классов, _50_ %, №5") == ["умный", "саров", "6", "8", "классов", "50", "5"]


def test_words_are_composed_and_free_of_stress_marks_and_soft_hyphens():
    assert words("за\u0301мок бла\u00adгоустройство и\u0306од") == ["замок", "благоустройство", "йод"]


def test_lemmas_name_each_form_once_and_leave_stop_words_out():
    assert lemmas("Дом и дома, и о доме для ребёнка") == ["дом", "дома", "ребенок"]


def test_query_of_stop_words_asks_for_nothing():
    assert wanted("и в на") == []


def test_mark_cuts_the_text_at_found_words_and_keeps_it_whole():
    pieces = mark("Работа с подростками: «Подросток»", "подростки")

    assert [piece.text for piece in pieces if piece.is_found] == ["подростками", "Подросток"]
    assert "".join(piece.text for piece in pieces) == "Работа с подростками: «Подросток»"


@given(st.text())
def test_any_text_has_lemmas_that_a_database_can_index(text):
    for lemma in lemmas(text):
        assert lemma.isalnum()
        assert len(lemma) <= 80
    assert finds(text, text)


@pytest.mark.parametrize(
    ("word", "names"),
    [
        ("форум", True),
        ("детский", True),
        ("мфц", True),
        ("следят", False),
        ("свой", False),
        ("быстро", False),
        ("2021", False),
    ],
)
def test_nouns_and_adjectives_name_something(word, names):
    assert names_something(word) == names
