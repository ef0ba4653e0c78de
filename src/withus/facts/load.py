"""From TOML to a project. Nothing is guessed: what is unknown, impossible or points to nothing is a `BadFile`."""

import math
import re
import tomllib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from difflib import get_close_matches
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import BinaryIO, cast

from withus.facts import field
from withus.facts.bad_file import MOST_PROBLEMS, BadFile, Problem
from withus.facts.place import lines_of, without_texts
from withus.facts.project import Project
from withus.facts.shape import Field, Leaf, Named, Record, Rows, Shape, Word, record

LARGEST_FILE = 300_000
DEEPEST = 40
_RULE = re.compile(r"none|consensus|unanimous|majority( of .+)?|.+ decides", re.DOTALL)
_RULES = ["none", "consensus", "unanimous", "majority", "majority of ...", "... decides"]
_DOTTED = re.compile(rf"\.(?:[ \t]*[\w-]*[ \t]*\.){{{DEEPEST}}}")
_NEAR, _LONGEST_NAME = 60, 40
"""So many names are looked at for the nearest one; more would let a long file of wrong names take minutes."""
MOST_PAIRS = 100_000
"""Each decision is held against each change, each workshop and each block of its plan."""


def load(path: Path) -> Project:
    """Raises OSError where the file cannot be read, and BadFile for all that is wrong inside it."""
    with path.open("rb") as file:
        return loads(begun(file), name=str(path))


def begun(file: BinaryIO) -> bytes:
    """No more of it than shows that it is too large."""
    return file.read(LARGEST_FILE + 1)


def loads(raw: bytes | str, *, name: str = "project") -> Project:
    data = raw.encode("utf-8", "surrogatepass") if isinstance(raw, str) else raw
    if len(data) > LARGEST_FILE:
        raise BadFile(name, [Problem("", f"The file is larger than {LARGEST_FILE:,} bytes; a project file is small.")])
    text = _text(data, name)
    if _deep(text):
        raise BadFile(name, [Problem("", "The file is nested too deeply to be a project.")])
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        raise BadFile(name, [Problem("", f"This is not TOML: {error}", int(found[1]) if found else None)]) from error
    except (ValueError, RecursionError, OverflowError) as error:
        raise BadFile(name, [Problem("", "This is not TOML: a value in it is out of all bounds.")]) from error
    return read(tree, name=name, text=text)


def _deep(text: str) -> bool:
    """Names of many parts, quoted or not, keep the TOML reader busy for minutes. Full stops inside texts are none."""
    if all(line.count(".") <= DEEPEST for line in text.split("\n")):
        return False
    return _DOTTED.search(without_texts(text)) is not None


