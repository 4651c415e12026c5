"""Two people at once: run deeds in threads with connections of their own, and let them meet where it hurts."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, BrokenBarrierError

from django.db import connection

PATIENCE = 0.7  # seconds to wait for somebody whom the lock under test keeps away


def at_once(*deeds):
    """Run the deeds in parallel; return what each returned, or the exception it raised, in their order.

    Needs `django_db(transaction=True)`: threads see only what is committed.
    """

    def run(deed):
        try:
            return deed()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as threads:
        return list(threads.map(run, deeds))


class Meeting:
    """A place in the code where two threads would both stand if nothing kept the second away."""

    def __init__(self):
        self.barrier = Barrier(2)
        self.took_place = False

    def __call__(self, *_args, **_kwargs):
        try:
            self.barrier.wait(PATIENCE)
            self.took_place = True
        except BrokenBarrierError:
            pass  # the other waits behind a lock
