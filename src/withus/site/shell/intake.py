"""Takes a whole body before a page thread hears of it, and turns away what is too big, too slow or too many."""

import asyncio
import logging
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager, suppress
from pathlib import Path

from withus.stream.endpoint import Receive, Scope

from .environ import Environ
from .limits import MIB, Limits
from .rescue import Rescue, rescue
from .spool import Spool

TOO_BIG, NO_ROOM = 413, 507
log = logging.getLogger(__name__)


class Gone(Exception):
    """The sender left before the end; half a body is nobody's message."""


class Refused(Exception):
    def __init__(self, status: int, most: int = 0, words: Rescue | None = None) -> None:
        super().__init__(status)
        self.status = status
        self.most = most
        self.words = words


class Intake:
    def __init__(self, limits: Limits, folder: Path | None, disk: Executor) -> None:
        self._limits = limits
        self._folder = folder
        self._disk = disk
        self._on_disk = 0
        self._senders: Counter[str] = Counter()
        self._tasks: set[asyncio.Task[object]] = set()

    async def take(self, scope: Scope, environ: Environ, receive: Receive) -> Spool | None:
        """None where nothing is sent along. The caller gives the spool to `release` in the end."""
        length = _declared(scope)
        if length == 0:
            return None
        with self._place(environ["REMOTE_ADDR"]):
            spool = Spool(self._limits.memory, self._folder)
            try:
                await self._fill(spool, length, environ.get("CONTENT_TYPE", ""), receive)
            except BaseException:
                self.release(spool)
                raise
            return spool

    async def discard(self, receive: Receive) -> None:
        """
        Read what somebody sends who has no place here, for a moment and without keeping it.

        A connection that is closed with bytes unread is cut, and the answer is lost on its way.
        """
        size = 0
        more = True
        with suppress(TimeoutError):
            async with asyncio.timeout(2):
                while more and size < MIB:
                    message = await receive()
                    size += len(message.get("body", b""))
                    more = message.get("more_body", False)

    def release(self, spool: Spool) -> None:
        if spool.on_disk:
            self._on_disk -= spool.size
        spool.close()

    def hurry(self) -> None:
        """The program ends: bodies that are still on their way are turned back."""
        for task in list(self._tasks):
            task.cancel()

    @contextmanager
    def _place(self, address: str) -> Iterator[None]:
        if self._senders.total() >= self._limits.bodies or self._senders[address] >= self._limits.bodies_each:
            raise Refused(503)
        task = asyncio.current_task()
        if task is not None:
            self._tasks.add(task)
        self._senders[address] += 1
        try:
            yield
        finally:
            self._senders[address] -= 1
            if not self._senders[address]:
                del self._senders[address]
            if task is not None:
                self._tasks.discard(task)

    async def _fill(self, spool: Spool, length: int | None, content_type: str, receive: Receive) -> None:
        limits = self._limits
        most = limits.with_file if content_type.lower().startswith("multipart/form-data") else limits.without_file
        words, status = rescue(content_type) if length is not None and length > most else None, TOO_BIG
        loop = asyncio.get_running_loop()
        began = loop.time()
        size = 0
        more = True
        try:
            async with asyncio.timeout(limits.silence) as patience:
                while more and size <= limits.discarded:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        raise Gone
                    data: bytes = message.get("body", b"")
                    more = message.get("more_body", False)
                    size += len(data)
                    patience.reschedule(loop.time() + limits.silence)
                    spent = loop.time() - began
                    if spent > limits.patience and size < spent * limits.slowest:
                        raise Refused(408)
                    if words is None and size > most:
                        words = rescue(content_type)
                        words.feed(spool.reader().read(MIB))
                    if words is not None:
                        words.feed(data)
                    elif not await self._write(spool, data):
                        words, status = rescue(content_type), NO_ROOM
                        words.feed(spool.beginning(MIB) + data)
        except TimeoutError:
            raise Refused(408) from None
        if words is not None:
            raise Refused(status, most, words)

    async def _write(self, spool: Spool, data: bytes) -> bool:
        """False where the disk does not take it."""
        if spool.fits(data):
            spool.write(data)
            return True
        before = spool.size if spool.on_disk else 0
        if self._on_disk + spool.size - before + len(data) > self._limits.on_disk:
            raise Refused(503)
        try:
            await asyncio.get_running_loop().run_in_executor(self._disk, spool.write, data)
        except OSError as error:
            log.error("A body could not be written down: %s", error.strerror)
            return False
        finally:
            self._on_disk += (spool.size if spool.on_disk else 0) - before
        return True


def _declared(scope: Scope) -> int | None:
    """How much will come; None when only its end will tell."""
    for name, value in scope["headers"]:
        if name == b"transfer-encoding":
            return None
        if name == b"content-length":
            return int(value)
    return 0
