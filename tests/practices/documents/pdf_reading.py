"""What a PDF says, for tests."""

import io

from pypdf import PdfReader


def reader_of(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def text_of(content: bytes) -> str:
    """Its words in reading order, one space apart."""
    return " ".join(" ".join(page.extract_text() for page in reader_of(content).pages).split())


def font_names(content: bytes) -> set[str]:
    """Names of the embedded fonts, without the six letters that tell subsets apart."""
    fonts = [font.get_object() for page in reader_of(content).pages for font in page["/Resources"]["/Font"].values()]
    return {font["/BaseFont"].partition("+")[2] for font in fonts}


def bookmarks(content: bytes) -> list[str]:
    def titles(outline):
        for entry in outline:
            if isinstance(entry, list):
                yield from titles(entry)
            else:
                yield entry.title

    return list(titles(reader_of(content).outline))
