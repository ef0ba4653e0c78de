"""
Running the package clients (pip, uv, npm, apt) so that a person always knows what goes on.

The clients wait for minutes, in silence, on a network that swallows packets (hospitals and town halls have them). Here
somebody watches: whether the client and its children still work is read from /proc; where there is no /proc, from what
they print.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from tools.say import ROOT, Stop, say

QUIET_SECONDS = float(os.environ.get("WITHUS_DEV_QUIET_SECONDS", "20"))
"""After so long without a byte or any work, a person is told; within 30 seconds even on a slow machine."""
GIVE_UP_SECONDS = QUIET_SECONDS * 5

STALLED = (
    "Nothing has come from the network for %d seconds while %s. Still waiting; check the connection, or the proxy "
    "settings (HTTPS_PROXY), if this goes on."
)
UNREACHABLE = (
    r"dns error|name resolution|ENOTFOUND|EAI_AGAIN|onnection refused|ECONNREFUSED|ECONNRESET|timed? ?out|ETIMEDOUT|"
    r"unreachable|tunnel|error sending request|onnection broken|Failed to fetch|No matching distribution"
)
REASONS = (
    (r"No space left|ENOSPC|os error 28|[Dd]isk quota", "the disk is full. Free some space and start again"),
    (
        r"ermission denied|EACCES|EROFS|Read-only file system|os error 13",
        "there is no permission to write there. Start again as the owner of that folder",
    ),
    (
        r"UnknownIssuer|certificate|CERT_",
        "a certificate of the network was refused. Add it to the system's certificates",
    ),
    (
        r"[Hh]ash(es)? mismatch|EINTEGRITY|DO NOT MATCH",
        "a package is not the one that was locked. It was not installed",
    ),
    (UNREACHABLE, "the package registry did not answer. Check the connection, or the proxy settings (HTTPS_PROXY)"),
)


def fetch(
    command: Sequence[str | Path], doing: str, *, env: Mapping[str, str], cwd: Path = ROOT, why: bool = True
) -> str:
    """
    Runs a package client to its end and returns what it printed.

    Raises Stop with one sentence when it fails, and tells when nothing moves.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
        try:
            child = subprocess.Popen(
                [str(part) for part in command],
                stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
                env=dict(env), cwd=cwd, start_new_session=True,
            )  # fmt: skip
        except FileNotFoundError as error:
            raise Stop(f"{doing} failed: {command[0]} is not there.") from error
        try:
            _watch(child, doing, output)
        except BaseException:
            _end(child)
            raise
        output.seek(0)
        printed = output.read()
    if child.returncode and why:
        raise Stop(explain(doing, printed))
    if child.returncode:
        raise Stop(printed)
    return printed


def explain(doing: str, printed: str) -> str:
    """One sentence for what a client printed while failing; the whole of it is kept beside."""
    log = ROOT / ".cache" / "last-failure.log"
    try:
        log.parent.mkdir(exist_ok=True)
        log.write_text(printed, encoding="utf-8")
        kept = f" (All it said: {log.relative_to(ROOT)}.)"
    except OSError:
        kept = ""
    for pattern, sentence in REASONS:
        if re.search(pattern, printed):
            return f"{doing[0].upper()}{doing[1:]} failed: {sentence}.{kept}"
    lines = [line.strip() for line in printed.splitlines() if line.strip()]
    return f"{doing[0].upper()}{doing[1:]} failed: {' / '.join(lines[-4:]) or 'it said nothing'}.{kept}"


def _watch(child: "subprocess.Popen[bytes]", doing: str, output: IO[str]) -> None:
    begun = moved = shown = time.monotonic()
    seen = _work(child.pid, output)
    told = False
    while child.poll() is None:
        time.sleep(0.05 if time.monotonic() - begun < 1 else 0.25)
        now = time.monotonic()
        if abs((work := _work(child.pid, output)) - seen) > 1:
            seen, moved, told = work, now, False
        if now - moved > QUIET_SECONDS and not told:
            say("  " + STALLED % (QUIET_SECONDS, doing))
            told = True
        if now - moved > GIVE_UP_SECONDS:
            raise Stop(
                f"The network stalls: nothing came for {GIVE_UP_SECONDS:.0f} seconds while {doing}. Try again later."
            )
        shown = _show(doing, begun, shown, now)
    if shown > begun and sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr, flush=True)


def _show(doing: str, begun: float, shown: float, now: float) -> float:
    """From two seconds on: a running count on a terminal, a line every ten seconds elsewhere."""
    live = sys.stderr.isatty()
    if now - shown < (2 if shown == begun else 0.5 if live else 10):
        return shown
    line = f"  … {doing}, {now - begun:.0f} s"
    print(f"\r\033[K{line}" if live else line, end="" if live else "\n", file=sys.stderr, flush=True)
    return now


def _work(group: int, output: IO[str]) -> float:
    """What a process group has done so far: 16 KiB read or written, a fifth of a second of CPU, a line printed count one."""
    done = os.fstat(output.fileno()).st_size / 20
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
            if int(fields[2]) != group:
                continue
            done += (int(fields[11]) + int(fields[12])) / 20
            io = dict(line.split(": ") for line in stat.with_name("io").read_text().splitlines())
            done += (int(io["rchar"]) + int(io["wchar"])) / 16384
        except (OSError, ValueError, IndexError, KeyError):
            continue
    return done


def _end(child: "subprocess.Popen[bytes]") -> None:
    for sign in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(child.pid, sign)
            child.wait(3)
        except (ProcessLookupError, subprocess.TimeoutExpired, PermissionError):
            continue
