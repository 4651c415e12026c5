"""The same passport as .docx, .doc, .odt, .rtf and PDF is read alike; whatever could harm is refused at once."""

import resource
import subprocess
import sys
import time

import pytest
from django.conf import settings
from docx.oxml.ns import qn
from docx.table import Table

from practices.documents import office, office_child, word_in
from practices.documents.pdf_lines import joined
from practices.documents.refused import Refused
from practices.documents.safe_pdf import check_pdf
from practices.documents.word_in import NotAPassport, RefusedFile, UnsafeFile, look_through, read_passport
from practices.documents.word_kinds import Kind, kind_of
from tests.practices.documents.converted import convert, odt_with, pdf_of
from tests.practices.documents.example_passport import example
from tests.practices.documents.passport_files import FORMS, Habits, Writer

SOON = 2.0  # seconds of the processor: a busy machine may keep a child waiting, not working
LINE = b"BT /F1 12 Tf 50 700 Td (some words of a page) Tj ET\n"


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> dict[str, bytes]:
    writer = Writer(example("2023"), Habits(year="2023")).write()
    for grid in writer.document.element.iter(qn("w:tbl")):
        Table(grid, writer.document).style = "Table Grid"  # a PDF shows its tables by their lines alone
    return convert(writer.bytes(), tmp_path_factory.mktemp("converted"))


def squeezed(content):
    """The words without their line ends, which a PDF does not tell from spaces."""
    if isinstance(content, dict):
        return {name: squeezed(value) for name, value in content.items()}
    if isinstance(content, list):
        return [squeezed(value) for value in content]
    return " ".join(content.split())


@pytest.mark.parametrize("kind", ["doc", "odt", "rtf"])
def test_a_passport_of_another_kind_is_read_word_for_word(files, kind):
    recognised = read_passport(files[kind], FORMS.values())

    assert recognised.kind == kind
    assert (recognised.edition, recognised.unplaced, recognised.warnings) == ("2023", [], [])
    assert {code: recognised.sections[code] for code in example("2023")} == example("2023")
    assert recognised.converted.startswith(b"PK")
    assert not recognised.as_json()["is_best_effort"]


def test_a_pdf_is_read_as_well_as_it_goes_and_says_so(files):
    recognised = read_passport(files["pdf"], FORMS.values())

    assert (recognised.kind, recognised.edition) == ("pdf", "2023")
    assert squeezed(recognised.sections) == squeezed(example("2023") | {"links": recognised.sections["links"]})
    assert recognised.as_json()["is_best_effort"]
    assert "PDF" in recognised.warnings[0]


# What a file is


@pytest.mark.parametrize("kind", ["docx", "doc", "odt", "rtf", "pdf"])
def test_the_kind_is_told_by_the_content(files, kind):
    assert kind_of(files[kind]) == kind


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html>",
        b"PK\x05\x06",
        b"GIF89a",
        b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument",
    ],
)
def test_what_is_no_document_has_no_kind(data):
    with pytest.raises(Refused, match="not_word"):
        kind_of(data)


# Where LibreOffice is missing


def test_without_libreoffice_the_sentence_says_what_to_do(files, monkeypatch):
    monkeypatch.setattr(office, "program", lambda: None)

    with pytest.raises(NotAPassport, match="no_office") as refusal:
        look_through(files["rtf"])

    assert ".docx" in refusal.value.sentence
    assert look_through(files["docx"]) == Kind.DOCX
    assert look_through(files["pdf"]) == Kind.PDF


# LibreOffice and its leash


def test_a_conversion_that_takes_too_long_is_killed_with_all_it_started(files, monkeypatch, tmp_path):
    sign = tmp_path / "sign"
    slow = tmp_path / "soffice"
    slow.write_text(f"#!/bin/sh\n(sleep 2; touch {sign}) &\nsleep 30\n")
    slow.chmod(0o755)
    monkeypatch.setattr(office, "program", lambda: str(slow))
    monkeypatch.setattr(office, "LIMITS", word_in.Limits(wall_seconds=1, cpu_seconds=5))

    with pytest.raises(UnsafeFile, match="too_much"):
        read_passport(files["rtf"], FORMS.values())
    time.sleep(2)

    assert not sign.exists()


