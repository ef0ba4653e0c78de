"""A GOV.UK Notify of our own, on this machine: takes what its HTTP interface takes, checks the token, and breaks when it is told to."""

import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

SERVICE, SECRET = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"
KEY = f"the-test-{SERVICE}-{SECRET}"
BROKEN = {
    "silent": b"",
    "half": b'HTTP/1.1 201 Created\r\nContent-Length: 99\r\n\r\n{"id"',
    "garbled": b"What?\r\n\r\n",
    "another's page": b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>",
    "without an id": b"HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}",
    "a list": b"HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n[]",
}
"""What comes back in place of an answer, once it was taken."""


class Notify(ThreadingHTTPServer):
    """`taken`: what it has, in order. `breaks`: what the next calls do instead of answering."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.taken: list[dict[str, Any]] = []
        self.breaks: list[str] = []
        self.became = "delivered"

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    server: Notify

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        breaks = self.server.breaks.pop(0) if self.server.breaks else ""
        if not self._signed():
            return self._say(403, {"errors": [{"error": "AuthError", "message": "Invalid token"}]})
        if breaks == "number":
            error = {"error": "ValidationError", "message": "phone_number Not enough digits"}
            return self._say(400, {"errors": [error]})
        if breaks == "abroad":
            error = {"error": "BadRequestError", "message": "Cannot send to international mobile numbers"}
            return self._say(400, {"errors": [error]})
        if breaks == "template":
            return self._say(400, {"errors": [{"error": "BadRequestError", "message": "Template not found"}]})
        if breaks.isdecimal():
            return self._say(int(breaks), {})
        what = self.path.rpartition("/")[2]
        self.server.taken.append({"id": f"n{len(self.server.taken)}", "what": what, **body})
        if breaks in BROKEN:
            self.close_connection = True
            self.wfile.write(BROKEN[breaks])
            return None
        return self._say(201, {"id": self.server.taken[-1]["id"]})

    def do_GET(self) -> None:
        if not self._signed():
            return self._say(403, {})
        parts = urlsplit(self.path)
        if parts.path == "/v2/notifications":
            wanted = parse_qs(parts.query)["reference"][0]
            return self._say(200, {"notifications": [one for one in self.server.taken if one["reference"] == wanted]})
        return self._say(200, {"id": parts.path.rpartition("/")[2], "status": self.server.became})

    def _signed(self) -> bool:
        head, body, sign = self.headers["Authorization"].removeprefix("Bearer ").split(".")
        right = hmac.new(SECRET.encode(), f"{head}.{body}".encode(), hashlib.sha256).digest()
        said = json.loads(base64.urlsafe_b64decode(body + "=="))
        fresh = abs(said["iat"] - time.time()) < 30
        return said["iss"] == SERVICE and fresh and base64.urlsafe_b64encode(right).rstrip(b"=").decode() == sign

    def _say(self, status: int, body: dict[str, Any]) -> None:
        raw = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@contextmanager
def running() -> Iterator[Notify]:
    server = Notify()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
