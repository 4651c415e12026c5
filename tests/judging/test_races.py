"""Two tabs, two presses, two people: what holds, and that it would not hold without the lock.

SQLite lets one transaction write at a time (IMMEDIATE), so the controls show their race on PostgreSQL alone.
"""

from datetime import timedelta
from threading import Event

import pytest
from django.core import mail
from django.db import IntegrityError

from accounts.verdicts import Refused
from competition.models import Contest
from competition.services import admit
from judging import services
from judging.models import Assignment, Result, Score
from judging.queries import fingerprint, standings_of
from practices.enums import Award
from practices.models import Practice
from tests.concurrency import PATIENCE, Meeting, at_once
from tests.factories import ApplicationFactory, AssignmentFactory, JurorFactory, utc

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.every_database]

AFTER = utc(2021, 10, 5)


def read_without_lock(assignment):
    return Assignment.objects.select_related("juror__user", "application__contest").get(pk=assignment.pk)


@pytest.fixture
def meeting(monkeypatch):
    """Make whoever has read the sheet wait for the other to have read it too."""
    meeting = Meeting()

    def meet_after_reading(read):
        def reading(assignment):
            sheet = read(assignment)
            meeting()
            return sheet

        monkeypatch.setattr(services, "lock_sheet", reading)

    meeting.after = meet_after_reading
    return meeting


@pytest.fixture
def complete_sheet(sheet, criteria):
    Score.objects.bulk_create(
        Score(assignment=sheet, criterion=criterion, value=7, saved_at=sheet.assigned_at) for criterion in criteria
    )
    return sheet


# --- The same mark from two tabs -------------------------------------------------------------------


def test_marks_from_many_tabs_end_in_one_row(sheet, criteria, at):
    def save(value):
        return lambda: services.save_mark(sheet, criteria[0], value, by=sheet.juror.user, at=at)

    answers = at_once(*(save(value) for value in range(8)))

    assert [type(answer) for answer in answers] == [Score] * 8
    (score,) = Score.objects.all()
    assert score.value in range(8)


# --- Finishing -------------------------------------------------------------------------------------


def finish(sheet, at):
    return lambda: services.finish_sheet(sheet, by=sheet.juror.user, at=at)


def test_finishing_twice_at_once_keeps_the_first_moment(complete_sheet, at, meeting):
    meeting.after(services.lock_sheet)

    first, second = at_once(finish(complete_sheet, at), finish(complete_sheet, at + timedelta(hours=1)))

    assert not meeting.took_place
    complete_sheet.refresh_from_db()
    assert first.finished_at == second.finished_at == complete_sheet.finished_at


@pytest.mark.postgresql
def test_control_without_the_lock_both_would_finish(complete_sheet, at, meeting):
    meeting.after(read_without_lock)

    first, second = at_once(finish(complete_sheet, at), finish(complete_sheet, at + timedelta(hours=1)))

    assert meeting.took_place
    assert first.finished_at != second.finished_at


def mark_while_finishing(sheet, criterion, at):
    """One tab has been allowed to save a mark and pauses before writing it, while another finishes the sheet."""
    allowed, finished = Event(), Event()
    write = Score.objects.update_or_create

    def pausing_write(**row):
        allowed.set()
        finished.wait(PATIENCE)
        return write(**row)

    def marking():
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(services.Score.objects, "update_or_create", pausing_write, raising=False)
            score = services.save_mark(sheet, criterion, 1, by=sheet.juror.user, at=at)
        return score, finished.is_set()

    def finishing():
        allowed.wait(PATIENCE)
        done = services.finish_sheet(sheet, by=sheet.juror.user, at=at)
        finished.set()
        return done

    (_score, written_after_the_end), _done = at_once(marking, finishing)
    return written_after_the_end


def test_no_mark_changes_behind_a_finished_sheet(complete_sheet, criteria, at):
    assert not mark_while_finishing(complete_sheet, criteria[0], at)