def _text(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadFile(name, [Problem("", "The file is not UTF-8 text.", line)]) from error


def read(tree: Mapping[str, object], *, name: str = "project", text: str = "") -> Project:
    """The same for facts that are parsed already, such as the plan of a rule's case."""
    reading = _Reading()
    project = reading.row(record(Project), tree, "")
    if not reading.problems:
        assert isinstance(project, Project)
        reading.references(project)
        if not reading.problems:
            return project
    places = [each.place for each in reading.problems[:MOST_PROBLEMS]]
    raise BadFile(
        name,
        [replace(each, line=line) for each, line in zip_longest(reading.problems, lines_of(text, places))],
    )


@cache
def _by_name(shape: Record) -> Mapping[str, Field]:
    return {each.name: each for each in shape.fields}


def _nearest(word: str, words: Iterable[str]) -> str:
    word = word[:_LONGEST_NAME]
    names = [each for each in words if len(each) <= _LONGEST_NAME]
    names = sorted(names, key=lambda each: abs(len(each) - len(word)))[:_NEAR]
    for spelling in dict.fromkeys((word.lower().replace("_", " "), word)):
        for near in get_close_matches(spelling, names, n=1, cutoff=0.5):
            return f" Did you mean “{near}”?"
    return ""


def _shown(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > 10**15:
        return "This number"
    text = str(value)
    return f"“{text[:60]}…”" if len(text) > 60 else f"“{text}”"


class _Reading:
    """One reading of one file: collects every problem, so that a writer mends them in one go."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def wrong(self, place: str, sentence: str) -> object:
        """Always None: what could not be read is not known, and the file is refused in the end."""
        if len(self.problems) < 10 * MOST_PROBLEMS:
            self.problems.append(Problem(place, sentence))
        return None

    def nearest(self, word: str, words: Iterable[str]) -> str:
        """Only for problems that will be shown: it takes longer than all other reading."""
        return _nearest(word, words) if len(self.problems) < MOST_PROBLEMS else ""

    def value(self, shape: Shape, raw: object, place: str) -> object:
        match shape:
            case Leaf():
                return self.leaf(shape, raw, place)
            case Word():
                return self.word(shape, raw, place)
            case Rows():
                return self.rows(shape, raw, place)
            case Named():
                return self.named(shape, raw, place)
            case Record():
                return self.row(shape, raw, place)

    def row(self, shape: Record, raw: object, place: str, number: int = 0) -> object:
        if not isinstance(raw, dict):
            return self.wrong(place, "A table with named facts belongs here.")
        known = _by_name(shape)
        dot = f"{place}." if place else ""
        facts: dict[str, object] = {}
        for key, value in raw.items():
            if key not in known:
                self.wrong(f"{dot}{key[:60]}", f"There is no fact called {_shown(key)} here.{self.nearest(key, known)}")
            else:
                facts[key] = self.value(known[key].shape, value, dot + key)
        for each in shape.fields:
            if each.name not in facts:
                if each.required:
                    self.wrong(f"{dot}{each.name}", f"“{each.name}” is missing: {each.meaning.lower()}.")
                elif each.shape == Leaf("identifier"):
                    facts[each.name] = str(number + 1)
        return None if self.problems else shape.cls(**facts)

    def rows(self, shape: Rows, raw: object, place: str) -> tuple[object, ...]:
        if not isinstance(raw, list):
            self.wrong(place, "A list belongs here, in square brackets.")
            return ()
        if len(raw) > field.LONGEST_LIST:
            self.wrong(
                place, f"The list has {len(raw):,} rows; {field.LONGEST_LIST:,} are the most that can be judged."
            )
            return ()
        item = shape.item
        if isinstance(item, Record):
            found = tuple(self.row(item, each, f"{place}[{number}]", number) for number, each in enumerate(raw))
            if any(each.shape == Leaf("identifier") for each in item.fields):
                self.unique(raw, found, place)
            return found
        return tuple(self.value(item, each, f"{place}[{number}]") for number, each in enumerate(raw))

    def unique(self, raw: list[object], found: tuple[object, ...], place: str) -> None:
        seen: set[object] = set()
        for number, each in enumerate(found):
            identifier = getattr(each, "id", None)
            if identifier is None:
                continue
            if identifier in seen:
                self.wrong(f"{place}[{number}].id", f"Another row is called {_shown(identifier)} already.")
            seen.add(identifier)

    def named(self, shape: Named, raw: object, place: str) -> Mapping[object, object]:
        if not isinstance(raw, dict):
            self.wrong(place, "A table with named numbers belongs here.")
            return {}
        if len(raw) > field.LONGEST_LIST:
            self.wrong(place, f"The table has {len(raw):,} names; {field.LONGEST_LIST:,} are the most.")
            return {}
        return {
            self.value(shape.key, key, f"{place}.{key[:60]}"): self.value(shape.value, value, f"{place}.{key[:60]}")
            for key, value in raw.items()
        }

    def word(self, shape: Word, raw: object, place: str) -> object:
        try:
            return shape.enum(cast(str, raw))
        except ValueError:
            words = [each.value for each in shape.enum]
            near = self.nearest(raw, words) if isinstance(raw, str) else ""
            return self.wrong(place, f"{_shown(raw)} is not one of: {', '.join(words)}.{near}")

    def leaf(self, shape: Leaf, raw: object, place: str) -> object:
        return _LEAVES[shape.kind](self, shape, raw, place)

    def text(self, _shape: Leaf, raw: object, place: str) -> object:
        if not isinstance(raw, str):
            return self.wrong(place, "Words in quotation marks belong here.")
        if len(raw) > field.LONGEST_TEXT:
            return self.wrong(place, f"The text has {len(raw):,} characters; {field.LONGEST_TEXT:,} are the most.")
        return raw

    def identifier(self, shape: Leaf, raw: object, place: str) -> object:
        name = self.text(shape, raw, place)
        return self.wrong(place, "A name cannot be empty.") if name == "" else name

    def rule(self, shape: Leaf, raw: object, place: str) -> object:
        rule = self.text(shape, raw, place)
        if isinstance(rule, str) and not _RULE.fullmatch(rule):
            self.wrong(place, f"{_shown(rule)} is not one of: {', '.join(_RULES)}.{self.nearest(rule, _RULES)}")
        return rule

    def whole(self, shape: Leaf, raw: object, place: str) -> object:
        if type(raw) is not int:
            return self.wrong(place, "A whole number belongs here.")
        return self.within(shape, raw, place)

    def share(self, shape: Leaf, raw: object, place: str) -> object:
        if type(raw) not in (int, float) or not math.isfinite(cast(float, raw)):
            return self.wrong(place, "A number from 0 to 1 belongs here.")
        return self.within(shape, cast(float, raw), place)

    def within(self, shape: Leaf, raw: float, place: str) -> object:
        least, most = (shape.bounds.least, shape.bounds.most) if shape.bounds else (-math.inf, math.inf)
        if least <= raw <= most:
            return raw
        return self.wrong(place, f"{_shown(raw)} is outside of {least:,} to {most:,}.")

    def truth(self, _shape: Leaf, raw: object, place: str) -> object:
        return (
            raw if isinstance(raw, bool) else self.wrong(place, "true or false belongs here, without quotation marks.")
        )

    def day(self, _shape: Leaf, raw: object, place: str) -> object:
        if not isinstance(raw, date) or isinstance(raw, datetime):
            return self.wrong(place, "A day such as 2026-05-01 belongs here, without quotation marks or time.")
        if not field.FIRST_YEAR <= raw.year <= field.LAST_YEAR:
            return self.wrong(place, f"The year {raw.year} is outside of {field.FIRST_YEAR} to {field.LAST_YEAR}.")
        return raw

    def clock(self, _shape: Leaf, raw: object, place: str) -> object:
        return raw if isinstance(raw, time) else self.wrong(place, "A time such as 18:00:00 belongs here.")

    def references(self, project: Project) -> None:
        decisions = dict.fromkeys(each.id for each in project.decisions)
        workshops = dict.fromkeys(each.id for each in project.workshops)
        methods = dict.fromkeys(each.id for each in project.methods)
        for d, decision in enumerate(project.decisions):
            for number, name in enumerate(decision.asked_in or ()):
                self.refers(name, workshops, f"decisions[{d}].asked_in[{number}]", "workshop")
        for c, change in enumerate(project.changes):
            if change.decision is not None:
                self.refers(change.decision, decisions, f"changes[{c}].decision", "decision")
        for w, workshop in enumerate(project.workshops):
            for b, block in enumerate(workshop.plan or ()):
                place = f"workshops[{w}].plan[{b}]"
                if block.method is not None:
                    self.refers(block.method, methods, f"{place}.method", "method")
                for number, name in enumerate(block.about or ()):
                    self.refers(name, decisions, f"{place}.about[{number}]", "decision")
            self.possible_cards(workshop.live.pulse if workshop.live else None, f"workshops[{w}].live.pulse")
        self.possible_feedback(project)
        blocks = sum(len(each.plan or ()) for each in project.workshops)
        if len(decisions) * (len(workshops) + blocks + len(project.changes)) > MOST_PAIRS:
            self.wrong("decisions", "So many decisions, changes, workshops and blocks cannot be judged in one file.")

    def refers(self, name: str, names: Collection[str], place: str, kind: str) -> None:
        if name not in names:
            self.wrong(place, f"There is no {kind} called {_shown(name)}.{self.nearest(name, names)}")

    def possible_cards(self, pulse: object, place: str) -> None:
        asked = getattr(pulse, "asked", None)
        for key in ("could_say", "felt_decided", "know_next"):
            answered = getattr(pulse, key, None)
            if asked is not None and answered is not None and answered > asked:
                self.wrong(f"{place}.{key}", f"{answered} of {asked} cards cannot be.")
        if (lived := getattr(pulse, "lived", None)) is not None:
            self.possible_cards(lived, f"{place}.lived")

    def possible_feedback(self, project: Project) -> None:
        told = project.feedback
        if told is None:
            return
        if told.items_answered is not None and told.items_total is not None and told.items_answered > told.items_total:
            self.wrong("feedback.items_answered", f"{told.items_answered} of {told.items_total} answered cannot be.")
        for number, each in enumerate(told.rounds or ()):
            if each.reached is not None and each.of is not None and each.reached > each.of:
                self.wrong(f"feedback.rounds[{number}].reached", f"{each.reached} of {each.of} reached cannot be.")


_LEAVES: Mapping[str, Callable[[_Reading, Leaf, object, str], object]] = {
    "text": _Reading.text,
    "identifier": _Reading.identifier,
    "rule": _Reading.rule,
    "whole": _Reading.whole,
    "share": _Reading.share,
    "truth": _Reading.truth,
    "day": _Reading.day,
    "clock": _Reading.clock,
}
