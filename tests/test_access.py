"""Who gets what from every address of the portal. No address may be missing from the tables."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from competition.enums import Status, TrackCode
from practices.models import OldPassportBatch, OldPassportFile, WordImport
from tests.factories import (
    ApplicationFactory,
    AssignmentFactory,
    AttachmentFactory,
    CollectionFactory,
    ConsentFactory,
    ContestFactory,
    ContestFormFactory,
    CriterionFactory,
    ExportFactory,
    InvitationFactory,
    JurorFactory,
    NominationFactory,
    PassportFactory,
    PracticeFactory,
    ResultFactory,
    SavedSearchFactory,
    TeamMemberFactory,
    TrackFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

PEOPLE = ("visitor", "stranger", "owner", "juror", "organiser")

# name of the address: (method, key of its arguments in the world, what each of PEOPLE gets)
#                                              visitor stranger owner juror organiser
ACCESS = {
    # --- for everybody
    "portal:home": ("get", None, (200, 200, 200, 200, 200)),
    "portal:healthz": ("get", None, (200, 200, 200, 200, 200)),
    "portal:appearance": ("post", None, (302, 302, 302, 302, 302)),
    "portal:language_choose": ("post", None, (302, 302, 302, 302, 302)),
    "practices:bank": ("get", None, (200, 200, 200, 200, 200)),
    "portal:robots": ("get", None, (200, 200, 200, 200, 200)),
    "portal:sitemap_index": ("get", None, (200, 200, 200, 200, 200)),
    "portal:sitemap": ("get", "sitemap", (200, 200, 200, 200, 200)),
    "practices:bank_feed": ("get", None, (200, 200, 200, 200, 200)),
    "practices:practice_card": ("get", "published", (200, 200, 200, 200, 200)),
    "practices:practice_card hidden": ("get", "unpublished", (404, 404, 404, 404, 404)),
    "practices:bank_suggest": ("get", None, (204, 204, 204, 204, 204)),
    "practices:favourite_list": ("get", None, (200, 200, 200, 200, 200)),
    "practices:favourite_change": ("post", None, (302, 302, 302, 302, 302)),
    "practices:compare": ("get", None, (200, 200, 200, 200, 200)),
    "practices:search_follow": ("get", None, (200, 200, 200, 200, 200)),
    "practices:search_sent": ("get", None, (200, 200, 200, 200, 200)),
    "practices:search_confirm": ("get", "unconfirmed_search", (200, 200, 200, 200, 200)),
    "practices:search_confirm guessed": ("get", "guessed", (404, 404, 404, 404, 404)),
    "practices:search_leave": ("get", "guessed", (200, 200, 200, 200, 200)),
    "practices:collection_list": ("get", None, (200, 200, 200, 200, 200)),
    "practices:collection_detail": ("get", "collection", (200, 200, 200, 200, 200)),
    "practices:collection_detail hidden": ("get", "hidden_collection", (404, 404, 404, 404, 404)),
    "practices:practice_detail": ("get", "published", (200, 200, 200, 200, 200)),
    "practices:practice_detail hidden": ("get", "unpublished", (404, 404, 404, 404, 404)),
    "practices:practice_adopt": ("get", "published", (200, 200, 200, 200, 200)),
    "practices:practice_adopt asked": ("post", "published", (422, 422, 422, 422, 422)),
    "practices:practice_adopt hidden": ("get", "unpublished", (404, 404, 404, 404, 404)),
    "practices:practice_confirm": ("post", "published", (302, 403, 403, 403, 302)),
    "practices:practice_confirm of a passport": ("post", "shown", (302, 403, 302, 403, 302)),
    "practices:practice_confirm hidden": ("post", "unpublished", (302, 404, 404, 404, 404)),
    "practices:practice_file": ("get", "public_file", (200, 200, 200, 200, 200)),
    "practices:practice_file not offered": ("get", "file_kept_back", (404, 404, 404, 404, 404)),
    "practices:practice_file_preview": ("get", "public_file", (200, 200, 200, 200, 200)),
    "practices:practice_file_preview not offered": ("get", "file_kept_back", (404, 404, 404, 404, 404)),
    "practices:practice_docx": ("get", "published", (200, 200, 200, 200, 200)),
    "practices:practice_docx hidden": ("get", "unpublished", (404, 404, 404, 404, 404)),
    "practices:practice_pdf": ("get", "published", (200, 200, 200, 200, 200)),
    "practices:practice_pdf hidden": ("get", "unpublished", (404, 404, 404, 404, 404)),
    "practices:bank_export": ("get", "export_kind", (200, 200, 200, 200, 200)),
    "practices:export_order": ("post", None, (400, 400, 400, 400, 400)),
    "practices:export_detail": ("get", "export", (200, 200, 200, 200, 200)),
    "practices:export_detail withdrawn": ("get", "withdrawn_export", (410, 410, 410, 410, 410)),
    "practices:export_file": ("get", "export", (200, 200, 200, 200, 200)),
    "practices:export_file withdrawn": ("get", "withdrawn_export", (410, 410, 410, 410, 410)),
    "practices:contest_list": ("get", None, (200, 200, 200, 200, 200)),
    "practices:contest_detail": ("get", "past_year", (200, 200, 200, 200, 200)),
    "practices:catalogue_pdf": ("get", "past_year", (200, 200, 200, 200, 200)),
    "practices:brochure_pdf": ("get", None, (200, 200, 200, 200, 200)),
    "practices:form_docx": ("get", "this_year", (200, 200, 200, 200, 200)),
    "practices:form_docx of a year without": ("get", "past_year", (404, 404, 404, 404, 404)),
    "practices:territory_list": ("get", None, (200, 200, 200, 200, 200)),
    "practices:territory_detail": ("get", "territory", (200, 200, 200, 200, 200)),
    "practices:stats": ("get", None, (200, 200, 200, 200, 200)),
    "practices:stats_csv": ("get", "stats_table", (200, 200, 200, 200, 200)),
    "practices:stats_xlsx": ("get", "stats_table", (200, 200, 200, 200, 200)),
    "practices:api_page": ("get", None, (200, 200, 200, 200, 200)),
    "practices:api_index": ("get", None, (200, 200, 200, 200, 200)),
    "practices:api_openapi": ("get", None, (200, 200, 200, 200, 200)),
    "practices:api_practices": ("get", None, (200, 200, 200, 200, 200)),
    "practices:api_practice": ("get", "published", (200, 200, 200, 200, 200)),
    "practices:api_practice hidden": ("get", "unpublished", (404, 404, 404, 404, 404)),
    "practices:api_contests": ("get", None, (200, 200, 200, 200, 200)),
    "practices:api_territories": ("get", None, (200, 200, 200, 200, 200)),
    "practices:api_themes": ("get", None, (200, 200, 200, 200, 200)),
    "practices:api_unknown": ("get", "guessed", (404, 404, 404, 404, 404)),
    # --- signing in; who is in already is led to the desk
    "account_login": ("get", None, (200, 302, 302, 302, 302)),
    "account_signup": ("get", None, (200, 302, 302, 302, 302)),
    "account_inactive": ("get", None, (200, 200, 200, 200, 200)),
    "account_email_verification_sent": ("get", None, (200, 200, 200, 200, 200)),
    "account_confirm_email": ("get", "confirmation", (200, 200, 200, 200, 200)),
    "account_reset_password": ("get", None, (200, 200, 200, 200, 200)),
    "account_reset_password_done": ("get", None, (200, 200, 200, 200, 200)),
    "account_reset_password_from_key": ("get", "reset", (200, 200, 200, 200, 200)),
    "account_reset_password_from_key_done": ("get", None, (200, 200, 200, 200, 200)),
    "account_confirm_login_code": ("get", None, (302, 302, 302, 302, 302)),
    # --- for whoever signed in
    "portal:desk": ("get", None, (302, 302, 302, 302, 302)),
    "account_logout": ("get", None, (302, 200, 200, 200, 200)),
    "account_email": ("get", None, (302, 200, 200, 200, 200)),
    "account_change_password": ("get", None, (302, 200, 200, 200, 200)),
    "account_set_password": ("get", None, (302, 302, 302, 302, 302)),
    "account_reauthenticate": ("get", None, (302, 200, 200, 200, 200)),
    "accounts:sign_in_and_send": ("post", None, (400, 400, 400, 400, 400)),
    "practices:application_list": ("get", None, (302, 200, 200, 200, 200)),
    "practices:application_start": ("get", None, (302, 200, 200, 200, 200)),
    # --- a draft: it exists for its owner alone
    "practices:application_detail": ("get", "draft", (302, 404, 200, 404, 404)),
    "practices:passport_preview": ("get", "draft", (302, 404, 200, 404, 404)),
    "practices:application_donor": ("get", "adoption", (302, 404, 200, 404, 404)),
    "practices:application_donor of no adoption": ("get", "draft", (302, 404, 403, 404, 404)),
    "practices:section_donor": ("get", "adoption_section", (302, 404, 200, 404, 404)),
    "practices:section_donor of no adoption": ("get", "section", (302, 404, 404, 404, 404)),
    "practices:application_continue": ("get", "decided", (302, 404, 200, 404, 403)),
    "practices:application_continue too early": ("get", "draft", (302, 404, 403, 404, 404)),
    "practices:application_carried": ("get", "carried", (302, 404, 200, 404, 404)),
    "practices:passport_docx": ("get", "draft", (302, 404, 200, 404, 404)),
    "practices:passport_pdf": ("get", "draft", (302, 404, 200, 404, 404)),
    "practices:section_edit": ("get", "section", (302, 404, 200, 404, 404)),
    "practices:section_clean": ("post", "section", (302, 404, 200, 404, 404)),
    "practices:application_submit": ("post", "draft", (302, 404, 422, 404, 404)),
    "practices:application_withdraw": ("get", "draft", (302, 404, 200, 404, 404)),
    "practices:attachment_list": ("get", "draft", (302, 404, 200, 404, 404)),
    "practices:attachment_file": ("get", "file", (302, 404, 200, 404, 404)),
    "practices:attachment_preview": ("get", "file", (302, 404, 200, 404, 404)),
    "practices:attachment_edit": ("post", "file", (302, 404, 422, 404, 404)),
    "practices:attachment_remove": ("get", "file", (302, 404, 200, 404, 404)),
    "practices:consent_list": ("get", "draft", (302, 404, 200, 404, 404)),
    "practices:consent_withdraw": ("get", "consented", (302, 404, 200, 404, 404)),
    "practices:import_upload": ("get", "draft", (302, 404, 200, 404, 404)),
    "practices:import_review": ("get", "word_file", (302, 404, 200, 404, 404)),
    "practices:import_file": ("get", "word_file", (302, 404, 200, 404, 404)),
    "practices:section_paste": ("get", "table", (302, 404, 200, 404, 404)),
    "practices:section_history": ("get", "section", (302, 404, 200, 404, 404)),
    "practices:section_restore": ("post", "section", (302, 404, 404, 404, 404)),
    # --- the coordinators of cities see what is shown to them: tests/practices/test_city.py
    "practices:city_list": ("get", None, (302, 403, 403, 403, 403)),
    "practices:city_application": ("get", "draft", (302, 404, 404, 404, 404)),
    # --- who works on it: the team's business; an invitation is found by its link alone, and is for its address
    "practices:section_presence": ("post", "section", (302, 404, 200, 404, 404)),
    "practices:section_presence submitted": ("post", "submitted_section", (302, 404, 200, 404, 403)),
    "competition:team": ("get", "draft", (302, 404, 200, 404, 404)),
    "competition:team submitted": ("get", "submitted", (302, 404, 200, 404, 403)),
    "competition:team_member": ("post", "member", (302, 404, 302, 404, 404)),
    "competition:team_invitation": ("post", "invitation", (302, 404, 302, 404, 404)),
    "competition:team_leave": ("get", "draft", (302, 404, 403, 404, 404)),
    "competition:owner_note": ("post", "draft", (302, 404, 403, 404, 404)),
    "competition:city_consent": ("post", "draft", (302, 404, 302, 404, 404)),
    "competition:invitation": ("get", "invited", (200, 403, 403, 403, 403)),
    "competition:invitation guessed": ("get", "guessed", (404, 404, 404, 404, 404)),
    # --- a submitted one: the organiser reads it, only the owner acts on it
    "practices:application_detail submitted": ("get", "submitted", (302, 404, 200, 404, 200)),
    "practices:passport_preview submitted": ("get", "submitted", (302, 404, 200, 404, 200)),
    "practices:passport_docx submitted": ("get", "submitted", (302, 404, 200, 404, 200)),
    "practices:passport_pdf submitted": ("get", "submitted", (302, 404, 200, 404, 200)),
    "practices:section_edit submitted": ("get", "submitted_section", (302, 404, 200, 404, 200)),
    "practices:section_clean submitted": ("post", "submitted_section", (302, 404, 403, 404, 403)),
    "practices:section_paste submitted": ("get", "submitted_table", (302, 404, 403, 404, 403)),
    "practices:section_history submitted": ("get", "submitted_section", (302, 404, 200, 404, 403)),
    "practices:section_restore submitted": ("post", "submitted_section", (302, 404, 404, 404, 403)),
    "practices:application_submit submitted": ("post", "submitted", (302, 404, 302, 404, 302)),
    "practices:application_withdraw submitted": ("get", "submitted", (302, 404, 200, 404, 403)),
    "practices:attachment_list submitted": ("get", "submitted", (302, 404, 200, 404, 200)),
    "practices:attachment_file submitted": ("get", "submitted_file", (302, 404, 200, 404, 200)),
    "practices:attachment_preview submitted": ("get", "submitted_file", (302, 404, 200, 404, 200)),
    "practices:attachment_edit submitted": ("post", "submitted_file", (302, 404, 302, 404, 403)),
    "practices:attachment_remove submitted": ("get", "submitted_file", (302, 404, 403, 404, 403)),
    "practices:consent_list submitted": ("get", "submitted", (302, 404, 200, 404, 200)),
    "practices:import_upload submitted": ("get", "submitted", (302, 404, 403, 404, 403)),
    # --- the outcome: the owner's and the organiser's, and nobody's before the announcement
    "judging:outcome": ("get", "decided", (302, 404, 200, 404, 200)),
    "judging:outcome undecided": ("get", "before_jury", (302, 404, 404, 404, 404)),
    # --- the dashboard: the organiser's desk
    "admin:index": ("get", None, (302, 403, 403, 302, 200)),
    "admin:application_desk": ("get", None, (302, 403, 403, 403, 200)),
    "admin:application_review": ("get", "submitted", (302, 403, 403, 403, 200)),
    "admin:application_review draft": ("get", "draft", (302, 403, 403, 403, 404)),
    "admin:application_admit": ("post", "submitted", (302, 403, 403, 403, 302)),
    "admin:application_decline": ("post", "submitted", (302, 403, 403, 403, 422)),
    "admin:application_return": ("post", "submitted", (302, 403, 403, 403, 422)),
    "admin:jury_assign": ("get", "this_year", (302, 403, 403, 403, 200)),
    "admin:assignment_withdraw": ("post", "sheet", (302, 403, 403, 403, 403)),
    "admin:results": ("get", "this_year", (302, 403, 403, 403, 200)),
    "admin:result_sheets": ("get", "judged", (302, 403, 403, 403, 200)),
    "admin:old_passports": ("get", None, (302, 403, 403, 403, 200)),
    "admin:old_passport_batch": ("get", "old_batch", (302, 403, 403, 403, 200)),
    "admin:old_passport_report": ("get", "old_batch", (302, 403, 403, 403, 200)),
    "admin:old_passport_again": ("post", "old_file", (302, 403, 403, 403, 302)),
    # --- the dashboard: the juror's desk; a sheet exists for its juror alone
    "admin:jury_desk": ("get", None, (302, 403, 403, 200, 403)),
    "admin:sheet_next": ("get", None, (302, 403, 403, 302, 403)),
    "admin:score_sheet": ("get", "sheet", (302, 403, 403, 200, 404)),
    "admin:score_sheet colleague's": ("get", "other_sheet", (302, 403, 403, 404, 404)),
    "admin:sheet_file": ("get", "sheet_file", (302, 403, 403, 200, 404)),
    "admin:sheet_file colleague's": ("get", "other_sheet_file", (302, 403, 403, 404, 404)),
    "admin:sheet_file_preview": ("get", "sheet_file", (302, 403, 403, 200, 404)),
    "admin:sheet_file_preview colleague's": ("get", "other_sheet_file", (302, 403, 403, 404, 404)),
    "admin:sheet_declare": ("post", "sheet", (302, 403, 403, 302, 404)),
    "admin:sheet_recuse": ("post", "sheet", (302, 403, 403, 422, 404)),
    "admin:sheet_finish": ("post", "sheet", (302, 403, 403, 302, 404)),
    "admin:score_save": ("post", "mark", (302, 403, 403, 422, 404)),
    "admin:score_save colleague's": ("post", "other_mark", (302, 403, 403, 404, 404)),
    # --- the rest of Django's admin site
    "admin:login": ("get", None, (302, 302, 302, 302, 302)),
    "admin:autocomplete": ("get", None, (302, 403, 403, 403, 403)),
    "admin:jsi18n": ("get", None, (302, 403, 403, 403, 200)),
    "admin:view_on_site": ("get", "on_site", (302, 403, 403, 403, 302)),
    "admin:app_list": ("get", "app", (302, 403, 403, 403, 200)),
}

MODEL_PAGES = ("changelist", "add", "history", "delete", "change")


@pytest.fixture(scope="module")
def world(for_the_file):
    """One of everything, so that whatever is refused could have been shown."""
    now = timezone.now()
    past, this = (
        ContestFactory(year=2021),
        ContestFactory(
            year=2026,
            announced_at=None,
            judging_opens_at=now - timedelta(days=1),
            judging_closes_at=now + timedelta(days=1),
        ),
    )
    ContestFormFactory(contest=this)
    NominationFactory(contest=this)
    TrackFactory(contest=this, opens_at=now - timedelta(days=9), closes_at=now + timedelta(days=9))
    owner, filed = UserFactory(), {"submitted_at": now}
    draft = ApplicationFactory(contest=this, owner=owner)
    submitted = ApplicationFactory(contest=this, owner=owner, status=Status.SUBMITTED, number="2026-0001", **filed)
    admitted = ApplicationFactory(contest=this, owner=owner, status=Status.ADMITTED, number="2026-0002", **filed)
    passports = {a.key: PassportFactory(application=a) for a in (draft, submitted, admitted)}
    decided = ApplicationFactory(contest=past, owner=owner, admitted=True)
    ResultFactory(application=decided)
    PassportFactory(application=decided)
    draft.continues = ApplicationFactory(contest=past, owner=owner, admitted=True)
    draft.save()
    PassportFactory(application=draft.continues)
    criterion = CriterionFactory(contest=this)
    juror = JurorFactory(contest=this)
    sheet = AssignmentFactory(juror=juror, application=admitted, assigned_at=now, declared=True)
    other = AssignmentFactory(juror=JurorFactory(contest=this), application=admitted, assigned_at=now, declared=True)
    word = WordImport(
        passport=passports[draft.key],
        token=uuid4(),
        file_name="passport.docx",
        recognised={"edition": "2022", "sections": {}, "unplaced": [], "warnings": []},
        uploaded_at=now,
        uploaded_by=owner,
    )
    word.file.save("passport.docx", ContentFile(b"PK"), save=True)
    practice = PracticeFactory(contest=past)
    shown = PracticeFactory(contest=past, passport=PassportFactory(application__contest=past, application__owner=owner))
    ConsentFactory(application=shown.passport.application)
    file = {key: AttachmentFactory(passport=passport, previewed=True).token for key, passport in passports.items()}
    offered, kept_back = (
        AttachmentFactory(passport=shown.passport, previewed=True, for_publication=is_it) for is_it in (True, False)
    )
    batch = OldPassportBatch.objects.create(contest=past, uploaded_by=owner, uploaded_at=now)
    old = OldPassportFile.objects.create(batch=batch, name="passport.docx")
    adopting = TrackFactory(
        contest=this, code=TrackCode.ADOPTION, opens_at=now - timedelta(days=9), closes_at=now + timedelta(days=9)
    )
    adoption = ApplicationFactory(contest=this, track=adopting, owner=owner)
    PassportFactory(application=adoption, donor=practice)
    unpublished = PracticeFactory(contest=this, published_at=None)
    return SimpleNamespace(
        people={
            "visitor": None,
            "stranger": UserFactory(),
            "owner": owner,
            "juror": juror.user,
            "organiser": UserFactory(is_staff=True),
        },
        args={
            None: [],
            "published": [practice.slug],
            "shown": [shown.slug],
            "unpublished": [unpublished.slug],
            "export_kind": ["csv"],
            "export": [ExportFactory(practices=[practice]).token],
            "withdrawn_export": [ExportFactory(practices=[practice, unpublished]).token],
            "past_year": [2021],
            "stats_table": ["cities"],
            "this_year": [2026],
            "territory": [practice.territory.slug],
            "confirmation": ["unknown"],
            "reset": ["abc", "def-ghi"],
            "public_file": [shown.slug, offered.token],
            "file_kept_back": [shown.slug, kept_back.token],
            "consented": [shown.passport.application.key],
            "file": [draft.key, file[draft.key]],
            "submitted_file": [submitted.key, file[submitted.key]],
            "sheet_file": [sheet.pk, file[admitted.key]],
            "other_sheet_file": [other.pk, file[admitted.key]],
            "draft": [draft.key],
            "carried": [draft.key],
            "adoption": [adoption.key],
            "adoption_section": [adoption.key, "description"],
            "submitted": [submitted.key],
            "decided": [decided.key],
            "before_jury": [admitted.key],
            "judged": [2026, admitted.key],
            "section": [draft.key, "title"],
            "table": [draft.key, "costs"],
            "submitted_table": [submitted.key, "costs"],
            "submitted_section": [submitted.key, "title"],
            "word_file": [draft.key, word.token],
            "sheet": [sheet.pk],
            "other_sheet": [other.pk],
            "mark": [sheet.pk, criterion.pk],
            "other_mark": [other.pk, criterion.pk],
            "on_site": [_content_type(practice), practice.pk],
            "member": [draft.key, TeamMemberFactory(application=draft).pk],
            "invitation": [draft.key, InvitationFactory(application=draft).pk],
            "invited": [_invited(draft)],
            "guessed": ["guessed"],
            "unconfirmed_search": [_wished_for()],
            "collection": [CollectionFactory(practices=[practice]).slug],
            "hidden_collection": [CollectionFactory(practices=[practice], published_at=None).slug],
            "app": ["competition"],
            "sitemap": ["practices", 1],
            "old_batch": [old.batch.token],
            "old_file": [old.batch.token, old.token],
        },
    )


def _invited(application):
    InvitationFactory(application=application, token="of-the-letter")
    return "of-the-letter"


def _wished_for():
    SavedSearchFactory(token="of-the-first-letter")
    return "of-the-first-letter"


def _content_type(instance):
    return ContentType.objects.get_for_model(instance).pk


def url_names(resolver=None, namespace=""):
    """Every named address of the portal, with its namespaces."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"
        else:
            yield from url_names(pattern, namespace + (f"{pattern.namespace}:" if pattern.namespace else ""))


