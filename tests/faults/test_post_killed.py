"""A worker killed with -9 three times on its way tells each person once, and nobody is left who was sent a letter and counts as waiting."""

from pathlib import Path

import pytest

from tools.benches import post

pytestmark = [pytest.mark.serial, pytest.mark.slow]
PEOPLE, KILLS = 120, 3
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
SLOWLY = (
    post.SETUP
    + """
import time
from withus.post import worker
whole = worker._job
def slowly(*given):
    did = whole(*given)
    time.sleep(0.3)
    return did
worker._job = slowly
_posting.work()
"""
)


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
