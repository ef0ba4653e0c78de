"""Bytes on their way, in or out: in memory while they are few, then in a temporary file that has no name."""

import io
import os
import tempfile
from pathlib import Path
from typing import BinaryIO

from .files import FilePart


class Spool:
    def __init__(self, memory: int, folder: Path | None = None) -> None:
        self.size = 0
        self.on_disk = False
        self._memory = memory
        self._folder = folder
        self._file: BinaryIO = io.BytesIO()

    def fits(self, data: bytes) -> bool:
        """Whether writing this will stay in memory, and so may be done on the event loop."""
        return not self.on_disk and self.size + len(data) <= self._memory

    def write(self, data: bytes) -> None:
        if not self.on_disk and not self.fits(data):
            held = self._file
            self._file = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 -- closed in close()
            self.on_disk = True
            held.seek(0)
            self._file.write(held.read())
        self._file.write(data)
        self.size += len(data)

    def reader(self) -> BinaryIO:
        self._file.seek(0)
        return self._file

    def part(self) -> FilePart | None:
        """As a piece of a file to send, when it is one."""
        if not self.on_disk:
            return None
        self._file.flush()
        return FilePart(os.dup(self._file.fileno()), 0, self.size)

    def close(self) -> None:
        self._file.close()
