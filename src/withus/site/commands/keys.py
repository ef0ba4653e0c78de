"""`withus keys print`: the page for the safe."""

from pathlib import Path
from typing import Annotated

import typer

from withus.people import keys as store
from withus.site.commands import prepare

app = typer.Typer(no_args_is_help=True, help="The installation's keys.")


@app.callback()
def keys() -> None:
    """The installation's keys."""


@app.command("print")
def print_(data: Annotated[Path | None, typer.Option(help="The data folder.")] = None) -> None:
    """Print the keys, to be kept on paper in a safe. Without them printed slips and sealed addresses are lost."""
    folder = prepare.data_folder(data)
    if not store.folder(folder).exists():
        prepare.fail(f"There are no keys in {folder} yet. The first start makes them.")
    typer.echo("WithUs keys. Keep this page in a safe. Anybody who holds it and the database can open everything.")
    for purpose in store.PURPOSES:
        typer.echo(f"{purpose}: {store.read(folder, purpose)}")
