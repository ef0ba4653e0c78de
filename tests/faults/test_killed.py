"""The server killed with -9 at any moment loses nothing that it said it has: on SQLite, and on PostgreSQL where the tests have one."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from tests.faults.senders import Phone, Senders
from tests.walks.site import PATIENCE, Site

pytestmark = [pytest.mark.serial, pytest.mark.slow]
PHONES, ROUNDS = 8, 5
SAID = "SELECT words FROM live_contribution WHERE words LIKE 'Said once: %'"
POSTGRES = os.environ.get("WITHUS_TEST_DATABASE", "")


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with its open workshop, made once."""
    folder = tmp_path_factory.mktemp("killed")
    Site(folder, command="demo").start().stop()
    return folder


def stored_in_sqlite(site: Site) -> list[str]:
    with sqlite3.connect(site.data / "data" / "withus.sqlite3") as connection:
        return [row[0] for row in connection.execute(SAID)]


def kill_in_the_middle(site: Site, chance: random.Random) -> list[str]:
    """Start, let eight phones talk, kill at a random moment once some were heard; what was acknowledged."""
    site.start()
    phones = [Phone(site.link("/r/")) for _phone in range(PHONES)]
    senders = Senders(phones)
    end = time.monotonic() + PATIENCE
    while len(senders.acknowledged) <= PHONES and time.monotonic() < end:
        time.sleep(0.05)
    time.sleep(chance.uniform(0.5, 2.0))
    site.kill()
    senders.stop()
    return senders.acknowledged


def holds(site: Site) -> bool:
    """The record verifies after the fall."""
    command = [sys.executable, "-m", "withus.site.cli", "record", "verify", "--data", str(site.data / "data")]
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("WITHUS_", "DATABASE_"))}
    return (
        subprocess.run(command, env={**environment, **site.environment}, check=False, capture_output=True).returncode
        == 0
    )


def test_an_acknowledgement_that_comes_too_early_is_caught(loaded: Path, tmp_path: Path) -> None:
    """First the test shows that it can fail."""
    shutil.copytree(loaded, tmp_path / "early")
    site = Site(tmp_path / "early", command="demo", program="tests.faults.early")
    chance = random.Random(1)
    lost: set[str] = set()
    for _round in range(3):
        acknowledged = kill_in_the_middle(site, chance)
        lost |= set(acknowledged) - set(stored_in_sqlite(site))
    assert lost


def test_nothing_acknowledged_is_lost_on_sqlite(loaded: Path, tmp_path: Path) -> None:
    shutil.copytree(loaded, tmp_path / "killed")
    site = Site(tmp_path / "killed", command="demo")
    chance, acknowledged = random.Random(), []
    for _round in range(ROUNDS):
        acknowledged += kill_in_the_middle(site, chance)
    stored = stored_in_sqlite(site)
    assert len(acknowledged) > PHONES * ROUNDS
    assert sorted(set(acknowledged) - set(stored)) == []
    assert [words for words, times in Counter(stored).items() if times > 1] == []
    assert holds(site)


@pytest.mark.postgres
@pytest.mark.skipif(not POSTGRES, reason="this one is for the run on PostgreSQL")
def test_nothing_acknowledged_is_lost_on_postgres(tmp_path: Path) -> None:
    name = f"killed_{uuid4().hex[:12]}"
    with psycopg.connect(POSTGRES, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    server, _, options = POSTGRES.partition("?")
    url = f"{server.rpartition('/')[0]}/{name}?{options}"
    site = Site(tmp_path / "killed", command="demo", environment={"DATABASE_URL": url})
    chance, acknowledged = random.Random(), []
    for _round in range(ROUNDS):
        acknowledged += kill_in_the_middle(site, chance)
    with psycopg.connect(url) as connection:
        stored = [row[0] for row in connection.execute(SAID)]
    assert len(acknowledged) > PHONES * ROUNDS
    assert sorted(set(acknowledged) - set(stored)) == []
    assert [words for words, times in Counter(stored).items() if times > 1] == []
    assert holds(site)
