"""A server for example pages: the real policy, the built assets, a stream, and somewhere to send a form to."""

from __future__ import annotations

import queue
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from withus.methods.deck import STARTER
from withus.site.headers import POLICY
from withus.ui import icons

UI = Path(icons.__file__).parent
STATIC = {"/static/deck/starter/": STARTER, "/static/ui/": UI / "static" / "ui", "/static/": UI / "built"}
TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".html": "text/html; charset=utf-8",
}


class Site:
    """What the tests put in and read out."""

    def __init__(self, pages: dict[str, str]) -> None:
        self.pages = pages
        self.posted: list[tuple[str, bytes]] = []
        self.gets: list[str] = []
        self.streams: list[queue.Queue[str]] = []
        self.answers: list[tuple[int, str]] = []
        """What the next posts are answered with; 303 to /receipt when there is nothing here."""
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *args: object) -> None:
                """Quiet."""

            def do_GET(self) -> None:
                site.get(self)

            def do_POST(self) -> None:
                site.post(self)

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def get(self, request: BaseHTTPRequestHandler) -> None:
        path = urlsplit(request.path).path
        self.gets.append(path)
        if path == "/stream":
            return self.stream(request)
        if path.strip("/") in self.pages:
            return send(request, 200, self.pages[path.strip("/")].encode(), ".html")
        for prefix, folder in STATIC.items():
            file = folder / path.removeprefix(prefix)
            if path.startswith(prefix) and file.is_file():
                return send(request, 200, file.read_bytes(), file.suffix)
        return send(request, 404, b"", ".html")

    def post(self, request: BaseHTTPRequestHandler) -> None:
        body = request.rfile.read(int(request.headers["Content-Length"]))
        self.posted.append((request.path, body))
        if self.answers:
            status, page = self.answers.pop(0)
            return send(request, status, page.encode(), ".html")
        request.send_response(303)
        request.send_header("Location", "/honest" if request.path == "/pass-on" else "/receipt")
        request.send_header("Content-Length", "0")
        request.end_headers()
        return None

    def stream(self, request: BaseHTTPRequestHandler) -> None:
        events: queue.Queue[str] = queue.Queue()
        self.streams.append(events)
        request.send_response(200)
        request.send_header("Content-Type", "text/event-stream")
        request.send_header("Connection", "close")
        request.end_headers()
        request.close_connection = True
        request.wfile.write(b"retry: 200\n\n")
        while (said := events.get()) != "":
            request.wfile.write(said.encode())
            request.wfile.flush()

    def say(self, event: str, html: str) -> None:
        for events in self.streams:
            events.put(f"event: {event}\ndata: {html}\n\n")

    def close(self) -> None:
        for events in self.streams:
            events.put("")
        self.server.shutdown()


def send(request: BaseHTTPRequestHandler, status: int, body: bytes, kind: str) -> None:
    request.send_response(status)
    request.send_header("Content-Type", TYPES[kind])
    request.send_header("Content-Security-Policy", POLICY)
    request.send_header("Cache-Control", "no-store")
    request.send_header("Content-Length", str(len(body)))
    request.end_headers()
    request.wfile.write(body)
