"""A passport out of Word: upload, review, ticks. Nothing is overwritten without one, nothing dropped silently."""

from datetime import timedelta
from io import BytesIO

import lxml.html
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from practices import tasks
from practices.documents import word_in
from practices.documents.word_in import Recognised
from practices.documents.word_kinds import Kind
from practices.models import PassportSection, WordImport
from practices.services import keep_word_file, return_with_remarks, submit_passport
from tests.factories import UserFactory, edition as load_edition
from tests.practices.documents.passport_files import Habits, Writer

pytestmark = pytest.mark.django_db

SECTIONS = {
    "title": {"blocks": [{"text": "Ярмарка соседей"}]},
    "goals": {"blocks": [{"text": "Познакомить соседей."}]},
    "background": {"blocks": [{"text": "ы" * 1900}]},
    "results": {
        "tables": {
            "main": [{"indicator": "Ярмарок", "value": "12"}, {"indicator": "Посетителей", "value": "более 2000"}]
        }
    },
    "costs": {"tables": {"main": [{"item": "Лотки", "amount": "", "source": "Бюджет"}]}},
    "contacts": {"tables": {"main": [{"person": "Иванова А.", "contact": "a@example.org"}]}},
}


def word_file(sections=SECTIONS, edition="2019", name="Паспорт практики.docx"):
    return SimpleUploadedFile(name, Writer(sections, Habits(edition=edition)).write().bytes())


def stored(passport, code):
    return PassportSection.objects.get(passport=passport, code=code)


def everything():
    return list(PassportSection.objects.order_by("pk").values("code", "content", "version", "saved_at"))


def page(response):
    return lxml.html.fromstring(response.content.decode())


def words(element):
    return " ".join(element.text_content().split())


def pair(response, code):
    return page(response).get_element_by_id(f"pair-{code}")


@pytest.fixture(autouse=True)
def _form_of_2019(db):
    load_edition("2019")


@pytest.fixture
def kept(draft, applicant, now):
    """A file of 2019 read by hand, with something that found no place."""
    recognised = {
        "edition": "2019",
        "sections": {**SECTIONS, "links": {"tables": {"main": []}}, "slogan": {"blocks": [{"text": "Вместе веселее"}]}},
        "unplaced": ["Абзац без заголовка"],
        "warnings": ["Рисунки не переносятся."],
    }
    return keep_word_file(draft, data=b"PK", file_name="Паспорт.docx", recognised=recognised, by=applicant, at=now)


@pytest.fixture
def review(kept):
    return reverse("practices:import_review", args=[kept.passport.application.key, kept.token])


@pytest.fixture
def take(clerk, review):
    """Tick sections on the page as it is and send it."""

    def take(*codes, **override):
        hidden = {f.get("name"): f.get("value") for f in page(clerk.get(review)).xpath("//input[@type='hidden']")}
        return clerk.post(review, {**hidden, "take": codes, **override})

    return take


# --- Upload ----------------------------------------------------------------------------------------


def test_upload_reads_the_file_and_changes_nothing(draft, clerk, url):
    before = everything()

    response = clerk.post(url("import_upload", draft), {"file": word_file()})

    kept = WordImport.objects.get()
    assert response.url == url("import_review", draft, kept.token)
    assert kept.file_name == "Паспорт практики.docx"
    assert kept.recognised["edition"] == "2019"
    assert kept.recognised["sections"]["goals"] == SECTIONS["goals"]
    assert everything() == before
    assert clerk.get(response.url).status_code == 200


def test_upload_page_asks_for_a_file_and_blames_nobody(draft, clerk, url):
    response = clerk.get(url("import_upload", draft))

    assert response.status_code == 200
    assert page(response).xpath("//input[@type='file']")
    assert not page(response).xpath("//*[@role='alert']")


def test_upload_of_a_large_file_names_both_sizes(draft, clerk, url):
    response = clerk.post(url("import_upload", draft), {"file": SimpleUploadedFile("a.docx", b"x" * (34 * 2**20))})

    assert response.status_code == 422
    assert "Файл 34 МБ, можно до 20 МБ" in words(page(response).get_element_by_id("main"))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", None),
        ("a.docx", b""),
        ("паспорт.doc", b"PK"),
        ("паспорт", b"PK"),
        ("a.docx", b"PK" + b"x" * 500),
        ("a.docx", b"%PDF-1.7"),
        ("../../etc/passwd", b"PK"),
    ],
)
def test_upload_of_what_is_no_passport_says_so_at_the_field(draft, clerk, url, name, data):
    response = clerk.post(
        url("import_upload", draft), {"file": SimpleUploadedFile(name, data)} if data is not None else {}
    )

    assert response.status_code == 422
    assert page(response).xpath("//*[contains(@class, 'field-error')]")
    assert not WordImport.objects.exists()


