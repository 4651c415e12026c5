"""What a change lets be seen, and what it must not: the portal is read, something is changed, and it is read again."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from competition.enums import Category
from judging.models import Assignment, Comment, Score
from practices import blocks
from practices.forms import adoption
from practices.models import Practice
from practices.services import choose_publication
from tests.crawl import addresses, read_everything, signed_in, take
from tests.test_secrecy import readers_of, without_tokens
from tests.world import build, word

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def test_a_consent_opens_its_category_everywhere_and_taking_it_back_closes_it(settings):
    """The bank as everybody reads it, before, with and after: only what is agreed to comes, and nothing of it stays."""
    settings.KEEP_PAGES = True
    world, now = build(), timezone.now()
    told = Practice.objects.get(slug=world.arguments["practice"][0][0]).passport.application
    found = reverse("practices:api_practices") + "?q=" + word("oldteam")

    def shown() -> set[str]:
        pages = read_everything(world, "visitor", also=[found])
        names = {name for name, readers in readers_of(pages).items() if readers}
        count = next(page for page in pages if page.url == found).text
        return names | ({"found"} if '"count": 1' in count else set())

    before = shown()
    choose_publication(told, [Category.TEAM, Category.PHOTOS], by=world.people["owner"], at=now)
    assert shown() ^ before == {"oldteam", "oldphoto", "openfile", "found"}
    choose_publication(told, [], by=world.people["owner"], at=now)
    assert shown() ^ before == {"openfile"}


def test_marks_leave_no_trace_before_the_announcement(monkeypatch):
    """Change them and ask the others for every page again: not a byte may differ."""
    world, now = build(), timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)
    monkeypatch.setattr(blocks, "new_row_id", lambda: "new")
    monkeypatch.setattr(adoption, "uuid4", lambda: "new")
    at_work = Assignment.objects.get(juror__user=world.people["juror"])
    finished = Assignment.objects.get(juror__user=world.people["finished"])
    before = {person: everything_for(world, person) for person in ("visitor", "owner", "juror", "finished")}

    for criterion in world.contest.criteria.all():
        Score.objects.update_or_create(assignment=at_work, criterion=criterion, defaults={"value": 2, "saved_at": now})
    Comment.objects.filter(assignment=at_work).update(text="Совсем другие слова")
    assert differing(before["finished"], everything_for(world, "finished")) == []
    assert differing(before["juror"], everything_for(world, "juror")), "the control: who marks does see it"

    Score.objects.filter(assignment=finished).delete()
    Assignment.objects.filter(pk=finished.pk).update(finished_at=None)
    assert differing(before["owner"], everything_for(world, "owner")) == []
    assert differing(before["visitor"], everything_for(world, "visitor")) == []
    assert differing(before["finished"], everything_for(world, "finished"))


ALIKE = re.compile(r"/sections/(?!title/)")  # one section of a passport stands for its others: they share their pages


def everything_for(world, person) -> dict[str, tuple]:
    """What every address answers: status, headers and body, without what is new in every answer."""
    client = signed_in(world.people[person])
    dashboard = {"visitor", "owner"} & {person}  # is not theirs: tests/test_access.py
    pages = [
        take(client, person, url)
        for url in addresses(world)
        if not url.endswith(".pdf") and not (dashboard and url.startswith("/admin/")) and not ALIKE.search(url)
    ]
    return {page.url: (page.status, sorted(steady(page.headers)), without_tokens(page.body)) for page in pages}


def steady(headers: dict) -> list[tuple]:
    return [(name, value) for name, value in headers.items() if name != "Expires"]


def differing(before: dict, after: dict) -> list[str]:
    return [url for url in after if after[url] != before[url]]
