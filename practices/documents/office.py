"""LibreOffice, where it is installed: turns old Word files, .odt and .rtf into .docx, and a .docx into its pages."""

import shutil

from practices.documents.sandbox import MIB, Limits, run_child
from practices.documents.word_kinds import Kind

PROGRAMS = ("soffice", "libreoffice")
# It does not start below 600 MiB of address space; the shared passports take a second and 220 MiB of memory.
LIMITS = Limits(wall_seconds=45, cpu_seconds=20, memory_bytes=1024 * MIB, output_bytes=64 * MIB)


def program() -> str | None:
    """Where it is; None where it is not installed."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


def as_docx(data: bytes, kind: Kind, *, program: str) -> bytes:
    """The same document as .docx; raise `sandbox.ChildError` where LibreOffice makes none."""
    return run_child("practices.documents.office_child", [program, kind, "docx"], stdin=data, limits=LIMITS)


def as_pdf(data: bytes, *, program: str) -> bytes:
    """A .docx as it would be printed; raise `sandbox.ChildError` where LibreOffice makes nothing of it."""
    return run_child("practices.documents.office_child", [program, Kind.DOCX, "pdf"], stdin=data, limits=LIMITS)
