"""
What everybody may know of a project, read once: the public page, its feeds, its badge and reports show parts of it.

Nobody is named or counted in a way that would tell who said what; words stand here only with their author's yes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count as CountOf

from withus.charter import asks as charter
from withus.charter.asks import Part
from withus.facts import small
from withus.live.models import Contribution, Use
from withus.live.uses import with_words_for
from withus.loop import as_read, asks, counting
from withus.loop.as_read import AsRead
from withus.loop.asks import Counters
from withus.loop.counting import Count
from withus.loop.models import AnswerVersion, Confirmation, Outcome, Placement, Says
from withus.loop.models_of_closing import Turn, Turning
from withus.loop.wordings import Worded, in_other_words
from withus.projects import day
from withus.projects.models import Project, ProjectState, Publicity
from withus.projects.sole import sole

MOST_WORDS = 3
"""Cards a theme that stand as words: more is no longer read."""


@dataclass(frozen=True)
class Said:
    """One answer: what people said, on how many cards (None: too few to say), and who does not agree and wants that shown."""

    version: AnswerVersion
    said: str
    cards: int | None
    disagree: tuple[Confirmation, ...]
    words: tuple[str, ...]
    """Cards as they were written, where their authors let them stand in public."""
    who: AsRead | None
    """Who they came from, for a theme."""
    wordings: tuple[Worded, ...]
    """The same answer in Easy Read and in other languages."""

    @property
    def is_refused(self) -> bool:
        return self.version.outcome == Outcome.NOT_DOING


@dataclass(frozen=True)
class Late:
    """A promise whose day has passed. A single card is never named by its mark here: the room knows whose it is."""

    version: AnswerVersion
    said: str
    on: date
    days: int


@dataclass(frozen=True)
class InPublic:
    part: Part
    counts: Counters
    four: tuple[Count, ...]
    answers: tuple[Said, ...]
    versions: tuple[AnswerVersion, ...]
    publicity: Publicity
    is_begun: bool
    """People were invited or gave something. What is only being thought about is nobody's business yet."""

    @property
    def hidden_since(self) -> datetime | None:
        return self.publicity.hidden_since

    @property
    def did(self) -> list[Said]:
        return [one for one in self.answers if not one.is_refused]

    @property
    def refused(self) -> list[Said]:
        return [one for one in self.answers if one.is_refused]

    @property
    def overdue(self) -> list[Late]:
        return [Late(one.version, said_of(one.version), one.on, one.days_late) for one in self.counts.overdue]

    @property
    def step(self) -> int:
        """How far round the loop: asked, heard, decided, answered. The fifth is the people's own."""
        if not self.counts.cards:
            return 1
        if not self.counts.answered:
            return 2
        return 4 if not self.counts.owed else 3


def read(project: Project, *, now: datetime, use: Use = Use.PUBLIC) -> InPublic:
    """
    The same number of queries, whatever the project's size. `use`: where the words of cards are going to stand. What somebody takes back
    or says no to is gone at once, and is counted from the next midnight: a step at the moment of their press would tell who it was. What
    is late is late at once.
    """
    versions = asks.published_versions(project)
    current = asks.newest_of(versions)
    since = midnight(project, now=now)
    still = asks.gone_since(project, since)
    counts = asks.counters(project, now=now, versions=current, until=since, still=still)
    confirmed = asks.heard(project, before=since, still=still)
    part = charter.part(project)
    return InPublic(
        part=part,
        counts=counts,
        four=tuple(counting.four(counts, confirmed=confirmed)),
        answers=tuple(_answers(project, current, use, people=counts.people, still=still)),
        versions=tuple(versions),
        publicity=publicity_of(project),
        is_begun=bool(part.charter.frozen_at or counts.cards) or project.state != ProjectState.PLANNED,
    )


def publicity_of(project: Project) -> Publicity:
    return sole(Publicity.objects.filter(project=project)) or Publicity(project=project)


