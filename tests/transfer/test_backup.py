"""Backup and the way back: with the real command, in folders of their own."""

import os
import shutil
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import typer

from withus.site.commands import backup as commands
from withus.site.commands import prepare
from withus.transfer import backup

MAKES = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "withus.site.settings"
import django; django.setup()
from tests.cast import cast
from tests.loop import ground
from withus.live import actions as live
from withus.people.models import Person
if sys.argv[1] == "make":
    them = cast()
    ground.card(them, them.amira, "The heron on the roof")
    ground.card(them, them.bo, "A warm room")
else:
    from withus.live.models import Contribution
    first = Contribution.objects.order_by("seq")[0]
    live.erase_given(first.person, now=first.given_at)
"""


def withus(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return run(data, "-m", "withus.site.cli", *words)


def run(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    known = {key: value for key, value in os.environ.items() if not key.startswith("WITHUS") and key != "DATABASE_URL"}
    return subprocess.run(
        [sys.executable, *words],
        env={**known, "WITHUS_DATA": str(data)},
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )


def words_in(data: Path) -> list[str]:
    with sqlite3.connect(data / backup.ROWS) as connection:
        rows = connection.execute("SELECT words FROM live_contribution ORDER BY seq").fetchall()
    return [str(one[0]) for one in rows]


@pytest.mark.slow
def test_there_and_back_without_keys_and_whoever_was_erased_in_between_stays_erased(tmp_path: Path) -> None:
    data, into, fresh = tmp_path / "data", tmp_path / "copies", tmp_path / "fresh"
    assert withus(data, "migrate").returncode == 0
    made = run(data, "-c", MAKES, "make")
    assert made.returncode == 0, made.stderr
    (data / "media" / "ab").mkdir(parents=True)
    (data / "media" / "ab" / "x").write_bytes(b"a drawing")
    told = withus(data, "backup", "--into", str(into))
    assert told.returncode == 0, told.stderr
    assert "are not in it" in told.stdout
    copy = next(into.glob("withus-backup-*"))
    assert sorted(one.name for one in copy.iterdir()) == ["media", "version", "withus.sqlite3"]

    assert run(data, "-c", MAKES, "erase").returncode == 0
    refused = withus(data, "restore", str(copy))
    assert (refused.returncode, "a restore never writes over one" in refused.stderr) == (1, True)
    without_keys = withus(fresh, "restore", str(copy))
    assert (without_keys.returncode, "Put the keys from your safe" in without_keys.stderr) == (1, True)

    fresh.mkdir(exist_ok=True)
    (data / "keys").rename(fresh / "keys")
    (data / "erased.log").rename(fresh / "erased.log")
    back = withus(fresh, "restore", str(copy))
    assert back.returncode == 0, back.stderr
    assert "Erased again: 1." in back.stdout
    assert words_in(fresh) == ["", "A warm room"]
    assert (fresh / "media" / "ab" / "x").read_bytes() == b"a drawing"
    assert b"The heron on the roof" not in (fresh / backup.ROWS).read_bytes()
    assert withus(fresh, "record", "verify").returncode == 0

    for one in fresh.glob(f"{backup.ROWS}*"):
        one.unlink()
    shutil.copy2(copy / backup.ROWS, fresh / backup.ROWS)
    assert words_in(fresh) == ["The heron on the roof", "A warm room"]
    by_hand = withus(fresh, "migrate")
    assert (by_hand.returncode, words_in(fresh)) == (0, ["", "A warm room"]), by_hand.stderr


def test_a_line_that_a_power_cut_broke_off_hides_none_before_or_after_it(tmp_path: Path) -> None:
    first, second = (str(uuid4()) for _ in range(2))
    lines = [f'{{"person": "{first}", "about": []}}', '{"at": "2026-05-06", "per', "", f'{{"person": "{second}"}}']
    (tmp_path / backup.ERASED).write_text("\n".join(lines))
    assert backup.erased_in(tmp_path) == [first, second]


def test_the_rows_come_last_and_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed in the middle, nothing stands there that would be taken for a database, and who was erased is known."""
    copy, data = tmp_path / "copy", tmp_path / "data"
    copy.mkdir()
    (copy / backup.ROWS).write_bytes(b"rows")
    (copy / backup.ERASED).write_text('{"person": "x"}\n')

    def killed(*_: object, **__: object) -> None:
        (data / f"{backup.ROWS}.half").write_bytes(b"ro")
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(shutil, "copy2", killed)
        with pytest.raises(KeyboardInterrupt):
            backup.put_back(copy, data)
    assert not (data / backup.ROWS).exists()
    assert (data / backup.ERASED).read_text() == '{"person": "x"}\n'
    backup.put_back(copy, data)
    assert sorted(one.name for one in data.iterdir()) == [backup.ERASED, backup.ROWS]


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (sqlite3.OperationalError("database or disk is full"), "database or disk is full"),
        (OSError(28, "No space left on device"), "No space left on device"),
        (shutil.Error([("a", "b", "no room")]), "copying failed"),
    ],
)
def test_of_a_backup_for_which_there_is_no_room_nothing_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], trouble: Exception, said: str
) -> None:
    """Each night's half copy would fill the disk some more."""
    data, into = tmp_path / "data", tmp_path / "backups"
    data.mkdir()
    sqlite3.connect(data / backup.ROWS).close()
    (data / backup.ROWS).touch()

    def full(_folder: Path) -> None:
        raise trouble

    monkeypatch.setattr(backup, "_settle", full)
    monkeypatch.setattr(prepare, "data_folder", lambda _data: data)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with pytest.raises(typer.Exit):
        commands.backup(into=into, keep=30, data=data)
    assert list(into.iterdir()) == []
    told = f"The backup could not be written to {into}: {said}. Nothing of it is left there.\n"
    assert capsys.readouterr().err == told


