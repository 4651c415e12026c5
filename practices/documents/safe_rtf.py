"""Looks through an .rtf before LibreOffice is given it: whole, of a size a person writes, with nothing built in."""

import re

from practices.documents.refused import Refused

MAX_WORDS = 600_000  # backslashes; the shared passport has 60,000
MAX_PARAGRAPHS = 40_000  # and what begins as the word for one does
MAX_GROUPS = 400_000
MAX_DEPTH = 200
MAX_HEX_LINE = 8 * 1024 * 1024  # a photograph of 4 MiB
BRACES = re.compile(rb"\\[{}\\]|[{}]")
OBJECTS = re.compile(rb"\\(?:objdata|objemb|objlink|objautlink|objocx|object)\b")
OUTSIDE = re.compile(rb"\b(?:DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK)\b[^{}\\]", re.IGNORECASE)
INSTRUCTION = re.compile(rb"\\fldinst\b(.{0,400})", re.DOTALL)
RAW = re.compile(rb"\\bin[1-9]")
HEX = re.compile(rb"[0-9A-Fa-f\r\n]{1048576,}")


def check_rtf(data: bytes) -> None:
    """Raise `Refused` for a file that is torn off, holds objects, asks for other files, or is too much work."""
    if data.count(b"\\") > MAX_WORDS or data.count(b"{") > MAX_GROUPS:
        raise Refused("bomb")
    if data.count(b"\\par") > MAX_PARAGRAPHS:
        raise Refused("too_much")
    if OBJECTS.search(data):
        raise Refused("embedded")
    if RAW.search(data):
        raise Refused("embedded")
    if any(OUTSIDE.search(found[1]) for found in INSTRUCTION.finditer(data)):
        raise Refused("outside")
    if any(len(found[0]) > MAX_HEX_LINE for found in HEX.finditer(data)):
        raise Refused("bomb")
    _check_groups(data)


def _check_groups(data: bytes) -> None:
    depth = 0
    for found in BRACES.finditer(data):
        match found[0]:
            case b"{":
                depth += 1
                if depth > MAX_DEPTH:
                    raise Refused("bomb")
            case b"}":
                depth -= 1
                if depth == 0:
                    return  # what follows the last brace is not read
    raise Refused("damaged")
