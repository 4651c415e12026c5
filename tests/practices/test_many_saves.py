"""The evening before the deadline: fifty people of ten teams save a thousand times at once, over the whole stack."""

import re
from threading import BoundedSemaphore

import pytest
from django.test import Client
from django.urls import reverse

from competition.enums import Role
from practices.models import SectionRevision
from practices.services import load_edition, sections
from tests.concurrency import at_once
from tests.factories import ApplicationFactory, PassportFactory, TeamMemberFactory, UserFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.every_database]

TEAMS = 10
OWN_SECTIONS = ["background", "period", "indicators_before", "indicators_after", "description"]  # one a member
SHARED_SECTION = "goals"
SEATS = BoundedSemaphore(16)  # requests that script/server works on at a time: 2 workers with 8 threads each
SAVES = 20  # of each member
SAVES_TO_SHARED = 1  # of those; every one has to get past four colleagues


class Writer:
    """One member of a team at a browser of their own: saves, and on a conflict puts their text over the other's."""

    def __init__(self, user, passport):
        self.name = user.name
        self.passport = passport
        self.seen = {}
        self.acknowledged = []  # (section, words, the version that they rest on)
        self.statuses = []
        self.client = Client(raise_request_exception=False)
        self.client.force_login(user)

    def write(self, code, number):
        words = f"{self.name}, {code}, {number}"
        while not self.save(code, words):
            pass

    def save(self, code, words):
        seen = self.seen.get(code, 0)
        url = reverse("practices:section_edit", args=[self.passport.application.key, code])
        with SEATS:
            answer = self.client.post(url, {"version": seen, "text-0": words})
        self.statuses.append(answer.status_code)
        if answer.status_code == 302:
            self.acknowledged.append((code, words, seen))
            self.seen[code] = seen + 1
            return True
        assert answer.status_code == 409, answer.content.decode()
        self.seen[code] = int(re.search(r'name="mine" value="(\d+)"', answer.content.decode())[1])
        return False


@pytest.fixture
def short_form(season):
    """A form of the sections that are written here: reading seventeen others a thousand times proves nothing."""
    sections = [
        {"number": number, "code": code, "title": code, "short_title": code, "shape": {"kind": "text"}}
        for number, code in enumerate([*OWN_SECTIONS, SHARED_SECTION], 1)
    ]
    season.form.edition = load_edition({"code": "short", "title": "Короткая", "sections": sections})
    season.form.save()
    return season.form.edition


@pytest.fixture
def teams(open_track, short_form):
    """So many drafts, each with its owner and four editors."""
    teams = []
    for number in range(TEAMS):
        members = [UserFactory(name=f"{number}.{place}") for place in range(len(OWN_SECTIONS))]
        application = ApplicationFactory(contest=open_track.contest, track=open_track, owner=members[0])
        for editor in members[1:]:
            TeamMemberFactory(application=application, user=editor, role=Role.EDITOR)
        passport = PassportFactory(application=application, edition=short_form)
        teams.append([Writer(member, passport) for member in members])
    return teams


def evening(writer, own_section):
    def evening():
        for number in range(SAVES - SAVES_TO_SHARED):
            writer.write(own_section, number)
        for number in range(SAVES_TO_SHARED):
            writer.write(SHARED_SECTION, number)

    return evening


def lost(writers):
    """Acknowledged saves that are gone, or were overwritten by somebody who had not read them."""
    kept = {
        (revision.section.passport_id, revision.section.code, revision.content["blocks"][0]["text"]): revision.version
        for revision in SectionRevision.objects.select_related("section")
    }
    return [
        (words, seen)
        for writer in writers
        for code, words, seen in writer.acknowledged
        if kept.get((writer.passport.pk, code, words)) != seen + 1
    ]


def test_thousand_saves_of_fifty_people_lose_nothing(teams):
    writers = [writer for team in teams for writer in team]
    evenings = [evening(writer, code) for team in teams for writer, code in zip(team, OWN_SECTIONS, strict=True)]

    outcomes = at_once(*evenings)

    assert [outcome for outcome in outcomes if outcome is not None] == []
    assert sum(len(writer.acknowledged) for writer in writers) == SectionRevision.objects.count() == 1000
    assert lost(writers) == []
    assert {status for writer in writers for status in writer.statuses} <= {302, 409}
    for team in teams:
        for writer, code in zip(team, OWN_SECTIONS, strict=True):
            last = [words for section, words, _seen in writer.acknowledged if section == code][-1]
            assert writer.passport.sections.get(code=code).content == {"blocks": [{"text": last}]}


def test_control_without_the_check_of_the_version_the_same_test_finds_lost_saves(teams, monkeypatch):
    """A plain save: whatever stands there is replaced, by whoever comes last."""
    monkeypatch.setattr(sections, "_is_alone_since", lambda *args: True)
    writers = teams[0]

    at_once(*[lambda writer=writer: writer.write(SHARED_SECTION, 0) for writer in writers])

    assert [len(writer.acknowledged) for writer in writers] == [1] * len(writers)
    assert len(lost(writers)) == len(writers) - 1
