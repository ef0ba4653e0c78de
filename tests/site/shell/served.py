"""A real server in a process of its own, and clients that read and write their sockets by hand."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

HERE = Path(__file__).parent
PATIENCE = 30


def until(held: Callable[[], bool]) -> None:
    """For what the server does beside its answers: on a busy machine it may take its time."""
    end = time.monotonic() + PATIENCE
    while not held():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


class Served:
    def __init__(self, script: str = "tiny.py", data: str = "", **options: Any) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / script), json.dumps(options), data],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": str(HERE.parents[2] / "src")},
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        self.port = int(line) if line else 0

    def __enter__(self) -> Self:
        assert self.port, self.complaint()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()

    def complaint(self) -> str:
        return self.process.communicate(timeout=20)[1]

    def terminate(self) -> None:
        """Fails where something holds the end for as long as a silent sender may take."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=20)

    def ask(
        self, path: str, body: bytes | None = None, headers: dict[str, str] | None = None, method: str | None = None
    ) -> "Reply":
        """With a connection of its own each time."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method or ("GET" if body is None else "POST"), path, body, headers or {})
            reply = connection.getresponse()
            return Reply(reply.status, {k.lower(): v for k, v in reply.getheaders()}, reply.read())
        finally:
            connection.close()

    def has_taken_in(self) -> None:
        """Returns when all that came before has been read: the server reads in the order of coming."""
        for _turn in range(2):
            assert self.ask("/hello").status == 200

    def json(self, path: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> Any:
        return json.loads(self.ask(path, body, headers).body)

    def tell(self, *acts: dict[str, Any]) -> None:
        assert self.ask("/tell", json.dumps(acts).encode()).status == 200

    @contextmanager
    def listen(self, path: str, cookie: str = "", **headers: str) -> Iterator["Listening"]:
        with self.connect() as line:
            extra = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
            line.sendall(f"GET {path} HTTP/1.1\r\nHost: here\r\nCookie: {cookie}\r\n{extra}\r\n".encode())
            yield Listening(line)


class Reply:
    def __init__(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.status = status
        self.headers = headers
        self.body = body


class Listening:
    """Reads a stream as a browser does: (id, event, data)."""

    def __init__(self, line: socket.socket) -> None:
        self._file = line.makefile("rb")
        self.status = int(self._file.readline().split()[1])
        self.headers = {}
        while (head := self._file.readline().strip()) != b"":
            name, _, value = head.decode().partition(": ")
            self.headers[name.lower()] = value
        self._text = ""
        self.retries: list[int] = []
        self.heartbeats = 0
        self.writes = 0

    def events(self, count: int) -> list[tuple[str, str, str]]:
        """The next so many; fewer when the stream ends before."""
        found: list[tuple[str, str, str]] = []
        while len(found) < count:
            block = self._block()
            if block is None:
                break
            fields: dict[str, list[str]] = {"id": [], "event": [], "data": [], "retry": [], "": []}
            for row in block.split("\n"):
                name, _, value = row.partition(":")
                fields[name].append(value.removeprefix(" "))
            self.retries += [int(value) for value in fields["retry"]]
            self.heartbeats += len(fields[""])
            if fields["data"]:
                found.append(("".join(fields["id"]), "".join(fields["event"]), "\n".join(fields["data"])))
        return found

    def until_a_heartbeat(self) -> bool:
        """False where the stream ends, or says nothing for as long as a socket waits here."""
        while (block := self._block()) is not None:
            if block.startswith(":"):
                return True
        return False

    def _block(self) -> str | None:
        while "\n\n" not in self._text:
            size = re.match(rb"([0-9a-f]+)\r\n", self._file.readline())
            if size is None or int(size[1], 16) == 0:
                return None
            self.writes += 1
            self._text += self._file.read(int(size[1], 16)).decode()
            self._file.readline()
        block, self._text = self._text.split("\n\n", 1)
        return block
