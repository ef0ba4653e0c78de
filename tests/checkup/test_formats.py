"""What people asked to read answers in, and what every answer can be read in by now."""

from collections.abc import Mapping

import pytest

from tests.cast import NOW, Cast, cast
from withus.checkup.collect import facts_of
from withus.findings import asks
from withus.findings.models import Found
from withus.live import actions as live
from withus.loop import actions as loop
from withus.loop.models import AnswerVersion
from withus.people import actions as people
from withus.people.models import Person
from withus.table import actions as table
from withus.traps.judge import judge

pytestmark = pytest.mark.django_db
TEXTS = {"we_heard": "Light.", "we_do": "No lamp.", "because": "The fuse."}


def answered(them: Cast, number: int) -> AnswerVersion:
    card = live.add_contribution(
        them.project, person=them.amira, words=f"Light {number}.", sent_once=str(number), now=NOW
    ).contribution
    theme = loop.make_theme(them.project, name=f"Light {number}", by=them.dev, now=NOW, contributions=[card], read=True)
    answer = loop.draft_answer(
        them.project, theme=theme, we_heard="A light.", outcome="not doing", we_do="No.", because="The fuse.",
        body="Lantern House", by=them.dev, now=NOW,
    )  # fmt: skip
    return loop.publish(answer, by=them.dev, now=NOW)


def formats(them: Cast) -> tuple[Mapping[str, int] | None, tuple[str, ...] | None]:
    told = facts_of(them.project, now=NOW).feedback
    assert told is not None
    return told.formats_asked, told.formats_sent


def test_languages_and_easy_read_are_counted_by_persons_whatever_the_spelling() -> None:
    them = cast()
    live.add_contribution(them.project, person=them.amira, words="A light.", sent_once="1", now=NOW)
    assert formats(them) == (None, None)
    table.say_needs(them.amira, needs=["Easy-read", "a lift"], now=NOW)
    for language in ("de-at", "de", "en-gb"):
        people.add_person(them.project, language=language, now=NOW)
    assert formats(them) == ({"Easy Read": 1, "Deutsch": 2}, None)


def test_a_format_was_sent_when_every_answer_can_be_read_in_it() -> None:
    them = cast()
    table.say_needs(them.amira, needs=["easy_read"], now=NOW)
    first, second = answered(them, 1), answered(them, 2)
    loop.word_answer(first, language="en", easy=True, by=them.dev, now=NOW, **TEXTS)
    assert formats(them) == ({"Easy Read": 1}, ())
    loop.word_answer(second, language="en", easy=True, by=them.dev, now=NOW, **TEXTS)
    assert formats(them) == ({"Easy Read": 1}, ("Easy Read",))


def test_everybody_reads_that_something_is_missing_and_not_which_language() -> None:
    them = cast()
    Person.objects.filter(pk=them.amira.pk).update(language="de")
    answered(them, 1)
    found = [each for each in judge(facts_of(them.project, now=NOW)).findings if each.rule == "T512"]
    Found.objects.create(project=them.project, found_at=NOW, **found[0].as_row())
    public = [one.sentence for one in asks.shown_to_all(them.project) if one.rule == "T512"]
    assert public == ["People asked to be told in another language or in easier words. Not everything was told so."]
    assert "Deutsch" in found[0].said
