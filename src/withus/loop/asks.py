"""Counts that a project is answerable for. Answered is not told, and told is not heard: four separate counters."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Max, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from withus.accounts.models import Staff
from withus.facts.small import SMALLEST
from withus.live.models import GONE, Contribution, Rating
from withus.loop.entries import PersonTold
from withus.loop.models import (
    HAS_IT,
    HEARD,
    Answer,
    AnswerVersion,
    Confirmation,
    Due,
    Outcome,
    Placement,
    Says,
    Telling,
    Told,
)
from withus.loop.models_of_answers import Fit
from withus.people.models import Person, Way, WayKind
from withus.people.staying import staying
from withus.projects import day
from withus.projects.models import Project
from withus.record.models import Opening

TO_BE_TOLD = "tell:%s:"
"""How the jobs of a project are called that write down whom a published answer is on its way to."""
A_DAY = timedelta(hours=25)
"""The longest there is. What is said to have happened later than that after a midnight was written by a clock that ran ahead."""


@dataclass(frozen=True)
class Promise:
    """A published answer that is still being done, with its day."""

    version: AnswerVersion
    name: str
    days_late: int

    @property
    def on(self) -> date:
        assert self.version.promised_on is not None
        return self.version.promised_on


@dataclass(frozen=True)
class Counters:
    """
    Persons who gave, alone or together with somebody (`people`), and their cards; `owed` cards without an answer, `changed` those where
    something is done; `told` and `heard` are persons. `said_no`: of those owed, cards to which an answer speaks that was not heard.
    """

    people: int
    cards: int
    acknowledged: int
    answered: int
    changed: int
    told: int
    heard: int
    owed: int
    unreachable: int
    no_address: int
    promises: tuple[Promise, ...]
    said_no: int

    @property
    def overdue(self) -> tuple[Promise, ...]:
        return tuple(one for one in self.promises if one.days_late > 0)


def counters(
    project: Project,
    *,
    now: datetime,
    versions: Sequence[AnswerVersion] | None = None,
    until: datetime | None = None,
    still: Sequence[int] = (),
) -> Counters:
    """
    A constant number of queries, whatever the project's size. `versions` are the current ones, where they were read already. `until`: what
    is owed again since then is not counted as owed yet; `still`: cards that are gone, and are counted as if they were not.
    """
    versions = current_versions(project) if versions is None else versions
    since = until or now
    given = Contribution.objects.filter(project=project).exclude(is_gone(still))
    together = Coalesce(Max(_only_together(project, still)), 0)
    cards = given.aggregate(all=Count("pk"), people=Count("person", distinct=True), together=together)
    dues = _dues_of(project, still)
    owed = dues.aggregate(
        open=Count("pk", filter=Q(met_at=None)),
        met=Count("pk", filter=Q(met_at__isnull=False)),
        said_no=Count("pk", filter=Q(met_at=None) & spoken_to(versions)),
        again=Count("pk", filter=Q(met_at=None, reopened_at__range=(since, since + A_DAY))),
    )
    told = Telling.objects.filter(person__project=project).aggregate(
        reached=Count("person", distinct=True, filter=HAS_IT),
        unreachable=Count("person", distinct=True, filter=Q(state=Told.UNREACHABLE, read_at=None)),
    )
    return Counters(
        people=cards["people"] + cards["together"],
        cards=cards["all"],
        acknowledged=cards["all"],
        answered=owed["met"],
        changed=_changed(dues.filter(spoken_to(versions)), versions),
        told=told["reached"],
        heard=heard(project),
        owed=owed["open"] - (owed["again"] if until else 0),
        unreachable=told["unreachable"],
        no_address=_without_address(project),
        promises=tuple(_promises(project, versions, now=now)),
        said_no=owed["said_no"],
    )


def _without_address(project: Project) -> int:
    """Of those who gave something: who came by an import, and has named no way since. Who only voted there is owed no answer."""
    named = Way.objects.filter(person=OuterRef("pk"), chosen=True).exclude(kind=WayKind.NONE)
    return Person.objects.filter(gave(project), ~Exists(named), project=project, came_by="import").count()


@dataclass(frozen=True)
class Standing:
    """Of the counters what the workbench says: cards without an answer and with one, and the promises that are late."""

    owed: int
    answered: int
    overdue: tuple[Promise, ...]


def standing(project: Project, *, now: datetime) -> Standing:
    """As `counters` counts. The team looks at it all day, and the whole of it goes through all cards five times. Two queries."""
    counted = _dues_of(project).aggregate(
        open=Count("pk", filter=Q(met_at=None)), met=Count("pk", filter=Q(met_at__isnull=False))
    )
    late = tuple(one for one in promises(project, now=now) if one.days_late > 0)
    return Standing(counted["open"], counted["met"], late)


def _dues_of(project: Project, still: Sequence[int] = ()) -> QuerySet[Due]:
    """
    All that is more than a receipt, of cards that are still there. Those that are gone are few: one list of them is quicker than to look up
    the card of each.
    """
    gone = Contribution.objects.filter(is_gone(still), project=project).values("pk")
    return Due.objects.filter(project=project, acknowledgement_only=False).exclude(contribution__in=gone)


def gone_since(project: Project, since: datetime) -> list[int]:
    """Cards that were taken back or erased since then; by their numbers, a day's few."""
    rows = Contribution.objects.filter(project=project, state__in=GONE, gone_at__range=(since, since + A_DAY))
    return list(rows.order_by().values_list("pk", flat=True))


