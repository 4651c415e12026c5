import pytest

from practices.snippets import LENGTH, snippet
from tests.factories import PracticeFactory

LONG = (
    "Сначала был пустырь. " * 20
    + "Потом соседи поставили скамейки и посадили сирень у каждого дома. "
    + "Так и живут. " * 20
)


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("Первый.\nПроводим встречи с подростками.", "подросток", "Проводим встречи с подростками."),
        ("Дом.\nДом у парка.\nПарк.", "парк дом", "Дом у парка."),
        ("Ставят ёлку.", "елки", "Ставят ёлку."),
        ("Собрали 10\xa0000 рублей.", "10000", "Собрали 10\xa0000 рублей."),
        ("Проводим встречи.", "подросток", ""),
        ("Проводим встречи.", "и", ""),
        ("", "дом", ""),
    ],
)
def test_snippet_is_the_paragraph_that_has_most_of_the_words(text, query, expected):
    assert snippet(text, query) == expected


def test_long_paragraph_is_cut_between_words_around_what_was_found():
    piece = snippet(LONG, "сирень скамейка")

    assert len(piece) <= LENGTH + 2
    assert piece.startswith("…")
    assert piece.endswith("…")
    assert "скамейки и посадили сирень" in piece
    assert piece.strip("…") in LONG
    assert {LONG[LONG.index(piece.strip("…")) - 1], LONG[LONG.index(piece.strip("…")) + len(piece) - 2]} <= set(" .,")


def test_start_and_end_of_a_text_need_no_ellipsis():
    assert not snippet(LONG, "сначала").startswith("…")
    assert not snippet("Слово. " * 60 + "Скамейки.", "скамейка").endswith("…")


@pytest.mark.django_db
def test_card_shows_and_marks_where_the_words_are_as_text(client):
    PracticeFactory(title="Двор", description="Соседи & друзья <b>красят</b> скамейки.")

    html = client.get("/bank/", {"q": "скамейка"}).content.decode()

    assert "Соседи &amp; друзья &lt;b&gt;красят&lt;/b&gt; <mark>скамейки</mark>." in html.replace("\xa0", " ")
    assert 'class="snippet"' not in client.get("/bank/").content.decode()
