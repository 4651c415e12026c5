"""The whole portal read by everybody, once for all tests that look into what was read."""

import hashlib
from dataclasses import dataclass, field

from django.apps import apps
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client, TestCase, override_settings
from django.urls import reverse

from competition.models import Contest
from practices.documents.catalogues import catalogue_document
from practices.documents.pdf import practice_document
from practices.models import Practice
from tests.crawl import Page, model_addresses, read_everything
from tests.world import READERS, World, build, word

AFTERWARDS = ("visitor", "owner", "juror", "finished", "organiser")  # for whom the announcement changes something
OURS = ("accounts", "competition", "practices", "judging", "account", "admin")


@dataclass
class Reading:
    """What came of it, before the jury's year is announced and after."""

    world: World
    before: list[Page]
    after: list[Page] = field(default_factory=list)
    letters: list[EmailMessage] = field(default_factory=list)
    found: dict[str, int] = field(default_factory=dict)  # how many practices a visitor finds by each word
    printed: list[str] = field(default_factory=list)  # the finished HTML of the PDFs
    changed: list[str] = field(default_factory=list)  # tables that reading has changed

    @property
    def pages(self) -> list[Page]:
        return self.before + self.after


@override_settings(KEEP_PAGES=True)  # what was kept for one must be nothing to anybody else
def read_portal() -> Reading:
    """Build the world and read it; the caller rolls it back."""
    mail.outbox.clear()
    with TestCase.captureOnCommitCallbacks(execute=True):
        world = build()
    untouched = contents()
    reading = Reading(world, before=[])
    for person in world.people:
        also = model_addresses() if person == "organiser" else ()  # tests/test_access.py: nobody else opens one
        reading.before += read_everything(world, person, also=also)
    reading.changed = differences(untouched, contents())
    reading.found = {name: found_by(word(name)) for name in READERS}
    with TestCase.captureOnCommitCallbacks(execute=True):
        world.announce()
    reading.after = [page for person in AFTERWARDS for page in read_everything(world, person)]
    documents = [practice_document(practice) for practice in Practice.objects.published()]
    documents += [catalogue_document(contest) for contest in Contest.objects.filter(practices__isnull=False)]
    reading.printed = [document.html for document in documents]
    reading.letters = list(mail.outbox)
    return reading


def found_by(words: str) -> int:
    return Client().get(reverse("practices:api_practices"), {"q": words}).json()["count"]


def contents() -> dict[str, str]:
    """A hash of every row of each of our tables; when somebody last signed in is not ours to keep still."""
    return {
        model._meta.label: hashlib.sha256(repr(list(_rows(model))).encode()).hexdigest()
        for app in OURS
        for model in apps.get_app_config(app).get_models()
    }


def _rows(model):
    columns = [field.attname for field in model._meta.concrete_fields if field.attname != "last_login"]
    return model._base_manager.order_by("pk").values_list(*columns)


def differences(before: dict[str, str], after: dict[str, str]) -> list[str]:
    return [table for table in after if after[table] != before[table]]
