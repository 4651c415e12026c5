import os
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage


def test_a_file_is_on_the_disk_before_it_is_acknowledged(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    flushed = []
    monkeypatch.setattr(os, "fsync", lambda descriptor: flushed.append(Path(f"/proc/self/fd/{descriptor}").resolve()))

    name = default_storage.save("letters/one.pdf", ContentFile(b"words"))

    assert flushed == [tmp_path / name, tmp_path / "letters"]
    assert (tmp_path / name).read_bytes() == b"words"
