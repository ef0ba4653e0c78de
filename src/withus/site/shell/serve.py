"""Starts the one process: pages, streams and background work."""

import gc
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from django.db import connections

from .answer import Wsgi
from .limits import Limits
from .proxies import NotAnAddress, Proxies
from .refusal import Render
from .server import CannotListen, Server, config, listen
from .shell import Background, Shell

FILES = 65_536
FILES_FOR_PAGES = 512
GARBAGE = 20_000
"""Objects made before a look for circles: some ten pages' worth."""


def serve(
    wsgi: Wsgi,
    host: str,
    port: int,
    *,
    threads: int = 4,
    proxies: Iterable[str] = (),
    render: Render | None = None,
    background: Background | None = None,
    folder: Path | None = None,
    limits: Limits | None = None,
    started: Callable[[int], None] | None = None,
) -> None:
    """
    Runs until SIGTERM or Ctrl+C. Raises CannotListen before anything is started.

    `render` makes the page for those the door turns back; `background` runs in a thread of its own until its event is
    set; `folder` takes bodies on their way (the system's own otherwise); `started` hears the port when all is ready.
    """
    try:
        believed = Proxies(proxies)
    except NotAnAddress as error:
        raise CannotListen(str(error)) from error
    listener = listen(host, port)
    shell = Shell(
        wsgi,
        threads=threads,
        proxies=believed,
        render=render,
        background=background,
        limits=limits,
        folder=folder,
        streams=_room_for_streams(),
        leave=connections.close_all,
    )
    _settle()
    with suppress(KeyboardInterrupt):
        Server(config(shell), shell, started).run([listener])


def _settle() -> None:
    """What is loaded by now stays for ever: looking through all of it for garbage again and again took a quarter of each page's time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE, 20, 20)


def _room_for_streams() -> int:
    """Each phone holds one open file; pages, tables and pictures need some too."""
    try:
        import resource  # noqa: PLC0415 -- not on Windows
    except ImportError:
        return 400
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
            soft = most
    return max(100, min(soft if soft != resource.RLIM_INFINITY else most, FILES) - FILES_FOR_PAGES)
