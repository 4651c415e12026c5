"""The version for low vision: size of the type and colour scheme, remembered in a cookie.

The server writes both into the page, so that it never flashes in the wrong colours.
"""

from dataclasses import dataclass

COOKIE = "appearance"
COOKIE_AGE = 365 * 24 * 60 * 60
SIZES = ("125", "150", "200")
SCHEMES = ("bw", "wb", "blue")


@dataclass(frozen=True)
class Appearance:
    """How a page is drawn for a person with low vision: type in per cent, colours by the name of their scheme."""

    size: str = SIZES[1]
    scheme: str = SCHEMES[0]

    def __str__(self):
        return f"{self.size}-{self.scheme}"


def from_cookie(value: str | None) -> Appearance | None:
    """What the cookie says; None, the usual look, for no cookie and for one that is not ours."""
    size, _dash, scheme = (value or "").partition("-")
    return Appearance(size, scheme) if size in SIZES and scheme in SCHEMES else None


def changed(current: Appearance | None, *, size: str | None, scheme: str | None) -> Appearance:
    """The look after one button: what was not pressed stays, what is not ours is passed over."""
    current = current or Appearance()
    return Appearance(size if size in SIZES else current.size, scheme if scheme in SCHEMES else current.scheme)
