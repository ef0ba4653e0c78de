"""`withus serve` and `withus migrate`."""

import logging
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from withus.site.commands import address as addresses
from withus.site.commands import prepare

Data = Annotated[Path | None, typer.Option(help="The data folder (else $WITHUS_DATA, else ./data).")]
Port = Annotated[int, typer.Option(help="The port to listen on.", min=0, max=65535)]
Lan = Annotated[bool, typer.Option("--lan", help="Let phones in this room reach it, over plain http.")]


def serve(
    data: Data = None,
    port: Port = 8000,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    lan: Lan = False,
) -> None:
    """Run WithUs: pages, live updates and background work, in one process."""
    listen_on = choose_address(host=host, port=port, lan=lan)
    folder = prepare.django(data)
    prepare.database(folder)
    prepare.assets(folder)
    run(folder, listen_on, port, started=lambda _port: greet(lan=lan))


def migrate(data: Data = None) -> None:
    """Bring the database up to date, with a copy of it first, and stop."""
    folder = prepare.django(data)
    prepare.database(folder)
    typer.echo("The database is up to date.")


def choose_address(*, host: str, port: int, lan: bool) -> str:
    """Set the public address before the settings are read; the address to listen on."""
    if not lan:
        os.environ.setdefault("WITHUS_ADDRESS", f"http://127.0.0.1:{port}")
        return host
    found = addresses.of_the_room()
    if not found:
        prepare.fail("This machine has no address on a local network. Connect it to the room's network first.")
    os.environ["WITHUS_ADDRESS"] = f"http://{found[0]}:{port}"
    os.environ["WITHUS_HOSTS"] = ",".join([*addresses.all_private(), os.environ.get("WITHUS_HOSTS", "")])
    os.environ["WITHUS_LAN"] = "yes"
    return "0.0.0.0"  # noqa: S104 -- asked for with --lan; other hosts than private ones are refused by name


def run(folder: Path, host: str, port: int, *, started: Callable[[int], None]) -> None:
    """Start the server; come back when it was stopped."""
    from django.conf import settings  # noqa: PLC0415 -- after setup
    from django.urls import get_resolver  # noqa: PLC0415 -- after setup

    from withus.post import worker  # noqa: PLC0415 -- after setup
    from withus.site import wiring  # noqa: PLC0415 -- after setup
    from withus.site.errors import turned_back  # noqa: PLC0415 -- after setup
    from withus.site.shell import CannotListen  # noqa: PLC0415 -- after setup
    from withus.site.shell import serve as serve_shell  # noqa: PLC0415 -- after setup
    from withus.site.wsgi import application  # noqa: PLC0415 -- after setup

    wiring.check_bound()
    _pages = get_resolver().url_patterns  # loads them all: else whoever comes first waits for it
    threading.Thread(target=get_ready, name="ahead", daemon=True).start()
    try:
        serve_shell(
            application,
            host,
            port,
            proxies=settings.WITHUS_PROXIES,
            render=turned_back,
            background=worker.loop,
            folder=folder,
            started=lambda ready: threading.Thread(target=started, args=(ready,)).start(),
        )
    except CannotListen as trouble:
        prepare.fail(str(trouble))


def get_ready() -> None:
    """Beside the first requests. What goes wrong here goes wrong for nobody: whoever asks waits, as without it."""
    from django.db import connections  # noqa: PLC0415 -- after setup

    from withus.loop.ahead import read_ahead  # noqa: PLC0415 -- after setup

    try:
        read_ahead()
    except Exception:
        logging.getLogger(__name__).exception("What was to be read ahead was not")
    finally:
        connections.close_all()


def greet(*, lan: bool) -> None:
    """What somebody reads who has just started it."""
    from django.conf import settings  # noqa: PLC0415 -- after setup

    from withus.site import begin  # noqa: PLC0415 -- after setup

    typer.echo(f"WithUs {settings.WITHUS_VERSION} runs at {settings.WITHUS_ADDRESS}")
    if link := begin.link(settings.WITHUS_ADDRESS):
        typer.echo("Nobody has an account yet. This link makes the first, once:")
        typer.echo(f"  {link}")
    if lan:
        say_lan()
    elif settings.WITHUS_ADDRESS.startswith("https:") and not settings.WITHUS_PROXIES:
        say_no_proxy()
    typer.echo("Stop it with Ctrl+C.")


def say_no_proxy() -> None:
    """Or one person's wrong words and passwords close the door for everybody."""
    typer.echo(
        "WITHUS_PROXIES names no proxy, so all who come through it count as one address, and whoever types wrong words or "
        "passwords shuts the others out for a while. Name it: WITHUS_PROXIES=127.0.0.1"
    )


def say_lan() -> None:
    typer.echo(
        "Phones in this room reach it over plain http. Others on this network could read along: use it only in a room you trust."
    )
