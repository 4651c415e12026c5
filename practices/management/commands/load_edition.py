import json
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from practices.services import load_edition


class Command(BaseCommand):
    help = "Загрузить формы паспорта из файла: новые появятся, прежние приведутся в соответствие."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="JSON в том же строении, что fixtures/editions.json")

    def handle(self, *, file, **options):
        try:
            editions = json.loads(file.read_text())
        except (OSError, ValueError) as error:
            raise CommandError(f"Не удалось прочитать {file}: {error}") from error
        for data in editions:
            try:
                edition = load_edition(data)
            except (KeyError, TypeError, AttributeError) as error:
                raise CommandError(f"{file}: описание формы неполное или другого строения ({error!r}).") from error
            except ValidationError as error:
                raise CommandError(f"{file}: {'; '.join(error.messages)}") from error
            self.stdout.write(f"{edition.code}: {edition.sections.count()} разделов")
