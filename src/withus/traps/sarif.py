"""Verdicts as SARIF 2.1.0, which code hosts and editors read. What a rule cannot tell is a result of kind `open`."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any
from urllib.parse import quote

from withus.facts.bad_file import BadFile
from withus.facts.place import lines_of
from withus.facts.project import Project
from withus.traps.catalogue import Entry, catalogue
from withus.traps.judge import Verdict
from withus.traps.rule import CannotTell, Finding, Level

# Any: SARIF is JSON, whose values have no narrower type worth keeping.
Json = dict[str, Any]
_LEVELS = {Level.STOP: "error", Level.WARN: "warning", Level.NOTICE: "note", Level.PRAISE: "none"}
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


@dataclass(frozen=True, slots=True)
class JudgedFile:
    file: str
    text: str
    project: Project
    verdict: Verdict


def sarif(judged: list[JudgedFile], bad: list[BadFile], *, explained: Mapping[str, str]) -> str:
    """One run for all files; a file that could not be judged is a failed run with a notification a problem."""
    run = {
        "tool": {
            "driver": {"name": "withus", "version": _version(), "rules": [_rule(e) for e in catalogue().values()]}
        },
        "invocations": [
            {
                "executionSuccessful": not bad,
                "toolExecutionNotifications": [_problem(each, n) for each in bad for n in range(len(each.problems))],
            }
        ],
        "columnKind": "unicodeCodePoints",
        "results": [result for each in judged for result in _results(each, explained)],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False)


def _version() -> str:
    try:
        return version("withus")
    except PackageNotFoundError:  # a checkout that is on the path but not installed
        return "0"


def _rule(entry: Entry) -> Json:
    rule = entry.rule
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": entry.doc.strip().splitlines()[0]},
        "fullDescription": {"text": entry.doc.strip()},
        "help": {"text": "\n".join(rule.way_out)},
        "defaultConfiguration": {"level": _LEVELS[rule.level]},
        "properties": {"trap": rule.trap, "level": rule.level.value, "since": rule.since},
    }


def _results(judged: JudgedFile, explained: Mapping[str, str]) -> Iterator[Json]:
    verdict, project = judged.verdict, judged.project
    places = [place_of(project, each.where) for each in verdict.findings]
    for each, line in zip(verdict.findings, lines_of(judged.text, places), strict=True):
        yield _finding(each, judged.file, line, explained.get(each.rule))
    for unknown in verdict.cannot_tell:
        yield _unknown(unknown, judged.file)


def _finding(found: Finding, file: str, line: int | None, reason: str | None) -> Json:
    result: Json = {
        "ruleId": found.rule,
        "level": _LEVELS[found.level],
        "kind": "informational" if found.level is Level.PRAISE else "fail",
        "message": {"text": found.said},
        "locations": [_location(file, line, found.where)],
        "properties": {"trap": found.trap, "level": found.level.value, "way_out": list(found.ways_out)},
    }
    if reason is not None:
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": reason}]
    return result


def _unknown(unknown: CannotTell, file: str) -> Json:
    return {
        "ruleId": unknown.rule,
        "level": "none",
        "kind": "open",
        "message": {"text": f"Not known: {', '.join(unknown.missing)}."},
        "locations": [_location(file, None, "project")],
        "properties": {"trap": unknown.trap, "missing": list(unknown.missing)},
    }


def _problem(bad: BadFile, number: int) -> Json:
    problem = bad.problems[number]
    text = f"{problem.place}: {problem.sentence}" if problem.place else problem.sentence
    return {
        "level": "error",
        "message": {"text": text},
        "locations": [_location(bad.file, problem.line, problem.place or "project")],
    }


def _location(file: str, line: int | None, where: str) -> Json:
    path = Path(file)
    uri = path.as_uri() if path.is_absolute() else quote(path.as_posix())
    return {
        "physicalLocation": {"artifactLocation": {"uri": uri}, "region": {"startLine": line or 1}},
        "logicalLocations": [{"fullyQualifiedName": where}],
    }


def place_of(project: Project, where: str) -> str:
    """From `workshop:w1`, as findings say it, to `workshops[0]`, as the file has it."""
    kind, _colon, name = where.partition(":")
    names = {
        "decision": [each.id for each in project.decisions],
        "workshop": [each.id for each in project.workshops],
        "method": [each.id for each in project.methods],
    }.get(kind, [])
    if name in names:
        return f"{kind}s[{names.index(name)}]"
    return {"feedback": "feedback", "table": "workshops[0].people"}.get(kind, "title")
