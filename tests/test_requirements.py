"""The lock is what gets installed; it must say what requirements.in and requirements-dev.in say."""

import re

import pytest
from django.conf import settings

LOCKS = {"requirements.in": "requirements.txt", "requirements-dev.in": "requirements-dev.txt"}


def pins(name):
    """Return {package: version} of a requirements file."""
    text = (settings.BASE_DIR / name).read_text(encoding="utf-8")
    return {
        package.lower(): version
        for package, version in re.findall(r"^([\w.-]+)(?:\[\w+\])?==([^\s;]+)", text, flags=re.MULTILINE)
    }


@pytest.mark.parametrize(("wish", "lock"), LOCKS.items())
def test_lock_pins_what_is_asked_for(wish, lock):
    asked = pins(wish)
    locked = pins(lock)

    assert asked
    assert {package: locked.get(package) for package in asked} == asked


def test_dev_lock_runs_the_same_packages_as_the_portal():
    run = pins("requirements.txt")
    dev = pins("requirements-dev.txt")

    assert {package: dev.get(package) for package in run} == run


@pytest.mark.parametrize("lock", LOCKS.values())
def test_lock_names_no_package_index(lock):
    text = (settings.BASE_DIR / lock).read_text(encoding="utf-8")

    assert "://" not in text
    assert "--index-url" not in text
    assert "--find-links" not in text
