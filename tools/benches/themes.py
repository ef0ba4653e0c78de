"""
How well groups of texts agree with what people called them, how fast, and how much memory: `./dev bench themes --data FOLDER`.

FOLDER holds banking77/test.csv and nhs_patient_comments/phase1_text_data.csv (and v6framework.csv, and a folder of Polis exports, if you
have them); `--file CSV --text COLUMN --label COLUMN` measures your own. Agreement is adjusted mutual information with the true number
of groups: 0 for chance, 1 for the same. Beside it stands the plain way of scikit-learn (LSA and k-means) in the same run, and what was
first measured. `--minilm` adds the optional vectors. Speed and memory are taken in processes of their own, on one core.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tools import table
from tools.say import ROOT, Stop, plainly

BARS = {"seconds_10000": 5.0, "seconds_100000": 20.0, "mib": 400.0, "like_ms": 50.0, "share_of_first_measured": 0.98}
BLAS = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def main() -> None:
    parser = argparse.ArgumentParser(prog="./dev bench themes", description=__doc__)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--file", type=Path)
    parser.add_argument("--text")
    parser.add_argument("--label")
    parser.add_argument("--minilm", action="store_true")
    given = parser.parse_args()
    if bool(given.file) != bool(given.text and given.label):
        raise Stop("--file goes with --text COLUMN and --label COLUMN.")
    if not given.file and not given.data:
        raise Stop("say where the texts are: --data FOLDER, or --file CSV --text COLUMN --label COLUMN.")
    for path in (given.file, given.data):
        if path and not path.exists():
            raise Stop(f"{path} is not there.")
    found: dict[str, Any] = {"bars": BARS, "quality": _ask("quality", sys.argv[1:])}
    found["speed"] = {
        str(count): _ask("speed", [*sys.argv[1:], "--count", str(count)]) for count in (1_000, 10_000, 100_000)
    }
    found["near_repeats"] = _ask("repeats", sys.argv[1:])
    found["stability"] = _ask("stability", sys.argv[1:])
    found["holds"] = _holds(found)
    sys.stdout.write(json.dumps(found, indent=2, ensure_ascii=False) + "\n")


def _ask(what: str, arguments: list[str]) -> Any:  # Any: JSON
    """In the environment that has scikit-learn and the model; each question in a process of its own."""
    environment = {**os.environ, **BLAS, "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "src")))}
    command = [str(table.themes_python()), "-m", "tools.benches.themes_asked", what, *arguments]
    done = subprocess.run(command, cwd=os.getcwd(), env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Stop(done.stderr.strip().rpartition("\n")[2] or f"{what} did not finish.")
    return json.loads(done.stdout)


def _holds(found: dict[str, Any]) -> dict[str, bool]:
    speed = found["speed"]
    shares = [one["share_of_first_measured"] for one in found["quality"].values()]
    measured = [share for one in shares for share in one.values() if share is not None]
    return {
        "quality": all(share >= BARS["share_of_first_measured"] for share in measured),
        "10000": speed["10000"]["seconds"] < BARS["seconds_10000"],
        "100000": speed["100000"]["seconds"] < BARS["seconds_100000"],
        "memory": speed["100000"]["mib"] < BARS["mib"],
        "more_like_this": speed["100000"]["like_ms"] < BARS["like_ms"],
    }


if __name__ == "__main__":
    with plainly():
        main()
