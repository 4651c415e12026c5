"""Tasks outlive their workers: those of a worker that is not heard of any more go back into the queue.

`django_tasks_db` marks a task RUNNING when a worker claims it, and there it stays if that worker is killed. So every
worker says again and again that it lives (`heartbeat`), and every one looks after the tasks of the silent ones
(`requeue_orphans`). A claim is known by the list of its workers: each claim makes it longer, so whoever changes a task
names the list that it knows, and comes too late when the task has been given to another meanwhile.
"""

import logging
from datetime import datetime, timedelta
from traceback import format_exception

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks.base import Task
from django_tasks.signals import task_finished
from django_tasks_db.backend import DatabaseBackend
from django_tasks_db.models import DBTaskResult

from portal.models import Worker
from practices.tasks import are_requests_outdated, forget_old_requests, send_saved_searches
from practices.watching import is_anything_due

logger = logging.getLogger(__name__)

ATTEMPTS = 3  # a task that outlives no worker is not given to a fourth
FORGET_AFTER = timedelta(days=1)
EVERY = timedelta(hours=1)
BY_THE_CLOCK = ((send_saved_searches, is_anything_due), (forget_old_requests, are_requests_outdated))


class WorkersDied(Exception):
    """As many workers as may try died over one task, so it is the task that kills them."""


def heartbeat(worker_key: str) -> None:
    """Say that this worker lives. Said once before it claims its first task."""
    if not Worker.objects.filter(pk=worker_key).update(heard_at=Now()):
        Worker.objects.create(key=worker_key, heard_at=Now())
    Worker.objects.filter(heard_at__lt=Now() - FORGET_AFTER).delete()


def requeue_orphans() -> int:
    """Put the tasks of silent workers back into the queue; return how many."""
    # In this order: a worker that claims a task between the two questions was heard of before it claimed.
    running = list(DBTaskResult.objects.running())
    alive = set(Worker.objects.alive().values_list("key", flat=True)) if running else set()
    orphans = [task for task in running if task.worker_ids[-1] not in alive]
    return sum(_requeue(task) for task in orphans)


def _requeue(task: DBTaskResult) -> bool:
    if len(task.worker_ids) >= ATTEMPTS:
        reason = WorkersDied(f"{len(task.worker_ids)} workers died or fell silent over this task")
        if fail(task, reason):
            logger.error("Task %s (%s) is given up: %s", task.pk, task.task_path, reason)
        return False
    moved = bool(_claim_of(task).update(status=TaskResultStatus.READY))
    if moved:
        logger.warning("Task %s (%s) is taken from a silent worker", task.pk, task.task_path)
    return moved


def succeed(task: DBTaskResult, value) -> bool:
    """Write the result down, unless the task has been given to another worker; return whether it was written."""
    return _finish(task, TaskResultStatus.SUCCESSFUL, return_value=value, exception_class_path="", traceback="")


def fail(task: DBTaskResult, error: BaseException) -> bool:
    """Write the error down, unless the task has been given to another worker; return whether it was written."""
    path = f"{type(error).__module__}.{type(error).__qualname__}"
    trace = "".join(format_exception(error))
    return _finish(task, TaskResultStatus.FAILED, return_value=None, exception_class_path=path, traceback=trace)


def _finish(task: DBTaskResult, status: TaskResultStatus, **outcome) -> bool:
    written = bool(_claim_of(task).update(status=status, finished_at=Now(), **outcome))
    if written:
        task.refresh_from_db()
        _announce(task)
    return written


def _announce(task: DBTaskResult) -> None:
    """Tell those who listen that the task is over; they stand where it is defined, so they are there by now."""
    try:
        result = task.task_result
    except (ImportError, SuspiciousOperation):
        logger.exception("Task %s (%s) is not of this portal any more", task.pk, task.task_path)
    else:
        task_finished.send(sender=DatabaseBackend, task_result=result)


def _claim_of(task: DBTaskResult):
    return DBTaskResult.objects.filter(pk=task.pk, status=TaskResultStatus.RUNNING, worker_ids=task.worker_ids)


@transaction.atomic
def sign_off(worker_key: str) -> None:
    """A worker that goes in good order hands its task back, and that attempt does not count."""
    for task in DBTaskResult.objects.running():
        if task.worker_ids[-1] == worker_key:
            _claim_of(task).update(status=TaskResultStatus.READY, worker_ids=task.worker_ids[:-1])
    Worker.objects.filter(pk=worker_key).delete()


def enqueue_what_is_due() -> None:
    """Queue what goes by the clock, each task once an hour at most. Two workers may both do so: the tasks bear it."""
    now = timezone.now()
    for task, is_due in BY_THE_CLOCK:
        if is_due(at=now):
            _enqueue_once_an_hour(task, now)


def _enqueue_once_an_hour(task: Task, now: datetime) -> None:
    queued = DBTaskResult.objects.filter(task_path=task.module_path)
    if not queued.filter(enqueued_at__gt=now - EVERY).exists():
        queued.filter(enqueued_at__lt=now - FORGET_AFTER, finished_at__isnull=False).delete()
        task.enqueue()


def heartbeat_interval() -> float:
    """Six chances to be heard within a lease."""
    return settings.WORKER_LEASE_SECONDS / 6
