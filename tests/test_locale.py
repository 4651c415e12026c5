"""The Russian of the portal is complete, and what runs is what was translated."""

import ast
import re
from itertools import chain

import polib
from django.conf import settings
from django.utils.translation.template import templatize

FOLDER = settings.BASE_DIR / "locale" / "ru" / "LC_MESSAGES"
CATALOGUE = polib.pofile(str(FOLDER / "django.po"))
APPS = ["accounts", "competition", "practices", "judging", "portal"]
MARKERS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
PLACEHOLDER = re.compile(r"%\([^)]+\)[sd]|%[sd]|\{[^}]*\}")
STRING = r"""u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
MARKED_IN_TEMPLATE = re.compile(rf"\b(p?)n?gettext\({STRING}(?:,\s*{STRING})?")


def told(entry):
    return f"{entry.msgctxt or ''} {entry.msgid}".strip()


def translations(entry):
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def marked_in_python():
    """Every msgid of the code, as (context, msgid)."""
    for path in chain.from_iterable((settings.BASE_DIR / app).rglob("*.py") for app in APPS):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKERS:
                texts = [part.value for part in node.args if isinstance(part, ast.Constant)]
                yield (texts[0], texts[1]) if node.func.id.startswith("pgettext") else (None, texts[0])


def marked_in_templates():
    for path in (settings.BASE_DIR / "templates").rglob("*"):
        if path.is_file():
            for context, first, second in MARKED_IN_TEMPLATE.findall(templatize(path.read_text(encoding="utf-8"))):
                yield (
                    (ast.literal_eval(first), ast.literal_eval(second)) if context else (None, ast.literal_eval(first))
                )


def test_catalogue_knows_every_string_of_the_sources():
    known = {(entry.msgctxt, entry.msgid) for entry in CATALOGUE}
    python, templates = set(marked_in_python()), set(marked_in_templates())

    assert len(python) > 100
    assert len(templates) > 100
    assert sorted(text for _context, text in (python | templates) - known) == []


def test_everything_is_translated_and_nothing_is_guessed():
    assert [told(entry) for entry in CATALOGUE.untranslated_entries()] == []
    assert [told(entry) for entry in CATALOGUE.fuzzy_entries()] == []
    assert [told(entry) for entry in CATALOGUE.obsolete_entries()] == []


def test_plurals_have_the_three_russian_forms():
    plural = [entry for entry in CATALOGUE if entry.msgid_plural]

    assert [told(entry) for entry in plural if sorted(entry.msgstr_plural) != [0, 1, 2]] == []


def test_translation_keeps_every_placeholder():
    """A plural form may leave the number out («одна ошибка»), but nothing may be added or misspelt."""
    for entry in CATALOGUE.translated_entries():
        wanted = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        for translation in translations(entry):
            found = set(PLACEHOLDER.findall(translation))
            assert found <= wanted if entry.msgid_plural else found == wanted, told(entry)


def test_compiled_catalogue_is_that_of_the_sources():
    compiled = polib.mofile(str(FOLDER / "django.mo"))

    def content(catalogue):
        return {(e.msgctxt, e.msgid): (e.msgstr, tuple(sorted(e.msgstr_plural.items()))) for e in catalogue}

    assert content(compiled) == content(CATALOGUE.translated_entries())


def test_quotation_marks_are_russian():
    without_tags = {told(entry): re.sub(r"<[^>]+>", "", "".join(translations(entry))) for entry in CATALOGUE}

    assert [msgid for msgid, text in without_tags.items() if '"' in text] == []
