from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail

from accounts.verdicts import Refused
from competition.enums import Role
from competition.services import admit, withdraw
from judging import services
from judging.models import Result
from judging.queries import fingerprint, standings_of
from practices.enums import Award
from practices.models import Practice
from tests.factories import (
    ApplicationFactory,
    AssignmentFactory,
    CriterionFactory,
    JurorFactory,
    NominationFactory,
    PassportFactory,
    TeamMemberFactory,
    utc,
)

AFTER = utc(2021, 10, 5)


@pytest.fixture
def scored(contest, criteria):
    """Return a function that puts an admitted application with finished sheets before the organiser."""
    jury = [JurorFactory(contest=contest) for _index in range(3)]

    def make(*sheets, nomination=None, title="Практика"):
        application = ApplicationFactory(
            contest=contest, admitted=True, title=title, nomination=nomination or NominationFactory(contest=contest)
        )
        PassportFactory(application=application)
        for juror, marks in zip(jury, sheets, strict=False):
            AssignmentFactory(juror=juror, application=application, finished=True, marks=marks)
        return application

    return make


def announce(contest, awards, *, by, at=AFTER, **options):
    options.setdefault("seen", fingerprint(standings_of(contest)))
    return services.announce(
        contest, {application.key: award for application, award in awards.items()}, by=by, at=at, **options
    )


def in_the_bank():
    return set(Practice.objects.published().values_list("title", "award"))


def test_announcement_freezes_results_sets_awards_fills_the_bank_and_tells_everybody(
    scored, contest, organiser, django_capture_on_commit_callbacks
):
    best = scored([10, 9], [9, 8], title="Первая")
    second = scored([7, 7], [8, 5], title="Вторая")
    editor = TeamMemberFactory(application=best).user
    TeamMemberFactory(application=best, role=Role.READER)

    with django_capture_on_commit_callbacks(execute=True):
        announce(contest, {best: Award.WINNER, second: Award.PARTICIPANT}, by=organiser)

    rows = Result.objects.values_list(
        "application__title", "score", "spread", "place", "sheets", "award", "announced_at", "announced_by"
    )
    assert set(rows) == {
        ("Первая", Decimal("9.250"), Decimal("1.000"), 1, 2, "winner", AFTER, organiser.pk),
        ("Вторая", Decimal("7.125"), Decimal("0.250"), 2, 2, "participant", AFTER, organiser.pk),
    }
    contest.refresh_from_db()
    assert contest.announced_at == AFTER
    assert in_the_bank() == {("Первая", "winner"), ("Вторая", "participant")}
    told = [best.owner.email, editor.email, second.owner.email]
    assert sorted(letter.to for letter in mail.outbox) == sorted([address] for address in told)


def test_announcement_ends_everything(scored, contest, criteria, organiser):
    application = scored([10, 9])
    undecided = ApplicationFactory(contest=contest, status="submitted", submitted_at=AFTER, number="2021-9001")
    announce(contest, {application: Award.WINNER}, by=organiser, despite_warnings=True)
    sheet = application.assignments.get()
    during = contest.judging_closes_at - timedelta(days=1)

    with pytest.raises(Refused):
        announce(contest, {application: Award.LAUREATE}, by=organiser)
    with pytest.raises(Refused):
        services.recuse(sheet, reason="Поздно", by=sheet.juror.user, at=during)
    with pytest.raises(Refused):
        services.save_mark(sheet, criteria[0], 1, by=sheet.juror.user, at=during)
    with pytest.raises(Refused):
        withdraw(application, by=application.owner, at=AFTER)
    with pytest.raises(Refused):
        admit(undecided, by=organiser, at=AFTER)
    assert list(Result.objects.values_list("award", flat=True)) == ["winner"]


def test_announcement_is_the_organisers(scored, contest):
    application = scored([10, 9])

    with pytest.raises(Refused):
        announce(contest, {application: Award.WINNER}, by=application.owner)
    assert in_the_bank() == set()


def test_announcement_needs_a_finished_sheet_for_every_application(scored, contest, organiser):
    ready, empty = scored([10, 9]), scored()

    with pytest.raises(services.NotReady) as refused:
        announce(contest, {ready: Award.WINNER, empty: Award.PARTICIPANT}, by=organiser, despite_warnings=True)

    assert refused.value.obstacles.unscored == [empty]
    assert (in_the_bank(), Result.objects.count()) == (set(), 0)


def test_announcement_needs_applications(contest, organiser):
    with pytest.raises(services.NotReady):
        announce(contest, {}, by=organiser, despite_warnings=True)
    contest.refresh_from_db()
    assert contest.announced_at is None


