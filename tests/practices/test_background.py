"""How far background work got, as its page is told."""

from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from practices import background

UNKNOWN = "97e8534e-c94f-453c-8e65-79f5832ea9bd"

pytestmark = pytest.mark.django_db


def record(pk=1, *, task_id="", finished_at=None):
    return SimpleNamespace(pk=pk, task_id=task_id, finished_at=finished_at)


def queued(status):
    task = DBTaskResult.objects.create(
        task_path="nowhere",
        backend_name="default",
        args_kwargs={},
        status=status,
        exception_class_path="",
        traceback="",
    )
    return str(task.pk)


@pytest.mark.parametrize(
    ("status", "shown"),
    [
        (TaskResultStatus.READY, background.WAITING),
        (TaskResultStatus.RUNNING, background.RUNNING),
        (TaskResultStatus.FAILED, background.FAILED),
    ],
)
def test_progress_of_an_unfinished_record_is_that_of_its_task(status, shown):
    assert background.progress_of(record(task_id=queued(status))).state == shown


@pytest.mark.parametrize("task_id", ["", UNKNOWN, "done-at-once-and-never-queued"])
def test_record_whose_task_nobody_knows_has_failed(task_id):
    assert background.progress_of(record(task_id=task_id)).state == background.FAILED


def test_finished_record_is_done_whatever_became_of_its_task():
    finished = record(task_id=queued(TaskResultStatus.FAILED), finished_at=timezone.now())

    assert background.progress_of(finished).state == background.DONE


@pytest.mark.parametrize("many", [1, 5])
def test_states_cost_one_query(many, django_assert_num_queries):
    records = [record(pk, task_id=queued(TaskResultStatus.READY)) for pk in range(many)]

    with django_assert_num_queries(1):
        assert set(background.states_of(records).values()) == {background.WAITING}


@pytest.mark.parametrize(
    ("progress", "has_endless_bar", "has_counted_bar"),
    [
        (background.Progress(background.WAITING), True, False),
        (background.Progress(background.RUNNING), True, False),
        (background.Progress(background.RUNNING, 1, 3), False, True),
        (background.Progress(background.DONE), False, False),
        (background.Progress(background.FAILED), False, False),
    ],
)
def test_work_has_a_bar_while_it_goes_on_counted_or_not(progress, has_endless_bar, has_counted_bar):
    html = render_to_string("components/_task.html", {"progress": progress, "url": "/"})

    assert ("<progress" in html, "meterbar" in html) == (has_endless_bar, has_counted_bar)
