"""Runs a module of ours on a stranger's input in a child process that may be killed: the web thread survives it.

    pdf = run_child("practices.documents.render_child", ["argument"], stdin=html, limits=RENDER_LIMITS)

The child gets its input on standard input and answers on standard output. It is an isolated Python: no settings, no
secrets in its environment, no network, a temporary folder of its own that goes with it. It may refuse in words of its
own: exit with a code of its own and one line on standard error, which come back in `ChildFailed`.

This file is both sides. As `__main__` it is the child: it puts the limits on itself, before it reads a byte, because a
function between fork and exec (`preexec_fn`) may deadlock a web server that has threads. It imports the standard
library alone.
"""

import contextlib
import math
import os
import resource
import runpy
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MIB = 1024 * 1024
OUT_OF_MEMORY = 75  # exit codes of the child that are ours; modules choose theirs below 64
FOLDER = "portal-child-"
LEFT_BEHIND = 3600  # seconds; no child lives that long
NICENESS = 5  # pages come first when both cores are busy


@dataclass(frozen=True)
class Limits:
    """What one child may use. Wall time also covers a child that sleeps; CPU time one on a busy machine."""

    wall_seconds: float
    cpu_seconds: int
    memory_bytes: int = 1024 * MIB
    output_bytes: int = 64 * MIB


class ChildError(Exception):
    """The child gave no answer. The subclass says why."""


class ChildTimedOut(ChildError):
    """It was killed: out of wall time or CPU time."""


class ChildOutOfMemory(ChildError):
    """It asked for more memory, or wrote more, than it may."""


class ChildFailed(ChildError):
    """It ended by itself with an error. `message` is the last line it wrote on standard error."""

    def __init__(self, exit_code: int, errors: str):
        self.exit_code = exit_code
        self.errors = errors
        self.message = errors.strip().rpartition("\n")[2]
        super().__init__(f"exit code {exit_code}: {self.message}")


def run_child(module: str, arguments=(), *, stdin: bytes, limits: Limits) -> bytes:
    """Run the module as a program and return what it wrote on standard output; raise `ChildError` for anything else."""
    _sweep()
    with tempfile.TemporaryDirectory(prefix=FOLDER) as folder, tempfile.TemporaryFile() as given:
        given.write(stdin)
        given.seek(0)
        # Files instead of pipes: RLIMIT_FSIZE bounds them, and nothing blocks when the child stops reading.
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
            command = [sys.executable, "-I", "-B", __file__, *_as_arguments(limits), module, *map(str, arguments)]
            child = subprocess.Popen(  # noqa: S603 - our own interpreter, our own file, no shell
                command,
                stdin=given,
                stdout=out,
                stderr=errors,
                cwd=folder,
                env=_environment(folder),
                start_new_session=True,
            )
            exit_code = _wait(child, limits)
            errors.seek(0)
            _raise_for(exit_code, errors.read().decode("utf-8", "replace"))
            out.seek(0)
            return out.read()


def _sweep() -> None:
    """Remove the folders of children whose parent was killed before it could: they may hold a person's file."""
    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDER}*"):
        with contextlib.suppress(OSError):  # somebody else's, or swept by another process just now
            state = folder.lstat()
            if state.st_uid == os.getuid() and time.time() - state.st_mtime > LEFT_BEHIND:
                shutil.rmtree(folder, ignore_errors=True)


def _as_arguments(limits: Limits) -> list[str]:
    alarm = math.ceil(limits.wall_seconds) + 1
    return [str(number) for number in (alarm, limits.cpu_seconds, limits.memory_bytes, limits.output_bytes)]


def _environment(folder: str) -> dict[str, str]:
    """Nothing of the portal's own environment: it holds the secrets."""
    return {"PATH": os.defpath, "HOME": folder, "TMPDIR": folder, "LANG": "C.UTF-8"}


def _wait(child: subprocess.Popen, limits: Limits) -> int:
    """Wait for the child, kill it with all its own children when its time is over; return its exit code."""
    try:
        return child.wait(limits.wall_seconds)
    except subprocess.TimeoutExpired as error:
        raise ChildTimedOut from error
    finally:
        if child.returncode is None:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def _raise_for(exit_code: int, errors: str) -> None:
    match -exit_code:
        case 0:
            return
        case signal.SIGXCPU | signal.SIGALRM:
            raise ChildTimedOut
        case signal.SIGKILL | signal.SIGXFSZ:
            raise ChildOutOfMemory
    if exit_code == OUT_OF_MEMORY:
        raise ChildOutOfMemory
    raise ChildFailed(exit_code, errors)


def _confine(wall: int, cpu: int, memory: int, output: int) -> None:
    """What the child does to itself first. The alarm ends it even when its parent is gone."""
    signal.alarm(wall)
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (output, output))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)  # Python ignores it and would raise OSError somewhere instead
    os.nice(NICENESS)
    sys.addaudithook(_refuse_network)


def _refuse_network(event: str, _arguments: tuple) -> None:
    if event.startswith("socket."):
        raise PermissionError("no network in here")


def _main() -> None:
    *numbers, module = sys.argv[1:6]
    sys.argv[1:6] = []
    _confine(*map(int, numbers))
    sys.path.insert(0, str(ROOT))
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)  # tidying up needs memory, too


if __name__ == "__main__":
    _main()
