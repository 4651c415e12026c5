import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import connection

from practices import search
from practices.models import Practice, SearchEntry, SearchText
from practices.publishing import publish_practice
from tests.factories import (
    ApplicationFactory,
    ContestFactory,
    NominationFactory,
    PassportFactory,
    PracticeFactory,
    TerritoryFactory,
    ThemeFactory,
    utc,
)

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]


def found(query):
    return [p.slug for p in search.ranked(search.matching(Practice.objects.published(), query), query)]


@pytest.mark.parametrize("query", ["подросток", "ПОДРОСТКАМИ", "стажировка подростков", "школьная стажировка"])
def test_search_finds_every_form_in_title_and_body(query):
    PracticeFactory(slug="work", title="Стажировка для подростков", description="Её придумали в школьном совете.")
    PracticeFactory(slug="park", title="Городской парк")

    assert found(query) == ["work"]


def test_search_wants_all_words():
    PracticeFactory(title="Стажировка для подростков")

    assert found("подростки и волонтёры") == []


def test_search_forgives_yo_and_case():
    PracticeFactory(slug="green", title="Зелёная улица")

    assert found("зеленые УЛИЦЫ") == ["green"]


def test_search_knows_city_region_theme_and_figures():
    city = TerritoryFactory(name="Заречный", full_name="ЗАТО г. Заречный", region="Пензенская область")
    PracticeFactory(slug="one", territory=city, theme=ThemeFactory(), key_figures=[("140", "горожан на форуме")])

    assert [found(query) for query in ("в Заречном", "пензенская", "социальные сферы", "форумы")] == [["one"]] * 4


def test_practices_are_found_by_the_new_names_of_their_city_theme_and_nomination():
    contest = ContestFactory()
    facts = [TerritoryFactory(name="Заречный"), ThemeFactory(), NominationFactory(contest=contest, title="Среда")]
    city, theme, nomination = facts
    PracticeFactory(slug="one", contest=contest, territory=city, theme=theme, nomination=nomination)
    PracticeFactory(slug="other")
    old, new = ("заречный", "социальный", "среда"), ("лесной", "спортивный", "экология")
    assert [found(query) for query in (*old, *new)] == [["one"]] * 3 + [[]] * 3

    city.name, city.full_name, theme.title, nomination.title = "Лесной", "Город Лесной", "Спортивная жизнь", "Экология"
    for fact in facts:
        fact.save()

    assert [found(query) for query in (*old, *new)] == [[]] * 3 + [["one"]] * 3
    assert [search.named_otherwise(fact).exists() for fact in facts] == [False] * 3


def test_search_ranks_title_before_summary_before_body_then_by_year():
    old, new = ContestFactory(year=2019), ContestFactory(year=2020)
    PracticeFactory(slug="body", contest=new, title="А", summary="Б", description="Работа с подростками.")
    PracticeFactory(slug="summary", contest=new, title="А", summary="Для подростков")
    PracticeFactory(slug="title-2019", contest=old, title="Подростки и город")
    PracticeFactory(slug="title-2020", contest=new, title="Подростки и город")

    assert found("подросток") == ["title-2020", "title-2019", "summary", "body"]


def test_search_of_whole_words_only_ranks():
    PracticeFactory(slug="part", contest=ContestFactory(year=2021), title="Домик", description="Дом у реки.")
    PracticeFactory(slug="whole", contest=ContestFactory(year=2018), title="Дом")

    assert found("дом") == ["whole", "part"]


def test_search_without_a_query_keeps_all_and_of_stop_words_finds_nothing():
    PracticeFactory()

    assert (len(found("  ")), found("нет ни"), found("!!!")) == (1, [], [])


@pytest.mark.parametrize(
    "query", ["'", '"', "a' | 'b", 'a" OR "b', "NOT дом", "дом*", "\\", "%", "дом:title", "слово " * 60, "\x00"]
)
def test_search_takes_any_query_for_words(query):
    PracticeFactory(title="Парк")

    assert found(query) == []


@pytest.mark.parametrize(("query", "expected"), [("шко\u034fла", ["school"]), ("шко\u19b0ла \u1cf2", [])])
def test_search_reads_as_one_word_what_its_index_holds_as_one(query, expected):
    PracticeFactory(slug="school", title="Школа")

    assert found(query) == expected


def test_search_ranks_by_any_number_of_words():
    words = " ".join(chr(ord("一") + number) for number in range(99))
    PracticeFactory(slug="long", title="Парк", description=words)

    assert found(words) == ["long"]


def test_search_reads_public_sections_but_neither_team_nor_contacts():
    passport = PassportFactory(
        application=ApplicationFactory(admitted=True),
        answers={
            "background": "Во дворах не хватало скамеек.",
            "resources": [{"resource": "Экскаватор", "purpose": "Для земляных работ"}],
            "team": "Руководит Снегирёва",
            "contacts": [{"person": "Снегирёва", "contact": "+7 (000) 000-00-00"}],
        },
    )
    PracticeFactory(slug="yard", passport=passport)

    assert (found("скамейка"), found("экскаваторы")) == (["yard"], ["yard"])
    assert (found("Снегирёва"), found("000")) == ([], [])


