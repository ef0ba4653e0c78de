"""
The installation's keys, one purpose each, in `$WITHUS_DATA/keys/` (0600), made at first start.

`django` may change any day. `links` and `index` must never change: printed slips depend on them. `sealed` is a list, newest first.
"""

import hashlib
import hmac
import os
import secrets
from functools import cache
from pathlib import Path

from cryptography.fernet import Fernet

PURPOSES = ("django", "links", "index", "sealed")


class KeyMissing(Exception):
    """A key that rows depend on is gone. Starting with a new one would lose what people can open."""


def folder(data: Path) -> Path:
    return data / "keys"


def ensure(data: Path, *, may_make: bool = True) -> None:
    """Make the keys that are missing. With `may_make=False` (data exists already) a missing one is an error instead."""
    place = folder(data)
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    for purpose in PURPOSES:
        path = place / purpose
        if path.exists():
            continue
        if not may_make:
            raise KeyMissing(purpose)
        fresh = Fernet.generate_key().decode() if purpose == "sealed" else secrets.token_hex(32)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(fresh + "\n")
            file.flush()
            os.fsync(file.fileno())


@cache
def read(data: Path, purpose: str) -> str:
    return (folder(data) / purpose).read_text().strip()


def mac(data: Path, purpose: str, *parts: str) -> bytes:
    """HMAC-SHA256 over the parts, with a separator that cannot stand in one."""
    return hmac.new(bytes.fromhex(read(data, purpose)), "\x1f".join(parts).encode(), hashlib.sha256).digest()


def sealed_keys(data: Path) -> list[bytes]:
    return [line.encode() for line in read(data, "sealed").splitlines()]
