"""The child that reads a Word file: a line of JSON with the editions, then the file, on standard input; JSON out.

    python -m practices.documents.word_child     (through practices.documents.sandbox)

It knows neither Django nor the database. A file that it does not take ends it with `RefusedZip.exit_code` and the
reason, one word.
"""

import json
import sys

from practices.documents.printed_form import PrintedForm
from practices.documents.safe_zip import RefusedZip, SafeZip
from practices.documents.word_place import place
from practices.documents.word_read import read


def main() -> int:
    editions, _, data = sys.stdin.buffer.read().partition(b"\n")
    try:
        placed = place(read(SafeZip(data)), [PrintedForm(edition) for edition in json.loads(editions)])
    except RefusedZip as refusal:
        sys.stderr.write(f"{refusal.reason}\n")
        return RefusedZip.exit_code
    except RecursionError:  # tables in tables in tables: no person wrote that
        sys.stderr.write("damaged\n")
        return RefusedZip.exit_code
    answer = {name: getattr(placed, name) for name in ("edition", "sections", "unplaced", "doubts")}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
