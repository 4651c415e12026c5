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


def squashed(text: str) -> str:
    """Without any space: where a line ends, extraction may put one or none."""
    return "".join(text.split())


def bookmarks(content: bytes) -> list[tuple[str, int]]:
    """Titles with the numbers of their pages, counted from one."""
    reader = reader_of(content)

    def entries(outline):
        for entry in outline:
            if isinstance(entry, list):
                yield from entries(entry)
            else:
                yield entry.title.replace("\xa0", " "), reader.get_destination_page_number(entry) + 1

    return list(entries(reader.outline))
