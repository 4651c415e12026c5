"""The same passport as files of every kind, made by LibreOffice; and small files of a kind, made by hand."""

import io
import shutil
import subprocess
import zipfile
import zlib
from pathlib import Path

FILTERS = {"doc": "doc:MS Word 97", "odt": "odt", "rtf": "rtf", "pdf": "pdf"}


def convert(docx: bytes, folder: Path) -> dict[str, bytes]:
    """A .docx as each of the other kinds."""
    source = folder / "passport.docx"
    source.write_bytes(docx)
    made = {"docx": docx}
    for kind, filter_name in FILTERS.items():
        subprocess.run(  # noqa: S603 - a program of the system's, a file of ours
            [
                shutil.which("soffice"),
                f"-env:UserInstallation={(folder / 'profile').as_uri()}",
                "--headless",
                *("--convert-to", filter_name, "--outdir", str(folder), str(source)),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
        made[kind] = (folder / f"passport.{kind}").read_bytes()
    return made


def odt_with(odt: bytes, changes: dict[str, object] | None = None, added: dict[str, bytes] | None = None) -> bytes:
    """The .odt with parts changed (name → function of the part) or added."""
    changes, stream = changes or {}, io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(odt)) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            method = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            target.writestr(name, changes[name](part) if name in changes else part, method)
        for name, part in (added or {}).items():
            target.writestr(name, part)
    return stream.getvalue()


def pdf_of(*drawn: bytes, copies: int = 1, catalogue: bytes = b"", stream: bytes = b"/FlateDecode") -> bytes:
    """A PDF whose pages draw this; each stream is used by `copies` pages."""
    objects = [b"", b"", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    pages = []
    for content in drawn:
        packed = zlib.compress(content)
        objects.append(b"<</Length %d/Filter%s>>stream\n%s\nendstream" % (len(packed), stream, packed))
        contents = len(objects)
        for _copy in range(copies):
            objects.append(
                b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
                b"/Resources<</Font<</F1 3 0 R>>>>>>" % contents
            )
            pages.append(len(objects))
    objects[0] = b"<</Type/Catalog/Pages 2 0 R%s>>" % catalogue
    objects[1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(b"%d 0 R" % page for page in pages), len(pages))
    written, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return written + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (len(objects) + 1, table, len(objects) + 1, len(written))
    )
