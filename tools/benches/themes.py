"""
How well groups of texts agree with what people called them, how fast, and how much memory: `./dev bench themes --data FOLDER`.

FOLDER holds banking77/test.csv and nhs_patient_comments/phase1_text_data.csv (and v6framework.csv, and a folder of Polis exports, if you
have them); `--file CSV --text COLUMN --label COLUMN` measures your own. Agreement is adjusted mutual information with the true number
of groups: 0 for chance, 1 for the same. Beside it stands the plain way of scikit-learn (LSA and k-means) in the same run, and what was
first measured. `--minilm` adds the optional vectors. Speed and memory are taken in processes of their own, on one core.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tools import table
from tools.say import ROOT, Stop, plainly, say
from withus.transfer.markup import as_written
from withus.transfer.table import CannotRead, open_table

FEWEST_TEXTS = 20
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
    if given.data and not given.data.exists():
        raise Stop(f"{given.data} is not there.")
    with tempfile.TemporaryDirectory() as folder:
        found = _measured(_arguments(given, Path(folder)))
    sys.stdout.write(json.dumps(found, indent=2, ensure_ascii=False) + "\n")


def _arguments(given: argparse.Namespace, folder: Path) -> list[str]:
    more = ["--minilm"] if given.minilm else []
    if not given.file:
        return ["--data", str(given.data), *more]
    clean = folder / f"{given.file.stem}.csv"
    _clean(given.file, given.text, given.label, into=clean)
    return ["--file", str(clean), "--text", "text", "--label", "label", *more]


def _clean(path: Path, text: str, label: str, *, into: Path) -> None:
    """Your file as it comes, read as the import reads it: any encoding and separator. Rows without a text or a label are left out."""
    try:
        rows = open_table(path)
        rows.need(text, label)
    except CannotRead as trouble:
        raise Stop(str(trouble)) from None
    kept, left_out = [], 0
    for _line, cells in rows.rows():
        words, called = " ".join(as_written(cells[text]).split()), cells[label].strip()
        if words and called:
            kept.append((words, called))
        else:
            left_out += 1
    if left_out or rows.faults:
        say(f"  left out: {left_out} rows without a text or a label, {len(rows.faults)} that cannot be read.")
    texts, labels = {words.casefold() for words, _called in kept}, {called for _words, called in kept}
    if len(texts) < FEWEST_TEXTS or len(labels) < 2:
        raise Stop(
            f"{path.name} has {len(texts)} different texts under {len(labels)} labels: "
            f"at least {FEWEST_TEXTS} texts and two labels can be measured."
        )
    if len(labels) > len(texts) / 2:
        raise Stop(f"“{label}” has {len(labels)} values for {len(texts)} texts: that is no column of labels.")
    with into.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("text", "label"))
        writer.writerows(kept)


def _measured(arguments: list[str]) -> dict[str, Any]:  # Any: JSON
    found: dict[str, Any] = {"bars": BARS, "quality": _ask("quality", arguments)}
    counts = (1_000, 10_000, 100_000)
    found["speed"] = {str(count): _ask("speed", [*arguments, "--count", str(count)]) for count in counts}
    found["near_repeats"] = _ask("repeats", arguments)
    found["stability"] = _ask("stability", arguments)
    found["holds"] = _holds(found)
    return found


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
