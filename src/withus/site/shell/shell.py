"""The one ASGI application: streams go to their endpoint, all else to Django in a page thread."""

import asyncio
import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from withus.stream.endpoint import Endpoint, Receive, Scope, Send
from withus.stream.hub import Hub

from .answer import Answer, Wsgi, run
from .environ import Environ, environ
from .intake import Gone, Intake, Refused
from .limits import Limits
from .proxies import Proxies
from .refusal import Refusal, Render, bare, refuse
from .rescue import Fields
from .wsgi_pool import Full, Pool

Background = Callable[[threading.Event], None]
STREAMS = "/stream/"
PAUSE_AFTER_FAULT = 5
log = logging.getLogger(__name__)


class Shell:
    def __init__(
        self,
        wsgi: Wsgi,
        *,
        threads: int = 4,
        proxies: Proxies,
        render: Render | None = None,
        background: Background | None = None,
        limits: Limits | None = None,
        folder: Path | None = None,
        streams: int = 10_000,
        leave: Callable[[], None] | None = None,
    ) -> None:
        self._wsgi = wsgi
        self._proxies = proxies
        self._render = render
        self._background = background
        self._limits = limits or Limits()
        self._folder = folder
        self._hub = Hub()
        self._streams = Endpoint(self._hub, most=streams)
        self._pages = Pool("page", threads, self._limits.waiting, leave)
        self._refusals = Pool("refusal", 1, 64, leave)
        self._disk = ThreadPoolExecutor(2, thread_name_prefix="disk")
        self._intake = Intake(self._limits, folder, self._disk)
        self._ending = threading.Event()
        self._worker = threading.Thread(target=self._work, name="background", daemon=True)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["path"].startswith(STREAMS):
            await self._streams(scope, receive, send)
        else:
            await self._page(scope, receive, send)

    def hush(self) -> None:
        """Ends what would never end by itself, so that the server can stop: streams, and bodies on their way."""
        self._ending.set()
        self._hub.close()
        self._intake.hurry()

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        self._hub.start()
        self._pages.start()
        self._refusals.start()
        if self._background is not None:
            self._worker.start()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self.hush()
        await asyncio.to_thread(self._stop)
        await send({"type": "lifespan.shutdown.complete"})

    def _stop(self) -> None:
        self._pages.stop(5)
        self._refusals.stop(1)
        self._disk.shutdown(wait=False, cancel_futures=True)
        self._streams.asks.close()
        if self._worker.is_alive():
            self._worker.join(3)

    def _work(self) -> None:
        """The one thread for work that no page may wait for; a fault in it must not end it."""
        while self._background is not None and not self._ending.is_set():
            try:
                self._background(self._ending)
            except Exception:
                log.exception("The background work stopped; it begins again in %s seconds", PAUSE_AFTER_FAULT)
            self._ending.wait(PAUSE_AFTER_FAULT)

    async def _page(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = environ(scope, self._proxies)
        try:
            answer = await self._answer(scope, asked, receive)
        except Gone:
            return
        try:
            await self._deliver(answer, send)
        finally:
            answer.close()

    async def _answer(self, scope: Scope, asked: Environ, receive: Receive) -> Answer:
        try:
            spool = await self._intake.take(scope, asked, receive)
        except Refused as refused:
            words = refused.words
            if refused.status == 503:
                await self._intake.discard(receive)
            return await self._refuse(refused.status, asked, refused.most, words.fields if words else None)
        except asyncio.CancelledError:
            if not self._ending.is_set():
                raise
            return bare(503)
        try:
            if spool is not None:
                asked["wsgi.input"] = spool.reader()
                asked["CONTENT_LENGTH"] = str(spool.size)
            else:
                asked["wsgi.input"] = _Nothing
            work = partial(run, self._wsgi, asked, memory=self._limits.answer_memory, folder=self._folder)
            return await self._pages.submit(work)
        except Full:
            return await self._refuse(503, asked)
        except Exception:
            log.exception("A page failed")
            return await self._refuse(500, asked)
        finally:
            if spool is not None:
                self._intake.release(spool)

    async def _refuse(
        self, status: int, asked: Environ, most: int = 0, fields: Callable[[], Fields] | None = None
    ) -> Answer:
        def work() -> Answer:
            return refuse(Refusal(status, asked, fields() if fields else (), most), self._render)

        try:
            return await self._refusals.submit(work)
        except Full:
            return bare(status)
        except Exception:
            log.exception("The page for a refusal failed")
            return bare(status)

    async def _deliver(self, answer: Answer, send: Send) -> None:
        await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
        if answer.file is None:
            await send({"type": "http.response.body", "body": answer.body})
            return
        loop = asyncio.get_running_loop()
        while answer.file.size > 0:
            piece = await loop.run_in_executor(self._disk, answer.file.read)
            if not piece:
                break
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})


class _Empty:
    """The body of a request that has none."""

    def read(self, size: int = -1, /) -> bytes:
        return b""

    def readline(self, size: int = -1, /) -> bytes:
        return b""


_Nothing = _Empty()