def waiting_sheet(application, contest):
    AssignmentFactory(juror=JurorFactory(contest=contest), application=application, declared=True)


def undecided_application(application, contest):
    ApplicationFactory(contest=contest, status="returned", submitted_at=AFTER, number="2021-9001")


def jury_still_at_work(application, contest):
    contest.judging_closes_at = AFTER + timedelta(days=1)
    contest.save()


@pytest.mark.parametrize("warning", [waiting_sheet, undecided_application, jury_still_at_work])
def test_announcement_of_something_unfinished_wants_a_deliberate_yes(warning, scored, contest, organiser):
    application = scored([10, 9])
    warning(application, contest)

    with pytest.raises(services.NotReady):
        announce(contest, {application: Award.WINNER}, by=organiser)
    assert in_the_bank() == set()

    announce(contest, {application: Award.WINNER}, by=organiser, despite_warnings=True)
    assert in_the_bank() == {("Практика", "winner")}


def test_announcement_rests_on_the_standings_that_were_seen(scored, contest, organiser):
    application = scored([10, 9])
    seen = fingerprint(standings_of(contest))
    AssignmentFactory(juror=JurorFactory(contest=contest), application=application, finished=True, marks=[0, 0])

    with pytest.raises(services.StandingsChanged):
        announce(contest, {application: Award.WINNER}, by=organiser, seen=seen)
    with pytest.raises(services.StandingsChanged):
        announce(contest, {}, by=organiser)
    assert in_the_bank() == set()


def test_a_failure_on_the_way_announces_nothing(scored, contest, organiser, django_capture_on_commit_callbacks):
    ready = scored([10, 9])
    broken = scored([5, 5])
    broken.passport.delete()

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(type(broken.passport).DoesNotExist):
        announce(contest, {ready: Award.WINNER, broken: Award.PARTICIPANT}, by=organiser)

    contest.refresh_from_db()
    assert contest.announced_at is None
    assert (in_the_bank(), Result.objects.count(), mail.outbox) == (set(), 0, [])


def test_results_stay_what_they_were(scored, contest, criteria, organiser):
    application = scored([10, 9])
    announce(contest, {application: Award.WINNER}, by=organiser)

    criteria[0].weight = "1.00"
    criteria[0].save()
    application.assignments.update(recusal_reason="Позже", recused_at=AFTER, finished_at=None)

    assert list(Result.objects.values_list("score", "place")) == [(Decimal("9.750"), 1)]


def test_standings_go_by_nomination_with_shared_places_and_the_unscored_last(scored, contest):
    other = NominationFactory(contest=contest, title="Экология", order=9)
    rows = {
        "A": scored([8, 8], title="A"),
        "B": scored([8, 8], title="B"),
        "C": scored([9, 9], title="C"),
        "D": scored([1, 1], title="D"),
        "E": scored(title="E"),
        "F": scored([2, 2], title="F", nomination=other),
    }
    assert len(rows) == 6

    groups = standings_of(contest)

    assert [[(row.application.title, row.place, row.shares_place) for row in group.rows] for group in groups] == [
        [("C", 1, False), ("A", 2, True), ("B", 2, True), ("D", 4, False), ("E", None, False)],
        [("F", 1, False)],
    ]
    assert [row.proposed_award for row in groups[0].rows] == [
        Award.WINNER,
        Award.LAUREATE,
        Award.LAUREATE,
        Award.PARTICIPANT,
        Award.PARTICIPANT,
    ]


def test_standings_leave_out_what_is_unfinished_recused_or_withdrawn(scored, contest):
    application = scored([8, 4])
    AssignmentFactory(juror=JurorFactory(contest=contest), application=application, declared=True, marks=[0, 0])
    AssignmentFactory(
        juror=JurorFactory(contest=contest),
        application=application,
        marks=[0, 0],
        recused_at=AFTER,
        recusal_reason="Знакомы",
    )
    withdrawn = scored([10, 10])
    withdrawn.status = "withdrawn"
    withdrawn.save()

    (group,) = standings_of(contest)

    assert [(row.score, row.finished, row.waiting, row.recused) for row in group.rows] == [(Decimal("7.000"), 1, 1, 1)]


@pytest.mark.parametrize("count", [1, 4])
def test_standings_cost_the_same_for_one_and_for_many(count, scored, contest, django_assert_num_queries):
    CriterionFactory(contest=contest, order=3)
    for _index in range(count):
        scored([8, 4, 3], [7, 4, 1])

    with django_assert_num_queries(5):
        assert len(standings_of(contest)[0].rows) == count
