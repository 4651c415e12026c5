"""Practices that people put aside: what an address names, what a signed-in person keeps."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from practices.models import Practice

MOST_IN_ADDRESS = 50  # practices; an address of that many still fits every server and every letter
SLUG = re.compile(r"[-\w]{1,120}", re.ASCII)


@dataclass(frozen=True)
class Named:
    """What an address names: the public practices in its order, how many of the rest there are not, or were too many.

    A practice that is not public and one that never was are the same nothing; `gone` are their addresses, to forget.
    """

    practices: list[Practice]
    missing: int
    left_out: int
    gone: list[str]

    @property
    def is_anything(self) -> bool:
        return bool(self.practices or self.missing)


def named(slugs: Iterable[str]) -> Named:
    """The practices of `?p=slug&p=slug`, in a constant number of queries."""
    asked = list(dict.fromkeys(slug for slug in slugs if slug))
    taken = asked[:MOST_IN_ADDRESS]
    legible = [slug for slug in taken if SLUG.fullmatch(slug)]
    public = Practice.objects.published().with_card().filter(slug__in=legible) if legible else ()
    by_slug = {practice.slug: practice for practice in public}
    found = [by_slug[slug] for slug in legible if slug in by_slug]
    gone = [slug for slug in legible if slug not in by_slug]
    return Named(found, missing=len(taken) - len(found), left_out=len(asked) - len(taken), gone=gone)


def kept_by(user) -> QuerySet[Practice]:
    """What a person keeps of the public bank, the latest first."""
    kept = Practice.objects.published().filter(favourites__user=user)
    return kept.order_by("-favourites__added_at", "-favourites__pk")


def kept_keys(user) -> frozenset[int]:
    """The keys of the same, for the marks on cards and the number in a header."""
    return frozenset(kept_by(user).order_by().values_list("pk", flat=True))
