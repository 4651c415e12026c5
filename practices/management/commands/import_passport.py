import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError
from django.utils import translation

from practices.documents.printed_form import PrintedForm
from practices.documents.safe_zip import MAX_FILE
from practices.documents.word_in import Recognised, RefusedFile, read_passport
from practices.models import Edition

EDITIONS = Path(settings.BASE_DIR) / "fixtures" / "editions.json"
REFUSED = 2


class Command(BaseCommand):
    """Shows what the portal would recognise in a Word file. It writes nothing, and needs no database for it."""

    help = "Прочитать паспорт практики из файла Word или PDF и показать, что распознано. В базу ничего не записывается."
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="файл .docx, .doc, .odt, .rtf или .pdf")
        parser.add_argument("--json", action="store_true", help="напечатать распознанное как JSON")

    def handle(self, *args, file: Path, **options):
        with translation.override("ru"):
            try:
                recognised = read_passport(_read(file), known_editions())
            except RefusedFile as refusal:
                self._refuse(refusal.sentence)
            except OSError as error:
                self._refuse(f"Файл «{file}» не открывается: {error.strerror}.")
        if options["json"]:
            self.stdout.write(json.dumps(recognised.as_json(), ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(summary(recognised)))

    def _refuse(self, sentence: str):
        self.stderr.write(sentence)
        raise SystemExit(REFUSED)


def _read(file: Path) -> bytes:
    """The file, and one byte more than is allowed at most: enough to see that it is too large."""
    with file.open("rb") as stream:
        return stream.read(MAX_FILE + 1)


def known_editions() -> list:
    """Those of the database, for an organiser may have made a new one; where there is none yet, those of the portal."""
    try:
        editions = list(Edition.objects.prefetch_related("sections"))
    except DatabaseError:
        editions = []
    return editions or [PrintedForm(data) for data in json.loads(EDITIONS.read_text(encoding="utf-8"))]


def summary(recognised: Recognised):
    """The lines that a person reads."""
    pieces = sum(map(count_pieces, recognised.sections.values()))
    yield f"Форма {recognised.edition} года. Разделов: {len(recognised.sections)}, фрагментов: {pieces}."
    for code, content in recognised.sections.items():
        yield f"  {code}: {count_pieces(content) or 'пусто'}"
    yield f"Не распознано: {len(recognised.unplaced)}"
    yield from (f"  {' / '.join(text.splitlines())}" for text in recognised.unplaced)
    yield f"Проверьте: {len(recognised.warnings)}"
    yield from (f"  {warning}" for warning in recognised.warnings)


def count_pieces(content: dict) -> int:
    """Paragraphs and filled cells."""
    rows = [row.values() for table in content.get("tables", {}).values() for row in table]
    for block in content.get("blocks", []):
        rows.extend(block.get("table", [block.get("text", "").split("\n")]))
    return sum(1 for row in rows for cell in row if cell.strip())
