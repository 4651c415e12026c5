"""What kind of document a file is, by what stands in it: its name may say anything."""

from enum import StrEnum

from practices.documents.refused import Refused

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_MAGIC = b"PK\x03\x04"
ODF_TEXT = b"mimetypeapplication/vnd.oasis.opendocument.text"  # the first entry, by the standard not compressed
ODF_ANY = b"mimetypeapplication/vnd."
ZIP_HEADER = 30
PDF_WITHIN = 1024  # readers allow that much before the header


class Kind(StrEnum):
    """Named as the files end."""

    DOCX = "docx"
    DOC = "doc"
    ODT = "odt"
    RTF = "rtf"
    PDF = "pdf"

    @property
    def is_for_office(self) -> bool:
        """Whether LibreOffice has to turn it into a .docx first."""
        return self in {Kind.DOC, Kind.ODT, Kind.RTF}


def kind_of(data: bytes) -> Kind:
    """The kind that the file's beginning tells; raise `Refused` for what is no document at all."""
    if data.startswith(ZIP_MAGIC):
        return _kind_of_zip(data[ZIP_HEADER : ZIP_HEADER + 100])
    if data.startswith(OLE_MAGIC):
        return Kind.DOC
    if data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        return Kind.RTF
    if b"%PDF-" in data[:PDF_WITHIN]:
        return Kind.PDF
    raise Refused("not_word")


def _kind_of_zip(first_entry: bytes) -> Kind:
    if first_entry.startswith(ODF_TEXT):
        return Kind.ODT
    if first_entry.startswith(ODF_ANY):
        raise Refused("not_word")  # a spreadsheet, a presentation, a drawing
    return Kind.DOCX
