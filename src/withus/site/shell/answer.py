"""Runs a WSGI application to its end, so that the thread is free before a byte is sent."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .environ import Environ
from .files import FilePart, FileWrapper
from .spool import Spool

Headers = list[tuple[bytes, bytes]]
Wsgi = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]  # Any: WSGI's start_response has two shapes


@dataclass(slots=True)
class Answer:
    status: int
    headers: Headers
    body: bytes = b""
    file: FilePart | None = None

    @property
    def size(self) -> int:
        return self.file.size if self.file else len(self.body)

    def close(self) -> None:
        if self.file is not None:
            self.file.close()
            self.file = None


class Started:
    """What WSGI calls `start_response`: the head of the answer, and anything written the old way."""

    def __init__(self) -> None:
        self.status = 0
        self.headers: Headers = []
        self.written: list[bytes] = []

    def __call__(self, status: str, headers: list[tuple[str, str]], exc_info: object = None) -> Callable[[bytes], None]:
        self.status = int(status[:3])
        self.headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        return self.written.append


def run(wsgi: Wsgi, environ: Environ, *, memory: int, folder: Path | None) -> Answer:
    """In a page thread. The application's own `close` is called here too, where its database connection is."""
    started = Started()
    result = wsgi(environ, started)
    try:
        file = result.rest() if isinstance(result, FileWrapper) else None
        if file is None:
            body, file = _collect(started, result, memory, folder)
        else:
            body = b""
    finally:
        close = getattr(result, "close", None)
        if close is not None:
            close()
    answer = Answer(started.status, started.headers, body, file)
    _measure(answer, environ["REQUEST_METHOD"])
    return answer


def _collect(
    started: Started, result: Iterable[bytes], memory: int, folder: Path | None
) -> tuple[bytes, FilePart | None]:
    """A page is one piece nearly always; what is longer than memory allows goes to a file."""
    pieces: list[bytes] = started.written
    size = sum(len(piece) for piece in pieces)
    spool: Spool | None = None
    for piece in result:
        size += len(piece)
        if spool is None and size > memory:
            spool = Spool(0, folder)
            for earlier in pieces:
                spool.write(earlier)
        if spool is None:
            pieces.append(piece)
        else:
            spool.write(piece)
    if spool is None:
        return (pieces[0] if len(pieces) == 1 else b"".join(pieces), None)
    try:
        return (b"", spool.part())
    finally:
        spool.close()


def _measure(answer: Answer, method: str) -> None:
    """Say the length where the application did not, and send no more of a file than it said."""
    declared = next((int(value) for name, value in answer.headers if name == b"content-length"), None)
    if declared is None:
        if method != "HEAD" and answer.status >= 200 and answer.status not in (204, 304):
            answer.headers.append((b"content-length", b"%d" % answer.size))
    elif answer.file is not None:
        answer.file.size = min(answer.file.size, declared)
