"""What people do with passports: every save kept, nothing lost silently, one application filed."""

import uuid
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError

from accounts.verdicts import Refused
from competition.enums import Status
from competition.models import Application, Consent
from competition.services import withdraw
from practices import services
from practices.blocks import ShapeError
from practices.models import Passport, PassportSection, Remark, SectionRevision, WordImport
from practices.services import Conflict, ConsentMissing, ContentTooLarge, IncompletePassport
from practices.taking import Choice
from tests.factories import PracticeFactory, TerritoryFactory, UserFactory, edition

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)
GOAL = {"blocks": [{"text": "Цель"}]}


def stored(passport, code):
    return PassportSection.objects.get(passport=passport, code=code)


def everything(passport):
    """All that is stored of the passport's sections, for «nothing changed»."""
    return {s.code: (s.content, s.version, s.saved_at) for s in PassportSection.objects.filter(passport=passport)}


# --- Starting --------------------------------------------------------------------------------------


def test_start_passport_has_every_section_of_the_contests_form(open_track, nomination, applicant, now):
    city = TerritoryFactory(full_name="Городской округ Певек", region="Чукотский автономный округ")

    passport = services.start_passport(
        track=open_track, nomination=nomination, territory=city, title="Ярмарка", by=applicant, at=now
    )

    assert [section.code for section in passport.sections.order_by("pk")] == list(edition().shapes)
    assert stored(passport, "title").content == {"blocks": [{"text": "Ярмарка"}]}
    assert stored(passport, "territory").content == {
        "blocks": [{"text": "Городской округ Певек, Чукотский автономный округ"}]
    }
    assert (stored(passport, "goals").version, stored(passport, "title").version) == (0, 1)


def test_start_passport_names_the_donor(adoption_track, nomination, applicant, now):
    donor = PracticeFactory(title="Год МАФ")

    passport = services.start_passport(
        track=adoption_track, nomination=nomination, territory=TerritoryFactory(), donor=donor, by=applicant, at=now
    )

    assert passport.donor == donor
    assert stored(passport, "donor").content == {"blocks": [{"text": "Год МАФ"}]}


def test_start_passport_outside_the_window_leaves_nothing(open_track, nomination, applicant):
    with pytest.raises(Refused):
        services.start_passport(
            track=open_track,
            nomination=nomination,
            territory=TerritoryFactory(),
            by=applicant,
            at=open_track.closes_at + SECOND,
        )

    assert (Application.objects.count(), Passport.objects.count()) == (0, 0)


# --- Saving ----------------------------------------------------------------------------------------


def test_save_section_counts_up_and_keeps_every_version(draft, applicant, now):
    services.save_section(draft, "goals", GOAL, seen=0, by=applicant, at=now)
    saved = services.save_section(
        draft, "goals", {"blocks": [{"text": "Цель и задачи"}]}, seen=1, by=applicant, at=now + SECOND
    )

    assert saved.changed
    section = stored(draft, "goals")
    assert (section.version, section.saved_at, section.saved_by) == (2, now + SECOND, applicant)
    assert section.content == {"blocks": [{"text": "Цель и задачи"}]}
    kept = SectionRevision.objects.filter(section=section).order_by("version")
    assert [(revision.version, revision.content["blocks"][0]["text"]) for revision in kept] == [
        (1, "Цель"),
        (2, "Цель и задачи"),
    ]


def test_save_section_touches_no_other(whole, write):
    before = everything(whole)

    write(whole, "goals", "Другая цель")

    after = everything(whole)
    assert {code for code in after if after[code] != before[code]} == {"goals"}


def test_stale_save_brings_both_texts_and_changes_nothing(draft, applicant, write, now):
    write(draft, "goals", "Раз")
    write(draft, "goals", "Два")
    before = everything(draft)

    with pytest.raises(Conflict) as conflict:
        services.save_section(draft, "goals", {"blocks": [{"text": "Три"}]}, seen=1, by=applicant, at=now)

    assert conflict.value.yours == {"blocks": [{"text": "Три"}]}
    assert conflict.value.theirs.content == {"blocks": [{"text": "Два"}]}
    assert conflict.value.theirs.version == 2
    assert everything(draft) == before
    assert SectionRevision.objects.count() == 2


