"""`withus demo`: the example, in one command."""

import os
import time

import typer

from withus.site.commands import prepare
from withus.site.commands.serve import Data, Lan, Port, choose_address, run, say_lan


def demo(data: Data = None, port: Port = 8000, lan: Lan = False) -> None:
    """Load the example project, start the server, and print where to look."""
    os.environ["WITHUS_DEMO"] = "yes"
    listen_on = choose_address(host="127.0.0.1", port=port, lan=lan)
    folder = prepare.django(data)
    prepare.database(folder)
    prepare.assets(folder)
    load_example()
    run(folder, listen_on, port, started=lambda _port: show(lan=lan))


def load_example() -> None:
    """Made once; a second start finds it as people left it."""
    from django.utils import timezone  # noqa: PLC0415 -- after setup

    from withus.transfer import example  # noqa: PLC0415 -- after setup

    if example.is_loaded():
        return
    began = time.monotonic()
    typer.echo("Making the example:")
    example.load(now=timezone.now(), tell=lambda what: typer.echo(f"  {what}"))
    typer.echo(f"  made in {time.monotonic() - began:.1f} seconds")


def show(*, lan: bool) -> None:
    """The links, and the join link as a code that a phone can read off the screen."""
    import segno  # noqa: PLC0415 -- only here
    from django.conf import settings  # noqa: PLC0415 -- after setup

    from withus.accounts import first  # noqa: PLC0415 -- after setup
    from withus.accounts.models import Staff  # noqa: PLC0415 -- after setup
    from withus.table.models import Workshop, WorkshopState  # noqa: PLC0415 -- after setup

    here = settings.WITHUS_ADDRESS
    dev = Staff.objects.get(email="dev@lantern.example")
    workshop = Workshop.objects.filter(project__is_example=True, state=WorkshopState.OPEN).order_by("pk").first()
    typer.echo("")
    typer.secho(f"WithUs {settings.WITHUS_VERSION} runs at {here}", bold=True)
    typer.echo("")
    typer.echo("As a facilitator (Dev), sign in once with this link:")
    typer.echo(f"  {first.sign_in_link(dev, here)}")
    if workshop is not None:
        join = f"{here}/r/{workshop.room_code}"
        room = f"{here}/at/{workshop.project.address}"
        typer.echo("As somebody who takes part, with no account:")
        typer.echo(f"  {join}")
        segno.make(join, error="m").terminal(compact=True, border=2)
        typer.echo("The wall, for the big screen in the room (sign in first):")
        typer.echo(f"  {room}/w/{workshop.uid}/wall")
        typer.echo("The public page of the example:")
        typer.echo(f"  {room}")
    typer.echo("The mailbox, with every e-mail that went out:")
    typer.echo(f"  http://127.0.0.1:{here.rpartition(':')[2]}/mailbox")
    typer.echo("")
    if lan:
        say_lan()
    typer.echo("Stop it with Ctrl+C. What you change stays for the next start.")
