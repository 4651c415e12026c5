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
from competition.enums import TEAM_ROLES, Category, Role, Status
from competition.models import Application, ConsentClause, Contest, Invitation
from competition.services import decline, invite, show_to_city, withdraw, write_to_owner
from judging.models import Assignment
from judging.queries import fingerprint, standings_of
from judging.services import announce
from practices.enums import AttachmentKind, Award, FileType
from practices.models import Attachment, Passport, Practice, WordImport
from practices.services import ask_to_adopt, return_with_remarks, save_section
from tests.factories import (
    ApplicationFactory,
    AssignmentFactory,
    AttachmentFactory,
    CollectionFactory,
    CommentFactory,
    ConsentFactory,
    ContestFactory,
    ContestFormFactory,
    CoordinatorFactory,
    CriterionFactory,
    ExportFactory,
    JurorFactory,
    NominationFactory,
    OrganisationFactory,
    PassportFactory,
    TeamMemberFactory,
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

EVERYBODY = {
    "visitor",
    "stranger",
    "owner",
    "editor",
    "coordinator",
    "juror",
    "finished",
    "recused",
    "organiser",
}
TEAM = {"owner", "editor"}  # a reader reads what an editor does: tests/practices/test_teamwork.py
OWN = TEAM | {"organiser"}
BEFORE_THE_JURY = OWN | {"juror", "finished"}

# Whose eyes each word is for while the year is before the jury
READERS = {
    "draft": TEAM | {"coordinator"},  # to whom the owner shows this one
    "word": TEAM,
    "overwritten": set(),  # within one sitting: its history shows what it came to
    "stored": TEAM,
    "draftteam": TEAM,
    "invited": {"owner"},
    "note": {"owner"},
    "contacts": OWN,
    "remark": OWN,
    "decline": OWN,
    "withdrawal": OWN,
    "title": BEFORE_THE_JURY | {"recused", "coordinator"},  # what one stepped aside from stays on the desk's list
    "answer": BEFORE_THE_JURY | {"coordinator"},
    "team": BEFORE_THE_JURY,
    "begun": {"juror"},
    "done": {"finished", "organiser"},
    "colleague": {"finished", "organiser"},
    "recusal": {"organiser"},
    # the year that is announced
    "public": EVERYBODY,
    "oldcontacts": OWN,
    "oldteam": OWN,
    "asker": OWN,  # of a colleague who asked for the practice
    "draftfile": TEAM,
    "file": BEFORE_THE_JURY,
    "oldfile": OWN,
    "oldphoto": OWN,
    "openfile": EVERYBODY,
    "oldcomment": OWN,
    "oldrecusal": {"organiser"},
    # people: their names and addresses
    "owner": OWN | {"coordinator"},
    "editor": OWN,
    "reader": OWN,
    "coordinator": OWN | {"coordinator"},
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
    "done": OWN | {"finished"},
    "colleague": OWN | {"finished"},
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
    people = {name: _person(name) for name in sorted(EVERYBODY - {"visitor", "organiser"})}
    people |= {"visitor": None, "organiser": _person("organiser", is_staff=True)}
    _person("reader")
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
    files = _files(draft, admitted, told, now)
    criterion = contest.criteria.first()
    applications = (draft, submitted, returned, declined, withdrawn, admitted, told)
    invitation = _shared(draft, admitted, people, now)
    world = World(people, contest)
    world.arguments = {
        "practice": [[practice.slug]],
        "year": [[past.year], [contest.year]],
        "stats_table": [["nominations"], ["adoptions"]],
        "territory": [[practice.territory.slug], [admitted.territory.slug]],
        "application": [[application.key] for application in applications],
        "section": [
            [application.key, code]
            for application in (draft, returned, admitted, told)
            for code in ("title", "goals", "team", "links", "contacts")
        ],
        "section_of_note": [
            [draft.key, "goals"],
            [admitted.key, "goals"],
            [admitted.key, "contacts"],
            [told.key, "team"],
        ],
        "word_file": [[draft.key, imported.token]],
        "file": [[file.passport.application.key, file.token] for file in files],
        "sheet_file": [[sheet.pk, file.token] for sheet in sheets[:2] for file in files[:2]],
        "changed_file": [[file.passport.application.key, file.token] for file in files[:2]],
        "with_files": [[application.key] for application in (draft, admitted, told)],
        "public_file": [[practice.slug, file.token] for file in files],
        "export_kind": [["csv"], ["xlsx"], ["json"]],
        "export": [[ExportFactory(practices=[practice]).token]],
        "table": [[application.key, "links"] for application in (draft, admitted)],
        "printed": [[draft.key], [admitted.key]],
        "carried": [[draft.key]],
        "old_batch": [],
        "old_file": [],
        "member": [[draft.key, draft.team.first().pk]],
        "invitation": [[draft.key, invitation.pk]],
        "unknown_link": [["unknown"]],
        "collection": [[CollectionFactory(practices=[practice], title=f"Подборка {ATTACK}").slug]],
        "judged": [[contest.year, admitted.key], [past.year, told.key]],
        "sheet": [[sheet.pk] for sheet in (*sheets, told_sheet)],
        "mark": [[sheet.pk, criterion.pk] for sheet in sheets],
        "confirmation": [["unknown"]],
        "reset": [["abc", "def-ghi"]],
        "on_site": [[ContentType.objects.get_for_model(practice).pk, practice.pk]],
        "app": [["competition"]],
        "theme": [[theme.slug]],
        "sitemap": [["practices", 1], ["territories", 1]],
    }
    return world


def announce_year(contest, *, by, at) -> None:
    groups = standings_of(contest)
    awards = {row.application.key: Award.WINNER for group in groups for row in group.rows}
    announce(contest, awards, seen=fingerprint(groups), despite_warnings=True, by=by, at=at)


def _person(name: str, **more) -> User:
    """Somebody who has registered and confirmed the address."""
    user = UserFactory(email=_address(name), name=hostile(name), **more)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user


def _address(name: str) -> str:
    return f"{word(name)}@example.org"


def _year(year: int, now: datetime) -> Contest:
    """A contest that takes applications and is before the jury at once, so that every door of it can be tried."""
    contest = ContestFactory(
        year=year,
        announced_at=None,
        judging_opens_at=now - DAY,
        judging_closes_at=now + DAY,
        consent_text="Согласен на обработку.",
        publication_text=f"Согласен на публикацию {ATTACK}",
    )
    ContestFormFactory(contest=contest)
    NominationFactory(contest=contest, title=f"Развитие {year} {ATTACK}")
    TrackFactory(contest=contest, opens_at=now - 9 * DAY, closes_at=now + 9 * DAY)
    for category in Category:
        ConsentClause.objects.create(contest=contest, category=category, text=f"Можно публиковать {ATTACK}")
    for order in (1, 2):
        CriterionFactory(contest=contest, order=order, title=f"Критерий {order} {ATTACK}", evidence=["goals", "links"])
    return contest


def _passport(application, **answers) -> Passport:
    links = [{"name": f"{name} {ATTACK}", "url": name} for name in DANGEROUS_LINKS]
    links += [{"name": "Страница", "url": GOOD_LINK}]
    return PassportFactory(application=application, answers={**whole_answers(), "links": links, **answers})


def _files(draft, admitted, told, now) -> list[Attachment]:
    """Beside a draft, before the jury, and beside a public practice, whose owner agrees to publish documents alone."""
    ConsentFactory(application=told, categories=[Category.DOCUMENTS], accepted_at=now)
    told_photo = {"kind": AttachmentKind.PHOTO, "content_type": FileType.JPEG}
    return [
        _file(draft, "draftfile"),
        _file(admitted, "file", for_publication=True),
        _file(told, "oldfile"),
        _file(told, "oldphoto", for_publication=True, **told_photo),
        _file(told, "openfile", for_publication=True),
    ]


def _file(application, name: str, **more) -> Attachment:
    """Its words stand in its content, its preview and its caption."""
    return AttachmentFactory(
        passport=application.passport,
        content=hostile(name).encode(),
        preview=ContentFile(hostile(name).encode(), "preview"),
        **{"content_type": FileType.DOCX, "file_name": f"{hostile(name)}.docx", "caption": hostile(name), **more},
    )


def _contacts(name: str) -> list[dict]:
    return [{"person": hostile(name), "contact": f"{word(name)}@example.org"}]


def _application(contest, owner, **more) -> Application:
    organisation = OrganisationFactory(name=f"Библиотека {uuid4().hex[:6]} {ATTACK}")
    application = ApplicationFactory(
        contest=contest, nomination=contest.nominations.get(), owner=owner, organisation=organisation, **more
    )
    for role in TEAM_ROLES:
        TeamMemberFactory(application=application, role=role, user=User.objects.get(email=_address(role)))
    return application


def _submitted(contest, owner, now) -> Application:
    number = f"{contest.year}-{Application.objects.count() + 100:04d}"
    application = _application(contest, owner, status=Status.SUBMITTED, submitted_at=now, number=number)
    _passport(application)
    return application


def _draft(contest, owner, now) -> tuple[Application, WordImport]:
    """A draft whose text was once another, and the Word file that it came from."""
    draft = _application(contest, owner, title=hostile("draft"))
    passport = _passport(draft, title=hostile("draft"), team=hostile("draftteam"))
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


def _shared(draft, admitted, people, now) -> Invitation:
    """Two applications that their owner shows to the city, a colleague's words to the owner, somebody not yet come."""
    for application in (draft, admitted):
        CoordinatorFactory(user=people["coordinator"], territory=application.territory)
        show_to_city(application, by=people["owner"], at=now)
    write_to_owner(draft, hostile("note"), by=people["editor"], at=now)
    return invite(draft, email=_address("invited"), role=Role.READER, by=people["owner"], at=now)


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
    practice = Practice.objects.get(passport__application=application)
    asked = {"name": hostile("asker"), "email": _address("asker"), "text": hostile("asker")}
    ask_to_adopt(practice, token=uuid4(), city="Саров", organisation="", consent="", **asked, at=now)
    return contest, practice, application, sheet
