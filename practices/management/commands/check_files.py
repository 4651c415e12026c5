from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from practices.services.files import delete_strays, look_over_files


class Command(BaseCommand):
    """For after a restore or a crash: files are written before their rows and deleted after them."""

    help = "Сверить вложенные файлы с базой данных; --delete убирает с диска ничьи, старше суток"

    def add_arguments(self, parser):
        parser.add_argument("--delete", action="store_true", help="убрать с диска файлы, которых нет в базе данных")

    def handle(self, *, delete, **options):
        found = look_over_files(at=timezone.now())
        for title, names in (("Нет на диске", found.missing), ("Изменился", found.changed), ("Ничей", found.strays)):
            for name in names:
                self.stdout.write(f"{title}: {name}")
        if delete:
            delete_strays(found)
        if found.missing or found.changed:
            raise CommandError("Восстановите эти файлы из резервной копии.")
        self.stdout.write("Файлы на месте." if not found.strays or delete else "Ничьи файлы уберёт --delete.")
