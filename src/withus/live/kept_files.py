"""Files in the media folder: written so that a receipt means that they are safe, and named after nobody."""

import hashlib
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings


def folder() -> Path:
    return Path(settings.MEDIA_ROOT)


def quarantine() -> Path:
    """Read by nobody but the process that makes pictures anew."""
    return folder() / "quarantine"


def new_name() -> str:
    return f"{secrets.token_hex(1)}/{secrets.token_hex(16)}"


def keep(path: Path, chunks: Iterable[bytes]) -> str:
    """Written, synced, renamed, its folder synced. Returns the digest of what was written. Of one that did not fit, nothing stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".part")
    digest = hashlib.sha256()
    try:
        with partial.open("wb") as out:
            for chunk in chunks:
                digest.update(chunk)
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
        settle(partial, path)
    except OSError:
        partial.unlink(missing_ok=True)
        raise
    return digest.hexdigest()


def settle(partial: Path, path: Path) -> None:
    """Give a written file its place, so that a fall of the machine leaves the whole of it or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with partial.open("rb") as written:
        os.fsync(written.fileno())
    partial.rename(path)
    for place in {path.parent, partial.parent}:
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def remove(name: str) -> None:
    """Away from both places; what is not there is away already."""
    if name:
        for place in (quarantine(), folder()):
            (place / name).unlink(missing_ok=True)
