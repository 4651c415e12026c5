"""A ZIP of passports: names as they were written, and nothing that unpacks without end."""

import io
import struct
import zipfile

import pytest

from practices.documents import archive
from practices.documents.refused import Refused
from practices.documents.safe_zip import MAX_FILE


class NamedAsInWindows(zipfile.ZipInfo):
    """Windows in Russian writes cp866 and sets no flag that tells so."""

    def _encodeFilenameFlags(self):
        return self.filename.encode("cp866"), self.flag_bits


def packed(files, kind=zipfile.ZipInfo) -> io.BytesIO:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as written:
        for name, data in files.items():
            entry = kind(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            written.writestr(entry, data)
    return stream


def refusal(stream) -> str:
    with pytest.raises(Refused) as refused:
        list(archive.files_in(stream))
    return refused.value.reason


@pytest.mark.parametrize("kind", [zipfile.ZipInfo, NamedAsInWindows])
def test_names_come_out_as_they_were_written(kind):
    files = {"Саров/Паспорт № 1.docx".replace("№", "N"): b"one", "Ёлка и сад.doc": b"two", "сад": b"three"}

    assert dict(archive.files_in(packed(files, kind))) == files


def test_what_systems_leave_beside_the_files_is_left_out():
    litter = ["__MACOSX/._a.docx", ".DS_Store", "Саров/Thumbs.db", "Саров/~$a.docx", "Саров/"]
    files = {"Саров/a.docx": b"one", "notes.txt": b"two", **dict.fromkeys(litter, b"")}

    assert [name for name, _data in archive.files_in(packed(files))] == ["Саров/a.docx", "notes.txt"]


def test_file_that_is_too_large_is_read_no_further_than_to_see_that():
    noise = bytes(range(256)) * 8
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as written:
        written.writestr("a.docx", noise * (MAX_FILE // len(noise) + 1000))

    ((_name, data),) = archive.files_in(stream)
    assert MAX_FILE < len(data) <= MAX_FILE + archive.CHUNK


def test_bomb_is_refused():
    assert refusal(packed({"a.docx": b"\0" * 8 * archive.MIB})) == "bomb"


def test_many_files_that_are_too_much_together_are_refused(monkeypatch):
    monkeypatch.setattr(archive, "MAX_UNPACKED", 100)

    assert refusal(packed({"a.docx": b"a" * 60, "b.docx": b"b" * 60})) == "bomb"


def test_too_many_files_are_refused(monkeypatch):
    monkeypatch.setattr(archive, "MAX_FILES", 2)

    assert refusal(packed(dict.fromkeys("abc", b""))) == "too_many_files"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 and no more", b"MZ"])
def test_what_is_no_archive_is_refused(data):
    assert refusal(io.BytesIO(data)) == "damaged_archive"


def test_archive_under_a_password_is_refused():
    data = bytearray(packed({"a.docx": b"secret"}).getvalue())
    for start, flags in ((data.index(b"PK\x03\x04"), 6), (data.index(b"PK\x01\x02"), 8)):
        struct.pack_into("<H", data, start + flags, 1)

    assert refusal(io.BytesIO(bytes(data))) == "encrypted_archive"


def test_archive_whose_content_was_changed_is_refused():
    data = packed({"a.docx": b"a passport" * 100}).getvalue().replace(b"a.docx", b"b.docx", 1)

    assert refusal(io.BytesIO(data)) == "damaged_archive"
