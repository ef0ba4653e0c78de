"""
How long the checker takes for a thousand typical project files, from text to verdict, on one core.

The example and every rule's cases, each a little different, are read and judged in one process. Beside the seconds stands how
many times the plain reading of the same TOML it takes, in the same run: that number travels from machine to machine.
"""

import json
import time
import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import cycle, islice

from tools.say import ROOT
from withus.facts.dump import dump
from withus.facts.load import loads, read
from withus.traps.catalogue import catalogue
from withus.traps.judge import judge

FILES, BUDGET = 1000, 5.0
EXAMPLE = ROOT / "tests" / "traps" / "example.toml"


def files() -> list[str]:
    """Half of them the long example, half the cases of the rules; each on another day."""
    example = EXAMPLE.read_text(encoding="utf-8")
    cases = [read(case.plan) for entry in catalogue().values() for side in entry.cases().values() for case in side]
    long = [example.replace("Evening", f"Evening {number}") for number in range(FILES // 2)]
    short = [
        dump(replace(each, title=f"{each.title} {number}", today=each.today + timedelta(days=number % 7)))
        for number, each in enumerate(islice(cycle(cases), FILES - len(long)))
    ]
    return [text for pair in zip(long, short, strict=True) for text in pair]


def seconds(work: Callable[[str], object], texts: list[str]) -> float:
    began = time.process_time()
    for text in texts:
        work(text)
    return time.process_time() - began


def main() -> int:
    texts = files()
    judge(loads(texts[0]))
    reference = seconds(tomllib.loads, texts)
    taken = seconds(lambda text: judge(loads(text)), texts)
    said = {
        "files": len(texts),
        "bytes": sum(len(text.encode()) for text in texts),
        "rules": len(catalogue()),
        "cpu_seconds": round(taken, 2),
        "toml_alone_cpu_seconds": round(reference, 2),
        "times_toml_alone": round(taken / reference, 2),
        "budget_cpu_seconds": BUDGET,
        "within_budget": taken < BUDGET,
    }
    print(json.dumps(said, indent=2))
    return 0 if taken < BUDGET else 1


if __name__ == "__main__":
    raise SystemExit(main())
