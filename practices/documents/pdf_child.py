"""The child that reads a passport out of a PDF, as `word_child` reads one out of a .docx.

Apart from it, because what reads a PDF takes longer to load than a .docx takes to read.
"""

import sys

from practices.documents.pdf_read import read_pdf
from practices.documents.word_child import answer

if __name__ == "__main__":
    sys.exit(answer(read_pdf))