@pytest.mark.parametrize("seen", [2, 99, 2**31 - 1])
def test_save_from_a_version_that_is_not_yet_is_a_conflict(draft, applicant, write, now, seen):
    write(draft, "goals", "Раз")

    with pytest.raises(Conflict):
        services.save_section(draft, "goals", {"blocks": [{"text": "Два"}]}, seen=seen, by=applicant, at=now)

    assert stored(draft, "goals").version == 1


def test_saving_what_is_stored_changes_nothing(draft, applicant, write, now):
    write(draft, "goals", "Цель")

    repeated = services.save_section(draft, "goals", GOAL, seen=0, by=applicant, at=now + SECOND)

    assert not repeated.changed
    assert (repeated.section.version, SectionRevision.objects.count()) == (1, 1)


def test_save_section_cleans_at_the_door(draft, applicant, now):
    saved = services.save_section(
        draft, "goals", {"blocks": [{"text": "Це\x00ль\ud800"}, {"text": ""}]}, seen=0, by=applicant, at=now
    )

    assert saved.section.content == GOAL


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (None, ShapeError),
        ({"tables": {"main": []}}, ShapeError),
        ({"blocks": [{"text": "ы" * 200_001}]}, ContentTooLarge),
        ({"blocks": [{"text": "y" * 200_001}]}, ShapeError),
    ],
)
def test_save_section_refuses_what_no_form_sends(draft, applicant, now, content, error):
    before = everything(draft)

    with pytest.raises(error):
        services.save_section(draft, "goals", content, seen=0, by=applicant, at=now)

    assert everything(draft) == before


@pytest.mark.parametrize("late", [0, 1])
def test_save_section_counts_until_the_last_second(draft, applicant, late):
    at = draft.application.track.closes_at + late * SECOND

    if late:
        with pytest.raises(Refused):
            services.save_section(draft, "goals", GOAL, seen=0, by=applicant, at=at)
    else:
        services.save_section(draft, "goals", GOAL, seen=0, by=applicant, at=at)
    assert stored(draft, "goals").version == (0 if late else 1)


def test_save_section_is_the_owners_alone(draft, organiser, now):
    for person in (UserFactory(), organiser):
        with pytest.raises(Refused):
            services.save_section(draft, "goals", GOAL, seen=0, by=person, at=now)

    assert stored(draft, "goals").version == 0


def test_title_of_the_passport_names_the_application(draft, write):
    write(draft, "title", "Ярмарка\nсоседей")

    draft.application.refresh_from_db()
    assert draft.application.title == "Ярмарка соседей"


@pytest.mark.parametrize(
    ("code", "answer", "kept"),
    [
        ("regulations", {"tables": {}}, True),
        ("indicators_before", {"blocks": []}, True),
        ("goals", {"blocks": []}, False),  # required: silence is no answer
        ("indicators_before", {"blocks": [{"text": "Есть"}]}, False),  # answered: nothing to be silent about
    ],
)
def test_nothing_to_report_is_kept_where_it_is_an_answer(draft, write, code, answer, kept):
    saved = write(draft, code, {**answer, "nothing": True})

    assert ("nothing" in saved.content) is kept


# --- Taking over a Word file -----------------------------------------------------------------------


@pytest.fixture
def word_file(draft, applicant, now):
    recognised = {
        "edition": "2019",
        "sections": {
            "goals": GOAL,
            "description": {"blocks": [{"text": "Описание"}]},
            "results": {"tables": {"main": [{"indicator": "Участники", "value": "627"}]}},
        },
        "unplaced": ["Абзац"],
        "warnings": [],
    }
    return services.keep_word_file(
        draft, data=b"PK...", file_name="Паспорт.docx", recognised=recognised, by=applicant, at=now
    )


