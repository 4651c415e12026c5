from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class PracticesConfig(AppConfig):
    name = "practices"
    verbose_name = _("Practices and forms")

    def ready(self):
        from practices.checks import search_index_is_complete  # noqa: PLC0415 - models can be imported only now

        checks.register(search_index_is_complete, checks.Tags.database)
