"""
How long ten thousand comments take from a CSV file into a project, and how much memory: `./dev bench imports`.

The file is made here, with days, themes, blanks and rows that are alike; `--file FILE --text COLUMN` measures another. Beside the seconds
stands how many times the plain reading and hashing of the same rows they are: that ratio travels from machine to machine.
"""

import argparse
import csv
import hashlib
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from tools.say import ROOT, Stop

ROWS, SECONDS, MORE_MIB = 10_000, 10.0, 40
WORDS = [
    *("the", "night", "was", "long", "and", "nobody", "came", "until", "a", "nurse", "sat", "down", "with", "me"),
    *("for", "tea", "asked", "what", "would", "help"),
]
THEMES = ("Waiting", "Kindness", "Food", "Being told", "Getting there")
ACCOUNT = """
import sys
from pathlib import Path
from withus.site.commands import prepare
prepare.ready(Path(sys.argv[1]))
from withus.accounts import actions as accounts
from withus.projects import actions as projects
projects.add_organisation(name="Bench", admin=accounts.add_staff(email="a@bench.example", name="A", password="a long one"))
"""


def make(path: Path, rows: int) -> None:
    """The same for each run: what is measured is the import, not the luck of the draw."""
    draw = random.Random(7)  # noqa: S311 -- no secret
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["said", "on", "theme"])
        for number in range(rows):
            words = (
                " ".join(draw.choices(WORDS, k=draw.randint(3, 60)))
                if number % 9
                else draw.choice(("", "Nothing", "n/a"))
            )
            writer.writerow([words, date(2025, 1, 1) + timedelta(days=number % 300), draw.choice(THEMES)])


def run(folder: Path, *arguments: str | Path) -> tuple[float, float, float, str]:
    """Wall seconds, seconds of processor time, most memory in MiB, and what it said."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("WITHUS_", "DATABASE_"))}
    began = time.monotonic()
    with (folder / "said.txt").open("w+") as said:
        process = subprocess.Popen(
            [sys.executable, "-P", *map(str, arguments)],
            cwd=ROOT,
            env=environment,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        _pid, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - began
        said.seek(0)
        text = said.read()
    if process.returncode:
        raise Stop(f"the import failed:\n{text}")
    return seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, text


def bring_in(file: Path, text: str, *more: str) -> dict[str, float | str]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run(folder, "-c", ACCOUNT, folder / "data")
        command = ["-m", "withus.site.cli", "import", "contributions", str(file), "--project", "bench", "--create"]
        both = [*command, "--text", text, *more, "--data", str(folder / "data")]
        first, cpu, memory, said = run(folder, *both)
        again, _cpu, _memory, said_again = run(folder, *both)
    if not re.search(r"(?m)\b0 added", said_again):
        raise Stop(f"the same file twice added something:\n{said_again}")
    return {
        "seconds": round(first, 2),
        "cpu_seconds": round(cpu, 2),
        "again_seconds": round(again, 2),
        "memory_mib": round(memory, 1),
        "said": next(line for line in said.splitlines() if " added" in line),
    }


def plain(file: Path) -> float:
    """Reading the file and one digest of each row."""
    began = time.process_time()
    with file.open(encoding="utf-8", newline="", errors="replace") as rows:
        for row in csv.reader(rows):
            hashlib.sha256("\x1f".join(row).encode()).hexdigest()
    return time.process_time() - began


def main() -> int:
    parser = argparse.ArgumentParser(prog="./dev bench imports")
    parser.add_argument("--file", type=Path, help="a CSV file of your own")
    parser.add_argument("--text", default="said", help="its column with the words")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        small, whole = Path(name) / "small.csv", given.file or Path(name) / "whole.csv"
        more = () if given.file else ("--when", "on", "--theme", "theme")
        make(small, ROWS // 10)
        if not given.file:
            make(whole, ROWS)
        little, much = bring_in(small, "said", "--when", "on", "--theme", "theme"), bring_in(whole, given.text, *more)
        reference = plain(whole)
    grown = float(much["memory_mib"]) - float(little["memory_mib"])
    within = float(much["seconds"]) < SECONDS and grown < MORE_MIB
    said = {
        "a_tenth": little,
        "whole": much,
        "times_plain_reading": round(float(much["cpu_seconds"]) / reference, 1),
        "memory_grown_mib": round(grown, 1),
        "budgets": {"seconds": SECONDS, "memory_grown_mib": MORE_MIB},
        "within_budget": within,
    }
    print(json.dumps(said, indent=2))
    return 0 if within else 1


if __name__ == "__main__":
    sys.exit(main())
