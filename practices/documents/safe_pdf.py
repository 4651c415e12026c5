"""Looks through a PDF before anything parses it: whole, without a password or scripts, and no bomb.

Compressed streams are inflated with a bound, as a reader would inflate them; what is written in those that hold objects
is looked at like the file itself.
"""

import re
import zlib

from practices.documents.pdf_names import ENCRYPTED, acts_by_itself, outside_streams
from practices.documents.refused import Refused

MIB = 1024 * 1024
MAX_UNPACKED = 60 * MIB
MAX_STREAM = 25 * MIB  # a page-wide picture
MAX_DRAWN = 2 * MIB  # what draws the pages; the shared passports have 0.2 MiB
MAX_DRAWN_AT_ONCE = 128 * 1024  # a page of theirs has 15 KiB
MAX_OBJECTS = 20_000
TAIL = 2048
STREAM = re.compile(rb"stream\r?\n")
# Pictures, fonts, tables of letters and objects say what they are; what draws a page does not.
LABELLED = re.compile(rb"/(?:Type|Subtype|Length1|Width|Alternate)\b")
FORM = re.compile(rb"/Subtype\s*/Form\b")
UNUSUAL = re.compile(
    rb"/(?:LZWDecode|RunLengthDecode|JBIG2Decode)\b|/FlateDecode[\s/]+FlateDecode"
)  # small and then vast
OBJECT_STREAM = re.compile(rb"/Type\s*/ObjStm")
HEAD = 600  # bytes before a stream in which its own dictionary stands


def check_pdf(data: bytes) -> None:
    """Raise `Refused` for a file that is torn off, protected, acts by itself, or unpacks into too much."""
    if b"%%EOF" not in data[-TAIL:] or b"startxref" not in data[-TAIL:]:
        raise Refused("damaged")
    objects = outside_streams(data)
    if ENCRYPTED.search(objects):
        raise Refused("encrypted")
    if objects.count(b" obj") > MAX_OBJECTS:
        raise Refused("bomb")
    _check_words(objects)
    left, drawn = MAX_UNPACKED, 0
    for found in STREAM.finditer(data):
        before = data[max(0, found.start() - HEAD) : found.start()]
        if before.endswith(b"end"):
            continue
        head = before[before.rfind(b" obj") + 1 :]
        if UNUSUAL.search(head):
            raise Refused("unusual_zip")
        content = _content(data, found.end(), head, min(left, MAX_STREAM))
        left -= len(content)
        if FORM.search(head) or not LABELLED.search(head):
            drawn += len(content)
            if drawn > MAX_DRAWN or len(content) > MAX_DRAWN_AT_ONCE:
                raise Refused("too_much")
        if OBJECT_STREAM.search(head):
            _check_words(content)


def _content(data: bytes, start: int, head: bytes, limit: int) -> bytes:
    if b"/FlateDecode" in head:
        return _inflate(data, start, limit)
    end = data.find(b"endstream", start)
    return data[start:end]


def _check_words(text: bytes) -> None:
    if acts_by_itself(text):
        raise Refused("macros")


def _inflate(data: bytes, start: int, limit: int) -> bytes:
    inflater = zlib.decompressobj()
    try:
        content = inflater.decompress(memoryview(data)[start:], limit + 1)
    except zlib.error:
        return b""  # the reader will say what it makes of it
    if len(content) > limit:
        raise Refused("bomb")
    return content
