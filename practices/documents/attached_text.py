"""The words of an attached PDF or Word file, for the search. Runs in a child process.

A scan has none, and what cannot be read has none either: a file that is kept need not be found by its words.
"""

import pypdfium2
from lxml import etree

from practices.documents.safe_zip import SafeZip

MOST_PAGES = 100
MOST_LETTERS = 100_000
WORD_MAIN_PART = "word/document.xml"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
APART = {f"{W}tab", f"{W}br", f"{W}cr"}


def of_pdf(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as document:
        return _within_limit(_on_page(document, number) for number in range(min(len(document), MOST_PAGES)))


def of_word(data: bytes) -> str:
    """A paragraph a line; what was deleted under tracked changes is not a word any more."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    body = etree.fromstring(SafeZip(data).xml(WORD_MAIN_PART), parser)
    return _within_limit(_of_paragraph(paragraph) for paragraph in body.iter(f"{W}p"))


def _on_page(document: pypdfium2.PdfDocument, number: int) -> str:
    page = document[number]
    try:
        return page.get_textpage().get_text_bounded()
    finally:
        page.close()


def _of_paragraph(paragraph) -> str:
    inside = paragraph.iter(f"{W}t", *APART)
    return "".join(" " if element.tag in APART else element.text or "" for element in inside)


def _within_limit(texts) -> str:
    """The texts a line each, as many as fit; signs that no database keeps left out."""
    kept, room = [], MOST_LETTERS
    for text in texts:
        line = "".join(sign for sign in text if sign.isprintable() or sign.isspace()).strip()[:room]
        room -= len(line) + 1
        kept.append(line)
        if room <= 0:
            break
    return "\n".join(filter(None, kept))
