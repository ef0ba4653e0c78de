"""
Saves what was typed out of a body that is too big to keep: a photograph too large must not cost somebody their words.

Files are skipped as they pass; only text is held, and not more than `KEPT`.
"""

import re
from typing import Protocol
from urllib.parse import parse_qsl

from .limits import KIB, MIB

KEPT = 2 * MIB
MOST_FIELDS = 200
MOST_HEAD = 8 * KIB
BOUNDARY = re.compile(r'boundary="?([^";,]{1,200})"?', re.IGNORECASE)
NAME = re.compile(rb'[;\s]name="([^"]*)"', re.IGNORECASE)
FILENAME = re.compile(rb"[;\s]filename\*?=", re.IGNORECASE)

Fields = tuple[tuple[str, str], ...]


class Rescue(Protocol):
    def feed(self, data: bytes) -> None: ...
    def fields(self) -> Fields: ...


def rescue(content_type: str) -> Rescue:
    boundary = BOUNDARY.search(content_type)
    if content_type.lower().startswith("multipart/form-data") and boundary:
        return TextParts(boundary[1].encode("latin-1"))
    return Pairs(wanted=content_type.lower().startswith("application/x-www-form-urlencoded"))


class Pairs:
    def __init__(self, *, wanted: bool) -> None:
        self._wanted = wanted
        self._held = bytearray()

    def feed(self, data: bytes) -> None:
        if self._wanted:
            self._held += data[: KEPT - len(self._held)]

    def fields(self) -> Fields:
        return tuple(parse_qsl(self._held.decode("latin-1"), keep_blank_values=True)[:MOST_FIELDS])


class TextParts:
    """Reads multipart/form-data in pieces, however they are cut."""

    def __init__(self, boundary: bytes) -> None:
        self._mark = b"\r\n--" + boundary
        self._buffer = bytearray(b"\r\n")
        self._in_head = False
        self._name: str | None = None
        self._text = bytearray()
        self._kept = 0
        self._found: list[tuple[str, str]] = []

    def feed(self, data: bytes) -> None:
        self._buffer += data
        while self._head() if self._in_head else self._body():
            pass

    def fields(self) -> Fields:
        """With what had come of the part in which the body broke off."""
        if not self._in_head:
            self._keep(len(self._buffer))
            self._buffer.clear()
        self._finish()
        return tuple(self._found)

    def _body(self) -> bool:
        place = self._buffer.find(self._mark)
        if place < 0:
            ready = max(0, len(self._buffer) - len(self._mark) + 1)
            self._keep(ready)
            del self._buffer[:ready]
            return False
        self._keep(place)
        self._finish()
        del self._buffer[: place + len(self._mark)]
        self._in_head = True
        return True

    def _head(self) -> bool:
        if self._buffer.startswith(b"--"):
            self._buffer.clear()
            return False
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            if len(self._buffer) > MOST_HEAD:
                self._buffer.clear()
            return False
        head = bytes(self._buffer[:end])
        name = NAME.search(head)
        if name and not FILENAME.search(head) and len(self._found) < MOST_FIELDS:
            self._name = name[1].decode("utf-8", "replace")
        del self._buffer[: end + 2]
        self._in_head = False
        return True

    def _keep(self, size: int) -> None:
        if self._name is not None:
            text = self._buffer[: min(size, KEPT - self._kept)]
            self._kept += len(text)
            self._text += text

    def _finish(self) -> None:
        """The line end before the text belongs to the head; it was left in so that an empty part has its mark."""
        if self._name is not None:
            self._found.append((self._name, bytes(self._text[2:]).decode("utf-8", "replace")))
        self._name = None
        self._text.clear()
