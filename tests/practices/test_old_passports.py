"""Old passports: what becomes of one, what is here already, and what is left to a person."""

import csv
import hashlib
import io
from dataclasses import replace

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from accounts.verdicts import Refused
from competition.enums import Status
from competition.models import Application
from practices import import_report
from practices.documents.pdf import draft_document, practice_document
from practices.documents.word_in import Recognised
from practices.documents.word_sentences import warning
from practices.enums import Award, Outcome
from practices.import_report import Line
from practices.models import OldPassport, Passport, Practice, SectionRevision, WordImport
from practices.search import index_practice
from practices.services import old_passports
from practices.services.old_passports import Found, place_old_passport, read_old_passport
from tests.concurrency import Meeting, at_once
from tests.factories import (
    ApplicationFactory,
    ContestFactory,
    ContestFormFactory,
    NominationFactory,
    PracticeFactory,
    TerritoryFactory,
    TrackFactory,
    UserFactory,
    edition,
)
from tests.practices.documents.passport_files import Habits, Writer

pytestmark = pytest.mark.django_db

SECTIONS = {
    "title": {"blocks": [{"text": "Ярмарка соседей"}]},
    "territory": {"blocks": [{"text": "Городской округ город Саров"}]},
    "period": {"blocks": [{"text": "с 2017 года"}]},
    "description": {"blocks": [{"text": "Соседи меняются вещами."}]},
    "contacts": {"tables": {"main": [{"person": "Соседкина", "contact": "a@example.org"}]}},
}


@pytest.fixture
def contest():
    edition("2019")
    return ContestFactory(year=2019)


@pytest.fixture
def sarov():
    return TerritoryFactory(name="Саров", region="Нижегородская область")


@pytest.fixture
def organiser():
    return UserFactory(is_staff=True)


def found(text="one", unplaced=(), doubts=(), **sections) -> Found:
    """What the reader found in a file of this content; sections that are named replace those above."""
    told = SECTIONS | {code: {"blocks": [{"text": words}]} for code, words in sections.items()}
    recognised = Recognised("2019", told, list(unplaced), [(doubt, {"section": "Цели"}) for doubt in doubts])
    return Found(text.encode(), hashlib.sha256(text.encode()).hexdigest(), recognised)


@pytest.fixture
def place(contest, sarov, organiser):
    def place(what, **more):
        told = {"name": "паспорт.docx", "contest": contest, "by": organiser, "at": timezone.now(), **more}
        return place_old_passport(what, **told)

    return place


def word_file(folder, name, **sections):
    told = SECTIONS | {code: {"blocks": [{"text": words}]} for code, words in sections.items()}
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(Writer(told, Habits(edition="2019")).write().bytes())


def test_passport_becomes_an_application_and_an_entry_of_the_bank(place, sarov, organiser):
    now = timezone.now()

    line = place(found(), at=now)

    assert (line.outcome, line.notes) == (Outcome.PLACED, [])
    application = Application.objects.get()
    assert (application.status, application.owner, application.territory) == (Status.ADMITTED, organiser, sarov)
    practice = Practice.objects.published().get()
    assert (practice.title, practice.award, practice.started_year) == ("Ярмарка соседей", "", 2017)
    assert practice.published_at == now  # when it came, not when its year was announced: who follows the bank is told
    assert mail.outbox == []


def test_passport_stays_in_the_form_it_is_in_word_for_word(place):
    passport = place(found()).passport

    assert passport.edition.code == "2019"
    stored = {section.code: section.content for section in passport.sections.filter(version=1)}
    assert set(stored) == set(SECTIONS)
    assert stored["description"] == SECTIONS["description"]
    assert SectionRevision.objects.filter(section__passport=passport).count() == len(SECTIONS)


def test_personal_sections_stay_private(place, client):
    practice = place(found()).practice

    assert b"a@example.org" not in client.get(practice.get_absolute_url()).content


