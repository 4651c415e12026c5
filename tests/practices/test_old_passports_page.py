"""The organiser's page for old passports: an upload, its progress, its report, another try."""

import io
import zipfile
from contextlib import suppress

import lxml.html
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from practices.enums import Outcome
from practices.models import OldPassportBatch, OldPassportFile, Practice, WordImport
from practices.services.old_passports import read_kept_passport
from tests.factories import ContestFactory, NominationFactory, TerritoryFactory, UserFactory, edition
from tests.practices.documents.passport_files import Habits, Writer
from tests.practices.test_old_passports import SECTIONS

pytestmark = pytest.mark.django_db

PAGE = "/admin/old-passports/"


@pytest.fixture
def contest():
    edition("2019")
    TerritoryFactory(name="Саров", region="Нижегородская область")
    return ContestFactory(year=2019)


@pytest.fixture
def desk(client):
    client.force_login(UserFactory(is_staff=True))
    return client


@pytest.fixture
def queue(settings):
    """Tasks wait for a worker, as on a running portal."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def passport(**sections) -> bytes:
    told = SECTIONS | {code: {"blocks": [{"text": words}]} for code, words in sections.items()}
    return Writer(told, Habits(edition="2019")).write().bytes()


def archive(files: dict) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as written:
        for name, data in files.items():
            written.writestr(name, data)
    return stream.getvalue()


def upload(desk, contest, files: dict, **more):
    sent = [SimpleUploadedFile(name, data) for name, data in files.items()]
    return desk.post(PAGE, {"contest": contest.pk, "files": sent, **more})


def words(response) -> str:
    return " ".join(lxml.html.fromstring(response.content.decode()).text_content().split())


def kept_files():
    """What lies on the disk of the uploads."""
    return [path for path in (settings.MEDIA_ROOT / "old").rglob("*") if path.is_file()]


@pytest.fixture(autouse=True)
def _empty_disk():
    """Before each test: the folder is shared with whatever ran in this process."""
    for path in kept_files():
        path.unlink()


def test_files_and_a_zip_are_brought_in_together(desk, contest, django_capture_on_commit_callbacks):
    zipped = archive({"Саров/клуб.docx": passport(title="Клуб соседей", territory=""), "notes.txt": b"not a passport"})

    with django_capture_on_commit_callbacks(execute=True):
        response = upload(desk, contest, {"ярмарка.docx": passport(), "все.zip": zipped})

    page = desk.get(response.url)
    assert set(Practice.objects.values_list("title", flat=True)) == {"Ярмарка соседей", "Клуб соседей"}
    assert "Готово: 3 из 3" in words(page)
    assert "внесён: 1 · внесён, проверьте: 1 · отказано: 1" in words(page)
    assert kept_files() == []  # what was read is kept beside its application


def test_page_counts_what_waits_and_asks_again_by_itself(desk, contest, queue):
    response = upload(desk, contest, {"a.docx": b"PK", "b.docx": b"PK"})

    page = desk.get(response.url)
    assert "0 из 2" in words(page)
    assert words(page).count("ждёт очереди") == 2
    assert 'hx-trigger="every 2s"' in page.content.decode()
    assert DBTaskResult.objects.filter(status=TaskResultStatus.READY).count() == 2


def test_task_that_is_begun_twice_brings_one_passport_in(desk, contest, queue):
    upload(desk, contest, {"ярмарка.docx": passport()})
    kept = OldPassportFile.objects.get()

    read_kept_passport(kept.pk)
    read_kept_passport(kept.pk)

    kept.refresh_from_db()
    assert kept.outcome == Outcome.PLACED
    assert WordImport.objects.count() == Practice.objects.count() == 1


def test_task_that_died_half_way_leaves_the_file_to_the_next(desk, contest, queue, monkeypatch):
    upload(desk, contest, {"ярмарка.docx": passport()})
    kept = OldPassportFile.objects.get()

    with monkeypatch.context() as patch:
        patch.setattr("practices.services.old_passports.enter_bank", lambda *_args, **_more: 1 / 0)
        with suppress(ZeroDivisionError):
            read_kept_passport(kept.pk)
    kept.refresh_from_db()
    assert (kept.finished_at, WordImport.objects.count()) == (None, 0)

    read_kept_passport(kept.pk)
    kept.refresh_from_db()
    assert kept.outcome == Outcome.PLACED


def test_file_whose_task_failed_says_so_and_may_be_read_again(desk, contest, queue):
    response = upload(desk, contest, {"ярмарка.docx": passport()})
    DBTaskResult.objects.update(status=TaskResultStatus.FAILED)

    page = desk.get(response.url)
    assert "ошибка портала" in words(page)
    assert "Прочитать ещё раз" in words(page)


def test_file_is_read_again_with_the_city_it_does_not_tell(desk, contest):
    response = upload(desk, contest, {"ярмарка.docx": passport(territory="наш город")})
    kept = OldPassportFile.objects.get()
    assert kept.outcome == Outcome.UNPLACED
    assert "Прочитать ещё раз" in words(desk.get(response.url))
    city = TerritoryFactory()

    again = reverse("admin:old_passport_again", args=[kept.batch.token, kept.token])
    assert desk.post(again, {"territory": city.pk}).url == response.url

    assert Practice.objects.get().territory == city
    assert "больше нечего читать" in words(desk.post(again, {"territory": city.pk}, follow=True))


def test_report_is_a_table_for_excel(desk, contest):
    response = upload(desk, contest, {"=ярмарка.docx": passport()})

    report = desk.get(f"{response.url}report/")

    assert report["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in report["Content-Disposition"]
    assert report.content.decode("utf-8-sig").splitlines()[1].startswith("'=ярмарка.docx;внесён;Ярмарка соседей;")


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("bomb.zip", archive({"ok.docx": b"PK", "a.docx": b"\0" * 8_000_000}), "распаковывается"),
        ("no.zip", b"no archive", "Архив повреждён"),
    ],
)
def test_archive_that_is_a_trap_leaves_nothing(desk, contest, name, data, sentence):
    response = upload(desk, contest, {"ярмарка.docx": b"PK", name: data})

    assert response.status_code == 422
    assert sentence in words(response)
    assert not OldPassportBatch.objects.exists()
    assert kept_files() == []


def test_year_without_results_asks_for_its_nomination(desk, contest):
    running = ContestFactory(year=2022, announced_at=None)

    assert "Выберите номинацию" in words(upload(desk, running, {"a.docx": b"PK"}))
    assert upload(desk, running, {"a.docx": b"PK"}, nomination=NominationFactory(contest=contest).pk).status_code == 422


@pytest.mark.parametrize("missing", ["contest", "files"])
def test_form_says_what_is_missing(desk, contest, missing):
    sent = {"contest": contest.pk, "files": SimpleUploadedFile("a.docx", b"PK")}
    del sent[missing]

    response = desk.post(PAGE, sent)
    assert response.status_code == 422
    assert not OldPassportBatch.objects.exists()


@pytest.mark.parametrize("many", [2, 6])
def test_progress_costs_the_same_for_one_file_and_many(desk, contest, queue, many, django_assert_num_queries):
    response = upload(desk, contest, {f"{n}.docx": passport(title=f"Практика {n}") for n in range(many)})
    for kept in OldPassportFile.objects.all()[: many // 2]:
        read_kept_passport(kept.pk)

    with django_assert_num_queries(8):
        page = desk.get(response.url)
    assert page.content.count(b"/import/") == many // 2


@pytest.mark.parametrize("many", [1, 4])
def test_list_of_uploads_costs_the_same_for_one_and_many(desk, contest, many, django_assert_num_queries):
    for _upload in range(many):
        upload(desk, contest, {"a.docx": b"PK"})

    with django_assert_num_queries(7):
        desk.get(PAGE)
