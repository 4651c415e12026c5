"""The description of the API, OpenAPI 3.1, made of what the code reads: answers of dataclasses, parameters of forms.

Options of a facet are listed as the database has them now, for anything else is refused.
"""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from practices.api import shapes
from practices.api.schema import reference, schemas_of
from practices.filters import BankFilter, OptionsField
from practices.forms.api import DEFAULT_LIMIT, LONGEST_ADDRESS, SliceForm

VERSION = "1.0.0"
SLUG = "[-a-zA-Z0-9_]+"

# What a parameter does; one of the bank that is not here is told by the label of its filter.
MEANINGS = {
    "q": gettext_lazy(
        "Words to look for in titles, summaries, passports and published files: in any form, “in quotes” as they follow"
        " each other. A slip of typing is mended."
    ),
    "exact": gettext_lazy("Anything here: look for the words as they are typed, mend no slips."),
    "year": gettext_lazy("Year of the contest."),
    "territory": gettext_lazy("City, by its name in addresses or by its name."),
    "nomination": gettext_lazy("Nomination."),
    "award": gettext_lazy("What the jury decided."),
    "theme": gettext_lazy("Theme, by its name in addresses or by its title."),
    "region": gettext_lazy("Region of the city."),
    "track": gettext_lazy("Track: best practices or adoption of a practice."),
    "started": gettext_lazy("Year in which the practice began."),
    "cost": gettext_lazy("Class of its costs in roubles."),
    "people": gettext_lazy("Class of how many people it reaches."),
    "sort": gettext_lazy(
        "Order: by relevance to the words, the newest first, the most adopted first, by costs. Without words relevance"
        " means the newest first; of several orders the last one holds."
    ),
    "limit": gettext_lazy("How many rows to answer with."),
    "offset": gettext_lazy("How many rows to leave out before them."),
    "slug": gettext_lazy("Name of the practice in its address."),
}
EXAMPLES = {"q": "дворы", "limit": 5}


@dataclass(frozen=True)
class Parameter:
    """One parameter, as a program and a person read of it. `options` are all its values, if they can be listed."""

    name: str
    meaning: str
    schema: dict
    place: str = "query"
    example: Any = None

    @property
    def options(self) -> list:
        return [option for option in self.schema.get("items", self.schema).get("enum", []) if option != ""]

    @property
    def bounds(self) -> dict:
        """The least and the most of a number."""
        return self.schema["anyOf"][0] if "anyOf" in self.schema else {}

    @property
    def is_many(self) -> bool:
        return self.schema.get("type") == "array"

    def described(self) -> dict:
        told = {"name": self.name, "in": self.place, "description": self.meaning, "schema": self.schema}
        if self.place == "path":
            told["required"] = True
        if self.is_many:
            told |= {"style": "form", "explode": True}
        if self.example is not None:
            told["example"] = self.example
        return told


@dataclass(frozen=True)
class Operation:
    """An address of the API. `refusals`: how it answers what it cannot answer, beside 405 and 414."""

    name: str
    title: str
    about: str
    answer: type
    parameters: list[Parameter] = field(default_factory=list)
    refusals: tuple[int, ...] = ()

    @property
    def path(self) -> str:
        """As the document writes it: with the parameters of the path in braces."""
        given = [parameter.name for parameter in self.parameters if parameter.place == "path"]
        path = reverse(f"practices:{self.name}", args=given)
        for name in given:
            path = path.replace(f"/{name}", f"/{{{name}}}")
        return path

    @property
    def address(self) -> str:
        return self.path.partition("{")[0]

    @property
    def fields(self) -> list[tuple[str, str]]:
        """(name, meaning) of the fields of its answer; of a list those of its rows."""
        schemas = schemas_of([self.answer])
        properties = schemas[self.answer.__name__]["properties"]
        if "results" in properties:
            row = properties["results"]["items"]["$ref"].rpartition("/")[2]
            properties = schemas[row]["properties"]
        return [(name, told.get("description", "")) for name, told in properties.items()]

    def described(self) -> dict:
        responses = {"200": _success(self.answer, is_list=_is_list(self.answer))}
        responses["304"] = {"description": _("Nothing has changed since the answer whose ETag was sent.")}
        responses |= {str(status): _refusal(status) for status in (*self.refusals, 405, 414)}
        told = {
            "operationId": self.name,
            "summary": self.title,
            "description": self.about,
            "parameters": [parameter.described() for parameter in self.parameters],
            "responses": responses,
        }
        return {"get": told}


def title() -> str:
    return _("Open data of the bank of municipal practices")


def openapi(*, server: str) -> dict:
    """The whole document, in the language of the reader."""
    told = operations()
    return {
        "openapi": "3.1.0",
        "info": {
            "title": title(),
            "version": VERSION,
            "description": about(),
        },
        "servers": [{"url": server}],
        "paths": {operation.path: operation.described() for operation in told},
        "components": {
            "schemas": schemas_of([*(operation.answer for operation in told), shapes.Error]),
        },
    }


