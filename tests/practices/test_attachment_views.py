"""The pages of attachments: adding, describing, removing, and who gets which file with which words on top."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from competition.enums import Category, Status
from competition.models import Application, ConsentClause, TeamMember
from practices import services
from practices.models import Attachment, Practice
from practices.services import attachments
from tests.factories import AttachmentFactory, PracticeFactory, UserFactory
from tests.practices.attached_files import pdf, picture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def looked_into(monkeypatch):
    """The child's answer without the child: bytes are taken for a PDF."""
    monkeypatch.setattr(
        attachments.attached, "look_into", lambda data: attachments.attached.Accepted("application/pdf", data, b"")
    )


@pytest.fixture
def clauses(season):
    for category in Category:
        ConsentClause.objects.create(contest=season, category=category, text=f"Можно: {category.label}.")


@pytest.fixture
def public(whole, applicant, now, clauses):
    """A practice in the bank, with a consent to everything."""
    Application.objects.filter(pk=whole.application.pk).update(
        status=Status.ADMITTED, submitted_at=now, number="2026-0001"
    )
    services.choose_publication(whole.application, list(Category), by=applicant, at=now)
    return PracticeFactory(passport=whole, contest=whole.application.contest, published_at=now)


def upload(name, content):
    return SimpleUploadedFile(name, content)


def of(attachment, name="attachment_file"):
    return reverse(f"practices:{name}", args=[attachment.passport.application.key, attachment.token])


def status_of(client, address, **request):
    answer = client.get(address, **request)
    if answer.streaming:
        assert b"".join(answer)  # read to its end, which closes the file
    return answer.status_code


def in_bank(practice, attachment, name="practice_file"):
    return reverse(f"practices:{name}", args=[practice.slug, attachment.token])


# --- Adding -------------------------------------------------------------------------------------------


def test_several_files_are_added_in_one_go(clerk, draft, url):
    page = clerk.post(
        url("attachment_list", draft),
        {"files": [upload("Фото.png", picture("PNG")), upload("Письмо.pdf", pdf())]},
        follow=True,
    )

    assert page.status_code == 200
    assert "Фото.png" in page.text
    assert "Письмо.pdf" in page.text
    assert [str(message) for message in page.context["messages"]] == ["Добавлено 2 файла."]
    assert list(Attachment.objects.values_list("kind", flat=True)) == ["photo", "document"]


def test_a_document_has_its_preview_drawn_in_the_background(clerk, draft, url):
    clerk.post(url("attachment_list", draft), {"files": [upload("1.png", picture("PNG")), upload("2.pdf", pdf())]})

    assert [bool(file.preview) for file in Attachment.objects.all()] == [True, True]


def test_what_is_not_taken_is_said_by_name_and_the_rest_is_added(clerk, draft, url, looked_into, monkeypatch):
    monkeypatch.setattr("practices.views.attachments.MAX_FILE_BYTES", 9)

    page = clerk.post(
        url("attachment_list", draft),
        {"files": [upload("большой.pdf", b"1234567890"), upload("хороший.pdf", b"12"), upload("он же.pdf", b"12")]},
    )

    assert page.status_code == 422
    assert [name for name, _sentence in page.context["refused"]] == ["большой.pdf", "он же.pdf"]
    assert "Этот файл уже приложен: «хороший.pdf»." in page.text
    assert [file.file_name for file in Attachment.objects.all()] == ["хороший.pdf"]


def test_a_full_application_says_how_full(clerk, draft, url, looked_into, monkeypatch):
    monkeypatch.setattr(attachments, "MAX_APPLICATION_BYTES", 3)

    page = clerk.post(url("attachment_list", draft), {"files": [upload("1.pdf", b"1234")]})

    assert "вместе" in page.context["refused"][0][1]


def test_no_file_at_all_is_asked_for(clerk, draft, url):
    page = clerk.post(url("attachment_list", draft))

    assert page.status_code == 422
    assert "Выберите файл." in page.text


def test_a_script_gets_the_sentences_alone(clerk, draft, url, looked_into):
    send = {"headers": {"Accept": "application/json"}}

    taken = clerk.post(url("attachment_list", draft), {"files": [upload("1.pdf", b"1")]}, **send)
    again = clerk.post(url("attachment_list", draft), {"files": [upload("2.pdf", b"1")]}, **send)
    none = clerk.post(url("attachment_list", draft), {}, **send)

    assert (taken.status_code, taken.json()) == (200, {"problems": []})
    assert (again.status_code, again.json()) == (422, {"problems": ["Этот файл уже приложен: «1.pdf»."]})
    assert none.json() == {"problems": ["Выберите файл."]}


