"""A verdict in words, 80 columns wide, or as JSON."""

import json
import textwrap
from collections.abc import Iterable, Mapping
from typing import Any

from withus.facts.bad_file import visible
from withus.facts.project import Project
from withus.facts.small import SMALLEST
from withus.traps.catalogue import TRAPS
from withus.traps.judge import Verdict
from withus.traps.rule import Finding, Level

WIDTH = 80
_COLOURS = {Level.STOP: "31;1", Level.WARN: "33;1", Level.NOTICE: "36", Level.PRAISE: "32"}
_SHOWN_MISSING = SMALLEST


def text(
    project: Project, verdict: Verdict, *, explained: Mapping[str, str], colour: bool = False, file: str = ""
) -> str:
    """By trap: what was seen, what people can do now, and what is not known. Never a tick or a score."""
    lines = _wrap(file) if file else []
    lines += _wrap(f"{project.title}, as of {project.today.isoformat()}")
    for trap, (_folder, title) in TRAPS.items():
        lines += ["", f"Trap {trap}: {title}"]
        unknown = verdict.unknown_of_trap(trap)
        found = in_order(verdict.of_trap(trap))
        if not found:
            lines += _wrap(nothing_seen(unknown), by="  ")
        for each in found:
            lines += _finding(each, explained.get(each.rule), colour=colour)
        if found and unknown:
            lines += _wrap(not_known(unknown), by="  ")
    return "\n".join(lines + _missing(verdict)) + "\n"


def as_json(verdict: Verdict, *, explained: Mapping[str, str], file: str = "") -> str:
    """One object a line, so that many files are JSON Lines; there each says its file."""
    whole = as_dict(verdict, explained=explained)
    return json.dumps({"file": file, **whole} if file else whole, ensure_ascii=False)


# Any: JSON.
def as_dict(verdict: Verdict, *, explained: Mapping[str, str]) -> dict[str, Any]:
    whole = verdict.as_dict()
    for each in whole["findings"]:
        if each["rule"] in explained:
            each["explained"] = explained[each["rule"]]
    return whole


def _finding(found: Finding, reason: str | None, *, colour: bool) -> list[str]:
    lines = _wrap(f"{found.level.value} {found.rule} {found.name} ({found.where})", by="    ", first="  ")
    if colour:
        lines = [f"\x1b[{_COLOURS[found.level]}m{line}\x1b[0m" for line in lines]
    lines += _wrap(found.said, by="    ")
    for way in found.ways_out:
        lines += _wrap(way, by="      ", first="    - ")
    if reason is not None:
        lines += _wrap(f"Explained: {reason}", by="    ")
    return lines


def _missing(verdict: Verdict) -> list[str]:
    if not verdict.cannot_tell:
        return []
    lines = ["", "Not known"]
    for each in verdict.cannot_tell:
        shown = ", ".join(each.missing[:_SHOWN_MISSING])
        more = len(each.missing) - _SHOWN_MISSING
        lines += _wrap(f"{each.rule}: {shown}{f' and {more} more' if more > 0 else ''}", by="        ", first="  ")
    return lines


def in_order(found: Iterable[Finding]) -> list[Finding]:
    """The worst first."""
    return sorted(found, key=lambda one: (-one.level.weight, one.rule, one.where))


def nothing_seen(unknown: int) -> str:
    """Never "fine": nobody can see from facts that all is well."""
    return f"Nothing seen, {_things(unknown)} not known." if unknown else "Nothing seen."


def not_known(unknown: int) -> str:
    return f"{_things(unknown)} not known."


def _things(count: int) -> str:
    return "1 thing" if count == 1 else f"{count} things"


def folded(page: str) -> str:
    """A rule's page as a terminal shows it: no line beyond the width, and without the note to whoever would edit it."""
    blocks = [each for each in page.strip().split("\n\n") if not each.startswith("<!--")]
    return "\n\n".join("\n".join(_block(each)) for each in blocks)


def _block(block: str) -> list[str]:
    if block.startswith("- "):
        return [line for item in f"\n{block}".split("\n- ")[1:] for line in _wrap(item, by="  ", first="- ")]
    return _wrap(block)


def _wrap(line: str, *, by: str = "", first: str | None = None) -> list[str]:
    return textwrap.wrap(
        visible(" ".join(line.split())), WIDTH, initial_indent=by if first is None else first, subsequent_indent=by
    )