def turned(project: Project) -> dict[str, Turning]:
    """The rest and the hand-over that last, by the names that templates call them. One query."""
    rows = Turning.objects.filter(project=project, turned_at__isnull=False, ended_at=None)
    names = {Turn.REST: "rest", Turn.HAND_OVER: "goes"}
    return {names[Turn(one.what)]: one for one in rows.select_related("to", "to_organisation") if one.what in names}


def midnight(project: Project, *, now: datetime) -> datetime:
    """The project's last one."""
    return day.instant(project, day.of(project, now), time(0))


def said_of(version: AnswerVersion) -> str:
    """What it answers: its theme, or for a single card what the team says that they heard; never the card."""
    return version.answer.theme.name if version.answer.theme else version.we_heard


def _answers(
    project: Project, versions: Sequence[AnswerVersion], use: Use, *, people: int, still: Sequence[int]
) -> Iterable[Said]:
    standing = [one for one in versions if one.answer.theme is None or one.answer.theme.removed_at is None]
    beside: dict[int, list[Confirmation]] = {}
    rows = asks.last_words(project).filter(beside_the_answer=True, says__in=(Says.DISAGREES, Says.ENDED))
    for row in rows.filter(person__erasing_at=None).exclude(because="").order_by("at"):
        beside.setdefault(row.answer_id, []).append(row)
    cards, words = _cards_of(project, standing, still), _words_of(project, standing, use)
    who = as_read.who(project, [one.answer.theme_id for one in standing if one.answer.theme_id], people=people)
    worded = in_other_words(standing)
    for one in standing:
        yield Said(
            version=one,
            said=said_of(one),
            cards=cards[str(one.answer_id)],
            disagree=tuple(beside.get(one.answer_id, ())),
            words=tuple(words.get(one.answer_id, ())),
            who=who.get(one.answer.theme_id or 0),
            wordings=tuple(worded.get(one.pk, ())),
        )


def _words_of(project: Project, versions: Sequence[AnswerVersion], use: Use) -> dict[int, list[str]]:
    """
    The first few of each answer, oldest card first; those of one theme never stand for another's. Three queries. Picked here: asked of the
    database with a window, a hundred thousand cards took it five times as long.
    """
    allowed = with_words_for(Contribution.objects.filter(project=project), use).order_by()
    with_a_yes = set(allowed.values_list("pk", flat=True))
    themes = {one.answer.theme_id: one.answer_id for one in versions if one.answer.theme_id}
    chosen: dict[int, list[int]] = {
        one.answer_id: [one.answer.contribution_id]
        for one in versions
        if one.answer.contribution_id and one.answer.contribution_id in with_a_yes
    }
    placed = Placement.objects.filter(theme__in=themes).order_by("theme", "contribution")
    for theme, card in placed.values_list("theme", "contribution") if with_a_yes else ():
        few = chosen.setdefault(themes[theme], [])
        if len(few) < MOST_WORDS and card in with_a_yes:
            few.append(card)
    numbers = [card for few in chosen.values() for card in few]
    words = dict(allowed.filter(pk__in=numbers).values_list("pk", "words"))
    return {answer: [words[card] for card in few if card in words] for answer, few in chosen.items()}


def _cards_of(project: Project, versions: Sequence[AnswerVersion], still: Sequence[int]) -> dict[str, int | None]:
    """
    How many cards each answer speaks for, by its number. Hidden where they are few, and others with them where a counter on the same page
    would give them away: cards that were answered, cards where something changed.
    """
    placed = Placement.objects.filter(theme__project=project, theme__removed_at=None)
    placed = placed.exclude(asks.is_gone(still, "contribution__")).order_by()
    of_theme = dict(placed.values_list("theme").annotate(CountOf("pk")))
    changed: dict[str, int] = {}
    same: dict[str, int] = {}
    for one in versions:
        count = (
            of_theme.get(one.answer.theme_id, 0) if one.answer.theme_id else int(one.answer.contribution_id is not None)
        )
        (changed if asks.has_changed(one) else same)[str(one.answer_id)] = count
    return small.shown_in([changed, same, {**changed, **same}])