def test_a_reader_sees_the_files_and_cannot_add_any(client, draft, url, now, media):
    reader, kept = UserFactory(), AttachmentFactory(passport=draft)
    TeamMember.objects.create(application=draft.application, user=reader, role="reader", joined_at=now)
    client.force_login(reader)

    page = client.get(url("attachment_list", draft))

    assert kept.file_name in page.text
    assert b'type="file"' not in page.content
    assert client.post(url("attachment_list", draft), {"files": [upload("1.pdf", pdf())]}).status_code == 403
    assert client.post(of(kept, "attachment_remove")).status_code == 403
    assert client.post(of(kept, "attachment_edit")).status_code == 403
    assert status_of(client, of(kept)) == 200


@pytest.mark.parametrize("count", [1, 4])
def test_the_page_costs_the_same_for_one_and_many(clerk, draft, url, count, django_assert_num_queries):
    AttachmentFactory.create_batch(count, passport=draft)

    with django_assert_num_queries(10):
        assert clerk.get(url("attachment_list", draft)).status_code == 200


# --- Describing, offering, removing ----------------------------------------------------------------


def test_a_file_is_described_and_offered(clerk, draft, url, clauses):
    photo = AttachmentFactory(passport=draft, photo=True)
    name = f"file-{photo.pk}"

    clerk.post(
        of(photo, "attachment_edit"),
        {f"{name}-caption": "Встреча в парке", f"{name}-kind": "photo", f"{name}-for_publication": "on"},
    )

    photo.refresh_from_db()
    assert (photo.caption, photo.kind, photo.for_publication) == ("Встреча в парке", "photo", True)
    assert "Встреча в\u00a0парке" in clerk.get(draft.application.get_absolute_url()).text


def test_a_letter_cannot_be_made_a_photo(clerk, draft):
    letter = AttachmentFactory(passport=draft)

    page = clerk.post(of(letter, "attachment_edit"), {f"file-{letter.pk}-kind": "photo"})

    assert page.status_code == 422
    assert Attachment.objects.get().kind == "letter"


def test_an_editor_describes_but_does_not_offer(client, draft, now, clauses):
    editor, photo = UserFactory(), AttachmentFactory(passport=draft, photo=True)
    TeamMember.objects.create(application=draft.application, user=editor, role="editor", joined_at=now)
    client.force_login(editor)
    name = f"file-{photo.pk}"

    client.post(
        of(photo, "attachment_edit"),
        {f"{name}-caption": "Парк", f"{name}-kind": "photo", f"{name}-for_publication": "on"},
    )

    photo.refresh_from_db()
    assert (photo.caption, photo.for_publication) == ("Парк", False)


def test_after_filing_the_owner_still_takes_an_offer_back(clerk, whole, public):
    photo = AttachmentFactory(passport=whole, photo=True, caption="Парк", for_publication=True)

    clerk.post(of(photo, "attachment_edit"), {f"file-{photo.pk}-caption": "Иначе"})

    photo.refresh_from_db()
    assert (photo.caption, photo.for_publication) == ("Парк", False)


def test_a_file_is_removed_after_a_question(clerk, draft, url):
    kept = AttachmentFactory(passport=draft)

    assert "Удалить файл?" in clerk.get(of(kept, "attachment_remove")).text
    assert Attachment.objects.exists()
    page = clerk.post(of(kept, "attachment_remove"), follow=True)

    assert page.redirect_chain == [(url("attachment_list", draft), 302)]
    assert not Attachment.objects.exists()


# --- Giving out ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("made", "disposition"),
    [
        ({"photo": True}, "inline; filename*=utf-8''%D0%92%D1%81%D1%82%D1%80%D0%B5%D1%87%D0%B0.jpg"),
        ({"file_name": '../a"b\nc.exe'}, 'attachment; filename="abc.pdf"'),
        ({}, "attachment; filename*=utf-8''%D0%9F%D0%B8%D1%81%D1%8C%D0%BC%D0%BE.pdf"),
    ],
)
def test_a_file_comes_as_what_it_is_and_as_nothing_else(clerk, draft, made, disposition):
    kept = AttachmentFactory(passport=draft, **made)

    answer = clerk.get(of(kept))

    assert b"".join(answer) == b"%PDF-1.7 a letter"
    assert answer["Content-Type"] == kept.content_type
    assert answer["Content-Disposition"] == disposition
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))


