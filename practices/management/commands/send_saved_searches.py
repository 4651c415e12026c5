from django.core.management.base import BaseCommand
from django.utils import timezone

from practices.watching import send_due_searches


class Command(BaseCommand):
    """What the workers do every hour, by hand: for where no worker runs."""

    help = "Разослать письма о новых практиках тем, кому пора. Можно запускать сколько угодно раз и откуда угодно."

    def handle(self, **_options):
        self.stdout.write(f"Отправлено писем: {send_due_searches(at=timezone.now())}")
