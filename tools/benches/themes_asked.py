"""What `./dev bench themes` asks, answered in an environment that has scikit-learn and the optional model. Prints JSON."""

import argparse
import csv
import json
import random
import resource
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from withus.loop.sense import grouping, minilm, runs, vectors
from withus.loop.sense.numbers import Floats, Numbers, of_length_one
from withus.loop.sense.repeats import near_repeats

Labelled = list[tuple[str, str]]
NO_SUBJECT = {"xn", "xe", "xg", "xm", "cc", "aa"}
"""Labels of the first NHS set that say "nothing", "everything", "general": no subject that could be found."""
NO_SUBJECT_V6 = {
    "Labelling not possible", "Not assigned", "Positive experience & gratitude", "Negative experience & dissatisfaction",
}  # fmt: skip
FEWEST_WORDS = 3
LONGEST_FIELD = 1_000_000
TRIES = 5
FIRST_MEASURED: Mapping[str, Mapping[str, float]] = {
    "nhs1": {"kmeans": 0.169, "two_level": 0.164, "minilm_kmeans": 0.219, "minilm_two_level": 0.190},
    "nhs2": {"kmeans": 0.259, "two_level": 0.242, "minilm_kmeans": 0.293, "minilm_two_level": 0.289},
    "banking77": {"kmeans": 0.581, "two_level": 0.598, "minilm_kmeans": 0.739, "minilm_two_level": 0.761},
    "clinc10": {"kmeans": 0.428, "two_level": 0.374},
    "clinc150": {"kmeans": 0.686},
}
"""
With the throw-away scripts that came before; our own sets are the same but for a handful of texts. The model's trees were Ward's over
all texts then, which ten thousand texts are too many for. The last two sets are measured with `--file clinc10.csv`.
"""


def sets(given: argparse.Namespace) -> dict[str, Labelled]:
    csv.field_size_limit(LONGEST_FIELD)
    if given.file:
        rows = csv.DictReader(given.file.open(encoding="utf-8-sig", newline=""))
        return {given.file.stem: _once((row[given.text], row[given.label]) for row in rows)}
    found: dict[str, Labelled] = {}
    if (path := given.data / "banking77" / "test.csv").exists():
        found["banking77"] = [(row["text"], row["category"]) for row in csv.DictReader(path.open(encoding="utf-8"))]
    if (path := given.data / "nhs_patient_comments" / "phase1_text_data.csv").exists():
        rows = csv.DictReader(path.open(encoding="utf-8-sig"))
        found["nhs1"] = _once(
            ((row["feedback"], row["code"]) for row in rows if row["code"] not in NO_SUBJECT), FEWEST_WORDS
        )
    if (path := given.data / "nhs_patient_comments" / "v6framework.csv").exists():
        found["nhs2"] = _once(_one_label(path), FEWEST_WORDS)
    if not found:
        raise SystemExit("There is no set of texts in that folder.")
    return found


def _one_label(path: Path) -> Any:  # Any: a generator
    head, *rows = list(csv.reader(path.open(encoding="utf-8-sig")))
    for row in rows:
        said = [name for name, mark in zip(head[11:], row[11:], strict=True) if mark.strip()]
        if len(said) == 1 and said[0] not in NO_SUBJECT_V6:
            yield row[8], said[0]


def _once(rows: Any, fewest: int = 1) -> Labelled:
    found: dict[str, tuple[str, str]] = {}
    for text, label in rows:
        if len(text.split()) >= fewest:
            found.setdefault(text.strip().lower(), (text.strip(), label))
    return list(found.values())


def quality(given: argparse.Namespace) -> dict[str, Any]:
    return {name: _quality(name, rows, by_model=given.minilm) for name, rows in sets(given).items()}


