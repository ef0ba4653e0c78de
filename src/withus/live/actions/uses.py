"""Where somebody's words may stand as words: a yes for each card and each use, taken back at any time."""

from collections.abc import Collection
from datetime import datetime

from withus.live import refusals
from withus.live.asks import is_theirs
from withus.live.entries import WordsAllowed, WordsCalledBack
from withus.live.models import GONE, Contribution, Use, UseSaid
from withus.live.uses import allowed, said_by
from withus.people import actions as people
from withus.people.models import Person
from withus.record import log as record


def allow_uses(contribution: Contribution, *, person: Person, uses: Collection[str], now: datetime) -> list[UseSaid]:
    """
    From now on the words of this card may stand as words in these places, and in no other. Returns what this took back, each with the day
    since when it was allowed: that cannot be called back from whoever has read it. What is said again changes nothing.
    """
    with record.writing(contribution.project, now=now) as log:
        people.still_here(person)
        card = Contribution.objects.get(pk=contribution.pk)
        if not is_theirs(card, person) or card.state in GONE:
            raise refusals.NotYours
        before, own = allowed(card), {one.use: one.yes for one in said_by(card, person)}
        given: list[str] = []
        taken: list[UseSaid] = []
        for use in Use.values:
            wanted = use in uses
            if wanted == own.get(use, use in before):
                continue
            if wanted:
                given.append(use)
            elif use in before:
                stood = UseSaid.objects.filter(contribution=card, use=use, yes=True).order_by("since")
                taken.extend(stood[:1])
            UseSaid.objects.update_or_create(
                contribution=card, person=person, use=use, defaults={"yes": wanted, "since": now}
            )
        by = f"person:{person.uid}"
        if given:
            log.append(WordsAllowed(uses=tuple(given)), by=by, about=card.uid)
        if taken:
            log.append(WordsCalledBack(uses=tuple(one.use for one in taken)), by=by, about=card.uid)
    return taken
