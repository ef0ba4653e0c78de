from collections.abc import Iterable, Mapping
from datetime import datetime, time
from uuid import UUID, uuid4

from django.utils.translation import gettext_lazy as _

from withus.accounts.models import Staff
from withus.charter.models import Decision
from withus.plan.entries import PlanChanged
from withus.plan.models import Block, BlockKind
from withus.projects.refused import Refused
from withus.record import log as record
from withus.table.models import Workshop, WorkshopState

Making = Mapping[str, str | list[str]]
"""What people do in a part: `stimuli`, `leaves`, `requires`, `adaptations`. What is left out is not known."""
LONGEST = 600
"""Minutes: ten hours. Nobody's day is longer, and a slip of the finger is not a plan."""


class NotMinutes(Refused):
    sentence = _("Say how many minutes it takes: from 1 to 600.")


class PlanIsOver(Refused):
    sentence = _("This workshop has ended. Its plan stays as it was.")


class NotAKind(Refused):
    sentence = _("Choose what kind of part this is.")


class ChangedMeanwhile(Refused):
    """Two people edited the same block: both texts are shown and neither is lost."""

    sentence = _("Somebody else changed this part just now. Both versions are below. Choose what to keep.")

    def __init__(self, block: Block) -> None:
        super().__init__()
        self.block = block


class MovedMeanwhile(Refused):
    """The press was made on an older page: what it asked for would be something else now."""

    sentence = _(
        "The plan has changed since you opened this page, so nothing was moved. Look at it now, then press again."
    )


def add_block(
    workshop: Workshop,
    *,
    kind: str,
    minutes: int,
    by: Staff,
    now: datetime,
    title: str = "",
    prompt: str = "",
    method: str = "",
    note: str = "",
    about: Iterable[Decision] = (),
    pinned: time | None = None,
    making: Making | None = None,
    uid: UUID | None = None,
) -> Block:
    """Put a block at the end of the plan. `uid`: by what the same sending is known when it comes twice."""
    _check(workshop, kind, minutes)
    with record.writing(workshop.project, now=now) as log:
        there = Block.objects.filter(workshop=workshop, uid=uid).first() if uid else None
        if there is not None and not there.dropped:
            return there
        last = Block.objects.filter(workshop=workshop).order_by("-order").first()
        block = Block.objects.create(
            uid=uid if uid and there is None else uuid4(),
            workshop=workshop,
            order=(last.order + 1) if last else 1,
            kind=kind,
            title=title.strip(),
            minutes=minutes,
            pinned=pinned,
            prompt=prompt.strip(),
            method=method.strip(),
            note=note.strip(),
            making=dict(making or {}),
        )
        block.about.set(about)
        _say(log, "added", block, by)
    return block


def change_block(
    block: Block,
    *,
    version: int,
    kind: str,
    minutes: int,
    by: Staff,
    now: datetime,
    title: str = "",
    prompt: str = "",
    method: str = "",
    note: str = "",
    about: Iterable[Decision] = (),
    pinned: time | None = None,
    making: Making | None = None,
) -> Block:
    """Change a block that was read as `version`. A newer one refuses, with the newer text, so that neither is lost."""
    _check(block.workshop, kind, minutes)
    with record.writing(block.workshop.project, now=now) as log:
        fresh = Block.objects.get(pk=block.pk)
        if fresh.version != version:
            raise ChangedMeanwhile(fresh)
        before, asked = _as_it_stands(fresh), set(fresh.about.values_list("pk", flat=True))
        about = list(about)
        fresh.kind, fresh.minutes, fresh.pinned = kind, minutes, pinned
        fresh.title, fresh.prompt = title.strip(), prompt.strip()
        fresh.method, fresh.note = method.strip(), note.strip()
        if making is not None:
            fresh.making = dict(making)
        if before == _as_it_stands(fresh) and asked == {one.pk for one in about}:
            return fresh
        fresh.version += 1
        fresh.save()
        fresh.about.set(about)
        _say(log, "changed", fresh, by)
    return fresh


def move_block(block: Block, *, to: int, by: Staff, now: datetime, seen: int | None = None) -> Block:
    """
    Put the block at place `to` of the plan, counted from 1. A place beyond the end is the end. `seen` is its place on the page that was
    pressed: pressed twice, or by two at once, it moves once, and where it lies elsewhere by now nothing moves.
    """
    _check(block.workshop, block.kind, block.minutes)
    with record.writing(block.workshop.project, now=now) as log:
        rows = list(Block.objects.filter(workshop=block.workshop, dropped=False).order_by("order", "pk"))
        before = [row.pk for row in rows]
        lies = before.index(block.pk) + 1 if block.pk in before else 0
        if seen is not None and (not lies or lies not in (seen, to)):
            raise MovedMeanwhile
        rows = [row for row in rows if row.pk != block.pk]
        rows.insert(max(0, min(to, len(rows) + 1) - 1), block)
        if [row.pk for row in rows] == before:
            return block
        for order, row in enumerate(rows, start=1):
            row.order = order
        Block.objects.bulk_update(rows, ["order"])
        _say(log, "moved", block, by)
    return block


def remove_block(block: Block, *, by: Staff, now: datetime) -> Block:
    """Take a block out of the plan. It stays as dropped, so that what was to be asked in it can be missed, and put back."""
    return _drop(block, dropped=True, what="removed", by=by, now=now)


def put_back(block: Block, *, by: Staff, now: datetime) -> Block:
    return _drop(block, dropped=False, what="put back", by=by, now=now)


def _drop(block: Block, *, dropped: bool, what: str, by: Staff, now: datetime) -> Block:
    _check(block.workshop, block.kind, block.minutes)
    with record.writing(block.workshop.project, now=now) as log:
        block.refresh_from_db(fields=["dropped"])
        if block.dropped == dropped:
            return block
        block.dropped = dropped
        block.save(update_fields=["dropped"])
        _say(log, what, block, by)
    return block


def _as_it_stands(block: Block) -> tuple[object, ...]:
    return block.kind, block.minutes, block.pinned, block.title, block.prompt, block.method, block.note, block.making


def _check(workshop: Workshop, kind: str, minutes: int) -> None:
    if workshop.state == WorkshopState.ENDED:
        raise PlanIsOver
    if kind not in BlockKind.values:
        raise NotAKind
    if not 1 <= minutes <= LONGEST:
        raise NotMinutes


def _say(log: record.Log, what: str, block: Block, by: Staff) -> None:
    rows = Block.objects.filter(workshop=block.workshop, dropped=False).order_by("order", "pk")
    minutes = tuple(rows.values_list("kind", "minutes"))
    log.append(
        PlanChanged(what=what, block=str(block.uid), blocks=minutes), by=f"staff:{by.uid}", about=block.workshop.uid
    )
