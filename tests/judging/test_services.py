from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.verdicts import Refused
from competition.models import Membership
from judging import services
from judging.models import Assignment, Comment, Score
from judging.queries import standings_of
from tests.factories import (
    ApplicationFactory,
    AssignmentFactory,
    ContestFactory,
    CriterionFactory,
    JurorFactory,
    OrganisationFactory,
)


def marks(sheet):
    return dict(sheet.scores.values_list("criterion__order", "value"))


# --- Assigning -------------------------------------------------------------------------------------


def test_assign_gives_a_sheet_with_name_and_moment(juror, application, organiser, at):
    sheet = services.assign(juror, application, by=organiser, at=at)

    assert list(Assignment.objects.values_list("juror", "application", "assigned_by", "assigned_at")) == [
        (juror.pk, application.pk, organiser.pk, at)
    ]
    assert (sheet.declared_at, sheet.finished_at, sheet.recused_at) == (None, None, None)


def test_assign_looks_for_conflicts_as_they_are_now(juror, application, organiser, at):
    application.organisation = OrganisationFactory()
    application.save()
    assert juror.user.memberships.count() == 0
    Membership.objects.create(user_id=juror.user_id, organisation=application.organisation)

    with pytest.raises(Refused):
        services.assign(juror, application, by=organiser, at=at)
    assert not Assignment.objects.exists()


def test_assign_is_refused_to_others_and_after_the_announcement(juror, application, organiser, contest, at):
    with pytest.raises(Refused):
        services.assign(juror, application, by=application.owner, at=at)

    contest.announced_at = at
    contest.save()
    with pytest.raises(Refused):
        services.assign(juror, application, by=organiser, at=at)
    assert not Assignment.objects.exists()


def test_assign_all_gives_what_it_may_and_tells_what_not(juror, application, contest, organiser, at, english):
    neighbour = JurorFactory(contest=contest, territory=application.territory)
    draft = ApplicationFactory(contest=contest)

    assigned, refused = services.assign_all(
        [(juror, draft), (neighbour, application), (juror, application), (juror, application)], by=organiser, at=at
    )

    assert [(sheet.juror, sheet.application) for sheet in assigned] == [(juror, application)]
    assert {(refusal.juror, refusal.application, refusal.reason) for refusal in refused} == {
        (juror, draft, "Only an admitted application goes before the jury."),
        (neighbour, application, "The juror is from the same territory."),
        (juror, application, "The juror has this application already."),
    }


def test_unassign_leaves_what_is_begun(juror, application, organiser, at):
    services.unassign(AssignmentFactory(juror=juror, application=application), by=organiser)
    assert not Assignment.objects.exists()

    begun = AssignmentFactory(juror=juror, application=application, declared=True)
    with pytest.raises(Refused):
        services.unassign(begun, by=organiser)
    assert Assignment.objects.exists()


# --- The sheet -------------------------------------------------------------------------------------


def test_declaration_keeps_its_first_moment(juror, application, at):
    sheet = AssignmentFactory(juror=juror, application=application)

    services.declare_no_conflict(sheet, by=juror.user, at=at)
    services.declare_no_conflict(sheet, by=juror.user, at=at + timedelta(days=1))

    sheet.refresh_from_db()
    assert sheet.declared_at == at


def test_mark_before_the_declaration_is_refused(juror, application, criteria, at):
    sheet = AssignmentFactory(juror=juror, application=application)

    with pytest.raises(Refused):
        services.save_mark(sheet, criteria[0], 9, by=juror.user, at=at)
    assert not Score.objects.exists()


def test_mark_is_one_row_and_the_last_one_counts(sheet, criteria, at):
    services.save_mark(sheet, criteria[0], 9, by=sheet.juror.user, at=at)
    services.save_mark(sheet, criteria[0], 0, by=sheet.juror.user, at=at + timedelta(minutes=1))

    assert list(sheet.scores.values_list("criterion", "value", "saved_at")) == [
        (criteria[0].pk, Decimal(0), at + timedelta(minutes=1))
    ]


@pytest.mark.parametrize("value", [-1, 11, Decimal("7.5"), Decimal("10.1")])
def test_mark_off_the_scale_is_refused(value, sheet, criteria, at):
    with pytest.raises(services.WrongMark):
        services.save_mark(sheet, criteria[0], value, by=sheet.juror.user, at=at)
    assert not Score.objects.exists()


def test_mark_and_comment_belong_to_a_criterion_of_the_year(sheet, at):
    foreign = CriterionFactory(contest=ContestFactory(year=2020))

    with pytest.raises(services.WrongMark):
        services.save_mark(sheet, foreign, 5, by=sheet.juror.user, at=at)
    with pytest.raises(services.WrongMark):
        services.save_comment(sheet, foreign, "Слова", by=sheet.juror.user, at=at)
    assert not Score.objects.exists()
    assert not Comment.objects.exists()


