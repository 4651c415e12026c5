import json

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from practices.models import Edition
from tests.factories import PassportFactory, edition

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


@pytest.fixture
def changed_form(tmp_path):
    """The 23-section form under its own code, but with a section more."""
    (form,) = [data for data in json.loads(OFFICIAL.read_text()) if data["code"] == "2022"]
    form["sections"].append({**form["sections"][3], "number": 24, "code": "risks", "title": "Риски"})
    file = tmp_path / "form.json"
    file.write_text(json.dumps([form]))
    return file


def test_load_edition_changes_a_form_that_nobody_has_filled_in(changed_form):
    call_command("load_edition", OFFICIAL)

    call_command("load_edition", changed_form)

    assert Edition.objects.get(code="2022").template("risks").number == 24


def test_load_edition_leaves_alone_what_passports_rest_on(changed_form):
    passport = PassportFactory()

    with pytest.raises(CommandError, match="2022"):
        call_command("load_edition", changed_form)

    assert Edition.objects.get(pk=passport.edition_id).sections.count() == 23


def test_load_edition_refuses_a_shape_that_the_portal_does_not_know(tmp_path):
    (form,) = [data for data in json.loads(OFFICIAL.read_text()) if data["code"] == "2022"]
    form["sections"][0]["shape"] = {"kind": "drawing"}
    file = tmp_path / "form.json"
    file.write_text(json.dumps([form]))

    with pytest.raises(CommandError, match="Портал не знает"):
        call_command("load_edition", file)

    assert not Edition.objects.exists()


@pytest.mark.parametrize("code", ["2022", "2023"])
def test_every_section_of_the_new_forms_has_an_example_within_its_limit(code):
    for template in edition(code).templates:
        assert template.shape.is_answered(template.example), template.code
        assert not template.is_over_limit(template.example), template.code
        assert template.shape.clean(template.example) == template.example


@pytest.mark.parametrize("example", [{"tables": {"main": []}}, {"blocks": [{"text": 1}]}, ["текст"], "текст"])
def test_example_of_another_shape_is_refused(example):
    template = edition().template("goals")
    template.example = example

    with pytest.raises(ValidationError) as refused:
        template.full_clean()

    assert set(refused.value.message_dict) == {"example"}
