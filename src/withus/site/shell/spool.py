"""Bytes on their way, in or out: in memory while they are few, then in a temporary file that has no name."""

import io
import os
import tempfile
from contextlib import suppress
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
            self._to_disk()
        self._file.write(data)
        self.size += len(data)

    def _to_disk(self) -> None:
        """Where the disk does not take it, what is held stays in memory."""
        file = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 -- closed in close()
        try:
            self._file.seek(0)
            file.write(self._file.read())
            file.flush()
        except OSError:
            with suppress(OSError):
                file.close()
            raise
        self._file, self.on_disk = file, True

    def reader(self) -> BinaryIO:
        self._file.seek(0)
        return self._file

    def beginning(self, most: int) -> bytes:
        """What there is of it, also where the disk took no more."""
        if self.on_disk:
            os.lseek(self._file.fileno(), 0, os.SEEK_SET)  # what Python holds back would have to be written first
            return os.read(self._file.fileno(), most)
        return self.reader().read(most)

    def part(self) -> FilePart | None:
        """As a piece of a file to send, when it is one."""
        if not self.on_disk:
            return None
        self._file.flush()
        return FilePart(os.dup(self._file.fileno()), 0, self.size)

    def close(self) -> None:
        """A full disk may not have taken the last of it; nobody asks for it any more."""
        with suppress(OSError):
            self._file.close()
