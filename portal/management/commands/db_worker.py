import logging
import os
import signal
import sys
import threading
import time

from django.db import close_old_connections, connection
from django_tasks.base import TaskContext
from django_tasks.signals import task_started
from django_tasks.utils import normalize_json
from django_tasks_db.management.commands import db_worker as package

from portal import background

logger = logging.getLogger(__name__)

TICK = 1  # seconds between two looks at whether we are still wanted


class Pulse(threading.Thread):
    """Says that the worker lives, also while its task takes long, and looks after the tasks of those that do not."""

    def __init__(self, worker_key: str, beside: int | None):
        super().__init__(name="pulse", daemon=True)
        self.worker_key = worker_key
        self.beside = beside
        self.stopped = threading.Event()

    def __enter__(self):
        background.heartbeat(self.worker_key)
        background.requeue_orphans()
        background.enqueue_what_is_due()
        self.start()
        return self

    def __exit__(self, *_error):
        self.stopped.set()
        self.join()
        background.sign_off(self.worker_key)

    def run(self):
        interval = background.heartbeat_interval()
        next_beat = time.monotonic() + interval
        while not self.stopped.wait(min(TICK, interval)):
            if self.beside and not _is_running(self.beside):
                os.kill(os.getpid(), signal.SIGTERM)
                break
            if time.monotonic() >= next_beat:
                self.beat()
                next_beat = time.monotonic() + interval
        connection.close()

    def beat(self):
        close_old_connections()
        try:
            background.heartbeat(self.worker_key)
            background.requeue_orphans()
            background.enqueue_what_is_due()
        except Exception:  # a pulse that stops gives a living worker's task away
            logger.exception("The worker could not say that it lives; it tries again")


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True  # somebody else's, but there
    return True


class LeasedWorker(package.Worker):
    """The package's worker, which may be killed at any moment and never has the last word on a task it has lost."""

    def __init__(self, *, beside: int | None, **options):
        super().__init__(**options)
        self.beside = beside

    def run(self):
        with Pulse(self.worker_id, self.beside):
            super().run()

    def shutdown(self, signum, frame):
        """Go at once: the task in hand goes back into the queue, and being idempotent it may be done again."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT):
            signal.signal(number, signal.SIG_IGN)
        logger.info("%s: the worker hands back what it has in hand and goes", signal.Signals(signum).name)
        self.running = False
        sys.exit(0)

    def run_task(self, db_task_result):
        written = False
        try:
            task_started.send(sender=package.DatabaseBackend, task_result=db_task_result.task_result)
            written = background.succeed(db_task_result, normalize_json(_call(db_task_result)))
        except BaseException as error:
            if not self.running:  # told to go: not the task's fault
                raise
            written = background.fail(db_task_result, error)
        finally:
            self._run_tasks += 1
        if not written:
            logger.warning("Task %s was given to another worker meanwhile; its result counts", db_task_result.pk)


def _call(db_task_result):
    task = db_task_result.task
    given = db_task_result.task_result
    context = [TaskContext(task_result=given)] if task.takes_context else []
    return task.call(*context, *given.args, **given.kwargs)


class Command(package.Command):
    """`manage.py db_worker`, ours in place of the package's: see docs/decisions/0011-background-work.md."""

    help = "Выполнять фоновую работу: читать файлы, готовить просмотр. Можно запустить несколько; любой можно убить."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument(
            "--beside", type=int, metavar="PID", help="закончить, когда закончится процесс с этим номером"
        )

    def handle(self, *, verbosity, queue_name, exclude_queues, reload, beside, **options):
        self.configure_logging(verbosity)
        chosen = ("interval", "batch", "backend_name", "startup_delay", "max_tasks", "worker_id")
        worker = LeasedWorker(
            queue_names=queue_name.split(","),
            excluded_queue_names=exclude_queues.split(",") if exclude_queues else [],
            beside=beside,
            **{name: options[name] for name in chosen},
        )
        if reload and not worker.batch:
            if os.environ.get(package.DJANGO_AUTORELOAD_ENV) == "true":
                worker.configure_signals()
            package.run_with_reloader(worker.run)
        else:
            worker.configure_signals()
            worker.run()