def test_marks_are_refused_to_others_after_the_deadline_and_for_a_withdrawn_application(sheet, criteria, contest, at):
    with pytest.raises(Refused):
        services.save_mark(sheet, criteria[0], 5, by=JurorFactory(contest=contest).user, at=at)
    with pytest.raises(Refused):
        services.save_mark(sheet, criteria[0], 5, by=sheet.juror.user, at=contest.judging_closes_at + timedelta(1))
    sheet.application.status = "withdrawn"
    sheet.application.save()
    with pytest.raises(Refused):
        services.save_mark(sheet, criteria[0], 5, by=sheet.juror.user, at=at)
    assert not Score.objects.exists()


def test_a_conflict_that_arose_later_stops_the_marks(sheet, criteria, at):
    sheet.juror.territory = sheet.application.territory
    sheet.juror.save()

    with pytest.raises(Refused):
        services.save_mark(sheet, criteria[0], 5, by=sheet.juror.user, at=at)


def test_comment_stands_without_a_mark_and_leaves_no_row_when_taken_back(sheet, criteria, at):
    services.save_comment(sheet, criteria[0], "Хорошо показано", by=sheet.juror.user, at=at)
    assert list(sheet.comments.values_list("text", flat=True)) == ["Хорошо показано"]
    assert not sheet.scores.exists()

    services.save_comment(sheet, criteria[0], "  ", by=sheet.juror.user, at=at)
    assert not Comment.objects.exists()


def test_finish_names_the_criteria_without_a_mark(sheet, criteria, at):
    services.save_mark(sheet, criteria[0], 0, by=sheet.juror.user, at=at)

    with pytest.raises(services.IncompleteSheet) as incomplete:
        services.finish_sheet(sheet, by=sheet.juror.user, at=at)

    assert incomplete.value.missing == [criteria[1]]
    sheet.refresh_from_db()
    assert sheet.finished_at is None


def test_finished_sheet_is_closed_and_finishing_twice_changes_nothing(sheet, criteria, at):
    for criterion in criteria:
        services.save_mark(sheet, criterion, 7, by=sheet.juror.user, at=at)
    services.finish_sheet(sheet, by=sheet.juror.user, at=at)
    services.finish_sheet(sheet, by=sheet.juror.user, at=at + timedelta(hours=1))

    with pytest.raises(Refused):
        services.save_mark(sheet, criteria[0], 1, by=sheet.juror.user, at=at)
    with pytest.raises(Refused):
        services.save_comment(sheet, criteria[0], "Поздно", by=sheet.juror.user, at=at)
    sheet.refresh_from_db()
    assert sheet.finished_at == at
    assert marks(sheet) == {1: 7, 2: 7}


def test_finish_is_refused_to_others(sheet, criteria, contest, at):
    other = JurorFactory(contest=contest)
    finished = AssignmentFactory(juror=other, application=sheet.application, finished=True, marks=[1, 1])

    for foreign in (sheet, finished):
        with pytest.raises(Refused):
            services.finish_sheet(foreign, by=JurorFactory(contest=contest).user, at=at)


def test_late_recusal_takes_the_sheet_out_of_the_score(sheet, criteria, contest, at):
    for criterion in criteria:
        services.save_mark(sheet, criterion, 10, by=sheet.juror.user, at=at)
    services.finish_sheet(sheet, by=sheet.juror.user, at=at)
    AssignmentFactory(juror=JurorFactory(contest=contest), application=sheet.application, finished=True, marks=[4, 4])
    assert standings_of(contest)[0].rows[0].score == Decimal("7.000")

    services.recuse(sheet, reason="Работали вместе", by=sheet.juror.user, at=at)

    row = standings_of(contest)[0].rows[0]
    assert (row.score, row.spread, row.finished, row.assigned, row.recused) == (Decimal("4.000"), Decimal(0), 1, 1, 1)
    assert marks(sheet) == {1: 10, 2: 10}
    with pytest.raises(Refused):
        services.save_mark(sheet, criteria[0], 1, by=sheet.juror.user, at=at)
    with pytest.raises(Refused):
        services.recuse(sheet, reason="Ещё раз", by=sheet.juror.user, at=at)


def test_recusal_wants_a_reason(sheet, at):
    with pytest.raises(ValidationError):
        services.recuse(sheet, reason="", by=sheet.juror.user, at=at)
    sheet.refresh_from_db()
    assert sheet.recused_at is None


def test_database_itself_refuses_a_second_mark(sheet, criteria, at):
    row = {"assignment": sheet, "criterion": criteria[0], "saved_at": at}
    Score.objects.create(**row, value=1)

    with pytest.raises(IntegrityError), transaction.atomic():
        Score.objects.create(**row, value=2)
