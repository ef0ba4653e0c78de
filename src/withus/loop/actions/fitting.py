"""The author of a card says whether the team understood it: that is right, or not what I meant."""

from datetime import datetime

from django.db.models import Q

from withus.live.asks import is_theirs
from withus.live.models import GONE, Contribution
from withus.loop import refusals
from withus.loop.actions.owing import owe_again
from withus.loop.entries import CardMeant, CardNotMeant
from withus.loop.models import Answer, Due, Placement, Telling, Theme, Told
from withus.loop.models_of_answers import Fit
from withus.people import actions as people
from withus.people.models import Person
from withus.record import log as record

NOT_YET = (Told.HELD, Told.WAITING, Told.QUEUED, Told.FAILED)


def say_it_fits(contribution: Contribution, *, theme: Theme, person: Person, right: bool, now: datetime) -> Fit:
    """
    "Not what I meant" takes the card out of the theme, where nobody but its author can put it again, and it is owed an answer of its own.
    "That is right" after it puts it back. Saying the same again changes nothing.
    """
    with record.writing(contribution.project, now=now) as log:
        people.still_here(person)
        card = Contribution.objects.exclude(state__in=GONE).filter(pk=contribution.pk).first()
        said = Fit.objects.filter(contribution=contribution, theme=theme).first()
        there = Placement.objects.filter(contribution=contribution, theme=theme).exists()
        if card is None or not is_theirs(card, person) or not (there or said):
            raise refusals.NotYourCard
        if said is not None and said.right == right and (there == right or theme.removed_at is not None):
            return said
        fit, _new = Fit.objects.update_or_create(
            contribution=card, theme=theme, defaults={"person": person, "right": right, "at": now}
        )
        if right:
            _put_back(card, theme, now=now)
        else:
            _take_out(card, theme, person, log, now=now)
        what = CardMeant(theme=str(theme.uid)) if right else CardNotMeant(theme=str(theme.uid))
        log.append(what, by=f"person:{person.uid}", about=card.uid)
    return fit


def _take_out(card: Contribution, theme: Theme, person: Person, log: record.Log, *, now: datetime) -> None:
    Placement.objects.filter(contribution=card, theme=theme).delete()
    by_a_theme = Due.objects.filter(contribution=card, met_by__theme__isnull=False)
    owe_again(by_a_theme, project=card.project, log=log, now=now)
    for one in (person, *card.with_persons.all(), *([card.person] if card.person else [])):
        others = Contribution.objects.exclude(state__in=GONE).filter(placements__theme=theme)
        if not others.filter(Q(person=one) | Q(with_persons=one)).exists():
            Telling.objects.filter(person=one, version__answer__theme=theme, state__in=NOT_YET, read_at=None).delete()


def _put_back(card: Contribution, theme: Theme, *, now: datetime) -> None:
    """Where a theme that it lies in has an answer, that answers the card again."""
    into = theme.merged_into or theme
    if into.removed_at is not None:
        return
    Placement.objects.get_or_create(contribution=card, theme=into, defaults={"at": now})
    lies = Placement.objects.filter(contribution=card, theme__removed_at=None).values("theme")
    answers = Answer.objects.filter(theme__in=lies, versions__published_at__isnull=False).distinct()
    answered = answers.filter(theme=into).first() or answers.order_by("pk").first()
    if answered is not None:
        Due.objects.filter(contribution=card, met_at=None).update(met_by=answered, met_at=now)
