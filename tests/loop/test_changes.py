"""What has changed in a newer answer is said, each thing in a sentence, and nothing else is."""

from datetime import date
from typing import Any

import pytest

from withus.loop.changes import says_the_same, what_changed
from withus.loop.models import AnswerVersion

OLDER: dict[str, Any] = {  # Any: a version's own fields
    "we_heard": "You can't get home.",
    "outcome": "doing",
    "we_do": "A taxi.",
    "because": "The bus stops at nine.",
    "body": "Lantern House",
    "promised_on": date(2026, 9, 1),
}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, []),
        ({"outcome": "not doing"}, ["It was “Doing it”. Now it is “Not doing it”."]),
        ({"promised_on": date(2026, 10, 1)}, ["The day moved from 1 September 2026 to 1 October 2026."]),
        ({"kept_on": date(2026, 8, 3)}, ["The promise was kept on 3 August 2026."]),
        ({"we_do": "A bus."}, ["What we do is different. It was: A taxi."]),
        ({"because": "Money."}, ["The reason is different. It was: The bus stops at nine."]),
        ({"we_heard": "It is far."}, ["We say anew what we heard."]),
        ({"body": "The Trust"}, ["The Trust owes it now, not Lantern House."]),
        (
            {"waits_for": "The council", "meanwhile": "Dev drives."},
            ["It waits now for: The council", "What we do meanwhile is different."],
        ),
        ({"decided_by": "The board"}, ["It was decided by: The board"]),
    ],
)
def test_each_change_is_said(change: dict[str, Any], said: list[str]) -> None:  # Any: a version's own fields
    older, newer = AnswerVersion(**OLDER), AnswerVersion(**OLDER | change)
    assert (what_changed(older, newer), says_the_same(older, newer)) == (said, not change)


def test_a_day_where_there_was_none_and_nobody_waited_for_any_more() -> None:
    older = AnswerVersion(**OLDER | {"promised_on": None, "waits_for": "The council", "meanwhile": "Dev drives."})
    said = ["It has a day now: 1 September 2026.", "It waits no longer for: The council"]
    assert what_changed(older, AnswerVersion(**OLDER)) == said
