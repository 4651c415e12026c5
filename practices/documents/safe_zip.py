"""Opens a stranger's Office file (.docx, .odt) as a ZIP, after making sure that it is one and no trap.

Nothing here believes what the archive says about itself: sizes are counted while inflating, entries must lie apart,
each name stands once. What is no danger to us but to whoever opens the file later (macros, ActiveX) is refused as well.
XML leaves this module only without a DTD, so that no parser behind it ever meets an entity.
"""

import re
import struct
import zipfile
import zlib
from io import BytesIO

from practices.documents.refused import Refused

MIB = 1024 * 1024
MAX_FILE = 20 * MIB  # as the upload form says: `settings.MAX_WORD_FILE_BYTES`
MAX_UNPACKED = 50 * MIB
MAX_PART = 20 * MIB  # a photograph
MAX_XML_PART = 5 * MIB  # the shared passports have 0.15 MiB of text and 0.4 MiB of styles
MAX_ENTRIES = 500
MAX_RATIO = 100  # Word's own styles reach 36
RATIO_FROM = MIB  # below, a high ratio is no harm
MAX_ELEMENTS = 200_000
CHUNK = 64 * 1024

ARCHIVE_MAGICS = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"\xfd7zXZ", b"BZh")
EMBEDDED_DOCUMENT = re.compile(r"^word/embeddings/[^/]+\.(xlsx|docx|pptx)$")  # the sheet behind a chart; never opened
MACRO_PART = re.compile(r"(^|/)vba(project|data)[^/]*$|^word/activex/", re.IGNORECASE)
XML_NAME = re.compile(r"\.(xml|rels|vml)$", re.IGNORECASE)
XML_START = re.compile(rb"^[\xef\xbb\xbf\xff\xfe\0 \t\r\n]{0,64}<")
DTD = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
DECLARED_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']+)["']""")
ENCODINGS = {b"utf-8", b"us-ascii", b"windows-1251", b"iso-8859-1"}  # where «<!DOCTYPE» is written as in ASCII


class RefusedZip(Refused):
    """The archive is not taken."""


class SafeZip:
    """The parts of a checked archive, by name. Everything is checked when it is made."""

    def __init__(self, data: bytes):
        _look_from_outside(data)
        self._data = data
        try:
            with zipfile.ZipFile(BytesIO(data)) as archive:
                _check_directory(archive.infolist(), len(data))
                self.names = {entry.filename for entry in archive.infolist() if not entry.is_dir()}
                self._xml = _inflate(archive)
        except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, RuntimeError) as error:
            raise RefusedZip("damaged") from error

    def xml(self, name: str) -> bytes:
        """The part as UTF-8 without a declaration; a missing one means a damaged file."""
        try:
            return DECLARATION.sub("", _decode(self._xml[name]), count=1).encode()
        except KeyError:
            raise RefusedZip("damaged") from None

    def part(self, name: str) -> bytes:
        """Any part as it is: checked when the archive was opened, so it is no larger than it may be."""
        with zipfile.ZipFile(BytesIO(self._data)) as archive:
            return archive.read(name)


def _look_from_outside(data: bytes) -> None:
    if len(data) > MAX_FILE:
        raise RefusedZip("too_large")
    if not data.startswith(b"PK\x03\x04"):
        raise RefusedZip("not_word")
    end = data.rfind(b"PK\x05\x06")
    if end < 0 or len(data) < end + 22:
        raise RefusedZip("damaged")
    if b"PK\x06\x07" in data[max(0, end - 20) : end]:  # ZIP64: sizes beyond 4 GiB have no place in 20 MiB
        raise RefusedZip("bomb")
    if struct.unpack_from("<H", data, end + 10)[0] > MAX_ENTRIES:
        raise RefusedZip("bomb")


def _check_directory(entries: list[zipfile.ZipInfo], length: int) -> None:
    if len(entries) > MAX_ENTRIES:
        raise RefusedZip("bomb")
    seen = set()
    for entry in entries:
        _check_name(entry.filename, seen)
        if entry.flag_bits & 0x1:
            raise RefusedZip("encrypted")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise RefusedZip("unusual_zip")
    reached = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < reached:
            raise RefusedZip("bomb")  # overlapping entries: one piece of data that inflates many times
        reached = entry.header_offset + 30 + entry.compress_size
    if reached > length:
        raise RefusedZip("damaged")


def _check_name(name: str, seen: set[str]) -> None:
    parts = name.removesuffix("/").split("/")
    if "\\" in name or ":" in parts[0] or any(part in ("", ".", "..") for part in parts) or not name.isprintable():
        raise RefusedZip("unusual_zip")
    if name.casefold() in seen:
        raise RefusedZip("unusual_zip")
    seen.add(name.casefold())
    if MACRO_PART.search(name):
        raise RefusedZip("macros")


def _inflate(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """Inflate every entry to check it; keep the XML ones."""
    kept, left = {}, MAX_UNPACKED
    for entry in archive.infolist():
        part = _read_bounded(archive, entry, left)
        left -= len(part)
        if part.startswith(ARCHIVE_MAGICS) and not EMBEDDED_DOCUMENT.match(entry.filename):
            raise RefusedZip("unusual_zip")
        if XML_NAME.search(entry.filename) or XML_START.match(part):
            _check_xml(entry.filename, part)
            kept[entry.filename] = part
    return kept


def _read_bounded(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes:
    limit = min(left, MAX_XML_PART if XML_NAME.search(entry.filename) else MAX_PART)
    pieces, size = [], 0
    with archive.open(entry) as stream:
        while piece := stream.read(CHUNK):
            size += len(piece)
            if size > limit or (size > RATIO_FROM and size > MAX_RATIO * max(entry.compress_size, 1)):
                raise RefusedZip("bomb")
            pieces.append(piece)
    if size != entry.file_size:
        raise RefusedZip("damaged")
    return b"".join(pieces)


def _check_xml(name: str, part: bytes) -> None:
    """No DTD, no encoding to hide one in, no more elements than a passport can have, no macros announced."""
    declared = DECLARED_ENCODING.match(part.removeprefix(b"\xef\xbb\xbf"))
    if declared and declared[1].lower() not in ENCODINGS:
        raise RefusedZip("dtd")
    text = _decode(part).encode() if b"\0" in part else part
    if DTD.search(text):
        raise RefusedZip("dtd")
    if text.count(b"<") > 2 * MAX_ELEMENTS:
        raise RefusedZip("bomb")
    if name == "[Content_Types].xml" and b"macroenabled" in text.lower():
        raise RefusedZip("macros")


def _decode(part: bytes) -> str:
    declared = DECLARED_ENCODING.match(part.removeprefix(b"\xef\xbb\xbf"))
    encoding = declared[1].decode("ascii", "replace") if declared else "utf-8"
    if part[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16"
    elif b"\0" in part[:4]:
        encoding = "utf-16-le" if part[1:2] == b"\0" else "utf-16-be"
    try:
        return part.decode("utf-8-sig" if encoding.lower() == "utf-8" else encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise RefusedZip("damaged") from error
