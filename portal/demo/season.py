"""One open contest of the current year, with applications in every state, brought there by the portal's own services.

It is made once and then belongs to whoever tries the portal out: loading again changes nothing of it.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from accounts.models import User
from competition.models import (
    Application,
    ConsentClause,
    Contest,
    Coordinator,
    Nomination,
    Organisation,
    Territory,
    Track,
)
from competition.services import admit, decline, withdraw
from judging.models import Criterion, Juror
from portal.demo.files import attach_files
from portal.demo.fixtures import read
from portal.demo.jury import fill_sheets
from portal.demo.team import gather_team
from practices.models import ContestForm, Edition, Passport, Practice
from practices.services import return_with_remarks, save_section, start_passport, submit_passport


@dataclass(frozen=True)
class Days:
    """Moments told as days before and after the day of loading, in Moscow time."""

    today: datetime

    def ago(self, days: int, hour: int = 0, minute: int = 0) -> datetime:
        day = (self.today - timedelta(days=days)).date()
        return timezone.make_aware(datetime.combine(day, time(hour, minute)))

    def end_in(self, days: int) -> datetime:
        return self.ago(-days - 1) - timedelta(seconds=1)


def load_season() -> bool:
    """Make the contest of the current year with all that belongs to it; say whether there was anything to make."""
    days = Days(timezone.localtime())
    if Contest.objects.filter(year=days.today.year).exists():
        return False
    data = read("demo_contest")
    contest = _make_contest(data, days)
    for number, item in enumerate(read("demo_passports")):
        _walk(contest, item, days, number)
    return True


def _make_contest(data: dict, days: Days) -> Contest:
    tracks = data["tracks"]
    contest = Contest.objects.create(
        year=days.today.year,
        opens_on=min(days.ago(track["opened_days_ago"]) for track in tracks).date(),
        closes_on=max(timezone.localtime(days.end_in(track["closes_in_days"])) for track in tracks).date(),
        judging_opens_at=days.ago(data["judging"]["opened_days_ago"]),
        judging_closes_at=days.end_in(data["judging"]["closes_in_days"]),
        note=data["note"],
        consent_text=data["consent_text"],
        publication_text=data["publication_text"],
    )
    for category, text in data["clauses"].items():
        ConsentClause.objects.create(contest=contest, category=category, text=text)
    ContestForm.objects.create(contest=contest, edition=Edition.objects.get(code=data["edition"]))
    for track in tracks:
        Track.objects.create(
            contest=contest,
            code=track["code"],
            title=track["title"],
            opens_at=days.ago(track["opened_days_ago"]),
            closes_at=days.end_in(track["closes_in_days"]),
        )
    for order, title in enumerate(data["nominations"], start=1):
        Nomination.objects.create(contest=contest, title=title, order=order)
    for order, criterion in enumerate(data["criteria"], start=1):
        Criterion.objects.create(contest=contest, order=order, **{**criterion, "weight": Decimal(criterion["weight"])})
    for juror in data["jurors"]:
        Juror.objects.create(
            contest=contest,
            user=User.objects.get(email=juror["email"]),
            territory=Territory.objects.get(slug=juror["territory"]),
        )
    for coordinator in data["coordinators"]:
        Coordinator.objects.create(
            user=User.objects.get(email=coordinator["email"]),
            territory=Territory.objects.get(slug=coordinator["territory"]),
        )
    return contest


def _walk(contest: Contest, item: dict, days: Days, number: int) -> None:
    """Take one application from its first line to the state in which the demonstration shows it."""
    owner = User.objects.get(email=item["applicant"])
    organiser = User.objects.get(is_staff=True, email="organiser@example.org")
    started_at = days.ago(28 - number // 3, 10)
    passport = _write(contest, item, owner, started_at=started_at)
    gather_team(passport.application, item, started_at=started_at)
    attach_files(passport, item, started_at=started_at)
    if item["becomes"] == "draft":
        return
    application = submit_passport(
        passport,
        consent=True,
        publication=item.get("publication", ()),
        by=owner,
        at=days.ago(19 - number // 3, 12, number),
    )
    match item["becomes"]:
        case "returned":
            return_with_remarks(application, item["remarks"], reason=item["reason"], by=organiser, at=days.ago(2, 12))
        case "declined":
            decline(application, reason=item["reason"], by=organiser, at=days.ago(12, 11))
        case "withdrawn":
            withdraw(application, reason=item["reason"], by=owner, at=days.ago(10, 18))
        case "admitted":
            admit(application, by=organiser, at=days.ago(11, 10, number))
            fill_sheets(application, item["sheets"], by=organiser, days=days)


def _write(contest: Contest, item: dict, owner: User, *, started_at: datetime) -> Passport:
    sections = item["sections"]
    territory = Territory.objects.get(slug=item["territory"])
    passport = start_passport(
        track=contest.tracks.get(code=item["track"]),
        nomination=contest.nominations.get(title=item["nomination"]),
        territory=territory,
        organisation=Organisation.objects.get(name=item["organisation"], territory=territory),
        donor=Practice.objects.get(slug=item["donor"]) if "donor" in item else None,
        title=sections["title"]["blocks"][0]["text"],
        by=owner,
        at=started_at,
    )
    # The row says by itself when it was made; the story told here began earlier.
    Application.objects.filter(pk=passport.application_id).update(created_at=started_at)
    versions = dict(passport.sections.values_list("code", "version"))
    for place, (code, content) in enumerate(sections.items()):
        written_at = started_at + timedelta(minutes=25 * place)
        save_section(passport, code, content, seen=versions[code], by=owner, at=written_at)
    return passport
