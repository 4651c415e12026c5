from django.core.management.base import BaseCommand

from practices import search


class Command(BaseCommand):
    """For after a restore, or a change in how words are read: publishing keeps the index by itself."""

    help = "Построить поисковый индекс банка практик заново."

    def handle(self, *args, **options):
        self.stdout.write(f"Практик в индексе: {search.reindex()}")
