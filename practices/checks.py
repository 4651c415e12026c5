"""What Django's `check --database default` finds wrong with the bank."""

from django.core.checks import Warning
from django.db import connection

from practices import search


def search_index_is_complete(app_configs, databases, **kwargs):
    """Every published practice is in the search index, and nothing else: triggers keep no index here, people might."""
    if not databases or "practices_searchentry" not in connection.introspection.table_names():
        return []
    published, indexed = search.counts()
    if published == indexed:
        return []
    return [
        Warning(
            f"{published} practices are published, the search index holds {indexed}.",
            hint="Run manage.py reindex_search.",
            id="practices.W001",
        )
    ]
