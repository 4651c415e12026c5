"""The child process that may be killed: what it is given, what it may not do, how its end is told."""

import os
import socket
import time
from pathlib import Path

import pytest

from practices.documents.sandbox import (
    MIB,
    ChildFailed,
    ChildOutOfMemory,
    ChildTimedOut,
    Limits,
    run_child,
)

LIMITS = Limits(wall_seconds=20, cpu_seconds=5, memory_bytes=300 * MIB, output_bytes=2 * MIB)


def run(*arguments, limits=LIMITS, stdin=b""):
    return run_child("tests.practices.documents.misbehaving_child", arguments, stdin=stdin, limits=limits)


def test_child_reads_its_input_and_answers():
    assert run("echo", "…и аргумент", stdin="ввод".encode()) == "ввод…и аргумент".encode()


def test_child_sees_nothing_of_our_environment(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "not for children")
    monkeypatch.setenv("DATABASE_URL", "not for children")

    assert set(run("environment").decode().split("\n")) <= {"PATH", "HOME", "TMPDIR", "LANG", "LC_CTYPE"}


def test_child_knows_no_django():
    loaded = run("modules").decode().split("\n")

    assert "socket" in loaded
    assert "django" not in loaded


def test_child_leaves_nothing_behind():
    assert not Path(run("leave_a_file").decode()).exists()


@pytest.mark.parametrize(
    ("deed", "limits"),
    [("sleep", Limits(wall_seconds=0.5, cpu_seconds=5)), ("spin", Limits(wall_seconds=20, cpu_seconds=1))],
)
def test_child_that_takes_too_long_is_killed(deed, limits):
    started = time.monotonic()

    with pytest.raises(ChildTimedOut):
        run(deed, limits=limits)

    assert time.monotonic() - started < 15


@pytest.mark.parametrize("deed", ["hoard", "flood"])
def test_child_that_takes_too_much_is_killed(deed):
    with pytest.raises(ChildOutOfMemory):
        run(deed)


def test_child_takes_its_own_children_along(tmp_path):
    sign = tmp_path / "sign"

    with pytest.raises(ChildTimedOut):
        run("breed", sign, limits=Limits(wall_seconds=1, cpu_seconds=5))
    time.sleep(2)

    assert not sign.exists()


def test_child_has_no_network():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        socket.create_connection(("127.0.0.1", port)).close()  # the door is open to us

        with pytest.raises(ChildFailed, match="no network in here"):
            run("call_home", port)


def test_child_may_refuse_in_its_own_words():
    with pytest.raises(ChildFailed) as refusal:
        run("refuse")

    assert (refusal.value.exit_code, refusal.value.message) == (3, "это не паспорт")


def test_what_a_killed_parent_left_behind_is_swept_by_the_next(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    old, young, other = (tmp_path / name for name in ("portal-child-old", "portal-child-young", "somebody-elses"))
    for folder in (old, young, other):
        folder.mkdir()
        (folder / "file").write_text("x")
    for folder in (old, other):
        os.utime(folder, (0, 0))

    run("echo")

    assert [folder.exists() for folder in (old, young, other)] == [False, True, True]
