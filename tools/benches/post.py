"""
An answer to twenty thousand people: how long it takes until every letter is queued, and how fast they leave: `./dev bench post`.

Each person has a card, an e-mail address and no account. Then a worker of its own sends into the embedded mailbox and is killed with -9
three times on its way; in the end each person has exactly one mail. `--people 500` is a small run.
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
from pathlib import Path
from typing import Any

from tools.say import ROOT, Stop

PEOPLE, SECONDS, KILLS = 20_000, 10.0, 3
SETUP = """
import sys
from pathlib import Path
from withus.site.commands import prepare
prepare.ready(Path(sys.argv[1]))
from tools.benches import _posting
"""
MAKE = SETUP + "_posting.make(int(sys.argv[2]))"
WORK = SETUP + "_posting.work()"


def send(data: Path, people: int, kills: int, work: str = WORK) -> dict[str, Any]:  # Any: numbers and words for JSON
    """Send all of it with a worker that is killed on its way; how long, and what lies in the mailbox."""
    began, at_kill = time.monotonic(), []
    for _kill in range(kills):
        worker = _start(work, data)
        assert worker.stdout is not None
        worker.stdout.readline()
        target = _sent(data) + max(1, people // (kills + 2))
        while _sent(data) < target and worker.poll() is None:
            time.sleep(0.02)
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        at_kill.append(_sent(data))
    last = _start(work, data)
    if last.wait() != 0:
        raise Stop("the last worker failed.")
    seconds = time.monotonic() - began
    with sqlite3.connect(data / "withus.sqlite3") as connection:
        mails = connection.execute('SELECT count(*), count(DISTINCT "to") FROM post_delivered').fetchone()
        states = dict(connection.execute("SELECT state, count(*) FROM post_outgoing GROUP BY state").fetchall())
        told = dict(connection.execute("SELECT state, count(*) FROM loop_telling GROUP BY state").fetchall())
    return {
        "killed_at": at_kill,
        "mails": mails[0],
        "people_with_mail": mails[1],
        "states": states,
        "told": told,
        "seconds": round(seconds, 1),
        "a_second": round(people / seconds, 1),
    }


def _start(what: str, data: Path, *more: str) -> subprocess.Popen[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("WITHUS_", "DATABASE_"))}
    command = [sys.executable, "-c", what, str(data), *more]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)


def _sent(data: Path) -> int:
    with sqlite3.connect(data / "withus.sqlite3", timeout=20) as connection:
        return int(connection.execute("SELECT count(*) FROM post_delivered").fetchone()[0])


def publish(data: Path, people: int) -> dict[str, Any]:  # Any: numbers for JSON
    """A project in this data folder with an answer to so many people, published."""
    made = _start(MAKE, data, str(people))
    said, _nothing = made.communicate()
    if made.returncode:
        raise Stop("the project could not be made.")
    numbers: dict[str, Any] = json.loads(said.splitlines()[-1])
    return numbers


def main() -> int:
    parser = argparse.ArgumentParser(prog="./dev bench post")
    parser.add_argument("--people", type=int, default=PEOPLE)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        data = Path(name) / "data"
        published = publish(data, given.people)
        sent = send(data, given.people, KILLS)
    said: dict[str, Any] = {"publish": published, "send": sent, "budgets": {"publish_seconds": SECONDS}}
    said["once_each"] = sent["mails"] == sent["people_with_mail"] == published["queued"] == given.people
    said["within_budget"] = published["seconds"] < SECONDS and said["once_each"]
    print(json.dumps(said, indent=2))
    return 0 if said["within_budget"] else 1


if __name__ == "__main__":
    sys.exit(main())
