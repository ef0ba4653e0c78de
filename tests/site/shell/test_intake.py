"""Bodies: taken in whole before a page thread hears of them; what is too big or too slow is told so kindly."""

import hashlib
import socket
import time

import pytest

from tests.site.shell.served import PATIENCE, Served, until

pytestmark = pytest.mark.slow

FORM = "multipart/form-data; boundary=cut"


def form(words: str, size: int) -> bytes:
    head = (
        f'--cut\r\nContent-Disposition: form-data; name="words"\r\n\r\n{words}\r\n'
        '--cut\r\nContent-Disposition: form-data; name="photo"; filename="me.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    )
    return (
        head.encode()
        + b"\x00" * size
        + b'\r\n--cut\r\nContent-Disposition: form-data; name="may_see"\r\n\r\nwall\r\n--cut--\r\n'
    )


def read_all(line: socket.socket) -> bytes:
    got = b""
    while piece := line.recv(65536):
        got += piece
    return got


@pytest.mark.parametrize("size", [0, 1, 65_536, 65_537, 128 * 1024])
def test_words_arrive_whole(served: Served, size: int) -> None:
    body = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    assert served.json("/echo", body) == {"size": size, "said": size, "sha256": hashlib.sha256(body).hexdigest()}


def test_a_photograph_arrives_whole_and_leaves_memory_flat() -> None:
    body = form("hello", 29 * 1024 * 1024)
    with Served() as served:
        before = served.json("/memory")["most"]
        assert served.json("/echo", body, {"Content-Type": FORM})["sha256"] == hashlib.sha256(body).hexdigest()
        assert served.json("/memory")["most"] - before < 4 * 1024 * 1024


def test_a_body_in_chunks_without_a_length_arrives_whole(served: Served) -> None:
    with served.connect() as line:
        line.sendall(b"POST /echo HTTP/1.1\r\nHost: here\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n")
        for _ in range(3):
            line.sendall(b"4\r\nabcd\r\n")
            time.sleep(0.05)
        line.sendall(b"0\r\n\r\n")
        assert b'{"size": 12, "said": 12' in read_all(line)


def test_a_photograph_too_big_gives_the_words_back_and_leaves_memory_flat() -> None:
    with Served(render=True) as served:
        before = served.json("/memory")["most"]
        reply = served.ask("/echo", form("one hard night", 60 * 1000 * 1000), {"Content-Type": FORM})
        assert (reply.status, reply.headers["connection"]) == (413, "close")
        assert reply.headers["content-type"] == "text/html; charset=utf-8"
        assert reply.body.decode() == (
            "<h1>413, at most 31457280</h1><ul><li>words: one hard night</li><li>may_see: wall</li></ul>"
        )
        assert served.json("/memory")["most"] - before < 4 * 1024 * 1024


@pytest.mark.parametrize("longest", [0, 100_000, 1_000_000])
def test_where_the_disk_is_full_a_photograph_gives_the_words_back_and_keeps_nothing(longest: int) -> None:
    """Full before it, in what was held in memory, and in its middle."""
    with Served(render=True, longest_file=longest) as served:
        reply = served.ask("/echo", form("one hard night", 3_000_000), {"Content-Type": FORM})
        assert (reply.status, reply.body.decode()) == (
            507,
            "<h1>507, at most 31457280</h1><ul><li>words: one hard night</li><li>may_see: wall</li></ul>",
        )
        assert served.ask("/echo", b"short").status == 200


def test_too_many_words_are_given_back_too() -> None:
    body = b"words=" + b"%F0%9F%8C%8A" * 100_000
    with Served(render=True) as served:
        reply = served.ask("/echo", body, {"Content-Type": "application/x-www-form-urlencoded"})
        assert reply.status == 413
        assert reply.body.decode().count("\N{WATER WAVE}") == 100_000


def test_too_big_without_a_length_is_found_on_the_way() -> None:
    with Served(render=True) as served, served.connect() as line:
        line.sendall(
            b"POST /echo HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n"
            b"Content-Type: application/x-www-form-urlencoded\r\n\r\n6\r\nwords=\r\n"
        )
        for _ in range(20):
            line.sendall(b"4000\r\n" + b"y" * 0x4000 + b"\r\n")
        line.sendall(b"0\r\n\r\n")
        answer = read_all(line)
        assert answer.startswith(b"HTTP/1.1 413 ")
        assert answer.count(b"y") >= 20 * 0x4000


def test_without_a_page_of_the_site_the_sentence_is_plain(served: Served) -> None:
    reply = served.ask("/echo", b"x" * 200_000)
    assert (reply.status, reply.headers["content-type"]) == (413, "text/plain; charset=utf-8")
    assert reply.body.decode().startswith("What you sent is too big for us.")


def test_silence_in_the_middle_is_told_so() -> None:
    with Served(limits={"silence": 0.5}) as served, served.connect() as line:
        line.sendall(b"POST /echo HTTP/1.1\r\nHost: here\r\nContent-Length: 10\r\n\r\nabc")
        assert read_all(line).startswith(b"HTTP/1.1 408 ")


def test_one_byte_at_a_time_does_not_go_on_for_ever() -> None:
    with Served(limits={"patience": 1}) as served, served.connect() as line:
        line.sendall(b"POST /echo HTTP/1.1\r\nHost: here\r\nContent-Length: 1000\r\n\r\n")
        began = time.monotonic()
        line.settimeout(0.1)
        answer = b""
        while not answer and time.monotonic() - began < PATIENCE:
            line.sendall(b"a")
            try:
                answer = line.recv(65536)
            except TimeoutError:
                continue
        assert answer.startswith(b"HTTP/1.1 408 ")


def test_a_slow_body_holds_no_page_thread(served: Served) -> None:
    lines = [served.connect() for _ in range(20)]
    for line in lines:
        line.sendall(b"POST /echo HTTP/1.1\r\nHost: here\r\nConnection: close\r\nContent-Length: 3\r\n\r\na")
    assert served.ask("/hello").body == b"hello"
    for line in lines:
        line.sendall(b"bc")
        assert b'"size": 3' in read_all(line)
        line.close()


def test_more_senders_than_places_are_asked_to_come_back() -> None:
    with Served(limits={"bodies_each": 2}) as served:
        lines = [served.connect() for _ in range(2)]
        for line in lines:
            line.sendall(b"POST /echo HTTP/1.1\r\nHost: here\r\nContent-Length: 3\r\n\r\na")
        served.has_taken_in()
        reply = served.ask("/echo", b"abc" * 300_000)
        assert (reply.status, reply.headers["retry-after"]) == (503, "5")
        lines.pop().close()
        until(lambda: served.ask("/echo", b"abc").status == 200)
        lines.pop().close()


def test_who_leaves_in_the_middle_is_no_request() -> None:
    with Served() as served:
        with served.connect() as line:
            line.sendall(b"POST /echo HTTP/1.1\r\nHost: here\r\nContent-Length: 3\r\n\r\na")
        assert served.ask("/hello").body == b"hello"
        served.terminate()
        assert served.complaint() == ""
