"""The child that looks through a stranger's file, given on standard input, before anything opens it.

python -m practices.documents.check_child KIND     (through practices.documents.sandbox)
"""

import sys

from practices.documents.refused import Refused
from practices.documents.safe_odf import check_odt
from practices.documents.safe_ole import check_doc
from practices.documents.safe_pdf import check_pdf
from practices.documents.safe_rtf import check_rtf
from practices.documents.safe_zip import SafeZip

CHECKS = {"docx": SafeZip, "doc": check_doc, "odt": check_odt, "rtf": check_rtf, "pdf": check_pdf}


def main() -> int:
    try:
        CHECKS[sys.argv[1]](sys.stdin.buffer.read())
    except Refused as refusal:
        sys.stderr.write(f"{refusal.reason}\n")
        return Refused.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
