"""The example, running in a process of its own, whose processor time can be read."""

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tools.say import ROOT, Stop

PATIENCE = 300


@dataclass
class Site:
    process: subprocess.Popen[bytes]
    url: str
    said: Path

    @property
    def room(self) -> str:
        """The link behind the room's QR code."""
        found = re.search(rf"{self.url}/r/\w+", self.said.read_text())
        if found is None:
            raise Stop("the example has no open workshop.")
        return found.group()

    @property
    def address(self) -> str:
        found = re.search(rf"{self.url}/at/[\w-]+", self.said.read_text())
        if found is None:
            raise Stop("the example names no public page.")
        return found.group()

    def cpu(self) -> float:
        """Seconds of processor time of all threads so far: network, page and what follows a page. They live as long as the process."""
        tasks = Path(f"/proc/{self.process.pid}/task").glob("*/schedstat")
        return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9


@contextmanager
def demo() -> Iterator[Site]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        said = Path(folder) / "said.txt"
        command = [sys.executable, "-u", "-P", "-m", "withus.site.cli", "demo"]
        clean = {key: value for key, value in os.environ.items() if not key.startswith(("WITHUS_", "DATABASE_"))}
        with said.open("wb") as out:
            process = subprocess.Popen(
                [*command, "--data", f"{folder}/data", "--port", str(port)],
                cwd=ROOT, stdout=out, stderr=subprocess.STDOUT, env=clean,
            )  # fmt: skip
        try:
            _wait(process, said)
            yield Site(process, f"http://127.0.0.1:{port}", said)
        finally:
            process.terminate()
            process.wait(20)


def _wait(process: subprocess.Popen[bytes], said: Path) -> None:
    end = time.monotonic() + PATIENCE
    while "Ctrl+C" not in said.read_text():
        if process.poll() is not None or time.monotonic() > end:
            raise Stop(f"the example did not start:\n{said.read_text()}")
        time.sleep(0.1)
