"""
A fixed number of threads that live as long as the program.

A thread keeps its database connection; a thread for each request opens one each time, and costs eight times as much.
"""

import asyncio
import queue
import threading
from collections.abc import Callable
from contextlib import suppress

from .answer import Answer

Work = Callable[[], Answer]


class Full(Exception):
    """So many wait already that one more is better told to come back."""


class Pool:
    """`submit` belongs to the event loop; `leave` runs in each thread at its end."""

    def __init__(self, name: str, threads: int, waiting: int, leave: Callable[[], None] | None = None) -> None:
        self._most = threads + waiting
        self._count = 0
        self._leave = leave
        self._queue: queue.SimpleQueue[tuple[Work, asyncio.Future[Answer]] | None] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=self._live, name=f"{name}-{number}", daemon=True) for number in range(threads)
        ]
        self._loop: asyncio.AbstractEventLoop | None = None

    def start(self) -> None:
        self._loop = asyncio.get_running_loop()
        for thread in self._threads:
            thread.start()

    def stop(self, seconds: float) -> None:
        """Lets each thread finish what it does."""
        for _ in self._threads:
            self._queue.put(None)
        for thread in self._threads:
            thread.join(seconds)

    def submit(self, work: Work) -> asyncio.Future[Answer]:
        if self._count >= self._most:
            raise Full
        self._count += 1
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._queue.put((work, future))
        return future

    def _live(self) -> None:
        while (job := self._queue.get()) is not None:
            work, future = job
            try:
                self._tell(future, work(), None)
            except BaseException as error:
                self._tell(future, None, error)
            del work, future, job
        if self._leave is not None:
            self._leave()

    def _tell(self, future: asyncio.Future[Answer], answer: Answer | None, error: BaseException | None) -> None:
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            if self._loop is not None:
                self._loop.call_soon_threadsafe(self._done, future, answer, error)

    def _done(self, future: asyncio.Future[Answer], answer: Answer | None, error: BaseException | None) -> None:
        self._count -= 1
        if future.cancelled():
            if answer is not None:
                answer.close()
        elif answer is not None:
            future.set_result(answer)
        else:
            future.set_exception(error if isinstance(error, Exception) else RuntimeError(repr(error)))
