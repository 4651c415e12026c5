"""Files beside a passport: what is kept, how much of it, by whom, and what stays of it on the disk."""

import hashlib

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.verdicts import Refused
from competition.enums import Status
from competition.models import Application, TeamMember
from practices import services
from practices.documents.attached import RefusedAttachment
from practices.enums import AttachmentKind
from practices.models import Attachment
from practices.services import AttachmentExists, NoRoom, attachments
from tests.concurrency import Meeting, at_once
from tests.factories import UserFactory
from tests.practices.attached_files import opened, pdf, picture, word

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """A folder of the test's own, so that what lies there is what the test left."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def looked_into(monkeypatch):
    """The child's answer without the child: bytes are taken for a PDF."""
    monkeypatch.setattr(
        attachments.attached, "look_into", lambda data: attachments.attached.Accepted("application/pdf", data, b"")
    )


@pytest.fixture
def attach(applicant, now):
    def attach(passport, data=b"%PDF-", file_name="Письмо.pdf", **more):
        return services.attach_file(
            passport, **{"data": data, "file_name": file_name, "kind": None, "by": applicant, "at": now, **more}
        )

    return attach


def files(media):
    return sorted(str(path.relative_to(media)) for path in media.rglob("*") if path.is_file())


def test_a_photo_is_kept_privately_with_its_preview(draft, attach, applicant, now, media):
    photo = attach(draft, picture(), "Встреча, апрель.JPG")

    photo.refresh_from_db()
    assert (photo.file_name, photo.kind, photo.content_type) == ("Встреча, апрель.JPG", "photo", "image/jpeg")
    assert (photo.uploaded_by, photo.uploaded_at, photo.for_publication) == (applicant, now, False)
    assert photo.sha256 == hashlib.sha256((media / photo.file.name).read_bytes()).hexdigest()
    assert photo.size == photo.file.size
    assert opened((media / photo.preview.name).read_bytes()).format == "JPEG"
    folder = f"attachments/{draft.application.key}/{photo.token}"
    assert files(media) == [f"{folder}-preview.jpg", f"{folder}.jpg"]


@pytest.mark.parametrize(
    ("data", "kind", "kept"),
    [
        (picture(), None, "photo"),
        (picture(), "letter", "letter"),
        (pdf(), None, "document"),
        (pdf(), AttachmentKind.LETTER, "letter"),
        (pdf(), "photo", "document"),
    ],
)
def test_a_file_is_of_the_kind_that_was_said_if_it_can_be(draft, attach, data, kind, kept):
    assert attach(draft, data, kind=kind).kind == kept


def test_what_a_person_calls_a_file_never_reaches_the_disk(draft, attach, looked_into, media):
    kept = attach(draft, file_name="C:\\тайна\\../../письмо\x00\u202e.exe.pdf")

    assert kept.file_name == "письмо.exe.pdf"
    assert files(media) == [f"attachments/{draft.application.key}/{kept.token}.pdf"]


def test_the_same_file_is_not_kept_twice(draft, attach, looked_into, media):
    first = attach(draft)

    with pytest.raises(AttachmentExists) as exists:
        attach(draft, file_name="Письмо (копия).pdf")

    assert exists.value.attachment == first
    assert len(files(media)) == 1


def test_another_application_may_have_the_same_file(draft, whole, attach, looked_into):
    attach(draft)

    assert attach(whole)


def test_a_file_that_is_not_taken_leaves_nothing(draft, attach, media):
    with pytest.raises(RefusedAttachment, match="other_type"):
        attach(draft, b"MZ")

    assert (Attachment.objects.count(), files(media)) == (0, [])


def test_a_file_has_an_upper_size(draft, attach, looked_into, monkeypatch):
    monkeypatch.setattr(attachments, "MAX_FILE_BYTES", 5)

    with pytest.raises(RefusedAttachment, match="too_large"):
        attach(draft, b"123456")

    assert attach(draft, b"12345").size == 5


def test_an_application_holds_so_many_bytes_and_no_more(draft, attach, looked_into, monkeypatch, media):
    monkeypatch.setattr(attachments, "MAX_APPLICATION_BYTES", 10)
    attach(draft, b"123456")

    with pytest.raises(NoRoom) as full:
        attach(draft, b"12345")

    assert (full.value.size, full.value.count, len(files(media))) == (6, 1, 1)
    assert attach(draft, b"1234").size == 4


def test_an_application_holds_so_many_files_and_no_more(draft, attach, looked_into, monkeypatch):
    monkeypatch.setattr(attachments, "MAX_FILES", 2)
    attach(draft, b"1")
    attach(draft, b"2")

    with pytest.raises(NoRoom):
        attach(draft, b"3")


def test_only_who_may_edit_attaches(draft, attach, looked_into, media):
    with pytest.raises(Refused):
        attach(draft, by=UserFactory())

    assert (Attachment.objects.count(), files(media)) == (0, [])


def test_a_submitted_application_takes_no_files_and_gives_none_away(draft, attach, looked_into, applicant, now):
    kept = attach(draft)
    Application.objects.filter(pk=draft.application.pk).update(status=Status.SUBMITTED, submitted_at=now, number="1")

    with pytest.raises(Refused):
        attach(draft, b"another")
    with pytest.raises(Refused):
        services.remove_attachment(kept, by=applicant, at=now)

    assert Attachment.objects.get() == kept


