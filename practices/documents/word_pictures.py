"""The pictures of a Word file: where each stands among the sections, and the bytes of those that somebody wants."""

import json
import sys

from practices.documents.refused import Refused
from practices.documents.safe_zip import SafeZip
from practices.documents.word_flow import Document, Paragraph
from practices.documents.word_read import read


def found_in(document: Document, sections) -> list[dict]:
    """Every picture once, in the order of the file, with the section that it stands in where that is known."""
    places = {part: found.heading.code for found in reversed(sections) for part in _parts(found.content)}
    return [
        {"part": picture.part, "size": picture.size, "section": places.get(picture.part, "")}
        for picture in document.pictures
    ]


def _parts(items: list):
    for item in items:
        if isinstance(item, Paragraph):
            yield from item.pictures
        else:
            for row in item.rows:
                for cell in row:
                    yield from _parts(cell.items)


def main() -> int:
    """As a child: a line of JSON with the wanted parts, then the .docx; out come their lengths, then their bytes."""
    wanted, _, data = sys.stdin.buffer.read().partition(b"\n")
    try:
        archive = SafeZip(data)
        known = {picture.part for picture in read(archive).pictures}
        parts = [archive.part(name) if name in known else b"" for name in json.loads(wanted)]
    except Refused as refusal:
        sys.stderr.write(f"{refusal.reason}\n")
        return Refused.exit_code
    sys.stdout.buffer.write(json.dumps([len(part) for part in parts]).encode() + b"\n" + b"".join(parts))
    return 0


if __name__ == "__main__":
    sys.exit(main())
