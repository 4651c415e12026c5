"""The bank as a table: what its columns hold, and that a long one is read a chunk at a time."""

import json
from decimal import Decimal

import pytest
from django.utils import translation

from practices.documents import bank_tables
from practices.documents.bank_tables import as_json, as_sheet, rows
from practices.models import CostShare
from tests.factories import ContestFactory, NominationFactory, PracticeFactory, ThemeFactory, TrackFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def whole():
    """A practice of which everything is known."""
    contest = ContestFactory(year=2021)
    practice = PracticeFactory(
        slug="dvor",
        title="Двор без луж",
        short_title="Двор",
        summary="Соседи осушили двор.",
        contest=contest,
        nomination=NominationFactory(contest=contest),
        track=TrackFactory(contest=contest),
        theme=ThemeFactory(title="Комфортная среда"),
        territory__name="Глазов",
        territory__region="Удмуртская Республика",
        award="winner",
        started_year=2019,
        cost_total=Decimal("65000.50"),
        people_reached=1200,
        key_figures=[("40", "дворов"), ("> 1200", "жителей")],
        donor=PracticeFactory(title="Двор у моря", contest__year=2018, territory__name="Саров"),
    )
    for order, (source, amount) in enumerate([("Бюджет", "65000"), ("", "0.50")]):
        CostShare.objects.create(practice=practice, source=source, amount=amount, order=order)
    PracticeFactory.create_batch(2, donor=practice)
    PracticeFactory(donor=practice, published_at=None)
    return practice


def test_sheet_says_all_that_is_known(whole):
    with translation.override("en"):  # the table is Russian for every reader, its rows too
        sheet = as_sheet(rows([whole.pk]))
        (row,) = sheet.rows

    assert dict(zip((column.title for column in sheet.columns), row, strict=True)) == {
        "Название": "Двор без луж",
        "Название на карточке": "Двор",
        "Город": "Глазов",
        "Регион": "Удмуртская Республика",
        "Год": 2021,
        "Номинация": "Развитие социальной сферы",
        "Тема": "Комфортная среда",
        "Награда": "Победитель",
        "Направление": "Лучшие муниципальные практики",
        "Старт": 2019,
        "Затраты, ₽": Decimal("65000.50"),
        "Источники финансирования": "Бюджет: 65\xa0000\xa0₽; 0,50\xa0₽",
        "Охвачено человек": 1200,
        "Показатели": "40 дворов; > 1200 жителей",
        "Практика-донор": "Двор у моря (Саров)",
        "Внедрений": 2,
        "Коротко": "Соседи осушили двор.",
        "Адрес": "http://127.0.0.1:8000/bank/dvor/",
    }


def test_json_has_numbers_as_numbers_and_lists_as_lists(whole):
    answer = json.loads("".join(as_json(rows([whole.pk]), question="q=двор")))

    (practice,) = answer["practices"]
    assert (answer["question"], answer["count"]) == ("q=двор", 1)
    assert (practice["award"], practice["costs"], practice["people_reached"]) == ("winner", 65000.5, 1200)
    assert practice["funding"] == [{"source": "Бюджет", "amount": 65000.0}, {"source": "", "amount": 0.5}]
    assert practice["key_figures"][1] == {"value": "> 1200", "label": "жителей"}


def test_card_with_nothing_but_its_title_is_a_whole_row():
    practice = PracticeFactory(title="Двор", summary="")

    (row,) = rows([practice.pk])

    assert row.title == "Двор"
    assert (row.nomination, row.theme, row.track, row.award, row.donor) == ("", "", "", "", "")
    assert (row.costs, row.people_reached, row.started_year) == (None, None, None)
    assert (row.funding, row.key_figures, row.adoptions) == ([], [], 0)
    assert json.loads("".join(as_json(rows([]), question="")))["practices"] == []


def test_donor_that_is_not_public_is_not_named():
    practice = PracticeFactory(donor=PracticeFactory(title="Тайна", published_at=None))

    assert next(rows([practice.pk])).donor == ""


def test_rows_keep_the_order_of_the_keys_and_leave_out_what_is_not_public():
    first, second, hidden = PracticeFactory(), PracticeFactory(), PracticeFactory(published_at=None)

    assert [row.title for row in rows([second.pk, hidden.pk, first.pk])] == [second.title, first.title]


@pytest.mark.parametrize("many", [1, 4])
def test_a_chunk_costs_four_queries_and_comes_when_it_is_asked_for(many, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(bank_tables, "CHUNK", many)
    keys = [practice.pk for practice in PracticeFactory.create_batch(2 * many, key_figures=[("5", "школ")])]

    with django_assert_num_queries(4):
        found = rows(keys)
        for _row in range(many):
            next(found)
    with django_assert_num_queries(4):
        assert len(list(found)) == many
