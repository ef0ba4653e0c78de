"""
`./dev test`: the tests in three runs, each printing pytest's own last line.

1. everything but the walks, on SQLite; 2. what is marked `postgres` again, on PostgreSQL; 3. the walks in a browser.
`--all` adds what is marked `slow`, and tries each property on five times as many cases; `--fresh` tries the launcher on a bare
system. With arguments of pytest's (a folder, -k) only those tests run, once, on SQLite, slow ones too.

The tables of a test run are made from the models at once: all migrations one after the other take twenty times as long. They are
run here on PostgreSQL, and by every server of the walks on SQLite.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from tools import browser, front, postgres
from tools.say import ROOT, plainly, say

NO_TESTS = 5
"""pytest's exit status when nothing was selected: here a fault, since it would hide a lost marker."""
WORKERS = "2"


def main(arguments: list[str]) -> int:
    own = {"--all", "--fresh"}
    given = [argument for argument in arguments if argument not in own]
    if "--fresh" in arguments:
        from tools import fresh  # noqa: PLC0415 -- only one of two ways in needs it

        return fresh.main()
    begun = time.monotonic()
    found = browser.browser()
    os.environ.update(found.environment)
    if "--all" in arguments:
        os.environ["WITHUS_EXAMPLES"] = "many"
    if given:
        return _pytest([*given], {})
    with tempfile.TemporaryDirectory() as reports:
        failed = [name for name, status in _runs(Path(reports), everything="--all" in arguments) if status]
        _slowest(Path(reports))
    seconds = time.monotonic() - begun
    say(f"\n./dev test: {'failed: ' + ', '.join(failed) if failed else 'all passed'}, {seconds:.0f} s")
    return 1 if failed else 0


def _runs(reports: Path, *, everything: bool) -> Iterator[tuple[str, int]]:
    fast = "" if everything else " and not slow"
    parallel = ["-n", WORKERS, "--dist", "loadfile"]

    def run(name: str, marks: str, env: dict[str, str], *more: str) -> tuple[str, int]:
        say(f"\n== {name}")
        report = reports / f"{len(list(reports.iterdir()))}.xml"
        return name, _pytest(["-m", marks + fast, f"--junitxml={report}", "-q", *more], env)

    if any((ROOT / "tests").rglob("*.test.ts")):
        yield "scripts", _node_tests()
    yield run("units and actions, on SQLite", "not walk and not serial", {}, *parallel)
    with postgres.cluster() as url:
        on_postgres = {"DATABASE_URL": url, "WITHUS_TEST_DATABASE": url}
        yield run("actions, on PostgreSQL", "postgres and not walk and not serial", on_postgres, *parallel)
        yield "migrations, on PostgreSQL", _migrations(on_postgres)
        if everything:
            yield run("one at a time, on PostgreSQL", "postgres and serial", on_postgres)
    yield run("walks, in a browser", "walk", {}, *parallel)
    if everything:
        yield run("one at a time: load and faults", "serial", {})


def _pytest(arguments: list[str], env: dict[str, str]) -> int:
    sys.stdout.flush()
    command = [sys.executable, "-m", "pytest", *arguments]
    status = subprocess.run(command, cwd=ROOT, env={**os.environ, **env}, check=False).returncode
    if status == NO_TESTS:
        say("No test was selected here, which counts as a failure.")
    return status


def _node_tests() -> int:
    say("\n== scripts")
    tests = sorted(str(path) for path in (ROOT / "tests").rglob("*.test.ts"))
    return subprocess.run([front.node_home() / "bin" / "node", "--test", *tests], cwd=ROOT, check=False).returncode


def _migrations(env: dict[str, str]) -> int:
    """They run from the first to the last, and the tables that PostgreSQL then has are the ones that the models say."""
    with tempfile.TemporaryDirectory() as data:
        settings = {"WITHUS_DATA": data, "DJANGO_SETTINGS_MODULE": "withus.site.settings"}
        for command in (["migrate", "--verbosity=0"], ["makemigrations", "--check", "--dry-run"]):
            run = [sys.executable, "-m", "django", *command]
            if subprocess.run(run, cwd=ROOT, env={**os.environ, **env, **settings}, check=False).returncode:
                return 1
    return 0


def _slowest(reports: Path) -> None:
    """Over all runs: where to look first when the whole takes too long."""
    times = []
    for report in reports.glob("*.xml"):
        # Written by our own run a moment ago.
        for case in ElementTree.parse(report).getroot().iter("testcase"):  # noqa: S314 -- our own file
            times.append((float(case.get("time", 0)), f"{case.get('classname')}.{case.get('name')}"))
    say("\nTen slowest tests of all runs:")
    for seconds, name in sorted(times, reverse=True)[:10]:
        say(f"  {seconds:7.2f} s  {name}")


if __name__ == "__main__":
    with plainly():
        sys.exit(main(sys.argv[1:]))
