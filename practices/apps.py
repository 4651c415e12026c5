from django.apps import AppConfig
from django.core import checks


class PracticesConfig(AppConfig):
    name = "practices"

    def ready(self):
        from practices.checks import search_index_is_complete  # noqa: PLC0415 - models can be imported only now

        checks.register(search_index_is_complete, checks.Tags.database)