def is_gone(still: Sequence[int], at: str = "") -> Q:
    """Of cards, at `at` of a row: taken back or erased, and not among those that are `still` counted."""
    gone = Q(**{f"{at}state__in": GONE})
    return gone & ~Q(**{f"{at}pk__in": still}) if still else gone


def gave(project: Project, still: Sequence[int] = ()) -> Q:
    """
    Of persons: who gave something that is still there, alone or together with somebody. All of them are told, and asked. As lists that
    are made once: asked of each person, the database went through all cards for each.
    """
    together = _with_others(project).exclude(is_gone(still, "contribution__"))
    return Q(pk__in=_alone(project, still)) | Q(pk__in=together.values("person"))


def _only_together(project: Project, still: Sequence[int]) -> Subquery:
    """How many gave something with others and nothing of their own."""
    rows = _with_others(project).exclude(is_gone(still, "contribution__"))
    counted = rows.exclude(person__in=_alone(project, still)).order_by().values("contribution__project")
    return Subquery(counted.annotate(n=Count("person", distinct=True)).values("n"))


def _alone(project: Project, still: Sequence[int]) -> QuerySet[Contribution, Any]:  # Any: a column
    """The numbers of those who gave something of their own."""
    given = Contribution.objects.filter(project=project, person__isnull=False).exclude(is_gone(still))
    return given.order_by().values("person")


def _with_others(project: Project) -> QuerySet[Model]:
    """
    Who gave which card together with its author, a row each. Asked by the people, too, who are fewer than the cards: else each card is
    looked up to see that it has nobody beside.
    """
    return Contribution.with_persons.through.objects.filter(contribution__project=project, person__project=project)


def still_owed() -> QuerySet[Due]:
    """More than a receipt, to somebody who has taken back neither the card nor, just now, everything."""
    dues = Due.objects.filter(met_at=None, acknowledgement_only=False).exclude(contribution__state__in=GONE)
    return dues.exclude(contribution__person__erasing_at__isnull=False, contribution__with_persons=None)


