"""How the tools speak: one clear sentence where something cannot go on, never a traceback for what is not a fault of ours."""

import errno
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class Stop(Exception):
    """Work cannot go on; its text is the whole explanation that a person gets."""


def say(line: str) -> None:
    print(line, flush=True)


def of_os_error(error: OSError) -> str | None:
    """The sentence for the three troubles of a machine that are nobody's bug; None for all others."""
    where = error.filename or ROOT
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return f"The disk is full: no room to write {where}. Free some space and start again."
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return f"No permission to write {where}. Start again as the owner of that folder, or use another one."
    if error.errno == errno.EADDRINUSE:
        return "That port is taken by another program. Choose another one with --port."
    return None


@contextmanager
def plainly() -> Iterator[None]:
    """Turns the troubles above into one sentence and exit status 1."""
    try:
        yield
    except Stop as stop:
        sys.exit(f"./dev: {stop}")
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        if sentence := of_os_error(error):
            sys.exit(f"./dev: {sentence}")
        raise


@contextmanager
def timed(name: str) -> Iterator[None]:
    begun = time.monotonic()
    yield
    say(f"  {name}: {time.monotonic() - begun:.1f} s")
