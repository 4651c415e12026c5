"""A Word file in: what a person wrote into the form, section by section. Nothing is saved here.

    recognised = read_passport(upload.read(), Edition.objects.prefetch_related("sections"))

The file is opened in a child process with limits, never in this one. A file that is not taken raises `RefusedFile` with
the sentence for its sender.
"""

import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass

from practices.documents import word_sentences
from practices.documents.printed_form import PrintedForm
from practices.documents.safe_zip import MAX_FILE, RefusedZip
from practices.documents.sandbox import MIB, ChildError, ChildFailed, Limits, run_child

logger = logging.getLogger(__name__)

LIMITS = Limits(wall_seconds=15, cpu_seconds=10, memory_bytes=256 * MIB, output_bytes=32 * MIB)


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
    warnings: list[str]

    def as_json(self) -> dict:
        return {
            "edition": self.edition,
            "sections": self.sections,
            "unplaced": self.unplaced,
            "warnings": self.warnings,
        }


def read_passport(data: bytes, editions: Iterable) -> Recognised:
    """Read a .docx as the one of these editions (`Edition` or `PrintedForm`) that it fits best."""
    if len(data) > MAX_FILE:
        raise UnsafeFile("too_large")
    forms = [edition if isinstance(edition, PrintedForm) else PrintedForm.of(edition) for edition in editions]
    given = json.dumps([form.data for form in forms]).encode() + b"\n" + data
    try:
        answer = json.loads(run_child("practices.documents.word_child", stdin=given, limits=LIMITS))
    except ChildFailed as failure:
        if failure.exit_code != RefusedZip.exit_code:
            logger.exception("A Word file could not be read: %s", failure.errors)
            raise NotAPassport("unreadable") from failure
        kind = UnsafeFile if failure.message in word_sentences.UNSAFE else NotAPassport
        raise kind(failure.message) from failure
    except ChildError as failure:
        logger.warning("A Word file was too much work: %s", type(failure).__name__)
        raise UnsafeFile("too_much") from failure
    doubts = answer.pop("doubts")
    return Recognised(**answer, warnings=[word_sentences.warning(doubt, about) for doubt, about in doubts])
