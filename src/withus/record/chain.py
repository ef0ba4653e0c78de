"""
The arithmetic of the record: pure, so that an export can be verified without this installation.

commitment = SHA-256(domain word, salt, opening); hash = SHA-256(domain word, version, project, seq, previous, commitment),
each over RFC 8785 JSON, so that every language that follows the RFC comes to the same bytes.
"""

import base64
import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import rfc8785

VERSION = 1
START = "0" * 64
CODE_LETTERS = 16


def digest(domain: str, value: Any) -> str:  # Any: whatever RFC 8785 can write
    """SHA-256, in hex, of a domain word, the version and the value: the same value in another place gives another digest."""
    return hashlib.sha256(canonical([f"withus/{domain}", VERSION, value])).hexdigest()


def canonical(value: Any) -> bytes:  # Any: whatever RFC 8785 can write
    """
    RFC 8785 JSON. Text, whole numbers and lists of them, as entries are made of, Python's own writer puts into the same bytes in a
    quarter of the time; all else is left to the library.
    """
    return _written(value).encode() if _simple(value) else rfc8785.dumps(value)


_written = json.JSONEncoder(ensure_ascii=False, check_circular=False, sort_keys=True, separators=(",", ":")).encode
_LARGEST = 2**53 - 1
"""The RFC's own limit: every language that follows it reads whole numbers up to here alike."""


def _simple(value: Any) -> bool:  # Any: as above
    """Without fractions, and with names that sort alike in every encoding."""
    kind = type(value)
    if kind is str:
        return True
    if kind is list or kind is tuple:
        return all(map(_simple, value))
    if kind is dict:
        return all(type(name) is str and name.isascii() and _simple(one) for name, one in value.items())
    return value is None or kind is bool or (kind is int and -_LARGEST <= value <= _LARGEST)


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