def test_upload_of_half_a_file_is_refused(draft, clerk, url):
    data = word_file().read()

    response = clerk.post(url("import_upload", draft), {"file": SimpleUploadedFile("a.docx", data[: len(data) // 2])})

    assert response.status_code == 422
    assert not WordImport.objects.exists()


def test_upload_into_a_closed_application_is_refused(draft, clerk, open_track, now, url):
    open_track.closes_at = now - timedelta(seconds=1)
    open_track.save()

    for response in (
        clerk.get(url("import_upload", draft)),
        clerk.post(url("import_upload", draft), {"file": word_file()}),
    ):
        assert response.status_code == 403
        assert "Приём закончился" in words(page(response).get_element_by_id("main"))
    assert not WordImport.objects.exists()


# --- Review ----------------------------------------------------------------------------------------


def test_review_shows_every_section_with_its_state(clerk, review, draft, write):
    write(draft, "goals", "Другая цель")

    response = clerk.get(review)

    assert "Узнано" in words(pair(response, "contacts"))
    assert "Не найдено" in words(pair(response, "period"))
    assert "Пусто" in words(pair(response, "links"))
    assert "Раздел в файле есть, но он не заполнен" in response.content.decode()
    assert "В заявке здесь уже есть другой текст" in words(pair(response, "goals"))
    assert "Другая цель" in words(pair(response, "goals"))
    assert "Длиннее, чем просит форма: 0,53 страницы из 0,5." in words(pair(response, "background"))
    assert "за весь период реализации" in words(pair(response, "results"))
    assert "1 строка заполнена не полностью" in words(pair(response, "costs"))
    assert len(page(response).xpath("//*[starts-with(@id, 'pair-')]")) == 23


def test_review_shows_what_found_no_place(clerk, review):
    text = " ".join(words(piece) for piece in page(clerk.get(review)).xpath("//section[@aria-labelledby='unplaced']"))

    assert "Абзац без заголовка" in text
    assert "Вместе веселее" in text


def test_review_says_that_the_file_is_of_another_year(clerk, review):
    text = words(page(clerk.get(review)).get_element_by_id("main"))

    assert "Файл заполнен по форме другого года" in text
    assert "Рисунки не переносятся." in text


def test_review_ticks_only_what_fills_an_empty_section(clerk, review, draft, write):
    write(draft, "goals", "Другая цель")

    boxes = page(clerk.get(review)).xpath("//input[@name='take']")

    ticked = {box.get("value") for box in boxes if box.get("checked") is not None}
    assert ticked == {"background", "results", "costs", "contacts"}
    assert {box.get("value") for box in boxes} - ticked == {"title", "goals"}


def test_review_offers_nothing_that_is_there_already(clerk, review, draft, write, take):
    take("goals", "costs")

    response = clerk.get(review)

    assert "Уже в заявке" in words(pair(response, "goals"))
    assert "Уже в заявке" in words(pair(response, "costs"))
    assert not pair(response, "goals").xpath(".//input[@name='take']")
    assert "Разделы из этого файла перенесены" in words(page(response).get_element_by_id("main"))


@pytest.mark.parametrize("count", [1, 3])
def test_review_costs_a_constant_number_of_queries(
    clerk, draft, applicant, now, url, count, django_assert_max_num_queries
):
    sections = dict(list(SECTIONS.items())[: count * 2])
    kept = keep_word_file(
        draft,
        data=b"PK",
        file_name="a.docx",
        recognised={"edition": "2019", "sections": sections, "unplaced": [], "warnings": []},
        by=applicant,
        at=now,
    )

    with django_assert_max_num_queries(16):
        clerk.get(url("import_review", draft, kept.token))


# --- Taking over -----------------------------------------------------------------------------------


def test_only_ticked_sections_are_taken_over(draft, take):
    response = take("goals", "results")

    assert response.url == draft.application.get_absolute_url()
    assert stored(draft, "goals").content == SECTIONS["goals"]
    assert [row["value_total"] for row in stored(draft, "results").content["tables"]["main"]] == ["12", "более 2000"]
    assert stored(draft, "background").version == 0


def test_what_is_written_is_replaced_by_its_own_tick(draft, write, take):
    write(draft, "goals", "Другая цель")

    take("background")
    assert stored(draft, "goals").content == {"blocks": [{"text": "Другая цель"}]}

    take("goals")
    assert stored(draft, "goals").content == SECTIONS["goals"]
    assert stored(draft, "goals").revisions.count() == 2


def test_stale_review_takes_nothing_and_shows_what_changed(draft, write, clerk, review):
    sent = {f.get("name"): f.get("value") for f in page(clerk.get(review)).xpath("//input[@type='hidden']")}
    write(draft, "goals", "Тем временем")
    before = everything()

    response = clerk.post(review, {**sent, "take": ["background", "goals"]})

    assert response.status_code == 409
    assert everything() == before
    assert "Ничего не перенесено" in words(page(response).xpath("//*[@role='alert']")[0])
    assert "Раздел 7. Цели и задачи" in words(page(response).xpath("//*[@role='alert']")[0])
    assert "Тем временем" in words(pair(response, "goals"))
    assert not pair(response, "goals").xpath(".//input[@checked]")


def test_taking_over_twice_writes_once(draft, clerk, review):
    sent = {f.get("name"): f.get("value") for f in page(clerk.get(review)).xpath("//input[@type='hidden']")}

    for _press in range(2):
        assert clerk.post(review, {**sent, "take": ["goals", "results"]}).status_code == 302

    assert (stored(draft, "goals").version, stored(draft, "results").version) == (1, 1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"take": []},
        {"take": ["period"]},
        {"take": ["nonsense", "goals"]},
        {"take": ["goals"], "version-goals": ""},
        {"take": ["goals"], "version-goals": "первая"},
        {"take": ["goals"], "version-goals": "-1"},
        {"take": ["goals"], "version-goals": "9" * 40},
        {"take": ["goals\x00"]},
    ],
)
def test_bad_input_takes_nothing(take, wrong):
    before = everything()

    response = take(**wrong)

    assert response.status_code == 422
    assert page(response).xpath("//*[@role='alert']")
    assert everything() == before


def test_closed_application_can_be_reviewed_and_not_changed(draft, kept, review, clerk, open_track, now):
    open_track.closes_at = now - timedelta(seconds=1)
    open_track.save()

    response = clerk.get(review)
    assert "Приём закончился" in words(page(response).get_element_by_id("main"))
    assert not page(response).xpath("//input[@name='take']")

    assert clerk.post(review, {"take": ["goals"], "version-goals": "0"}).status_code == 403
    assert stored(draft, "goals").version == 0


def test_returned_application_takes_over_only_what_has_a_remark(whole, applicant, organiser, clerk, now, url):
    filed = submit_passport(whole, consent=True, by=applicant, at=now)
    return_with_remarks(filed, {"goals": "Уточните."}, by=organiser, at=now)
    recognised = {"edition": "2022", "sections": SECTIONS, "unplaced": [], "warnings": []}
    kept = keep_word_file(whole, data=b"PK", file_name="a.docx", recognised=recognised, by=applicant, at=now)
    address = url("import_review", whole, kept.token)

    offered = page(clerk.get(address)).xpath("//input[@name='take']/@value")
    refused = clerk.post(address, {"take": ["title"], "version-title": "0"})

    assert offered == ["goals"]
    assert refused.status_code == 403
    assert stored(whole, "title").content == {"blocks": [{"text": "Ответ: Наименование практики"}]}


def test_file_does_not_exist_for_strangers_and_beside_another_passport(client, clerk, kept, review, whole, url):
    assert clerk.get(url("import_review", whole, kept.token)).status_code == 404

    client.force_login(UserFactory())
    assert client.get(review).status_code == 404
    assert client.post(review, {"take": ["goals"], "version-goals": "0"}).status_code == 404


# --- Moving, adding, leaving -----------------------------------------------------------------------


def test_a_piece_without_a_place_is_moved_to_the_chosen_section(draft, take):
    take("goals", **{"to-unplaced.0": "description", "to-stray.0": "goals"})

    assert stored(draft, "description").content == {"blocks": [{"text": "Абзац без заголовка"}]}
    assert stored(draft, "goals").content == {"blocks": [{"text": "Познакомить соседей.\nВместе веселее"}]}
    assert (stored(draft, "goals").version, stored(draft, "description").version) == (1, 1)


def test_a_section_is_moved_to_another_and_nothing_there_is_lost(draft, write, take):
    write(draft, "background", "Как было.")

    take("goals", **{"to-goals": "background"})

    assert stored(draft, "background").content == {"blocks": [{"text": "Как было.\nПознакомить соседей."}]}
    assert stored(draft, "goals").version == 0


def test_to_choose_another_section_is_as_good_as_a_tick(draft, take):
    take("title", **{"to-goals": "background"})

    assert stored(draft, "background").content == {"blocks": [{"text": "Познакомить соседей."}]}


def test_the_text_of_the_file_can_stand_after_the_one_that_is_there(draft, write, take):
    write(draft, "goals", "Другая цель")

    take("goals", **{"how-goals": "append"})

    assert stored(draft, "goals").content == {"blocks": [{"text": "Другая цель\nПознакомить соседей."}]}


def test_a_piece_becomes_a_row_of_a_table(draft, take):
    take("costs", **{"to-unplaced.0": "costs"})

    assert [row["item"] for row in stored(draft, "costs").content["tables"]["main"]] == ["Лотки", "Абзац без заголовка"]


def test_added_twice_by_one_request_it_stands_once(draft, clerk, review):
    sent = {f.get("name"): f.get("value") for f in page(clerk.get(review)).xpath("//input[@type='hidden']")}

    for _press in range(2):
        assert clerk.post(review, {**sent, "to-unplaced.0": "goals"}).status_code == 302

    assert stored(draft, "goals").content == {"blocks": [{"text": "Абзац без заголовка"}]}


def test_added_to_a_section_that_changed_meanwhile_it_is_refused(draft, write, clerk, review):
    sent = {f.get("name"): f.get("value") for f in page(clerk.get(review)).xpath("//input[@type='hidden']")}
    write(draft, "goals", "Тем временем")

    response = clerk.post(review, {**sent, "to-unplaced.0": "goals"})

    assert response.status_code == 409
    assert stored(draft, "goals").content == {"blocks": [{"text": "Тем временем"}]}


@pytest.mark.parametrize("wrong", [{"to-unplaced.0": "slogan"}, {"to-goals": "nonsense"}, {"how-goals": "burn"}])
def test_a_place_that_is_none_takes_nothing(take, wrong):
    before = everything()

    assert take("goals", **wrong).status_code == 422
    assert everything() == before


def test_what_was_taken_over_and_what_was_left_stays_visible(clerk, review, take, draft, url):
    take("goals", **{"to-unplaced.0": "description"})

    shown = clerk.get(review)
    uploads = words(page(clerk.get(url("import_upload", draft))).get_element_by_id("main"))

    assert "Перенесено: Раздел 7. Цели и задачи" in words(pair(shown, "goals"))
    assert "Перенесено в конец: Раздел 14. Краткое описание практики" in words(
        page(shown).get_element_by_id("piece-unplaced.0")
    )
    assert "Вместе веселее" in words(page(shown).get_element_by_id("main"))
    assert "Перенесено частей: 2, осталось в файле: 6." in uploads


def test_a_section_with_another_text_shows_what_would_change(clerk, review, draft, write):
    write(draft, "goals", "Познакомить жителей.")

    changed = pair(clerk.get(review), "goals")

    assert [words(mark) for mark in changed.xpath(".//del")] == ["[убрано: жителей]"]
    assert [words(mark) for mark in changed.xpath(".//ins")] == ["[добавлено: соседей]"]


# --- What takes longer -----------------------------------------------------------------------------


@pytest.fixture
def queue(monkeypatch):
    """Tasks are put down and not done."""
    queued = []
    monkeypatch.setattr(tasks.read_word_file.__class__, "enqueue", lambda _task, pk: queued.append(pk))
    return queued


@pytest.fixture
def waiting(clerk, draft, url, queue):
    response = clerk.post(url("import_upload", draft), {"file": SimpleUploadedFile("Паспорт.rtf", rich_text())})
    assert response.status_code == 302
    return response.url


def rich_text(text="слово"):
    return b"{\\rtf1\\ansi\\ansicpg1251 " + b"".join(b"\\u%d?" % ord(letter) for letter in text) + b"\\par }"


def test_a_file_for_libreoffice_waits_and_its_person_is_told(clerk, waiting, queue, draft, url):
    response = clerk.get(waiting)

    assert queue == [WordImport.objects.get().pk]
    assert "Файл читается" in words(page(response).get_element_by_id("main"))
    assert page(response).get_element_by_id("reading").get("hx-trigger") == "every 1s"
    assert 'http-equiv="refresh"' in response.content.decode()
    assert "Файл читается." in words(page(clerk.get(url("import_upload", draft))).get_element_by_id("main"))


@pytest.mark.parametrize(
    ("minutes", "said"), [(0, "несколько секунд"), (2, "дольше обычного"), (16, "Сохраните его в Word")]
)
def test_the_wait_is_told_by_its_length(clerk, waiting, now, minutes, said):
    WordImport.objects.update(uploaded_at=timezone.now() - timedelta(minutes=minutes))

    assert said in words(page(clerk.get(waiting)).get_element_by_id("reading"))


@pytest.mark.parametrize("answer", [{"reading": "refused", "refusal": "Не паспорт."}, {"reading": "read"}])
def test_a_page_that_asks_gets_a_piece_while_it_waits_and_loads_anew_when_it_is_done(clerk, waiting, answer):
    asking = {"HX-Request": "true"}
    assert clerk.get(waiting, headers=asking).content.strip().startswith(b'<div id="reading"')

    WordImport.objects.update(**answer)
    told = clerk.get(waiting, headers=asking)

    assert (told.headers["HX-Refresh"], told.content) == ("true", b"")


def test_a_worker_reads_the_file_once(clerk, waiting, queue, monkeypatch):
    read = Recognised("2019", SECTIONS, ["Абзац"], kind="rtf", converted=b"PK")
    monkeypatch.setattr(word_in, "read_passport", lambda *_args, **_kwargs: read)

    tasks.read_word_file.call(queue[0])
    monkeypatch.setattr(word_in, "read_passport", None)
    tasks.read_word_file.call(queue[0])

    kept = WordImport.objects.get()
    with kept.converted.open() as converted:
        assert (kept.reading, kept.recognised["unplaced"], converted.read()) == ("read", ["Абзац"], b"PK")
    assert "Проверьте, как разобран файл" in words(page(clerk.get(waiting)).get_element_by_id("main"))


def test_a_file_that_is_no_passport_is_told_on_the_page_that_waits(clerk, waiting, queue):
    tasks.read_word_file.call(queue[0])

    assert "не похож на паспорт" in words(page(clerk.get(waiting)).get_element_by_id("main"))
    assert clerk.post(waiting, {"take": ["goals"]}).status_code == 302


def test_a_reading_that_fails_is_told_and_not_hidden(clerk, waiting, queue, monkeypatch):
    def fail(*_args, **_kwargs):
        raise OSError("disk")

    monkeypatch.setattr(word_in, "read_passport", fail)

    with pytest.raises(OSError, match="disk"):
        tasks.read_word_file.call(queue[0])

    assert WordImport.objects.get().is_refused


def test_a_task_whose_application_is_gone_does_nothing():
    tasks.read_word_file.call(1)


def test_a_bad_file_for_libreoffice_is_refused_at_the_field(clerk, draft, url, queue):
    response = clerk.post(url("import_upload", draft), {"file": SimpleUploadedFile("a.rtf", rich_text()[:-1])})

    assert response.status_code == 422
    assert "Файл повреждён" in words(page(response).get_element_by_id("main"))
    assert (queue, WordImport.objects.exists()) == ([], False)


def test_the_name_of_a_file_decides_nothing(clerk, draft, url):
    assert clerk.post(url("import_upload", draft), {"file": word_file(name="Паспорт.doc")}).status_code == 302


# --- The file itself -------------------------------------------------------------------------------


def test_the_file_comes_back_as_it_was_under_a_safe_name(clerk, draft, applicant, now, url):
    kept = keep_word_file(draft, data=b"PK..", file_name='a"b/../c\n.exe', recognised={}, by=applicant, at=now)

    response = clerk.get(url("import_file", draft, kept.token))

    assert b"".join(response.streaming_content) == b"PK.."
    assert response.headers["Content-Disposition"] == 'attachment; filename="c.docx"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert "no-store" in response.headers["Cache-Control"]


def test_the_file_does_not_exist_for_strangers(client, draft, kept, url):
    client.force_login(UserFactory())

    assert client.get(url("import_file", draft, kept.token)).status_code == 404


# --- Pictures --------------------------------------------------------------------------------------


def picture(colour: str) -> bytes:
    stream = BytesIO()
    Image.new("RGB", (40, 30), colour).save(stream, "PNG")
    return stream.getvalue()


@pytest.fixture
def with_pictures(clerk, draft, url):
    """The review of a file with a picture below its goals, and another one at its end."""
    writer = Writer(SECTIONS, Habits(edition="2019", answers="plain")).write()
    goals = next(p for p in writer.document.paragraphs if p.text == "Познакомить соседей.")
    goals.add_run().add_picture(BytesIO(picture("red")))
    writer.document.add_picture(BytesIO(picture("blue")))
    response = clerk.post(url("import_upload", draft), {"file": SimpleUploadedFile("a.docx", writer.bytes())})
    return response.url


def test_pictures_of_the_file_are_offered_with_their_section(clerk, with_pictures):
    shown = page(clerk.get(with_pictures))

    first, second = shown.xpath("//ul[@class='imp-pictures']/li")
    assert "Рисунок 1.png" in words(first)
    assert "Цель (цели) и задачи практики" in words(first)
    assert "Рисунок 2.png" in words(second)
    assert not shown.xpath("//input[@name='picture'][@checked]")


def test_a_ticked_picture_becomes_an_attachment(clerk, draft, with_pictures):
    response = clerk.post(with_pictures, {"picture": ["1"]})

    attachment = draft.attachments.get()
    assert response.status_code == 302
    assert (attachment.file_name, attachment.word_import) == ("Рисунок 2.png", WordImport.objects.get())
    with attachment.file.open() as file, Image.open(file) as kept:
        assert kept.convert("RGB").getpixel((1, 1)) == (0, 0, 255)
    assert "Приложено" in words(page(clerk.get(with_pictures)).xpath("//ul[@class='imp-pictures']/li")[1])


def test_a_picture_that_is_attached_already_is_told(clerk, draft, with_pictures):
    clerk.post(with_pictures, {"picture": ["1"]})

    again = clerk.post(with_pictures, {"picture": ["1"]}, follow=True)

    assert "уже приложен" in words(page(again).get_element_by_id("main"))
    assert draft.attachments.count() == 1


@pytest.mark.parametrize("wrong", ["2", "-1", "first", "9" * 40])
def test_a_picture_that_is_none_takes_nothing(clerk, draft, with_pictures, wrong):
    assert clerk.post(with_pictures, {"picture": [wrong]}).status_code == 422
    assert not draft.attachments.exists()


# --- Cells over several rows, totals ---------------------------------------------------------------


def test_a_merged_cell_holds_for_each_row_and_a_total_is_called_one(clerk, draft, url):
    rows = [{"item": item, "amount": "10", "source": ""} for item in ("Лотки", "Краска", "Доски", "ИТОГО")]
    writer = Writer(SECTIONS | {"costs": {"tables": {"main": rows}}}, Habits(edition="2019")).write()
    grid = next(g for g in writer.document.tables if "Статья затрат" in [cell.text for cell in g.rows[0].cells])
    grid.cell(1, 3).merge(grid.cell(3, 3)).text = "Бюджет города"
    upload = SimpleUploadedFile("a.docx", writer.bytes())

    shown = clerk.get(clerk.post(url("import_upload", draft), {"file": upload}).url)

    kept = WordImport.objects.get().recognised
    costs = kept["sections"]["costs"]["tables"]["main"]
    assert [(row["item"], row["source"]) for row in costs] == [
        ("Лотки", "Бюджет города"),
        ("Краска", "Бюджет города"),
        ("Доски", "Бюджет города"),
    ]
    assert kept["unplaced"] == ["ИТОГО\n10"]
    assert "Она записана в каждую из них" in " ".join(kept["warnings"])
    assert "Итог" in words(page(shown).get_element_by_id("piece-unplaced.0"))


def test_a_pdf_is_called_a_guess(clerk, draft, applicant, now, url):
    recognised = Recognised("2019", SECTIONS, [], [("best_effort", {}), ("aside", {})], kind=Kind.PDF).as_json()
    kept = keep_word_file(
        draft, data=b"%PDF", file_name="a.pdf", kind="pdf", recognised=recognised, by=applicant, at=now
    )

    shown = words(page(clerk.get(url("import_review", draft, kept.token))).get_element_by_id("main"))

    assert "Собрано из PDF" in shown
    assert shown.count("Проверьте каждый раздел") == 1
    assert "1 примечание" in shown
