"""What the environment makes of the portal: a demonstration when nothing is set, never one by accident."""

import os
import subprocess
import sys

import pytest
from django.conf import settings


def told_by_settings(name: str, **environment) -> str:
    """The value of a setting in a process of its own, whose environment holds nothing else of ours."""
    clean = {key: value for key, value in os.environ.items() if key in {"PATH", "PORTAL_DATA", "LANG"}}
    code = f"from portal import settings; print(settings.{name})"
    command = [sys.executable, "-W", "error", "-c", code]
    done = subprocess.run(  # noqa: S603 - our own interpreter and our own line of code
        command, cwd=settings.BASE_DIR, env=clean | environment, capture_output=True, text=True
    )
    return done.stdout.strip() or done.stderr.strip().splitlines()[-1]


def test_settings_make_a_demonstration_of_an_empty_environment():
    assert told_by_settings("DEMO") == "True"
    assert told_by_settings("DEBUG") == "False"


@pytest.mark.parametrize("environment", [{"ALLOWED_HOSTS": "practices.example.org"}, {"DEBUG": "0"}])
def test_settings_refuse_to_run_a_portal_without_a_secret(environment):
    assert "SECRET_KEY" in told_by_settings("DEMO", **environment)


def test_settings_ask_for_tls_in_production():
    production = {"SECRET_KEY": "x", "ALLOWED_HOSTS": "practices.example.org"}

    assert told_by_settings("DEMO", **production) == "False"
    assert told_by_settings("SECURE_SSL_REDIRECT", **production) == "True"
    assert told_by_settings("SESSION_COOKIE_SECURE", **production) == "True"
