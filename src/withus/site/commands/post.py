"""`withus post bounce`: a mail that came back."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from withus.site.commands import prepare

app = typer.Typer(no_args_is_help=True, help="Letters that leave, and come back.")
MOST = 1_000_000


@app.callback()
def post() -> None:
    """Letters that leave, and come back."""


@app.command()
def bounce(data: Annotated[Path | None, typer.Option(help="The data folder.")] = None) -> None:
    """Read a delivery report from the standard input: the mail server pipes what comes to the bounce address into this. Always exit 0."""
    prepare.django(data)
    from django.utils import timezone  # noqa: PLC0415 -- after setup

    from withus.post import bounces  # noqa: PLC0415 -- after setup

    if bounces.read(sys.stdin.buffer.read(MOST), now=timezone.now()):
        typer.echo("A letter of ours came back. It goes by the next way.")
    else:
        typer.echo("This says of no letter of ours that it came back for good. Nothing is changed.")
