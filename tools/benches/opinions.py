"""
Groups of opinion on votes that people gave elsewhere, beside red-dwarf's on the same votes in the same run.

`./dev bench opinions FOLDER...`: folders of Polis exports (votes.csv and comments.csv). red-dwarf is no part of WithUs: it
is put into a folder of its own for this run. For each: the sizes, the silhouette, how often ours are found again, the adjusted
Rand index between the two, and the processor seconds of both. Where ours are found again in at least nine of ten tries the
division is stable, and the index has to be 0.95.
"""

import csv
import json
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path
from typing import Any

import numpy as np

from tools.say import Stop, plainly
from withus.loop.opinions.groups import Votes, alike, found_again, groups

THEIRS = "red-dwarf==0.4.0"
STABLE, SAME = 0.9, 0.95
ASK_THEM = """
import json, sys, time
from reddwarf.implementations.polis import run_pipeline
given = json.load(sys.stdin)
votes = [{"participant_id": p, "statement_id": c, "vote": v, "modified": 0} for p, c, v in given["votes"]]
run_pipeline(votes=votes, mod_out_statement_ids=given["off"], random_state=0)
began = time.process_time()
people = run_pipeline(votes=votes, mod_out_statement_ids=given["off"], random_state=0).participants_df
print(json.dumps({"seconds": time.process_time() - began, "of": {str(k): int(v) for k, v in people["cluster_id"].dropna().items()}}))
"""


def read(folder: Path) -> tuple[list[tuple[int, int, int]], list[int]]:
    """(person, card, vote): the latest counts; and the cards that were taken off."""
    latest: dict[tuple[int, int], tuple[int, int]] = {}
    with (folder / "votes.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            key, at = (int(row["voter-id"]), int(row["comment-id"])), int(row["timestamp"])
            if key not in latest or latest[key][0] <= at:
                latest[key] = at, int(float(row["vote"]))
    with (folder / "comments.csv").open(encoding="utf-8") as file:
        off = [int(row["comment-id"]) for row in csv.DictReader(file) if row.get("moderated") == "-1"]
    return [(person, card, vote) for (person, card), (_at, vote) in latest.items()], off


def one(folder: Path, python: Path) -> dict[str, Any]:
    votes, off = read(folder)
    asked = subprocess.run(
        [python, "-W", "ignore", "-c", ASK_THEM],
        input=json.dumps({"votes": votes, "off": off}),
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    theirs = json.loads(asked.stdout.splitlines()[-1])
    began = time.process_time()
    people, person = np.unique([row[0] for row in votes], return_inverse=True)
    cards, card = np.unique([row[1] for row in votes], return_inverse=True)
    matrix: Votes = np.full((len(people), len(cards)), np.nan)
    matrix[person, card] = [row[2] for row in votes]
    found = groups(matrix, left_out=np.isin(cards, off))
    ours = time.process_time() - began
    said: dict[str, Any] = {
        "conversation": folder.name, "people": len(people), "cards": len(cards), "votes": len(votes),
        "red_dwarf_cpu_seconds": round(theirs["seconds"], 2), "cpu_seconds": round(ours, 2),
        "times_red_dwarf": round(ours / theirs["seconds"], 2),
    }  # fmt: skip
    if found is None:
        return said | {"groups": None}
    of = np.array([theirs["of"].get(str(each), -1) for each in people], dtype=np.int64)
    both = (of >= 0) & (found.of >= 0)
    again, index = found_again(found), alike(of[both], found.of[both])
    return said | {
        "groups": np.bincount(found.of[found.of >= 0]).tolist(),
        "red_dwarf_groups": sorted(np.bincount(of[of >= 0]).tolist(), reverse=True),
        "silhouette": round(found.silhouette, 3),
        "found_again": again,
        "same_as_red_dwarf": round(index, 3),
        "within": (again < STABLE or index >= SAME) and ours <= theirs["seconds"],
    }


def main() -> int:
    folders = [Path(each) for each in sys.argv[1:]]
    folders = [each for each in folders if (each / "votes.csv").is_file()]
    if not folders:
        raise Stop("name folders that hold votes.csv and comments.csv of a Polis export.")
    with tempfile.TemporaryDirectory() as place:
        venv.create(place, with_pip=True)
        python = Path(place) / "bin" / "python"
        subprocess.run([python, "-m", "pip", "install", "-q", THEIRS], check=True, stdout=sys.stderr)
        rows = [one(folder, python) for folder in folders]
    print(json.dumps({"conversations": rows, "within": all(row.get("within", True) for row in rows)}, indent=2))
    return 0 if all(row.get("within", True) for row in rows) else 1


if __name__ == "__main__":
    with plainly():
        sys.exit(main())
