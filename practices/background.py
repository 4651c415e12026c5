"""Background work as a page sees it: a record that has a task, and how far that task got.

A record that waits for background work has two fields, `task_id` (text, 36 letters, blank) and `finished_at` (a moment,
null), and is handed over in the transaction that makes it, so that both are there or neither:

    with transaction.atomic():
        record = Preview.objects.create(...)
        background.send(draw_preview, record)

Its task may be begun twice (docs/decisions/0011-background-work.md), so it does the long part without a lock, takes the
record under one for the result, and leaves everything alone if that is there already:

    @task
    def draw_preview(pk):
        drawn = draw(Preview.objects.get(pk=pk))
        with background.unfinished(Preview, pk) as record:
            if record:
                record.picture = drawn

Its page shows `components/_task.html` with `background.progress_of(record)`.
"""

from collections.abc import Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

WAITING, RUNNING, DONE, FAILED = "waiting", "running", "done", "failed"
SHOWN_AS = {
    TaskResultStatus.READY: WAITING,
    TaskResultStatus.RUNNING: RUNNING,
    TaskResultStatus.SUCCESSFUL: RUNNING,  # between two looks: the record that says so is read anew in a moment
    TaskResultStatus.FAILED: FAILED,
}


@dataclass(frozen=True)
class Progress:
    """How far it got; `total` is 0 where there is nothing to count."""

    state: str
    done: int = 0
    total: int = 0

    @property
    def is_going(self) -> bool:
        """Whether it is worth asking again."""
        return self.state in {WAITING, RUNNING}


def send(task, record) -> None:
    """Queue the task for this record, which remembers it. Call it in the transaction that writes the record."""
    task_id = task.enqueue(record.pk).id
    type(record).objects.filter(pk=record.pk).update(task_id=task_id)


@contextmanager
def unfinished(model, pk):
    """The record, locked, to write the result into: it is finished then. None when it is already, or gone."""
    with transaction.atomic():
        record = model.objects.select_for_update().filter(pk=pk, finished_at=None).first()
        yield record
        if record:
            record.finished_at = Now()
            record.save()


def progress_of(record) -> Progress:
    """How far the record's task got; by its fields `done` and `total`, if it has them."""
    return Progress(states_of([record])[record.pk], getattr(record, "done", 0), getattr(record, "total", 0))


def states_of(records: Iterable) -> dict:
    """The state of each record by its key, with one query for all that are not finished.

    A task that nobody knows any more will not be done: its record has failed.
    """
    records = list(records)
    waiting = {record.pk: _uuid(record.task_id) for record in records if not record.finished_at}
    known = DBTaskResult.objects.filter(pk__in=filter(None, waiting.values())) if waiting else ()
    status = dict(known.values_list("pk", "status")) if waiting else {}
    return {
        record.pk: DONE if record.finished_at else SHOWN_AS.get(status.get(waiting[record.pk]), FAILED)
        for record in records
    }


def _uuid(text: str) -> UUID | None:
    """None for the ids of tasks that were done at once, without the queue."""
    try:
        return UUID(text)
    except ValueError:
        return None
