"""What a person gave, as their own page shows it: where each card was put, beside what, and which answers reached it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber

from withus.live.asks import taken_back
from withus.live.models import CardState, Contribution, MaySee
from withus.loop.models import Answer, Placement, Theme
from withus.loop.models_of_answers import Fit
from withus.people.models import Person
from withus.projects.models import Project
from withus.projects.question import Question

_CARDS = Contribution.objects.exclude(state=CardState.ERASED).select_related("due", "workshop", "read")
GIVEN = Question(_CARDS, "project", "person")
GIVEN_TOGETHER = Question(_CARDS, "project", "with_persons")
NEIGHBOURS = 3
OTHERS_MAY_SEE = (MaySee.WALL, MaySee.GROUP)
"""Who takes part may read these. What was given to those who answer is shown to nobody else."""


@dataclass
class Put:
    """A theme that a card was put with. `right`: what its author says of that; None while they have not said."""

    theme: Theme
    right: bool | None
    neighbours: list[str] = field(default_factory=list)


@dataclass
class Given:
    card: Contribution
    put: list[Put] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)

    @property
    def asked(self) -> list[Put]:
        return [one for one in self.put if one.right is None]

    @property
    def right(self) -> list[Put]:
        return [one for one in self.put if one.right]

    @property
    def not_meant(self) -> list[Put]:
        return [one for one in self.put if one.right is False]


def given_by(person: Person, project: Project) -> list[Given]:
    """Six queries, whatever they gave; newest first."""
    found = {card.pk: card for cards in (GIVEN, GIVEN_TOGETHER) for card in cards.all(project.pk, person.pk)}
    rows = [Given(card) for card in sorted(found.values(), key=lambda card: card.seq, reverse=True)]
    by_card = {one.card.pk: one for one in rows}
    _put(by_card)
    _beside(rows)
    _answered(by_card, project)
    return rows


def _put(by_card: dict[int, Given]) -> None:
    said = {
        (one.contribution_id, one.theme_id): one
        for one in Fit.objects.filter(contribution__in=by_card).select_related("theme")
    }
    placed = Placement.objects.filter(contribution__in=by_card, theme__removed_at=None).order_by("pk")
    for one in placed.select_related("theme"):
        fit = said.get((one.contribution_id, one.theme_id))
        by_card[one.contribution_id].put.append(Put(one.theme, True if fit and fit.right else None))
    for fit in said.values():
        if not fit.right and fit.theme.removed_at is None:
            by_card[fit.contribution_id].put.append(Put(fit.theme, False))


def _beside(rows: Sequence[Given]) -> None:
    """A few words of others in each theme that is asked about, where they let others read them."""
    asked = {put.theme.pk for one in rows for put in one.asked}
    if not asked:
        return
    own = [one.card.pk for one in rows]
    others = Placement.objects.filter(
        theme__in=asked, contribution__state=CardState.SHOWN, contribution__may_see__in=OTHERS_MAY_SEE
    )
    others = others.exclude(contribution__in=own).exclude(contribution__words="")
    others = others.exclude(contribution__in=taken_back().values("pk"))
    number = Window(RowNumber(), partition_by=F("theme"), order_by=F("contribution__seq").asc())
    words: dict[int, list[str]] = {}
    for theme, said in others.annotate(n=number).filter(n__lte=NEIGHBOURS).values_list("theme", "contribution__words"):
        words.setdefault(theme, []).append(said)
    for one in rows:
        for put in one.asked:
            put.neighbours = words.get(put.theme.pk, [])


def _answered(by_card: dict[int, Given], project: Project) -> None:
    """To the card alone first."""
    there = {put.theme.pk for one in by_card.values() for put in one.put if put.right is not False}
    rows = Answer.objects.filter(Q(theme__in=there) | Q(contribution__in=by_card), project=project)
    by_theme: dict[int, Answer] = {}
    for answer in rows.filter(versions__published_at__isnull=False).distinct().order_by("pk"):
        if answer.theme_id:
            by_theme[answer.theme_id] = answer
        elif answer.contribution_id:
            by_card[answer.contribution_id].answers.append(answer)
    for one in by_card.values():
        for put in one.put:
            if put.right is not False and put.theme.pk in by_theme:
                one.answers.append(by_theme[put.theme.pk])
