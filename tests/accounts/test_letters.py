import pytest
from allauth.account.adapter import get_adapter
from allauth.core.context import request_context
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.test import RequestFactory
from django.utils import translation

from accounts.letters import send_letter, without_letters
from accounts.models import User

pytestmark = pytest.mark.django_db(transaction=True)


def one_of_ours():
    send_letter("portal_letter", to="anna@example.org", context={"name": "Анна"})


def one_of_allauths():
    with request_context(RequestFactory().get("/")):
        get_adapter().send_mail("account/email/unknown_account", "anna@example.org", {"signup_url": "http://portal/"})


@pytest.fixture(params=[one_of_ours, one_of_allauths])
def send(request, settings, tmp_path):
    """A deed that sends one letter, by either of the two ways out of the portal."""
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "portal_letter.txt").write_text(
        "Заявка: {% translate 'Draft' %}\nЗдравствуйте, {{ name }}.\n{{ public_url }}", encoding="utf-8"
    )
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [*settings.TEMPLATES[0]["DIRS"], tmp_path]}]
    return request.param


def test_letter_leaves_after_the_commit(send, mailoutbox):
    with transaction.atomic():
        send()
        assert mailoutbox == []

    assert len(mailoutbox) == 1


def test_what_is_rolled_back_sends_nothing(send, mailoutbox):
    class ChangedMind(Exception):
        pass

    def deed(*, then):
        with transaction.atomic():
            send()
            if then:
                raise then

    with pytest.raises(ChangedMind):
        deed(then=ChangedMind())
    assert mailoutbox == []

    deed(then=None)  # the control: the same deed, committed
    assert len(mailoutbox) == 1


def test_mail_server_that_fails_does_not_undo_the_deed(send, monkeypatch, caplog):
    def refuse(self, messages):
        raise ConnectionRefusedError("no mail server here")

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)

    with transaction.atomic():
        User.objects.create_user("anna@example.org")
        send()

    assert User.objects.count() == 1
    assert "no mail server here" in caplog.text


@pytest.mark.parametrize("send", [one_of_ours], indirect=True)
def test_first_line_is_the_subject_and_the_letter_is_russian(send, mailoutbox):
    with translation.override("en"):  # the organiser reads the portal in English; the applicant gets the letter
        send()

    (letter,) = mailoutbox
    assert letter.subject == "Заявка: Черновик"
    assert letter.body == "Здравствуйте, Анна.\nhttp://127.0.0.1:8000\n"


@pytest.mark.parametrize("send", [one_of_ours], indirect=True)
def test_what_is_set_up_in_peoples_name_tells_nobody(send, mailoutbox):
    with without_letters():
        send()
    assert mailoutbox == []

    send()  # the silence ends with the block
    assert len(mailoutbox) == 1
