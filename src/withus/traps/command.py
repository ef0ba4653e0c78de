"""`withus check`, `withus rule` and `withus schema`: no Django, no database, no network."""

import json
import sys
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from withus.facts.bad_file import BadFile
from withus.facts.load import load
from withus.facts.project import Project
from withus.facts.schema import schema as json_schema
from withus.traps import report
from withus.traps.catalogue import catalogue
from withus.traps.judge import Verdict, judge
from withus.traps.page import page
from withus.traps.rule import Level


class Exit:
    """0: no stop or warn that is not explained. 1: there is one. 2: a file that cannot be judged."""

    FINE, FOUND, BAD = 0, 1, 2


class Form(StrEnum):
    TEXT = "text"
    JSON = "json"


def check(
    files: Annotated[list[Path], typer.Argument(help="Project files to judge.", metavar="FILE...")],
    form: Annotated[Form, typer.Option("--format", help="Text for people, or JSON.")] = Form.TEXT,
    today: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Judge as of this day.")] = None,
    explain: Annotated[list[str] | None, typer.Option(help='A reason for a finding: T101="why".')] = None,
) -> None:
    """Look for the five traps in project files."""
    reasons = _reasons(explain or [])
    worst = Exit.FINE
    for number, file in enumerate(files):
        project = _project(file, today.date() if today else None)
        if project is None:
            worst = Exit.BAD
            continue
        verdict = judge(project)
        if worst == Exit.FINE and _stands(verdict, reasons):
            worst = Exit.FOUND
        _print(project, verdict, reasons, form, first=number == 0)
    raise typer.Exit(worst)


def _print(project: Project, verdict: Verdict, reasons: dict[str, str], form: Form, *, first: bool) -> None:
    if form is Form.JSON:
        typer.echo(report.as_json(verdict, explained=reasons))
        return
    typer.echo(("" if first else "\n") + report.text(project, verdict, explained=reasons, colour=_colour()), nl=False)


def _stands(verdict: Verdict, reasons: dict[str, str]) -> bool:
    return any(each.level in (Level.STOP, Level.WARN) and each.rule not in reasons for each in verdict.findings)


def _colour() -> bool:
    return sys.stdout.isatty()


def _project(file: Path, today: date | None) -> Project | None:
    try:
        project = load(file)
    except BadFile as error:
        typer.echo(str(error), err=True)
        return None
    except OSError as error:
        typer.echo(f"{file}: {error.strerror or 'cannot be read'}", err=True)
        return None
    return replace(project, today=today) if today else project


def _reasons(given: list[str]) -> dict[str, str]:
    reasons: dict[str, str] = {}
    for each in given:
        code, sign, reason = each.partition("=")
        if not sign or not reason.strip():
            raise typer.BadParameter(f'{each!r} gives no reason. Write it as T101="why".')
        if code.strip().upper() not in catalogue():
            raise typer.BadParameter(f"There is no rule {code!r}.")
        reasons[code.strip().upper()] = reason.strip()
    return reasons


def rule(code: Annotated[str, typer.Argument(help="A rule's code or name, such as T101.")]) -> None:
    """Show the page of one rule, and where it stands."""
    entries = catalogue()
    found = entries.get(code.upper()) or next((e for e in entries.values() if e.rule.name == code.lower()), None)
    if found is None:
        typer.echo(f"There is no rule “{code}”. There are: {', '.join(entries)}.", err=True)
        raise typer.Exit(Exit.BAD)
    typer.echo(page(found))
    typer.echo(str(found.source))


def schema() -> None:
    """Print the JSON Schema of a project file, with the meaning of every fact."""
    typer.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))
