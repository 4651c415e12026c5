"""The admin site as the dashboard: who gets in, what they find, and that its plain pages keep to the house rules."""

import re
from uuid import uuid4

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from judging.models import Criterion
from practices.models import DeadHost, SearchEntry, SectionTemplate
from practices.services.adoption import ask_to_adopt
from tests.factories import (
    ApplicationFactory,
    AssignmentFactory,
    CollectionFactory,
    ContestFactory,
    ContestFormFactory,
    CoordinatorFactory,
    CriterionFactory,
    InvitationFactory,
    JurorFactory,
    NominationFactory,
    OrganisationFactory,
    PassportFactory,
    PracticeFactory,
    SavedSearchFactory,
    TeamMemberFactory,
    ThemeFactory,
    TrackFactory,
    UserFactory,
)

MODELS = sorted(f"{model._meta.app_label}_{model._meta.model_name}" for model in admin.site._registry)


@pytest.fixture
def organiser(db):
    return UserFactory(is_staff=True)


@pytest.fixture
def juror(db):
    return JurorFactory(contest=ContestFactory(announced_at=None))


@pytest.fixture
def everything(juror):
    """A row of every kind that the organiser has a list of."""
    contest = juror.contest
    application = ApplicationFactory(contest=contest, admitted=True)
    PassportFactory(application=application)
    TrackFactory(contest=contest)
    NominationFactory(contest=contest)
    OrganisationFactory()
    ThemeFactory()
    ContestFormFactory(contest=contest)
    CriterionFactory(contest=contest)
    practice = PracticeFactory(key_figures=[("10", "жителей")], contest=ContestFactory(year=2019))
    asked = {"name": "Анна", "city": "Лесной", "organisation": "", "email": "anna@example.org", "text": "Где смета?"}
    ask_to_adopt(practice, token=uuid4(), consent="Согласна.", at=timezone.now(), **asked)
    CollectionFactory(practices=[practice])
    SavedSearchFactory()
    DeadHost.objects.create(host="example.org", why="ресурс закрыт")
    AssignmentFactory(juror=juror, application=application)
    TeamMemberFactory(application=application)
    InvitationFactory(application=application)
    CoordinatorFactory(territory=application.territory)


def test_visitor_is_sent_to_sign_in_by_allauth(client, db):
    response = client.get(reverse("admin:index"), follow=True)

    assert response.redirect_chain[-1] == (f"{reverse('account_login')}?next={reverse('admin:index')}", 302)


def test_sign_out_and_passwords_are_left_to_allauth():
    names = {getattr(pattern, "name", None) for pattern in admin.site.urls[0]}

    assert names.isdisjoint({"logout", "password_change", "password_change_done"})


def test_index_is_the_desk_of_ones_role(client, organiser, juror):
    client.force_login(juror.user)
    assert client.get(reverse("admin:index")).url == reverse("admin:jury_desk")

    client.force_login(organiser)
    assert client.get(reverse("admin:index")).templates[0].name == "judging/organiser_desk.html"


def test_index_without_any_contest_shows_where_to_begin(client, organiser):
    client.force_login(organiser)

    response = client.get(reverse("admin:index"))

    assert response.status_code == 200
    assert reverse("admin:competition_contest_add") in response.content.decode()


def test_desk_counts_the_year(client, organiser):
    contest = ContestFactory(announced_at=None)
    jury = [JurorFactory(contest=contest) for _index in range(2)]
    CriterionFactory(contest=contest)
    ApplicationFactory(contest=contest)
    scored, begun, _unassigned = (ApplicationFactory(contest=contest, admitted=True) for _index in range(3))
    for juror in jury:
        AssignmentFactory(juror=juror, application=scored, finished=True, marks=[5])
    AssignmentFactory(juror=jury[0], application=begun, finished=True, marks=[5])
    AssignmentFactory(juror=jury[1], application=begun)
    client.force_login(organiser)

    funnel = client.get(reverse("admin:index")).context["funnel"]

    assert (funnel.created, funnel.filed, funnel.admitted, funnel.scored, funnel.winners) == (4, 3, 3, 1, 0)


@pytest.mark.parametrize("model", MODELS)
def test_lists_and_forms_are_the_organisers_alone(model, client, organiser, juror, everything):
    url = reverse(f"admin:{model}_changelist")

    for person, expected in ((juror.user, 403), (UserFactory(), 403), (organiser, 200)):
        client.force_login(person)
        assert client.get(url).status_code == expected
        instance = _first(model)
        change = reverse(f"admin:{model}_change", args=[instance.pk])
        assert client.get(change).status_code == expected


def _first(model):
    return next(m for m in admin.site._registry if model == f"{m._meta.app_label}_{m._meta.model_name}").objects.first()


DESKS = {  # juror, applicant, organiser
    "application_desk": (403, 403, 200),
    "application_review": (403, 403, 200),
    "jury_assign": (403, 403, 200),
    "results": (403, 403, 200),
    "jury_desk": (200, 403, 403),
    "sheet_next": (302, 403, 403),
    "score_sheet": (200, 403, 404),
}


