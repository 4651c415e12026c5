"""Files that want to harm: each is refused for its reason, before anything parses it, and soon."""

import io
import random
import struct
import time
import zipfile

import pytest
from docx import Document

from practices.documents.safe_zip import MIB, RefusedZip, SafeZip
from tests.practices.documents.passport_files import part_of, with_parts

SOON = 2.0
DTD = b'<!DOCTYPE d [<!ENTITY secret SYSTEM "file:///etc/hostname">]>'


@pytest.fixture(scope="module")
def letter() -> bytes:
    stream = io.BytesIO()
    document = Document()
    document.add_paragraph("Здравствуйте")
    document.save(stream)
    return stream.getvalue()


def reason_of(data: bytes) -> str:
    started = time.process_time()
    with pytest.raises(RefusedZip) as refusal:
        SafeZip(data)
    assert time.process_time() - started < SOON
    return refusal.value.reason


def zipped(*entries: tuple[str, bytes], method=zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return stream.getvalue()


def noise(size: int) -> bytes:
    return random.Random(7).randbytes(size)  # noqa: S311 - what does not compress, the same in each run


def test_a_letter_is_opened_and_its_parts_are_there(letter):
    archive = SafeZip(letter)

    assert "word/document.xml" in archive.names
    assert "Здравствуйте" in archive.xml("word/document.xml").decode()
    assert not archive.xml("word/document.xml").startswith(b"<?xml")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not_word"),
        (b"%PDF-1.7", "not_word"),
        (b"<html>", "not_word"),
        (b"PK\x03\x04" + bytes(100), "damaged"),
        (b"PK\x03\x04" + bytes(21 * MIB), "too_large"),
    ],
    ids=["empty", "PDF", "HTML", "no directory", "too large"],
)
def test_what_is_no_docx_is_told_apart(data, reason):
    assert reason_of(data) == reason


@pytest.mark.parametrize("share", [0.3, 0.6, 0.99])
def test_a_truncated_file_is_damaged(letter, share):
    assert reason_of(letter[: int(len(letter) * share)]) == "damaged"


@pytest.mark.parametrize(
    "entries",
    [
        [("word/document.xml", bytes(6 * MIB))],
        [("word/document.xml", b"<a>" + noise(3 * MIB).hex().encode() + b"</a>")],
        [("word/media/image.png", bytes(2 * MIB))],
        [("word/media/image.bmp", noise(64) * (25 * MIB // 64))],
        [(f"word/media/{n}.bmp", noise(90_000) + bytes(5 * MIB)) for n in range(11)],
        [(f"word/media/{n}.png", b"x") for n in range(600)],
        [("word/document.xml", b"<a>" + b"<b/>" * 450_000 + noise(400_000).hex().encode() + b"</a>")],
    ],
    ids=["zeros", "a large text", "ratio", "a large picture", "sum of pictures", "many entries", "many elements"],
)
def test_a_bomb_is_refused(letter, entries):
    assert reason_of(zipped(("[Content_Types].xml", b"<Types/>"), *entries)) == "bomb"


def test_a_lie_about_a_size_does_not_help(letter):
    honest = zipped(("word/document.xml", b"<a>" + bytes(8 * MIB) + b"</a>"))
    place = honest.rfind(b"PK\x01\x02") + 24
    lying = honest[:place] + struct.pack("<I", 10) + honest[place + 4 :]

    assert reason_of(lying) in {"bomb", "damaged"}


def test_entries_that_overlap_are_refused():
    data = zipped(("one.xml", b"<a/>"), ("two.xml", b"<b/>"), method=zipfile.ZIP_STORED)
    second = data.rfind(b"PK\x01\x02")
    overlapping = data[: second + 42] + struct.pack("<I", 3) + data[second + 46 :]

    assert reason_of(overlapping) == "bomb"


def test_zip64_is_refused(letter):
    end = letter.rfind(b"PK\x05\x06")

    assert reason_of(letter[:end] + b"PK\x06\x07" + bytes(16) + letter[end:]) == "bomb"


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/evil.xml", "word/../../evil.xml", "C:/evil.xml", "word//a.xml"])
def test_a_name_that_leads_outside_is_refused(letter, name):
    assert reason_of(with_parts(letter, {name: b"<a/>"})) == "unusual_zip"


def test_a_name_that_stands_twice_is_refused(letter):
    with pytest.warns(UserWarning, match="Duplicate name"):
        twice = zipped(("word/document.xml", b"<a/>"), ("word/document.xml", b"<b/>"))

    assert reason_of(twice) == "unusual_zip"
    assert reason_of(with_parts(letter, {"WORD/document.xml": b"<a/>"})) == "unusual_zip"


def test_an_encrypted_entry_is_refused(letter):
    place = letter.rfind(b"PK\x01\x02") + 8

    assert reason_of(letter[:place] + b"\x01\x00" + letter[place + 2 :]) == "encrypted"


def test_an_unusual_compression_is_refused():
    assert reason_of(zipped(("word/document.xml", b"<a/>" * 99), method=zipfile.ZIP_LZMA)) == "unusual_zip"


def test_an_archive_inside_is_refused_but_for_the_sheet_of_a_chart(letter):
    inner = zipped(("a.txt", b"a"))

    assert reason_of(with_parts(letter, {"word/media/image1.png": inner})) == "unusual_zip"
    assert SafeZip(with_parts(letter, {"word/embeddings/Microsoft_Excel_Sheet1.xlsx": inner}))


@pytest.mark.parametrize("part", ["word/vbaProject.bin", "word/vbaData.xml", "word/activeX/activeX1.xml"])
def test_macros_are_refused(letter, part):
    assert reason_of(with_parts(letter, {part: b"<a/>"})) == "macros"


def test_a_docm_with_another_name_is_refused(letter):
    types = part_of(letter, "[Content_Types].xml").replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )

    assert reason_of(with_parts(letter, {"[Content_Types].xml": types})) == "macros"


@pytest.mark.parametrize(
    "part",
    ["word/document.xml", "word/styles.xml", "_rels/.rels", "[Content_Types].xml", "customXml/item1.xml", "word/body"],
)
@pytest.mark.parametrize(
    "xml",
    [
        DTD + b"<d>&secret;</d>",
        b'<?xml version="1.0"?>\n<!-- c -->' + DTD + b"<d/>",
        b'<!DOCTYPE d SYSTEM "http://town.example.org/d.dtd"><d/>',
        b"<!DOCTYPE d><d/>",
        ('<?xml version="1.0" encoding="utf-16"?>' + DTD.decode() + "<d/>").encode("utf-16"),
        (DTD.decode() + "<d/>").encode("utf-16-le"),
        b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE d+AD4-<d/>',
        b"\xef\xbb\xbf" + DTD + b"<d/>",
    ],
    ids=["entity", "behind a comment", "outside", "bare", "UTF-16", "UTF-16 without a mark", "UTF-7", "with a mark"],
)
def test_a_document_type_is_refused_in_every_part(letter, part, xml):
    assert reason_of(with_parts(letter, {part: xml})) == "dtd"


def test_an_external_template_is_no_harm(letter):
    relations = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"'
        b' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"'
        b' Target="http://town.example.org/evil.dotm" TargetMode="External"/></Relationships>'
    )

    assert SafeZip(with_parts(letter, {"word/_rels/settings.xml.rels": relations}))
