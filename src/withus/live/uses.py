"""
Where words may stand as words. Whatever shows somebody's words outside their own page and the team's asks here first, and says them in a
summary where the answer is no.
"""

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from withus.live.asks import seen
from withus.live.models import CardState, Contribution, Use, UseSaid
from withus.people.models import Person
from withus.projects import day
from withus.projects.question import Question
from withus.record.models import Opening

SAID = Question(UseSaid.objects.all(), "contribution")
THERE = (CardState.WAITING, CardState.SHOWN)
"""Not held back, not taken back, not erased."""


def with_words_for(rows: QuerySet[Contribution], use: Use) -> QuerySet[Contribution]:
    """Of these cards, those with words whose authors let them stand as words in this place: one query, however many."""
    said = UseSaid.objects.filter(contribution=OuterRef("pk"), use=use)
    there = seen(rows.filter(state__in=THERE)).exclude(words="")
    return there.filter(Exists(said.filter(yes=True, person__erasing_at=None)), ~Exists(said.filter(yes=False)))


def allowed(card: Contribution) -> set[str]:
    """The uses that this card has a yes for, and no no."""
    said = SAID.all(card.pk)
    return {one.use for one in said if one.yes} - {one.use for one in said if not one.yes}


def printed(card: Contribution) -> list[Opening]:
    """Each time that the team printed its words for use outside, newest first."""
    rows = Opening.objects.filter(entry__project=card.project_id, kind="words.used").order_by("-at")
    return [one for one in rows if str(card.uid) in one.facts["cards"]]


def said_by(card: Contribution, person: Person) -> list[UseSaid]:
    return list(UseSaid.objects.filter(contribution=card, person=person))


def stands_by(card: Contribution) -> list[UseSaid]:
    """The oldest yes for each use for which its words may stand now."""
    now = allowed(card)
    first: dict[str, UseSaid] = {}
    for one in (
        UseSaid.objects.filter(contribution=card, yes=True).select_related("contribution__project").order_by("since")
    ):
        first.setdefault(one.use, one)
    return [one for use, one in first.items() if use in now]


def cannot_be_called_back(one: UseSaid) -> str:
    since = date_format(day.of(one.contribution.project, one.since), "j F Y")
    return _(
        "%(use)s: your words stand there no longer. They could be read there since %(day)s. Who has read, printed or copied them"
        " has them still: that we cannot call back."
    ) % {"use": one.get_use_display(), "day": since}
