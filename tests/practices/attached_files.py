"""Files to attach, made here: pictures, PDFs, Word files, and what only looks like them."""

import io
import re
import zlib

from docx import Document
from PIL import Image
from pypdf import PdfWriter
from pypdf.annotations import Link
from pypdf.generic import DictionaryObject, NameObject, TextStringObject


def picture(kind="JPEG", *, size=(64, 48), colour="#0b4ea2", mode="RGB", **save) -> bytes:
    written = io.BytesIO()
    Image.new(mode, size, colour).save(written, kind, **save)
    return written.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def pdf(*, script="", password="", inside=b"", packed=False, launches=False) -> bytes:
    """One empty page, and what nobody should send."""
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    if script:
        deed = DictionaryObject(
            {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject(script)}
        )
        writer.root_object[NameObject("/OpenAction")] = deed
    if inside:
        writer.add_attachment("inside.exe", inside)
    if launches:
        link = Link(rect=(0, 0, 9, 9), url="https://example.org/")
        link[NameObject("/A")] = DictionaryObject(
            {NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("calc.exe")}
        )
        writer.add_annotation(0, link)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    written = io.BytesIO()
    writer.write(written)
    return _with_packed_objects(written.getvalue()) if packed else written.getvalue()


def word(text="Письмо поддержки") -> bytes:
    document = Document()
    document.add_paragraph(text)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _with_packed_objects(data: bytes) -> bytes:
    """The script in an object stream, where no search in the file's own bytes would find it."""
    packed = zlib.compress(b"90 0 << /S /JavaScript /JS (app.alert(1)) >>")
    stream = b"99 0 obj\n<< /Type /ObjStm /N 1 /First 5 /Filter /FlateDecode /Length %d >>\n" % len(packed)
    stream += b"stream\n" + packed + b"\nendstream\nendobj\n"
    at = data.rindex(b"xref\n0 ")
    return data[:at] + stream + re.sub(rb"startxref\s+\d+", b"startxref\n%d" % (at + len(stream)), data[at:])
