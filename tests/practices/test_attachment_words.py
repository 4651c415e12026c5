"""The words of attached files: read in the child, found only while the file itself is public."""

import pytest
from django.utils import timezone
from weasyprint import HTML

from competition.enums import Category
from competition.models import ConsentClause
from practices import search, services, tasks
from practices.documents import attached
from practices.documents.attached_text import MOST_LETTERS
from practices.models import Attachment, Practice, SearchText
from tests.factories import ApplicationFactory, AttachmentFactory, ConsentFactory, PassportFactory, PracticeFactory
from tests.practices.attached_files import pdf, word

pytestmark = pytest.mark.django_db

WORDS = "Экскаватор для сквера"


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def found(query):
    return [practice.slug for practice in search.matching(Practice.objects.published(), query)]


def printed(text):
    return HTML(string=f"<p>{text}</p>").write_pdf()


@pytest.mark.parametrize(("data", "text"), [(word(WORDS), WORDS), (printed(WORDS), WORDS), (pdf(), ""), (word(""), "")])
def test_child_reads_the_words_of_pdf_and_word_files(data, text):
    assert attached.read_text(data).split() == text.split()


def test_child_reads_no_more_than_a_search_holds():
    assert len(attached.read_text(word("слово " * 40_000))) <= MOST_LETTERS


def test_file_that_cannot_be_read_has_no_words():
    kept = AttachmentFactory(content=b"%PDF-1.7 broken")

    services.read_text(kept)

    kept.refresh_from_db()
    assert kept.text == ""


@pytest.fixture
def public():
    """A public practice with a document that is offered, the consent in force and the words read."""
    application = ApplicationFactory(admitted=True)
    ConsentFactory(application=application)
    passport = PassportFactory(application=application)
    attachment = AttachmentFactory(passport=passport, content=word(WORDS), content_type=attached.DOCX)
    Attachment.objects.update(for_publication=True)
    PracticeFactory(slug="square", title="Парк", summary="", passport=passport)
    services.read_text(attachment)
    attachment.refresh_from_db()
    return attachment


def test_words_of_a_public_file_are_found_once_they_are_read(public):
    assert found("экскаваторы") == ["square"]
    assert found('"экскаватор для сквера"') == ["square"]


def test_words_are_gone_when_the_offer_is_taken_back(public):
    services.offer_attachment(public, for_publication=False, by=public.passport.application.owner, at=timezone.now())

    assert found("экскаватор") == []
    assert "кскаватор" not in SearchText.objects.get().text
    assert "экскаватор" not in search.vocabulary()


def test_words_are_gone_with_the_consent_and_back_with_it(public):
    application = public.passport.application
    for category in (Category.PHOTOS, Category.DOCUMENTS):
        ConsentClause.objects.create(contest=application.contest, category=category, text="Разрешаю.")

    services.choose_publication(application, [Category.PHOTOS], by=application.owner, at=timezone.now())
    assert found("экскаватор") == []

    services.choose_publication(application, list(Category), by=application.owner, at=timezone.now())
    assert found("экскаватор") == ["square"]


def test_words_of_a_file_that_is_not_offered_are_read_but_not_found(public):
    Attachment.objects.update(for_publication=False, text="")
    public.refresh_from_db()

    services.read_text(public)

    public.refresh_from_db()
    assert (public.text, found("экскаватор")) == (WORDS, [])


def test_task_draws_and_reads(public):
    Attachment.objects.update(text="")

    tasks.draw_preview.func(public.pk)

    public.refresh_from_db()
    assert (public.text, bool(public.preview)) == (WORDS, True)