def _quality(name: str, rows: Labelled, *, by_model: bool) -> dict[str, Any]:
    from sklearn.decomposition import TruncatedSVD  # noqa: PLC0415 -- only here
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 -- only here

    texts, labels = [text for text, _label in rows], [label for _text, label in rows]
    wanted = len(set(labels))
    kinds, ours = _ours(texts, by=vectors.table())
    plain = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform(texts)
    wide = max(1, min(100, min(plain.shape) - 1))
    lsa = of_length_one(TruncatedSVD(wide, random_state=0).fit_transform(plain))
    found = {
        "kmeans": _kmeans(ours, labels, wanted),
        "two_level": _grown(ours, kinds, labels, wanted),
        "letters_kmeans": _kmeans(_ours(texts, by=None)[1], labels, wanted),
        "lsa_kmeans": _kmeans(lsa, labels, wanted),
    }
    if by_model:
        better = minilm.rows(texts, vectors.all_pieces())
        found["minilm_kmeans"] = _kmeans(better, labels, wanted)
        found["minilm_two_level"] = _grown(better, ["minilm"] * len(texts), labels, wanted)
    first = FIRST_MEASURED.get(name, {})
    return {
        "texts": len(texts), "groups": wanted, "english": kinds.count("pieces"),
        "ami": {key: round(value, 3) for key, value in found.items()},
        "share_of_lsa": {key: round(value / found["lsa_kmeans"], 2) if found["lsa_kmeans"] > 0 else None for key, value in found.items()},
        "share_of_first_measured": {
            key: round(found[key] / first[key], 3) if key in first else None for key in found if key in first
        },
    }  # fmt: skip


def _ours(texts: list[str], *, by: vectors.Table | None) -> tuple[list[str], Floats]:
    """The kind of each text and its row, as the app groups it: those of one kind have nothing in common with those of another."""
    made = vectors.of_texts(texts, by=by)
    kinds = np.array(made.kinds)
    by_kind = made.by_kind()
    learned = runs.learn([text for text, kind in zip(texts, made.kinds, strict=True) if kind == vectors.LETTERS])
    if learned:
        some = [text for text, kind in zip(texts, made.kinds, strict=True) if kind == vectors.LETTERS]
        by_kind[vectors.LETTERS] = of_length_one(learned.of_texts(some))
    whole = np.zeros((len(texts), sum(rows.shape[1] for rows in by_kind.values())), np.float32)
    column = 0
    for kind, rows in by_kind.items():
        whole[kinds == kind, column : column + rows.shape[1]] = rows
        column += rows.shape[1]
    return list(made.kinds), whole


def _kmeans(rows: Floats, labels: list[str], wanted: int) -> float:
    """The same k-means of scikit-learn for all vectors, the mean of three beginnings."""
    from sklearn.cluster import KMeans  # noqa: PLC0415 -- only here

    tries = [KMeans(wanted, n_init=3, random_state=seed).fit_predict(rows) for seed in range(TRIES)]
    return float(np.mean([_agree(labels, one) for one in tries]))


def _grown(rows: Floats, kinds: Sequence[str], labels: Sequence[str], wanted: int) -> float:
    """As the app groups: the mean of a few orders of the same texts, of which each makes the tree begin elsewhere."""
    every = [np.arange(len(rows)), *(np.random.default_rng(seed).permutation(len(rows)) for seed in range(TRIES - 1))]
    tries = [
        _agree([labels[at] for at in order], _two_level(rows[order], np.array(kinds)[order], wanted)) for order in every
    ]
    return float(np.mean(tries))


def _two_level(rows: Floats, kinds: NDArray[np.str_], wanted: int) -> Numbers:
    by_kind = {str(kind): rows[kinds == kind] for kind in np.unique(kinds) if kind}
    tree = grouping.grow(by_kind)
    groups = grouping.cut(tree, wanted)
    found = np.full(len(kinds), -1)
    for kind, some in by_kind.items():
        cells = grouping.join(tree, kind, some, floor=-1.0)
        found[kinds == kind] = np.where(cells < 0, grouping.UNSORTED, groups[cells])
    return found


def _agree(labels: Sequence[str], found: Numbers) -> float:
    from sklearn.metrics import adjusted_mutual_info_score  # noqa: PLC0415 -- only here

    return float(adjusted_mutual_info_score(labels, found))