def spoken_to(versions: Iterable[AnswerVersion]) -> Q:
    """
    Of dues: to whose card a published answer speaks, of which `versions` are the newest. Also where somebody said no to it, and it is owed
    again: a public number that fell by one while somebody pressed would tell who it was.
    """
    answers = [one.answer for one in versions if one.published_at is not None]
    placed = Placement.objects.filter(
        theme__in={one.theme_id for one in answers if one.theme_id}, theme__removed_at=None
    )
    alone = {one.contribution_id for one in answers if one.contribution_id}
    speaks = Q(contribution__in=placed.values("contribution")) | Q(contribution__in=alone)
    return Q(met_at__isnull=False) | (Q(reopened_at__isnull=False) & speaks)


def _changed(answered: QuerySet[Due], versions: Sequence[AnswerVersion]) -> int:
    """Cards where something is done, at least in part, or a promise was kept: not what is only promised."""
    done = [one.answer for one in versions if has_changed(one)]
    themes = {one.theme_id for one in done if one.theme_id}
    cards = {one.contribution_id for one in done if one.contribution_id}
    if not themes and not cards:
        return 0
    placed = Placement.objects.filter(theme__in=themes).values("contribution")
    return answered.filter(Q(contribution__in=placed) | Q(contribution__in=cards)).count()


def has_changed(version: AnswerVersion) -> bool:
    return version.outcome in (Outcome.DONE, Outcome.PARTLY) or version.kept_on is not None


def heard(project: Project, *, before: datetime | None = None, still: Sequence[int] = ()) -> int:
    """
    Of those who gave something, persons whose last word on some answer was that they know now. Silence is never counted, and "stop writing
    to me" takes back nothing that they said before; who took all back is in neither number. Counted by the database: one query. `before`:
    as it stood at that instant, with who gave nothing but cards that are `still` counted.
    """
    said = last_words(project, before=before).filter(says__in=HEARD)
    return Person.objects.filter(gave(project, still), pk__in=said.values("person")).count()


def everybody_knows(project: Project) -> bool:
    """Whether all who gave something have confirmed, five at least: no smaller step than this one may be read from any page of the team."""
    people = Person.objects.filter(gave(project)).count()
    return people >= SMALLEST and heard(project) >= people


def last_words(project: Project, *, before: datetime | None = None) -> QuerySet[Confirmation]:
    """What each person last said of each answer: it takes the place of all that they said of it before."""
    rows = Confirmation.objects.filter(person__project=project).exclude(says=Says.STOP)
    return _last(rows.filter(at__lt=before) if before else rows)


def _last(said: QuerySet[Confirmation]) -> QuerySet[Confirmation]:
    """Of all this the last of each person to each answer."""
    last = said.order_by().values("person", "answer").annotate(last=Max("pk")).values("last")
    return Confirmation.objects.filter(pk__in=last)


def published(answer: Answer) -> AnswerVersion | None:
    """The version that people read now."""
    return AnswerVersion.objects.filter(answer=answer, published_at__isnull=False).order_by("-number").first()


def current_versions(project: Project) -> list[AnswerVersion]:
    """The newest published version of each answer, with its theme or card."""
    return newest_of(published_versions(project))


def published_versions(project: Project) -> list[AnswerVersion]:
    """All that was ever published, oldest first within each answer."""
    rows = AnswerVersion.objects.filter(answer__project=project, published_at__isnull=False)
    return list(rows.select_related("answer__theme", "answer__contribution").order_by("answer", "number"))


def newest_of(versions: Iterable[AnswerVersion]) -> list[AnswerVersion]:
    return list({version.answer_id: version for version in versions}.values())


def promises(project: Project, *, now: datetime) -> Iterable[Promise]:
    """What was promised and is not kept yet, most overdue first."""
    return _promises(project, current_versions(project), now=now)


def _promises(project: Project, versions: Sequence[AnswerVersion], *, now: datetime) -> Iterable[Promise]:
    today = day.of(project, now)
    open_ = [one for one in versions if one.promised_on and one.kept_on is None]
    for version in sorted(open_, key=lambda one: (one.promised_on or today, one.pk)):
        assert version.promised_on is not None
        late = max(0, (today - version.promised_on).days)
        yield Promise(version, _name(version), late)


