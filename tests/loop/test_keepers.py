"""A promise is made by somebody who has the power to keep it; where nobody such stands behind it, whoever writes it is told so."""

from datetime import date

import pytest

from tests.cast import Cast, cast, team
from tests.loop import ground
from withus.charter import actions as charter
from withus.charter.models import Decision
from withus.loop import actions
from withus.loop.keepers import without_power
from withus.loop.models import Answer, AnswerVersion

pytestmark = pytest.mark.django_db
FAR = date(2090, 9, 1)
HEADING = "Who can keep this promise?"


@pytest.fixture
def them() -> Cast:
    return cast()


def decided(them: Cast, decider: str = "The board") -> Decision:
    return charter.add_decision(them.project, what="Hours", openness="open", decider=decider, by=them.dev, now=them.now)


def pages(them: Cast, answer: Answer) -> list[bool]:
    """Whether it stands on the form, and on the last look."""
    at, client = f"/at/{them.project.address}/answers/{answer.uid}", team(them)
    return [HEADING in client.get(path).content.decode() for path in (at, f"{at}/publish")]


def test_a_promise_that_no_decider_stands_behind_is_pointed_at_on_both_pages_and_stops_nothing(them: Cast) -> None:
    Decision.objects.filter(project=them.project).update(removed_at=them.now)
    theme = ground.theme(them, ground.card(them, them.amira))
    answer = ground.draft(them, theme, promised_on=FAR)
    assert "The charter names nobody who decides" in without_power(AnswerVersion.objects.get())
    decided(them)
    assert "It names: The board." in without_power(AnswerVersion.objects.get())
    assert pages(them, answer) == [True, True]
    actions.publish(answer, by=them.dev, now=them.now)
    assert pages(them, answer) == [False, False]


def test_whom_the_charter_names_can_keep_it_until_the_charter_names_another(them: Cast) -> None:
    theme, decision = ground.theme(them, ground.card(them, them.amira)), decided(them)
    answer = ground.draft(them, theme, promised_on=FAR, decision=decision)
    assert pages(them, answer) == [False, False]
    Decision.objects.filter(pk=decision.pk).update(decider="The council")
    said = without_power(AnswerVersion.objects.select_related("decision").get())
    assert said == "The answer says that The board decided. The charter names The council for it now."
    assert pages(them, answer) == [True, True]


def test_what_promises_nothing_needs_nobody_s_power(them: Cast) -> None:
    theme = ground.theme(them, ground.card(them, them.amira))
    answer = ground.draft(them, theme, outcome="not doing", promised_on=None)
    assert pages(them, answer) == [False, False]
