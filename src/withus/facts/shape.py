"""What each fact may look like, read once from the dataclasses: loader, writer and schema all follow it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date, time
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from withus.facts.field import Bounds, DecisionRule, Identifier


@dataclass(frozen=True, slots=True)
class Leaf:
    kind: Literal["text", "whole", "share", "truth", "day", "clock", "identifier", "rule"]
    bounds: Bounds | None = None


@dataclass(frozen=True, slots=True)
class Word:
    enum: type[StrEnum]


@dataclass(frozen=True, slots=True)
class Rows:
    item: Shape


@dataclass(frozen=True, slots=True)
class Named:
    """Values under names of one kind: minutes by kind of block, persons by format."""

    key: Leaf | Word
    value: Shape


@dataclass(frozen=True, slots=True)
class Record:
    cls: type
    fields: tuple[Field, ...]


Shape = Leaf | Word | Rows | Named | Record


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    meaning: str
    shape: Shape
    required: bool


_LEAVES: dict[type, Leaf] = {
    str: Leaf("text"),
    int: Leaf("whole"),
    float: Leaf("share"),
    bool: Leaf("truth"),
    date: Leaf("day"),
    time: Leaf("clock"),
}


# Any: type hints have no common class of their own.
def _shape(hint: Any, marks: tuple[object, ...] = ()) -> Shape:
    origin = get_origin(hint)
    if origin is Annotated:
        inner, *more = get_args(hint)
        return _shape(inner, (*marks, *more))
    if origin in (Union, UnionType):
        (inner,) = (each for each in get_args(hint) if each is not NoneType)
        return _shape(inner, marks)
    if origin is tuple:
        return Rows(_shape(get_args(hint)[0]))
    if origin is Mapping:
        key, value = (_shape(each) for each in get_args(hint))
        assert isinstance(key, Leaf | Word)
        return Named(key, value)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return Word(hint)
    if hint in _LEAVES:
        return _leaf(_LEAVES[hint], marks)
    return record(hint)


def _leaf(leaf: Leaf, marks: tuple[object, ...]) -> Leaf:
    for mark in marks:
        if isinstance(mark, Bounds):
            return Leaf(leaf.kind, mark)
        if isinstance(mark, Identifier):
            return Leaf("identifier")
        if isinstance(mark, DecisionRule):
            return Leaf("rule")
    return leaf


def _meaning(hint: Any) -> str:
    return next((mark for mark in get_args(hint)[1:] if isinstance(mark, str)), "")


@cache
def record(cls: type) -> Record:
    hints = get_type_hints(cls, include_extras=True)
    return Record(
        cls,
        tuple(
            Field(
                name=each.name,
                meaning=_meaning(hints[each.name]),
                shape=_shape(hints[each.name]),
                required=each.default is MISSING and _shape(hints[each.name]) != Leaf("identifier"),
            )
            for each in fields(cls)
        ),
    )
