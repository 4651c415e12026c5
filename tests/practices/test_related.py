import pytest

from practices.models import Practice, SearchEntry
from practices.related import related_to
from practices.search import spread
from tests.factories import ContestFactory, PracticeFactory, TerritoryFactory, ThemeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]


def told(practice: Practice, limit: int = 3) -> list[tuple[str, list[str]]]:
    return [(related.practice.title, related.reasons) for related in related_to(practice, limit=limit)]


@pytest.fixture
def bank():
    """Enough practices for a word to be rare."""
    for number in range(20):
        PracticeFactory(title=f"Прочая {number}", summary="Кружок при библиотеке.", contest__year=2017)


def test_rare_words_in_common_outweigh_theme_and_city(bank):
    city, theme = TerritoryFactory(), ThemeFactory()
    practice = PracticeFactory(title="Школа велосипедистов", summary="", territory=city, theme=theme)
    PracticeFactory(title="Из того же города", summary="", territory=city, theme=theme)
    PracticeFactory(title="Велосипедист и город", summary="")

    assert told(practice) == [
        ("Велосипедист и город", ["похожие слова: велосипедист"]),
        ("Из того же города", ["та же тема", "тот же город"]),
    ]


def test_words_of_the_title_weigh_more_than_those_of_the_summary(bank):
    practice = PracticeFactory(title="Скворечники", summary="")
    PracticeFactory(title="Птицы", summary="Развесили скворечники.", contest=ContestFactory(year=2021))
    PracticeFactory(title="Сотня скворечников", summary="", contest=ContestFactory(year=2018))

    assert [title for title, _reasons in told(practice)] == ["Сотня скворечников", "Птицы"]


def test_what_everybody_says_is_no_likeness(bank):
    practice = PracticeFactory(title="Особая", summary="Кружок при библиотеке.")

    assert told(practice) == []


def test_the_name_of_the_city_is_no_likeness(bank):
    city = TerritoryFactory(name="Заречный")
    practice = PracticeFactory(title="Форум города Заречного", summary="", territory=city)
    PracticeFactory(title="Заречный", summary="")

    assert told(practice) == []


def test_related_practices_are_published(bank):
    practice = PracticeFactory(title="Скворечники", theme=ThemeFactory())
    hidden = PracticeFactory(title="Скворечники во дворе", theme=practice.theme)
    assert [title for title, _reasons in told(practice)] == ["Скворечники во дворе"]

    Practice.objects.filter(pk=hidden.pk).update(published_at=None)
    assert told(practice) == []


def test_practice_that_is_not_indexed_has_relatives_by_theme():
    theme = ThemeFactory()
    practice, _other = PracticeFactory(theme=theme), PracticeFactory(title="Другая", theme=theme)
    SearchEntry.objects.all().delete()

    assert told(practice) == [("Другая", ["та же тема"])]


def test_spread_counts_the_practices_that_have_a_lemma():
    for title in ("Сквер", "Сквер и парк", "Сквер, парк, двор"):
        PracticeFactory(title=title, summary="")

    assert spread(["сквер", "парк", "двор", "никто"], most=2) == {"парк": 2, "двор": 1}
    assert spread([], most=2) == {}


@pytest.mark.parametrize("count", [1, 4])
def test_related_cost_the_same_for_few_and_many(bank, count, django_assert_num_queries):
    practice = PracticeFactory(title="Скворечники", theme=ThemeFactory())
    PracticeFactory.create_batch(count, title="Скворечник", theme=practice.theme)
    practice = Practice.objects.with_card().get(pk=practice.pk)

    # the bank's number, theme and city, how many there are, how often each word, who shares them, their cards, figures
    with django_assert_num_queries(7):
        related_to(practice, limit=3)
    # the likeness is kept until the bank changes
    with django_assert_num_queries(3):
        related_to(practice, limit=3)
