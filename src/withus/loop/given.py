"""What a person gave, as their own page shows it: where each card was put, beside what, and which answers reached it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from withus.live.asks import taken_back
from withus.live.models import CardState, Contribution, MaySee
from withus.loop.models import Answer, Placement, Theme
from withus.loop.models_of_answers import Fit, MayName
from withus.loop.named import called_under
from withus.people.models import Person
from withus.projects.models import Project
from withus.projects.question import Question

_CARDS = Contribution.objects.exclude(state=CardState.ERASED).select_related("due__met_by", "workshop", "read")
GIVEN = Question(_CARDS, "project", "person")
GIVEN_TOGETHER = Question(_CARDS, "project", "with_persons")
_FITS = Fit.objects.select_related("theme")
FITS = Question(_FITS, "contribution__person")
FITS_TOGETHER = Question(_FITS, "contribution__with_persons")
_PLACED = Placement.objects.filter(theme__removed_at=None).select_related("theme").order_by("pk")
PLACED = Question(_PLACED, "contribution__person")
PLACED_TOGETHER = Question(_PLACED, "contribution__with_persons")
_ANSWERS = Answer.objects.filter(versions__published_at__isnull=False).distinct().order_by("pk")
TO_CARDS = Question(_ANSWERS, "contribution__person")
TO_CARDS_TOGETHER = Question(_ANSWERS, "contribution__with_persons")
TO_THEMES = Question(_ANSWERS, "theme__placements__contribution__person")
TO_THEMES_TOGETHER = Question(_ANSWERS, "theme__placements__contribution__with_persons")
WITHIN = timedelta(days=7)
LEARNED = Question(_ANSWERS.filter(learned__isnull=False).select_related("learned__workshop"), "project")
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
    read_by: str = ""
    moved: bool = False
    """The day that they were told has moved to a later one since."""

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
    """Seven small queries, whatever they gave; and one or two more where somebody has read some of it; newest first."""
    found = {card.pk: card for cards in (GIVEN, GIVEN_TOGETHER) for card in cards.all(project.pk, person.pk)}
    rows = [Given(card) for card in sorted(found.values(), key=lambda card: card.seq, reverse=True)]
    by_card = {one.card.pk: one for one in rows}
    _put(by_card, person)
    _beside(rows)
    _answered(by_card, person)
    _read(rows, project)
    return rows


def _put(by_card: dict[int, Given], person: Person) -> None:
    fits, placed = FITS.all(person.pk), PLACED.all(person.pk)
    if _together(by_card, person):
        fits += FITS_TOGETHER.all(person.pk)
        placed += PLACED_TOGETHER.all(person.pk)
    said = {(one.contribution_id, one.theme_id): one for one in fits if one.contribution_id in by_card}
    there = {one.pk: one for one in placed if one.contribution_id in by_card}
    for _pk, one in sorted(there.items()):
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


def _together(by_card: dict[int, Given], person: Person) -> bool:
    """Whether any was given by somebody else with them: only then more is asked."""
    return any(one.card.person_id != person.pk for one in by_card.values())


def _answered(by_card: dict[int, Given], person: Person) -> None:
    """To the card alone first; at last what answered it in a theme in which it lies no longer."""
    rows = TO_CARDS.all(person.pk) + TO_THEMES.all(person.pk)
    if _together(by_card, person):
        rows += TO_CARDS_TOGETHER.all(person.pk) + TO_THEMES_TOGETHER.all(person.pk)
    by_theme: dict[int, Answer] = {}
    for _pk, answer in sorted({one.pk: one for one in rows}.items()):
        if answer.theme_id:
            by_theme[answer.theme_id] = answer
        elif answer.contribution_id in by_card:
            by_card[answer.contribution_id].answers.append(answer)
    for one in by_card.values():
        for put in one.put:
            if put.right is not False and put.theme.pk in by_theme:
                one.answers.append(by_theme[put.theme.pk])
        due = getattr(one.card, "due", None)
        met_by = due.met_by if due is not None else None
        not_meant = {put.theme.pk for put in one.not_meant}
        if met_by is not None and met_by not in one.answers and met_by.theme_id not in not_meant:
            one.answers.append(met_by)


def learned_where(given: Sequence[Given], project: Project) -> list[Answer]:
    """Answers to what we learned in the workshops where they gave this."""
    learned = LEARNED.all(project.pk)
    if not learned:
        return []
    there = {one.card.workshop_id for one in given if one.card.state != CardState.WITHDRAWN}
    return [one for one in learned if one.learned is not None and one.learned.workshop_id in there]


def _read(rows: Sequence[Given], project: Project) -> None:
    """Within seven days somebody with a name says that they have read it, with their own yes to being named; or nothing is said."""
    if not any(hasattr(one.card, "read") for one in rows):
        return
    by_staff = {one.staff_id: one for one in MayName.objects.filter(project=project).select_related("staff", "project")}
    names: dict[int, str] = {}
    for one in rows:
        read = getattr(one.card, "read", None)
        yes = by_staff.get(read.by_id) if read is not None and read.by_id is not None else None
        if read is None or yes is None or read.at - one.card.given_at > WITHIN:
            continue
        if yes.pk not in names:
            names[yes.pk] = called_under(yes)
        one.read_by = names[yes.pk]
