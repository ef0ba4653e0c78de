"""Django in the page threads."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from tests.site.shell.served import Served, until
from tests.site.shell.test_intake import FORM, form


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data.sqlite3"


def test_a_thread_keeps_its_connection_to_the_tables(data: Path) -> None:
    with Served("tiny_django.py", str(data)) as served, ThreadPoolExecutor(8) as clients:
        pairs = {(at["thread"], at["connection"]) for at in clients.map(lambda _: served.json("/where"), range(60))}
    assert len(pairs) == len({thread for thread, _ in pairs})
    assert len(pairs) <= 4


def test_a_form_with_a_photograph_is_read(data: Path) -> None:
    with Served("tiny_django.py", str(data)) as served:
        answer = served.json("/form", form("hello", 5_000_000), {"Content-Type": FORM})
    assert answer == {"words": "hello", "files": {"photo": 5_000_000}, "secure": False}


def opened(pid: int) -> list[str]:
    """What a process holds open; what it closes while we look is not in it."""
    found = []
    for each in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(FileNotFoundError):
            found.append(str(each.readlink()))
    return found


@pytest.mark.parametrize("size", [100, 1_000_000])
def test_a_file_is_sent_whole_and_closed(data: Path, size: int) -> None:
    with Served("tiny_django.py", str(data)) as served:
        data.write_bytes(b"f" * size)
        for _ in range(10):
            assert served.ask("/file").body == b"f" * size
        until(lambda: str(data) not in opened(served.process.pid))


def test_an_answer_in_pieces_is_whole(data: Path) -> None:
    with Served("tiny_django.py", str(data)) as served:
        assert served.ask("/pieces").body == b"piecepiecepiece"
