"""Files in answers: the page thread opens them, and is free before they are sent."""

import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from .limits import KIB

SMALL = 256 * KIB
WHOLE_FILES = (io.BufferedReader, io.BufferedRandom, io.FileIO)


class Readable(Protocol):
    def read(self, size: int = ..., /) -> bytes: ...


class FileWrapper:
    """What WSGI calls `wsgi.file_wrapper`."""

    def __init__(self, filelike: Readable, block_size: int = 64 * KIB) -> None:
        self.filelike = filelike
        self._block_size = block_size

    def __iter__(self) -> Iterator[bytes]:
        while block := self.filelike.read(self._block_size):
            yield block

    def close(self) -> None:
        close = getattr(self.filelike, "close", None)
        if close is not None:
            close()

    def rest(self) -> "FilePart | None":
        """What is left to read, where it lies in a plain file; it stays readable after the page has closed its own."""
        file = getattr(self.filelike, "file", self.filelike)
        if not isinstance(file, WHOLE_FILES):
            return None
        start = file.tell()
        size = os.fstat(file.fileno()).st_size - start
        return FilePart(os.dup(file.fileno()), start, size) if size > SMALL else None


@dataclass(slots=True)
class FilePart:
    handle: int
    start: int
    size: int

    def read(self) -> bytes:
        """The next piece. Never in a page thread and never on the event loop: disks wait too."""
        piece = os.pread(self.handle, min(SMALL, self.size), self.start)
        self.start += len(piece)
        self.size -= len(piece)
        return piece

    def close(self) -> None:
        os.close(self.handle)
