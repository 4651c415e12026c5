"""A permission is a verdict: a yes, or a no with its reason.

One function decides; the page uses it for the button, the view for the act, and the refused person reads why.
"""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied


@dataclass(frozen=True)
class Verdict:
    """True or false in a condition; when false, `reason` is a sentence for the person who asked."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


YES = Verdict(True)


def no(reason) -> Verdict:
    """Refuse with a reason that a person can act on."""
    return Verdict(False, str(reason))


class Refused(PermissionDenied):
    """The act is not allowed to this person now; the 403 page shows the reason."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


def require(verdict: Verdict) -> None:
    """Raise `Refused` with the verdict's reason unless it is a yes."""
    if not verdict:
        raise Refused(verdict.reason)
