"""Opens a ZIP with many files, as an organiser puts a folder of passports together: one file after the other.

What the archive says about sizes is not believed, they are counted; names are only shown, never a place on the disk.
The files themselves are strangers still: each is looked through where it is read (`word_in`).
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from practices.documents.refused import Refused
from practices.documents.safe_zip import CHUNK, MAX_FILE, MAX_RATIO, MIB, RATIO_FROM

MAX_FILES = 300
MAX_UNPACKED = 300 * MIB
UTF8_NAME, ENCRYPTED = 0x800, 0x1
PLAUSIBLE = re.compile(r"[\u0000-\u04ff\u2010-\u2026№]*")  # «сад» in cp866 is good UTF-8, too, of a Mongolian letter
LITTER = ("__macosx/", ".", "~$", "thumbs.db", "desktop.ini")  # what Word and the systems leave beside the files


def files_in(stream: BinaryIO) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of every file. Of one that is too large only so much that this can be seen.

    Raises `Refused` for what is no archive, or a trap; what was yielded before is then not to be kept.
    """
    left = MAX_UNPACKED
    try:
        with zipfile.ZipFile(stream) as archive:
            entries = [(name, entry) for entry in archive.infolist() if _is_wanted(name := _name_of(entry), entry)]
            if len(entries) > MAX_FILES:
                raise Refused("too_many_files")
            for name, entry in entries:
                data = _read(archive, entry, left)
                left -= len(data)
                yield name, data
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise Refused("damaged_archive") from error


def _name_of(entry: zipfile.ZipInfo) -> str:
    """The name as it was written. Windows in Russian packs in cp866 and does not say so; others write UTF-8."""
    if entry.flag_bits & UTF8_NAME:
        name = entry.filename
    else:
        raw = entry.filename.encode("cp437")  # as which the library reads what it is told nothing about
        name = raw.decode("utf-8", "replace")
        if not PLAUSIBLE.fullmatch(name):
            name = raw.decode("cp866")
    return name.replace("\\", "/").lstrip("/")


def _is_wanted(name: str, entry: zipfile.ZipInfo) -> bool:
    last = name.rpartition("/")[2].lower()
    return not entry.is_dir() and not name.lower().startswith(LITTER[0]) and not last.startswith(LITTER[1:])


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes:
    if entry.flag_bits & ENCRYPTED:
        raise Refused("encrypted_archive")
    pieces, size = [], 0
    with archive.open(entry) as stream:
        while size <= MAX_FILE and (piece := stream.read(CHUNK)):
            size += len(piece)
            if size > left or (size > RATIO_FROM and size > MAX_RATIO * max(entry.compress_size, 1)):
                raise Refused("bomb")
            pieces.append(piece)
    return b"".join(pieces)
