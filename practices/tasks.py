"""What a worker does while its person waits, or has gone on. Each task may run twice and is then done once."""

from django_tasks import task

from practices import services
from practices.models import WordImport


@task()
def read_word_file(import_pk: int) -> None:
    """Read an uploaded file that takes longer than a page may: an old Word file, an .odt, an .rtf, a PDF."""
    word_import = WordImport.objects.select_related("passport__edition").filter(pk=import_pk).first()
    if word_import is not None:  # its application may be gone
        services.read_waiting_file(word_import)
