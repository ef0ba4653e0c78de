"""Twelve weeks have passed and not everybody has an answer: the team says why, in public."""

from datetime import datetime

from withus.accounts.models import Staff
from withus.loop import refusals
from withus.loop.entries import LateExplained
from withus.loop.models_of_answers import LateBecause
from withus.loop.norm import countdown
from withus.projects.models import Project
from withus.record import log as record


def explain_late(project: Project, *, because: str, by: Staff, now: datetime) -> LateBecause:
    """
    Only once it is late: an explanation beforehand would be leave to be late. Said anew in other words, both stay, and the newer is shown.
    """
    if not because.strip():
        raise refusals.SayWhyLate
    with record.writing(project, now=now) as log:
        left = countdown(project, now=now)
        if left is None or not left.is_late:
            raise refusals.NotLateYet
        last = LateBecause.objects.filter(project=project).order_by("-pk").first()
        if last is not None and last.because == because.strip()[:4000]:
            return last
        row = LateBecause.objects.create(project=project, because=because.strip()[:4000], by=by, at=now)
        log.append(LateExplained(days=left.days_late), by=f"staff:{by.uid}", about=project.uid, words=row.because)
    return row
