"""The family of a practice: from whose practice it grew, and who took it over, as far as the public bank goes."""

from dataclasses import dataclass, field
from operator import attrgetter

from django.db import connection

from practices.enums import Kinship
from practices.models import Practice

FARTHEST = 10  # steps up and down
MOST_RELATIVES = 60  # the nearest ones

# The same words on both databases. The steps end what a circle of donors would never end.
_UP = """
    WITH RECURSIVE above(id, donor_id, steps) AS (
        SELECT id, donor_id, 0 FROM practices_practice WHERE id = %s
        UNION ALL
        SELECT donor.id, donor.donor_id, above.steps + 1
        FROM practices_practice donor JOIN above ON donor.id = above.donor_id
        WHERE donor.published_at IS NOT NULL AND above.steps < %s
    )
    SELECT id FROM above ORDER BY steps
"""
_DOWN = """
    WITH RECURSIVE below(id, donor_id, steps) AS (
        SELECT id, donor_id, 0 FROM practices_practice WHERE id = %s
        UNION ALL
        SELECT follower.id, follower.donor_id, below.steps + 1
        FROM practices_practice follower JOIN below ON follower.donor_id = below.id
        WHERE follower.published_at IS NOT NULL AND below.steps < %s
    )
    SELECT id, donor_id FROM below WHERE steps > 0 ORDER BY steps, id LIMIT %s
"""


@dataclass
class Relative:
    """A practice in the tree, with those that grew out of it, the earliest first."""

    practice: Practice
    kinship: Kinship
    followers: list["Relative"] = field(default_factory=list)


@dataclass(frozen=True)
class Family:
    """The tree from the farthest donor down. `is_cut`: there are more followers than are shown."""

    root: Relative
    donor: Practice | None
    is_cut: bool

    @property
    def is_alone(self) -> bool:
        return self.root.kinship == Kinship.SELF and not self.root.followers


def family_of(practice: Practice) -> Family:
    """The donors above a practice and all followers below it: three queries for a family of any size."""
    with connection.cursor() as cursor:
        cursor.execute(_UP, [practice.pk, FARTHEST])
        donors = list(dict.fromkeys(pk for (pk,) in cursor.fetchall()))[1:]
        cursor.execute(_DOWN, [practice.pk, FARTHEST, MOST_RELATIVES + 1])
        donor_of = {pk: donor for pk, donor in cursor.fetchall() if pk not in {practice.pk, *donors}}
    found = [*donors, *donor_of]
    practices = (
        Practice.objects.published().filter(pk__in=found).select_related("territory", "contest") if found else ()
    )
    known = {relative.pk: relative for relative in practices}
    self_ = Relative(practice, Kinship.SELF)
    _hang_followers(self_, [(known[pk], donor) for pk, donor in list(donor_of.items())[:MOST_RELATIVES] if pk in known])
    root = self_
    for pk in donors:
        if pk not in known:
            break
        root = Relative(known[pk], Kinship.DONOR, [root])
    return Family(root, donor=known.get(donors[0]) if donors else None, is_cut=len(donor_of) > MOST_RELATIVES)


def _hang_followers(self_: Relative, followers: list[tuple[Practice, int]]) -> None:
    """Each under its own donor. They come by their distance, so a donor always hangs before its followers."""
    hung = {self_.practice.pk: self_}
    for practice, donor in followers:
        if donor in hung:
            hung[practice.pk] = relative = Relative(practice, Kinship.FOLLOWER)
            hung[donor].followers.append(relative)
    for relative in hung.values():
        relative.followers.sort(key=attrgetter("practice.contest.year", "practice.pk"))
