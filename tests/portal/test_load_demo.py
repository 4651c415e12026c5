"""The demonstration that every new installation starts with: whole, repeatable, and shut out of working portals."""

from collections import Counter

import pytest
from django.apps import apps
from django.contrib.auth import authenticate
from django.core import mail
from django.core.management import call_command
from django.test import RequestFactory, TestCase
from django.utils import timezone

from accounts.models import User
from competition.enums import Status, TrackCode
from competition.models import Application, Consent, Contest
from competition.queries import current_contest, members_of
from judging.models import Assignment, Criterion, Juror
from judging.queries import obstacles, standings_of
from practices.models import Attachment, Collection, PassportSection, Practice
from practices.queries import Audience, missing_sections, read_sections
from practices.search import counts, matching

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

OURS = ("accounts", "competition", "practices", "judging", "account")


@pytest.fixture(scope="module", autouse=True)
def letters(for_the_file):
    """Loaded once, on a working portal by who insists; what was sent meanwhile."""
    mail.outbox.clear()
    with TestCase.captureOnCommitCallbacks(execute=True):
        call_command("load_demo", i_know=True, verbosity=0)
    return list(mail.outbox)


@pytest.fixture
def _at_home(settings):
    settings.AT_HOME = True


def rows_by_table() -> dict[str, int]:
    return {model.__name__: model.objects.count() for app in OURS for model in apps.get_app_config(app).get_models()}


@pytest.mark.usefixtures("_at_home")
def test_demo_loaded_twice_is_the_same(capsys):
    before = rows_by_table()
    versions = dict(PassportSection.objects.values_list("pk", "version"))
    moments = list(Contest.objects.values_list("year", "announced_at", "judging_closes_at"))
    passwords = dict(User.objects.values_list("email", "password"))

    call_command("load_demo")

    assert rows_by_table() == before
    assert dict(PassportSection.objects.values_list("pk", "version")) == versions
    assert list(Contest.objects.values_list("year", "announced_at", "judging_closes_at")) == moments
    assert dict(User.objects.values_list("email", "password")) == passwords
    assert capsys.readouterr().out == "Факты обновлены, конкурс этого года уже есть и не тронут.\n"


@pytest.mark.usefixtures("_at_home")
def test_demo_leaves_alone_what_people_did_to_the_open_contest():
    contest = current_contest()
    contest.note = "changed"
    contest.save()
    Application.objects.filter(status=Status.DRAFT).delete()

    call_command("load_demo", verbosity=0)

    assert current_contest().note == "changed"
    assert not Application.objects.filter(status=Status.DRAFT).exists()


@pytest.mark.usefixtures("_at_home")
def test_demo_mends_a_recorded_fact():
    winner = Practice.objects.get(slug="umny-sarov")
    Practice.objects.filter(pk=winner.pk).update(title="Slip")
    winner.key_figures.filter(order=0).update(value="0")
    winner.key_figures.create(value="1", label="too many", order=9)

    call_command("load_demo", verbosity=0)

    winner.refresh_from_db()
    assert winner.title == "Информационная платформа «Умный Саров»"
    assert [figure.value for figure in winner.key_figures.all()] == ["4", "7\u00a0минут", "15", "42"]


def test_demo_sends_no_letters(letters):
    assert Application.objects.filed().exists()
    assert letters == []


def test_demo_has_two_collections():
    assert {collection.slug: collection.places.count() for collection in Collection.objects.all()} == {
        "biblioteka-v-centre-goroda": 6,
        "gorod-reshaet-vmeste": 4,
    }


def test_demo_fills_the_bank_with_the_winners():
    by_year = Counter(Practice.objects.published().values_list("contest__year", flat=True))

    assert by_year == {2018: 6, 2019: 8, 2020: 5, 2021: 8}
    assert set(Practice.objects.values_list("award", "nomination")) == {("winner", None)}
    assert counts() == (27, 27)
    assert {p.slug for p in matching(Practice.objects.published(), "онколог")} == {"progulki-s-onkologom"}
    assert Contest.objects.announced().count() == 5


