"""A closed project that is open again: the team that had put it aside is told, once; and who is owed again is answered like before."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core import mail

from tests.cast import Cast, cast
from tests.loop import ground
from withus.loop import actions, turning_mail
from withus.loop.models import Answer, Theme
from withus.people import actions as people
from withus.people.models import Person
from withus.post import worker
from withus.post.letter import Letter
from withus.post.models import Outgoing
from withus.projects import actions as projects
from withus.projects.models import Part, Project
from withus.table import actions as table

pytestmark = pytest.mark.django_db
SUBJECT = "Open again: The evening cafe"


@pytest.fixture
def them() -> Cast:
    """Dev and Ada run it; Prof. Hall decides."""
    made = cast()
    projects.join_team(made.project, staff=made.ada, part=Part.CO_LEAD)
    return made


def closed(them: Cast, *persons: Person, **texts: object) -> Answer:
    """Answered, told, and put aside."""
    answer = ground.published(them, *persons, **texts)
    worker.run_due(them.now)
    put_aside(them)
    return answer


def put_aside(them: Cast) -> None:
    Project.objects.filter(pk=them.project.pk).update(state="closed", closed_at=them.now)


def told(subject: str = SUBJECT) -> list[str]:
    """Who was written to, in the order of their addresses."""
    return sorted(one.to[0] for one in mail.outbox if one.subject == subject)


def newer(them: Cast, answer: Answer, *, days: int) -> None:
    at = them.now + timedelta(days=days)
    assert isinstance(answer.theme, Theme)
    row = ground.draft(them, answer.theme, we_do="A bus.", now=at, outcome="done", promised_on=None)
    actions.publish(row, by=them.dev, now=at)
    worker.run_due(at)


def test_a_no_tells_whoever_runs_it_once_and_not_who_said_it(them: Cast) -> None:
    answer = closed(them, them.amira, them.bo)
    late = them.now.replace(hour=23, minute=30)
    actions.confirm(them.amira, answer=answer, says="no", because="Nobody told me.", now=late)
    actions.confirm(them.bo, answer=answer, says="only partly", now=late + timedelta(minutes=1))
    for _again in range(2):
        worker.run_due(late + timedelta(hours=1))
    assert told() == ["ada@lantern.example", "dev@lantern.example"]
    letter = next(one for one in mail.outbox if one.subject == SUBJECT)
    text = " ".join(str(letter.body).split())
    assert "Since Thursday 7 May it is open again" in text
    assert f"/at/{them.project.address}/close" in text
    assert [words for words in ("Amira", "Bo", "Nobody told me", "only partly") if words in text] == []


def test_opened_a_second_time_it_is_told_a_second_time(them: Cast) -> None:
    answer = closed(them, them.amira, them.bo)
    for number, person in enumerate((them.amira, them.bo), start=1):
        at = them.now + timedelta(days=number)
        actions.confirm(person, answer=answer, says="no", now=at)
        worker.run_due(at)
        put_aside(them)
    assert told() == ["ada@lantern.example"] * 2 + ["dev@lantern.example"] * 2


def test_who_opens_it_themselves_knows(them: Cast) -> None:
    table.choose_way(them.amira, way="post", address="5 Mill Lane", how_often="as it comes", now=them.now)
    ground.published(them, them.amira)
    uids = [one.uid for one in them.amira.tellings.all()]
    actions.note_posted(them.project, uids=uids, by=them.dev, now=them.now)
    put_aside(them)
    actions.take_back_posted(them.project, at=them.now, by=them.dev, now=them.now + timedelta(days=1))
    worker.run_due(them.now + timedelta(days=1))
    assert told() == ["ada@lantern.example"]


def test_nobody_is_told_of_what_is_closed_again_or_is_not_theirs(them: Cast) -> None:
    answer = closed(them, them.amira)
    actions.confirm(them.amira, answer=answer, says="no", now=them.now)
    references = [row.reference for row in Outgoing.objects.filter(kind="project.reopened")]
    assert [isinstance(turning_mail.project_reopened(one), Letter) for one in references] == [True, True]
    assert turning_mail.project_reopened({**references[0], "staff": str(them.sam.uid)}) is None
    assert turning_mail.project_reopened({**references[0], "staff": str(them.hall.uid)}) is None
    assert turning_mail.project_reopened({**references[0], "project": str(uuid4())}) is None
    put_aside(them)
    assert [turning_mail.project_reopened(one) for one in references] == [None, None]


def test_a_co_lead_without_an_account_hears_too_unless_they_said_stop(them: Cast) -> None:
    for person, way in ((them.joy, "joy@example.org"), (them.tomasz, "tomasz@example.org")):
        people.set_way(person, kind="email", address=way)
    people.set_wish(them.tomasz, how_often="never")
    answer = closed(them, them.amira)
    actions.confirm(them.amira, answer=answer, says="no", now=them.now)
    worker.run_due(them.now)
    assert told() == ["ada@lantern.example", "dev@lantern.example", "joy@example.org"]
    letter = next(one for one in mail.outbox if one.to == ["joy@example.org"])
    text = str(letter.body)
    said = [words in text for words in ("You need do nothing now.", "because you are a co-lead", "Amira", "/close")]
    assert said == [True, True, False, False]
    assert "List-Unsubscribe" in letter.extra_headers


def test_after_a_year_it_stays_closed_and_nobody_is_written_to(them: Cast) -> None:
    answer = closed(them, them.amira)
    later = them.now + timedelta(days=366)
    actions.confirm(them.amira, answer=answer, says="no", now=later)
    worker.run_due(later)
    assert told() == []


@pytest.mark.parametrize("how_often", ["as it comes", "once", "changes"])
@pytest.mark.parametrize("why", ["no", "broken"])
def test_who_is_owed_again_hears_in_the_way_that_they_chose(them: Cast, how_often: str, why: str) -> None:
    """Also who wanted to hear once: that was before it broke."""
    subject = "What became of what you said: The evening cafe"
    ground.by_email(them, them.amira)
    answer = closed(them, them.amira, promised_on=date(2026, 6, 1))
    ground.by_email(them, them.amira, how_often=how_often)
    assert told(subject) == ["a@example.org"]
    at = them.now + timedelta(days=30)
    if why == "no":
        actions.confirm(them.amira, answer=answer, says="no", now=at)
    worker.run_due(at)
    assert Project.objects.get(pk=them.project.pk).state == "running"
    broken = "A promise is broken: The evening cafe"
    assert told(SUBJECT if why == "no" else broken) == ["ada@lantern.example", "dev@lantern.example"]
    newer(them, answer, days=31)
    assert told(subject) == ["a@example.org"] * 2
    assert "A bus." in str(mail.outbox[-1].body)
