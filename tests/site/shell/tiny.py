"""A server in a process of its own, with a WSGI application that needs nothing of the rest: `python tiny.py {options}`."""

import hashlib
import json
import os
import resource
import sys
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.conf import settings

settings.configure(SECRET_KEY="tiny", USE_I18N=False, DATABASES={})

from withus import stream  # noqa: E402 -- after setup
from withus.site.shell import Refusal, serve  # noqa: E402 -- after setup
from withus.site.shell.limits import Limits  # noqa: E402 -- after setup
from withus.stream import hub  # noqa: E402 -- after setup

Start = Callable[[str, list[tuple[str, str]]], object]
OPTIONS: dict[str, Any] = json.loads(sys.argv[1])


def application(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    page = PAGES[environ["PATH_INFO"].split("/")[1]]
    answer = page(environ)
    if isinstance(answer, dict):
        start("200 OK", [("Content-Type", "application/json")])
        return [json.dumps(answer).encode()]
    start("200 OK", [("Content-Type", "text/plain")])
    whole: Iterable[bytes] = answer
    return whole


def hello(environ: dict[str, Any]) -> Iterable[bytes]:
    return [b"hello"]


def echo(environ: dict[str, Any]) -> dict[str, Any]:
    digest, size = hashlib.sha256(), 0
    while piece := environ["wsgi.input"].read(65536):
        digest.update(piece)
        size += len(piece)
    return {"size": size, "said": int(environ.get("CONTENT_LENGTH", 0)), "sha256": digest.hexdigest()}


def who(environ: dict[str, Any]) -> dict[str, Any]:
    names = ("REMOTE_ADDR", "wsgi.url_scheme", "HTTP_HOST", "PATH_INFO", "QUERY_STRING", "HTTP_COOKIE")
    forwarded = {name: value for name, value in environ.items() if "FORWARDED" in name}
    return {name: environ.get(name) for name in names} | forwarded


def slow(environ: dict[str, Any]) -> dict[str, Any]:
    time.sleep(OPTIONS.get("slow", 0.3))
    return thread(environ)


def thread(environ: dict[str, Any]) -> dict[str, Any]:
    return {"thread": threading.get_ident(), "cpu": time.process_time(), "live": threading.active_count()}


def memory(environ: dict[str, Any]) -> dict[str, Any]:
    with open("/proc/self/statm") as file:
        now = int(file.read().split()[1]) * resource.getpagesize()
    return {"now": now, "most": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}


def big(environ: dict[str, Any]) -> Iterable[bytes]:
    return (b"x" * 65536 for _ in range(512))


def file(environ: dict[str, Any]) -> Iterable[bytes]:
    wrapped: Iterable[bytes] = environ["wsgi.file_wrapper"](open(OPTIONS["file"], "rb"))  # noqa: SIM115 -- closed by who reads it
    return wrapped


def fail(environ: dict[str, Any]) -> Iterable[bytes]:
    raise RuntimeError("broken")


def tell(environ: dict[str, Any]) -> dict[str, Any]:
    """Publishes from a page thread what the body says, as the application does after a commit."""
    for act in json.loads(environ["wsgi.input"].read()):
        match act.pop("do", "publish"):
            case "publish":
                act["html"] *= act.pop("times", 1)
                stream.publish(stream.Topic.parse(act.pop("topic")), **act)
            case "revoke":
                stream.revoke(UUID(act["series"]), act["number"])
            case "forget":
                stream.forget(UUID(act["uid"]))
    return {}


PAGES: dict[str, Callable[[dict[str, Any]], Any]] = {
    "hello": hello, "echo": echo, "who": who, "slow": slow, "thread": thread, "memory": memory, "big": big,
    "file": file, "fail": fail, "tell": tell,
}  # fmt: skip


def render(refusal: Refusal) -> str:
    words = "".join(f"<li>{name}: {text}</li>" for name, text in refusal.fields)
    return f"<h1>{refusal.status}, at most {refusal.most}</h1><ul>{words}</ul>"


def beat(ending: threading.Event) -> None:
    while not ending.wait(0.05):
        with open(OPTIONS["beat"], "a") as file:
            file.write(".")


def main() -> None:
    hub.BEAT = OPTIONS.get("seconds_a_beat", hub.BEAT)
    if "longest_file" in OPTIONS:  # as a full disk: what is written beyond it fails
        resource.setrlimit(resource.RLIMIT_FSIZE, (OPTIONS["longest_file"], OPTIONS["longest_file"]))
    hub.TICK = hub.LONG_TICK = OPTIONS.get("tick", hub.TICK)
    serve(
        application,
        "127.0.0.1",
        OPTIONS.get("port", 0),
        proxies=OPTIONS.get("proxies", []),
        render=render if OPTIONS.get("render") else None,
        background=beat if "beat" in OPTIONS else None,
        limits=Limits(**OPTIONS.get("limits", {})),
        started=lambda port: print(port, flush=True),
    )


if __name__ == "__main__":
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)
    main()
