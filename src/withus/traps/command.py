"""`withus check`, `withus rule` and `withus schema`: no Django, no database, no network."""

import io
import json
import os
import sys
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from withus.facts import field
from withus.facts.bad_file import BadFile, Problem, visible
from withus.facts.load import begun, loads
from withus.facts.schema import schema as json_schema
from withus.traps import report, stricter
from withus.traps.catalogue import catalogue, retired
from withus.traps.judge import Verdict, judge
from withus.traps.markdown import markdown
from withus.traps.page import page
from withus.traps.rule import Level
from withus.traps.sarif import JudgedFile, sarif

STDIN = "-"


class Exit:
    """0: no stop or warn that is not explained. 1: there is one. 2: a file that cannot be judged."""

    FINE, FOUND, BAD = 0, 1, 2


class Form(StrEnum):
    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
    SARIF = "sarif"


def check(
    files: Annotated[list[Path], typer.Argument(help="Project files to judge; - reads one.", metavar="FILE...")],
    form: Annotated[Form, typer.Option("--format", help="Text for people, or for programs.")] = Form.TEXT,
    today: Annotated[str, typer.Option(help="Judge as of this day.", metavar="2026-05-01")] = "",
    numbers: Annotated[
        Path | None,
        typer.Option(
            help="Stricter numbers of your own.", metavar="FILE.toml", envvar="WITHUS_NUMBERS", show_envvar=False
        ),
    ] = None,
    explain: Annotated[list[str] | None, typer.Option(help='A reason for a finding: T101="why".')] = None,
) -> None:
    """Look for the five traps in project files. Exit 0: no stop or warn left unexplained; 1: one; 2: a bad file."""
    _any_letter_can_be_printed()
    reasons, day = _reasons(explain or []), _day(today)
    if numbers is not None:
        try:
            stricter.set_from(numbers)
        except stricter.BadNumbers as wrong:
            raise typer.BadParameter(str(wrong), param_hint="--numbers") from None
    judged: list[JudgedFile] = []
    bad: list[BadFile] = []
    found = False
    for file in files:
        try:
            each = _judged(file, day)
        except BadFile as error:
            bad.append(error)
            typer.echo(str(error), err=True)
            continue
        found = found or _stands(each.verdict, reasons)
        if form is Form.SARIF:
            judged.append(each)
        else:
            typer.echo(_said(each, reasons, form, several=len(files) > 1), nl=form is not Form.TEXT)
    if form is Form.SARIF:
        typer.echo(sarif(judged, bad, explained=reasons))
    raise typer.Exit(Exit.BAD if bad else Exit.FOUND if found else Exit.FINE)


def _judged(file: Path, today: date | None) -> JudgedFile:
    name = "standard input" if str(file) == STDIN else str(file)
    try:
        if str(file) == STDIN:
            raw = begun(sys.stdin.buffer)
        else:
            with file.open("rb") as opened:
                raw = begun(opened)
    except IsADirectoryError as error:
        raise BadFile(name, [Problem("", "This is a folder. Name the project files in it.")]) from error
    except OSError as error:
        raise BadFile(name, [Problem("", f"{error.strerror or 'It cannot be read'}.")]) from error
    except ValueError as error:  # a NUL in the name
        raise BadFile(name, [Problem("", "No file can have this name.")]) from error
    project = loads(raw, name=name)
    project = replace(project, today=today) if today else project
    return JudgedFile(name, raw.decode("utf-8-sig"), project, judge(project))


def _said(judged: JudgedFile, reasons: dict[str, str], form: Form, *, several: bool) -> str:
    file = judged.file if several else ""
    if form is Form.JSON:
        return report.as_json(judged.verdict, explained=reasons, file=file)
    if form is Form.MARKDOWN:
        return markdown(judged.project, judged.verdict, explained=reasons)
    text = report.text(judged.project, judged.verdict, explained=reasons, colour=_colour(), file=file)
    return f"{text}\n" if several else text


def _stands(verdict: Verdict, reasons: dict[str, str]) -> bool:
    return any(each.level in (Level.STOP, Level.WARN) and each.rule not in reasons for each in verdict.findings)


def _colour() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _any_letter_can_be_printed() -> None:
    """An old terminal shows what it cannot print as a question mark; it is no reason to fail."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _day(given: str) -> date | None:
    if not given:
        return None
    try:
        day = date.fromisoformat(given.strip())
    except ValueError:
        raise typer.BadParameter(
            f"“{visible(given[:40])}” is not a day. Write it as 2026-05-01.", param_hint="--today"
        ) from None
    if not field.FIRST_YEAR <= day.year <= field.LAST_YEAR:
        raise typer.BadParameter(
            f"The year {day.year} is outside of {field.FIRST_YEAR} to {field.LAST_YEAR}.", param_hint="--today"
        )
    return day


def _reasons(given: list[str]) -> dict[str, str]:
    reasons: dict[str, str] = {}
    for each in given:
        code, sign, reason = each.partition("=")
        if not sign or not reason.strip():
            raise typer.BadParameter(f'{each!r} gives no reason. Write it as T101="why".', param_hint="--explain")
        if code.strip().upper() not in catalogue():
            raise typer.BadParameter(_no_rule(code.strip()), param_hint="--explain")
        reasons[code.strip().upper()] = reason.strip()
    return reasons


def _no_rule(code: str) -> str:
    if code.upper() in retired():
        return f"{code.upper()} is a rule no longer: {retired()[code.upper()]}"
    names = [*catalogue(), *(entry.rule.name for entry in catalogue().values())]
    near = get_close_matches(code[:40].upper(), names, n=1) or get_close_matches(code[:40].lower(), names, n=1)
    return f"There is no rule “{visible(code[:40])}”." + (f" Did you mean {near[0]}?" if near else "")


def rule(code: Annotated[str, typer.Argument(help="A rule's code or name, such as T101.")]) -> None:
    """Show the page of one rule, and where it stands."""
    _any_letter_can_be_printed()
    entries = catalogue()
    found = entries.get(code.upper()) or next((e for e in entries.values() if e.rule.name == code.lower()), None)
    if found is None:
        typer.echo(f"{_no_rule(code)} There are: {', '.join(entries)}.", err=True)
        raise typer.Exit(Exit.BAD)
    typer.echo(report.folded(page(found)))
    typer.echo(f"\n{found.source}")


def schema() -> None:
    """Print the JSON Schema of a project file, with the meaning of every fact."""
    _any_letter_can_be_printed()
    typer.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))
