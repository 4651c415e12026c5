"""The renderer fetches nothing but our style sheet and fonts, whatever an applicant writes."""

import http.server
import subprocess
import sys
import threading
import zlib
from pathlib import Path

import pytest

from practices.documents import render_child
from practices.documents.pdf import practice_document, practice_pdf
from practices.documents.pdf_store import STATIC, PdfUnavailable, PrintedDocument, Reason
from practices.documents.sandbox import Limits
from tests.factories import PassportFactory, PracticeFactory
from tests.practices.documents.pdf_reading import reader_of, squashed, text_of

SECRET = "canary-7f3a-do-not-print"
LIMITS = Limits(wall_seconds=30, cpu_seconds=10)


@pytest.fixture
def web():
    """A server of our own that remembers what it was asked for."""

    class Server(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_arguments):
            pass

    asked = []
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    server.asked = asked
    server.url = f"http://127.0.0.1:{server.server_port}"
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def secret_file(tmp_path):
    path = tmp_path / "secret.txt"
    path.write_text(SECRET)
    return path


def vectors(url, path):
    """Every way we know to make a renderer fetch something; {n} makes each request known."""
    file = path.as_uri()
    nested = f"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><image href='{url}/nested'/></svg>"
    return [
        f'<link rel="stylesheet" href="{url}/link">',
        f'<link rel="stylesheet" href="{file}">',
        f'<link rel="attachment" href="{url}/attachment">',
        f'<link rel="attachment" href="{file}">',
        f'<style>@import url("{url}/import");</style>',
        f'<style>@font-face {{ font-family: x; src: url("{url}/font") }} body {{ font-family: x }}</style>',
        f'<style>body {{ background: url("{url}/background") }}</style>',
        f'<style>p::before {{ content: url("{url}/content") }}</style>',
        f'<style>li {{ list-style-image: url("{url}/bullet") }}</style><li>x</li>',
        f'<style>@page {{ background: url("{url}/page") }}</style>',
        f'<p style="background: url({url}/style)">x</p>',
        f'<img src="{url}/img">',
        f'<img src="{file}">',
        f'<img srcset="{url}/srcset 2x" src="{url}/src">',
        f'<img src="{nested}">',
        f'<object data="{url}/object"></object>',
        f'<object data="{file}"></object>',
        f'<embed src="{url}/embed">',
        f'<iframe src="{url}/iframe"></iframe>',
        f'<video poster="{url}/poster"></video>',
        f'<input type="image" src="{url}/input">',
        f'<base href="{url}/"><img src="base">',
        f'<a rel="attachment" href="{file}">x</a>',
        f'<a rel="attachment" href="{url}/a">x</a>',
        f'<svg><image href="{url}/svg" width="1" height="1"/></svg>',
        f'<svg><use href="{url}/use#x"/></svg>',
        f'<svg><style>@import url("{url}/svg-import");</style></svg>',
        f'<meta http-equiv="refresh" content="0; url={url}/refresh">',
    ]


def everything_in(content: bytes) -> bytes:
    """The file with its streams inflated: attachments are streams, too."""
    parts = [content]
    for piece in content.split(b"stream\n")[1:]:
        try:
            parts.append(zlib.decompressobj().decompress(piece))
        except zlib.error:
            continue
    return b"\n".join(parts)


def render_carelessly(html: str, target: Path) -> None:
    """As one would without thinking: no escaping, no fetcher of one's own, no limits."""
    program = "import sys, weasyprint; weasyprint.HTML(string=sys.stdin.read()).write_pdf(sys.argv[1])"
    command = [sys.executable, "-c", program, target]
    subprocess.run(command, input=html, text=True, check=True, capture_output=True)  # noqa: S603 - our own program


def test_the_vectors_do_fetch_where_nobody_cares(web, secret_file, tmp_path):
    target = tmp_path / "careless.pdf"

    render_carelessly("".join(vectors(web.url, secret_file)), target)

    assert len(web.asked) >= 9
    assert SECRET.encode() in everything_in(target.read_bytes())


@pytest.mark.django_db
def test_texts_of_a_passport_are_printed_and_never_fetched(web, secret_file, data_dir):
    given = vectors(web.url, secret_file)
    answers = {
        "background": {"blocks": [{"text": text} for text in given] + [{"table": [[text] for text in given]}]},
        "actions": [{"action": text, "performer": text} for text in given],
        "links": [{"name": text, "url": text} for text in [*given, f"{web.url}/link", secret_file.as_uri()]],
    }
    practice = PracticeFactory(
        title=given[0], summary=given[12], passport=PassportFactory(application__title=given[0], answers=answers)
    )

    content = practice_pdf(practice).read_bytes()

    printed = squashed(text_of(content)).replace("‐", "")
    assert all(printed.count(f"/{name}") >= 3 for name in ("attachment", "iframe", "svg-import", "refresh"))
    assert web.asked == []
    assert SECRET.encode() not in everything_in(content)
    assert "/Names" not in reader_of(content).trailer["/Root"]


@pytest.mark.django_db
def test_card_of_a_practice_is_escaped(web, secret_file, data_dir):
    evil = vectors(web.url, secret_file)[11]
    practice = PracticeFactory(
        title=evil,
        short_title=evil,
        summary=evil,
        description=evil,
        territory__name=evil[:100],
        territory__region=evil[:100],
        key_figures=[(evil, evil)],
    )

    html = practice_document(practice).html

    assert "<img" not in html
    assert "&lt;img" in html


@pytest.mark.parametrize("number", range(28))
def test_renderer_itself_fetches_nothing(web, secret_file, number):
    """The second line of defence: as if a text had got into the HTML unescaped. Runs in this process, for speed."""
    vector = vectors(web.url, secret_file)[number]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(render_child.engine().urls.LOGGER, "disabled", True)
        try:
            content = render_child.render(f"<!doctype html><html lang=ru><title>x</title><p>x{vector}", STATIC)
        except render_child.engine().urls.FatalURLFetchingError:
            content = b""

    assert web.asked == []
    assert SECRET.encode() not in everything_in(content)


def test_foreign_address_ends_the_rendering(web, data_dir):
    document = PrintedDocument(f'<img alt="" src="{web.url}/img">', LIMITS)

    with pytest.raises(PdfUnavailable) as refusal:
        document.path()

    assert refusal.value.reason is Reason.FAILED
    assert web.asked == []


def test_renderer_reads_only_listed_files():
    listed = render_child.asset_paths(STATIC)

    assert listed[0] == STATIC / "css/print.css"
    assert {path.suffix for path in listed[1:]} == {".ttf"}
    assert all(path.is_relative_to(STATIC) for path in listed)


def test_missing_engine_has_an_exit_code_of_its_own(monkeypatch, capsys):
    def no_pango():
        raise OSError("cannot load library 'libpango-1.0-0'\nand more")

    monkeypatch.setattr(render_child, "engine", no_pango)

    assert render_child.main() == render_child.NO_ENGINE
    assert capsys.readouterr().err.count("\n") == 1
