"""A form whose sender is no longer signed in: carried through the sign-in, so that nothing typed is lost.

A view asks for it with `@carried_through_sign_in`; `portal.middleware.SignInMiddleware` finds the form, the pages are
in `accounts.views`. The fields travel signed, in a hidden field of the sign-in page: no stranger makes us store any.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.core import signing
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest

SALT = "accounts.carrying"
MAX_AGE = timedelta(hours=12)
WRITER = "writer"  # the field that says for whom a page was made: a person's `alias`


@dataclass(frozen=True)
class CarriedForm:
    """Where a form was going, and what was in it."""

    to: str
    fields: list[tuple[str, str]]

    @classmethod
    def of(cls, request: HttpRequest) -> "CarriedForm":
        """What came, but for the token: it dies with the sign-in, the next page brings a new one."""
        sent = [(name, value) for name, values in request.POST.lists() for value in values]
        return cls(request.get_full_path(), [pair for pair in sent if pair[0] != "csrfmiddlewaretoken"])

    @classmethod
    def unpacked(cls, packed: str) -> "CarriedForm":
        try:
            to, fields = signing.loads(packed, salt=SALT, max_age=MAX_AGE)
        except signing.BadSignature as error:
            raise SuspiciousOperation("This form was not packed here, or too long ago.") from error
        return cls(to, [tuple(pair) for pair in fields])

    @property
    def packed(self) -> str:
        return signing.dumps([self.to, self.fields], salt=SALT, compress=True)

    @property
    def writer(self) -> str:
        return dict(self.fields).get(WRITER, "")


def carried_through_sign_in(view):
    """Mark a view whose form may be sent again after signing in: sending it twice must do no harm."""
    view.is_carried_through_sign_in = True
    return view


def is_carried(view) -> bool:
    return getattr(view, "is_carried_through_sign_in", False)


def is_by_script(request: HttpRequest) -> bool:
    """A script can read a status; a page of sign-in in place of its answer would only mislead it."""
    return "HX-Request" in request.headers or request.headers.get("X-Requested-With") == "XMLHttpRequest"


def is_written_by_another(request: HttpRequest) -> bool:
    """Whether the page was made for somebody else than who is signed in now: both used this browser."""
    writer = request.POST.get(WRITER, "")
    return bool(writer) and writer != request.user.alias
