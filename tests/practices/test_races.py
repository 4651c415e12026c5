"""Many writers at one section, saving against submitting: what holds, and that it would not hold unprotected.

SQLite lets one transaction write at a time (IMMEDIATE), so the controls show their race on PostgreSQL alone.
"""

from threading import Event
from time import sleep

import pytest
from django.core import mail
from django.db import transaction

from accounts.verdicts import Refused
from competition.enums import Status
from competition.models import Application
from practices.models import PassportSection
from practices.services import Conflict, Saved, filing, save_section, sections, submit_passport
from tests.concurrency import PATIENCE, at_once
from tests.factories import ApplicationFactory, PassportFactory, whole_answers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.every_database]

WRITERS = 16
SAVES = 4  # of each writer


def goals(passport):
    return PassportSection.objects.get(passport=passport, code="goals")


def text(words):
    return {"blocks": [{"text": words}]}


def without_lock(monkeypatch):
    for service in (filing, sections):
        monkeypatch.setattr(service, "lock_application", lambda application: Application.objects.get(pk=application.pk))


# --- Save against save -----------------------------------------------------------------------------


def writers_of(save):
    """So many writers, each with so many texts of their own; they return the texts that were acknowledged."""

    def writer(name):
        def write():
            acknowledged = []
            for number in range(SAVES):
                words = f"{name}.{number}"
                while not save(words):
                    pass  # somebody else was faster: read anew and try again
                acknowledged.append(words)
            return acknowledged

        return write

    return [writer(name) for name in range(WRITERS)]


def acknowledged_by(save):
    return sorted(words for texts in at_once(*writers_of(save)) for words in texts)


def versioned(passport, by, at):
    """What an editor does: read a version, save on top of it, start over when told that it is stale."""

    def save(words):
        seen = goals(passport).version
        try:
            return save_section(passport, "goals", text(words), seen=seen, by=by, at=at).changed
        except Conflict:
            return False

    return save


def naive(passport, by, at):
    """What a plain ModelForm does: read the row, change it, write it back. The pause stands for a slow network."""

    def save(words):
        with transaction.atomic():
            section = goals(passport)
            sleep(0.002)
            section.content, section.version = text(words), section.version + 1
            section.saved_at, section.saved_by = at, by
            section.save()
        return True

    return save


def test_no_acknowledged_save_is_lost_among_many_writers(draft, applicant, now):
    acknowledged = acknowledged_by(versioned(draft, applicant, now))

    section = goals(draft)
    kept = sorted(revision.content["blocks"][0]["text"] for revision in section.revisions.all())
    assert len(acknowledged) == WRITERS * SAVES == section.version
    assert kept == acknowledged


def test_the_version_alone_loses_nothing_even_without_the_lock(draft, applicant, now, monkeypatch):
    without_lock(monkeypatch)

    acknowledged = acknowledged_by(versioned(draft, applicant, now))

    assert len(acknowledged) == goals(draft).version == goals(draft).revisions.count()


@pytest.mark.postgresql
def test_control_plain_saves_lose_acknowledged_texts(draft, applicant, now):
    acknowledged = acknowledged_by(naive(draft, applicant, now))

    assert len(acknowledged) == WRITERS * SAVES
    assert goals(draft).version < len(acknowledged)


# --- Save against submit ---------------------------------------------------------------------------


def submit_during_a_save(passport, by, at):
    """One tab has been allowed to save and pauses before writing, while another submits.

    Returns what the save came to, and whether the submission was over before the save wrote.
    """
    allowed, filed = Event(), Event()
    clean = sections._clean

    def pausing_clean(*args, **kwargs):
        allowed.set()
        filed.wait(PATIENCE)
        return clean(*args, **kwargs)

    def saving():
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sections, "_clean", pausing_clean)
            saved = save_section(passport, "goals", text("Последняя правка"), seen=0, by=by, at=at)
        return saved, filed.is_set()

    def submitting():
        allowed.wait(PATIENCE * 5)
        submit_passport(passport, consent=True, by=by, at=at)
        filed.set()

    (saved, written_after_filing), _filed = at_once(saving, submitting)
    return saved, written_after_filing


def test_a_save_on_its_way_is_part_of_what_is_submitted(whole, applicant, now):
    saved, written_after_filing = submit_during_a_save(whole, applicant, now)

    assert isinstance(saved, Saved)
    assert not written_after_filing
    whole.application.refresh_from_db()
    assert whole.application.status == Status.SUBMITTED
    assert goals(whole).content == text("Последняя правка")


@pytest.mark.postgresql
def test_control_without_the_lock_a_save_is_acknowledged_after_the_submission(whole, applicant, now, monkeypatch):
    without_lock(monkeypatch)

    saved, written_after_filing = submit_during_a_save(whole, applicant, now)

    assert isinstance(saved, Saved)
    assert written_after_filing


def save_during_a_submission(passport, by, at, monkeypatch):
    """The passport has been found whole and is about to be filed, when a save arrives; what the save came to."""
    checked, never = Event(), Event()
    missing_sections = filing.missing_sections

    def slow_check(passport):
        missing = missing_sections(passport)
        checked.set()
        never.wait(PATIENCE)  # long enough for the save to arrive
        return missing

    monkeypatch.setattr(filing, "missing_sections", slow_check)

    def saving():
        checked.wait(PATIENCE * 5)
        return save_section(passport, "goals", {"blocks": []}, seen=0, by=by, at=at)

    filed, answer = at_once(lambda: submit_passport(passport, consent=True, by=by, at=at), saving)
    assert filed.status == Status.SUBMITTED
    return answer


def test_a_save_during_the_submission_is_refused(whole, applicant, now, monkeypatch):
    answer = save_during_a_submission(whole, applicant, now, monkeypatch)

    assert isinstance(answer, Refused)
    assert goals(whole).content == text("Ответ: Цели и задачи")


@pytest.mark.postgresql
def test_control_without_the_lock_a_save_empties_what_was_found_whole(whole, applicant, now, monkeypatch):
    without_lock(monkeypatch)

    answer = save_during_a_submission(whole, applicant, now, monkeypatch)

    assert isinstance(answer, Saved)
    assert goals(whole).content == {"blocks": []}


# --- Submit against submit -------------------------------------------------------------------------


def test_submitting_many_times_at_once_files_one(whole, applicant, now):
    answers = at_once(*[lambda: submit_passport(whole, consent=True, by=applicant, at=now)] * 6)

    assert sorted(type(answer).__name__ for answer in answers) == ["Application"] + ["Refused"] * 5
    assert len(mail.outbox) == 1
    assert whole.application.moves.count() == 1


def test_submitting_many_applications_at_once_gives_each_its_number(open_track, applicant, now):
    passports = [
        PassportFactory(
            application=ApplicationFactory(contest=open_track.contest, track=open_track, owner=applicant),
            answers=whole_answers(),
        )
        for _index in range(8)
    ]

    def submit(passport):
        return lambda: submit_passport(passport, consent=True, by=applicant, at=now)

    numbers = sorted(answer.number for answer in at_once(*map(submit, passports)))

    assert numbers == [f"{now.year}-{number:04d}" for number in range(1, 9)]