@pytest.mark.postgresql
def test_control_without_the_lock_a_mark_would_change_behind_it(complete_sheet, criteria, at, monkeypatch):
    monkeypatch.setattr(services, "lock_sheet", read_without_lock)

    assert mark_while_finishing(complete_sheet, criteria[0], at)


# --- The announcement ------------------------------------------------------------------------------


@pytest.fixture
def judged(contest, criteria, application):
    AssignmentFactory(juror=JurorFactory(contest=contest), application=application, finished=True, marks=[10, 9])
    return application


def announcing(contest, application, organiser):
    seen = fingerprint(standings_of(contest))
    return lambda: services.announce(
        contest, {application.key: Award.WINNER}, seen=seen, despite_warnings=True, by=organiser, at=AFTER
    )


def test_announcing_twice_at_once_files_one(judged, contest, organiser, monkeypatch):
    meeting = Meeting()
    monkeypatch.setattr(services, "_lock_applications", meeting)

    answers = at_once(announcing(contest, judged, organiser), announcing(contest, judged, organiser))

    assert not meeting.took_place
    assert sorted(type(answer).__name__ for answer in answers) == ["Refused", "list"]
    assert (Result.objects.count(), Practice.objects.count(), len(mail.outbox)) == (1, 1, 1)


@pytest.mark.postgresql
def test_control_without_the_lock_the_second_announcement_would_break(judged, contest, organiser, monkeypatch):
    meeting = Meeting()
    monkeypatch.setattr(services, "_lock_applications", meeting)
    monkeypatch.setattr(Contest.objects, "select_for_update", Contest.objects.all, raising=False)

    answers = at_once(announcing(contest, judged, organiser), announcing(contest, judged, organiser))

    assert meeting.took_place
    assert any(isinstance(answer, (IntegrityError, Exception)) for answer in answers)
    assert not any(isinstance(answer, Refused) for answer in answers)


def while_announcing(contest, application, organiser, monkeypatch, deed):
    """Try the deed when the results are frozen but not committed yet; return what it came to."""
    frozen = Event()
    enter_bank = services.enter_bank

    def slow_enter_bank(*args, **kwargs):
        frozen.set()
        started.wait(PATIENCE)
        return enter_bank(*args, **kwargs)

    started = Event()  # never set: the announcement lasts long enough for the deed to arrive
    monkeypatch.setattr(services, "enter_bank", slow_enter_bank)

    def late_deed():
        frozen.wait(PATIENCE * 5)
        return deed()

    announced, answer = at_once(announcing(contest, application, organiser), late_deed)
    assert isinstance(announced, list)
    return answer


def test_a_mark_during_the_announcement_is_refused(judged, contest, criteria, organiser, at, monkeypatch):
    late = AssignmentFactory(juror=JurorFactory(contest=contest), application=judged, declared=True)

    answer = while_announcing(
        contest,
        judged,
        organiser,
        monkeypatch,
        lambda: services.save_mark(late, criteria[0], 0, by=late.juror.user, at=at),
    )

    assert isinstance(answer, Refused)
    assert not late.scores.exists()


@pytest.mark.postgresql
def test_control_without_the_lock_a_mark_would_slip_in(judged, contest, criteria, organiser, at, monkeypatch):
    late = AssignmentFactory(juror=JurorFactory(contest=contest), application=judged, declared=True)
    monkeypatch.setattr(services, "lock_sheet", read_without_lock)

    answer = while_announcing(
        contest,
        judged,
        organiser,
        monkeypatch,
        lambda: services.save_mark(late, criteria[0], 0, by=late.juror.user, at=at),
    )

    assert isinstance(answer, Score)


def test_an_admission_during_the_announcement_is_refused(judged, contest, organiser, monkeypatch):
    waiting = ApplicationFactory(contest=contest, status="submitted", submitted_at=AFTER, number="2021-9001")

    answer = while_announcing(contest, judged, organiser, monkeypatch, lambda: admit(waiting, by=organiser, at=AFTER))

    assert isinstance(answer, Refused)
    waiting.refresh_from_db()
    assert waiting.status == "submitted"
