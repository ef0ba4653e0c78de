"""A promise in an answer whose day has passed is a finding, from the tables as from a file."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import NOW, Cast, cast
from withus.checkup.collect import facts_of
from withus.checkup.judge import judge_now
from withus.facts.dump import dump
from withus.facts.feedback import Round
from withus.facts.load import loads
from withus.findings.models import Found
from withus.live import actions as live
from withus.loop import actions as loop
from withus.loop.models import Answer
from withus.post import worker
from withus.traps.judge import judge
from withus.traps.say import in_english

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def promised(them: Cast, *, days: int, number: int = 1, now: datetime = NOW) -> Answer:
    """Published today: we are doing it, by that day."""
    card = live.add_contribution(
        them.project, person=them.amira, words=f"Light {number}.", sent_once=str(number), now=now
    ).contribution
    theme = loop.make_theme(them.project, name=f"Light {number}", by=them.dev, now=now, contributions=[card], read=True)
    answer = loop.draft_answer(
        them.project, theme=theme, we_heard="A light.", outcome="doing", we_do="We buy a lamp.", because="It is dark.",
        body="Lantern House", promised_on=TODAY + timedelta(days=days), by=them.dev, now=now,
    )  # fmt: skip
    loop.publish(answer, by=them.dev, now=now)
    return answer


def late(them: Cast, *, after: int) -> list[str]:
    """What is found so many days later, in the tables and in the file that is written from them."""
    facts = facts_of(them.project, now=NOW + timedelta(days=after))
    found = [each.said for each in judge(facts).findings if each.rule == "T517"]
    assert [each.said for each in judge(loads(dump(facts))).findings if each.rule == "T517"] == found
    return found


def test_it_is_found_from_the_day_after_its_day() -> None:
    them = cast()
    promised(them, days=10)
    assert late(them, after=10) == []
    day = in_english(TODAY + timedelta(days=10))
    said = f"People were promised to hear more by {day}. That day has passed without a word."
    assert late(them, after=11) == [said]


def test_the_oldest_of_three_speaks_once() -> None:
    them = cast()
    for number, days in enumerate((10, 5, 30)):
        promised(them, days=days, number=number)
    told = facts_of(them.project, now=NOW + timedelta(days=12)).feedback
    assert told is not None
    assert [each for each in told.rounds or () if each.reached == 0 and each.says == ()] == [
        Round(on=TODAY + timedelta(days=5), reached=0, says=())
    ]


def test_who_is_told_of_something_else_meanwhile_does_not_mend_it() -> None:
    """On the morning after, what it had answered is open again."""
    them = cast()
    promised(them, days=1, number=1)
    for days in (0, 1, 2):
        worker.run_due(NOW + timedelta(days=days))
    promised(them, days=30, number=2, now=NOW + timedelta(days=2))
    assert len(late(them, after=3)) == 1


def test_a_kept_promise_and_one_that_was_moved_in_time_are_none() -> None:
    them = cast()
    kept, moved = promised(them, days=10, number=1), promised(them, days=10, number=2)
    now = NOW + timedelta(days=9)
    loop.keep_promise(kept, on=now.date(), by=them.dev, now=now)
    assert len(late(them, after=11)) == 1
    loop.redate(moved, on=TODAY + timedelta(days=20), because="The shop had none.", by=them.dev, now=now)
    assert late(them, after=20) == []
    assert len(late(them, after=21)) == 1


def seen(them: Cast, path: str) -> str:
    client = Client()
    client.force_login(them.dev, backend="sesame.backends.ModelBackend")
    answer = client.get(f"/at/{them.project.address}/{path}", follow=True)
    return f"{answer.request['PATH_INFO']} {answer.content.decode()}"


def test_its_ways_out_lead_to_the_answer_that_is_late_first_and_it_stands_at_no_theme_that_waits() -> None:
    them, then = cast(), timezone.now() - timedelta(days=20)
    promised(them, days=(then.date() - TODAY).days + 9, number=1, now=then)
    first = promised(them, days=(then.date() - TODAY).days + 5, number=2, now=then)
    card = live.add_contribution(
        them.project, person=them.amira, words="A bench.", sent_once="3", now=then
    ).contribution
    waits = loop.make_theme(them.project, name="A bench", by=them.dev, now=then, contributions=[card])
    judge_now(them.project, now=timezone.now())
    rule = Found.objects.get(project=them.project, rule="T517")
    for way in (0, 1):
        assert seen(them, f"findings/T517/mend?where={rule.where}&way={way}").startswith(
            f"/at/{them.project.address}/answers/{first.uid}/publish "
        )
    assert "That day has passed without a word" in seen(them, "findings")
    assert "That day has passed without a word" not in seen(them, f"themes/{waits.uid}")


def test_the_workbench_says_once_that_a_promise_is_late() -> None:
    them, then = cast(), timezone.now() - timedelta(days=20)
    answer = promised(them, days=(then.date() - TODAY).days + 9, now=then)
    judge_now(them.project, now=timezone.now())
    page = seen(them, "themes")
    assert (page.count("days late"), page.count("That day has passed without a word")) == (1, 0)
    assert f"/answers/{answer.uid}/publish" in page
