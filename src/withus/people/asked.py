"""
What was asked for, or given, on a page that somebody's four words opened. Words can be overheard, on a telephone or over a shoulder; so
more is asked of whoever has no more than them, and nothing that a stranger does with them is final.
"""

from datetime import datetime

from withus.people.models import Person, Way, WayAsked
from withus.projects.question import Question

WAITING = Question(WayAsked.objects.all(), "person")


def waits(person: Person) -> WayAsked | None:
    """Another way, asked for by the words, that takes its place on its day."""
    return WAITING.one(person.pk)


def by_words_since(person: Person) -> datetime | None:
    """
    Since when we may be writing to somebody who had no more than the words: the link in our letters is theirs, too. New words end it.
    """
    rows = Way.objects.filter(person=person, by_words_at__isnull=False).order_by("by_words_at")
    return rows.values_list("by_words_at", flat=True).first()
