"""
The facts of a project, read from its tables: what `withus check` reads from a file.

A constant number of queries, whatever the project's size. What has no table yet is left out, which means "not known".
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.dateparse import parse_date

from withus.charter.models import Change, Charter, Decision
from withus.checkup.counts import Counts, charter_with_counts
from withus.checkup.held import live_of, method_id, methods_of
from withus.checkup.people import rows_of
from withus.checkup.returned import feedback_of
from withus.facts import block as block_facts
from withus.facts import decision as decision_facts
from withus.facts import project as project_facts
from withus.facts import workshop as workshop_facts
from withus.facts.words import BlockKind, Emotive, Format, Openness, Stage
from withus.live.models import ParkedSubject
from withus.plan import asks as plan
from withus.plan.models import Block
from withus.projects import day
from withus.projects.models import Project, ProjectState
from withus.table.models import Seat, Workshop, WorkshopState


def facts_of(project: Project, *, now: datetime) -> project_facts.Project:
    """The project as it stands on this day in its own zone."""
    return read(project, now=now).facts


@dataclass(frozen=True)
class Reading:
    """The facts, and the rows that the label is worked out from: read once for both."""

    facts: project_facts.Project
    charter: Charter
    decisions: list[Decision]
    signatures: int


def read(project: Project, *, now: datetime) -> Reading:
    """Eleven queries at most, whatever the size: everything that is only counted stands in the charter's own query."""
    charter, counts = charter_with_counts(project, today=day.of(project, now))
    decisions = list(Decision.objects.filter(project=project, removed_at=None))
    facts = _facts(project, charter, counts, decisions, now=now)
    return Reading(facts, charter, decisions, counts.signatures)


def _facts(
    project: Project, charter: Charter, counts: Counts, decisions: list[Decision], *, now: datetime
) -> project_facts.Project:
    today = day.of(project, now)
    workshops = list(Workshop.objects.filter(project=project).select_related("running", "afterwards"))
    blocks = _blocks(project)
    changes = list(Change.objects.filter(project=project).select_related("decision").order_by("at", "pk"))
    invited_on = day.of(project, charter.frozen_at) if charter.frozen_at else None
    return project_facts.Project(
        title=project.title,
        today=today,
        stage=_stage(project, workshops),
        setting=charter.setting or None,
        claim=None,
        emotive=Emotive(charter.emotive) if charter.emotive else None,
        groups=tuple(charter.groups) or None,
        invited_on=invited_on,
        input_closes=charter.input_closes,
        safeguarding_lead=bool(charter.safe_person),
        scope=project_facts.Scope(told_on=invited_on, how="invitation") if invited_on else None,
        contributions=project_facts.Contributions(people=counts.people, items=counts.items),
        decisions=_decisions(project, decisions, blocks, changes, invited_on=invited_on),
        changes=_changes(project, changes),
        workshops=_workshops(project, workshops, blocks),
        methods=methods_of(blocks),
        feedback=feedback_of(project, charter, counts=counts, changes=changes, now=now),
    )


def _stage(project: Project, workshops: list[Workshop]) -> Stage:
    if project.state == ProjectState.CLOSED:
        return Stage.CLOSED
    begun = any(workshop.state != WorkshopState.PLANNED for workshop in workshops)
    return Stage.RUNNING if begun or project.state == ProjectState.RUNNING else Stage.PLANNED


def _blocks(project: Project) -> dict[int, list[Block]]:
    rows: dict[int, list[Block]] = {}
    for block in Block.objects.filter(workshop__project=project).prefetch_related("about"):
        rows.setdefault(block.workshop_id, []).append(block)
    return rows


def _decisions(
    project: Project,
    decisions: list[Decision],
    blocks: dict[int, list[Block]],
    changes: list[Change],
    *,
    invited_on: date | None,
) -> tuple[decision_facts.Decision, ...]:
    asked: dict[int, set[str]] = {}
    for rows in blocks.values():
        for block in rows:
            for one in block.about.all():
                asked.setdefault(one.pk, set())
                if not block.dropped:
                    asked[one.pk].add(_workshop_id(block.workshop_id))
    return tuple(
        decision_facts.Decision(
            id=_decision_id(row),
            what=row.what,
            openness=Openness(row.openness),
            decider=row.decider or None,
            options=tuple(row.options) or None,
            limits=_limits(row),
            settled_on=row.settled_on,
            public_on=_public_on(project, row, changes, invited_on),
            asked_in=tuple(sorted(asked[row.pk])) if row.pk in asked else None,
            evidence=row.evidence or None,
            acts=_acts(row) or None,
        )
        for row in decisions
    )


