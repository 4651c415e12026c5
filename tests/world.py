"""A little portal with everything that must stay secret in it: one year before the jury, one announced.

Every text that not everybody may read carries a word of its own (`word("contacts")`) and an attack on whoever shows it
(`hostile("contacts")`); `READERS` says whose eyes each word is for. Tests read the whole portal as each person.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import uuid4

from allauth.account.models import EmailAddress
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.models import User
from competition.enums import Status
from competition.models import Application, Contest
from competition.services import decline, withdraw
from judging.models import Assignment
from judging.queries import fingerprint, standings_of
from judging.services import announce
from practices.enums import Award
from practices.models import Passport, Practice, WordImport
from practices.services import return_with_remarks, save_section
from tests.factories import (
    ApplicationFactory,
    AssignmentFactory,
    CommentFactory,
    ContestFactory,
    ContestFormFactory,
    CriterionFactory,
    JurorFactory,
    NominationFactory,
    OrganisationFactory,
    PassportFactory,
    ThemeFactory,
    TrackFactory,
    UserFactory,
    whole_answers,
)

DAY = timedelta(days=1)
ATTACK = (
    "\"'><zqtag zqattr=1></textarea></title></script><script>zq()</script><img src=x onerror=zq()> zq{{7*7}}{% now %}"
)
DANGEROUS_LINKS = (
    "javascript:zq()",
    "data:text/html,<script>zq()</script>",
    "vbscript:zq()",
    "//evil.example/",
    "file:///etc",
)
GOOD_LINK = "https://example.org/a-page-of-theirs"

EVERYBODY = {"visitor", "stranger", "owner", "juror", "finished", "recused", "organiser"}
OWN = {"owner", "organiser"}
BEFORE_THE_JURY = {"owner", "juror", "finished", "organiser"}

# Whose eyes each word is for while the year is before the jury
READERS = {
    "draft": {"owner"},
    "word": {"owner"},
    "overwritten": set(),
    "stored": set(),
    "contacts": OWN,
    "remark": OWN,
    "decline": OWN,
    "withdrawal": OWN,
    "title": BEFORE_THE_JURY | {"recused"},  # the recused juror's desk still lists what they stepped aside from
    "answer": BEFORE_THE_JURY,
    "team": BEFORE_THE_JURY,
    "begun": {"juror"},
    "done": {"finished", "organiser"},
    "colleague": {"finished", "organiser"},
    "recusal": {"organiser"},
    # the year that is announced
    "public": EVERYBODY,
    "oldcontacts": OWN,
    "oldteam": OWN,
    "oldcomment": OWN,
    "oldrecusal": {"organiser"},
    # people: their names and addresses
    "owner": OWN,
    "stranger": {"stranger", "organiser"},
    "juror": {"juror", "organiser"},
    "finished": {"finished", "organiser"},
    "recused": {"recused", "organiser"},
    "organiser": {"organiser"},
}
# What the announcement changes: the practice is public, the words of the finished sheets are its applicant's to read
READERS_AFTER = READERS | {
    "title": EVERYBODY,
    "answer": EVERYBODY,
    "done": {"finished", "organiser", "owner"},
    "colleague": {"finished", "organiser", "owner"},
}


def word(name: str) -> str:
    """One word of Latin letters, so that it is found by search and survives every typesetting."""
    return f"zq{name}qz"


def hostile(name: str) -> str:
    return f"{word(name)} {ATTACK}"


@dataclass
class World:
    """Who is there, what stands in the addresses of each kind of thing."""

    people: dict[str, User | None]
    contest: Contest
    arguments: dict[str, list[list]] = field(default_factory=dict)

    def announce(self) -> None:
        announce_year(self.contest, by=self.people["organiser"], at=timezone.now())


def build() -> World:
    """Decided, announced and published by the services, so that nothing here could not have come about."""
    now = timezone.now()
    people = {name: _person(name) for name in ("stranger", "owner", "juror", "finished", "recused")}
    people |= {"visitor": None, "organiser": _person("organiser", is_staff=True)}
    theme = ThemeFactory()
    past, practice, told, told_sheet = _announced_year(people, now)
    contest = _year(now.year, now)
    draft, imported = _draft(contest, people["owner"], now)
    submitted = _submitted(contest, people["owner"], now)
    returned, declined, withdrawn = (_submitted(contest, people["owner"], now) for _index in range(3))
    return_with_remarks(
        returned, {"goals": hostile("remark")}, reason=hostile("remark"), by=people["organiser"], at=now
    )
    decline(declined, by=people["organiser"], at=now, reason=hostile("decline"))
    withdraw(withdrawn, by=people["owner"], at=now, reason=hostile("withdrawal"))
    admitted, sheets = _judged(contest, people, now)
    criterion = contest.criteria.first()
    applications = (draft, submitted, returned, declined, withdrawn, admitted, told)
    world = World(people, contest)
    world.arguments = {
        "practice": [[practice.slug]],
        "year": [[past.year], [contest.year]],
        "territory": [[practice.territory.slug], [admitted.territory.slug]],
        "application": [[application.key] for application in applications],
        "section": [
            [application.key, code]
            for application in (draft, returned, admitted, told)
            for code in ("title", "goals", "team", "links", "contacts")
        ],
        "word_file": [[draft.key, imported.token]],
        "judged": [[contest.year, admitted.key], [past.year, told.key]],
        "sheet": [[sheet.pk] for sheet in (*sheets, told_sheet)],
        "mark": [[sheet.pk, criterion.pk] for sheet in sheets],
        "confirmation": [["unknown"]],
        "reset": [["abc", "def-ghi"]],
        "on_site": [[ContentType.objects.get_for_model(practice).pk, practice.pk]],
        "app": [["competition"]],
        "theme": [[theme.slug]],
    }
    return world


def announce_year(contest, *, by, at) -> None:
    groups = standings_of(contest)
    awards = {row.application.key: Award.WINNER for group in groups for row in group.rows}
    announce(contest, awards, seen=fingerprint(groups), despite_warnings=True, by=by, at=at)


def _person(name: str, **more) -> User:
    """Somebody who has registered and confirmed the address."""
    user = UserFactory(email=f"{word(name)}@example.org", name=hostile(name), **more)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user


def _year(year: int, now: datetime) -> Contest:
    """A contest that takes applications and is before the jury at once, so that every door of it can be tried."""
    contest = ContestFactory(
        year=year,
        announced_at=None,
        judging_opens_at=now - DAY,
        judging_closes_at=now + DAY,
        consent_text="Согласен на обработку.",
    )
    ContestFormFactory(contest=contest)
    NominationFactory(contest=contest, title=f"Развитие {year} {ATTACK}")
    TrackFactory(contest=contest, opens_at=now - 9 * DAY, closes_at=now + 9 * DAY)
    for order in (1, 2):
        CriterionFactory(contest=contest, order=order, title=f"Критерий {order} {ATTACK}", evidence=["goals", "links"])
    return contest


def _passport(application, **answers) -> Passport:
    links = [{"name": f"{name} {ATTACK}", "url": name} for name in DANGEROUS_LINKS]
    links += [{"name": "Страница", "url": GOOD_LINK}]
    return PassportFactory(application=application, answers={**whole_answers(), "links": links, **answers})


def _contacts(name: str) -> list[dict]:
    return [{"person": hostile(name), "contact": f"{word(name)}@example.org"}]


def _application(contest, owner, **more) -> Application:
    organisation = OrganisationFactory(name=f"Библиотека {uuid4().hex[:6]} {ATTACK}")
    return ApplicationFactory(
        contest=contest, nomination=contest.nominations.get(), owner=owner, organisation=organisation, **more
    )


def _submitted(contest, owner, now) -> Application:
    number = f"{contest.year}-{Application.objects.count() + 100:04d}"
    application = _application(contest, owner, status=Status.SUBMITTED, submitted_at=now, number=number)
    _passport(application)
    return application


def _draft(contest, owner, now) -> tuple[Application, WordImport]:
    """A draft whose text was once another, and the Word file that it came from."""
    draft = _application(contest, owner, title=hostile("draft"))
    passport = _passport(draft, title=hostile("draft"))
    for text in (hostile("overwritten"), hostile("draft")):
        seen = passport.sections.get(code="goals").version
        save_section(passport, "goals", {"blocks": [{"text": text}]}, seen=seen, by=owner, at=now)
    imported = WordImport(
        passport=passport,
        token=uuid4(),
        file_name=f"{hostile('word')}.docx",
        recognised={
            "edition": "2022",
            "sections": {"goals": {"blocks": [{"text": hostile("word")}]}},
            "unplaced": [hostile("word")],
            "warnings": [hostile("word")],
        },
        uploaded_at=now,
        uploaded_by=owner,
    )
    imported.file.save("passport.docx", ContentFile(word("stored").encode()), save=True)
    return draft, imported


def _judged(contest, people, now) -> tuple[Application, list[Assignment]]:
    """An application before four jurors: one at work, one finished, a finished colleague, one who stepped aside."""
    number = f"{contest.year}-0001"
    application = _application(
        contest, people["owner"], title=hostile("title"), status=Status.ADMITTED, submitted_at=now, number=number
    )
    _passport(
        application,
        title=hostile("title"),
        goals=hostile("answer"),
        team=hostile("team"),
        contacts=_contacts("contacts"),
    )
    sheets = [
        _sheet(application, people["juror"], now, comment="begun", declared=True, marks=[7]),
        _sheet(application, people["finished"], now, comment="done", finished=True, marks=[3, 8]),
        _sheet(application, UserFactory(), now, comment="colleague", finished=True, marks=[9, 9]),
        _sheet(application, people["recused"], now, recused_at=now, recusal_reason=hostile("recusal")),
    ]
    return application, sheets


def _sheet(application, user, now, *, comment="", **more) -> Assignment:
    juror = JurorFactory(contest=application.contest, user=user)
    sheet = AssignmentFactory(juror=juror, application=application, assigned_at=now, **more)
    if comment:
        CommentFactory(assignment=sheet, criterion=application.contest.criteria.first(), text=hostile(comment))
    return sheet


def _announced_year(people, now) -> tuple[Contest, Practice, Application, Assignment]:
    """Last year: judged, announced, in the bank; its window is over."""
    contest = _year(now.year - 1, now)
    application = _application(
        contest, people["owner"], status=Status.ADMITTED, submitted_at=now, number=f"{contest.year}-0001"
    )
    _passport(
        application,
        title=f"Открытая практика {ATTACK}",
        goals=hostile("public"),
        description=hostile("public"),
        team=hostile("oldteam"),
        contacts=_contacts("oldcontacts"),
    )
    sheet = _sheet(application, UserFactory(), now, comment="oldcomment", finished=True, marks=[5, 6])
    _sheet(application, UserFactory(), now, recused_at=now, recusal_reason=hostile("oldrecusal"))
    announce_year(contest, by=people["organiser"], at=now)
    contest.tracks.update(closes_at=now - 2 * DAY)
    contest.judging_closes_at = now - DAY / 2
    contest.save(update_fields=["judging_closes_at"])
    return contest, Practice.objects.get(passport__application=application), application, sheet
