"""
The arithmetic of the record: pure, so that an export can be verified without this installation.

commitment = SHA-256(domain word, salt, opening); hash = SHA-256(domain word, version, project, seq, previous, commitment),
each over RFC 8785 JSON, so that every language that follows the RFC comes to the same bytes.
"""

import base64
import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import rfc8785

VERSION = 1
START = "0" * 64
CODE_LETTERS = 16


def digest(domain: str, value: Any) -> str:  # Any: whatever RFC 8785 can write
    """SHA-256, in hex, of a domain word, the version and the value: the same value in another place gives another digest."""
    return hashlib.sha256(rfc8785.dumps([f"withus/{domain}", VERSION, value])).hexdigest()


def words_digest(salt: str, words: str) -> str:
    """Empty for no words. Salted, so that a guessed sentence cannot be tried against it once the salt is erased."""
    return digest("words", [salt, words]) if words else ""


def opening(*, kind: str, at: datetime, by: str, about: str, facts: Mapping[str, Any], words: str) -> dict[str, Any]:
    """What an entry says, as it is committed to. `words` is a digest already."""
    return {
        "kind": kind,
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "by": by,
        "about": about,
        "facts": dict(facts),
        "words": words,
    }


def commitment(salt: str, said: Mapping[str, Any]) -> str:
    return digest("opening", [salt, dict(said)])


def entry_hash(*, version: int, project: str, seq: int, previous: str, commitment: str) -> str:
    return digest("entry", [version, project, seq, previous, commitment])


def head_code(seq: int, hash_: str) -> str:
    """The head as it is printed: its number, then 80 bits in base32, in fours: `118-ABCD-EFGH-IJKL-MNOP`."""
    letters = base64.b32encode(bytes.fromhex(hash_))[:CODE_LETTERS].decode()
    return "-".join([str(seq), *(letters[i : i + 4] for i in range(0, CODE_LETTERS, 4))])
