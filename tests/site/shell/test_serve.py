"""Beginning and ending."""

import socket
import time
from pathlib import Path

import pytest

from tests.site.shell.served import Served, until


def test_a_port_that_is_taken_is_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        served = Served(port=port)
        assert served.port == 0
        assert (
            served.complaint()
            .splitlines()[-1]
            .endswith(f"CannotListen: Port {port} is taken by another program. Choose another with --port.")
        )


def test_the_background_work_runs_and_ends_with_the_server(tmp_path: Path) -> None:
    beat = tmp_path / "beat"
    with Served(beat=str(beat)) as served:
        until(lambda: beat.exists() and len(beat.read_text()) >= 3)
        served.terminate()
        assert served.complaint() == ""


def test_nothing_is_said_about_the_server_and_its_requests() -> None:
    with Served() as served:
        assert "server" not in served.ask("/hello").headers
        served.terminate()
        assert served.complaint() == ""


def test_bodies_on_their_way_do_not_hold_the_end() -> None:
    with Served() as served, served.connect() as line:
        line.sendall(b"POST /echo HTTP/1.1\r\nHost: here\r\nContent-Length: 3\r\n\r\na")
        served.has_taken_in()
        served.terminate()
        assert line.recv(65536).startswith(b"HTTP/1.1 503 ")


def test_a_page_that_runs_is_finished_before_the_end() -> None:
    with Served(slow=1) as served, served.connect() as line:
        line.sendall(b"GET /slow HTTP/1.1\r\nHost: here\r\n\r\n")
        served.has_taken_in()
        served.terminate()
        assert line.recv(65536).startswith(b"HTTP/1.1 200 ")


@pytest.mark.slow
def test_who_does_not_read_holds_the_end_for_a_few_seconds_only() -> None:
    with Served() as served, served.connect() as stuck:
        stuck.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        stuck.sendall(b"GET /big HTTP/1.1\r\nHost: here\r\n\r\n")
        time.sleep(0.5)
        served.terminate()
        assert served.complaint() == ""
