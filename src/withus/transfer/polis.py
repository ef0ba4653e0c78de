"""A Polis conversation: its comments become contributions, its votes a table of ratings with one entry that holds their digest."""

import csv
import hashlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TextIO

from withus.live import actions as live
from withus.transfer.contributions import digest, read_when
from withus.transfer.table import CannotRead

ATTRIBUTION = (
    "Data was gathered using the Polis software (compdemocracy.org/polis) and is sub-licensed under CC BY 4.0 with Attribution "
    "to The Computational Democracy Project."
)
OUT, ELSEWHERE = "-1", "elsewhere"
"""What that conversation's own moderators took out is held back here, too. The votes on it say who votes how often, as there."""


def comments(folder: Path) -> Iterator[live.Row]:
    """Every comment, by its author's number."""
    name = folder.name
    with _open(folder / "comments.csv") as file:
        for row in csv.DictReader(file):
            yield live.Row(
                words=row["comment-body"],
                person_key=f"polis\x1f{name}\x1f{row['author-id']}",
                when=read_when(row["timestamp"]),
                sent_once=comment_key(name, row["comment-id"]),
                held_because=ELSEWHERE if row.get("moderated") == OUT else "",
            )


def comment_key(name: str, number: str) -> str:
    return digest("polis", name, number)


def votes(folder: Path) -> Iterator[tuple[str, str, int, datetime | None]]:
    """Comment key, person key, vote and instant. A voter's later vote on a comment stands for the earlier one."""
    name = folder.name
    path = folder / "votes.csv"
    if not path.exists():
        return
    last: dict[tuple[str, str], tuple[int, str]] = {}
    with _open(path) as file:
        for row in csv.DictReader(file):
            last[row["comment-id"], row["voter-id"]] = (int(row["vote"]), row["timestamp"])
    for (comment, voter), (vote, when) in last.items():
        yield comment_key(name, comment), f"polis\x1f{name}\x1f{voter}", vote, read_when(when)


def votes_digest(folder: Path) -> str:
    path = folder / "votes.csv"
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""


def _open(path: Path) -> TextIO:
    try:
        return path.open(encoding="utf-8-sig", newline="")
    except FileNotFoundError:
        raise CannotRead(f"{path.parent} has no {path.name}. Name the folder of one Polis conversation.") from None