def test_demo_contest_is_open_for_applicants_and_jury():
    contest, now = current_contest(), timezone.now()

    assert contest.year == timezone.localtime().year
    assert [track.code for track in contest.tracks.all() if track.is_open(at=now)] == [
        TrackCode.PRACTICES,
        TrackCode.ADOPTION,
    ]
    assert contest.is_judging(at=now)
    assert contest.form.edition.sections.count() == 23
    assert contest.nominations.count() == 6
    assert contest.consent_text


def test_demo_criteria_are_worded_and_weigh_a_hundred():
    criteria = list(Criterion.objects.all())
    codes = {template.code for template in current_contest().form.edition.templates}

    assert len(criteria) == 6
    assert sum(criterion.weight for criterion in criteria) == 100
    for criterion in criteria:
        criterion.full_clean()
        assert set(criterion.evidence) <= codes


def test_demo_has_an_application_in_every_state():
    states = Counter(Application.objects.values_list("status", flat=True))

    assert states == {"admitted": 8, "draft": 2, "submitted": 2, "returned": 1, "declined": 1, "withdrawn": 1}
    assert Application.objects.filter(status="returned", passport__remarks__answered_at=None).distinct().count() == 1
    assert Application.objects.get(track__code=TrackCode.ADOPTION).passport.donor.slug == (
        "shkola-otvetstvennogo-sobstvennika"
    )


def test_demo_drafts_lack_something_and_the_rest_nothing():
    lacking = {a.title for a in Application.objects.all() if missing_sections(a.passport)}
    too_long = {
        a.title
        for a in Application.objects.all()
        if any(section.is_over_limit for section in read_sections(a.passport, audience=Audience.OWNER))
    }

    assert lacking == {"Лаборатория на колёсах", "Вечер открытых мастерских"}
    assert too_long == {"Сад за домом: общий огород на городском пустыре"}


def test_demo_has_a_team_and_a_city_that_watches():
    draft = Application.objects.get(title="Лаборатория на колёсах")
    coordinator = User.objects.get(email="applicant5@example.org")

    assert {(m.user.email, m.role) for m in members_of(draft)} == {
        ("applicant2@example.org", "editor"),
        ("applicant3@example.org", "reader"),
    }
    assert list(Application.objects.shown_to_coordinator(coordinator)) == [draft]


def test_demo_has_pictures_and_a_consent_to_publish_some():
    consent = Consent.objects.to_publication().get()

    assert (consent.categories, consent.is_in_force) == (["team", "photos"], True)
    shown = Attachment.objects.filter(passport__application=consent.application).order_by("pk")
    assert [(file.kind, file.for_publication, bool(file.preview)) for file in shown] == [
        ("photo", True, True),
        ("photo", False, True),
    ]


def test_demo_tells_its_story_in_order():
    for application in Application.objects.all():
        moments = [application.created_at, *(move.at for move in application.moves.order_by("pk")), timezone.now()]

        assert moments == sorted(moments)


def test_demo_jury_has_sheets_of_every_kind():
    sheets = Assignment.objects.all()

    assert Juror.objects.values("territory").distinct().count() == 5
    assert sheets.filter(finished_at__isnull=False).exists()
    assert sheets.filter(declared_at__isnull=False, finished_at__isnull=True).exists()
    assert sheets.filter(declared_at__isnull=True, recused_at__isnull=True).exists()
    assert sheets.filter(recused_at__isnull=False).count() == 1


def test_demo_can_be_announced_with_a_deliberate_yes():
    contest = current_contest()
    found = obstacles(contest, standings_of(contest), at=timezone.now())

    assert not found.forbid
    assert found.warn


def test_demo_people_sign_in():
    emails = [f"{role}{number}@example.org" for role in ("juror", "applicant") for number in range(1, 6)]

    assert set(User.objects.values_list("email", flat=True)) == {"organiser@example.org", *emails}
    for user in User.objects.all():
        assert authenticate(RequestFactory().post("/"), email=user.email, password="demo-portal") == user
        assert user.is_organiser == (user.email == "organiser@example.org")
        assert list(user.emailaddress_set.values_list("verified", "primary")) == [(True, True)]
