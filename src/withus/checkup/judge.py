"""The only writer of findings: the facts are read, every rule looks, and what was found replaces what was found before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from withus.charter import asks as charter
from withus.checkup.collect import read
from withus.findings import actions as findings
from withus.findings.models import Found, NotKnown
from withus.post import actions as post
from withus.projects import day
from withus.projects.models import Project, ProjectState
from withus.record import log as record
from withus.record.log import Said
from withus.traps.judge import judge

PAUSE = timedelta(seconds=5)
"""A project in a live workshop is judged at most this often, so that no contribution waits for the checker."""
MORNING, AN_HOUR = time(0, 5), 3600
"""When a project is judged although nobody did anything: a day that people were given passes by itself. Spread over an hour."""


@dataclass(frozen=True)
class Verdicts:
    """What was found and the labels, before they are written."""

    found: list[Found]
    not_known: list[NotKnown]
    label: str
    because: str
    labels: dict[str, dict[str, str]]


def look(project: Project, now: datetime) -> Verdicts:
    """Read the facts and let every rule look. Writes nothing."""
    reading = read(project, now=now)
    verdict = judge(reading.facts)
    part = charter.labels_from(reading.charter, reading.decisions, reading.signatures)
    return Verdicts(
        found=[Found(project=project, found_at=now, **each.as_row()) for each in verdict.findings],
        not_known=[
            NotKnown(project=project, rule=each.rule, trap=each.trap, missing=list(each.missing))
            for each in verdict.cannot_tell
        ],
        label=part.whole_label.value,
        because=part.whole_because,
        labels={
            str(one.decision.uid): {"label": one.whole.label.value, "because": one.whole.because}
            for one in part.decisions
        },
    )


def judge_now(project: Project, now: datetime) -> None:
    """Judge the project as it stands, inside the caller's transaction."""
    _keep(project, look(project, now), now)


def _keep(project: Project, seen: Verdicts, now: datetime) -> None:
    findings.keep(
        project,
        found=seen.found,
        not_known=seen.not_known,
        label=seen.label,
        because=seen.because,
        labels=seen.labels,
        now=now,
    )


def after_an_act(said: Said) -> None:
    """Within the act's own transaction: charter, table and plan."""
    judge_now(said.project, said.at)


def soon(said: Said) -> None:
    """Within, as a job: live and loop. Equal jobs that wait stand for one."""
    reference = {"project": str(said.project.uid)}
    post.queue_job("checkup.judge", reference=reference, once=f"judge:{said.project.pk}", run_at=said.at + PAUSE)


def soon_for_many(said: Sequence[Said]) -> None:
    """The same for many entries at once: one job."""
    soon(said[-1])


def judge_job(reference: dict[str, Any], now: datetime) -> None:
    """
    The facts are read and judged outside of the project's lock, so that no contribution waits for it. Who judged in the meantime, inside an
    act, knew more: then theirs stays.
    """
    project = Project.objects.filter(uid=UUID(reference["project"])).first()
    if project is None:
        return
    before = findings.judged_at(project)
    seen = look(project, now)
    with record.writing(project, now=now):
        if findings.judged_at(project) == before:
            _keep(project, seen, now)
        _again_in_the_morning(project, now)


def _again_in_the_morning(project: Project, now: datetime) -> None:
    """From the first card on, until it is closed: closing asks for every answer, and what opens it again is an act."""
    if project.state == ProjectState.CLOSED:
        return
    tomorrow = day.of(project, now) + timedelta(days=1)
    run_at = day.instant(project, tomorrow, MORNING) + timedelta(seconds=project.pk * 7 % AN_HOUR)
    once = f"morning:{project.pk}:{tomorrow:%Y%m%d}"
    post.queue_job("checkup.morning", reference={"project": str(project.uid)}, once=once, run_at=run_at, days=2)
