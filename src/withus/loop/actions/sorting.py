"""
The act behind every change of themes: who did what with which cards. Its story is told from it, and it can be taken back.

Cards move by one statement, however many they are, under the project's lock.
"""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BigIntegerField, CharField, DateTimeField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from withus.accounts.models import Staff
from withus.live.models import Contribution
from withus.loop import refusals
from withus.loop.models import Act, ActKind, Answer, AnswerVersion, Placement, Read, Sorter, Taken, Theme
from withus.loop.models_of_answers import Fit
from withus.people.models import Person
from withus.people.staying import staying
from withus.projects.models import Project

By = Staff | Person
Cards = QuerySet[Contribution] | Iterable[Contribution]
MOST_NAMED = 500
"""Cards that an entry of the record names one by one; of more it keeps their number and a digest."""
AS_IT_LAY = ("theme_id", "contribution_id", "by_id", "by_person_id", "at", "came_from_id")


def who(by: By) -> str:
    return f"staff:{by.uid}" if isinstance(by, Staff) else f"person:{by.uid}"


def begin(
    project: Project,
    kind: ActKind,
    *,
    by: By,
    now: datetime,
    theme: Theme | None = None,
    other: Theme | None = None,
    changed: dict[str, Any] | None = None,  # Any: what it changed, as JSON
    undoes: Act | None = None,
) -> Act:
    if isinstance(by, Person):
        still_sorts(by)
    return Act.objects.create(
        project=project,
        kind=kind,
        theme=theme,
        other=other,
        by=by if isinstance(by, Staff) else None,
        by_person=by if isinstance(by, Person) else None,
        at=now,
        changed=changed or {},
        undoes=undoes,
    )


def rows_of(project: Project, cards: Cards) -> QuerySet[Contribution]:
    """Cards of this project only, whatever was handed in."""
    if not isinstance(cards, QuerySet):
        cards = Contribution.objects.filter(pk__in=[card.pk for card in cards])
    return cards.filter(project=project).order_by()


def put(act: Act, theme: Theme, cards: QuerySet[Contribution], *, came_from: Theme | None = None) -> int:
    """Into the theme, each once; how many were new in it. What its author did not mean stays out."""
    return _put(act, theme, cards, "pk", came_from=came_from)


def put_all(act: Act, theme: Theme, *, came_from: Theme) -> int:
    """As `put`, all that lies in another theme. Asked of what lies there: no card is read."""
    return _put(act, theme, Placement.objects.filter(theme=came_from), "contribution_id", came_from=came_from)


def _put(act: Act, theme: Theme, rows: QuerySet[Any], card: str, *, came_from: Theme | None) -> int:
    there = Placement.objects.filter(theme=theme, contribution=OuterRef(card))
    came = came_from.pk if came_from else None
    row = (_number(theme.pk), F(card), _number(act.by_id), _number(act.by_person_id), _at(act), _number(came))
    columns = (*AS_IT_LAY, "act_id")
    meant = ~Exists(Fit.objects.filter(theme=theme, contribution=OuterRef(card), right=False))
    return _copy(rows.filter(~Exists(there), meant).order_by(), Placement, columns, (*row, _number(act.pk)))


def take(act: Act, placements: QuerySet[Placement]) -> int:
    """Out of their themes; how they lay, and by which act, is kept for undoing."""
    columns = (*AS_IT_LAY, "put_by_id", "act_id")
    row: tuple[Combinable, ...] = (*map(F, AS_IT_LAY), F("act_id"), _number(act.pk))
    taken = _copy(placements.order_by(), Taken, columns, row)
    if taken:
        placements.delete()
    return taken


def put_back(act: Act, undone: Act) -> int:
    """What `undone` took lies again as it lay, where it does not already; as put by whoever put it."""
    there = Placement.objects.filter(theme=OuterRef("theme"), contribution=OuterRef("contribution"))
    not_meant = Fit.objects.filter(theme=OuterRef("theme"), contribution=OuterRef("contribution"), right=False)
    Taken.objects.filter(~Exists(there), ~Exists(not_meant), act=undone).update(restored_by=act)
    rows = Taken.objects.filter(restored_by=act).order_by()
    return _copy(rows, Placement, (*AS_IT_LAY, "act_id"), tuple(map(F, (*AS_IT_LAY, "put_by_id"))))


