"""Examples of a client's own types, made from the types themselves: every field, and every alternative of each."""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, Literal, NotRequired, Required, Union, get_args, get_origin, get_type_hints

import typing_extensions
from pydantic import BaseModel

FILLER = "filler"
"""What every text is."""

WRAPPERS = (Annotated, Required, NotRequired, typing_extensions.Required, typing_extensions.NotRequired)

SINGLE: dict[Any, list[Any]] = {
    str: [FILLER],
    int: [1],
    float: [0.5],
    bool: [True],
    dict: [{FILLER: FILLER}],
    list: [[FILLER]],
}
"""Examples of plain types."""

Path = tuple[str | int, ...]


def examples(kind: Any, seen: tuple[Any, ...] = ()) -> list[Any]:  # noqa: PLR0911 - one way a kind of type
    """Values of a type that together show every field and every alternative of it; none for a type within itself."""
    origin = get_origin(kind)
    if origin is Literal:
        return [get_args(kind)[0]]
    if origin in (Union, types.UnionType):
        return [value for inner in get_args(kind) for value in examples(inner, seen)]
    if origin in WRAPPERS:
        return examples(get_args(kind)[0], seen)
    if isinstance(kind, typing_extensions.TypeAliasType):
        return examples(kind.__value__, seen)
    if is_object(kind):
        return [] if kind in seen else _objects(kind, (*seen, kind))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return [{FILLER: value} for value in examples(get_args(kind)[1], seen)]
    if isinstance(origin, type) and issubclass(origin, Iterable):
        return [[value] for value in examples(get_args(kind)[0], seen)]
    return _single(kind)


def _single(kind: Any) -> list[Any]:
    if kind in (object, Any):
        return [{FILLER: FILLER}]
    if getattr(kind, "__name__", "").startswith("SequenceNotStr"):
        return [[FILLER]]
    return SINGLE.get(kind, [])


def is_object(kind: Any) -> bool:
    """Whether a type has fields: a typed dictionary or a model."""
    return isinstance(kind, type) and (issubclass(kind, BaseModel) or (issubclass(kind, dict) and hints_of(kind) != {}))


def hints_of(kind: Any) -> dict[str, Any]:
    """The fields of an object and their types."""
    if issubclass(kind, BaseModel):
        return {field.alias or name: field.annotation for name, field in kind.model_fields.items()}
    return get_type_hints(kind, include_extras=True)


def _objects(kind: Any, seen: tuple[Any, ...]) -> list[Any]:
    """One object with every field, then for each further alternative of a field one object that has it."""
    fields = {name: examples(hint, seen) for name, hint in hints_of(kind).items()}
    first = {name: values[0] for name, values in fields.items() if values}
    return [first, *({**first, name: value} for name, values in fields.items() for value in values[1:])]


def texts(value: Any, path: Path = ()) -> Iterator[Path]:
    """Where the texts of a value stand that are not chosen from a list: the fillers, keys among them."""
    if isinstance(value, str):
        if value == FILLER:
            yield path
    elif isinstance(value, dict):
        for key, item in value.items():
            if key == FILLER:
                yield (*path, key, "key")
            yield from texts(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from texts(item, (*path, index))


def put(value: Any, path: Path, text: str) -> Any:
    """A copy of `value` with `text` where `path` leads."""
    if not path:
        return text
    step, rest = path[0], path[1:]
    if isinstance(value, dict):
        if rest == ("key",) and step == FILLER and step in value:
            return {text if key == step else key: item for key, item in value.items()}
        return {key: put(item, rest, text) if key == step else item for key, item in value.items()}
    return [put(item, rest, text) if index == step else item for index, item in enumerate(value)]


def named(path: Path) -> str:
    """A path without the places in lists, as a reader would write it."""
    return ".".join(str(step) for step in path if not isinstance(step, int)).replace(FILLER, "*")
