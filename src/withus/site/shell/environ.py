"""A request in WSGI's words."""

import sys
from typing import Any
from urllib.parse import unquote_to_bytes

from withus.stream.endpoint import Scope

from .files import FileWrapper
from .proxies import Proxies

Environ = dict[str, Any]  # Any: WSGI's own shape

OURS_TO_SAY = {
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_FORWARDED",
    "HTTP_X_REAL_IP",
    "HTTP_TRANSFER_ENCODING",
    "HTTP_CONTENT_LENGTH",
    "HTTP_CONTENT_TYPE",
    "HTTP_PROXY",
}


def environ(scope: Scope, proxies: Proxies) -> Environ:
    """Without the body. Whatever a header says about addresses is judged here and goes no further."""
    headers = _headers(scope)
    peer = (scope.get("client") or ("",))[0]
    forwarded = headers.get("HTTP_X_FORWARDED_FOR", ""), headers.get("HTTP_X_FORWARDED_PROTO", "")
    client, scheme = proxies.asker(peer, *forwarded)
    server = scope.get("server") or ("localhost", 80)
    raw = scope.get("raw_path") or scope["path"].encode()
    made = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": (unquote_to_bytes(raw) if b"%" in raw else raw).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1] or 80),
        "REMOTE_ADDR": client,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scheme,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "wsgi.input_terminated": True,
        "wsgi.file_wrapper": FileWrapper,
    }
    if "HTTP_CONTENT_TYPE" in headers:
        made["CONTENT_TYPE"] = headers["HTTP_CONTENT_TYPE"]
    made.update((name, value) for name, value in headers.items() if name not in OURS_TO_SAY)
    return made


def _headers(scope: Scope) -> dict[str, str]:
    """A name with an underscore is left out: after translation it could not be told from the one with a hyphen."""
    found: dict[str, str] = {}
    for name, value in scope["headers"]:
        if b"_" in name:
            continue
        key = "HTTP_" + name.decode("latin-1").upper().replace("-", "_")
        text = value.decode("latin-1")
        if key in found:
            text = found[key] + ("; " if key == "HTTP_COOKIE" else ",") + text
        found[key] = text
    return found
