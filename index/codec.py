"""Dataclass values as plain JSON values and back, by their own type hints: for what is stored whole (drafts).

Knows the forms that the shared values use (dataclasses, tuples of one type, optional values, literals, string mappings). A field
that the stored value lacks takes its default, one that the class no longer has falls out, so that older drafts stay readable.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")


def to_plain(value: object) -> Any:
    """``value`` as dicts, lists, strings, numbers and None."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [to_plain(part) for part in value]
    if isinstance(value, Mapping):
        return {str(key): to_plain(part) for key, part in value.items()}
    return value


def from_plain(wanted: type[T], plain: Any) -> T:
    """The value of type ``wanted`` that ``to_plain`` turned into ``plain``.

    Raises:
        TypeError: a field without a default is missing, or the value is of another form.
    """
    return cast(T, _built(wanted, plain))


@cache
def _hints(wanted: type) -> dict[str, Any]:
    return get_type_hints(wanted)


def _built(wanted: Any, plain: Any) -> Any:
    if isinstance(wanted, type) and is_dataclass(wanted):
        if not isinstance(plain, dict):
            raise TypeError(f"{wanted.__name__} wants an object, not {type(plain).__name__}")
        hints = _hints(wanted)
        return wanted(**{name: _built(hint, plain[name]) for name, hint in hints.items() if name in plain})
    origin = get_origin(wanted)
    if origin is tuple:
        parts = get_args(wanted)
        repeated = parts[:1] * len(plain) if parts[-1] is ... else parts
        return tuple(_built(part, value) for part, value in zip(repeated, plain, strict=True))
    if origin is Union or origin is types.UnionType:
        if plain is None:
            return None
        return _built(next(part for part in get_args(wanted) if part is not type(None)), plain)
    return plain