def about() -> str:
    return " ".join(limits())


def limits() -> list[str]:
    """What holds for every answer, a paragraph each."""
    return [
        _(
            "Everything that the public bank shows, to be read by programs: no key is needed, nothing can be changed,"
            " any site may ask from its pages."
        ),
        _(
            "A parameter given twice means “or”, different parameters mean “and”, an empty one is as if it were not"
            " there, an unknown one is ignored."
        ),
        _(
            "A list has at most 100 rows at a time; the header Link leads to the next ones. An address has at most"
            " %(limit)s characters. How often one may ask is not limited; please ask one question at a time."
        )
        % {"limit": LONGEST_ADDRESS},
        _("Send the ETag of an answer back as If-None-Match, and 304 says that it still holds."),
        _("Fields may be added to the answers, none are taken away."),
    ]


def operations() -> list[Operation]:
    """Every address, with its parameters as they can be given now."""
    return [
        Operation(
            "api_practices",
            _("Practices"),
            _("Search and filters of the bank. The order is that of the page."),
            shapes.PracticeList,
            [*_bank_parameters(), *_slice_parameters()],
            (400,),
        ),
        Operation(
            "api_practice",
            _("A practice"),
            _("All that is public of it: facts, passport, files, the practices that it came from and that repeat it."),
            shapes.PracticeDetail,
            [Parameter("slug", str(MEANINGS["slug"]), {"type": "string", "pattern": f"^{SLUG}$"}, place="path")],
            (404,),
        ),
        Operation(
            "api_contests",
            _("Years"),
            _("The years of the contest with their numbers, nominations and tracks."),
            shapes.ContestList,
            _slice_parameters(),
            (400,),
        ),
        Operation(
            "api_territories",
            _("Cities"),
            _("Where the cities lie and what they gave to the bank."),
            shapes.TerritoryList,
            _slice_parameters(),
            (400,),
        ),
        Operation(
            "api_themes",
            _("Themes"),
            _("The portal's own themes, the same for all years."),
            shapes.ThemeList,
            _slice_parameters(),
            (400,),
        ),
        Operation("api_index", _("Contents"), _("The addresses of all this."), shapes.Index),
    ]


def _bank_parameters() -> list[Parameter]:
    """What the bank's filter reads, in its order, and the one word that it reads beside its fields."""
    found = [_parameter(name, given.field, given.label) for name, given in BankFilter.base_filters.items()]
    exact = Parameter("exact", str(MEANINGS["exact"]), {"type": "string"})
    return [*found[:1], exact, *found[1:]]


def _slice_parameters() -> list[Parameter]:
    return [_parameter(name, given, given.label) for name, given in SliceForm.base_fields.items()]


def _parameter(name: str, given: forms.Field, label) -> Parameter:
    return Parameter(name, str(MEANINGS.get(name, label or name)), _schema(name, given), example=EXAMPLES.get(name))


def _schema(name: str, given: forms.Field) -> dict:
    if isinstance(given, OptionsField):
        options = list(given.accepted())
        if all(option.isdigit() for option in options):
            options = [int(option) for option in options]
        return {"type": "array", "items": {"enum": ["", *options]}}
    if isinstance(given, forms.IntegerField):
        bounds = {"minimum": given.min_value, "maximum": given.max_value}
        default = DEFAULT_LIMIT if name == "limit" else 0
        return {"anyOf": [{"type": "integer", **bounds}, {"const": ""}], "default": default}
    if isinstance(given, forms.ChoiceField):
        return {"type": "string", "enum": ["", *(str(value) for value, _label in given.choices if value)]}
    return {"type": "string", "maxLength": given.max_length, "pattern": "^[^\\u0000]*$"}


def _is_list(answer: type) -> bool:
    return "results" in answer.__dataclass_fields__


def _success(answer: type, *, is_list: bool) -> dict:
    told = {"ETag": _header(_("Mark of the answer, for If-None-Match."))}
    if is_list:
        told["Link"] = _header(_("The next and the previous page, as RFC 8288 writes it."))
    return {
        "description": str(answer.ABOUT),
        "headers": told,
        "content": {"application/json": {"schema": reference(answer)}},
    }


def _header(meaning: str) -> dict:
    return {"description": meaning, "schema": {"type": "string"}}


def _refusal(status: int) -> dict:
    meanings = {
        400: _("A parameter that is not understood."),
        404: _("There is no such public practice, or not any more."),
        405: _("Something else than reading."),
        414: _("An address of more than %(limit)s characters.") % {"limit": LONGEST_ADDRESS},
    }
    schema = reference(shapes.Error)
    return {"description": meanings[status], "content": {"application/json": {"schema": schema}}}
