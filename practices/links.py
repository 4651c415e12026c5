"""Web addresses as people write them: what is one, where it leads, how it is shown. Pure.

Only http and https ever become links. In a column of addresses one without its `https://` is taken for one too; in
other texts only a line that is nothing but a whole address.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import unquote, urlsplit

LONGEST_SHOWN = 60

# Hosts that are known not to open, as `host_of` writes them, each with the words for why.
NO_DEAD: Mapping[str, str] = MappingProxyType({})

# What stands at the end of an address written by hand is known to be one; «г.Заречный» and «отчёт.docx» are none.
_CYRILLIC_ENDS = "рф|рус|москва|дети|онлайн|сайт|орг|ком|бел|қаз|срб"
_FILES = "docx?|xlsx?|pptx?|pdf|odt|rtf|jpe?g|png|gif|zip|rar|txt|csv|mp[34]|avi|html?"
_WHOLE = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_BARE = (
    rf"(?<![\w@./:+-])(?:[\w-]+\.)+(?!(?:{_FILES})\b)(?:xn--[a-z0-9]+|[a-z]{{2,24}}|{_CYRILLIC_ENDS})(?![\w@-])(?!\.\w)"
    r"(?::\d{1,5})?(?:[/?][^\s<>\"«»]*)?"
)
_ADDRESS = re.compile(rf"https?://[^\s<>\"«»]+|{_BARE}", re.IGNORECASE)
_AFTER = re.compile(r"[.,;:!?…]+$")
_LOOKS_LIKE_ONE = re.compile(r"http|www\b|:/|\\\\", re.IGNORECASE)
_TRACKING = re.compile(r"^(utm_\w+|ref|igshid|from|si)=", re.IGNORECASE)


@dataclass(frozen=True)
class Link:
    """An address: as it was written, where it leads, and as the public page shows it."""

    written: str
    href: str
    shown: str


@dataclass(frozen=True)
class DeadLink:
    """An address on a host that is known not to open: shown, but not led to. `why` may be empty."""

    written: str
    shown: str
    why: str
    is_dead: bool = True


@dataclass(frozen=True)
class Words:
    """What stands between the addresses of a line."""

    written: str


def whole_link(text: str) -> Link | None:
    """The link, when a text is nothing but a whole web address."""
    return _link(text) if _WHOLE.fullmatch(text) else None


def unless_dead(link: Link, dead: Mapping[str, str]) -> Link | DeadLink:
    """The link itself, or what stands in its place where its host, or a domain above it, is known not to open."""
    labels = host_of(link.href).split(".")
    names = (".".join(labels[start:]) for start in range(len(labels)))
    known = next((name for name in names if name in dead), None)
    return link if known is None else DeadLink(link.written, link.shown, dead[known])


def host_of(address: str) -> str:
    """The host of an address, or a bare host, as hosts are compared; empty where there is none.

    In lower case, without `www.`; a Cyrillic one in the letters that travel (`xn--…`).
    """
    try:
        host = urlsplit(address if "://" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""
    return ".".join(_travelling(label) for label in host.rstrip(".").split(".")).removeprefix("www.")


def _travelling(label: str) -> str:
    try:
        return label if label.isascii() else label.encode("idna").decode()
    except UnicodeError:
        return label


def read_line(line: str, dead: Mapping[str, str] = NO_DEAD) -> list[Link | DeadLink | Words]:
    """A line of a column of addresses, cut into addresses and the words between them. Nothing of it is lost."""
    pieces, start = [], 0
    for found in _ADDRESS.finditer(line):
        written = _without_what_follows(found[0])
        link = _link(written)
        if link is None:
            continue
        pieces.append(Words(line[start : found.start()]))
        pieces.append(unless_dead(link, dead))
        start = found.start() + len(written)
    pieces.append(Words(line[start:]))
    return [piece for piece in pieces if piece.written]


@dataclass(frozen=True)
class Addresses:
    """The links of a cell, and the lines of it that look like an address but are none."""

    links: list[Link]
    broken: list[str]


def read_cell(text: str) -> Addresses:
    """What a column of addresses will show of a cell; a cell without any link is broken as a whole."""
    links, broken = [], []
    for line in filter(None, (line.strip() for line in text.split("\n"))):
        found = [piece for piece in read_line(line) if isinstance(piece, Link)]
        links.extend(found)
        if not found and _LOOKS_LIKE_ONE.search(line):
            broken.append(line)
    if not links and not broken:
        broken = [line.strip() for line in text.split("\n") if line.strip(" \t–—-")]
    return Addresses(links, broken)


def _link(written: str) -> Link | None:
    """The link of an address that has the shape of one: a host with a dot in it."""
    href = written if _WHOLE.match(written) else f"https://{written}"
    href = re.sub("^https?", lambda scheme: scheme[0].lower(), href, flags=re.IGNORECASE)
    try:
        parts = urlsplit(href)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    if not re.fullmatch(r"[\w-]+(\.[\w-]+)+\.?", host):
        return None
    shown = _host(host) + (f":{port}" if port else "") + _path(parts)
    return Link(written, href, shown if len(shown) <= LONGEST_SHOWN else f"{shown[: LONGEST_SHOWN - 1]}…")


def _host(host: str) -> str:
    return ".".join(_label(label) for label in host.removeprefix("www.").rstrip(".").split("."))


def _label(label: str) -> str:
    """A label of a Cyrillic domain in its own letters. One of mixed alphabets stays in code: it may pose as another."""
    if not label.startswith("xn--"):
        return label
    try:
        plain = label.encode("ascii").decode("idna")
    except UnicodeError:
        return label
    return plain if re.fullmatch("[а-яё0-9-]+", plain) else label


def _path(parts) -> str:
    path = unquote(parts.path).rstrip("/")
    query = "&".join(pair for pair in parts.query.split("&") if pair and not _TRACKING.match(pair))
    shown = path + (f"?{unquote(query)}" if query else "")
    return shown if shown.isprintable() and "\ufffd" not in shown else parts.path


def _without_what_follows(written: str) -> str:
    """The address without the full stop of its sentence and the bracket that was opened before it."""
    written = _AFTER.sub("", written)
    while written.endswith(")") and written.count(")") > written.count("("):
        written = _AFTER.sub("", written[:-1])
    return written
