"""The child that looks into a file somebody attaches; the file on standard input.

    python -m practices.documents.attached_child look|draw|read     (through practices.documents.sandbox)

`look` answers a line of JSON, then the file as it is to be kept and its preview; `draw` the preview of a PDF; `read`
the words of a PDF or a Word file. It knows neither Django nor the database. A file that is not taken ends it with
`RefusedAttachment.exit_code` and the reason, one word.
"""

import json
import sys

from practices.documents.attached_refusal import RefusedAttachment
from practices.documents.safe_zip import RefusedZip, SafeZip

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SIGNATURES = ((b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG), (b"%PDF-", PDF), (b"PK\x03\x04", DOCX))
HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif"}
WORD_MAIN_PART = "word/document.xml"
WORD_TYPE = b"wordprocessingml.document.main+xml"


def look(data: bytes) -> tuple[str, bytes, bytes]:
    """(content type, file to keep, preview or nothing) by what the file is, whatever it is called."""
    content_type = next((kind for signature, kind in SIGNATURES if data.startswith(signature)), None)
    if content_type in {JPEG, PNG}:
        from practices.documents import pictures  # noqa: PLC0415 - each kind loads its own library alone

        return pictures.rewrite(data)
    if content_type == PDF:
        from practices.documents import pdf_inspection  # noqa: PLC0415 - as above

        pdf_inspection.check(data)
        return PDF, data, b""
    if content_type == DOCX:
        _check_word(data)
        return DOCX, data, b""
    raise RefusedAttachment("heic" if data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS else "other_type")


def _check_word(data: bytes) -> None:
    archive = SafeZip(data)
    if WORD_MAIN_PART not in archive.names or WORD_TYPE not in archive.xml("[Content_Types].xml"):
        raise RefusedAttachment("other_type")


def main() -> int:
    data = sys.stdin.buffer.read()
    try:
        sys.stdout.buffer.write({"look": _looked, "draw": _drawn, "read": _read}[sys.argv[1]](data))
    except (RefusedAttachment, RefusedZip) as refusal:
        sys.stderr.write(f"{refusal.reason}\n")
        return RefusedAttachment.exit_code
    return 0


def _drawn(data: bytes) -> bytes:
    from practices.documents import pdf_inspection  # noqa: PLC0415 - as above

    return pdf_inspection.first_page(data)


def _read(data: bytes) -> bytes:
    from practices.documents import attached_text  # noqa: PLC0415 - as above

    text = attached_text.of_pdf(data) if data.startswith(b"%PDF-") else attached_text.of_word(data)
    return text.encode("utf-8", "ignore")


def _looked(data: bytes) -> bytes:
    content_type, kept, preview = look(data)
    return json.dumps({"content_type": content_type, "size": len(kept)}).encode() + b"\n" + kept + preview


if __name__ == "__main__":
    sys.exit(main())
