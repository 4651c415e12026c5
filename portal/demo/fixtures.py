"""Reading `fixtures/`: plain lists and objects, keyed by the words people use (a city's address, a year, an e-mail)."""

import json

from django.conf import settings


def read(name: str):
    return json.loads((settings.BASE_DIR / "fixtures" / f"{name}.json").read_text(encoding="utf-8"))
