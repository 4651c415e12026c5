"""What is asked of the bank: how a question is told in words, how its answer is ordered and counted."""

import pytest
from django.http import QueryDict

from practices.filters import BankFilter, question_in_words
from tests.factories import ContestFactory, PracticeFactory, TerritoryFactory

pytestmark = pytest.mark.django_db


def test_question_is_told_in_words_as_far_as_it_was_understood():
    ContestFactory(year=2020)
    PracticeFactory(contest=ContestFactory(year=2019), territory=TerritoryFactory(slug="sarov", name="Саров"))

    asked = BankFilter(QueryDict("q=двор&year=2019&year=2020&territory=sarov&award=grand"))

    assert question_in_words(asked) == ["Слова: двор", "Год: 2019, 2020", "Город: Саров"]
    assert question_in_words(BankFilter(QueryDict(""))) == []
