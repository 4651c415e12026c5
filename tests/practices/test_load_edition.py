import json

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from practices.models import Edition

pytestmark = pytest.mark.django_db

OFFICIAL = settings.BASE_DIR / "fixtures" / "editions.json"


def test_load_edition_makes_the_three_forms_on_record(capsys):
    call_command("load_edition", OFFICIAL)

    assert {e.code: e.sections.count() for e in Edition.objects.all()} == {"2019": 22, "2022": 23, "2023": 22}


def test_load_edition_twice_changes_nothing():
    call_command("load_edition", OFFICIAL)
    before = list(Edition.objects.values_list("pk", "sections__pk", "sections__title").order_by("sections__pk"))

    call_command("load_edition", OFFICIAL)

    assert list(Edition.objects.values_list("pk", "sections__pk", "sections__title").order_by("sections__pk")) == before


def test_load_edition_makes_next_years_form_without_a_programmer(tmp_path):
    (form,) = [data for data in json.loads(OFFICIAL.read_text()) if data["code"] == "2022"]
    form["code"], form["title"] = "2027", "Паспорт практики, форма 2027 года"
    results = next(section for section in form["sections"] if section["code"] == "results")
    results["shape"]["tables"][0]["columns"].append({"code": "source", "title": "Источник данных", "kind": "text"})
    file = tmp_path / "form.json"
    file.write_text(json.dumps([form]))

    call_command("load_edition", file)

    columns = Edition.objects.get(code="2027").template("results").shape.tables[0].columns
    assert [column.code for column in columns] == ["indicator", "value_last_year", "value_total", "source"]


@pytest.mark.parametrize(
    "text",
    ["not json", '[{"code": "2027"}]', '[{"code": "2027", "title": "x", "sections": [{"number": 1}]}]', "[1]"],
)
def test_load_edition_says_what_is_wrong_and_changes_nothing(tmp_path, text):
    file = tmp_path / "form.json"
    file.write_text(text)

    with pytest.raises(CommandError):
        call_command("load_edition", file)

    assert not Edition.objects.exists()
