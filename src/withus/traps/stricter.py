"""
An installation's own numbers: stricter than ours, never milder.

    # Numbers of our own. Each is stricter than what WithUs asks.
    [T202]
    LEAST = 0.15          # of the time is left free
    [T505]
    WEEK = 5              # days

A rule says which of its numbers may move and which way is the stricter (`STRICTER`). They are set once, before anything is judged.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from types import ModuleType

from withus.traps.catalogue import Entry, catalogue
from withus.traps.rule import Stricter

Plain = int | float
Value = Plain | tuple[Plain, ...] | timedelta


class BadNumbers(Exception):
    """What is wrong with the file of numbers, in one sentence."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a rule. `ours` is what the rule's file says, `now` what is judged by here; days where it is a time."""

    code: str
    name: str
    stricter: Stricter
    ours: Value
    now: Value


_OURS: dict[tuple[str, str], Value] = {}


def numbers() -> Iterator[Number]:
    """Every number that an installation may make stricter, in the order of codes."""
    for code, entry in catalogue().items():
        module = _module(entry)
        for name, way in _ways(module).items():
            now: Value = getattr(module, name)
            yield Number(code, name, way, _OURS.get((code, name), now), now)


def set_from(file: Path) -> None:
    """Judge by the numbers of this file from now on. Nothing is set where anything in it is wrong: `BadNumbers`."""
    known = {(each.code, each.name): each for each in numbers()}
    wanted = {key: _checked(file, known, key, given) for key, given in _rows(file)}
    for (code, name), value in wanted.items():
        _OURS.setdefault((code, name), known[code, name].ours)
        setattr(_module(catalogue()[code]), name, value)


def set_back() -> None:
    """Judge by our own numbers again."""
    for (code, name), value in _OURS.items():
        setattr(_module(catalogue()[code]), name, value)
    _OURS.clear()


def _rows(file: Path) -> Iterator[tuple[tuple[str, str], object]]:
    try:
        written = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadNumbers(f"{file}: {error.strerror or 'it cannot be read'}.") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadNumbers(f"{file} is no TOML file: {error}.") from error
    for code, rows in written.items():
        if not isinstance(rows, dict):
            raise BadNumbers(f"{file}: {code} has to be a table, such as [T202].")
        yield from (((code, name), given) for name, given in rows.items())


def _checked(file: Path, known: Mapping[tuple[str, str], Number], key: tuple[str, str], given: object) -> Value:
    place = f"{file}: {key[0]} {key[1]}"
    if key not in known:
        there = ", ".join(name for code, name in known if code == key[0])
        raise BadNumbers(
            f"{place} is no number that can be made stricter. {f'There is: {there}.' if there else ''}".strip()
        )
    number = known[key]
    value = _like(number.ours, given)
    if value is None:
        raise BadNumbers(f"{place} has to be written like {plain(number.ours)}.")
    if not _stricter(number.stricter, number.ours, value):
        most = "at least" if number.stricter is Stricter.MORE else "at most"
        raise BadNumbers(f"{place} can be made stricter, never milder: {most} {plain(number.ours)}.")
    return value


def plain(value: Value) -> str:
    """As it is written in the file: times in days."""
    said = ", ".join(map(str, _parts(value)))
    return f"[{said}]" if isinstance(value, tuple) else said


def _parts(value: Value) -> tuple[Plain, ...]:
    """One number, or several; times in days."""
    if isinstance(value, tuple):
        return value
    return (value.days if isinstance(value, timedelta) else value,)


def _like(ours: Value, given: object) -> Value | None:
    """The given value in the form of ours; None where it has another."""
    if isinstance(ours, tuple):
        if not isinstance(given, list) or len(given) != len(ours):
            return None
        each = [_like(one, other) for one, other in zip(ours, given, strict=True)]
        return tuple(one for one in each if isinstance(one, int | float)) if None not in each else None
    if isinstance(given, bool) or not isinstance(given, int | float) or not 0 <= given <= 100_000:
        return None
    if not isinstance(ours, float) and given != int(given):
        return None
    return timedelta(days=given) if isinstance(ours, timedelta) else given


def _stricter(way: Stricter, ours: Value, value: Value) -> bool:
    pairs = zip(_parts(ours), _parts(value), strict=True)
    return all(other >= one if way is Stricter.MORE else other <= one for one, other in pairs)


def _module(entry: Entry) -> ModuleType:
    return import_module(f"withus.traps.{entry.folder}.{entry.module}")


def _ways(module: ModuleType) -> Mapping[str, Stricter]:
    ways: Mapping[str, Stricter] = getattr(module, "STRICTER", {})
    return ways
