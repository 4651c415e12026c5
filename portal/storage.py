"""Where files lie: those that people upload, and those of the release.

What a person was told is kept must outlive a power cut, as the database's rows do.
"""

import os
from functools import cache
from pathlib import Path

from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage


class DurableFileSystemStorage(FileSystemStorage):
    """Gives a file its name back only when its content, and the name in its folder, are on the disk."""

    def _save(self, name, content):
        saved = super()._save(name, content)
        path = Path(self.path(saved))
        for written in (path, path.parent):
            descriptor = os.open(written, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        return saved


class ReleasedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Works an address out once: a page names thirty files, and a release never changes them."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.url = cache(self.url)
