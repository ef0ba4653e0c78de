"""The only writer of findings: the facts are read, every rule looks, and what was found replaces what was found before."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from withus.charter import asks as charter
from withus.checkup.collect import facts_of
from withus.findings import actions as findings
from withus.findings.models import Found, NotKnown
from withus.post import actions as post
from withus.projects.models import Project
from withus.record.log import Said
from withus.traps.judge import judge

PAUSE = timedelta(seconds=5)
"""A project in a live workshop is judged at most this often, so that no contribution waits for the checker."""


def judge_now(project: Project, now: datetime) -> None:
    """Judge the project as it stands, inside the caller's transaction."""
    verdict = judge(facts_of(project, now=now))
    part = charter.labels(project)
    found = [Found(project=project, found_at=now, **each.as_row()) for each in verdict.findings]
    not_known = [
        NotKnown(project=project, rule=each.rule, trap=each.trap, missing=list(each.missing))
        for each in verdict.cannot_tell
    ]
    labels = {
        str(one.decision.uid): {"label": one.whole.label.value, "because": one.whole.because} for one in part.decisions
    }
    findings.keep(
        project,
        found=found,
        not_known=not_known,
        label=part.whole_label.value,
        because=part.whole_because,
        labels=labels,
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
    project = Project.objects.filter(uid=UUID(reference["project"])).first()
    if project is not None:
        judge_now(project, now)
