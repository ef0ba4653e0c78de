"""
Which cards an answer speaks to, and what it settled of what is owed to them.

A card that the team moved, split off or took out after it was answered keeps its answer: whoever was told reads it as before, and hears of
its changes. Only its author ends that, by saying that they did not mean it.
"""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet

from withus.live.asks import seen
from withus.live.models import GONE, Contribution
from withus.loop.models import Answer, Due, Placement
from withus.loop.models_of_answers import Fit


def cards_of(answer: Answer, among: Sequence[int] | None = None) -> QuerySet[Contribution]:
    """
    The cards that this answer speaks to, without those taken back. What we learned is nobody's card. Whoever is taking everything back just
    now is not counted either: with second thoughts they are owed the answer as before, and publishing once more tells them. `among`: of
    these cards only.
    """
    return seen(_all_of(answer, among), among).exclude(state__in=GONE).order_by("seq")


def _all_of(answer: Answer, among: Sequence[int] | None = None) -> QuerySet[Contribution]:
    rows = Contribution.objects.all() if among is None else Contribution.objects.filter(pk__among=among)
    return rows.filter(answers=answer) if answer.theme_id is None else rows.filter(in_or_answered(answer, among))


def in_or_answered(answer: Answer, among: Sequence[int] | None = None) -> Q:
    """
    Of cards: in the theme that it answers, or answered by it when they lay there. One list, so that no other card is looked at; `among`: of
    a few cards, so that it is not a list of all.
    """
    few = Q() if among is None else Q(contribution__among=among)
    lie = Placement.objects.filter(few, theme=answer.theme_id).values("contribution")
    meant = ~Exists(Fit.objects.filter(theme=answer.theme_id, contribution=OuterRef("contribution"), right=False))
    answered = Due.objects.filter(few, meant, met_by=answer).values("contribution")
    return Q(pk__in=lie.union(answered, all=True))


def reached_by(answer: Answer, among: Sequence[int] | None = None) -> QuerySet[Contribution]:
    """The cards whose people are told. What we learned in a workshop is told to all who gave something there. `among`: as `cards_of`."""
    if answer.learned is None:
        return cards_of(answer, among)
    given = Contribution.objects.filter(project=answer.project, workshop=answer.learned.workshop_id)
    rows = seen(given if among is None else given.filter(pk__among=among), among)
    return rows.exclude(state__in=GONE).order_by("seq")


def came_later(answer: Answer) -> QuerySet[Contribution]:
    """Cards that were put into the theme after its answer: it speaks to them, and their people do not know it."""
    owed = Due.objects.filter(met_at=None, reopened_at=None, acknowledgement_only=False)
    return cards_of(answer).filter(due__in=owed)


def settled_by(answer: Answer) -> QuerySet[Due]:
    """
    What is owed to these cards and counts as answered. A card in two themes has two answers, and what is said of either opens it again,
    whichever came first.
    """
    return Due.objects.filter(contribution__in=_all_of(answer).values("pk")).exclude(met_at=None)
