"""Rendered PDFs on disk, each under the hash of all that went into it: rendered once, then read in milliseconds.

Two readers of one document never render it twice, and all readers together never run more than `AT_ONCE` children: file
locks hold across threads and processes of one host. A document that could not be rendered is not tried again for a
while, so a page that eats ten seconds of a core eats them once. What nobody read for a month goes.
"""

import fcntl
import hashlib
import logging
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import Enum
from functools import cached_property, lru_cache
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

from practices.documents import render_child, sandbox
from practices.documents.sandbox import Limits

logger = logging.getLogger(__name__)

STATIC = settings.BASE_DIR / "static"
AT_ONCE = 2
PATIENCE_SECONDS = 10  # to wait for one of the places while a reader waits at a page
POLL_SECONDS = 0.02
RETRY_AFTER_SECONDS = 600
FORGET_AFTER_SECONDS = 30 * 24 * 3600


class Reason(Enum):
    """Why there is no PDF."""

    NO_ENGINE = "no_engine"
    TOO_LONG = "too_long"
    TOO_HARD = "too_hard"
    FAILED = "failed"
    BUSY = "busy"


REMEMBERED = frozenset({Reason.TOO_HARD, Reason.FAILED})


class PdfUnavailable(Exception):
    """The document cannot be had now. `reason` is for the page to put in words."""

    def __init__(self, reason: Reason):
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class PrintedDocument:
    """Finished HTML on its way to become a PDF."""

    html: str
    limits: Limits

    @cached_property
    def digest(self) -> str:
        """The hash of all that decides the file's bytes: HTML, style sheet, fonts, the child and its engine."""
        assets = tuple((path, path.stat().st_mtime_ns) for path in _ingredients())
        return hashlib.sha256(f"{_digest_of(assets)} {self.html}".encode()).hexdigest()

    def path(self, *, patience: float = PATIENCE_SECONDS) -> Path:
        """The PDF's place on disk, rendered now if it was not before; raise `PdfUnavailable`.

        `patience`: for how many seconds one of the places is waited for.
        """
        path = _folder() / f"{self.digest}.pdf"
        if not _is_kept(path):
            with _lock([f"document-{self.digest[:4]}"], seconds=self.limits.wall_seconds + patience):
                if not _is_kept(path):
                    self._render_to(path, patience)
        return path

    def _render_to(self, path: Path, patience: float) -> None:
        failure = path.with_suffix(".failed")
        if reason := _failed_lately(failure):
            raise PdfUnavailable(reason)
        try:
            with _lock([f"place-{number}" for number in range(AT_ONCE)], seconds=patience):
                _write(path, _render(self.html, self.limits))
        except PdfUnavailable as error:
            if error.reason in REMEMBERED:
                _write(failure, error.reason.value.encode())
            raise
        _forget_old(path.parent)


def _folder() -> Path:
    folder = settings.DATA_DIR / "pdf"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _is_kept(path: Path) -> bool:
    """Whether the file is there; if it is, it was read just now and stays for another month."""
    try:
        os.utime(path)
    except FileNotFoundError:
        return False
    return True


def _failed_lately(failure: Path) -> Reason | None:
    try:
        is_fresh = time.time() - failure.stat().st_mtime < RETRY_AFTER_SECONDS
        return Reason(failure.read_text()) if is_fresh else None
    except FileNotFoundError:
        return None


def _ingredients() -> list[Path]:
    return [*render_child.asset_paths(STATIC), Path(render_child.__file__)]


@lru_cache(maxsize=4)
def _digest_of(assets: tuple[tuple[Path, int], ...]) -> str:
    """Of the contents, and so the same on every host; the times only tell when to read them again."""
    digest = hashlib.sha256(version("weasyprint").encode())
    for path, _changed in assets:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _render(html: str, limits: Limits) -> bytes:
    try:
        return sandbox.run_child("practices.documents.render_child", [STATIC], stdin=html.encode(), limits=limits)
    except (sandbox.ChildTimedOut, sandbox.ChildOutOfMemory) as error:
        logger.warning("A PDF of %d characters was given up: %s", len(html), type(error).__name__)
        raise PdfUnavailable(Reason.TOO_HARD) from error
    except sandbox.ChildFailed as error:
        is_engine_missing = error.exit_code == render_child.NO_ENGINE
        logger.error("A PDF was not rendered: %s", error.message if is_engine_missing else error.errors)
        raise PdfUnavailable(Reason.NO_ENGINE if is_engine_missing else Reason.FAILED) from error


def _write(path: Path, content: bytes) -> None:
    """All or nothing, also through a power cut: a reader never sees half a file."""
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".tmp", delete=False) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(file.name, path)


def _forget_old(folder: Path) -> None:
    limit = time.time() - FORGET_AFTER_SECONDS
    for path in folder.iterdir():
        with suppress(FileNotFoundError):  # another process forgets, too, or has just given a file its name
            if path.stat().st_mtime < limit:
                path.unlink()


@contextmanager
def _lock(names: list[str], *, seconds: float) -> Iterator[None]:
    """Hold any one of these locks; raise `PdfUnavailable` when none came free in time."""
    deadline = time.monotonic() + seconds
    while True:
        for name in names:
            with open(_folder() / f"{name}.lock", "wb") as file:
                if _taken(file):
                    yield
                    return
        if time.monotonic() > deadline:
            raise PdfUnavailable(Reason.BUSY)
        time.sleep(POLL_SECONDS)


def _taken(file) -> bool:
    """Closing the file gives the lock back, the end of the process too."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
