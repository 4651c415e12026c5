from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.letters import without_letters
from competition.models import Contest
from portal.demo.people import load_people
from portal.demo.record import load_record
from portal.demo.season import load_season


class Command(BaseCommand):
    help = "Загружает годы 2017–2021 с победителями и открытый конкурс этого года для показа. Можно запускать снова."

    def add_arguments(self, parser):
        parser.add_argument(
            "--if-empty", action="store_true", help="ничего не делать, если в базе уже есть хотя бы один конкурс"
        )
        parser.add_argument(
            "--i-know",
            action="store_true",
            help="загрузить и на рабочем портале, где у всех людей из показа один известный пароль",
        )

    def handle(self, *args, if_empty, i_know, **options):
        if not settings.AT_HOME and not i_know:
            raise CommandError(
                "Данные для показа не загружены: это рабочий портал (DEBUG выключен), а пароль людей из показа "
                "известен всем. Если так и нужно, добавьте --i-know."
            )
        if if_empty and Contest.objects.exists():
            self.stdout.write("В базе уже есть конкурсы, данные для показа не нужны.")
            return
        with transaction.atomic(), without_letters():
            load_record()
            load_people()
            made = load_season()
        self.stdout.write(
            "Данные для показа загружены." if made else "Факты обновлены, конкурс этого года уже есть и не тронут."
        )
