from django.core.management.base import BaseCommand
from django.utils import timezone

from practices.services.exports import sweep_exports


class Command(BaseCommand):
    """Every new export does the same; for a portal where nobody has ordered one for long."""

    help = "Убрать файлы выборок, срок которых прошёл или в которых есть практика, ушедшая из банка"

    def handle(self, **options):
        self.stdout.write(f"Убрано файлов: {sweep_exports(at=timezone.now())}")
