"""An answer to more people than one transaction writes down: jobs do it, a few at a time. Whoever asks meanwhile finds nothing wrong."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, cast
from tests.loop import ground
from withus.live.models import Contribution
from withus.loop import actions
from withus.loop.actions import noticing, sending
from withus.loop.holding import holds
from withus.loop.models import Answer, Due, Telling, Theme
from withus.loop.models_of_closing import Notice
from withus.people.models import HowOften, Person, Wish
from withus.post import worker
from withus.post.models import Delivered, Job, Outgoing
from withus.record.models import Opening

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def them(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Cast:  # Any: pytest-django's settings
    monkeypatch.setattr(sending, "AT_ONCE", 1)
    settings.EMAIL_BACKEND = "withus.post.mailbox.Mailbox"
    them = cast()
    for person in people(them):
        ground.by_email(them, person)
    return them


def people(them: Cast) -> list[Person]:
    return sorted((them.amira, them.bo, them.joy), key=lambda one: one.pk)


def about(them: Cast) -> Theme:
    return ground.theme(them, *(ground.card(them, one) for one in people(them)))


def published(them: Cast) -> Answer:
    answer = ground.draft(them, about(them))
    actions.publish(answer, by=them.dev, now=them.now)
    return answer


def told() -> list[tuple[int, int, str]]:
    return list(Telling.objects.order_by("person", "version__number").values_list("person", "version__number", "state"))


def test_it_is_settled_at_once_who_is_told_and_each_is_told_once(them: Cast) -> None:
    published(them)
    assert (Telling.objects.count(), Job.objects.filter(kind="answers.tell").count()) == (0, 3)
    assert [one.facts["people"] for one in Opening.objects.filter(kind="answer.published")] == [3]
    assert not Due.objects.filter(met_at=None).exists()
    worker.run_due(them.now)
    assert told() == [(one.pk, 1, "sent") for one in people(them)]
    assert (Delivered.objects.count(), Job.objects.filter(kind="answers.tell").count()) == (3, 0)


def test_a_piece_that_is_done_twice_is_done_once(them: Cast) -> None:
    """A worker that was killed after its work, before it had taken the job from the list."""
    published(them)
    for job in Job.objects.filter(kind="answers.tell"):
        for _time in range(2):
            actions.tell_the_next(job.reference, them.now)
    worker.run_due(them.now)
    assert told() == [(one.pk, 1, "sent") for one in people(them)]
    assert Outgoing.objects.count() == Delivered.objects.count() == 3


@pytest.mark.parametrize("many", [1, 3])
def test_a_piece_asks_as_often_whatever_its_size(them: Cast, many: int, monkeypatch: pytest.MonkeyPatch) -> None:
    published(them)
    monkeypatch.setattr(sending, "AT_ONCE", 1000)
    few = [person.pk for person in people(them)][:many]
    reference = Job.objects.filter(kind="answers.tell")[0].reference | {"people": few}
    with CaptureQueriesContext(connection) as asked:
        actions.tell_the_next(reference, them.now)
    assert [person for person, _number, _state in told()] == few
    assert len(asked) == 23


def test_the_project_does_not_close_meanwhile(them: Cast) -> None:
    published(them)
    assert holds(them.project, now=them.now).going_out
    worker.run_due(them.now)
    assert not holds(them.project, now=them.now)


def test_a_newer_wording_takes_the_place_of_one_that_is_still_going_out(them: Cast) -> None:
    answer = published(them)
    worker.run_due(them.now, limit=1)
    assert answer.theme is not None
    ground.draft(them, answer.theme, we_do="A night bus.")
    actions.publish(answer, by=them.dev, now=them.now)
    worker.run_due(them.now)
    assert told() == [(one.pk, 2, "sent") for one in people(them)]
    assert ["A night bus." in one.text for one in Delivered.objects.all()] == [True] * 3


def test_the_same_text_again_while_it_goes_out_tells_each_once(them: Cast) -> None:
    answer = published(them)
    worker.run_due(them.now, limit=1)
    assert answer.theme is not None
    ground.draft(them, answer.theme)
    actions.publish(answer, by=them.dev, now=them.now)
    worker.run_due(them.now)
    assert sorted(number for number, _version, _state in told()) == [one.pk for one in people(them)]
    assert Delivered.objects.count() == 3


def test_other_words_on_their_way_reach_everybody_when_late_cards_are_told_meanwhile(them: Cast) -> None:
    """Whoever had the first wording was passed over by “Tell them, too”, which took the place of what was still going out to them."""
    answer = published(them)
    worker.run_due(them.now)
    day = them.now + timedelta(days=20)
    assert answer.theme is not None
    Wish.objects.filter(person=them.bo).update(how_often=HowOften.CHANGES)
    ground.draft(them, answer.theme, we_do="A night bus.", now=day)
    actions.publish(answer, by=them.dev, now=day)
    actions.tell_the_next(Job.objects.filter(kind="answers.tell").order_by("pk")[0].reference, day)
    late = ground.card(them, them.tomasz, "The stairs.")
    actions.place(answer.theme, contributions=[late], by=them.dev, now=day)
    actions.cards_read(them.project, contributions=[late], by=them.dev, now=day)
    actions.tell_who_came_later(answer, by=them.dev, now=day)
    worker.run_due(day)
    everybody = sorted([*people(them), them.tomasz], key=lambda one: one.pk)
    first = [(one.pk, 1, "sent") for one in people(them)]
    again = [(one.pk, 3, "waiting" if one == them.tomasz else "sent") for one in everybody]
    assert told() == sorted(first + again)
    assert ["A night bus." in one.text for one in Delivered.objects.order_by("pk")] == [False] * 3 + [True] * 3


def test_who_was_last_told_just_this_is_told_nothing_however_often_the_piece_is_done(them: Cast) -> None:
    """It was changed, and changed back before the second letter left."""
    answer = published(them)
    worker.run_due(them.now)
    assert answer.theme is not None
    day = them.now + timedelta(days=1)
    for we_do in ("A night bus.", "A taxi home."):
        ground.draft(them, answer.theme, we_do=we_do, now=day)
        actions.publish(answer, by=them.dev, now=day)
        for job in Job.objects.filter(kind="answers.tell"):
            for _time in range(2):
                actions.tell_the_next(job.reference, day)
    worker.run_due(them.now + timedelta(days=30))
    assert Delivered.objects.count() == 3


def test_not_what_i_meant_is_heard_while_it_goes_out(them: Cast) -> None:
    answer = published(them)
    card = Contribution.objects.get(person=them.bo)
    assert answer.theme is not None
    actions.say_it_fits(card, theme=answer.theme, person=them.bo, right=False, now=them.now)
    worker.run_due(them.now)
    assert [number for number, _version, _state in told()] == [one.pk for one in people(them) if one != them.bo]


def test_whose_card_came_later_is_not_told_of_what_was_published_before(them: Cast) -> None:
    """What they are owed is still open: publishing once more tells them."""
    answer = published(them)
    card = ground.card(them, them.tomasz, "The stairs.")
    assert answer.theme is not None
    actions.place(answer.theme, contributions=[card], by=them.dev, now=them.now)
    worker.run_due(them.now)
    assert [number for number, _version, _state in told()] == [one.pk for one in people(them)]
    assert Due.objects.get(contribution=card).met_at is None


def test_who_has_said_on_their_page_that_they_know_is_not_written_to_after_it(them: Cast) -> None:
    answer = published(them)
    actions.confirm(them.bo, answer=answer, says="i know now", now=them.now + timedelta(seconds=1))
    worker.run_due(them.now + timedelta(seconds=2))
    assert Delivered.objects.count() == 2
    assert Telling.objects.get(person=them.bo).read_at is not None


def test_who_says_stop_meanwhile_gets_no_mail(them: Cast) -> None:
    answer = published(them)
    actions.confirm(them.bo, answer=answer, says="stop writing to me", now=them.now + timedelta(seconds=1))
    worker.run_due(them.now + timedelta(seconds=2))
    assert Delivered.objects.count() == 2
    assert Telling.objects.get(person=them.bo).way == "none"


def test_whose_fortnight_ends_together_are_looked_at_again_by_one_job(them: Cast) -> None:
    published(them)
    worker.run_due(them.now)
    second = ground.draft(them, about(them), we_do="More tea.")
    day = them.now + timedelta(days=2, seconds=7)
    actions.publish(second, by=them.dev, now=day)
    worker.run_due(day)
    again = Job.objects.filter(kind="answers.look_again", once__contains=f"look-again:{them.project.uid}:")
    assert list(again.values_list("run_at", flat=True)) == [them.now + timedelta(days=14)]
    assert Delivered.objects.count() == 3
    worker.run_due(them.now + timedelta(days=14))
    assert Delivered.objects.count() == 6


def test_a_rest_is_told_a_few_at_a_time_and_to_each_once(them: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(noticing, "AT_ONCE", 1)
    later = them.now + timedelta(days=20)
    terms = actions.Terms(not_answered="All.", keeper="Us", until=date(2027, 5, 10))
    first = actions.first_key(them.project, what="rest", by=actions.Hand(staff=them.dev), now=later, terms=terms)
    actions.second_key(first, by=actions.Hand(person=them.joy, asked=True), now=later)
    assert Notice.objects.count() == 1
    worker.run_due(later)
    everybody = set(Person.objects.filter(project=them.project).values_list("pk", flat=True))
    assert sorted(Notice.objects.values_list("person", flat=True)) == sorted(everybody)
    mails = Outgoing.objects.filter(kind="project.turns").values_list("reference__person", flat=True)
    assert sorted(mails) == sorted(str(one.uid) for one in people(them))
