"""Tasks for the tests of the worker: real workers are processes of their own and find tasks by their import path."""

import time
from pathlib import Path

from django_tasks import task


@task
def write_after(folder: str, seconds: float):
    """Say that it began, take its time, and leave one mark more in the folder."""
    mark(folder, "begun")
    time.sleep(seconds)
    mark(folder, "done")
    return len(list(Path(folder).glob("done-*")))


@task
def break_down():
    raise LookupError("nothing here")


def mark(folder: str, word: str) -> None:
    Path(folder, f"{word}-{time.time_ns()}").touch()
