"""`withus record verify`: is the record what it was?"""

from pathlib import Path
from typing import Annotated

import typer

from withus.site.commands import prepare

app = typer.Typer(no_args_is_help=True, help="The record of what happened.")


@app.callback()
def record() -> None:
    """The record of what happened."""


@app.command()
def verify(
    project: Annotated[str, typer.Argument(help="The project's short address; left out: every project.")] = "",
    seen: Annotated[list[str] | None, typer.Option(help="A code as it is printed on a slip, letter or page.")] = None,
    data: Annotated[Path | None, typer.Option(help="The data folder.")] = None,
) -> None:
    """Walk the chain of one project, or of all. Exit 0: all holds. Exit 1: something was changed, and the first entry is named."""
    prepare.django(data)
    from withus.projects.models import Project  # noqa: PLC0415 -- after setup
    from withus.record.verify import NotACode  # noqa: PLC0415 -- after setup
    from withus.record.verify import verify as walk  # noqa: PLC0415 -- after setup

    projects = Project.objects.order_by("pk")
    if project:
        projects = projects.filter(address=project)
        if not projects:
            prepare.fail(f"There is no project at “{project}”.")
    elif seen:
        prepare.fail("Name the project whose code you hold.")
    bad = False
    for one in projects:
        try:
            result = walk(one, seen=seen or ())
        except NotACode as trouble:
            prepare.fail(f"“{trouble}” is not a code. One looks like 118-ABCD-EFGH-IJKL-MNOP.")
        if result.ok:
            typer.echo(f"{one.address}: all {result.entries} entries hold. Head {result.code}.")
            if result.erased:
                typer.echo(f"  {result.erased} of them no longer say what they said: somebody was erased.")
            for code in result.seen:
                typer.echo(f"  The printed code {code} is in it.")
        else:
            bad = True
            typer.echo(f"{one.address}: {result.faults[0].what}.")
            for fault in result.faults[1:]:
                typer.echo(f"  Also: {fault.what}.")
    if not seen:
        typer.echo(
            "Without a printed code (--seen), a cut tail or a chain written wholly anew cannot be seen from inside."
        )
    if bad:
        raise typer.Exit(1)