def test_removing_takes_the_files_along_once_it_is_certain(
    draft, attach, applicant, now, media, django_capture_on_commit_callbacks
):
    kept = attach(draft, picture())

    with django_capture_on_commit_callbacks() as callbacks:
        services.remove_attachment(kept, by=applicant, at=now)
        assert len(files(media)) == 2
    for callback in callbacks:
        callback()

    assert (Attachment.objects.count(), files(media)) == (0, [])


def test_a_photo_is_described(draft, attach, applicant, now):
    kept = attach(draft, picture())

    services.describe_attachment(kept, caption="Встреча с жителями", kind="letter", by=applicant, at=now)

    kept.refresh_from_db()
    assert (kept.caption, kept.kind, kept.for_publication) == ("Встреча с жителями", "letter", False)


def test_the_owner_offers_a_file_at_any_time_and_nobody_else_does(draft, attach, looked_into, applicant, now):
    kept, editor = attach(draft), UserFactory()
    TeamMember.objects.create(application=draft.application, user=editor, role="editor", joined_at=now)
    Application.objects.filter(pk=draft.application.pk).update(status=Status.ADMITTED, submitted_at=now, number="1")

    with pytest.raises(Refused):
        services.offer_attachment(kept, for_publication=True, by=editor, at=now)
    services.offer_attachment(kept, for_publication=True, by=applicant, at=now)

    kept.refresh_from_db()
    assert kept.for_publication


def test_an_editor_attaches_and_describes(draft, attach, looked_into, now):
    editor = UserFactory()
    TeamMember.objects.create(application=draft.application, user=editor, role="editor", joined_at=now)

    kept = attach(draft, by=editor)
    services.describe_attachment(kept, caption="Письмо главы", kind="letter", by=editor, at=now)

    assert Attachment.objects.get().caption == "Письмо главы"


def test_a_document_is_no_photo(draft, attach, looked_into, applicant, now):
    kept = attach(draft)

    with pytest.raises(ValidationError):
        services.describe_attachment(kept, caption="", kind="photo", by=applicant, at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attachment.objects.update(kind="photo")


# --- Previews -------------------------------------------------------------------------------------


def test_a_document_gets_its_preview_afterwards(draft, attach, media):
    kept = attach(draft, pdf())
    assert not kept.preview

    services.draw_preview(Attachment.objects.get())

    kept.refresh_from_db()
    assert opened((media / kept.preview.name).read_bytes()).height == 480
    services.draw_preview(kept)
    assert len(files(media)) == 2


def test_a_word_file_is_laid_out_for_its_preview(draft, attach, media):
    kept = attach(draft, word())

    services.draw_preview(kept)

    kept.refresh_from_db()
    assert opened((media / kept.preview.name).read_bytes()).height == 480


def test_a_preview_drawn_too_late_leaves_nothing(draft, attach, looked_into, media, monkeypatch, applicant, now):
    kept = attach(draft)

    def drawn(*_what):
        services.remove_attachment(Attachment.objects.get(), by=applicant, at=now)
        return picture()

    monkeypatch.setattr(attachments.attached, "draw_first_page", drawn)
    services.draw_preview(kept)

    assert [name for name in files(media) if "preview" in name] == []


@pytest.mark.parametrize("answer", [None, RefusedAttachment("damaged")])
def test_a_document_that_cannot_be_drawn_keeps_its_icon(draft, attach, looked_into, monkeypatch, answer):
    def drawn(*_what):
        if answer:
            raise answer

    kept = attach(draft)
    monkeypatch.setattr(attachments.attached, "draw_first_page", drawn)

    services.draw_preview(kept)

    kept.refresh_from_db()
    assert not kept.preview


# --- Two at once ------------------------------------------------------------------------------------


@pytest.mark.every_database
@pytest.mark.django_db(transaction=True)
def test_files_that_arrive_together_do_not_exceed_the_room(draft, attach, looked_into, monkeypatch, media):
    monkeypatch.setattr(attachments, "MAX_APPLICATION_BYTES", 10)

    answers = at_once(*[lambda data=data: attach(draft, data * 4) for data in (b"1", b"2", b"3", b"4", b"5")])

    assert sum(isinstance(answer, NoRoom) for answer in answers) == 3
    assert sum(Attachment.objects.values_list("size", flat=True)) == 8
    assert len(files(media)) == 2


@pytest.mark.postgresql  # SQLite lets one transaction write at a time, lock or none
@pytest.mark.every_database
@pytest.mark.django_db(transaction=True)
def test_control_without_the_lock_they_exceed_it(draft, attach, looked_into, monkeypatch):
    meeting, look_for_room = Meeting(), attachments._require_room
    monkeypatch.setattr(attachments, "MAX_APPLICATION_BYTES", 5)
    monkeypatch.setattr(attachments, "lock_application", lambda given: Application.objects.get(pk=given.pk))
    monkeypatch.setattr(attachments, "_require_room", lambda file: (look_for_room(file), meeting()))

    at_once(lambda: attach(draft, b"1111"), lambda: attach(draft, b"2222"))

    assert meeting.took_place
    assert sum(Attachment.objects.values_list("size", flat=True)) == 8


@pytest.mark.every_database
@pytest.mark.django_db(transaction=True)
def test_a_file_sent_five_times_at_once_is_kept_once(draft, attach, looked_into, media):
    answers = at_once(*[lambda: attach(draft)] * 5)

    assert sum(isinstance(answer, AttachmentExists) for answer in answers) == 4
    assert (Attachment.objects.count(), len(files(media))) == (1, 1)
