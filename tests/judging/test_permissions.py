from datetime import timedelta

import pytest

from competition.enums import Role, Status
from competition.models import Membership
from judging.permissions import (
    can_announce,
    can_appoint,
    can_assign,
    can_judge,
    can_mark,
    can_recuse,
    can_see_colleagues,
    can_unassign,
    conflict_of_interest,
)
from tests.factories import (
    AssignmentFactory,
    ContestFactory,
    CoordinatorFactory,
    JurorFactory,
    OrganisationFactory,
    PracticeFactory,
    TeamMemberFactory,
    TerritoryFactory,
    utc,
)


def test_conflict_is_none_between_strangers(juror, application):
    assert conflict_of_interest(juror, application)


def same_territory(juror, application):
    juror.territory = application.territory


def same_organisation(juror, application):
    juror.organisation = application.organisation = OrganisationFactory()


def member_of_the_applicants_organisation(juror, application):
    application.organisation = OrganisationFactory()
    Membership.objects.create(user=juror.user, organisation=application.organisation)


def employer_of_the_same_territory(juror, application):
    juror.organisation = OrganisationFactory(territory=application.territory)


def member_of_an_organisation_of_the_same_territory(juror, application):
    Membership.objects.create(user=juror.user, organisation=OrganisationFactory(territory=application.territory))


def owner_of_the_application(juror, application):
    application.owner = juror.user


def territory_of_the_donor(juror, application):
    juror.territory = TerritoryFactory()
    application.passport.donor = PracticeFactory(territory=juror.territory)


def colleague_on_the_application(juror, application):
    TeamMemberFactory(application=application, user=juror.user, role=Role.READER)


def former_colleague_on_the_application(juror, application):
    TeamMemberFactory(application=application, user=juror.user, left_at=utc(2026, 3, 2))


def coordinator_of_the_city(juror, application):
    CoordinatorFactory(user=juror.user, territory=application.territory)


CONFLICTS = [
    (same_territory, "The juror is from the same territory."),
    (same_organisation, "The juror belongs to the applicant's organisation."),
    (member_of_the_applicants_organisation, "The juror belongs to the applicant's organisation."),
    (employer_of_the_same_territory, "The juror is from the same territory."),
    (member_of_an_organisation_of_the_same_territory, "The juror is from the same territory."),
    (owner_of_the_application, "The juror filed this application."),
    (colleague_on_the_application, "The juror works on this application or did so."),
    (former_colleague_on_the_application, "The juror works on this application or did so."),
    (coordinator_of_the_city, "The juror is from the same territory."),
    (territory_of_the_donor, "The juror is from the territory of the donor practice."),
]


@pytest.mark.parametrize(("tie", "reason"), CONFLICTS)
def test_conflict_is_found_by_every_tie_and_named(tie, reason, juror, application, at, english):
    tie(juror, application)
    sheet = AssignmentFactory.build(juror=juror, application=application, declared_at=at, assigned_by=None)

    assert conflict_of_interest(juror, application).reason == reason
    assert can_assign(juror, application).reason == reason
    assert can_mark(juror.user, sheet, at=at).reason == reason


def test_conflict_sees_the_city_and_not_its_name_alone(juror, application):
    juror.territory = TerritoryFactory(name=application.territory.name, region="Иркутская область")

    assert conflict_of_interest(juror, application)


def test_assign_asks_for_the_same_year_an_admitted_application_and_no_second_sheet(juror, application):
    stranger = JurorFactory(contest=ContestFactory(year=2020))

    assert can_assign(juror, application)
    assert not can_assign(stranger, application)
    assert not can_assign(juror, application, assigned_to={juror.pk})
    for status in set(Status) - {Status.ADMITTED}:
        application.status = status
        assert not can_assign(juror, application)


def test_appoint_is_the_organisers_until_the_announcement(organiser, juror, contest):
    assert can_appoint(organiser, contest)
    assert not can_appoint(juror.user, contest)

    contest.announced_at = utc(2021, 12, 1)
    assert not can_appoint(organiser, contest)


def test_unassign_only_what_is_not_begun(organiser, juror, application, at):
    sheet = AssignmentFactory(juror=juror, application=application)

    assert can_unassign(organiser, sheet)
    assert not can_unassign(juror.user, sheet)
    sheet.declared_at = at
    assert not can_unassign(organiser, sheet)


def test_judge_only_ones_own_standing_sheet(sheet, at):
    assert can_judge(sheet.juror.user, sheet, at=at)
    assert not can_judge(JurorFactory(contest=sheet.juror.contest).user, sheet, at=at)

    sheet.recused_at = at
    assert not can_judge(sheet.juror.user, sheet, at=at)


def test_judge_no_application_that_left_and_no_announced_year(sheet, at):
    sheet.application.contest.announced_at = at
    assert not can_judge(sheet.juror.user, sheet, at=at)

    sheet.application.contest.announced_at = None
    sheet.application.status = Status.WITHDRAWN
    assert not can_judge(sheet.juror.user, sheet, at=at)


@pytest.mark.parametrize(
    ("moment", "reason"),
    [
        (utc(2021, 9, 1) - timedelta(microseconds=1), "The jury starts on 1 September 2021, 03:00, Moscow time."),
        (utc(2021, 9, 1), ""),
        (utc(2021, 10, 1, 20, 59, 59), ""),
        (
            utc(2021, 10, 1, 21, 0, 0),
            "The jury ended on 1 October 2021, 23:59, Moscow time. Your marks can be read.",
        ),
    ],
)
def test_mark_within_the_window_and_to_its_last_second(sheet, moment, reason, english):
    assert can_mark(sheet.juror.user, sheet, at=moment).reason == reason


def test_mark_only_after_the_declaration_and_before_the_end(sheet, at):
    user = sheet.juror.user
    assert can_mark(user, sheet, at=at)

    sheet.finished_at = at
    assert not can_mark(user, sheet, at=at)
    sheet.finished_at = sheet.declared_at = None
    assert not can_mark(user, sheet, at=at)
    assert can_judge(user, sheet, at=at)


def test_mark_nothing_while_the_window_is_not_set(sheet, at):
    sheet.application.contest.judging_opens_at = sheet.application.contest.judging_closes_at = None

    assert not can_mark(sheet.juror.user, sheet, at=at)


def test_recuse_late_but_not_after_the_announcement(sheet, at):
    sheet.finished_at = at
    assert can_recuse(sheet.juror.user, sheet)
    assert not can_recuse(JurorFactory(contest=sheet.juror.contest).user, sheet)

    sheet.application.contest.announced_at = at
    assert not can_recuse(sheet.juror.user, sheet)


def test_colleagues_are_seen_from_ones_own_finished_sheet_only(sheet, organiser, at):
    assert not can_see_colleagues(sheet.juror.user, sheet)

    sheet.finished_at = at
    assert can_see_colleagues(sheet.juror.user, sheet)
    assert not can_see_colleagues(organiser, sheet)


def test_announce_is_the_organisers_and_once(contest, organiser, juror):
    assert can_announce(organiser, contest)
    assert not can_announce(juror.user, contest)

    contest.announced_at = utc(2021, 12, 1)
    assert not can_announce(organiser, contest)
