"""A Word file in: what a person wrote into the form, section by section. Nothing is saved here.

    kind = look_through(data)        # at once: refuses what is no document, or a harmful one
    recognised = read_passport(data, Edition.objects.prefetch_related("sections"))

A .docx and a PDF are read as they are; a .doc, .odt or .rtf goes through LibreOffice first. All of it happens in
child processes with limits, never in this one. A file that is not taken raises `RefusedFile` with the sentence for its
sender.
"""

import json
import logging
from collections.abc import Iterable
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise

from practices import fitting
from practices.blocks import ShapeError
from practices.documents import office, word_sentences
from practices.documents.printed_form import PrintedForm
from practices.documents.refused import Refused
from practices.documents.safe_zip import MAX_FILE
from practices.documents.sandbox import MIB, ChildError, ChildFailed, Limits, run_child
from practices.documents.word_kinds import Kind, kind_of

logger = logging.getLogger(__name__)

CHECK_LIMITS = Limits(wall_seconds=6, cpu_seconds=2, memory_bytes=256 * MIB, output_bytes=MIB)
LIMITS = Limits(wall_seconds=15, cpu_seconds=5, memory_bytes=256 * MIB, output_bytes=32 * MIB)
PICTURE_LIMITS = Limits(wall_seconds=15, cpu_seconds=5, memory_bytes=256 * MIB, output_bytes=64 * MIB)
READERS = {Kind.DOCX: "practices.documents.word_child", Kind.PDF: "practices.documents.pdf_child"}


class RefusedFile(Exception):
    """The file is not taken; `sentence` tells its sender why and what to do."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason
        self.sentence = word_sentences.refusal(reason)


class NotAPassport(RefusedFile):
    """No Word file, a damaged one, or one with something else in it."""


class UnsafeFile(RefusedFile):
    """A file that could harm us or whoever opens it."""


@dataclass(frozen=True)
class Recognised:
    """What was read. `sections` is content by code, as `practices.blocks` shapes it but for the ids of rows."""

    edition: str
    sections: dict[str, dict]
    unplaced: list[str]
    doubts: list[tuple[str, dict]] = field(default_factory=list)
    merged: list[dict] = field(default_factory=list)  # {"section", "table", "column", "row"}
    pictures: list[dict] = field(default_factory=list)  # {"part", "size", "section"}
    kind: Kind = Kind.DOCX
    converted: bytes = b""  # the .docx that LibreOffice made of it

    @property
    def warnings(self) -> list[str]:
        return [word_sentences.warning(doubt, about) for doubt, about in self.doubts]

    def as_json(self) -> dict:
        return {
            "edition": self.edition,
            "kind": str(self.kind),
            "is_best_effort": self.kind is Kind.PDF,
            "sections": self.sections,
            "unplaced": self.unplaced,
            "totals": [about["words"] for doubt, about in self.doubts if doubt == "total"],
            "pictures": self.pictures,
            "warnings": self.warnings,
        }

    def with_merged_cells(self) -> "Recognised":
        """For an application: a cell merged over several rows holds for each of them, so each says it.

        What was read keeps it once, as it was written.
        """
        sections, unplaced = deepcopy(self.sections), list(self.unplaced)
        for cell in self.merged:
            rows = sections.get(cell["section"], {}).get("tables", {}).get(cell["table"], [])
            if 0 < cell["row"] < len(rows):
                words = rows[cell["row"]][cell["column"]] = rows[cell["row"] - 1][cell["column"]]
                if words in unplaced:
                    unplaced.remove(words)
        doubts = [("merged_everywhere" if doubt == "merged" else doubt, about) for doubt, about in self.doubts]
        return replace(self, sections=sections, unplaced=unplaced, doubts=doubts)


def look_through(data: bytes) -> Kind:
    """What kind of document this is. Refuses, before anything opens it, what is none or what could harm."""
    with _refusals():
        if len(data) > MAX_FILE:
            raise Refused("too_large")
        kind = kind_of(data)
        run_child("practices.documents.check_child", [kind], stdin=data, limits=CHECK_LIMITS)
        if kind.is_for_office and office.program() is None:
            raise Refused("no_office")
    return kind


def read_passport(data: bytes, editions: Iterable, *, shapes: dict | None = None) -> Recognised:
    """Read the file as the one of these editions (`Edition` or `PrintedForm`) that it fits best.

    Refuses also what is larger than a passport of these `shapes` could hold.
    """
    forms = [edition if isinstance(edition, PrintedForm) else PrintedForm.of(edition) for edition in editions]
    kind = look_through(data)
    converted = b""
    with _refusals():
        if kind.is_for_office:
            data = converted = office.as_docx(data, kind, program=office.program())
        given = json.dumps([form.data for form in forms]).encode() + b"\n" + data
        answer = json.loads(run_child(READERS.get(kind, READERS[Kind.DOCX]), stdin=given, limits=LIMITS))
        if shapes is not None:
            fitting.fit(answer["sections"], shapes)
    if kind is Kind.PDF:
        answer["doubts"].insert(0, ("best_effort", {}))
    return Recognised(**answer, kind=kind, converted=converted)


def pictures_of(docx: bytes, parts: list[str]) -> list[bytes]:
    """The bytes of these pictures of a .docx that was read before."""
    given = json.dumps(parts).encode() + b"\n" + docx
    with _refusals():
        answer = run_child("practices.documents.word_pictures", stdin=given, limits=PICTURE_LIMITS)
    lengths, _, content = answer.partition(b"\n")
    ends = list(accumulate(json.loads(lengths)))
    return [content[begin:end] for begin, end in pairwise([0, *ends])]


@contextmanager
def _refusals():
    """Turns what the children say into what a person is told."""
    try:
        yield
    except Refused as refusal:
        raise _refusal(refusal.reason) from refusal
    except ShapeError as error:
        raise NotAPassport("table_too_large") from error
    except ChildFailed as failure:
        if failure.exit_code != Refused.exit_code:
            logger.exception("A Word file could not be read: %s", failure.errors)
            raise NotAPassport("unreadable") from failure
        raise _refusal(failure.message) from failure
    except ChildError as failure:
        logger.warning("A Word file was too much work: %s", type(failure).__name__)
        raise UnsafeFile("too_much") from failure


def _refusal(reason: str) -> RefusedFile:
    return (UnsafeFile if reason in word_sentences.UNSAFE else NotAPassport)(reason)