def _acts(row: Decision) -> tuple[decision_facts.Act, ...]:
    return tuple(
        decision_facts.Act(on=parse_date(act["on"]), what=act["what"], closes=tuple(act["closes"]) or None)
        for act in row.acts
    )


def _public_on(project: Project, row: Decision, changes: list[Change], invited_on: date | None) -> date | None:
    """
    The day on which people could first read that it is settled: when it was written down after they were invited, or else with the
    invitation itself. Until then it is shown to nobody.
    """
    if row.settled_on is None:
        return None
    shown = [
        day.of(project, one.at)
        for one in changes
        if one.decision_id == row.pk and (one.field, one.after) in (("openness", Openness.SETTLED), ("what", row.what))
    ]
    return shown[-1] if shown else invited_on


def _limits(row: Decision) -> tuple[decision_facts.Limit, ...] | None:
    if not row.limit:
        return None
    return (decision_facts.Limit(what=row.limit, because=row.limit_because or None),)


def _changes(project: Project, changes: list[Change]) -> tuple[decision_facts.Change, ...]:
    """Changes since the invitation that narrowed what people may change. That of a removed decision stays: it was asked about."""
    return tuple(
        decision_facts.Change(
            on=day.of(project, row.at),
            decision=_decision_id(row.decision) if row.decision and row.decision.removed_at is None else None,
            before=row.before or None,
            after=row.after or None,
            because=row.because or None,
            told_on=day.of(project, row.told_at) if row.told_at else None,
            input_reconsidered=row.reconsidered,
        )
        for row in changes
        if row.narrows
    )


def _workshops(
    project: Project, workshops: list[Workshop], blocks: dict[int, list[Block]]
) -> tuple[workshop_facts.Workshop, ...]:
    seats: dict[int, list[Seat]] = {}
    rows = (
        Seat.objects.filter(workshop__project=project, person__erased_at=None).exclude(answer="no").exclude(came=False)
    )
    for seat in rows.select_related("person__place", "person__need", "person__pay"):
        seats.setdefault(seat.workshop_id, []).append(seat)
    parked: dict[int, list[ParkedSubject]] = {}
    for subject in ParkedSubject.objects.filter(workshop__project=project).select_related("contribution"):
        parked.setdefault(subject.workshop_id, []).append(subject)
    return tuple(
        workshop_facts.Workshop(
            id=_workshop_id(one.pk),
            on=one.on,
            starts=one.starts,
            ends=one.ends,
            format=Format(one.format),
            papers_sent_on=one.papers_sent_on,
            papers_pages=one.papers_pages,
            pre_meeting=one.pre_meeting,
            chair=_chair(seats.get(one.pk, [])),
            decision_rule=one.decision_rule or None,
            people=rows_of(seats.get(one.pk, [])) or None,
            plan=_plan(one, blocks.get(one.pk, [])) or None,
            parked=tuple(_parked(row) for row in parked.get(one.pk, [])) or None,
            live=live_of(one, project),
        )
        for one in workshops
    )


def _chair(seats: list[Seat]) -> workshop_facts.Chair | None:
    for seat in seats:
        if seat.chair:
            place = getattr(seat.person, "place", None)
            lived = {"yes": True, "no": False}.get(place.lived) if place else None
            return workshop_facts.Chair(role=place.role if place else None, lived=lived)
    return None


def _plan(workshop: Workshop, blocks: list[Block]) -> tuple[block_facts.Block, ...]:
    kept = [block for block in blocks if not block.dropped]
    starts = {timed.block.pk: timed.starts for timed in plan.timed(workshop, kept)}
    return tuple(
        block_facts.Block(
            starts=starts.get(block.pk),
            minutes=block.minutes,
            kind=BlockKind(block.kind),
            about=tuple(sorted(_decision_id(one) for one in block.about.all() if one.removed_at is None)) or None,
            dropped=block.dropped or None,
            method=method_id(block),
            note=block.note or None,
        )
        for block in blocks
    )


def _parked(row: ParkedSubject) -> workshop_facts.Parked:
    return workshop_facts.Parked(
        subject=row.contribution.mark,
        owner=(row.owner or "") if row.owner_agreed else "",
        return_on=row.return_on,
        returned_on=row.returned_on,
    )


def _decision_id(row: Decision) -> str:
    return f"d{row.pk}"


def _workshop_id(pk: int) -> str:
    return f"w{pk}"
