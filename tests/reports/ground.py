"""A project with an answer, a promise and something refused, for what goes out of it."""

from datetime import date

from tests.cast import Cast
from tests.loop import ground
from withus.loop import actions
from withus.loop.models import Answer
from withus.people.models import Person

DAY = date(2099, 9, 1)


def published(them: Cast, *, name: str = "Getting home", people: tuple[Person, ...] = (), **texts: object) -> Answer:
    cards = [ground.card(them, one, words=f"{name} {at}") for at, one in enumerate(people or (them.amira,))]
    theme = actions.make_theme(them.project, name=name, by=them.dev, now=them.now, contributions=cards, read=True)
    answer = ground.draft(them, theme, **{"promised_on": DAY, **texts})  # type: ignore[arg-type] # a test's own mix
    actions.publish(answer, by=them.dev, now=them.now)
    return answer
