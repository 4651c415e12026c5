"""The index of the bank's search. Only `practices/search.py` writes and reads it."""

from django.db import migrations

SQLITE = """
    CREATE VIRTUAL TABLE practices_search
    USING fts5(lemmas, detail=none, columnsize=0, tokenize="unicode61 remove_diacritics 0")
"""

# Not to_tsvector: how it cuts and lowers words depends on the locale the database was made with.
POSTGRESQL = (
    """
    ALTER TABLE practices_searchentry ADD COLUMN words tsvector GENERATED ALWAYS AS (
        array_to_tsvector(array_remove(string_to_array(title || ' ' || summary || ' ' || body, ' '), ''))
    ) STORED
    """,
    "CREATE INDEX practices_searchentry_words ON practices_searchentry USING gin (words)",
)


def create_index(apps, schema_editor):
    match schema_editor.connection.vendor:
        case "sqlite":
            schema_editor.execute(SQLITE)
        case "postgresql":
            for statement in POSTGRESQL:
                schema_editor.execute(statement)


def drop_index(apps, schema_editor):
    match schema_editor.connection.vendor:
        case "sqlite":
            schema_editor.execute("DROP TABLE practices_search")
        case "postgresql":
            schema_editor.execute("ALTER TABLE practices_searchentry DROP COLUMN words")


class Migration(migrations.Migration):
    dependencies = [("practices", "0001_initial")]

    operations = [migrations.RunPython(create_index, drop_index)]
