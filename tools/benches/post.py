"""
An answer to twenty thousand people: how long it takes until every letter is queued, and how fast they leave: `./dev bench post`.

Each person has a card, an e-mail address and no account. While it is published, a phone sends one card after the other: how long it waited
stands beside. Then a worker of its own sends into the embedded mailbox and is killed with -9 three times on its way; in the end each person
has exactly one mail. `--people 500` is a small run, `--postgres` starts a server for it.
"""

import argparse
import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from tools.postgres import cluster
from tools.say import ROOT, Stop

PEOPLE, SECONDS, KILLS, PHONE_MS = 20_000, 10.0, 3, 2000
SETUP = """
import sys
from pathlib import Path
from withus.site.commands import prepare
prepare.ready(Path(sys.argv[1]))
from tools.benches import _posting
"""
MAKE = SETUP + "_posting.make(int(sys.argv[2]), int(sys.argv[3]))"
PHONE = SETUP + "_posting.phone()"
WORK = SETUP + "_posting.work()"
SELDOM = 0.1
"""Seconds between two looks at how far a worker with much to do is: each is a connection and a count that it does without."""
SENT, TOLD = "SELECT count(*) FROM post_delivered", "SELECT count(*) FROM loop_telling"
"""What grows: mails in the mailbox; people written down to be told."""


@dataclass(frozen=True)
class Place:
    """Where it happens: a data folder, and a PostgreSQL where one is used."""

    data: Path
    address: str = ""

    def start(self, what: str, *more: str) -> subprocess.Popen[str]:
        environment = {key: value for key, value in os.environ.items() if not key.startswith(("WITHUS_", "DATABASE_"))}
        if self.address:
            environment["DATABASE_URL"] = self.address
        command = [sys.executable, "-c", what, str(self.data), *more]
        return subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def ask(self, question: str) -> list[tuple[Any, ...]]:  # Any: what the database holds
        if self.address:
            with psycopg.connect(self.address) as server:
                return server.execute(question.encode()).fetchall()
        with closing(sqlite3.connect(self.data / "withus.sqlite3", timeout=20)) as connection:
            return connection.execute(question).fetchall()

    def many(self, rows: str) -> int:
        return int(self.ask(rows)[0][0])


def publish(place: Place, people: int, *, pieces: int = 0) -> dict[str, Any]:  # Any: numbers for JSON
    """A project with an answer to so many people, published while somebody sends cards from a phone."""
    maker = place.start(MAKE, str(people), str(pieces))
    _ready(maker, "the project could not be made.")
    phone = None if pieces else place.start(PHONE)
    if phone is not None:
        _ready(phone, "the phone could not begin.")
    numbers: dict[str, Any] = _said(maker, "the answer could not be published.")
    return numbers if phone is None else numbers | {"phone": _said(phone, "a card was not taken.")}


def _ready(process: subprocess.Popen[str], otherwise: str) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        if line == "ready\n":
            return
    raise Stop(otherwise)


def _said(process: subprocess.Popen[str], otherwise: str) -> dict[str, Any]:  # Any: numbers for JSON
    said, _nothing = process.communicate("go\n")
    if process.returncode:
        raise Stop(otherwise)
    numbers: dict[str, Any] = json.loads(said.splitlines()[-1])
    return numbers


def send(
    place: Place, people: int, kills: int, *, work: str = WORK, grows: str = SENT, look: float = 0.02
) -> dict[str, Any]:  # Any: numbers and words for JSON
    """Send all of it with a worker that is killed on its way; how long, and what lies in the mailbox."""
    began, at_kill = time.monotonic(), []
    for _kill in range(kills):
        worker = place.start(work)
        _ready(worker, "a worker could not begin.")
        target = place.many(grows) + max(1, people // (kills + 2))
        while place.many(grows) < target and worker.poll() is None:
            time.sleep(look)
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        at_kill.append(place.many(grows))
    last = place.start(work)
    last.communicate()
    if last.returncode:
        raise Stop("the last worker failed.")
    seconds = time.monotonic() - began
    mails = place.ask('SELECT count(*), count(DISTINCT "to") FROM post_delivered')[0]
    return {
        "killed_at": at_kill,
        "mails": mails[0],
        "people_with_mail": mails[1],
        "states": dict(place.ask("SELECT state, count(*) FROM post_outgoing GROUP BY state")),
        "told": dict(place.ask("SELECT state, count(*) FROM loop_telling GROUP BY state")),
        "seconds": round(seconds, 1),
        "a_second": round(people / seconds, 1),
    }


def main() -> int:
    parser = argparse.ArgumentParser(prog="./dev bench post")
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--postgres", action="store_true", help="on a server of its own")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, cluster() if given.postgres else nullcontext("") as address:
        said = measured(Place(Path(name) / "data", address), given.people)
    print(json.dumps(said, indent=2))
    return 0 if said["within_budget"] else 1


def measured(place: Place, people: int) -> dict[str, Any]:  # Any: numbers and words for JSON
    published = publish(place, people)
    sent = send(place, people, KILLS, look=SELDOM)
    budgets = {"publish_seconds": SECONDS, "phone_ms": PHONE_MS}
    said: dict[str, Any] = {"publish": published, "send": sent, "budgets": budgets}
    said["once_each"] = sent["mails"] == sent["people_with_mail"] == published["queued"] == people
    in_time = published["seconds"] < SECONDS and published["phone"]["longest_ms"] < PHONE_MS
    said["within_budget"] = in_time and said["once_each"]
    return said


if __name__ == "__main__":
    sys.exit(main())
