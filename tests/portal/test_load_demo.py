"""The demonstration that every new installation starts with: whole, repeatable, and shut out of working portals."""

from collections import Counter

import pytest
from django.apps import apps
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.test import RequestFactory, TestCase, override_settings
from django.utils import timezone

from accounts.models import User
from competition.enums import Status, TrackCode
from competition.models import Application, Consent, Contest, Territory
from competition.queries import current_contest, members_of
from judging.models import Assignment, Criterion, Juror
from judging.queries import obstacles, standings_of
from practices.models import Attachment, PassportSection, Practice
from practices.queries import Audience, missing_sections, read_sections
from practices.search import counts, matching

pytestmark = pytest.mark.django_db

OURS = ("accounts", "competition", "practices", "judging", "account")


@pytest.fixture
def demo(settings):
    settings.AT_HOME = True
    call_command("load_demo", verbosity=0)


def rows_by_table() -> dict[str, int]:
    return {model.__name__: model.objects.count() for app in OURS for model in apps.get_app_config(app).get_models()}


def test_demo_loaded_twice_is_the_same(demo, capsys):
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


def test_demo_leaves_alone_what_people_did_to_the_open_contest(demo):
    contest = current_contest()
    contest.note = "changed"
    contest.save()
    Application.objects.filter(status=Status.DRAFT).delete()

    call_command("load_demo", verbosity=0)

    assert current_contest().note == "changed"
    assert not Application.objects.filter(status=Status.DRAFT).exists()


def test_demo_mends_a_recorded_fact(demo):
    winner = Practice.objects.get(slug="umny-sarov")
    Practice.objects.filter(pk=winner.pk).update(title="Slip")
    winner.key_figures.filter(order=0).update(value="0")
    winner.key_figures.create(value="1", label="too many", order=9)

    call_command("load_demo", verbosity=0)

    winner.refresh_from_db()
    assert winner.title == "Информационная платформа «Умный Саров»"
    assert [figure.value for figure in winner.key_figures.all()] == ["4", "7\u00a0минут", "15", "42"]


def test_demo_is_refused_on_a_working_portal():
    with pytest.raises(CommandError, match="--i-know"):
        call_command("load_demo")

    assert not User.objects.exists()
    assert not Territory.objects.exists()


def test_demo_is_loaded_on_a_working_portal_by_who_insists():
    call_command("load_demo", i_know=True, verbosity=0)

    assert Practice.objects.published().count() == 27


def test_demo_if_empty_touches_no_base_in_use(settings):
    settings.AT_HOME = True
    Contest.objects.create(year=2030)

    call_command("load_demo", if_empty=True, verbosity=0)

    assert list(Contest.objects.values_list("year", flat=True)) == [2030]
    assert not User.objects.exists()


def test_demo_sends_no_letters(settings, mailoutbox, django_capture_on_commit_callbacks):
    settings.AT_HOME = True
    with django_capture_on_commit_callbacks(execute=True):
        call_command("load_demo", verbosity=0)

    assert Application.objects.filed().exists()
    assert mailoutbox == []


class TestLoadedDemo(TestCase):
    """What stands in it. A class, so that it is loaded once for all of these."""

    @classmethod
    def setUpTestData(cls):
        with override_settings(AT_HOME=True):
            call_command("load_demo", verbosity=0)

    def test_demo_fills_the_bank_with_the_winners(self):
        by_year = Counter(Practice.objects.published().values_list("contest__year", flat=True))

        assert by_year == {2018: 6, 2019: 8, 2020: 5, 2021: 8}
        assert set(Practice.objects.values_list("award", "nomination")) == {("winner", None)}
        assert counts() == (27, 27)
        assert {p.slug for p in matching(Practice.objects.published(), "онколог")} == {"progulki-s-onkologom"}
        assert Contest.objects.announced().count() == 5

    def test_demo_contest_is_open_for_applicants_and_jury(self):
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

    def test_demo_criteria_are_worded_and_weigh_a_hundred(self):
        criteria = list(Criterion.objects.all())
        codes = {template.code for template in current_contest().form.edition.templates}

        assert len(criteria) == 6
        assert sum(criterion.weight for criterion in criteria) == 100
        for criterion in criteria:
            criterion.full_clean()
            assert set(criterion.evidence) <= codes

    def test_demo_has_an_application_in_every_state(self):
        states = Counter(Application.objects.values_list("status", flat=True))

        assert states == {"admitted": 8, "draft": 2, "submitted": 2, "returned": 1, "declined": 1, "withdrawn": 1}
        assert (
            Application.objects.filter(status="returned", passport__remarks__answered_at=None).distinct().count() == 1
        )
        assert Application.objects.get(track__code=TrackCode.ADOPTION).passport.donor.slug == (
            "shkola-otvetstvennogo-sobstvennika"
        )

    def test_demo_drafts_lack_something_and_the_rest_nothing(self):
        lacking = {a.title for a in Application.objects.all() if missing_sections(a.passport)}
        too_long = {
            a.title
            for a in Application.objects.all()
            if any(section.is_over_limit for section in read_sections(a.passport, audience=Audience.OWNER))
        }

        assert lacking == {"Лаборатория на колёсах", "Вечер открытых мастерских"}
        assert too_long == {"Сад за домом: общий огород на городском пустыре"}

    def test_demo_has_a_team_and_a_city_that_watches(self):
        draft = Application.objects.get(title="Лаборатория на колёсах")
        coordinator = User.objects.get(email="applicant5@example.org")

        assert {(m.user.email, m.role) for m in members_of(draft)} == {
            ("applicant2@example.org", "editor"),
            ("applicant3@example.org", "reader"),
        }
        assert list(Application.objects.shown_to_coordinator(coordinator)) == [draft]

    def test_demo_has_pictures_and_a_consent_to_publish_some(self):
        consent = Consent.objects.to_publication().get()

        assert (consent.categories, consent.is_in_force) == (["team", "photos"], True)
        shown = Attachment.objects.filter(passport__application=consent.application).order_by("pk")
        assert [(file.kind, file.for_publication, bool(file.preview)) for file in shown] == [
            ("photo", True, True),
            ("photo", False, True),
        ]

    def test_demo_tells_its_story_in_order(self):
        for application in Application.objects.all():
            moments = [application.created_at, *(move.at for move in application.moves.order_by("pk")), timezone.now()]

            assert moments == sorted(moments)

    def test_demo_jury_has_sheets_of_every_kind(self):
        sheets = Assignment.objects.all()

        assert Juror.objects.values("territory").distinct().count() == 5
        assert sheets.filter(finished_at__isnull=False).exists()
        assert sheets.filter(declared_at__isnull=False, finished_at__isnull=True).exists()
        assert sheets.filter(declared_at__isnull=True, recused_at__isnull=True).exists()
        assert sheets.filter(recused_at__isnull=False).count() == 1

    def test_demo_can_be_announced_with_a_deliberate_yes(self):
        contest = current_contest()
        found = obstacles(contest, standings_of(contest), at=timezone.now())

        assert not found.forbid
        assert found.warn

    def test_demo_people_sign_in(self):
        emails = [f"{role}{number}@example.org" for role in ("juror", "applicant") for number in range(1, 6)]

        assert set(User.objects.values_list("email", flat=True)) == {"organiser@example.org", *emails}
        for user in User.objects.all():
            assert authenticate(RequestFactory().post("/"), email=user.email, password="demo-portal") == user
            assert user.is_organiser == (user.email == "organiser@example.org")
            assert list(user.emailaddress_set.values_list("verified", "primary")) == [(True, True)]
