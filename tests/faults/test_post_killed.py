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


def test_a_worker_that_makes_a_new_message_id_each_time_is_caught(tmp_path: Path) -> None:
    """First the test shows that it can fail."""
    post.publish(tmp_path / "data", 30)
    sent = post.send(tmp_path / "data", 30, KILLS, work=CARELESS)
    assert sent["people_with_mail"] == 30
    assert sent["mails"] > 30


def test_each_person_is_told_once(tmp_path: Path) -> None:
    published = post.publish(tmp_path / "data", PEOPLE)
    sent = post.send(tmp_path / "data", PEOPLE, KILLS)
    assert published["queued"] == PEOPLE
    assert len(sent["killed_at"]) == KILLS
    assert max(sent["killed_at"]) < PEOPLE, "killed on its way, not after it"
    assert (sent["mails"], sent["people_with_mail"], sent["told"]) == (PEOPLE, PEOPLE, {"sent": PEOPLE})
    assert set(sent["states"]) <= {"sent", "perhaps twice"}
    assert sent["states"].get("perhaps twice", 0) <= KILLS
