"""A real WithUs for the walks: its own process, data folder and port, so that it can be killed like a laptop whose battery is empty."""

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from tests.ports import free_port

PATIENCE = 600
"""Seconds until a server answers, which must first load the example: twenty alone, many times that beside five others."""


@dataclass
class Site:
    """One running server. `said` is what it printed: the first start's link, the demo's links."""

    data: Path
    command: str = "serve"
    program: str = "withus.site.cli"
    port: int = field(default_factory=free_port)
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def said(self) -> str:
        return (self.data / "said.txt").read_text()

    def link(self, pattern: str) -> str:
        """The first link printed whose address has this in it."""
        found = re.search(rf"https?://\S*{pattern}\S*", self.said)
        assert found is not None, f"no link with {pattern} in:\n{self.said}"
        return found.group()

    def start(self) -> "Site":
        self.data.mkdir(parents=True, exist_ok=True)
        arguments = [self.command, "--data", str(self.data / "data"), "--port", str(self.port)]
        environment = {
            key: value for key, value in os.environ.items() if not key.startswith(("WITHUS_", "DJANGO_", "DATABASE_"))
        }
        with (self.data / "said.txt").open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-u", "-m", self.program, *arguments],
                stdout=out,
                stderr=subprocess.STDOUT,
                env={**environment, **self.environment},
            )
        try:
            self._wait()
        except BaseException:
            self.kill()
            raise
        return self

    def _wait(self) -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            assert self.process is not None
            if self.process.poll() is not None:
                raise AssertionError(f"the server stopped:\n{self.said}")
            if "Ctrl+C" in self.said:
                with suppress(URLError, ConnectionError, TimeoutError):
                    with suppress(HTTPError):  # an answer all the same
                        urlopen(self.url, timeout=5).close()
                    return
            time.sleep(0.05)
        raise AssertionError(f"no answer after {PATIENCE} s:\n{self.said}")

    def kill(self) -> None:
        """As -9: no farewell, no clean-up."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()

    def stop(self) -> int:
        if self.process is None:
            return 0
        if self.process.poll() is None:
            self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            return self.process.wait(10)
        self.kill()
        return -9
