"""A project with two cards and a theme, for what happens after the workshop."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from tests.cast import Cast
from withus.live import actions as live
from withus.live.models import Contribution
from withus.loop import actions, answer_mail
from withus.loop.models import Answer, Theme
from withus.people import actions as people
from withus.people.models import Person
from withus.post.letter import Letter
from withus.post.models import Outgoing
from withus.table import actions as table


def card(them: Cast, person: Person, words: str = "The last bus goes at nine.") -> Contribution:
    receipt = live.add_contribution(them.project, person=person, words=words, sent_once=uuid4().hex, now=them.now)
    return receipt.contribution


def by_email(them: Cast, person: Person, *, how_often: str = "as it comes") -> None:
    table.choose_way(person, way="email", address="a@example.org", how_often=how_often, now=them.now)


def known_by_email(them: Cast, person: Person) -> None:
    """As the team typed it when they added them."""
    people.set_way(person, kind="email", address="a@example.org")


def theme(them: Cast, *cards: Contribution) -> Theme:
    return actions.make_theme(
        them.project, name="Getting home", by=them.dev, now=them.now, contributions=cards, read=True
    )


def draft(
    them: Cast, about: Theme, *, now: datetime | None = None, we_do: str = "A taxi home.", **more: object
) -> Answer:
    texts: dict[str, object] = {
        "we_heard": "You can't get home.",
        "outcome": "doing",
        "because": "Nobody should have to leave early.",
        "body": "Lantern House",
        "promised_on": date(2026, 9, 1),
    }
    return actions.draft_answer(
        them.project,
        theme=about,
        we_do=we_do,
        by=them.dev,
        now=now or them.now,
        **{**texts, **more},  # type: ignore[arg-type] # a test's own mix
    )


def published(them: Cast, *persons: Person, **texts: Any) -> Answer:  # Any: a test's own mix
    """Each of them gave a card, all in one theme, and its answer is out."""
    answer = draft(them, theme(them, *(card(them, one) for one in persons)), **texts)
    actions.publish(answer, by=them.dev, now=them.now)
    return answer


def letter_to(person: Person) -> dict[str, Any]:  # Any: a letter's reference
    """What the newest letter to them refers to."""
    row = Outgoing.objects.filter(kind="answers.published", reference__person=str(person.uid)).order_by("-pk")[0]
    return dict(row.reference)


def mail_to(person: Person) -> Letter:
    """The newest letter to them, rendered; it has to be an e-mail."""
    letter = answer_mail.answers_published(letter_to(person))
    assert isinstance(letter, Letter)
    return letter