def test_keep_word_file_stores_it_under_a_name_of_ours(draft, word_file, applicant, now):
    kept = WordImport.objects.get()
    assert kept.file.name == f"word/{draft.application.key}/{kept.token}.docx"
    assert kept.file.read() == b"PK..."
    kept.file.close()
    assert (kept.file_name, kept.uploaded_by, kept.uploaded_at) == ("Паспорт.docx", applicant, now)
    assert stored(draft, "goals").version == 0


def test_keep_word_file_is_refused_when_the_application_is_closed(draft, applicant, now):
    with pytest.raises(Refused):
        services.keep_word_file(
            draft,
            data=b"",
            file_name="a.docx",
            recognised={},
            by=applicant,
            at=draft.application.track.closes_at + SECOND,
        )

    assert not WordImport.objects.exists()


def own(*codes):
    """Sections of the file, each into its own section of the passport."""
    return [Choice(code, code) for code in codes]


def test_take_over_moves_the_chosen_sections_only(draft, word_file, applicant, now):
    chosen = own("results", "goals")

    taken = services.take_over(word_file, chosen, seen={"results": 0, "goals": 0}, by=applicant, at=now)

    assert taken == chosen
    assert stored(draft, "goals").content == GOAL
    (row,) = stored(draft, "results").content["tables"]["main"]
    assert (row["value_total"], row["value_last_year"]) == ("627", "")
    assert stored(draft, "description").version == 0
    word_file.refresh_from_db()
    assert word_file.taken_over_at == now


def test_take_over_is_all_or_nothing(draft, word_file, applicant, write, now):
    write(draft, "description", "Уже написано")
    before = everything(draft)

    with pytest.raises(Conflict) as conflict:
        services.take_over(
            word_file, own("goals", "description"), seen={"goals": 0, "description": 0}, by=applicant, at=now
        )

    assert conflict.value.theirs.code == "description"
    assert everything(draft) == before
    word_file.refresh_from_db()
    assert word_file.taken_over_at is None


def test_take_over_pressed_twice_writes_once(draft, word_file, applicant, now):
    for _press in range(2):
        services.take_over(word_file, own("goals", "results"), seen={"goals": 0, "results": 0}, by=applicant, at=now)

    assert (stored(draft, "goals").version, stored(draft, "results").version) == (1, 1)


def test_take_over_knows_no_section_that_is_not_in_the_file(draft, word_file, applicant, now):
    seen = {"contacts": 0, "nonsense": 0}

    assert services.take_over(word_file, own("contacts", "nonsense"), seen=seen, by=applicant, at=now) == []


# --- Submitting ------------------------------------------------------------------------------------


