"""Taking acts of the workbench back, one or all since a moment. Taking back is an act too, and can itself be taken back."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from withus.loop import refusals
from withus.loop.actions import reading, sorting
from withus.loop.actions.sorting import By
from withus.loop.entries import SortingUndone
from withus.loop.models import Act, ActKind, Theme
from withus.people.models import Person
from withus.projects.models import Project
from withus.record import log as record

MOST_AT_ONCE = 200


def undo(act: Act, *, by: By, now: datetime) -> Act:
    """
    What it put goes out, what it took lies again as it lay, names and removals are as before. What others did since stays; where that
    stands in the way, it has to be taken back first.
    """
    with record.writing(act.project, now=now) as log:
        act.refresh_from_db()
        if isinstance(by, Person):
            _only_theirs(act, by)
        if act.undone_at is not None:
            raise refusals.UndoneAlready
        again = _done_again(act)
        if again is not None:
            return undo(again, by=by, now=now)
        undoing = sorting.begin(
            act.project, ActKind.UNDONE, by=by, now=now, theme=act.theme, other=act.other, undoes=act
        )
        undoing.changed = _change_back(act, now=now)
        undoing.save(update_fields=["changed"])
        sorting.take_what_it_put(undoing, act)
        sorting.put_back(undoing, act)
        _mark(act, now=now)
        sorting.finish(undoing)
        said = SortingUndone(
            of=act.kind, act=str(act.uid), cards=undoing.cards or len(undoing.changed.get("cards", ()))
        )
        log.append(said, by=sorting.who(by), about=act.theme.uid if act.theme else "")
    return undoing


def undo_since(project: Project, *, since: Act, by: By, now: datetime) -> int:
    """
    All acts from this one on, the newest first, so that everything lies as it lay before it; or nothing, where one can't be. Where it lies
    so already, as at the second press of two, nothing is done: the taking back would be taken back and done once more.
    """
    done = 0
    with record.writing(project, now=now):
        first = Q(undoes=None) | Q(undoes__lt=since.pk)
        if not Act.objects.filter(first, project=project, pk__gte=since.pk, undone_at=None).exists():
            return 0
        numbers = list(
            Act.objects.filter(project=project, pk__gte=since.pk)
            .order_by("-pk")
            .values_list("pk", flat=True)[: MOST_AT_ONCE + 1]
        )
        if len(numbers) > MOST_AT_ONCE:
            raise refusals.TooManyAtOnce
        for number in numbers:
            one = Act.objects.select_related("project", "theme", "other").get(pk=number)
            if one.undone_at is None:
                undo(one, by=by, now=now)
                done += 1
    return done


def _only_theirs(act: Act, person: Person) -> None:
    """A participant takes back their own acts, and no theme that others have worked on since."""
    if act.by_person_id != person.pk:
        raise refusals.NotYourAct
    made = {ActKind.MADE: act.theme, ActKind.SPLIT: act.other}.get(ActKind(act.kind))
    if made is not None and sorting.others_work_on(made, person):
        raise refusals.OthersWorkOnIt


def _done_again(act: Act) -> Act | None:
    """The act that stands for this one since its taking back was taken back: what lies now was put by that."""
    return Act.objects.filter(undoes__undoes=act, undone_at=None).select_related("project", "theme", "other").last()


def _mark(act: Act, *, now: datetime) -> None:
    """This one is taken back; what it took back itself stands again; and so on down."""
    undone: datetime | None = now
    one: Act | None = act
    while one is not None:
        one.undone_at = undone
        one.save(update_fields=["undone_at"])
        one, undone = one.undoes, None if undone else now


def _change_back(act: Act, *, now: datetime) -> dict[str, Any]:  # Any: what an act changed, as JSON
    """Themes and cards set apart are as they were before; what that changed, the other way round."""
    back: dict[str, Any] = {}
    for uid, fields in act.changed.get("themes", {}).items():
        theme = Theme.objects.get(project=act.project, uid=UUID(uid))
        _theme_back(theme, fields, now=now)
        back.setdefault("themes", {})[uid] = {name: [after, before] for name, (before, after) in fields.items()}
    if "apart" in act.changed:
        reading.turn(act.project, act.changed["cards"], apart=not act.changed["apart"])
        back |= {"cards": act.changed["cards"], "apart": not act.changed["apart"]}
    return back


def _theme_back(theme: Theme, fields: dict[str, list[Any]], *, now: datetime) -> None:
    removed, name, into = fields.get("removed"), fields.get("name"), fields.get("into")
    if removed is not None:
        if (theme.removed_at is not None) != removed[1]:
            raise refusals.ChangedSince
        if removed[0] and sorting.is_answered(theme):
            raise refusals.StaysForItsAnswer
        theme.removed_at = now if removed[0] else None
    if name is not None:
        if theme.name != name[1]:
            raise refusals.ChangedSince
        theme.name = name[0]
        theme.version += 1
    if into is not None:
        theme.merged_into = Theme.objects.filter(project=theme.project_id, uid=into[0]).first() if into[0] else None
    theme.save(update_fields=["removed_at", "name", "version", "merged_into"])