def test_a_preview_comes_where_there_is_one(clerk, draft):
    with_preview, without = AttachmentFactory(passport=draft, previewed=True), AttachmentFactory(passport=draft)

    answer = clerk.get(of(with_preview, "attachment_preview"))

    assert (b"".join(answer), answer["Content-Type"]) == (b"\xff\xd8 small", "image/jpeg")
    assert {type(value) for value in answer.headers.values()} == {str}, "a server takes no members of enums"
    assert clerk.get(of(without, "attachment_preview")).status_code == 404


def test_a_file_is_found_beside_its_own_application_alone(clerk, draft, whole, url):
    kept = AttachmentFactory(passport=draft)

    assert clerk.get(url("attachment_file", whole, kept.token)).status_code == 404


def test_nginx_is_told_which_file_to_send(clerk, draft, settings):
    settings.FILES_ACCEL_PREFIX = "/files-of-ours/"
    kept = AttachmentFactory(passport=draft)

    answer = clerk.get(of(kept))

    assert (answer.content, answer["X-Accel-Redirect"]) == (b"", f"/files-of-ours/{kept.file.name}")
    assert answer["Content-Type"] == "application/pdf"


def test_a_file_lost_from_the_disk_is_not_found(clerk, draft, caplog):
    kept = AttachmentFactory(passport=draft)
    kept.file.storage.delete(kept.file.name)

    assert clerk.get(of(kept)).status_code == 404
    assert kept.file.name in caplog.text


# --- The bank --------------------------------------------------------------------------------------


def test_everybody_reads_what_is_offered_and_agreed_to(client, public, whole):
    photo = AttachmentFactory(
        passport=whole, photo=True, previewed=True, caption="Встреча в парке", for_publication=True
    )
    letter = AttachmentFactory(passport=whole, for_publication=True)

    page = client.get(public.get_absolute_url())

    assert 'alt="Встреча в парке"' in page.text
    for attachment in (photo, letter):
        answer = client.get(in_bank(public, attachment))
        assert b"".join(answer) == b"%PDF-1.7 a letter"
        assert in_bank(public, attachment) in page.text
    assert b"".join(client.get(in_bank(public, photo, "practice_file_preview"))) == b"\xff\xd8 small"


def test_a_file_of_the_bank_is_asked_for_each_time(client, public, whole, applicant, now):
    photo = AttachmentFactory(passport=whole, photo=True, for_publication=True)
    first = client.get(in_bank(public, photo))
    assert b"".join(first)
    known = {"headers": {"If-None-Match": first["ETag"]}}

    assert set(first["Cache-Control"].split(", ")) == {"private", "no-cache"}
    assert status_of(client, in_bank(public, photo), **known) == 304
    services.offer_attachment(photo, for_publication=False, by=applicant, at=now)
    assert status_of(client, in_bank(public, photo), **known) == 404


@pytest.mark.parametrize(
    ("categories", "readable"), [(["photos"], ["photo"]), (["documents"], ["letter"]), (["team"], []), ([], [])]
)
def test_each_category_opens_its_own_files(client, public, whole, applicant, now, categories, readable):
    files = [
        AttachmentFactory(passport=whole, photo=True, for_publication=True),
        AttachmentFactory(passport=whole, for_publication=True),
    ]

    services.choose_publication(whole.application, categories, by=applicant, at=now)

    assert [file.kind for file in files if status_of(client, in_bank(public, file)) == 200] == readable
    page = client.get(public.get_absolute_url()).text
    assert [file.kind for file in files if str(file.token) in page] == readable


def test_what_is_not_offered_or_not_in_the_bank_is_not_there(client, public, whole):
    kept = AttachmentFactory(passport=whole, photo=True)
    offered = AttachmentFactory(passport=whole, photo=True, for_publication=True)
    other = PracticeFactory()

    assert status_of(client, in_bank(public, kept)) == 404
    assert status_of(client, in_bank(other, offered)) == 404
    assert status_of(client, in_bank(public, offered)) == 200
    Practice.objects.filter(pk=public.pk).update(published_at=None)
    assert status_of(client, in_bank(public, offered)) == 404