def test_what_is_older_than_its_time_is_deleted_and_nothing_else(tmp_path: Path) -> None:
    now = datetime(2026, 5, 6, tzinfo=UTC)
    for name in ("withus-backup-20260401T000000", "withus-backup-20260501T000000", "holiday-photographs"):
        (tmp_path / name).mkdir()
    theirs = ["holiday-photographs", "withus-backup-20260501T000000", "withus-backup-20260401T000000-before-the-move"]
    half = [".withus-backup-20260504T000000", ".withus-backup-20260505T235959"]
    for name in (*theirs, *half):
        (tmp_path / name).mkdir(exist_ok=True)
    gone = backup.forget_old(tmp_path, keep=timedelta(days=30), now=now)
    assert [one.name for one in gone] == [half[0], "withus-backup-20260401T000000"]
    assert sorted(one.name for one in tmp_path.iterdir()) == sorted([half[1], *theirs])


def test_copies_that_upgrades_left_have_the_same_time(tmp_path: Path) -> None:
    now = datetime(2026, 5, 6, tzinfo=UTC)
    for name, days in (
        ("before-upgrade-from-0.1.sqlite3", 31),
        ("before-upgrade-from-0.2.sqlite3", 29),
        (backup.ROWS, 99),
    ):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, ((now - timedelta(days=days)).timestamp(),) * 2)
    gone = backup.forget_before_upgrades(tmp_path, keep=timedelta(days=30), now=now)
    assert [one.name for one in gone] == ["before-upgrade-from-0.1.sqlite3"]
    assert sorted(one.name for one in tmp_path.iterdir()) == ["before-upgrade-from-0.2.sqlite3", backup.ROWS]


@pytest.mark.parametrize(
    ("known", "newer"), [({("loop", "0001")}, [("loop", "0002")]), ({("loop", "0001"), ("loop", "0002")}, [])]
)
def test_a_newer_withus_is_found_by_what_its_tables_know(
    tmp_path: Path, known: set[tuple[str, str]], newer: list[tuple[str, str]]
) -> None:
    with sqlite3.connect(tmp_path / backup.ROWS) as connection:
        connection.execute("CREATE TABLE django_migrations (app TEXT, name TEXT)")
        connection.executemany("INSERT INTO django_migrations VALUES (?, ?)", [("loop", "0001"), ("loop", "0002")])
    assert backup.newer_than(tmp_path, known) == newer


@pytest.mark.parametrize(
    ("words", "instead"),
    [
        (("backup",), "pg_dump --format=custom --file=withus.dump $DATABASE_URL"),
        (("restore", "withus.dump"), "pg_restore --clean --if-exists -d $DATABASE_URL withus.dump"),
    ],
)
def test_on_postgresql_it_names_the_command_that_does_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], instead: str
) -> None:
    known = {**os.environ, "WITHUS_DATA": str(tmp_path / "data"), "DATABASE_URL": "postgresql://withus@db/withus"}
    ended = subprocess.run(
        [sys.executable, "-m", "withus.site.cli", *words], env=known, capture_output=True, text=True, check=False,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert ended.returncode == 1
    assert f"  {instead} && cp -r " in ended.stderr
    assert str(tmp_path / "data" / "media") in ended.stderr
