"""Where uploaded files lie. What a person was told is kept must outlive a power cut, as the database's rows do."""

import os
from pathlib import Path

from django.core.files.storage import FileSystemStorage


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
