"""Looks through a PDF before anything parses it: whole, without a password or scripts, and no bomb.

Compressed streams are inflated with a bound, as a reader would inflate them; what is written in those that hold objects
is looked at like the file itself.
"""

import re
import zlib

from practices.documents.refused import Refused

MIB = 1024 * 1024
MAX_UNPACKED = 60 * MIB
MAX_STREAM = 25 * MIB  # a page-wide picture
MAX_OBJECTS = 50_000
TAIL = 2048
STREAM = re.compile(rb"stream\r?\n")
OBJECT_STREAM = re.compile(rb"/Type\s*/ObjStm")
HEAD = 600  # bytes before a stream in which its own dictionary stands
ENCRYPTED = re.compile(rb"/Encrypt\b")
ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm)\b")


def check_pdf(data: bytes) -> None:
    """Raise `Refused` for a file that is torn off, protected, acts by itself, or unpacks into too much."""
    if b"%%EOF" not in data[-TAIL:] or b"startxref" not in data[-TAIL:]:
        raise Refused("damaged")
    if ENCRYPTED.search(data):
        raise Refused("encrypted")
    if data.count(b" obj") > MAX_OBJECTS:
        raise Refused("bomb")
    _check_words(data)
    left = MAX_UNPACKED
    for found in STREAM.finditer(data):
        head = data[max(0, found.start() - HEAD) : found.start()]
        if b"/FlateDecode" not in head[head.rfind(b" obj") + 1 :]:
            continue
        content = _inflate(data, found.end(), min(left, MAX_STREAM))
        left -= len(content)
        if OBJECT_STREAM.search(head):
            _check_words(content)


def _check_words(text: bytes) -> None:
    if ACTIVE.search(text):
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
