"""The applicant reads what the jury decided and wrote: only after the announcement, and never who wrote it."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from lxml import html

from judging.queries import fingerprint, standings_of
from judging.services import announce
from practices.models import Practice
from tests.factories import (
    AssignmentFactory,
    CommentFactory,
    JurorFactory,
    ResultFactory,
    UserFactory,
    utc,
)

AFTER = utc(2021, 10, 5)


@pytest.fixture
def judged(application, criteria, contest):
    """An application with two finished sheets, whose jurors say the same things in opposite orders."""
    for name, email, words in (
        ("Анна Первая", "anna@jury.example.org", ("Ясная цель.", "Нет сметы.")),
        ("Яков Второй", "yakov@jury.example.org", ("Мало данных.", "Повторить легко.")),
    ):
        juror = JurorFactory(contest=contest, user=UserFactory(name=name, email=email))
        sheet = AssignmentFactory(juror=juror, application=application, finished=True, marks=[9, 10])
        for criterion, text in zip(criteria, words, strict=True):
            CommentFactory(assignment=sheet, criterion=criterion, text=text)
    return application


@pytest.fixture
def announced(contest, organiser, django_capture_on_commit_callbacks):
    """Return a function that announces the year as it stands."""

    def decide(application, award="laureate"):
        with django_capture_on_commit_callbacks(execute=True):
            announce(
                contest,
                {application.key: award},
                seen=fingerprint(standings_of(contest)),
                despite_warnings=True,
                by=organiser,
                at=AFTER,
            )

    return decide


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def outcome_url(application):
    return reverse("judging:outcome", args=[application.key])


def read(user, application):
    response = signed_in(user).get(outcome_url(application))
    assert response.status_code == 200
    return response


def said(response):
    """The page's words in one line."""
    return " ".join(html.fromstring(response.content.decode()).xpath("//main")[0].text_content().split())


def test_outcome_tells_the_award_the_score_and_the_way_to_the_bank(judged, announced):
    announced(judged)

    response = read(judged.owner, judged)

    text = said(response)
    assert "Лауреат 2021" in text
    assert "9,25 из 10" in text
    assert "2 эксперта" in text
    assert judged.nomination.title in text
    assert f'href="{Practice.objects.get().get_absolute_url()}"' in response.content.decode()


def test_practice_taken_out_of_the_bank_is_not_linked(judged, announced):
    announced(judged)
    Practice.objects.update(published_at=None)

    assert Practice.objects.get().get_absolute_url() not in read(judged.owner, judged).content.decode()


def test_comments_stand_by_criterion_and_alphabet(judged, announced, criteria):
    announced(judged)

    comments = read(judged.owner, judged).context["comments"]

    assert comments == [
        (criteria[0], ["Мало данных.", "Ясная цель."]),
        (criteria[1], ["Нет сметы.", "Повторить легко."]),  # by juror both lists would begin with the same person
    ]


def test_no_juror_can_be_told_from_the_page(judged, announced):
    announced(judged)

    content = read(judged.owner, judged).content.decode()

    assert "Мало данных." in content
    for assignment in judged.assignments.select_related("juror__user"):
        assert assignment.juror.user.name not in content
        assert assignment.juror.user.email not in content


def test_only_sheets_that_count_are_quoted(judged, announced, criteria, contest):
    for words, state in (
        ("Не дописал", {"declared": True}),
        ("Знаком с автором", {"declared": True, "recused_at": AFTER, "recusal_reason": "Работали вместе"}),
    ):
        sheet = AssignmentFactory(juror=JurorFactory(contest=contest), application=judged, marks=[1, 1], **state)
        CommentFactory(assignment=sheet, criterion=criteria[0], text=words)
    announced(judged)

    text = said(read(judged.owner, judged))

    assert "Ясная цель." in text
    assert "Не дописал" not in text
    assert "Знаком с автором" not in text
    assert "Работали вместе" not in text


def test_silent_jury_is_said_to_be_silent(application, criteria, juror, announced):
    AssignmentFactory(juror=juror, application=application, finished=True, marks=[5, 5])
    announced(application)

    assert "Эксперты не оставили комментариев" in said(read(application.owner, application))


def test_outcome_does_not_exist_before_the_announcement(judged, announced, organiser):
    people = (judged.owner, organiser, judged.assignments.first().juror.user, UserFactory())
    url, nowhere = outcome_url(judged), reverse("judging:outcome", args=["2222222222"])

    def answers(address):
        return [signed_in(person).get(address).status_code for person in people]

    assert answers(url) == answers(nowhere) == [404, 404, 404, 404]
    visitor = Client().get(url)
    assert visitor.status_code == 302

    announced(judged)
    assert answers(url) == [200, 200, 404, 404]
    assert Client().get(url)["Location"] == visitor["Location"]


def test_result_of_a_year_not_announced_does_not_exist(judged):
    ResultFactory(application=judged)

    assert signed_in(judged.owner).get(outcome_url(judged)).status_code == 404


def test_application_page_and_letter_lead_to_the_outcome(judged, announced):
    cabinet = signed_in(judged.owner)
    assert outcome_url(judged) not in cabinet.get(judged.get_absolute_url()).content.decode()

    announced(judged)

    assert outcome_url(judged) in cabinet.get(judged.get_absolute_url()).content.decode()
    (letter,) = mail.outbox
    assert outcome_url(judged) in letter.body


@pytest.mark.parametrize("count", [1, 3])
def test_outcome_costs_the_same_for_one_sheet_and_for_many(
    count, application, criteria, contest, announced, django_assert_num_queries
):
    for _index in range(count):
        juror = JurorFactory(contest=contest)
        sheet = AssignmentFactory(juror=juror, application=application, finished=True, marks=[5, 6])
        for criterion in criteria:
            CommentFactory(assignment=sheet, criterion=criterion)
    announced(application)
    client = signed_in(application.owner)

    with django_assert_num_queries(6):
        assert client.get(outcome_url(application)).status_code == 200