@pytest.mark.parametrize("name", DESKS)
def test_desks_open_by_role(name, client, organiser, juror, everything):
    contest, sheet = juror.contest, juror.assignments.get()
    arguments = {
        "application_review": [sheet.application.key],
        "jury_assign": [contest.year],
        "results": [contest.year],
        "score_sheet": [sheet.pk],
    }
    url = reverse(f"admin:{name}", args=arguments.get(name, []))

    answers = []
    for person in (juror.user, sheet.application.owner, organiser):
        client.force_login(person)
        answers.append(client.get(url).status_code)

    assert tuple(answers) == DESKS[name]


# --- Plain pages -----------------------------------------------------------------------------------

INLINE = re.compile(
    r"<style|<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")|\son\w+=|\sstyle=|javascript:", re.IGNORECASE
)


@pytest.mark.parametrize("model", MODELS)
def test_plain_pages_have_nothing_inline_and_the_portals_head(model, client, organiser, everything):
    client.force_login(organiser)
    pages = [reverse(f"admin:{model}_changelist"), reverse(f"admin:{model}_change", args=[_first(model).pk])]
    pages.append(reverse(f"admin:{model}_add"))

    for url in pages:
        response = client.get(url)
        if response.status_code == 403 and url.endswith("/add/"):
            continue
        body = response.content.decode()
        assert INLINE.findall(body) == [], url
        assert reverse("admin:application_desk") in body
        assert "color-theme" not in body


@pytest.mark.parametrize("count", [1, 4])
@pytest.mark.parametrize(
    ("model", "queries"),
    [("competition_application", 10), ("practices_practice", 8), ("judging_juror", 7), ("judging_criterion", 7)],
)
def test_lists_cost_the_same_for_one_and_for_many(model, queries, count, client, organiser, django_assert_num_queries):
    contest = ContestFactory(announced_at=None)
    for _index in range(count):
        ApplicationFactory(contest=contest, admitted=True)
        PracticeFactory(contest=contest, theme=ThemeFactory())
        JurorFactory(contest=contest, organisation=OrganisationFactory())
        CriterionFactory(contest=contest)
    client.force_login(organiser)

    with django_assert_num_queries(queries):
        client.get(reverse(f"admin:{model}_changelist"))


def test_register_hides_foreign_drafts_and_changes_nothing(client, organiser):
    draft = ApplicationFactory()
    filed = ApplicationFactory(admitted=True)
    client.force_login(organiser)

    shown = client.get(reverse("admin:competition_application_changelist")).context["cl"].result_list
    changed = client.post(reverse("admin:competition_application_change", args=[filed.pk]), {"title": "Иначе"})

    assert list(shown) == [filed]
    assert client.get(reverse("admin:competition_application_change", args=[draft.pk])).status_code == 302
    assert changed.status_code == 403


def test_criteria_are_fixed_once_a_juror_has_begun(client, organiser, juror, everything):
    criterion, sheet = Criterion.objects.get(), juror.assignments.get()
    client.force_login(organiser)
    change = reverse("admin:judging_criterion_change", args=[criterion.pk])
    data = {
        "contest": criterion.contest_id,
        "order": 7,
        "title": "Иначе",
        "weight": "2.00",
        "highest": 10,
        "anchor_low": "нет",
        "anchor_middle": "есть",
        "anchor_high": "да",
        "evidence": "[]",
    }
    assert client.post(change, data).status_code == 302
    criterion.refresh_from_db()
    assert criterion.title == "Иначе"

    sheet.declared_at = sheet.assigned_at
    sheet.save()
    assert client.post(change, {**data, "weight": "9.00"}).status_code == 403
    assert (
        client.post(reverse("admin:judging_criterion_delete", args=[criterion.pk]), {"post": "yes"}).status_code == 403
    )
    added = client.post(reverse("admin:judging_criterion_add"), {**data, "order": 8})
    assert added.status_code == 200  # the form again, with the reason
    assert list(Criterion.objects.values_list("weight", flat=True)) == [2]


def test_form_of_a_used_edition_keeps_its_shapes(client, organiser, everything):
    section = SectionTemplate.objects.get(code="goals")
    client.force_login(organiser)

    body = client.get(reverse("admin:practices_edition_change", args=[section.edition_id])).content.decode()

    assert 'name="sections-0-title"' in body
    assert 'name="sections-0-shape_data"' not in body
    assert 'name="sections-0-DELETE"' not in body


def test_mended_words_of_a_practice_are_found_and_its_address_stays(client, organiser):
    practice = PracticeFactory(slug="shkola", title="Школа", key_figures=[])
    client.force_login(organiser)
    url = reverse("admin:practices_practice_change", args=[practice.pk])
    data = {
        "title": "Мастерская",
        "short_title": "",
        "summary": "Ремонт велосипедов",
        "description": "",
        "theme": "",
        "started_year": "",
        "donor": "",
        "order": 0,
        "slug": "drugoy",
        "award": "winner",
        "key_figures-TOTAL_FORMS": 0,
        "key_figures-INITIAL_FORMS": 0,
    }

    assert client.post(url, data).status_code == 302

    practice.refresh_from_db()
    assert (practice.title, practice.slug, practice.award) == ("Мастерская", "shkola", "")
    assert "велосипед" in SearchEntry.objects.get(practice=practice).summary
