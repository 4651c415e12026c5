"""The facts on record: cities, forms, themes, the years 2017–2021, their winners and two collections of them.

Everything is matched by its natural key and brought up to date, so loading again after a correction in `fixtures/`
mends the rows in place and adds none.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from competition.models import Contest, Nomination, Territory
from portal.demo.fixtures import read
from practices.enums import Award
from practices.models import CollectedPractice, Collection, KeyFigure, Practice, Theme
from practices.publishing import publish_practice
from practices.services import load_edition

MOSCOW = ZoneInfo("Europe/Moscow")


def load_record() -> None:
    for edition in read("editions"):
        load_edition(edition)
    for territory in read("territories"):
        _keep(Territory, ("slug",), territory)
    for theme in read("themes"):
        _keep(Theme, ("slug",), theme)
    for contest in read("contests"):
        _load_contest(contest)
    for winner in read("winners"):
        _load_winner(winner)
    for order, collection in enumerate(read("collections"), start=1):
        _load_collection(collection, order)


def _keep(model, key: tuple, fields: dict):
    found = {name: fields[name] for name in key}
    rest = {name: value for name, value in fields.items() if name not in key}
    return model.objects.update_or_create(**found, defaults=rest)[0]


def _announced(year: int) -> datetime:
    """The sources do not name the day of the announcement; the last of the year is certainly not before it."""
    return datetime(year, 12, 31, 12, tzinfo=MOSCOW)


def _load_contest(data: dict) -> None:
    contest = _keep(
        Contest,
        ("year",),
        {
            "year": data["year"],
            "opens_on": data["opens_on"],
            "closes_on": data["closes_on"],
            "announced_at": _announced(data["year"]),
            "applications_on_record": data["applications"],
            "note": data["note"],
        },
    )
    for order, title in enumerate(data["nominations"], start=1):
        _keep(Nomination, ("contest", "title"), {"contest": contest, "title": title, "order": order})


def _load_winner(data: dict) -> None:
    practice = _keep(
        Practice,
        ("slug",),
        {
            "slug": data["slug"],
            "title": data["title"],
            "short_title": data["short_title"],
            "summary": data["summary"],
            "description": data["description"],
            "territory": Territory.objects.get(slug=data["territory"]),
            "contest": Contest.objects.get(year=data["year"]),
            "theme": Theme.objects.get(slug=data["theme"]),
            "award": Award.WINNER,
            "started_year": data["started_year"],
            "order": data["sort"],
        },
    )
    for order, figure in enumerate(data["key_figures"]):
        _keep(KeyFigure, ("practice", "order"), {"practice": practice, "order": order, **figure})
    practice.key_figures.filter(order__gte=len(data["key_figures"])).delete()
    publish_practice(practice, at=_announced(data["year"]))


def _load_collection(data: dict, order: int) -> None:
    """Editorial, over the winners: mended in place like the facts."""
    collection = _keep(
        Collection,
        ("slug",),
        {
            "slug": data["slug"],
            "title": data["title"],
            "introduction": data["introduction"],
            "published_at": datetime.fromisoformat(data["published"]).replace(hour=12, tzinfo=MOSCOW),
            "order": order,
        },
    )
    practices = []
    for place, item in enumerate(data["practices"], start=1):
        practice = Practice.objects.get(slug=item["practice"])
        fields = {"collection": collection, "practice": practice, "note": item["note"], "order": place}
        _keep(CollectedPractice, ("collection", "practice"), fields)
        practices.append(practice)
    collection.places.exclude(practice__in=practices).delete()