def _name(version: AnswerVersion) -> str:
    if version.answer.theme is not None:
        return version.answer.theme.name
    return version.answer.contribution.mark if version.answer.contribution else _("What we learned")


def words_of(uids: Sequence[str]) -> dict[str, str]:
    """What the newest published version of each answer says that we do, for the record's verification: one entry an answer."""
    rows = AnswerVersion.objects.filter(answer__uid__in=list(uids), published_at__isnull=False)
    single: dict[str, list[str]] = {}
    for uid, words in rows.order_by("number").values_list("answer__uid", "we_do"):
        single.setdefault(str(uid), []).append(words)
    return {uid: words[0] for uid, words in single.items() if len(words) == 1}


def not_meant(cards: Iterable[Contribution]) -> set[UUID]:
    """Of these cards, those whose author said of a theme: not what I meant. Never who, and never when."""
    rows = Fit.objects.filter(contribution__pk__among=[card.pk for card in cards], right=False)
    return set(rows.values_list("contribution__uid", flat=True))


def marks_of(numbers: Iterable[int]) -> dict[int, list[str]]:
    """Of people without a name, the marks of their cards, oldest first: one row must not look like the next. One query."""
    marks: dict[int, list[str]] = {}
    cards = Contribution.objects.filter(person__in=list(numbers)).exclude(state__in=GONE).order_by("seq")
    for number, mark in cards.values_list("person", "mark"):
        marks.setdefault(number, []).append(mark)
    return marks


def voters(project: Project) -> int:
    """How many people who are still here rated others' cards."""
    return Rating.objects.filter(staying("person__"), contribution__project=project).values("person").distinct().count()


@dataclass(frozen=True)
class Posted:
    """Letters that somebody noted as posted in one go."""

    at: datetime
    letters: int


def posted_lately(project: Project, *, now: datetime) -> list[Posted]:
    """Of the last fortnight, newest first: what can still be taken back."""
    rows = Telling.objects.filter(person__project=project, way=WayKind.POST, state=Told.PRINTED)
    rows = rows.filter(told_at__gt=now - timedelta(days=14)).order_by("-told_at")
    counted = rows.values_list("told_at").annotate(letters=Count("person", distinct=True))
    return [Posted(at, letters) for at, letters in counted]


def who_told(project: Project) -> list[tuple[str, int]]:
    """
    Who of the team told how many people themselves, face to face or by telephone; most first. Whom they told, and what those say of it,
    does not stand here. Three queries.
    """
    people = Person.objects.filter(staying(), project=project, tellings__isnull=False)
    uids = {str(uid) for uid in people.order_by().values_list("uid", flat=True).distinct()}
    noted = Opening.objects.filter(entry__project=project, kind=PersonTold.kind).values_list("by", "about").distinct()
    counts = Counter(by.removeprefix("staff:") for by, about in noted if about in uids)
    names = {str(uid): name for uid, name in Staff.objects.filter(uid__in=list(counts)).values_list("uid", "name")}
    told = [(names.get(uid) or _("Somebody who has left"), count) for uid, count in counts.items()]
    return sorted(told, key=lambda one: (-one[1], one[0]))


def said_no_to(answers: Iterable[Answer]) -> set[int]:
    """
    Of these answers, those that somebody last said no or only partly to, and has not taken everything back since: nobody is left to be
    answered. For answers that meet nothing that is owed; never who.
    """
    wanted = list(answers)
    if not wanted:
        return set()
    last = _last(Confirmation.objects.filter(answer__in=wanted).exclude(says=Says.STOP))
    unheard = last.filter(staying("person__"), says__in=(Says.NO, Says.PARTLY))
    newest = AnswerVersion.objects.filter(answer=OuterRef("answer"), published_at__gt=OuterRef("at"))
    return set(unheard.filter(~Exists(newest)).values_list("answer", flat=True))
