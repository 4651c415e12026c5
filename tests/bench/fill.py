"""Fill a throw-away database with a large bank: practices with passports, costs and people, found as if published.

    python -m tests.bench.fill COUNT [--items FILE]

Adds what is missing up to COUNT, so one database may be measured as it grows. Rows are written past the services, in
bulk; what these derive (numbers, cards, the index of the search) is written the way they write it.
"""

import argparse
import importlib.util
import os
import random
from datetime import UTC, datetime
from itertools import islice

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 - models are there after setup()
from django.db import connection, transaction  # noqa: E402

from accounts.models import User  # noqa: E402
from competition.enums import Status  # noqa: E402
from competition.models import Application, Contest, Nomination, Territory, Track  # noqa: E402
from practices import codes, search  # noqa: E402
from practices.enums import Award  # noqa: E402
from practices.models import (  # noqa: E402
    ContestForm,
    CostShare,
    Edition,
    KeyFigure,
    Passport,
    PassportSection,
    Practice,
    Theme,
)
from tests.bench import items as own_items  # noqa: E402

CHUNK = 1000
WHOLE, ONE_OF = 400, 5  # so many have a passport, and one of five of the others; the rest say as much on their cards
AWARDS = ("", Award.WINNER, Award.LAUREATE, *[Award.PARTICIPANT] * 7)
SOURCES = ("Бюджет города", "Субсидия региона", "Средства предпринимателей")


class Bank:
    """What practices refer to, read once."""

    def __init__(self):
        self.edition = Edition.objects.prefetch_related("sections").get(code="2022")
        self.territories = list(Territory.objects.order_by("pk"))
        self.themes = list(Theme.objects.order_by("pk"))
        self.owner, _made = User.objects.get_or_create(email="bench@example.org")
        self.years = {}

    def year(self, year: int) -> tuple[Contest, Track]:
        if year not in self.years:
            moment = datetime(year, 12, 1, tzinfo=UTC)
            contest, _made = Contest.objects.get_or_create(year=year, defaults={"announced_at": moment})
            ContestForm.objects.get_or_create(contest=contest, defaults={"edition": self.edition})
            window = {"opens_at": datetime(year, 2, 1, tzinfo=UTC), "closes_at": datetime(year, 8, 1, tzinfo=UTC)}
            track, _made = Track.objects.get_or_create(contest=contest, code="practices", defaults=window)
            self.years[year] = contest, track
        return self.years[year]

    def nomination(self, contest: Contest, title: str) -> Nomination:
        known = self.__dict__.setdefault("_nominations", {})
        if (contest.pk, title) not in known:
            known[contest.pk, title], _made = Nomination.objects.get_or_create(contest=contest, title=title)
        return known[contest.pk, title]


def fill(count: int, items=own_items) -> int:
    """Add practices until there are `count` of them; returns how many there are."""
    if not Contest.objects.exists():
        call_command("load_demo", i_know=True, verbosity=0)
    bank = Bank()
    begun = Practice.objects.filter(slug__startswith="bench-").count()
    others = Practice.objects.published().count() - begun
    wanted = islice(items.items(max(count - others, 0)), begun, None)
    while chunk := list(islice(wanted, CHUNK)):
        with transaction.atomic():
            write(bank, chunk)
    analyse()
    return Practice.objects.published().count()


@transaction.atomic
def write(bank: Bank, chunk: list[dict]) -> None:
    """A thousand practices and all that hangs on them."""
    applications, practices, texts = [], [], {}
    for item in chunk:
        application, practice = rows_of(bank, item)
        applications.append(application)
        practices.append(practice)
        texts[practice.slug] = item["sections"]
    Application.objects.bulk_create(applications)
    whole = [(a, p) for a, p in zip(applications, practices, strict=True) if has_passport(p.order)]
    passports = Passport.objects.bulk_create(Passport(application=a, edition=bank.edition) for a, _p in whole)
    for passport, (_application, practice) in zip(passports, whole, strict=True):
        practice.passport = passport
    PassportSection.objects.bulk_create(
        section
        for passport, (_application, practice) in zip(passports, whole, strict=True)
        for section in sections_of(passport, practice, texts[practice.slug])
    )
    for practice in practices:
        practice.order = practice.order % 30_000
    Practice.objects.bulk_create(practices)
    KeyFigure.objects.bulk_create(
        KeyFigure(practice=p, value=f"> {p.people_reached or 100}", label="жителей", order=0) for p in practices
    )
    CostShare.objects.bulk_create(
        CostShare(practice=p, source=source, amount=p.cost_total / len(SOURCES), order=order)
        for p in practices
        if p.cost_total
        for order, source in enumerate(SOURCES)
    )
    search.index_practices(practices)


def has_passport(i: int) -> bool:
    return i <= WHOLE or i % ONE_OF == 0


def rows_of(bank: Bank, item: dict) -> tuple[Application, Practice]:
    i, dice = item["i"], random.Random(item["i"])  # noqa: S311
    contest, track = bank.year(item["year"])
    facts = {
        "contest": contest,
        "track": track,
        "territory": dice.choice(bank.territories),
        "nomination": bank.nomination(contest, item["nomination"]),
    }
    application = Application(
        **facts,
        key=f"bench{i:05d}",
        number=f"B-{i:05d}",
        title=item["title"],
        owner=bank.owner,
        status=Status.ADMITTED,
        submitted_at=track.opens_at,
    )
    return application, Practice(
        **facts,
        slug=f"bench-{i}",
        title=item["title"],
        summary=item["summary"],
        description="" if has_passport(i) else "\n\n".join(item["sections"]),
        theme=dice.choice(bank.themes),
        award=AWARDS[i % len(AWARDS)],
        started_year=item["year"] - dice.randint(0, 6),
        order=i,
        published_at=contest.announced_at,
        cost_total=dice.randint(1, 900) * 30_000 if dice.random() < 0.7 else None,
        people_reached=dice.randint(10, 90_000) if dice.random() < 0.7 else None,
    )


def sections_of(passport: Passport, practice: Practice, texts: list[str]):
    for template, text in zip(passport.edition.templates, texts, strict=True):
        if template.is_tables:
            rows = {table.name: [row_of(table, text, practice)] for table in template.shape.tables}
            content = {"tables": rows}
        else:
            content = {"blocks": [{"text": practice.title if template.code == codes.TITLE else text}]}
        yield PassportSection(
            passport=passport,
            code=template.code,
            content=content,
            version=1,
            saved_at=practice.published_at,
            saved_by=passport.application.owner,
        )


def row_of(table, text: str, practice: Practice) -> dict:
    number = str(practice.cost_total or practice.people_reached or 1)
    return {"id": "1"} | {
        column.code: number if column.kind in {"number", "money"} else text[:150] for column in table.columns
    }


def analyse() -> None:
    """Let the database know its sizes, as its own housekeeping would by and by."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def module_at(path: str):
    spec = importlib.util.spec_from_file_location("given_items", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--items", help="a Python file with items(count) in place of tests/bench/items.py")
    given = parser.parse_args()
    fill(given.count, module_at(given.items) if given.items else own_items)