def speed(given: argparse.Namespace) -> dict[str, Any]:
    """
    Seconds from texts to a tree, as the app stores and reads them; then how long it takes to find those like one. What the one core worked:
    the clock, beside it, tells of who else was at work, too.
    """
    texts = _pool(given, given.count)
    by = vectors.table()
    began, clock = time.process_time(), time.monotonic()
    made: dict[str, list[bytes]] = {}
    words: list[str] = []
    for at in range(0, len(texts), vectors.AT_ONCE):
        some = texts[at : at + vectors.AT_ONCE]
        for text, (kind, row) in zip(some, vectors.of_texts(some, by=by).stored(), strict=True):
            if kind:
                made.setdefault(kind, []).append(row)
            if kind == vectors.LETTERS:
                words.append(text)
    read = time.process_time()
    learned = runs.learn(words)
    rows = {kind: vectors.large(stored) for kind, stored in made.items() if kind != vectors.LETTERS or learned is None}
    if learned:
        by_runs = learned.of_texts(words)
        rows[vectors.LETTERS] = of_length_one(by_runs[by_runs.any(axis=1)])
    tree = grouping.grow(rows)
    grown, on_the_clock = time.process_time(), time.monotonic() - clock
    most = made[max(made, key=lambda kind: len(made[kind]))]
    packed = np.frombuffer(b"".join(most), dtype=np.int8).reshape(len(most), -1)
    lengths = vectors.lengths(packed)
    times = []
    for number in range(30):
        started = time.process_time()
        vectors.nearest(packed, lengths, packed[number * 31 % len(packed)].astype(np.float32), most=300)
        times.append(time.process_time() - started)
    return {
        "texts": len(texts), "clock_seconds": round(on_the_clock, 2),
        "vectors_seconds": round(read - began, 2), "tree_seconds": round(grown - read, 2),
        "seconds": round(grown - began, 2), "cells": tree.cells, "like_ms": round(1000 * sorted(times)[15], 1),
        "mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }  # fmt: skip


def _pool(given: argparse.Namespace, count: int) -> list[str]:
    """Real texts; where they do not reach, halves of two put together."""
    texts = [text for rows in sets(given).values() for text, _label in rows]
    draw = random.Random(7)  # noqa: S311 -- no secret
    draw.shuffle(texts)
    while len(texts) < count:
        one, other = draw.choice(texts), draw.choice(texts)
        texts.append(f"{one[: len(one) // 2]} {other[len(other) // 2 :]}")
    return texts[:count]


EDITS: tuple[Callable[[list[str]], list[str]], ...] = (
    lambda words: [word.upper() for word in words],
    lambda words: [*words, "!!"],
    lambda words: [words[0][:-1] + "x", *words[1:]],
    lambda words: words[:-1],
    lambda words: [words[1], words[0], *words[2:]],
    lambda words: ["I think", *words],
)


def repeats(given: argparse.Namespace) -> dict[str, Any]:
    """Up to a thousand edited copies among ten thousand texts: how many are found again, and how many other pairs are."""
    real = sum(len(rows) for rows in sets(given).values())
    texts = [text for text in _pool(given, min(9_905, 3 * real)) if len(text.split()) >= 6]
    count = min(1000, len(texts))
    edited = [(number, " ".join(EDITS[number % len(EDITS)](texts[number].split()))) for number in range(count)]
    began = time.monotonic()
    found = set(near_repeats([*texts, *(text for _number, text in edited)]))
    seconds = time.monotonic() - began
    copies = {(number, len(texts) + at) for at, (number, _text) in enumerate(edited)}
    return {
        "copies": count, "recall": len(found & copies) / count if count else None,
        "other_pairs": len(found - copies), "seconds": round(seconds, 2),
    }  # fmt: skip


def stability(given: argparse.Namespace) -> dict[str, Any]:
    """Of the old texts, how many lie elsewhere once more came: when new ones join, and when cells are moved on request."""
    found: dict[str, Any] = {}
    for name, rows in sets(given).items():
        by_kind = vectors.of_texts([text for text, _label in rows], by=vectors.table()).by_kind()
        kind = max(by_kind, key=lambda one: len(by_kind[one]))
        made = by_kind[kind]
        for more in (1, 10, 100):
            if len(made) < 2 * more:
                continue
            old = made[:-more]
            tree = grouping.grow({kind: old})
            before = grouping.join(tree, kind, old, floor=-1.0)
            after = grouping.join(tree, kind, made, floor=-1.0)[: len(old)]
            moved = grouping.join(grouping.warm(tree, {kind: made}), kind, made, floor=-1.0)[: len(old)]
            groups = grouping.cut(tree, 24)
            found[f"{name} +{more}"] = {
                "joined": float((before != after).mean()),
                "on_request": round(float((groups[before] != groups[moved]).mean()), 4),
            }
    return found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["quality", "speed", "repeats", "stability"])
    for name in ("--data", "--file"):
        parser.add_argument(name, type=Path)
    for name in ("--text", "--label"):
        parser.add_argument(name)
    parser.add_argument("--minilm", action="store_true")
    parser.add_argument("--count", type=int, default=1000)
    given = parser.parse_args()
    asked = {"quality": quality, "speed": speed, "repeats": repeats, "stability": stability}
    sys.stdout.write(json.dumps(asked[given.what](given)))


if __name__ == "__main__":
    main()
