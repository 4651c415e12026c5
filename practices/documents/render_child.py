"""The child that turns finished HTML into a PDF: HTML on standard input, PDF on standard output.

    python -m practices.documents.render_child STATIC_FOLDER     (through practices.documents.sandbox)

It knows neither Django nor the database, and what it may read is a short list: the print style sheet and the fonts. The
HTML names them by addresses of a host that does not exist, so nothing can be found there but through the list.
"""

import gc
import sys
from pathlib import Path
from urllib.parse import urljoin

BASE_URL = "https://static.invalid/"
STYLE_SHEET = "css/print.css"
FONT_FOLDER = "vendor/fonts/pdf"
CONTENT_TYPES = {".css": "text/css", ".ttf": "font/ttf"}
NO_ENGINE = 10  # the exit code the parent knows


def asset_paths(static: Path) -> list[Path]:
    """Everything that goes into a PDF besides its HTML."""
    return [static / STYLE_SHEET, *sorted((static / FONT_FOLDER).glob("*.ttf"))]


def engine():
    """WeasyPrint, imported here alone: it loads Pango, which may be missing, and the portal never needs it."""
    import weasyprint  # noqa: PLC0415

    return weasyprint


def render(html: str, static: Path) -> bytes:
    weasyprint = engine()
    served = {urljoin(BASE_URL, path.relative_to(static).as_posix()): path for path in asset_paths(static)}

    class OwnFiles(weasyprint.urls.URLFetcher):
        """Serves the listed files. Any other address ends the rendering: our templates name none."""

        def fetch(self, url, headers=None):
            path = served[url]
            headers = {"Content-Type": CONTENT_TYPES[path.suffix]}
            return weasyprint.urls.URLFetcherResponse(url, path.read_bytes(), headers)

    fetcher = OwnFiles(fail_on_errors=True)
    document = weasyprint.HTML(string=html, base_url=BASE_URL, url_fetcher=fetcher)
    return document.write_pdf(pdf_variant="pdf/ua-1")


def main() -> int:
    try:
        engine()
    except (ImportError, OSError) as error:
        print(f"WeasyPrint does not start: {error}".replace("\n", " "), file=sys.stderr)  # noqa: T201
        return NO_ENGINE
    gc.disable()  # a sixth of the time; the process ends anyway and its memory is bounded
    pdf = render(sys.stdin.buffer.read().decode(), Path(sys.argv[1]))
    sys.stdout.buffer.write(pdf)
    return 0


if __name__ == "__main__":
    sys.exit(main())