def test_application_without_track_and_nomination_is_read_everywhere(place, client, organiser):
    passport = place(found()).passport
    key = passport.application.key
    client.force_login(organiser)

    addresses = [
        reverse("admin:application_review", args=[key]),
        reverse("admin:application_desk") + "?status=admitted",
        reverse("practices:application_list"),
        reverse("practices:application_detail", args=[key]),
        reverse("practices:passport_preview", args=[key]),
        reverse("practices:passport_docx", args=[key]),
        reverse("practices:practice_detail", args=[passport.practice.slug]),
    ]
    answers = [client.get(address) for address in addresses]

    assert [answer.status_code for answer in answers] == [200] * len(addresses)
    assert all(b"None" not in answer.content for answer in answers[:5])
    assert "Ярмарка соседей" in draft_document(passport).html
    assert "Ярмарка соседей" in practice_document(passport.practice).html


def test_what_found_no_place_is_kept_and_shown_beside_the_application(place, client, organiser):
    line = place(found(unplaced=["Абзац без заголовка"]))

    assert (line.outcome, line.left) == (Outcome.DOUBTFUL, 1)
    kept = WordImport.objects.get()
    with kept.file.open() as file:
        assert file.read() == b"one"
    client.force_login(organiser)
    page = client.get(reverse("practices:import_review", args=[line.passport.application.key, kept.token]))
    assert "Абзац без заголовка" in page.content.decode()


@pytest.mark.parametrize(("doubt", "outcome"), [("no_header", Outcome.DOUBTFUL), ("dashes", Outcome.PLACED)])
def test_what_the_reader_says_is_told_and_what_it_doubts_is_to_be_checked(place, doubt, outcome):
    line = place(found(doubts=[doubt]))

    assert (line.outcome, line.notes) == (outcome, [warning(doubt, {"section": "Цели"})])


def test_card_of_the_brochure_gets_its_passport(place, contest, sarov):
    card = PracticeFactory(contest=contest, territory=sarov, title="«Ярмарка  Соседей».", award=Award.WINNER)

    line = place(found())

    card.refresh_from_db()
    assert card.passport == line.passport
    assert (card.title, card.award, card.started_year) == ("«Ярмарка  Соседей».", Award.WINNER, card.started_year)
    assert Practice.objects.count() == 1
    assert "соседкина" not in card.search_entry.body


def test_similar_card_is_named_and_left_alone(place, contest, sarov):
    card = PracticeFactory(contest=contest, territory=sarov, title="Большая ярмарка соседей")

    line = place(found())

    assert line.outcome == Outcome.DOUBTFUL
    assert "Большая ярмарка соседей" in line.notes[0]
    card.refresh_from_db()
    assert card.passport is None


@pytest.mark.parametrize("where", ["another year", "another city"])
def test_same_title_elsewhere_is_another_practice(place, contest, sarov, where):
    elsewhere = {"another year": {"territory": sarov, "contest": ContestFactory(year=2020)}, "another city": {}}
    told = {"contest": contest, **elsewhere[where]}
    PracticeFactory(title="Ярмарка соседей", **told)

    assert place(found()).outcome == Outcome.PLACED
    assert Practice.objects.count() == 2


def test_same_file_is_known_whatever_it_is_called(place):
    first = place(found())

    line = place(found(), name="копия.docx", contest=ContestFactory(year=2020))

    assert (line.outcome, line.passport) == (Outcome.DUPLICATE, first.passport)
    assert "2019" in line.notes[0]


def test_same_practice_in_another_file_is_known(place):
    first = place(found())

    line = place(found("two", title="ЯРМАРКА СОСЕДЕЙ"))

    assert (line.outcome, line.passport) == (Outcome.DUPLICATE, first.passport)
    assert Passport.objects.count() == 1


def test_foreign_draft_of_that_name_is_not_told_of(place, contest, sarov):
    ApplicationFactory(contest=contest, territory=sarov, title="Ярмарка соседей")

    assert place(found()).outcome == Outcome.PLACED


