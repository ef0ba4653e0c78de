"""A worker killed with -9 three times on its way tells each person once, and nobody is left who was sent a letter and counts as waiting."""

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from tools.benches import post

pytestmark = [pytest.mark.serial, pytest.mark.slow]
PEOPLE, KILLS, CUTS = 120, 3, 2
POSTGRES = os.environ.get("WITHUS_TEST_DATABASE", "")
CARELESS = (
    post.SETUP
    + """
import time, uuid
from withus.post import mail_line
whole = mail_line.MailLine.hand_over
def careless(line, one, *, uid):
    whole(line, one, uid=uuid.uuid4().hex)
    time.sleep(0.1)
    return ""
mail_line.MailLine.hand_over = careless
_posting.work()
"""
)
SLOW = """
import time
from withus.post import worker
whole = worker._job
def slowly(*given):
    did = whole(*given)
    time.sleep(0.3)
    return did
worker._job = slowly
"""
SLOWLY = post.SETUP + SLOW + "_posting.work()"
GOES_ON = post.SETUP + SLOW + "import threading\nworker.LONG = 0.05\nworker.loop(threading.Event())"
LEFT = """
SELECT (SELECT count(*) FROM post_job WHERE kind = 'answers.tell')
     + (SELECT count(*) FROM post_outgoing WHERE state IN ('queued', 'sending'))
"""
CUT_OFF = """
SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
TIME_PASSES = (
    "UPDATE post_job SET leased_until = NULL, run_at = now() WHERE kind = 'answers.tell'",
    "UPDATE post_outgoing SET leased_until = NULL, run_at = now() WHERE state IN ('queued', 'sending')",
)
"""Nobody waits two minutes for a lease to end here."""


@pytest.fixture
def on_postgres(tmp_path: Path) -> Iterator[post.Place]:
    name = f"posted_{uuid4().hex[:12]}"
    with psycopg.connect(POSTGRES, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    server, _, options = POSTGRES.partition("?")
    yield post.Place(tmp_path / "data", f"{server.rpartition('/')[0]}/{name}?{options}")
    with psycopg.connect(POSTGRES, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_a_worker_that_makes_a_new_message_id_each_time_is_caught(tmp_path: Path) -> None:
    """First the test shows that it can fail."""
    post.publish(post.Place(tmp_path / "data"), 30)
    sent = post.send(post.Place(tmp_path / "data"), 30, KILLS, work=CARELESS)
    assert sent["people_with_mail"] == 30
    assert sent["mails"] > 30


def test_each_person_is_told_once(tmp_path: Path) -> None:
    place = post.Place(tmp_path / "data")
    published = post.publish(place, PEOPLE)
    sent = post.send(place, PEOPLE, KILLS)
    assert published["queued"] == PEOPLE
    assert len(sent["killed_at"]) == KILLS
    assert max(sent["killed_at"]) < PEOPLE, "killed on its way, not after it"
    assert (sent["mails"], sent["people_with_mail"], sent["told"]) == (PEOPLE, PEOPLE, {"sent": PEOPLE})
    assert set(sent["states"]) <= {"sent", "perhaps twice"}
    assert sent["states"].get("perhaps twice", 0) <= KILLS


def test_a_worker_killed_while_it_writes_down_who_is_told_leaves_nobody_out_and_nobody_twice(tmp_path: Path) -> None:
    place = post.Place(tmp_path / "data")
    published = post.publish(place, PEOPLE, pieces=10)
    assert (published["queued"], place.many(post.TOLD)) == (0, 0)
    sent = post.send(place, PEOPLE, KILLS, work=SLOWLY, grows=post.TOLD)
    assert max(sent["killed_at"]) < PEOPLE, "killed on its way, not after it"
    assert [number % 10 for number in sent["killed_at"]] == [0] * KILLS, "a piece is there whole or not at all"
    assert (sent["mails"], sent["people_with_mail"], sent["told"]) == (PEOPLE, PEOPLE, {"sent": PEOPLE})


@pytest.mark.postgres
@pytest.mark.skipif(not POSTGRES, reason="these are for the run on PostgreSQL")
class TestOnPostgres:
    def test_killed_while_it_writes_down_who_is_told_and_while_it_sends(self, on_postgres: post.Place) -> None:
        post.publish(on_postgres, PEOPLE, pieces=10)
        written = post.send(on_postgres, PEOPLE, KILLS, work=SLOWLY, grows=post.TOLD)
        assert max(written["killed_at"]) < PEOPLE, "killed on its way, not after it"
        assert [number % 10 for number in written["killed_at"]] == [0] * KILLS, "a piece is there whole or not at all"
        assert (written["mails"], written["people_with_mail"], written["told"]) == (PEOPLE, PEOPLE, {"sent": PEOPLE})

    def test_a_worker_whose_line_to_the_database_is_cut_goes_on_and_tells_each_once(
        self, on_postgres: post.Place
    ) -> None:
        post.publish(on_postgres, PEOPLE, pieces=10)
        worker = on_postgres.start(GOES_ON)
        cut, looks, end = 0, 0, time.monotonic() + 300
        while on_postgres.many(LEFT) and time.monotonic() < end:
            time.sleep(0.9)
            looks += 1
            with psycopg.connect(on_postgres.address, autocommit=True) as connection:
                cut += connection.execute(CUT_OFF).fetchall()[0][0] if cut < CUTS else 0
                with suppress(psycopg.errors.DeadlockDetected):  # with a worker that writes just then: the next time
                    for passes in TIME_PASSES if looks % 4 == 0 else ():
                        connection.execute(passes)
        alive = worker.poll() is None
        worker.kill()
        worker.communicate()
        assert (cut >= CUTS, alive) == (True, True), "the same worker, cut off again and again"
        assert on_postgres.ask('SELECT count(*), count(DISTINCT "to") FROM post_delivered') == [(PEOPLE, PEOPLE)]
        assert on_postgres.ask("SELECT state, count(*) FROM loop_telling GROUP BY state") == [("sent", PEOPLE)]