def test_a_converter_that_makes_nothing_means_a_damaged_file(files, monkeypatch):
    monkeypatch.setattr(office, "program", lambda: "/bin/true")

    with pytest.raises(NotAPassport, match="damaged"):
        read_passport(files["rtf"], FORMS.values())


def test_a_conversion_leaves_nothing_behind(files, monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    office.as_docx(files["rtf"], Kind.RTF, program=office.program())

    assert list(tmp_path.iterdir()) == []


def test_the_profile_forbids_macros_links_and_the_network(tmp_path):
    office_child.write_profile(tmp_path)

    settings = (tmp_path / "user" / "registrymodifications.xcu").read_text()
    for name in ("DisableMacrosExecution", "BlockUntrustedRefererLinks", "UpdateDocMode", "ooInetProxyType"):
        assert name in settings


@pytest.mark.parametrize("child", ["check_child", "office_child", "pdf_child", "word_pictures"])
def test_the_children_know_no_django(child):
    code = f"import sys, practices.documents.{child}; sys.exit('django' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], cwd=settings.BASE_DIR, check=False).returncode == 0  # noqa: S603


# Refused at once, whatever is in it


def torn(kind):
    return lambda files: files[kind][: len(files[kind]) // 2]


def doc_with(old: str, new: str):
    """An entry of the .doc under another name, which is as long."""
    return lambda files: files["doc"].replace(old.encode("utf-16-le"), new.ljust(len(old), "\0").encode("utf-16-le"))


def locked_doc(files):
    block = files["doc"].index(b"\xec\xa5")
    return files["doc"][: block + 11] + bytes([files["doc"][block + 11] | 1]) + files["doc"][block + 12 :]


def odt(part: str, old: bytes, new: bytes):
    return lambda files: odt_with(files["odt"], {part: lambda content: content.replace(old, new, 1)})


def rtf_ending(more: bytes):
    return lambda files: files["rtf"].rstrip()[:-1] + more + b"}"


def always(data: bytes):
    return lambda _files: data


END = b"</office:text>"
PICTURE = b'<text:p><draw:frame><draw:image xlink:href="https://example.org/a.png"/></draw:frame></text:p>'
BAD = {
    "words called .doc": (always(b"just words"), "not_word"),
    "a torn .doc": (torn("doc"), "damaged"),
    "an empty .doc": (lambda files: files["doc"][:512] + bytes(2**20), "damaged"),
    "noise in a .doc": (lambda files: files["doc"][:8] + bytes(range(256)) * 400, "damaged"),
    "a .doc behind a password": (locked_doc, "encrypted"),
    "a .docx behind a password": (doc_with("WordDocument", "EncryptedPackage"[:12]), "not_word"),
    "a workbook": (doc_with("WordDocument", "Workbook"), "not_word"),
    "a .doc with macros": (doc_with("1Table", "Macros"), "macros"),
    "a torn .odt": (torn("odt"), "damaged"),
    "an .odt with a bomb": (lambda files: odt_with(files["odt"], added={"Pictures/a.png": bytes(60 * 2**20)}), "bomb"),
    "an .odt with macros": (lambda files: odt_with(files["odt"], added={"Basic/Standard/a.xml": b"<a/>"}), "macros"),
    "an .odt with a script": (odt("content.xml", END, b"<office:script/>" + END), "macros"),
    "an .odt that loads pictures": (odt("content.xml", END, PICTURE + END), "outside"),
    "an .odt behind a password": (
        odt("META-INF/manifest.xml", b"</m", b"<manifest:encryption-data/></m"),
        "encrypted",
    ),
    "an .odt with a DTD": (odt("content.xml", b"?>", b'?><!DOCTYPE a [<!ENTITY b "c">]>'), "dtd"),
    "an endless .odt": (odt("content.xml", END, b"<text:p>a</text:p>" * 9000 + END), "too_much"),
    "a torn .rtf": (torn("rtf"), "damaged"),
    "an .rtf with an object": (rtf_ending(rb"{\object\objemb{\*\objdata 0105}}"), "embedded"),
    "an .rtf that loads pictures": (
        rtf_ending(rb'{\field{\*\fldinst INCLUDEPICTURE "https://example.org/a.png"}{\fldrslt a}}'),
        "outside",
    ),
    "an .rtf with a huge picture": (rtf_ending(rb"{\pict " + b"ab" * (5 * 2**20) + b"}"), "bomb"),
    "an .rtf of groups": (always(b"{\\rtf1 " + b"{" * 100_000 + b"}" * 100_001), "bomb"),
    "an endless .rtf": (always(b"{\\rtf1 " + b"a\\par " * 500_000 + b"}"), "too_much"),
    "a torn PDF": (torn("pdf"), "damaged"),
    "a PDF behind a password": (lambda files: files["pdf"].replace(b"/Root", b"/Encrypt 9 0 R/Root"), "encrypted"),
    "a PDF with a script": (always(pdf_of(LINE, catalogue=b"/OpenAction<</S/JavaScript/JS(app)>>")), "macros"),
    "a PDF with a script in escapes": (
        always(pdf_of(LINE, catalogue=b"/AA<</O<</S/J#61vaScript>>>>")),
        "macros",
    ),
    "a PDF with a bomb": (always(pdf_of(b" " * (80 * 2**20))), "bomb"),
    "a PDF of bombs in each other": (always(pdf_of(LINE, stream=b"[/FlateDecode /FlateDecode]")), "unusual_zip"),
    "a PDF that draws for ever": (always(pdf_of(b"q Q " * 100_000)), "too_much"),
    "a PDF of a thousand pages": (always(pdf_of(LINE, copies=1000)), "too_many_pages"),
    "a scan": (always(pdf_of(b"0 0 m 9 9 l S")), "no_text"),
    "a PDF of other words": (always(pdf_of(LINE * 30)), "no_passport"),
}


def children_worked() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


@pytest.mark.parametrize(("make", "reason"), BAD.values(), ids=BAD.keys())
def test_a_bad_file_is_refused_at_once_before_libreoffice_is_started(files, monkeypatch, make, reason):
    monkeypatch.setattr(office, "as_docx", None)
    bad = make(files)
    before = children_worked()

    with pytest.raises(RefusedFile) as refusal:
        read_passport(bad, FORMS.values())

    assert children_worked() - before < SOON
    assert refusal.value.reason == reason
    assert refusal.value.sentence


def test_letters_that_stand_in_a_picture_by_chance_are_no_script():
    picture = b"9 0 obj\n<</Subtype/Image/Width 1/Length 20>>stream\n\x89/JS /Encrypt \xff\nendstream\nendobj\n"
    header, rest = pdf_of(LINE).split(b"\n", 1)

    check_pdf(header + b"\n" + picture + rest)
    with pytest.raises(Refused):
        check_pdf(header + b"\n" + picture.replace(b"stream", b"string") + rest)


def test_what_looks_through_a_file_and_what_reads_it_has_256_mib():
    assert {limits.memory_bytes for limits in (word_in.CHECK_LIMITS, word_in.LIMITS)} == {256 * word_in.MIB}


# A PDF knows no paragraphs


@pytest.mark.parametrize(
    ("lines", "paragraph"),
    [
        (["ставит скамейки во дво-", "рах города"], "ставит скамейки во дворах города"),
        (["развитие социально-", "экономическое"], "развитие социально-экономическое"),
        (["https://example.org/", "path?a=1"], "https://example.org/path?a=1"),
        (["на 2017-", "2021 годы"], "на 2017-2021 годы"),
        (["Информацион", "ный ресурс"], "Информационный ресурс"),
        (["office-", "1@example.org"], "office-1@example.org"),
        (["Администрация", "города"], "Администрация города"),
    ],
)
def test_lines_are_joined_to_what_was_written(lines, paragraph):
    assert joined([(line, True) for line in lines]) == paragraph


def test_words_that_had_room_are_two():
    assert joined([("под", False), ("ход", False)]) == "под ход"
