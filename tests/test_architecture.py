"""Both arrows of the house: between the apps, and between the rows inside an app."""

import ast
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent
ORDER = ("accounts", "competition", "practices", "judging", "portal")  # each may import those before it

ROWS = {  # inside an app a file imports from its own row or a row above
    0: {
        "enums",
        "blocks",
        "amounts",
        "charts",
        "codes",
        "contacts",
        "differences",
        "digest",
        "facets",
        "fitting",
        "funding",
        "geography",
        "lemmas",
        "links",
        "lines",
        "pasted_text",
        "places",
        "orbits",
        "pasted",
        "readings",
        "scoring",
        "snippets",
        "spelling",
        "taking",
        "totals",
        "verdicts",
    },
    1: {"models"},
    2: {
        "adoption",
        "article",
        "carrying",
        "donors",
        "background",
        "bank",
        "collecting",
        "comparing",
        "examples",
        "family",
        "history",
        "import_report",
        "keeping",
        "letters",
        "permissions",
        "presence",
        "queries",
        "related",
        "scheme",
        "search",
        "slips",
        "statistics",
        "suggesting",
        "trust",
        "tallies",
        "version",
        "workflow",
    },
    3: {"documents", "publishing", "services"},
    4: {"filters", "forms", "tasks", "watching"},
    5: {
        "adapter",
        "admin",
        "api",
        "apps",
        "checks",
        "desk_urls",
        "management",
        "public_urls",
        "templatetags",
        "urls",
        "views",
    },
}


def row_of(module: str) -> int | None:
    return next((row for row, names in ROWS.items() if module in names), None)


def source_files(app):
    return [file for file in (ROOT / app).rglob("*.py") if "migrations" not in file.parts]


def imported_modules(file):
    """Dotted names of everything a file imports, wherever in the file the import stands."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def trespasses_between_apps(app, files):
    forbidden = set(ORDER[ORDER.index(app) + 1 :])
    return {(file.name, name) for file in files for name in imported_modules(file) if name.split(".")[0] in forbidden}


def trespasses_between_rows(app, files):
    found = set()
    for file in files:
        own = row_of(file.relative_to(ROOT / app).with_suffix("").parts[0])
        if own is None:
            continue
        for name in imported_modules(file):
            parts = name.split(".")
            target = row_of(parts[1]) if parts[0] == app and len(parts) > 1 else None
            if target is not None and target > own:
                found.add((str(file.relative_to(ROOT)), name))
    return found


@pytest.mark.parametrize("app", ORDER)
def test_imports_follow_the_arrow_between_apps(app):
    files = source_files(app)

    assert files
    assert trespasses_between_apps(app, files) == set()


@pytest.mark.parametrize("app", ORDER[:-1])
def test_imports_follow_the_arrow_between_rows(app):
    assert trespasses_between_rows(app, source_files(app)) == set()


@pytest.mark.parametrize("app", ORDER[:-1])
def test_every_module_has_its_row(app):
    modules = {file.relative_to(ROOT / app).with_suffix("").parts[0] for file in source_files(app)} - {"__init__"}

    assert {module for module in modules if row_of(module) is None} == set()


def test_foreign_keys_follow_the_arrow():
    strays = {
        (model._meta.label, field.related_model._meta.label)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and model._meta.app_label in ORDER
        if field.related_model._meta.app_label in ORDER[ORDER.index(model._meta.app_label) + 1 :]
    }

    assert strays == set()


def test_the_arrow_test_bites(tmp_path):
    trespasser = tmp_path / "models.py"
    trespasser.write_text("from judging.models import Score\n\ndef late():\n    import portal.views\n")

    assert trespasses_between_apps("competition", [trespasser]) == {
        ("models.py", "judging.models"),
        ("models.py", "judging.models.Score"),
        ("models.py", "portal.views"),
    }
