"""From a project to TOML text that `load` reads back as the same project."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time
from enum import StrEnum

from withus.facts.project import Project


def dump(project: Project) -> str:
    """Facts that are not known are left out; single facts first, then tables, then rows."""
    known = [(each.name, getattr(project, each.name)) for each in fields(project)]
    single = [(name, value) for name, value in known if not _is_section(value)]
    parts = ["\n".join(f"{name} = {_value(value)}" for name, value in single if _is_known(value)) + "\n"]
    for name, value in known:
        if is_dataclass(value):
            parts.append(f"[{name}]\n{_table(value)}")
        elif _is_rows(value):
            parts.extend(f"[[{name}]]\n{_table(row)}" for row in value)
    return "\n".join(parts)


def _is_known(value: object) -> bool:
    return value is not None


def _is_rows(value: object) -> bool:
    return isinstance(value, tuple) and bool(value) and is_dataclass(value[0])


def _is_section(value: object) -> bool:
    return is_dataclass(value) or _is_rows(value)


def _pairs(row: object) -> Iterator[tuple[str, object]]:
    assert is_dataclass(row)
    for each in fields(row):
        value = getattr(row, each.name)
        if _is_known(value):
            yield each.name, value


def _table(row: object) -> str:
    return "".join(f"{name} = {_spread(value)}\n" for name, value in _pairs(row))


def _spread(value: object) -> str:
    """A list of rows has one row a line, so that a person can read it."""
    if _is_rows(value):
        assert isinstance(value, tuple)
        return "[\n" + "".join(f"  {_value(row)},\n" for row in value) + "]"
    return _value(value)


def _value(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float():
            return repr(value)
        case StrEnum():
            return _text(value.value)
        case str():
            return _text(value)
        case date():
            return value.isoformat()
        case time():
            return value.isoformat()
        case tuple():
            return "[" + ", ".join(_value(each) for each in value) + "]"
        case Mapping():
            return _inline((_text(str(key)), each) for key, each in value.items())
        case _:
            return _inline(_pairs(value))


def _inline(pairs: Iterator[tuple[str, object]]) -> str:
    inside = ", ".join(f"{name} = {_value(value)}" for name, value in pairs)
    return f"{{ {inside} }}" if inside else "{}"


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