def test_search_finds_no_practice_that_is_not_published():
    practice = PracticeFactory(title="Тихий двор", published_at=None)

    assert found("двор") == []
    publish_practice(practice, at=utc(2021, 12, 1))
    assert found("двор") == [practice.slug]


def test_indexing_again_replaces_the_words():
    practice = PracticeFactory(title="Парк")
    practice.title = "Сквер"
    practice.save()

    search.index_practice(practice)

    assert (found("парк"), found("сквер")) == ([], [practice.slug])


def test_indexing_survives_more_words_than_a_row_holds():
    flood = " ".join(f"слово{number}" for number in range(60_000))
    practice = PracticeFactory(title="Парк", description=flood)

    assert found("парк слово7") == [practice.slug]
    assert len(SearchEntry.objects.get().body.encode()) <= search.MOST_BYTES


def test_check_is_silent_while_index_and_bank_agree():
    PracticeFactory()

    assert [message.id for message in run_checks(tags=["database"], databases=["default"])] == []


def test_check_tells_of_a_practice_that_search_cannot_find_and_reindex_mends_it(capsys):
    practice = PracticeFactory(title="Парк", published_at=None)
    Practice.objects.update(published_at=utc(2021, 12, 1))
    assert [message.id for message in run_checks(tags=["database"], databases=["default"])] == ["practices.W001"]

    call_command("reindex_search")

    assert capsys.readouterr().out == "Практик в индексе: 1\n"
    assert found("парк") == [practice.slug]
    assert run_checks(tags=["database"], databases=["default"]) == []


def test_reindex_drops_what_is_gone():
    PracticeFactory(title="Парк").delete()
    PracticeFactory(title="Сквер")

    search.reindex()

    assert search.counts() == (1, 1)


def test_search_goes_through_the_index_of_the_database():
    PracticeFactory.create_batch(3)
    explained = search.matching(Practice.objects.all(), "парк").explain()

    if connection.vendor == "sqlite":
        assert "VIRTUAL TABLE INDEX" in explained
    else:
        assert "words @@" in explained


def test_index_of_a_practice_that_is_gone_counts_for_nothing():
    PracticeFactory()
    assert search.counts() == (1, 1)

    Practice.objects.all().delete()

    assert search.counts() == (0, 0)


def test_words_in_quotes_stand_side_by_side_in_any_form():
    PracticeFactory(slug="phrase", title="Двор", description="Конкурс дворовых инициатив.")
    PracticeFactory(slug="apart", title="Дворовые праздники", description="Инициативы жителей.")
    PracticeFactory(slug="turned", title="Двор", description="Инициативы: дворовые и городские.")

    assert set(found("дворовые инициативы")) == {"phrase", "apart", "turned"}
    for query in (
        '"дворовые инициативы"',
        "«Дворовых инициатив»",
        "„дворовая инициатива“",
        'конкурсы "дворовые инициативы"',
    ):
        assert found(query) == ["phrase"], query


def test_phrase_does_not_run_from_one_text_into_the_next():
    PracticeFactory(slug="one", title="Дом", summary="Кружок", description="Школа.\n\nЗдоровье.")

    assert found('"школа здоровье"') == ["one"]
    assert found('"дом кружок"') == []


def test_quotes_that_do_not_close_and_quotes_around_one_word_change_nothing():
    PracticeFactory(slug="yard", title="Тихий двор")

    assert (found('"двор'), found("«двор»"), found('двор" тихий')) == (["yard"], ["yard"], ["yard"])


def test_stop_words_count_in_a_phrase_and_are_looked_for_when_there_is_nothing_else():
    PracticeFactory(slug="late", title="Учиться никогда не поздно")
    PracticeFactory(slug="never", title="Учиться поздно никогда")

    assert found("«никогда не поздно»") == ["late"]
    assert found("не") == ["late"]


def test_percent_and_underscore_in_a_phrase_are_no_wildcards():
    PracticeFactory(title="Двор и парк города")

    assert found('"двор % города"') == []


@pytest.mark.parametrize(
    ("title", "queries"),
    [
        ("Бизнес-инкубатор", ["бизнес инкубатор", "бизнес-инкубаторы"]),
        ("Совет ТОС", ["тос", "TOC", "ТОC"]),
        ("Выпуск TOC", ["ТОС"]),  # in Latin letters
        ("Собрали 10\xa0000 рублей", ["10000", "10 000", "10000 рублей"]),
        ("IT-куб и YouTube", ["it куб", "youtube"]),
    ],
)
def test_search_takes_words_as_people_write_them(title, queries):
    PracticeFactory(slug="one", title=title)

    assert {query: found(query) for query in queries} == {query: ["one"] for query in queries}


def test_vocabulary_counts_practices():
    PracticeFactory(title="Двор", summary="")
    PracticeFactory(title="Дворы и парк", summary="")

    there = search.vocabulary()

    assert (there["двор"], there["парк"], "сквер" in there) == (2, 1, False)


def test_check_tells_of_practices_indexed_before_there_were_phrases():
    PracticeFactory()
    SearchText.objects.all().delete()

    assert search.counts() == (1, 0)
