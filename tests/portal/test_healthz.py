"""What a watchdog is told."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db.models.functions import Now

from portal.models import Worker

pytestmark = pytest.mark.django_db


def test_healthz_counts_the_workers_heard_of(client):
    Worker.objects.create(key="fresh", heard_at=Now())
    Worker.objects.create(key="silent", heard_at=Now() - timedelta(seconds=2 * settings.WORKER_LEASE_SECONDS))

    assert client.get("/healthz").json() == {"status": "ok", "workers": 1}


def test_healthz_is_well_without_workers(client):
    answer = client.get("/healthz")

    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "workers": 0}
