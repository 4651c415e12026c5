"""The private folder against the database: what is missing, what has changed, what belongs to nobody."""

import os
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from practices.services.files import GRACE, Findings, look_over_files
from tests.factories import AttachmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def test_files_that_agree_are_not_named(now):
    AttachmentFactory(previewed=True)

    assert look_over_files(at=now + 2 * GRACE) == Findings()


def test_what_disagrees_is_named(media, now):
    lost, changed = AttachmentFactory(), AttachmentFactory()
    (media / lost.file.name).unlink()
    (media / changed.file.name).write_bytes(b"other")

    assert look_over_files(at=now) == Findings(missing=[lost.file.name], changed=[changed.file.name])
    with pytest.raises(CommandError):
        call_command("check_files", delete=True)


def test_a_stray_goes_when_it_is_told_to_and_old_enough(media, now, capsys):
    kept = AttachmentFactory()
    old, fresh = media / "attachments/x/old.pdf", media / "attachments/x/fresh.pdf"
    old.parent.mkdir()
    for path in (old, fresh):
        path.write_bytes(b"stray")
    long_ago = (now - GRACE - timedelta(hours=1)).timestamp()
    os.utime(old, (long_ago, long_ago))

    call_command("check_files")
    assert old.exists()
    call_command("check_files", delete=True)

    assert "attachments/x/old.pdf" in capsys.readouterr().out
    assert (old.exists(), fresh.exists(), (media / kept.file.name).exists()) == (False, True, True)
