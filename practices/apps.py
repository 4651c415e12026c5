from django.apps import AppConfig
from django.core import checks
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, post_save, pre_migrate
from django.utils.translation import gettext_lazy as _


class PracticesConfig(AppConfig):
    name = "practices"
    verbose_name = _("Practices and forms")

    def ready(self):
        from practices import tasks, version  # noqa: PLC0415 - models can be imported only now
        from practices.checks import search_index_is_complete  # noqa: PLC0415

        connection_created.connect(version.watch)
        pre_migrate.connect(version.pause, sender=self)
        post_migrate.connect(version.go_on, sender=self)
        for named in ("competition.Territory", "competition.Nomination", "practices.Theme"):
            post_save.connect(tasks.index_if_renamed, sender=named)
        checks.register(search_index_is_complete, checks.Tags.database)
