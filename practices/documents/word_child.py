"""The child that reads a .docx: a line of JSON with the editions, then the file, on standard input; JSON out.

    python -m practices.documents.word_child     (through practices.documents.sandbox)

It knows neither Django nor the database. A file that it does not take ends it with `Refused.exit_code` and the
reason, one word.
"""

import json
import sys
from collections.abc import Callable

from practices.documents.printed_form import PrintedForm
from practices.documents.refused import Refused
from practices.documents.safe_zip import SafeZip
from practices.documents.word_flow import Document
from practices.documents.word_place import place
from practices.documents.word_read import read

ANSWERED = ("edition", "sections", "unplaced", "merged", "pictures", "doubts")


def answer(read_document: Callable[[bytes], Document]) -> int:
    """Place what this reader makes of the file; return the exit code."""
    editions, _, data = sys.stdin.buffer.read().partition(b"\n")
    try:
        placed = place(read_document(data), [PrintedForm(edition) for edition in json.loads(editions)])
    except Refused as refusal:
        sys.stderr.write(f"{refusal.reason}\n")
        return Refused.exit_code
    except RecursionError:  # tables in tables in tables: no person wrote that
        sys.stderr.write("damaged\n")
        return Refused.exit_code
    found = {
        name: getattr(placed, name) for name in ("edition", "sections", "unplaced", "merged", "pictures", "doubts")
    }
    sys.stdout.buffer.write(json.dumps(found, ensure_ascii=False).encode())
    return 0


if __name__ == "__main__":
    sys.exit(answer(lambda data: read(SafeZip(data))))
