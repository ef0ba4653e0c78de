"""What the example shows of answers beyond the themes: Easy Read, a name with its yes, and an answer to what nobody expected to learn."""

from collections.abc import Mapping
from datetime import timedelta

from withus.charter.models import Decision
from withus.live.models import Learned
from withus.loop import actions as loop
from withus.loop.asks import published
from withus.loop.models import Answer, Outcome
from withus.transfer.example.acts import Story


def answer_in_full(story: Story, answers: Mapping[str, Answer], decisions: Mapping[str, Decision]) -> None:
    dev, at = story.team.dev, story.at(days_ago=16)
    yes = loop.allow_name(story.project, who=dev, yes=True, now=at)
    first = published(answers["arriving"])
    assert first is not None
    loop.word_answer(
        first,
        language="en",
        easy=True,
        by=dev,
        now=at,
        we_heard="You want to see a light. You want no form. You want to pay nothing.",
        we_do="There is a lamp in the window now. You fill in nothing. A person says hello.",
        because="You told us: the door is hard.",
    )
    drafted = loop.draft_answer(
        story.project,
        learned=Learned.objects.get(workshop__project=story.project),
        we_heard="The last bus goes at 10.40. We planned an hour that nobody could have used.",
        outcome=Outcome.DOING,
        we_do="We asked the bus company for one bus after eleven.",
        because="Late hours are no use to anybody who cannot get home.",
        body="Ferndale Trust",
        decision=decisions["hours"],
        waits_for="The bus company",
        meanwhile="The cafe calls a taxi and pays for it, on every night that it is open.",
        promised_on=story.on(days_ago=-40),
        named=yes,
        by=dev,
        now=at,
    )
    loop.publish(drafted, by=dev, now=at + timedelta(minutes=10))
