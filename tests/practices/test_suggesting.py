"""What the search box proposes: practices by their titles, cities and themes of the bank."""

import pytest

from tests.factories import PracticeFactory, TerritoryFactory, ThemeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]

SUGGEST = "/bank/suggest"


def suggested(client, typed):
    response = client.get(SUGGEST, {"q": typed})
    if response.status_code == 204:
        return [], [], []
    shown = response.context["suggestions"]
    return (
        [practice.slug for practice in shown.practices],
        [city.slug for city, _url in shown.cities],
        [theme.slug for theme, _url in shown.themes],
    )


@pytest.fixture
def shelf():
    sarov = TerritoryFactory(slug="sarov", name="Саров")
    TerritoryFactory(slug="empty", name="Саранск")
    PracticeFactory(slug="school", title="«Школа» ответственного собственника", territory=sarov)
    PracticeFactory(slug="soc", title="Центр помощи", territory=sarov, theme=ThemeFactory(title="Социальная сфера"))
    PracticeFactory(slug="hidden", title="Школа будущего", published_at=None)


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("шк", (["school"], [], [])),
        ("ШКОЛА отв", (["school"], [], [])),
        ("школами", (["school"], [], [])),
        ("ирк", ([], [], [])),  # the middle of a word
        ("сар", ([], ["sarov"], [])),
        ("со", (["school"], [], ["social-sphere"])),
        ("irjk", (["school"], [], [])),  # the keys of «школ»
        ("с", ([], [], [])),
        ("", ([], [], [])),
        ("%", ([], [], [])),
        ("\x00шк", (["school"], [], [])),
    ],
)
def test_suggestions_begin_as_what_was_typed(client, typed, expected):
    assert suggested(client, typed) == expected


def test_other_form_of_a_word_is_no_piece_of_another_word(client):
    PracticeFactory(slug="year", title="Библиотека в Год театра")
    PracticeFactory(slug="holiday", title="Новогодний двор")
    PracticeFactory(slug="yearly", title="Ежегодный фестиваль")

    assert suggested(client, "года") == (["year"], [], [])


@pytest.mark.usefixtures("shelf")
def test_fragment_has_options_with_addresses_and_text_only(client):
    PracticeFactory(slug="bold", title="<b>Школа</b>")

    html = client.get(SUGGEST, {"q": "школа"}).content.decode()

    assert html.count('role="option"') == 2
    assert 'data-url="/bank/bold/"' in html
    assert "&lt;b&gt;Школа&lt;/b&gt;" in html
    assert client.get(SUGGEST, {"q": "сар"}).content.decode().count('data-url="/bank/?territory=sarov"') == 1


@pytest.mark.parametrize("count", [1, 4])
def test_suggesting_costs_three_queries(client, count, django_assert_num_queries):
    PracticeFactory.create_batch(count, title="Школа")

    with django_assert_num_queries(3):
        client.get(SUGGEST, {"q": "школа"})


def test_box_is_a_plain_search_form_without_javascript(client):
    html = client.get("/bank/").content.decode()

    assert 'type="search"' in html
    assert 'role="combobox"' not in html
