from django.core.management.base import BaseCommand

from practices.models import Practice
from practices.publishing import derive_numbers


class Command(BaseCommand):
    """For after a change in how numbers are read: publishing reads them by itself."""

    help = "Прочитать заново из паспортов банка то, по чему он считает и сортирует: затраты и охват."

    def handle(self, *args, **options):
        practices = Practice.objects.published().filter(passport__isnull=False)
        for practice in practices.iterator(chunk_size=500):
            derive_numbers(practice)
        self.stdout.write(f"Практик с паспортом: {practices.count()}")
