"""Pages with a form that a way out fills in: each opener gives an address, and reads only what it needs for the proposal."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise

from withus.charter.models import Charter, Decision, Openness
from withus.facts.words import BlockKind
from withus.findings import proposal
from withus.findings.models import Found
from withus.loop import asks as loop
from withus.people.sealed import unseal
from withus.plan.models import Block
from withus.projects import day
from withus.projects.models import Project
from withus.table.models import Role, Seat, Workshop, WorkshopState

Opener = Callable[[Project, Found, str], str]
"""The project, the finding, and the way out in words; gives the address of the page, with the proposal."""
Words = str | Promise
# Any: what a form field begins with.
Value = Any
A_DAY_OR_TWO = timedelta(days=14)


def page(name: str) -> Opener:
    """A page that is itself the proposal: the people not invited yet, all ticked; the letters that wait."""

    def opened(project: Project, _found: Found, says: str) -> str:
        return proposal.address(project, reverse(name, args=[project.address]), says=says, fields={})

    return opened


def at_late_promise(project: Project, found: Found, says: str) -> str:
    """The answer whose day passed first: there it is said to be kept, or a newer one is written."""
    late = next(iter(loop.promises(project, now=timezone.now())), None)
    if late is None:
        return page("loop:themes")(project, found, says)
    path = reverse("loop:publish", args=[project.address, late.version.answer.uid])
    return proposal.address(project, path, says=says, fields={})


def at_decision(**fields: Value) -> Opener:
    """
    The decision that the finding speaks of, or the first that is open. A time span is counted from today; a function is given the
    finding and the row.
    """

    def opened(project: Project, found: Found, says: str) -> str:
        row = _decision(project, found)
        if row is None:
            return new_decision()(project, found, says)
        path = reverse("charter:decision", args=[project.address, row.uid])
        return proposal.address(project, path, says=says, fields=_values(fields, project, found, row))

    return opened


def new_decision() -> Opener:
    def opened(project: Project, _found: Found, says: str) -> str:
        path = reverse("charter:decision_new", args=[project.address])
        return proposal.address(project, path, says=says, fields={"openness": Openness.OPEN.value})

    return opened


def at_charter(**fields: Value) -> Opener:
    def opened(project: Project, found: Found, says: str) -> str:
        row = Charter.objects.get(project=project)
        path = reverse("charter:charter", args=[project.address])
        return proposal.address(project, path, says=says, fields=_values(fields, project, found, row))

    return opened


def at_workshop(**fields: Value) -> Opener:
    """Day, time, how it decides, what goes before it. One that is over stays as it was: then it is about the next."""

    def opened(project: Project, found: Found, says: str) -> str:
        row = next_workshop(project, found)
        if row is None:
            return second_day()(project, found, says)
        path = reverse("table:workshop", args=[project.address, row.uid])
        return proposal.address(project, path, says=says, fields=_values(fields, project, found, row))

    return opened


def second_day() -> Opener:
    """A workshop like the one that it speaks of, two weeks later or, where that is past, from today."""

    def opened(project: Project, found: Found, says: str) -> str:
        path = reverse("table:workshop_new", args=[project.address])
        like = _workshop(project, found) or Workshop.objects.filter(project=project).last()
        fields: dict[str, Value] = {}
        if like is not None:
            later = max(like.on, _today(project, found)) + A_DAY_OR_TWO
            fields = {
                "title": like.title,
                "on": later.isoformat(),
                "starts": like.starts.strftime("%H:%M"),
                "ends": like.ends.strftime("%H:%M"),
                "place": like.place,
                "format": like.format,
            }
        return proposal.address(project, path, says=says, fields=fields)

    return opened


def add_block(
    kind: BlockKind, minutes: int | Callable[[Found], int], *, note: Words = "", prompt: Words = ""
) -> Opener:
    """A part more in the plan of the next workshop that it can still be put into. It takes nothing from another."""

    def opened(project: Project, found: Found, says: str) -> str:
        row = next_workshop(project, found)
        if row is None:
            return second_day()(project, found, says)
        long = minutes if isinstance(minutes, int) else minutes(found)
        fields: dict[str, Value] = {"kind": kind.value, "minutes": long}
        fields |= {name: str(words) for name, words in (("note", note), ("prompt", prompt)) if words}
        about = _decision(project, found) if kind in (BlockKind.ACTIVITY, BlockKind.INFORMATION) else None
        if about is not None and found.where.startswith("decision:"):
            fields["about"] = [about.pk]
        path = reverse("plan:add", args=[project.address, row.uid])
        return proposal.address(project, path, says=says, fields=fields)

    return opened


def at_block(kinds: Iterable[BlockKind], **fields: Value) -> Opener:
    """The longest part of these kinds that it speaks of; where there is none, a new one."""
    wanted = tuple(kinds)

    def opened(project: Project, found: Found, says: str) -> str:
        workshop = next_workshop(project, found)
        rows = Block.objects.filter(workshop=workshop, kind__in=wanted, dropped=False).order_by("-minutes", "order")
        row = rows.first() if workshop else None
        if row is None:
            return add_block(wanted[0], 20)(project, found, says)
        path = reverse("plan:block", args=[project.address, row.workshop.uid, row.uid])
        return proposal.address(project, path, says=says, fields=_values(fields, project, found, row))

    return opened


def invite_somebody(*, vote: bool = False) -> Opener:
    """Somebody who takes part because of what they lived, at the workshop that it speaks of."""

    def opened(project: Project, found: Found, says: str) -> str:
        workshop = next_workshop(project, found)
        fields: dict[str, Value] = {"role": Role.MEMBER.value}
        if workshop is not None:
            fields |= {"workshops": [str(workshop.uid)]} | ({"vote": "yes"} if vote else {})
        path = reverse("table:add", args=[project.address])
        return proposal.address(project, path, says=says, fields=fields)

    return opened


def at_seat(*, roles: Iterable[Role], without: str = "", **fields: Value) -> Opener:
    """
    The first seat of these parts in that workshop. Chosen by the part that somebody takes, which the team gave them; never by what they
    said of themselves in private.
    """
    wanted = [role.value for role in roles]

    def opened(project: Project, found: Found, says: str) -> str:
        rows = Seat.objects.filter(person__project=project, person__erased_at=None, person__place__role__in=wanted)
        workshop = _workshop(project, found)
        rows = rows.filter(workshop=workshop) if workshop is not None else rows
        rows = rows.exclude(vote=True) if without == "vote" else rows
        seat = next(
            (one for one in rows.select_related("person__pay").order_by("pk") if without != "pay" or _unpaid(one)), None
        )
        if seat is None:
            return page("table:table")(project, found, says)
        path = reverse("table:person", args=[project.address, seat.person.uid])
        return proposal.address(project, path, says=says, fields=_values(fields, project, found, seat))

    return opened


def _unpaid(seat: Seat) -> bool:
    kept = getattr(seat.person, "pay", None)
    said = (unseal(kept.sealed) or {}) if kept else {}
    return str(said.get("state", "none")) == "none"


def day_in_evidence(*names: str) -> Callable[[Found, Any], str]:
    """The first of these days that the finding gives."""

    def value(found: Found, _row: Any) -> str:
        return next((str(found.evidence[name]) for name in names if name in found.evidence), "")

    return value


def minutes_in_evidence(name: str, *, else_: int) -> Callable[[Found], int]:
    return lambda found: int(found.evidence.get(name, else_))


def a_line_more(name: str, words: Words) -> Callable[[Found, Any], str]:
    """What stands in a list, a line each, and one line more."""
    return lambda _found, row: "\n".join([*getattr(row, name), str(words)])


def text_before(words: Words) -> Callable[[Found, Any], str]:
    """These words, and then the note that is there."""
    return lambda _found, row: f"{words}\n{row.note}".strip()


def later_by(minutes: int) -> Callable[[Found, Any], str]:
    """The booked end, so much later, on the same day."""

    def value(_found: Found, row: Workshop) -> str:
        whole = min(row.ends.hour * 60 + row.ends.minute + minutes, 23 * 60 + 59)
        return f"{whole // 60:02d}:{whole % 60:02d}"

    return value


def next_workshop(project: Project, found: Found) -> Workshop | None:
    """The one that it speaks of while that is not over; else the first that is still to come."""
    row = _workshop(project, found)
    if row is not None and row.state != WorkshopState.ENDED:
        return row
    return Workshop.objects.filter(project=project).exclude(state=WorkshopState.ENDED).first()


def _workshop(project: Project, found: Found) -> Workshop | None:
    kind, _colon, name = found.where.partition(":")
    if kind != "workshop" or not name[1:].isdecimal():
        return None
    return Workshop.objects.filter(project=project, pk=int(name[1:])).first()


def _decision(project: Project, found: Found) -> Decision | None:
    rows = Decision.objects.filter(project=project, removed_at=None)
    kind, _colon, name = found.where.partition(":")
    if kind == "decision" and name[1:].isdecimal():
        return rows.filter(pk=int(name[1:])).first()
    return rows.exclude(openness=Openness.SETTLED).first() or rows.first()


def first_open(project: Project) -> Decision | None:
    return Decision.objects.filter(project=project, removed_at=None).exclude(openness=Openness.SETTLED).first()


def _values(fields: Mapping[str, Value], project: Project, found: Found, row: Any) -> dict[str, Value]:
    return {name: _value(value, project, found, row) for name, value in fields.items()}


def _value(value: Value, project: Project, found: Found, row: Any) -> Value:
    if isinstance(value, timedelta):
        return (_today(project, found) + value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if callable(value) and not isinstance(value, Promise):
        return value(found, row)
    return str(value) if isinstance(value, Promise) else value


def _today(project: Project, found: Found) -> date:
    """The day in the project's own zone on which it was judged last."""
    return (
        day.of(project, found.project.judged.at)
        if hasattr(found.project, "judged")
        else day.of(project, found.found_at)
    )