def model_pages():
    """The addresses that Django makes for every registered model."""
    return {
        f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}"
        for model in admin.site._registry
        for page in MODEL_PAGES
    }


def test_no_address_escapes_the_tables():
    nameless = {"admin:None"}  # redirects to a model's change page, and the site's own 404
    listed = {name.split()[0] for name in ACCESS} | model_pages() | nameless

    assert set(url_names()) == listed


@pytest.mark.parametrize("name", ACCESS)
def test_everybody_gets_what_the_table_says(name, world, client):
    method, key, expected = ACCESS[name]
    url = reverse(name.split()[0], args=world.args[key])

    answers = []
    for person in PEOPLE:
        client.logout()
        if world.people[person]:
            client.force_login(world.people[person])
        response = getattr(client, method)(url)
        if response.streaming:
            assert b"".join(response)  # read to its end, which closes the file
        answers.append(response.status_code)

    assert tuple(answers) == expected


@pytest.mark.parametrize("kind", MODEL_PAGES)
def test_only_the_organiser_opens_the_pages_of_models(kind, world, client):
    opened = set()
    for model in admin.site._registry:
        instance = model._default_manager.first()
        arguments = [] if kind in {"changelist", "add"} else [instance.pk if instance else 1]
        url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{kind}", args=arguments)
        for person in PEOPLE:
            client.logout()
            if world.people[person]:
                client.force_login(world.people[person])
            if client.get(url).status_code == 200:
                opened.add(person)

    assert opened == {"organiser"}