def test_folder_called_by_its_city_tells_what_the_passport_does_not(place, sarov):
    line = place(found(territory="наш город"), name="Саров/паспорт.docx")

    assert line.outcome == Outcome.DOUBTFUL
    assert line.passport.application.territory == sarov


def test_organiser_tells_the_city(place):
    chosen = TerritoryFactory()

    assert place(found(), territory=chosen).passport.application.territory == chosen


@pytest.mark.parametrize("sections", [{"title": ""}, {"territory": ""}, {"territory": "город Москва"}])
def test_passport_without_a_name_or_a_known_city_is_left_to_a_person(place, sections):
    line = place(found(**sections))

    assert line.outcome == Outcome.UNPLACED
    assert len(line.notes) == 1
    assert not Application.objects.exists()


def test_namesakes_are_named_when_the_region_is_missing(place, sarov):
    TerritoryFactory(name="Саров", region="Пензенская область")

    line = place(found(territory="г. Саров"))

    assert line.outcome == Outcome.UNPLACED
    assert "Нижегородская" in line.notes[0]
    assert "Пензенская" in line.notes[0]


def test_year_without_results_gets_an_admitted_application_and_no_practice(place):
    running = ContestFactory(year=2022, announced_at=None)
    TrackFactory(contest=running)

    assert place(found(), contest=running).outcome == Outcome.UNPLACED  # no nomination
    line = place(found(), contest=running, nomination=NominationFactory(contest=running))

    assert line.outcome == Outcome.PLACED
    assert line.passport.application.status == Status.ADMITTED
    assert not Practice.objects.exists()


def test_form_of_another_year_is_told(place):
    form = ContestFormFactory(contest=ContestFactory(year=2022))

    line = place(found(), contest=form.contest)

    assert line.outcome == Outcome.DOUBTFUL
    assert line.passport.edition.code == "2019"


def test_only_the_organiser_brings_passports_in(place):
    with pytest.raises(Refused):
        place(found(), by=UserFactory())


@pytest.mark.every_database
@pytest.mark.django_db(transaction=True)
def test_two_workers_with_one_practice_bring_it_in_once(place, monkeypatch):
    meeting, card = Meeting(), old_passports._card

    def card_after_meeting(*given):
        answer = card(*given)
        meeting()  # here both would have found that nobody brought it in yet
        return answer

    monkeypatch.setattr(old_passports, "_card", card_after_meeting)
    lines = at_once(lambda: place(found("one")), lambda: place(found("two")))

    assert {line.outcome for line in lines} == {Outcome.PLACED, Outcome.DUPLICATE}
    assert Practice.objects.count() == 1
    assert not meeting.took_place


def test_failure_half_way_leaves_nothing(place, monkeypatch):
    def fail(*_args, **_kwargs):
        raise ConnectionError

    monkeypatch.setattr(old_passports, "enter_bank", fail)
    with pytest.raises(ConnectionError):
        place(found())
    assert not Application.objects.exists()
    assert not OldPassport.objects.exists()

    monkeypatch.undo()
    assert place(found()).outcome == Outcome.PLACED


def test_known_file_is_not_even_opened(place, monkeypatch):
    place(found())
    monkeypatch.setattr(old_passports, "word_in", None)

    assert read_old_passport(b"one").recognised is None


# --- manage.py import_passports


@pytest.fixture
def folder(tmp_path, contest, sarov, organiser):
    word_file(tmp_path, "a/ярмарка.docx")
    word_file(tmp_path, "a/копия.docx")
    (tmp_path / "b.docx").write_bytes(b"no passport")
    (tmp_path / "~$b.docx").write_bytes(b"what Word leaves open")
    (tmp_path / "notes.txt").write_text("not a passport")
    return tmp_path


