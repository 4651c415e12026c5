"""The OpenAPI document is valid, whole, and what it says is what the portal does: schemathesis tries it out."""

from contextlib import suppress

import pytest
import schemathesis
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings as examples
from hypothesis.errors import Unsatisfiable
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis import GenerationMode
from schemathesis.core.failures import FailureGroup

from competition.enums import Category
from portal.wsgi import application
from practices.api.document import MEANINGS
from practices.filters import BankFilter
from tests.factories import (
    AttachmentFactory,
    ConsentFactory,
    ContestFactory,
    NominationFactory,
    PassportFactory,
    PracticeFactory,
    TerritoryFactory,
    ThemeFactory,
    TrackFactory,
    whole_answers,
)

DOCUMENT = "/api/v1/openapi.json"
EXAMPLES = 10


@pytest.fixture
def bank(db):
    """A little of everything that an answer can hold."""
    contest = ContestFactory(year=2021)
    TrackFactory(contest=contest)
    passport = PassportFactory(application__contest=contest, answers=whole_answers())
    ConsentFactory(application=passport.application, categories=list(Category))
    AttachmentFactory(passport=passport, for_publication=True)
    donor = PracticeFactory(slug="yard", title="Двор", contest=contest, territory=TerritoryFactory(name="Саров"))
    return PracticeFactory(
        slug="school",
        title="Школа чтения",
        contest=contest,
        passport=passport,
        donor=donor,
        theme=ThemeFactory(),
        nomination=NominationFactory(contest=contest),
        award="winner",
        key_figures=[("> 1200 слушателей", "за год")],
    )


@pytest.fixture
def document(bank, client) -> dict:
    return client.get(DOCUMENT).json()


def test_document_is_valid(document):
    assert [error.message for error in OpenAPIV31SpecValidator(document).iter_errors()] == []
    assert document["openapi"] == "3.1.0"


def strict(schema):
    """The same schema without room for fields that it does not name."""
    if isinstance(schema, list):
        return [strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {"additionalProperties": False} if "properties" in schema else {}
    return {key: strict(part) for key, part in schema.items()} | closed


@pytest.fixture
def _one_connection(document):
    """A request closes what it finds open; here it shall find the transaction of the test.

    Django's client cares for that itself, and connects the signals again: so after it has asked for the document.
    """
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def tried_out(document: dict, *, paths=()) -> list[str]:
    """What schemathesis finds against the document, asking as it allows and as it does not; nothing when they agree."""
    api = schemathesis.openapi.from_dict(document)
    api.app = application
    found = []
    for operation in (result.ok() for result in api.get_all_operations()):
        if not paths or operation.path in paths:
            for slug in ("school", "yard") if "{slug}" in operation.path else ("",):
                _check(operation.Case(path_parameters={"slug": slug} if slug else {}), found)
            for mode in GenerationMode:
                with suppress(Unsatisfiable):  # an address without parameters cannot be asked wrongly
                    _ask(operation.as_strategy(generation_mode=mode), found)
    return found


def _ask(strategy, found: list[str]) -> None:
    @examples(max_examples=EXAMPLES, phases=[Phase.generate], database=None, suppress_health_check=list(HealthCheck))
    @given(strategy)
    def ask(case):
        _check(case, found)

    ask()


def _check(case, found: list[str]) -> None:
    try:
        case.call_and_validate()
    except FailureGroup as group:
        found.extend(f"{case.formatted_path} {case.query}: {problem}" for problem in group.exceptions)


@pytest.mark.usefixtures("_one_connection")
def test_portal_does_what_the_document_says(document):
    assert tried_out(strict(document)) == []


@pytest.mark.usefixtures("_one_connection")
@pytest.mark.parametrize("spoil", ["type", "field", "bound", "status"])
def test_the_trial_finds_what_is_wrong(document, spoil):
    theme, listed = document["components"]["schemas"]["ThemeRow"], document["paths"]["/api/v1/themes"]["get"]
    match spoil:
        case "type":
            theme["properties"]["practices"] = {"type": "string"}
        case "field":
            del theme["properties"]["title"]
            theme["required"].remove("title")
        case "bound":
            listed["parameters"][0]["schema"]["anyOf"][0]["maximum"] = 10_000
        case "status":
            del listed["responses"]["400"]

    assert tried_out(strict(document), paths=["/api/v1/themes"]) != []


def test_every_parameter_of_the_bank_is_told_of(document):
    told = {parameter["name"] for parameter in document["paths"]["/api/v1/practices"]["get"]["parameters"]}

    assert told == {*BankFilter.base_filters, "exact", "limit", "offset"}
    assert set(BankFilter.base_filters) - set(MEANINGS) == set()


def test_every_field_and_parameter_is_described(document):
    fields = [field for schema in document["components"]["schemas"].values() for field in schema["properties"].values()]
    asked = [parameter for path in document["paths"].values() for parameter in path["get"]["parameters"]]

    assert len(fields) > 80
    assert [told for told in (*fields, *asked) if not told.get("description")] == []


def test_document_is_in_the_language_of_the_reader(bank, client):
    russian = client.get(DOCUMENT)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    english = client.get(DOCUMENT)

    assert russian.json()["info"]["title"] == "Открытые данные банка муниципальных практик"
    assert english.json()["info"]["title"] == "Open data of the bank of municipal practices"
    assert russian.headers["ETag"] != english.headers["ETag"]
    assert russian.headers["Vary"] == "Cookie"
