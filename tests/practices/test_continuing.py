"""Next year's application from this one's passport: what comes over, what is shown, who may, and once."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.verdicts import Refused
from competition.enums import Status, TrackCode
from competition.models import Application
from practices import services
from practices.carrying import carried_into
from practices.models import Passport, SectionRevision
from tests.factories import (
    ApplicationFactory,
    ContestFactory,
    ContestFormFactory,
    NominationFactory,
    PassportFactory,
    PracticeFactory,
    TeamMemberFactory,
    TrackFactory,
    UserFactory,
    edition,
    utc,
)
from tests.practices.documents.example_passport import example

pytestmark = pytest.mark.django_db

NOW = utc(2026, 6, 1)


@pytest.fixture
def this_year():
    contest = ContestFactory(year=2026, announced_at=None)
    ContestFormFactory(contest=contest, edition=edition("2023"))
    NominationFactory(contest=contest, title="Развитие  социальной сферы")
    now = timezone.now()
    return TrackFactory(
        contest=contest,
        opens_at=min(NOW, now) - timezone.timedelta(days=30),
        closes_at=max(NOW, now) + timezone.timedelta(days=30),
    )


@pytest.fixture
def earlier():
    """An admitted passport of the form with one column of values."""
    application = ApplicationFactory(
        contest=ContestFactory(year=2021), admitted=True, title="Скамейка у каждого подъезда"
    )
    return PassportFactory(application=application, edition=edition("2019"), answers=example("2019"))


@pytest.fixture
def owner(client, earlier):
    client.force_login(earlier.application.owner)
    return client


def url(name, application):
    return reverse(f"practices:application_{name}", args=[application.key])


def go_on(earlier, track, **changes):
    chosen = {
        "track": track,
        "nomination": track.contest.nominations.get(),
        "territory": earlier.application.territory,
        "title": earlier.application.title,
        "by": earlier.application.owner,
        "at": NOW,
    }
    return services.continue_passport(earlier, **{**chosen, **changes})


def content(passport, code):
    return passport.sections.get(code=code).content


def answers(track, **changes):
    return {
        "track": track.pk,
        "title": "Скамейка у каждого подъезда",
        "nomination": track.contest.nominations.get().pk,
        "territory": Application.objects.get(contest__year=2021).territory.pk,
        "organisation": "nobody",
        **changes,
    }


def test_text_comes_over_as_the_first_version_of_each_section(earlier, this_year):
    begun = go_on(earlier, this_year)

    assert (begun.application.continues, begun.edition.code) == (earlier.application, "2023")
    assert content(begun, "background") == content(earlier, "background")
    assert content(begun, "territory") == {"blocks": [{"text": "город Приозёрск"}]}
    first = SectionRevision.objects.get(section__passport=begun, section__code="goals")
    assert (first.version, first.saved_by, first.saved_at) == (1, earlier.application.owner, NOW)
    rows = content(begun, "costs")["tables"]["main"]
    assert [row["item"] for row in rows] == ["Доски", "Краска"]


def test_one_value_goes_to_the_whole_period_and_is_to_be_checked(earlier, this_year):
    begun = go_on(earlier, this_year)

    first, second = content(begun, "results")["tables"]["main"]
    assert (first["value_total"], first["value_last_year"], second["value_total"]) == ("200\n44", "", "более 50")
    carried = carried_into(begun)
    assert [(section.template.code, section.guessed) for section in carried.guessed] == [
        ("results", ("за весь период реализации",))
    ]
    assert carried.needs_a_look


def test_what_has_no_place_is_shown_and_in_the_earlier_passport_still(this_year):
    application = ApplicationFactory(contest=ContestFactory(year=2021), admitted=True)
    donor = {"donor": "Практика соседнего города"}
    earlier = PassportFactory(application=application, edition=edition("2022"), answers=donor)

    begun = go_on(earlier, this_year)

    (left,) = carried_into(begun).left
    assert (left.title, left.texts) == ("Наименование практики-донора", ["Практика соседнего города"])
    assert content(earlier, "donor") == {"blocks": [{"text": "Практика соседнего города"}]}


def test_section_that_is_not_for_the_new_track_stays_behind(this_year):
    this_year.contest.form.edition = edition("2022")
    this_year.contest.form.save()
    application = ApplicationFactory(contest=ContestFactory(year=2021), admitted=True)
    earlier = PassportFactory(application=application, answers={"donor": "Практика соседнего города"})

    begun = go_on(earlier, this_year)

    assert content(begun, "donor") == {"blocks": []}
    assert [left.texts for left in carried_into(begun).left] == [["Практика соседнего города"]]


def test_what_is_chosen_anew_is_the_second_version(earlier, this_year):
    begun = go_on(earlier, this_year, title="Скамейка и клумба")

    title = begun.sections.get(code="title")
    assert (title.content, title.version) == ({"blocks": [{"text": "Скамейка и клумба"}]}, 2)
    assert title.revisions.get(version=1).content == {"blocks": [{"text": "Скамейка у каждого подъезда"}]}
    assert Application.objects.get(pk=begun.application_id).title == "Скамейка и клумба"


def test_nothing_to_report_comes_over(this_year):
    nothing = {"tables": {"adopted": [], "amended": []}, "nothing": True}
    application = ApplicationFactory(contest=ContestFactory(year=2021), admitted=True)
    earlier = PassportFactory(application=application, edition=edition("2022"))
    earlier.sections.filter(code="regulations").update(content=nothing)

    assert content(go_on(earlier, this_year), "regulations") == nothing


def test_earlier_passport_does_not_change(earlier, this_year):
    before = {section.code: (section.content, section.version) for section in earlier.sections.all()}

    go_on(earlier, this_year, title="Другое")

    assert {section.code: (section.content, section.version) for section in earlier.sections.all()} == before


def test_adopted_practice_keeps_its_donor(this_year):
    this_year.contest.form.edition = edition("2022")
    this_year.contest.form.save()
    track = TrackFactory(
        contest=this_year.contest, code=TrackCode.ADOPTION, opens_at=this_year.opens_at, closes_at=this_year.closes_at
    )
    donor = PracticeFactory(title="Двор без луж")
    application = ApplicationFactory(contest=ContestFactory(year=2021), track__code=TrackCode.ADOPTION, admitted=True)
    earlier = PassportFactory(application=application, donor=donor, answers={"donor": "Двор без луж, г. Глазов"})

    begun = go_on(earlier, track, donor=donor)

    assert begun.donor == donor
    assert content(begun, "donor") == {"blocks": [{"text": "Двор без луж, г. Глазов"}]}


@pytest.mark.parametrize(
    ("change", "may"),
    [
        ({}, True),
        ({"status": Status.DECLINED}, True),
        ({"status": Status.WITHDRAWN}, True),
        ({"status": Status.DRAFT, "submitted_at": None, "number": ""}, True),
        ({"status": Status.WITHDRAWN, "submitted_at": None, "number": ""}, False),
    ],
)
def test_any_application_of_a_year_that_is_over_but_a_withdrawn_draft(owner, earlier, this_year, change, may):
    Application.objects.filter(pk=earlier.application_id).update(**change)

    assert owner.get(url("continue", earlier.application)).status_code == (200 if may else 403)
    assert (
        url("continue", earlier.application) in owner.get(url("detail", earlier.application)).content.decode()
    ) is may


def test_year_that_is_not_announced_is_not_over(owner, earlier, this_year):
    earlier.application.contest.announced_at = None
    earlier.application.contest.save()

    assert owner.get(url("continue", earlier.application)).status_code == 403


def test_only_the_owner_goes_on(client, earlier, this_year):
    member = TeamMemberFactory(application=earlier.application)
    client.force_login(member.user)

    assert client.get(url("continue", earlier.application)).status_code == 403
    client.force_login(UserFactory())
    assert client.get(url("continue", earlier.application)).status_code == 404
    with pytest.raises(Refused):
        go_on(earlier, this_year, by=member.user)


def test_outside_any_window_there_is_nothing_to_start(owner, earlier):
    response = owner.get(url("continue", earlier.application))

    assert "practices/application_closed.html" in [template.name for template in response.templates]
    assert url("continue", earlier.application) not in owner.get(url("detail", earlier.application)).content.decode()


def test_form_offers_what_was_chosen_before(owner, earlier, this_year):
    form = owner.get(url("continue", earlier.application)).context["form"]

    assert form["title"].value() == "Скамейка у каждого подъезда"
    assert form["nomination"].value() == this_year.contest.nominations.get().pk  # the same but for a space
    assert form["territory"].value() == earlier.application.territory_id
    assert form["organisation"].value() == "nobody"


def test_start_leads_to_what_came_over(owner, earlier, this_year):
    response = owner.post(url("continue", earlier.application), answers(this_year), follow=True)

    begun = Passport.objects.get(application__continues=earlier.application)
    assert response.redirect_chain[0][0] == url("carried", begun.application)
    page = response.content.decode()
    assert "за весь период реализации" in page
    assert reverse("practices:section_edit", args=[begun.application.key, "results"]) in page
    assert url("carried", begun.application) in owner.get(url("detail", begun.application)).content.decode()


def test_pressed_twice_it_starts_one(owner, earlier, this_year):
    owner.post(url("continue", earlier.application), answers(this_year))

    again = owner.post(url("continue", earlier.application), answers(this_year))

    begun = Application.objects.get(continues=earlier.application)
    assert again["Location"] == url("detail", begun)
    assert url("detail", begun) in owner.get(url("detail", earlier.application)).content.decode()


def test_withdrawn_continuation_makes_room_for_another(earlier, this_year):
    begun = go_on(earlier, this_year)
    Application.objects.filter(pk=begun.application_id).update(status=Status.WITHDRAWN)

    assert go_on(earlier, this_year).application.continues == earlier.application


def test_start_without_a_nomination_starts_nothing(owner, earlier, this_year):
    response = owner.post(url("continue", earlier.application), answers(this_year, nomination=""))

    assert response.status_code == 422
    assert not Application.objects.filter(continues=earlier.application).exists()


def test_only_its_writers_see_what_an_application_began_with(client, earlier, this_year):
    begun = go_on(earlier, this_year)
    Application.objects.filter(pk=begun.application_id).update(
        status=Status.SUBMITTED, submitted_at=NOW, number="2026-0001"
    )
    client.force_login(UserFactory(is_staff=True))

    assert client.get(url("carried", begun.application)).status_code == 403
    assert "carried" not in client.get(url("detail", begun.application)).content.decode()


def test_application_that_began_empty_carried_nothing(owner, earlier):
    assert owner.get(url("carried", earlier.application)).status_code == 404
