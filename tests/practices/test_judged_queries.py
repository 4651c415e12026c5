"""How good the search is, measured by queries judged beforehand: the same figures on either database."""

import sys
from statistics import mean

import pytest
from django.db import connection, transaction
from django.http import QueryDict

from competition.models import Contest, Territory
from portal.demo.record import load_record
from practices.filters import BankFilter
from tests.factories import ApplicationFactory, PassportFactory, PracticeFactory
from tests.judged_queries import ALSO, ANSWERS, PASSPORTS

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]

PRECISION_AT_5 = 0.9


@pytest.fixture(scope="module")
def found(django_db_setup, django_db_blocker):
    """What the bank answers to every judged query, asked once. Nothing of the bank stays in the database."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_record()
        for slug, (city, title, summary, text) in PASSPORTS.items():
            _publish(slug, Territory.objects.get(slug=city), title, summary, text)
        answers = {query: _ask(query) for query in ANSWERS}
        transaction.set_rollback(True)
    return answers


def _publish(slug, territory, title, summary, text):
    contest = Contest.objects.get(year=2021)
    application = ApplicationFactory(admitted=True, contest=contest, territory=territory)
    passport = PassportFactory(application=application, answers={"background": text})
    PracticeFactory(slug=slug, title=title, summary=summary, territory=territory, contest=contest, passport=passport)


def _ask(query):
    parameters = QueryDict(mutable=True)
    parameters["q"] = query
    return [practice.slug for practice in BankFilter(parameters).practices()]


def test_there_are_at_least_50_queries_and_every_practice_answers_some():
    answering = {practice for answers in ANSWERS.values() for practice in answers}

    assert len(ANSWERS) >= 50
    assert len(answering - set(PASSPORTS)) == 27
    assert answering >= set(PASSPORTS)


def test_no_known_answer_is_missed(found):
    missed = {query: set(answers) - set(found[query]) for query, answers in ANSWERS.items()}

    assert {query: slugs for query, slugs in missed.items() if slugs} == {}


def test_no_answer_is_made_up(found):
    assert {query: found[query] for query, answers in ANSWERS.items() if not answers and found[query]} == {}


def test_the_first_five_are_what_was_asked_for(found, capsys):
    precision = {query: _precision(query, found[query][:5]) for query in ANSWERS if found[query]}
    with capsys.disabled():
        figures = f"{len(ANSWERS)} запросов, точность первых пяти {mean(precision.values()):.3f}"
        sys.stdout.write(f"\nПоиск на {connection.vendor}: {figures}\n")

    assert mean(precision.values()) >= PRECISION_AT_5, {query: part for query, part in precision.items() if part < 1}


def _precision(query, first):
    fitting = {*ANSWERS[query], *ALSO.get(query, ())}
    return sum(slug in fitting for slug in first) / len(first)
