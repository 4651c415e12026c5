"""JSON Schema read off dataclasses, so that the document of the API cannot promise what its answers do not have.

An answer is a dataclass whose fields say about themselves with `Annotated[int, About("…")]`. A field with a default may
be missing from an answer; every other one is always there, `null` where nothing is known.
"""

from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date, datetime
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

PLAIN = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    datetime: {"type": "string", "format": "date-time"},
    date: {"type": "string", "format": "date"},
    NoneType: {"type": "null"},
}


@dataclass(frozen=True)
class About:
    """What a reader must know of a field: a lazy text, an example, all the values that there are, a format."""

    text: Any
    example: Any = None
    choices: tuple[str, ...] = ()
    format: str = ""


def reference(shape: type) -> dict:
    return {"$ref": f"#/components/schemas/{shape.__name__}"}


def schemas_of(shapes: list[type]) -> dict[str, dict]:
    """The schemas of these dataclasses and of all that they consist of, by name."""
    found: dict[str, dict] = {}
    waiting = list(shapes)
    while waiting:
        shape = waiting.pop(0)
        if shape.__name__ not in found:
            found[shape.__name__] = _object(shape)
            waiting += [part for hint in _hints(shape).values() for part in _dataclasses_in(hint)]
    return dict(sorted(found.items()))


def plain(answer) -> dict:
    """An answer as JSON has it: without the fields that have nothing but their default."""
    return {
        field.name: _plain(getattr(answer, field.name))
        for field in fields(answer)
        if field.default is MISSING or getattr(answer, field.name) != field.default
    }


def _plain(value):
    if is_dataclass(value):
        return plain(value)
    return [_plain(item) for item in value] if isinstance(value, list) else value


def _object(shape: type) -> dict:
    return {
        "type": "object",
        "description": str(shape.ABOUT),
        "properties": {name: _schema(hint) for name, hint in _hints(shape).items()},
        "required": [field.name for field in fields(shape) if field.default is MISSING],
    }


def _hints(shape: type) -> dict[str, Any]:
    hints = get_type_hints(shape, include_extras=True)
    return {field.name: hints[field.name] for field in fields(shape)}


def _schema(hint) -> dict:
    origin = get_origin(hint)
    if origin is Annotated:
        kind, about = get_args(hint)
        return _schema(kind) | _words(about)
    if origin is list:
        return {"type": "array", "items": _schema(get_args(hint)[0])}
    if origin is Literal:
        return {"const": get_args(hint)[0]}
    if origin is UnionType:
        return _any_of([_schema(kind) for kind in get_args(hint)])
    return reference(hint) if is_dataclass(hint) else dict(PLAIN[hint])


def _any_of(schemas: list[dict]) -> dict:
    if all(set(schema) <= {"type", "format"} for schema in schemas):
        formats = {key: schema[key] for schema in schemas for key in schema if key == "format"}
        return {"type": [schema["type"] for schema in schemas]} | formats
    return {"anyOf": schemas}


def _words(about: About) -> dict:
    said = {"description": str(about.text)}
    if about.choices:
        said["enum"] = list(about.choices)
    if about.format:
        said["format"] = about.format
    if about.example is not None:
        said["examples"] = [about.example]
    return said


def _dataclasses_in(hint) -> list[type]:
    if isinstance(hint, type) and is_dataclass(hint):
        return [hint]
    return [shape for part in get_args(hint) for shape in _dataclasses_in(part)]
