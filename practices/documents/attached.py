"""A file that somebody attaches: looked into in a child process, never in this one, and kept as that one gives it back.

    accepted = look_into(upload.read())

Nothing is saved here. A file that is not taken raises `RefusedAttachment`; `attached_sentences` says why.
"""

import json
import logging
from dataclasses import dataclass

from practices.documents import office
from practices.documents.attached_refusal import RefusedAttachment
from practices.documents.sandbox import MIB, ChildError, ChildFailed, Limits, run_child

logger = logging.getLogger(__name__)

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CHILD = "practices.documents.attached_child"
# A see-through picture of 25 million pixels needs 260 MiB; all else stays below 200.
LIMITS = Limits(wall_seconds=20, cpu_seconds=15, memory_bytes=352 * MIB, output_bytes=40 * MIB)


@dataclass(frozen=True)
class Accepted:
    """What is kept. `preview` is empty for what is drawn later, in the background."""

    content_type: str
    data: bytes
    preview: bytes


def look_into(data: bytes) -> Accepted:
    """What the file is by its content, and as it is kept: pictures written anew, the rest byte for byte."""
    if not data:
        raise RefusedAttachment("empty")
    head, _newline, rest = _ask("look", data).partition(b"\n")
    about = json.loads(head)
    return Accepted(about["content_type"], rest[: about["size"]], rest[about["size"] :])


def draw_first_page(content_type: str, data: bytes) -> bytes | None:
    """The preview of a document; None for a Word file where there is no LibreOffice to lay it out."""
    if content_type == DOCX:
        program = office.program()
        if program is None:
            return None
        try:
            data = office.as_pdf(data, program=program)
        except ChildError as failure:
            logger.warning("A Word file was not laid out: %s", type(failure).__name__)
            raise RefusedAttachment("too_much") from failure
    return _ask("draw", data)


def read_text(data: bytes) -> str:
    """The words of a PDF or a Word file that was taken; a scan has none."""
    return _ask("read", data).decode()


def _ask(deed: str, data: bytes) -> bytes:
    try:
        return run_child(CHILD, [deed], stdin=data, limits=LIMITS)
    except ChildFailed as failure:
        if failure.exit_code == RefusedAttachment.exit_code:
            raise RefusedAttachment(failure.message) from failure
        logger.exception("A file was not looked into: %s", failure.errors)
        raise RefusedAttachment("damaged") from failure
    except ChildError as failure:
        logger.warning("A file of %d bytes was too much work: %s", len(data), type(failure).__name__)
        raise RefusedAttachment("too_much") from failure
