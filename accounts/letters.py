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
    if _silenced.get():
        return
    with translation.override(settings.LANGUAGE_CODE):
        text = render_to_string(f"letters/{template}.txt", {**context, "public_url": settings.PUBLIC_URL}).strip()
    subject, _newline, body = text.partition("\n")

    def deliver():
        sender, answers = settings.DEFAULT_FROM_EMAIL, [reply_to] if reply_to else None
        EmailMessage(subject.strip(), body.strip() + "\n", sender, [to], reply_to=answers).send()

    transaction.on_commit(deliver, robust=True)
