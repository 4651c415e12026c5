"""The way into the bank: one function makes an entry of an admitted application, one publishes and indexes it."""

from django.db import transaction

from competition.enums import Status
from competition.queries import lock_application
from practices import blocks, codes, digest
from practices.amounts import read_people, read_started_year
from practices.article import Article
from practices.enums import Award
from practices.models import CostShare, KeyFigure, Passport, Practice
from practices.queries import Audience, ReadSection, read_sections, with_sections
from practices.search import index_practice

MOST_ROUBLES = 10**12 - 1  # what the columns hold; no city spends more on a practice
MOST_PEOPLE = 2**31 - 1
RESERVED = {"compare", "export", "favourites", "suggest", "watch"}  # addresses beside those of practices


class NotAdmitted(Exception):
    """Only an admitted application enters the bank."""

    def __init__(self, application):
        super().__init__(f"{application.key}: {application.status}")
        self.application = application


@transaction.atomic
def publish_practice(practice: Practice, *, at) -> Practice:
    """Show the practice in the bank and make it found. Once public it keeps its date.

    Its words are indexed, and its numbers are read, anew.
    """
    if practice.published_at is None:
        practice.published_at = at
        practice.save(update_fields=["published_at"])
    if practice.passport_id:
        derive_numbers(practice)
    index_practice(practice)
    return practice


@transaction.atomic
def derive_numbers(practice: Practice) -> None:
    """Read of a practice's passport what the bank counts and sorts by: costs by source in roubles, people reached.

    A number that the passport does not tell beyond doubt, or that no column holds, is none.
    """
    passport = with_sections(Passport.objects.filter(pk=practice.passport_id)).get()
    article = Article(read_sections(passport, audience=Audience.PUBLIC))
    costs, people = article.costs, read_people(article.affected)
    known = costs if costs and costs.total <= MOST_ROUBLES else None
    practice.cost_total = known.total if known else None
    practice.people_reached = people if people is not None and people <= MOST_PEOPLE else None
    practice.save(update_fields=["cost_total", "people_reached"])
    practice.cost_shares.all().delete()
    CostShare.objects.bulk_create(
        CostShare(practice=practice, source=share.source[:300], amount=share.amount, order=order)
        for order, share in enumerate(known.shares if known else [])
    )


@transaction.atomic
def enter_bank(application, *, award: Award | str, at) -> Practice:
    """Put an admitted application into the bank: what its card says is derived from the passport, nothing is reworded.

    Whoever is in the bank already stays as it is, but for the award. Raises `NotAdmitted`.
    """
    locked = lock_application(application)
    if locked.status != Status.ADMITTED:
        raise NotAdmitted(locked)
    passport = with_sections(Passport.objects.filter(application=application)).get()
    practice = Practice.objects.filter(passport=passport).first() or _entry(passport)
    if practice.award != award:
        practice.award = award
        practice.save(update_fields=["award"])
    return publish_practice(practice, at=at)


def _entry(passport: Passport) -> Practice:
    application = passport.application
    sections = {section.code: section for section in read_sections(passport, audience=Audience.PUBLIC)}
    title = " ".join(_texts(sections.get(codes.TITLE))) or application.title or application.number
    practice = Practice(
        slug=free_slug(title),
        title=title[:500],
        summary=digest.summary_of(_texts(sections.get(codes.DESCRIPTION))),
        territory=application.territory,
        contest=application.contest,
        nomination=application.nomination,
        track=application.track,
        started_year=read_started_year(" ".join(_texts(sections.get(codes.PERIOD)))),
        donor=passport.donor,
        passport=passport,
    )
    practice.full_clean()
    practice.save()
    KeyFigure.objects.bulk_create(
        KeyFigure(practice=practice, value=value, label=label, order=order)
        for order, (value, label) in enumerate(digest.figures_of(_results(sections.get(codes.RESULTS))))
    )
    return practice


def free_slug(title: str) -> str:
    """An address that no practice has yet. Set once: a title that changes later leaves it alone."""
    slug = digest.slug_of(title)
    taken = RESERVED | set(Practice.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    number = 2
    free = slug
    while free in taken:
        free = f"{slug}-{number}"
        number += 1
    return free


def _texts(section: ReadSection | None) -> list[str]:
    """The paragraphs of a text answer, without the tables among them."""
    return [block["text"] for block in section.content.get("blocks", []) if "text" in block] if section else []


def _results(section: ReadSection | None) -> list[tuple[str, str]]:
    """(indicator, value for the whole time) of the results: by its form the last column of numbers."""
    if section is None or not isinstance(section.template.shape, blocks.Tables):
        return []
    table = section.template.shape.tables[0]
    numbers = [column.code for column in table.columns if column.kind == "number"]
    if not numbers:
        return []
    rows = table.filled(section.content["tables"].get(table.name, []))
    return [(row[table.columns[0].code], row[numbers[-1]]) for row in rows]
