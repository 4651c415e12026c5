"""A stranger's PDF: whether it may be kept, and how its first page looks. Runs in a child process.

A letter or a diploma needs no scripts, no programs to start and no files inside. Their names are looked for in the
file's own objects, those packed into object streams included; the inside of pictures and pages is not searched, for
there any letters may stand by chance.
"""

import zlib

import pypdfium2
from PIL import Image

from practices.documents import pictures
from practices.documents.attached_refusal import RefusedAttachment
from practices.documents.pdf_names import ENCRYPTED, STREAM, acts_by_itself, outside_streams

HEADER = b"%PDF-"
MIB = 1024 * 1024
MOST_PACKED = 32 * MIB  # of object streams, unpacked
MAX_PAGE_POINTS = 14_400  # what the format itself allows

NEEDS_PASSWORD = 4  # FPDF_ERR_PASSWORD


def check(data: bytes) -> None:
    """Raise `RefusedAttachment` for what cannot be opened, is locked, acts by itself or is another file as well."""
    end = data.rfind(b"%%EOF")
    if not data.startswith(HEADER) or end < 0:
        raise RefusedAttachment("damaged")
    if data[end + len(b"%%EOF") :].strip(b"\0\t\n\f\r "):
        raise RefusedAttachment("two_files")
    if ENCRYPTED.search(outside_streams(data)):
        raise RefusedAttachment("encrypted")
    if acts_by_itself(_objects(data)):
        raise RefusedAttachment("active_pdf")
    with _opened(data) as document:
        if not len(document):
            raise RefusedAttachment("damaged")


def first_page(data: bytes) -> bytes:
    """The preview of a document: its first page, as JPEG."""
    with _opened(data) as document:
        page = document[0]
        longest = max(page.get_size())
        if not 0 < longest <= MAX_PAGE_POINTS:
            raise RefusedAttachment("damaged")
        drawn: Image.Image = page.render(scale=pictures.PREVIEW_SIDE / longest).to_pil()
        return pictures.preview(drawn.convert("RGB"))


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise RefusedAttachment("encrypted" if error.err_code == NEEDS_PASSWORD else "damaged") from error


def _objects(data: bytes) -> bytes:
    """The file without the inside of its streams, and what its object streams hold."""
    pieces, reached, room = [], 0, MOST_PACKED
    for stream in STREAM.finditer(data):
        pieces.append(data[reached : stream.start()])
        reached = stream.end()
        if b"/ObjStm" in pieces[-1][-1000:]:
            packed = _unpacked(stream[1], room)
            room -= len(packed)
            pieces.append(packed)
    pieces.append(data[reached:])
    return b"\n".join(pieces)


def _unpacked(stream: bytes, room: int) -> bytes:
    if room <= 0:
        raise RefusedAttachment("damaged")
    try:
        return zlib.decompressobj().decompress(stream, room)
    except zlib.error:
        return stream  # not packed, or packed in a way of last century
