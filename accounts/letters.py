"""Letters leave the portal here, and only after the deed they tell of is committed."""

from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

_silenced = ContextVar("letters_are_silenced", default=False)


@contextmanager
def without_letters():
    """Deeds done inside tell nobody: for what is set up in people's name, such as the demonstration."""
    token = _silenced.set(True)
    try:
        yield
    finally:
        _silenced.reset(token)


def send_letter(template: str, *, to: str, context: dict, reply_to: str = "") -> None:
    """Send `templates/letters/<template>.txt` to one address once the running transaction commits.

    `reply_to`: where an answer goes instead of to the portal; an address that a form has checked.

    The first line of the rendered template is the subject, the rest the body. A decision that is rolled back
    sends nothing; a mail server that fails is logged by Django and does not undo the decision (`robust`).
    Letters are Russian whatever language the one who causes them reads the portal in.
    """
    if not _silenced.get():
        letter = _letter(template, to=to, context=context, reply_to=[reply_to] if reply_to else None)
        transaction.on_commit(letter.send, robust=True)


def deliver_letter(template: str, *, to: str, context: dict, headers: dict[str, str]) -> None:
    """Send the same kind of letter at once, with headers of its own, and raise what the mail server raises.

    For whoever must know that it went before writing down that it did; never inside a transaction that may roll back.
    """
    if not _silenced.get():
        _letter(template, to=to, context=context, headers=headers).send()


def _letter(template: str, *, to: str, context: dict, **more) -> EmailMessage:
    with translation.override(settings.LANGUAGE_CODE):
        text = render_to_string(f"letters/{template}.txt", {**context, "public_url": settings.PUBLIC_URL}).strip()
    subject, _newline, body = text.partition("\n")
    return EmailMessage(subject.strip(), body.strip() + "\n", settings.DEFAULT_FROM_EMAIL, [to], **more)
