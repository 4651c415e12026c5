"""Rendered once, kept, found again; never twice at once; what cannot be rendered is not tried again and again."""

import os
import threading
import time

import pytest

from practices.documents import pdf_store, sandbox
from practices.documents.pdf_store import PdfUnavailable, PrintedDocument, Reason
from practices.documents.sandbox import MIB, Limits

LIMITS = Limits(wall_seconds=30, cpu_seconds=10)
MONTH = 31 * 24 * 3600


@pytest.fixture
def children(monkeypatch):
    """Stands for the child: counts its renderings, and how many ran at once."""

    class Children:
        started = 0
        most_at_once = 0
        running = 0
        seconds = 0.0
        fails_with = None
        released = threading.Event()

        def __call__(self, module, arguments, *, stdin, limits):
            with lock:
                self.started += 1
                self.running += 1
                self.most_at_once = max(self.most_at_once, self.running)
            time.sleep(self.seconds)
            self.released.wait(30)
            with lock:
                self.running -= 1
            if self.fails_with:
                raise self.fails_with
            return b"%PDF " + stdin

    lock = threading.Lock()
    stand_in = Children()
    stand_in.released.set()
    monkeypatch.setattr(sandbox, "run_child", stand_in)
    return stand_in


def document(html="<p>Двор</p>", limits=LIMITS):
    return PrintedDocument(html, limits)


def together(*readings):
    """Run them in threads, as a web server does, and return what each gave."""
    answers = [None] * len(readings)

    def read(place, reading):
        answers[place] = reading()

    threads = [threading.Thread(target=read, args=pair) for pair in enumerate(readings)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_second_reader_gets_the_kept_file(data_dir, children):
    first = document().path()

    assert document().path() == first
    assert first == data_dir / "pdf" / f"{document().digest}.pdf"
    assert first.read_bytes() == b"%PDF " + "<p>Двор</p>".encode()
    assert children.started == 1


def test_other_words_make_another_file(data_dir, children):
    assert document("<p>Двор</p>").path() != document("<p>Дом</p>").path()
    assert children.started == 2


@pytest.mark.parametrize("ingredient", ["css/print.css", "vendor/fonts/pdf/PTSerif-Regular.ttf"])
def test_other_style_or_font_makes_another_file(data_dir, children, monkeypatch, tmp_path, ingredient):
    static = tmp_path / "static"
    for path in pdf_store.render_child.asset_paths(pdf_store.STATIC):
        copy = static / path.relative_to(pdf_store.STATIC)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    before = document().digest

    monkeypatch.setattr(pdf_store, "STATIC", static)
    assert document().digest == before  # the same contents in another place
    (static / ingredient).write_bytes(b"changed")

    assert document().digest != before


def test_two_readers_at_once_render_once(data_dir, children):
    children.seconds = 0.3

    answers = together(*[document().path] * 4)

    assert set(answers) == {document().path()}
    assert children.started == 1


def test_many_documents_wait_for_a_place(data_dir, children):
    children.seconds = 0.2

    answers = together(*(document(f"<p>{number}</p>").path for number in range(6)))

    assert all(path.exists() for path in answers)
    assert children.started == 6
    assert children.most_at_once == pdf_store.AT_ONCE


def test_whoever_waits_too_long_is_told_so(data_dir, children, monkeypatch):
    monkeypatch.setattr(pdf_store, "PATIENCE_SECONDS", 0.1)
    children.released.clear()
    readers = [threading.Thread(target=document(f"<p>{n}</p>").path) for n in range(pdf_store.AT_ONCE)]
    for reader in readers:
        reader.start()
    while children.running < pdf_store.AT_ONCE:
        time.sleep(0.01)

    with pytest.raises(PdfUnavailable) as refusal:
        document("<p>один лишний</p>").path()
    children.released.set()
    for reader in readers:
        reader.join()

    assert refusal.value.reason is Reason.BUSY
    assert document("<p>один лишний</p>").path().exists()  # nobody holds a place any more


FAILURES = [
    (sandbox.ChildTimedOut(), Reason.TOO_HARD, 1),
    (sandbox.ChildOutOfMemory(), Reason.TOO_HARD, 1),
    (sandbox.ChildFailed(1, "Traceback …"), Reason.FAILED, 1),
    (sandbox.ChildFailed(pdf_store.render_child.NO_ENGINE, "no Pango"), Reason.NO_ENGINE, 2),
]


@pytest.mark.parametrize(("failure", "reason", "tries"), FAILURES)
def test_failure_is_told_and_not_repeated_in_vain(data_dir, children, failure, reason, tries):
    children.fails_with = failure

    for _reader in range(2):
        with pytest.raises(PdfUnavailable) as refusal:
            document().path()
        assert refusal.value.reason is reason

    assert children.started == tries
    assert list(data_dir.glob("pdf/*.tmp")) == []
    assert list(data_dir.glob("pdf/*.pdf")) == []


def test_failure_is_tried_again_after_a_while(data_dir, children):
    children.fails_with = sandbox.ChildTimedOut()
    with pytest.raises(PdfUnavailable):
        document().path()
    children.fails_with = None
    (failure,) = data_dir.glob("pdf/*.failed")
    past = time.time() - pdf_store.RETRY_AFTER_SECONDS - 1
    os.utime(failure, (past, past))

    assert document().path().exists()


def test_what_nobody_read_for_a_month_goes(data_dir, children):
    unread, read = document("<p>забыт</p>").path(), document("<p>нужен</p>").path()
    past = time.time() - MONTH
    for path in (unread, read):
        os.utime(path, (past, past))

    document("<p>нужен</p>").path()
    document("<p>новый</p>").path()

    assert not unread.exists()
    assert read.exists()


BOMBS = {
    "long paragraph": "<p>" + "слово " * 170_000 + "</p>",
    "combining marks": "<p>а" + "\u0301" * 200_000 + "</p>",
    "deep nesting": "<div>" * 500 + "x",
    "wide table": '<table><tr><td colspan="1000000">x</td></tr></table>',
}
SMALL = Limits(wall_seconds=20, cpu_seconds=2, memory_bytes=400 * MIB)


@pytest.mark.parametrize("name", BOMBS)
def test_bomb_is_refused_and_the_next_document_is_rendered(data_dir, name):
    started = time.monotonic()

    with pytest.raises(PdfUnavailable) as refusal:
        document(BOMBS[name], SMALL).path()

    assert refusal.value.reason in {Reason.TOO_HARD, Reason.FAILED}
    assert time.monotonic() - started < 25
    assert document().path().read_bytes().startswith(b"%PDF")
