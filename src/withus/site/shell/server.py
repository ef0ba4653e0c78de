"""uvicorn, made to stop at once, and to say in one sentence why it cannot start."""

import asyncio
import errno
import socket
from collections.abc import Callable

import uvicorn
from django.utils.translation import gettext as _

from .protocol import Protocol
from .shell import Shell

LAST_SECONDS = 4


class CannotListen(Exception):
    """Its text is the sentence for the console."""


class Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, shell: Shell, started: Callable[[int], None] | None) -> None:
        super().__init__(config)
        self._shell = shell
        self._announce = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self._announce is not None and sockets:
            self._announce(sockets[0].getsockname()[1])

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Streams first: uvicorn waits for them before it tells the application that all ends."""
        self._shell.hush()
        cut = asyncio.get_running_loop().call_later(LAST_SECONDS, self._cut)
        await super().shutdown(sockets)
        cut.cancel()

    def _cut(self) -> None:
        """Whoever has not read their answer by now keeps nobody waiting any longer."""
        for connection in list(self.server_state.connections):
            connection.transport.abort()


def config(shell: Shell) -> uvicorn.Config:
    return uvicorn.Config(
        shell,
        http=Protocol,
        ws="none",
        lifespan="on",
        interface="asgi3",
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=75,  # longer than a proxy's, or it sends into a connection that is just closing
        timeout_graceful_shutdown=LAST_SECONDS + 2,
    )


def listen(host: str, port: int) -> socket.socket:
    """Raises CannotListen. Port 0 lets the system choose."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(2048)
    except (OSError, OverflowError) as error:
        listener.close()
        raise CannotListen(_sentence(error, host, port)) from error
    listener.setblocking(False)
    return listener


def _sentence(error: Exception, host: str, port: int) -> str:
    known = {"host": host, "port": port}
    number = getattr(error, "errno", None)
    if number == errno.EADDRINUSE:
        return _("Port %(port)s is taken by another program. Choose another with --port.") % known
    if number in (errno.EACCES, errno.EPERM):
        return _("This account may not open port %(port)s. Choose one from 1024 on with --port.") % known
    if isinstance(error, OverflowError):
        return _("%(port)s is not a port. Choose one from 1024 to 65535 with --port.") % known
    return _("This machine has no address %(host)s to listen on.") % known
