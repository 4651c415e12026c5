"""Workers that are killed, stopped and told to go. Those are real processes; whoever works after them is a thread."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models.functions import Now
from django.http import QueryDict
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker as PackagesWorker
from django_tasks_db.models import DBTaskResult

from portal import background
from portal.management.commands.db_worker import LeasedWorker
from portal.models import Worker
from practices.background import DONE, WAITING, Progress, progress_of
from practices.enums import ExportKind, Reading
from practices.forms.selection import Selection
from practices.models import Export, WordImport
from practices.services.exports import is_given_out
from practices.tasks import order_export, read_word_file
from tests.concurrency import at_once
from tests.factories import PassportFactory, PracticeFactory
from tests.portal import probes

LEASE = 2
PATIENCE = 20  # seconds within which everything here happens, or never
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.every_database]


@pytest.fixture(autouse=True)
def task_queue(settings):
    """The queue of the running portal, in place of the tests' own way of doing everything at once."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    settings.WORKER_LEASE_SECONDS = LEASE


def database_url():
    """Where the database of this test is, for a process that has only its environment."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}"


@contextmanager
def worker(*options):
    """A worker in a process of its own; killed at the end, whatever became of it."""
    environment = os.environ | {
        "DATABASE_URL": database_url(),
        "WORKER_LEASE_SECONDS": str(LEASE),
        "SECRET_KEY": "only-for-tests",
        "DJANGO_SETTINGS_MODULE": "portal.settings",
    }
    command = [sys.executable, "manage.py", "db_worker", "--no-startup-delay", "--interval=0.1", *options]
    process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment)  # noqa: S603
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def work(key, kind=LeasedWorker, **more):
    """Do everything that is ready, as a worker in this process would."""
    options = {"queue_names": ["default"], "excluded_queue_names": [], "backend_name": "default", "max_tasks": None}
    return kind(**options, interval=0, batch=True, startup_delay=False, worker_id=key, **more).run()


def work_until_finished(key, task):
    eventually(lambda: work(key, beside=None) or row(task).finished_at)


def eventually(condition):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.05)
    raise AssertionError("it did not happen")


def row(task) -> DBTaskResult:
    return DBTaskResult.objects.get(pk=task.id)


def marks(folder, word) -> int:
    return len(list(folder.glob(f"{word}-*")))


def test_task_of_a_killed_worker_is_done_once_and_only_by_ours(tmp_path):
    task = probes.write_after.enqueue(str(tmp_path), 0.5)
    with worker() as killed:
        eventually(lambda: marks(tmp_path, "begun"))
        killed.kill()

    time.sleep(1.1 * LEASE)
    work("the package's", kind=PackagesWorker)
    assert row(task).status == TaskResultStatus.RUNNING  # for ever: why there is a worker of our own

    at_once(lambda: work_until_finished("one", task), lambda: work_until_finished("other", task))
    assert row(task).status == TaskResultStatus.SUCCESSFUL
    assert len(row(task).worker_ids) == 2
    assert row(task).return_value == marks(tmp_path, "done") == 1


def test_stopped_worker_that_wakes_up_does_not_write_over_the_result_of_another(tmp_path):
    task = probes.write_after.enqueue(str(tmp_path), 0.3)
    with worker() as sleeper:
        eventually(lambda: marks(tmp_path, "begun"))
        sleeper.send_signal(signal.SIGSTOP)
        work_until_finished("another", task)
        finished = row(task)
        sleeper.send_signal(signal.SIGCONT)
        eventually(lambda: marks(tmp_path, "done") == 2)
        after = probes.write_after.enqueue(str(tmp_path), 0)
        eventually(lambda: row(after).finished_at)  # so the sleeper is through with the one before

    assert row(task).finished_at == finished.finished_at
    assert row(task).return_value == finished.return_value == 1


def test_worker_goes_with_the_server_beside_it_and_hands_its_task_back(tmp_path):
    task = probes.write_after.enqueue(str(tmp_path), PATIENCE)
    server = subprocess.Popen(["sleep", str(PATIENCE)])  # noqa: S603, S607
    with worker("--beside", str(server.pid)) as process:
        eventually(lambda: marks(tmp_path, "begun"))
        server.kill()
        server.wait()
        assert process.wait(PATIENCE) == 0

    assert row(task).status == TaskResultStatus.READY
    assert row(task).worker_ids == []  # an attempt cut short by us is none
    assert not Worker.objects.exists()


def test_slow_task_of_a_living_worker_is_left_to_it(tmp_path):
    task = probes.write_after.enqueue(str(tmp_path), 1.5 * LEASE)

    def grudge():
        eventually(lambda: background.requeue_orphans() or row(task).finished_at)

    at_once(lambda: work_until_finished("slow", task), grudge)

    assert row(task).worker_ids == ["slow"]
    assert marks(tmp_path, "begun") == 1


def test_failure_keeps_its_reason():
    task = probes.break_down.enqueue()

    work("one", beside=None)

    assert row(task).status == TaskResultStatus.FAILED
    assert "nothing here" in row(task).traceback


def claimed_by(*keys: str) -> DBTaskResult:
    """A task that these workers had in hand, one after the other."""
    task = DBTaskResult.objects.get(pk=probes.break_down.enqueue().id)
    for key in keys:
        task.claim(key)
    return task


def test_requeue_leaves_what_a_worker_heard_of_has_in_hand():
    background.heartbeat("alive")
    task = claimed_by("alive")

    assert background.requeue_orphans() == 0
    assert row(task).status == TaskResultStatus.RUNNING


def test_requeue_takes_a_task_from_a_silent_worker_once():
    task = claimed_by("silent")

    assert sum(at_once(*[background.requeue_orphans] * 4)) == 1
    assert row(task).status == TaskResultStatus.READY


def test_task_that_outlived_no_worker_is_given_up_with_the_reason():
    task = claimed_by(*"abc"[: background.ATTEMPTS])

    assert background.requeue_orphans() == 0
    assert row(task).status == TaskResultStatus.FAILED
    assert row(task).task_result.errors[0].exception_class is background.WorkersDied


def test_applicant_is_told_when_reading_a_file_is_given_up():
    passport = PassportFactory()
    owner = passport.application.owner
    waiting = WordImport.objects.create(
        passport=passport, token=uuid4(), reading=Reading.WAITING, uploaded_at=timezone.now(), uploaded_by=owner
    )
    task = DBTaskResult.objects.get(pk=read_word_file.enqueue(waiting.pk).id)
    for key in "abc":
        task.claim(key)

    background.requeue_orphans()

    waiting.refresh_from_db()
    assert waiting.is_refused
    assert waiting.refusal


def test_task_whose_code_is_gone_fails_and_stops_nobody():
    task = DBTaskResult.objects.get(pk=probes.break_down.enqueue().id)
    DBTaskResult.objects.update(task_path="practices.tasks.of_last_year")

    work("one", beside=None)

    assert row(task).status == TaskResultStatus.FAILED


def test_worker_is_silent_after_the_lease():
    Worker.objects.create(key="fresh", heard_at=Now() - timedelta(seconds=0.5 * LEASE))
    Worker.objects.create(key="stale", heard_at=Now() - timedelta(seconds=1.5 * LEASE))

    assert [each.key for each in Worker.objects.alive()] == ["fresh"]


def test_heartbeat_survives_a_database_that_does_not_answer(monkeypatch, tmp_path):
    task = probes.write_after.enqueue(str(tmp_path), 0.6 * LEASE)
    beats, heartbeat = [], background.heartbeat

    def fail_once(key):
        beats.append(key)
        if len(beats) == 2:
            raise DatabaseError("gone")
        heartbeat(key)

    monkeypatch.setattr(background, "heartbeat", fail_once)
    work("one", beside=None)

    assert row(task).status == TaskResultStatus.SUCCESSFUL
    assert len(beats) > 2
    assert not [thread for thread in threading.enumerate() if thread.name == "pulse"]


def ordered():
    return order_export(Selection(QueryDict("year=2021")), kind=ExportKind.XLSX, at=timezone.now())


def test_export_that_two_visitors_order_at_once_is_made_once():
    PracticeFactory(contest__year=2021)

    one, other = at_once(ordered, ordered)
    assert one == other
    assert DBTaskResult.objects.count() == 1
    assert progress_of(Export.objects.get()).state == WAITING

    at_once(lambda: work("one", beside=None), lambda: work("other", beside=None))

    made = Export.objects.get()
    assert progress_of(made) == Progress(DONE, done=1, total=1)
    assert is_given_out(made, at=timezone.now())
    assert ordered() == made
    assert DBTaskResult.objects.count() == 1


def test_export_that_was_given_up_is_queued_anew():
    PracticeFactory(contest__year=2021)
    failed = ordered()
    DBTaskResult.objects.update(status=TaskResultStatus.FAILED)

    assert ordered() == failed
    assert DBTaskResult.objects.filter(status=TaskResultStatus.READY).count() == 1