def rows(report) -> list[list[str]]:
    return list(csv.reader(io.StringIO(report.read_bytes().decode("utf-8-sig"), newline=""), delimiter=";"))


def test_command_brings_a_folder_in_and_reports_every_file(folder, tmp_path_factory, capsys):
    report = tmp_path_factory.mktemp("report") / "report.csv"

    call_command("import_passports", folder, contest=2019, report=report)

    header, *lines = rows(report)
    assert header[:2] == ["Файл", "Итог"]
    assert [line[:2] for line in lines] == [
        ["a/копия.docx", "внесён"],
        ["a/ярмарка.docx", "уже есть"],
        ["b.docx", "отказано"],
    ]
    assert lines[0][2:6] == ["Ярмарка соседей", "Саров (Нижегородская область)", "2019", "5"]
    assert lines[0][10].endswith("/bank/yarmarka-sosedey/")
    assert "Файлов: 3" in capsys.readouterr().out


def everything():
    models = (Application, Passport, Practice, SectionRevision, WordImport, OldPassport)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_second_run_changes_nothing(folder, capsys):
    call_command("import_passports", folder, contest=2019)
    before = everything()

    call_command("import_passports", folder, contest=2019)

    assert everything() == before
    assert before[0]


def test_one_bad_file_stops_nothing(folder, monkeypatch, capsys):
    word_file(folder, "0.docx", title="Первая")
    true_place = place_old_passport

    def fail_once(what, *, name, **more):
        if name == "0.docx":
            raise ZeroDivisionError
        return true_place(what, name=name, **more)

    monkeypatch.setattr("practices.management.commands.import_passports.place_old_passport", fail_once)
    call_command("import_passports", folder, contest=2019)

    assert Practice.objects.get().title == "Ярмарка соседей"
    assert "не внесён: 0.docx" in capsys.readouterr().out


def test_run_that_was_killed_is_finished_by_the_next(folder, monkeypatch, capsys):
    word_file(folder, "0.docx", title="Первая практика")

    def killed(*_args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("practices.management.commands.import_passports._told", killed)
        with pytest.raises(KeyboardInterrupt):
            call_command("import_passports", folder, contest=2019)
    assert Practice.objects.count() == 1

    call_command("import_passports", folder, contest=2019)
    assert set(Practice.objects.values_list("title", flat=True)) == {"Первая практика", "Ярмарка соседей"}


@pytest.mark.parametrize(
    "wrong", [{"contest": 1999}, {"by": "nobody@example.org"}, {"nomination": "Лучшая"}, {"folder": "/nowhere"}]
)
def test_command_refuses_what_does_not_exist(folder, wrong):
    told = {"folder": folder, "contest": 2019, **wrong}

    with pytest.raises(CommandError):
        call_command("import_passports", told.pop("folder"), **told)


def test_command_asks_which_organiser_when_there_are_several(folder):
    UserFactory(is_staff=True)

    with pytest.raises(CommandError, match="--by"):
        call_command("import_passports", folder, contest=2019)


# --- the report


def test_report_opens_in_excel_and_runs_no_formula():
    dangerous = ["=1+1", "+7 (900) 000-00-00", "-1", "@SUM(A1)", "\t=1"]
    lines = [Line(file=name, outcome=Outcome.REFUSED, notes=["Файл; с точкой с запятой"]) for name in dangerous]

    report = import_report.as_csv(lines)

    assert report.startswith(b"\xef\xbb\xbf")
    cells = [row[0] for row in csv.reader(io.StringIO(report.decode("utf-8-sig"), newline=""), delimiter=";")][1:]
    assert cells == [f"'{name}" for name in dangerous]


def test_report_of_a_file_that_is_being_read_says_so():
    assert replace(Line("a.docx", ""), notes=[]).label == "читается"


def test_search_finds_what_was_brought_in(place):
    practice = place(found()).practice
    index_practice(practice)

    assert "ярмарка" in practice.search_entry.title