def take_what_it_put(act: Act, undone: Act) -> int:
    """What `undone` put goes out, and what it put back as others had put it."""
    taken = take(act, Placement.objects.filter(act=undone))
    restored = Taken.objects.filter(restored_by=undone)
    if not restored.exists():
        return taken
    same = Q(put_by=OuterRef("act")) | Q(put_by=None)
    lay = restored.filter(same, theme=OuterRef("theme"), contribution=OuterRef("contribution"))
    there = Placement.objects.filter(contribution__in=restored.values("contribution"))
    return taken + take(act, there.filter(Exists(lay)))


def _copy(
    rows: QuerySet[Any], into: type[Placement | Taken], names: Sequence[str], values: Sequence[Combinable]
) -> int:
    """One INSERT from a SELECT, whatever the number of rows; how many."""
    columns = {f"c{n}": value for n, value in enumerate(values)}
    try:
        select, given = rows.annotate(**columns).values_list(*columns).query.sql_with_params()
    except EmptyResultSet:
        return 0
    quote = connection.ops.quote_name
    fields = ", ".join(map(quote, names))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {quote(into._meta.db_table)} ({fields}) {select}", given)
        return int(cursor.rowcount)


def _number(value: int | None) -> Value:
    return Value(value, output_field=BigIntegerField(null=True))


def _at(act: Act) -> Value:
    return Value(act.at, output_field=DateTimeField())


def uids_of(act: Act) -> list[str]:
    """The cards that it put or took, in order, each once. Read as they stand in the tables, for a press moves a thousand."""
    uid = Cast("contribution__uid", CharField())
    moved = Placement.objects.filter(act=act).values_list(uid, flat=True)
    moved = moved.union(Taken.objects.filter(act=act).values_list(uid, flat=True))
    return sorted(one if "-" in one else _dashed(one) for one in moved)


def _dashed(uid: str) -> str:
    """SQLite keeps them without."""
    return f"{uid[:8]}-{uid[8:12]}-{uid[12:16]}-{uid[16:20]}-{uid[20:]}"


def named(uids: list[str]) -> dict[str, Any]:  # Any: an entry's facts
    """How an entry says which cards they were."""
    if len(uids) <= MOST_NAMED:
        return {"cards": tuple(uids), "count": len(uids)}
    return {"count": len(uids), "digest": hashlib.sha256("\n".join(uids).encode()).hexdigest()}


def finish(act: Act, *, read: bool = False) -> dict[str, Any]:  # Any: an entry's facts
    """Count its cards, note them as read where somebody of the team handled each by itself, and say which they were."""
    uids = uids_of(act)
    act.cards = len(uids)
    act.save(update_fields=["cards"])
    if read and act.by_id is not None:
        note_read(Contribution.objects.filter(project=act.project, uid__in=uids), by=act.by, now=act.at)
    return named(uids)


def note_read(cards: QuerySet[Contribution], *, by: Staff | None, now: datetime) -> int:
    fresh = list(cards.filter(read=None).values_list("pk", flat=True))
    Read.objects.bulk_create((Read(contribution_id=pk, by=by, at=now) for pk in fresh), ignore_conflicts=True)
    return len(fresh)


def still_sorts(person: Person) -> None:
    """Under the lock: whoever was taken off the sorting table meanwhile does nothing more."""
    if not Sorter.objects.filter(staying("person__"), person=person, ended_at=None).exists():
        raise refusals.NotSorting


def others_work_on(theme: Theme, person: Person) -> bool:
    """Whether anybody but this participant did something with it that stands, or began an answer to it."""
    acts = Act.objects.filter(Q(theme=theme) | Q(other=theme), undone_at=None)
    return acts.exclude(by_person=person).exists() or Answer.objects.filter(theme=theme).exists()


def still_there(theme: Theme) -> Theme:
    """The theme as it stands under the lock. Refuses where somebody removed or merged it meanwhile."""
    theme.refresh_from_db()
    if theme.removed_at is not None:
        raise refusals.ThemeGone
    return theme


def is_answered(theme: Theme) -> bool:
    return AnswerVersion.objects.filter(answer__theme=theme, published_at__isnull=False).exists()
