"""Whoever runs the portal learns from .env.example, and from nowhere else, what can be set."""

import re

from django.conf import settings


def test_env_example_lists_exactly_what_the_settings_read():
    source = (settings.BASE_DIR / "portal" / "settings.py").read_text(encoding="utf-8")
    example = (settings.BASE_DIR / ".env.example").read_text(encoding="utf-8")

    read = set(re.findall(r'\benv(?:\.\w+)?\(\s*"([A-Z_]+)"', source))
    listed = set(re.findall(r"^#?([A-Z_]+)=", example, flags=re.MULTILINE))

    assert read
    assert listed == read