def test_submit_files_the_whole_passport(whole, applicant, now, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        filed = services.submit_passport(whole, consent=True, by=applicant, at=now)

    assert (filed.status, filed.submitted_at) == (Status.SUBMITTED, now)
    assert filed.number.endswith("-0001")
    assert Consent.objects.get(application=filed).text == "Согласен на обработку."
    assert [letter.to for letter in mail.outbox] == [["clerk@example.org"]]


def test_submit_names_what_is_missing(draft, applicant, now):
    with pytest.raises(IncompletePassport) as refusal:
        services.submit_passport(draft, consent=True, by=applicant, at=now)

    assert [section.code for section in refusal.value.missing][:3] == ["territory", "background", "period"]
    draft.application.refresh_from_db()
    assert draft.application.status == Status.DRAFT


def test_submit_needs_the_consent(whole, applicant, now):
    with pytest.raises(ConsentMissing):
        services.submit_passport(whole, consent=False, by=applicant, at=now)

    whole.application.refresh_from_db()
    assert (whole.application.status, Consent.objects.count()) == (Status.DRAFT, 0)


def test_submit_twice_files_one(whole, applicant, now, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        filed = services.submit_passport(whole, consent=True, by=applicant, at=now)
        with pytest.raises(Refused):
            services.submit_passport(whole, consent=True, by=applicant, at=now + SECOND)

    whole.application.refresh_from_db()
    assert (whole.application.number, whole.application.submitted_at) == (filed.number, now)
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("late", [0, 1])
def test_submit_counts_until_the_last_second(whole, applicant, late):
    at = whole.application.track.closes_at + late * SECOND

    if late:
        with pytest.raises(Refused):
            services.submit_passport(whole, consent=True, by=applicant, at=at)
    else:
        assert services.submit_passport(whole, consent=True, by=applicant, at=at).number


def test_submit_is_the_owners_alone(whole, organiser, now):
    for person in (UserFactory(), organiser):
        with pytest.raises(Refused):
            services.submit_passport(whole, consent=True, by=person, at=now)


def test_submit_drops_blank_rows_as_a_new_version(whole, applicant, write, now):
    write(whole, "costs", [{"id": "a1", "item": "Афиши"}, {"id": "b2"}, {"id": "c3", "item": "Сцена"}])

    services.submit_passport(whole, consent=True, by=applicant, at=now)

    costs = stored(whole, "costs")
    assert [row["id"] for row in costs.content["tables"]["main"]] == ["a1", "c3"]
    assert costs.version == 2
    assert [len(r.content["tables"]["main"]) for r in costs.revisions.order_by("version")] == [3, 2]


def test_after_submitting_no_save_is_taken(whole, applicant, now):
    services.submit_passport(whole, consent=True, by=applicant, at=now)
    before = everything(whole)

    with pytest.raises(Refused):
        services.save_section(whole, "goals", GOAL, seen=0, by=applicant, at=now)

    assert everything(whole) == before


def test_withdrawn_draft_is_closed(whole, applicant, now):
    withdraw(whole.application, by=applicant, at=now)

    with pytest.raises(Refused):
        services.submit_passport(whole, consent=True, by=applicant, at=now)


# --- Returning with remarks ------------------------------------------------------------------------


@pytest.fixture
def filed(whole, applicant, now):
    return services.submit_passport(whole, consent=True, by=applicant, at=now)


def test_return_with_remarks_opens_their_sections(whole, filed, applicant, organiser, now):
    services.return_with_remarks(filed, {"costs": "Укажите единицу."}, by=organiser, at=now)

    remark = Remark.objects.get()
    assert (remark.passport, remark.code, remark.text, remark.by) == (whole, "costs", "Укажите единицу.", organiser)
    rows = {"tables": {"main": [{"item": "Афиши", "amount": "5 тыс. руб."}]}}
    assert services.save_section(whole, "costs", rows, seen=0, by=applicant, at=now).changed
    with pytest.raises(Refused):
        services.save_section(whole, "goals", GOAL, seen=0, by=applicant, at=now)


def test_second_submission_answers_the_remarks(whole, filed, applicant, organiser, now):
    services.return_with_remarks(filed, {"costs": "Укажите единицу."}, by=organiser, at=now)

    again = services.submit_passport(whole, consent=True, by=applicant, at=now + SECOND)

    assert (again.number, again.status) == (filed.number, Status.SUBMITTED)
    assert Remark.objects.get().answered_at == now + SECOND


@pytest.mark.parametrize(
    ("remarks", "error"), [({}, ValueError), ({"annotation": "?"}, ValueError), ({"costs": ""}, ValidationError)]
)
def test_return_needs_remarks_that_say_something(filed, organiser, now, remarks, error):
    with pytest.raises(error):
        services.return_with_remarks(filed, remarks, by=organiser, at=now)

    filed.refresh_from_db()
    assert (filed.status, Remark.objects.count()) == (Status.SUBMITTED, 0)


def test_word_import_tokens_are_not_guessed(word_file):
    assert uuid.UUID(str(word_file.token)).version == 4
