"""Pages: a few threads that stay, requests in WSGI's words, answers that are sent after the thread is free."""

import socket
import statistics
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.site.shell.served import Served


def test_threads_are_used_again() -> None:
    """Each page takes so long that all four threads are at one before the first is done."""
    with Served(slow=1) as served:
        with ThreadPoolExecutor(8) as clients:
            threads = {reply["thread"] for reply in clients.map(lambda _: served.json("/slow"), range(8))}
        assert len(threads) == 4
        assert {served.json("/thread")["thread"] for _ in range(20)} <= threads


@pytest.mark.slow
def test_too_many_at_once_are_asked_to_come_back() -> None:
    """Each page takes so long that all twelve have come before the first is done."""
    with Served(limits={"waiting": 2}, slow=2) as served, ThreadPoolExecutor(12) as clients:
        statuses = sorted(reply.status for reply in clients.map(lambda _: served.ask("/slow"), range(12)))
    assert statuses == [200] * 6 + [503] * 6


def test_the_request_in_wsgi_words(served: Served) -> None:
    asked = served.json("/who/caf%C3%A9?a=%20b", headers={"Cookie": "a=1", "X_Forwarded_For": "6.6.6.6"})
    assert asked == {
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "HTTP_HOST": f"127.0.0.1:{served.port}",
        "PATH_INFO": "/who/cafÃ©",
        "QUERY_STRING": "a=%20b",
        "HTTP_COOKIE": "a=1",
    }


FORWARDED = {"X-Forwarded-For": "6.6.6.6, 203.0.113.9", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil"}


@pytest.mark.parametrize(
    ("proxies", "address", "scheme"), [([], "127.0.0.1", "http"), (["127.0.0.0/8"], "203.0.113.9", "https")]
)
def test_only_a_named_proxy_is_believed(proxies: list[str], address: str, scheme: str) -> None:
    with Served(proxies=proxies) as served:
        asked = served.json("/who", headers=FORWARDED)
        assert (asked["REMOTE_ADDR"], asked["wsgi.url_scheme"]) == (address, scheme)
        assert [name for name in asked if "FORWARDED" in name] == []


def test_a_long_answer_is_whole(served: Served) -> None:
    reply = served.ask("/big")
    assert reply.headers["content-length"] == str(512 * 65536)
    assert reply.body == b"x" * 512 * 65536


@pytest.mark.parametrize("size", [0, 10, 5_000_000])
def test_a_file_is_whole(tmp_path: Path, size: int) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"f" * size)
    with Served(file=str(path)) as served:
        reply = served.ask("/file")
        assert (reply.headers["content-length"], reply.body) == (str(size), b"f" * size)
        assert served.ask("/file", method="HEAD").body == b""


def test_readers_that_read_nothing_hold_no_thread() -> None:
    with Served() as served:
        lines = [served.connect() for _ in range(12)]
        for line in lines:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            line.sendall(b"GET /big HTTP/1.1\r\nHost: here\r\n\r\n")
        time.sleep(1)
        assert served.ask("/hello").body == b"hello"
        for line in lines:
            line.close()


def test_a_fault_is_a_kind_page_and_the_next_request_works(served: Served) -> None:
    reply = served.ask("/fail")
    assert (reply.status, reply.body.decode().split(",")[0]) == (500, "Something went wrong here")
    assert [served.ask("/hello").status for _ in range(8)] == [200] * 8


def test_a_head_without_end_is_refused(served: Served) -> None:
    with served.connect() as line:
        line.sendall(b"GET / HTTP/1.1\r\nX: ")
        answer = b""
        try:
            for _ in range(40):
                line.sendall(b"a" * 8192)
            answer = line.recv(100)
        except ConnectionError:
            answer = b"HTTP/1.1 400 cut"
        assert answer.startswith(b"HTTP/1.1 400 ")
        assert served.ask("/hello").status == 200


@pytest.mark.slow
@pytest.mark.serial
def test_fifty_that_dribble_and_fifty_that_read_nothing_cost_nobody_else_a_thing() -> None:
    with Served() as served:
        dribbling = [served.connect() for _ in range(50)]
        for line in dribbling:
            line.sendall(b"POST /echo HTTP/1.1\r\nHost: here\r\nContent-Length: 1000\r\n\r\n")
        reading_nothing = [served.connect() for _ in range(50)]
        for line in reading_nothing:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            line.sendall(b"GET /big HTTP/1.1\r\nHost: here\r\n\r\n")
        ending = threading.Event()

        def dribble() -> None:
            while not ending.wait(1):
                for line in dribbling:
                    line.send(b"a")

        dribbler = threading.Thread(target=dribble)
        dribbler.start()
        try:
            time.sleep(2)
            times = []
            for _ in range(100):
                began = time.monotonic()
                assert served.ask("/hello").status == 200
                times.append(time.monotonic() - began)
                time.sleep(0.03)
        finally:
            ending.set()
            dribbler.join()
        assert statistics.median(times) < 0.5
        for line in dribbling + reading_nothing:
            line.close()
