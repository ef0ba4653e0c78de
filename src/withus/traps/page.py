"""The page of each rule, made from the rule itself: `python -m withus.traps.page [--check]` writes docs/traps/."""

import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from withus.traps.catalogue import TRAPS, Entry, catalogue
from withus.traps.rule import Level, Stricter
from withus.traps.stricter import Number, numbers, plain

PAGES = Path(__file__).parents[3] / "docs" / "traps"
MADE = "<!-- Made by python -m withus.traps.page from the rule. Change the rule, not this page. -->"


def page(entry: Entry) -> str:
    rule, cases = entry.rule, entry.cases()
    praised = rule.level is Level.PRAISE
    parts = [
        MADE,
        f"# {rule.code} {rule.name}",
        f"Trap {rule.trap}, {TRAPS[rule.trap][1].lower()}. Level: {rule.level.value}. Since {rule.since}.",
        entry.doc.strip(),
        *_numbers(entry),
        "## Way out",
        "\n".join(f"- {way}" for way in rule.way_out),
        "## Said of" if praised else "## Caught",
        "\n".join(f"- {case.story}" for case in cases["bad"]),
        "## Not said of" if praised else "## Fine",
        "\n".join(f"- {case.story}" for case in cases["good"]),
        f"Source: `src/withus/traps/{entry.folder}/{entry.module}.py`",
    ]
    return "\n\n".join(parts) + "\n"


def _numbers(entry: Entry) -> list[str]:
    """Those that an installation may make stricter."""
    rows = [each for each in numbers() if each.code == entry.rule.code]
    return ["## Numbers", "\n".join(map(_number, rows))] if rows else []


def _number(number: Number) -> str:
    ways = {Stricter.MORE: "more", Stricter.LESS: "less"}
    days = " days" if isinstance(number.ours, timedelta) else ""
    own = "" if number.now == number.ours else f" Here it is {plain(number.now)}{days}."
    return f"- `{number.name}`: {plain(number.ours)}{days}. An installation may ask for {ways[number.stricter]}.{own}"


def index() -> str:
    parts = [
        MADE,
        "# The rules, trap by trap",
        "Almost no number in co-production is proved. Each page names its source and how much it weighs: **L** law, "
        "**G** official guidance, **E+** experiments, mostly from other settings, **E** small studies, **P** practice "
        "wisdom, **D** our own default. A finding says “this looks like”, and asks; it is no judgement on law.",
        "**Levels.** *Stop* keeps the next step closed until it is mended, explained or owned. *Warn* is shown to everybody who takes "
        "part. *Notice* is for those who run the project. *Praise* is only for what people themselves confirmed. There is no score: "
        "that nothing is seen does not mean that all is well. What is not known is never held against anybody; three facts mean “no” "
        "when they are left out: that it is settled, that people were told of a change, that a workshop was held.",
        "**To cite a rule**, give its code, the version of WithUs and the address of its page; a code is never used for another rule, and "
        "those that went are listed with the reason. Each page says what its rule cannot see. "
        "The stories under “Caught” and “Fine” are test cases: each is judged at every change.",
        "**How well they see** is tried on 235 whole projects that were labelled before any rule was run on them (`tests/projects`, "
        "with the mistakes of the first run beside each set). On the newest five sets, 126 projects, the first run saw 64 of 70 traps "
        "and warned once where the label sees none. The labels were written by people who knew the five meanings, and those of the "
        "last three sets by somebody who had read some of the rules; try the rules on your own projects before you trust them.",
        "**Numbers.** Each page names the numbers of its rule that an installation may make stricter, never milder; “What it looks "
        "for” says what each is, and a share is a part of one: a tenth is `0.1`. They stand in a file of tables, `[T202]` and below it "
        "`LEAST = 0.15`, which is named by `WITHUS_NUMBERS` or `withus check --numbers FILE.toml`.",
    ]
    for trap, (_folder, title) in TRAPS.items():
        rows = [entry for entry in catalogue().values() if entry.rule.trap == trap]
        parts.append(f"## {trap}. {title}")
        parts.append(
            "\n".join(
                f"- [{each.rule.code} {each.rule.name}]({each.rule.code}.md), {each.rule.level.value}: "
                f"{each.doc.strip().splitlines()[0]}"
                for each in rows
            )
        )
    return "\n\n".join(parts) + "\n"


def pages() -> dict[str, str]:
    return {"index.md": index(), **{f"{code}.md": page(entry) for code, entry in catalogue().items()}}


def stale(folder: Path = PAGES) -> Iterator[str]:
    """Names of pages that are missing, differ, or belong to no rule."""
    wanted = pages()
    for name, text in wanted.items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            yield name
    yield from sorted(path.name for path in folder.glob("*.md") if path.name not in wanted)


def write(folder: Path = PAGES) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    wanted = pages()
    for path in folder.glob("*.md"):
        if path.name not in wanted:
            path.unlink()
    for name, text in wanted.items():
        (folder / name).write_text(text, encoding="utf-8")


def main(arguments: list[str]) -> int:
    if "--check" not in arguments:
        write()
        return 0
    old = list(stale())
    for name in old:
        print(f"docs/traps/{name} is not what its rule says: run python -m withus.traps.page")
    return 1 if old else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
