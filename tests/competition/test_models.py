"""What the database refuses whoever writes to it, and the sentence that a form shows for it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from competition.enums import Status
from competition.models import Application, Contest, Membership, Nomination, Organisation, Territory, Track
from competition.models.application import KEY_ALPHABET, new_key
from tests.factories import (
    ApplicationFactory,
    ContestFactory,
    NominationFactory,
    OrganisationFactory,
    TerritoryFactory,
    TrackFactory,
    UserFactory,
    utc,
)

pytestmark = pytest.mark.django_db

FILED = utc(2026, 4, 1)


def refused(constraint):
    """The database itself says no, to `update()` as well as to `save()`."""
    return pytest.raises(IntegrityError, match=constraint)


@pytest.mark.parametrize(
    ("constraint", "wrong"),
    [
        ("application_status_is_known", {"status": "lost"}),
        ("application_number_comes_with_submission", {"number": "2026-0001"}),
        ("application_number_comes_with_submission", {"status": Status.WITHDRAWN, "submitted_at": FILED}),
        ("application_was_submitted_unless_draft_or_withdrawn", {"status": Status.SUBMITTED}),
        ("application_was_submitted_unless_draft_or_withdrawn", {"submitted_at": FILED, "number": "2026-0001"}),
    ],
)
def test_application_facts_follow_its_status(application, constraint, wrong):
    with refused(constraint), transaction.atomic():
        Application.objects.filter(pk=application.pk).update(**wrong)

    application.refresh_from_db()
    assert (application.status, application.number, application.submitted_at) == (Status.DRAFT, "", None)


@pytest.mark.parametrize(
    "facts",
    [
        {"status": Status.WITHDRAWN},
        {"status": Status.WITHDRAWN, "submitted_at": FILED, "number": "2026-0001"},
        {"status": Status.RETURNED, "submitted_at": FILED, "number": "2026-0001"},
    ],
)
def test_application_facts_that_belong_together_are_taken(application, facts):
    assert Application.objects.filter(pk=application.pk).update(**facts) == 1


def test_application_number_is_given_once():
    ApplicationFactory(admitted=True, number="2021-0007")

    with pytest.raises(IntegrityError), transaction.atomic():
        ApplicationFactory(admitted=True, number="2021-0007")


def test_application_is_of_one_year(application):
    application.nomination = NominationFactory(contest=ContestFactory(year=2020))

    with pytest.raises(ValidationError):
        application.full_clean()


def test_application_key_has_no_look_alikes():
    keys = {new_key() for _index in range(200)}

    assert len(keys) == 200
    assert set("".join(keys)) <= set(KEY_ALPHABET)
    assert set(KEY_ALPHABET).isdisjoint("01oil")


def test_visible_to_shows_own_to_everybody_and_filed_ones_to_the_organiser(owner, organiser):
    draft, filed = ApplicationFactory(owner=owner), ApplicationFactory(owner=owner, admitted=True)
    foreign_draft, foreign_filed = ApplicationFactory(), ApplicationFactory(admitted=True)
    organisers_draft = ApplicationFactory(owner=organiser)

    assert set(Application.objects.visible_to(owner)) == {draft, filed}
    assert set(Application.objects.visible_to(organiser)) == {filed, foreign_filed, organisers_draft}
    assert set(Application.objects.visible_to(foreign_draft.owner)) == {foreign_draft}
    assert set(Application.objects.visible_to(UserFactory())) == set()


def test_visible_to_hides_everything_from_an_organiser_who_left(organiser):
    ApplicationFactory(admitted=True)
    organiser.is_active = False

    assert not Application.objects.visible_to(organiser).exists()


@pytest.mark.parametrize(("moment", "is_open"), [(-1, False), (0, True), (1, True)])
def test_track_opens_with_its_first_second(track, moment, is_open):
    assert track.is_open(at=track.opens_at + timedelta(seconds=moment)) is is_open


@pytest.mark.parametrize(("moment", "is_open"), [(-1, True), (0, True), (1, False)])
def test_track_closes_after_its_last_second(track, moment, is_open):
    assert track.is_open(at=track.closes_at + timedelta(seconds=moment)) is is_open


@pytest.mark.parametrize(
    ("model", "make", "wrong", "constraint"),
    [
        (Track, TrackFactory, {"closes_at": utc(2021, 1, 1)}, "track_closes_after_it_opens"),
        (Contest, ContestFactory, {"closes_on": "2020-01-01"}, "contest_closes_after_it_opens"),
        (Contest, ContestFactory, {"judging_closes_at": utc(2021, 1, 1)}, "contest_judging_ends_after_it_starts"),
        (Contest, ContestFactory, {"judging_opens_at": utc(2021, 1, 1)}, "contest_judging_ends_after_it_starts"),
        (
            Contest,
            ContestFactory,
            {"judging_opens_at": utc(2021, 2, 1), "judging_closes_at": utc(2021, 1, 1)},
            "contest_judging_ends_after_it_starts",
        ),
        (Territory, TerritoryFactory, {"latitude": 91}, "territory_lies_on_earth"),
    ],
)
def test_wrong_facts_are_refused(model, make, wrong, constraint):
    row = make()

    with refused(constraint), transaction.atomic():
        model.objects.filter(pk=row.pk).update(**wrong)


def test_same_thing_is_not_listed_twice(contest):
    territory, person = TerritoryFactory(name="Заречный", region="Пензенская область"), UserFactory()
    organisation = OrganisationFactory(name="Музей", territory=territory)
    TrackFactory(contest=contest)
    NominationFactory(contest=contest, title="Город и люди")
    Membership.objects.create(organisation=organisation, user=person)
    twins = [
        lambda: Track.objects.create(contest=contest, title="Ещё", opens_at=utc(2026, 1, 1), closes_at=FILED),
        lambda: Nomination.objects.create(contest=contest, title="Город и люди"),
        lambda: TerritoryFactory(name="Заречный", region="Пензенская область"),
        lambda: Organisation.objects.create(name="Музей", territory=territory),
        lambda: Membership.objects.create(organisation=organisation, user=person),
    ]

    for twin in twins:
        with pytest.raises(IntegrityError), transaction.atomic():
            twin()


def test_two_cities_of_one_name_live_in_different_regions():
    penza = TerritoryFactory(name="Заречный", region="Пензенская область")
    urals = TerritoryFactory(name="Заречный", region="Свердловская область")

    assert str(penza) != str(urals)


def test_territory_knows_its_place_from_moscow():
    sarov = TerritoryFactory(latitude="54.9333", longitude="43.3167")

    assert round(sarov.distance_km) == pytest.approx(373, abs=5)
    assert sarov.shell == 0
    assert 90 < sarov.bearing < 120
