"""`manage.py import_passport`: what it prints, how it refuses, and that it writes nothing."""

import json

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from practices.documents.word_sentences import REFUSALS, WARNINGS, refusal, warning
from practices.management.commands import import_passport
from tests.practices.documents.example_passport import example
from tests.practices.documents.passport_files import passport_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def passport(tmp_path):
    file = tmp_path / "passport.docx"
    file.write_bytes(passport_file(example("2023")))
    return file


def refused(file, capsys) -> str:
    with pytest.raises(SystemExit) as end:
        call_command("import_passport", file, json=True)
    printed = capsys.readouterr()
    assert end.value.code == 2
    assert printed.out == ""
    return printed.err


def test_json_holds_what_the_file_holds_and_nothing_is_written(passport, capsys):
    with CaptureQueriesContext(connection) as queries:
        call_command("import_passport", passport, json=True)

    answer = json.loads(capsys.readouterr().out)
    assert answer["edition"] == "2023"
    assert answer["sections"] == example("2023")
    assert answer["unplaced"] == []
    assert answer["warnings"] == []
    assert all(query["sql"].startswith("SELECT") for query in queries)


def test_summary_names_sections_pieces_and_doubts(tmp_path, capsys):
    file = tmp_path / "passport.docx"
    content = example("2023")
    content["costs"]["tables"]["main"].append({"item": "Итого", "amount": "39 500", "source": ""})
    file.write_bytes(passport_file(content, without=("team",)))

    call_command("import_passport", file)

    printed = capsys.readouterr().out
    assert "Форма 2023 года. Разделов: 21" in printed
    assert "  title: 1" in printed
    assert "  Итого / 39 500" in printed
    assert "В файле не найдены разделы: Краткая информация о лидере практики / команде проекта." in printed


def test_editions_come_from_the_fixture_where_there_is_no_database(passport, capsys, monkeypatch):
    def no_database(*_args):
        raise OperationalError

    monkeypatch.setattr(import_passport.Edition.objects, "prefetch_related", no_database)

    call_command("import_passport", passport, json=True)

    assert json.loads(capsys.readouterr().out)["edition"] == "2023"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.docx", b"", "Это не файл Word"),
        ("a.docx", b"PK\x03\x04...", "Файл повреждён"),
        ("a.rtf", b"{\\rtf1 }", "не похож на паспорт практики"),
        ("a.docx", passport_file({}, without=tuple(example("2023"))), "не похож на паспорт практики"),
    ],
)
def test_what_is_no_passport_is_refused_in_one_russian_line(tmp_path, capsys, name, content, sentence):
    file = tmp_path / name
    file.write_bytes(content)

    error = refused(file, capsys)

    assert sentence in error
    assert error.count("\n") == 1


def test_a_missing_file_is_told(tmp_path, capsys):
    assert "не открывается" in refused(tmp_path / "none.docx", capsys)


@pytest.mark.parametrize("reason", REFUSALS)
def test_every_refusal_is_one_russian_line(reason):
    sentence = refusal(reason)

    assert "\n" not in sentence
    assert any("а" <= letter <= "я" for letter in sentence)


@pytest.mark.parametrize("doubt", WARNINGS)
def test_every_warning_can_be_said(doubt):
    about = dict.fromkeys(("section", "words", "column", "edition", "count", "rows"), "7") | {"titles": ["Цель"]}

    assert "%" not in warning(doubt, about)
