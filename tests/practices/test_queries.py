"""Reading passports: who reads which section, how far each is, what stands in the way."""

import uuid

import pytest
from django.http import Http404
from django.utils import timezone

from competition.enums import Status
from practices.enums import Progress
from practices.models import Remark, WordImport
from practices.queries import (
    Audience,
    missing_sections,
    open_tracks,
    own_passports,
    passport_for,
    read_sections,
    section_for,
    word_import_for,
)
from tests.factories import (
    ApplicationFactory,
    ContestFactory,
    PassportFactory,
    TrackFactory,
    UserFactory,
    edition,
    whole_answers,
)

pytestmark = pytest.mark.django_db

ROWS = [{"item": "Афиши", "amount": "5 000 руб.", "source": "Бюджет"}]


def codes(sections):
    return [section.code for section in sections]


def remark(passport, code, **facts):
    by = passport.application.owner
    return Remark.objects.create(passport=passport, code=code, text="Уточните.", by=by, at=timezone.now(), **facts)


# --- Who reads what --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("audience", "hidden"),
    [
        (Audience.OWNER, set()),
        (Audience.ORGANISER, set()),
        (Audience.JURY, {"contacts"}),
        (Audience.PUBLIC, {"team", "contacts"}),
    ],
)
def test_sections_by_reader(whole, audience, hidden):
    everything = [template.code for template in edition().templates]

    assert codes(read_sections(whole, audience=audience)) == [code for code in everything if code not in hidden]


@pytest.mark.parametrize("audience", Audience)
def test_remarks_are_for_owner_and_organiser(whole, audience):
    remark(whole, "goals")

    (goals,) = [section for section in read_sections(whole, audience=audience) if section.code == "goals"]

    assert bool(goals.remarks) is (audience in {Audience.OWNER, Audience.ORGANISER})


def test_passport_for_is_a_gate(draft, applicant, organiser):
    key = draft.application.key

    assert passport_for(applicant, key) == draft
    for stranger in (UserFactory(), organiser):
        with pytest.raises(Http404):
            passport_for(stranger, key)


def test_passport_for_an_application_without_one_is_nothing(applicant):
    with pytest.raises(Http404):
        passport_for(applicant, ApplicationFactory(owner=applicant).key)


def test_section_for_knows_the_editions_codes_only(draft):
    assert section_for(draft, "goals").number == 7
    with pytest.raises(Http404):
        section_for(draft, "annotation")


def test_word_import_belongs_to_its_passport(draft, whole, applicant):
    kept = WordImport.objects.create(
        passport=draft, token=uuid.uuid4(), recognised={}, uploaded_at=timezone.now(), uploaded_by=applicant
    )

    assert word_import_for(draft, kept.token) == kept
    with pytest.raises(Http404):
        word_import_for(whole, kept.token)


# --- How far a section is --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "answer", "progress"),
    [
        ("goals", None, Progress.EMPTY),
        ("goals", "Цель", Progress.READY),
        ("donor", None, Progress.NOT_NEEDED),
        ("donor", "Год МАФ", Progress.READY),
        ("regulations", None, Progress.EMPTY),
        ("background", "ы" * 1800, Progress.READY),
        ("background", "ы" * 1801, Progress.DRAFT),
        ("costs", ROWS, Progress.READY),
        ("costs", [*ROWS, {"item": "Сцена"}], Progress.DRAFT),
        ("costs", [*ROWS, {"item": ""}], Progress.READY),
        ("costs", [{"item": " "}], Progress.EMPTY),
    ],
)
def test_progress_of_a_section(draft, read, write, code, answer, progress):
    if answer:
        write(draft, code, answer)

    assert read(draft, code).progress == progress


def test_nothing_to_report_makes_a_section_ready(draft, read, write):
    write(draft, "regulations", {"tables": {}, "nothing": True})

    assert read(draft, "regulations").progress == Progress.READY


def test_open_remark_outweighs_everything(draft, read, write):
    write(draft, "goals", "Цель")
    open_remark = remark(draft, "goals")
    assert read(draft, "goals").progress == Progress.REMARKED

    open_remark.answered_at = timezone.now()
    open_remark.save()
    assert read(draft, "goals").progress == Progress.READY


# --- What stands in the way ------------------------------------------------------------------------


def test_missing_are_the_required_sections_without_an_answer(draft):
    required = [t.code for t in edition().templates if t.required and not t.tracks and t.code != "title"]

    assert codes(missing_sections(draft)) == required


def test_whole_passport_misses_nothing(whole):
    assert missing_sections(whole) == []


def test_donor_is_required_in_its_track_only(adoption_track, applicant):
    application = ApplicationFactory(contest=adoption_track.contest, track=adoption_track, owner=applicant)
    adopting = PassportFactory(application=application, answers=whole_answers())

    assert codes(missing_sections(adopting)) == ["donor"]


def test_over_long_answer_is_in_the_way_only_of_a_strict_form(whole, write, applicant):
    write(whole, "background", "ы" * 1801)
    assert missing_sections(passport_for(applicant, whole.application.key)) == []

    whole.edition.sections.filter(code="background").update(limit_is_strict=True)
    assert codes(missing_sections(passport_for(applicant, whole.application.key))) == ["background"]


# --- Lists -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_own_passports_cost_the_same_for_one_and_many(open_track, applicant, count, django_assert_num_queries):
    for _index in range(count):
        application = ApplicationFactory(contest=open_track.contest, track=open_track, owner=applicant)
        remark(PassportFactory(application=application, answers=whole_answers()), "goals")

    with django_assert_num_queries(5):
        passports = list(own_passports(applicant))
        read = [read_sections(passport, audience=Audience.OWNER) for passport in passports]
        assert [str(passport.application.nomination) for passport in passports]

    assert [len(sections) for sections in read] == [23] * count


def test_own_passports_are_own_newest_first(open_track, applicant):
    older = PassportFactory(application=ApplicationFactory(owner=applicant, status=Status.WITHDRAWN))
    newer = PassportFactory(application=ApplicationFactory(owner=applicant))
    PassportFactory()

    assert list(own_passports(applicant)) == [newer, older]


def test_open_tracks_have_a_window_and_a_form(open_track, adoption_track, now):
    adoption_track.closes_at = now
    adoption_track.save()
    TrackFactory(
        contest=ContestFactory(year=1990, announced_at=None),
        opens_at=open_track.opens_at,
        closes_at=open_track.closes_at,
    )

    assert list(open_tracks(at=now)) == [open_track, adoption_track]
    assert list(open_tracks(at=open_track.closes_at)) == [open_track]
