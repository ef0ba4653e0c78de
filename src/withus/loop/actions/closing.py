"""A project closes when nobody is owed and each person was told, or it is written down why not; or it rests, and says so."""

from datetime import datetime, timedelta

from withus.accounts.models import Staff
from withus.findings.gate import gate
from withus.loop import refusals
from withus.loop.entries import ProjectClosed, ProjectRests
from withus.loop.models import Due, Telling, Told
from withus.people.models import Person, WayKind
from withus.projects import actions as projects
from withus.projects.models import Project, ProjectState
from withus.record import log as record

WAITED = timedelta(weeks=8)
"""How long an answer waits at somebody's words who left no way to be reached (D)."""
REACHED = (Told.SENT, Told.PRINTED, Told.READ, Told.UNREACHABLE)


def close(project: Project, *, by: Staff, now: datetime) -> Project:
    """Close it. Refuses with the list of those who wait. A "no" opens it again for a year."""
    with record.writing(project, now=now) as log:
        dues, untold = what_holds_it(project, now=now)
        if dues or untold:
            raise refusals.StillOwed(dues, untold)
        gate(project, "close project", now=now)
        projects.set_state(project, state=ProjectState.CLOSED, now=now)
        log.append(ProjectClosed(), by=f"staff:{by.uid}", about=project.uid)
    return project


def rest(project: Project, *, rests: bool, by: Staff, now: datetime) -> Project:
    """No worker or no money for now: an honest state that is not closed."""
    with record.writing(project, now=now) as log:
        projects.set_state(project, state=ProjectState.RESTING if rests else ProjectState.RUNNING, now=now)
        log.append(ProjectRests(rests=rests), by=f"staff:{by.uid}", about=project.uid)
    return project


def what_holds_it(project: Project, *, now: datetime) -> tuple[list[Due], list[Person]]:
    """Answers still owed, and people who were not told yet by a way of theirs. Silence holds nothing; it is not heard either."""
    dues = Due.objects.filter(project=project, met_at=None, acknowledgement_only=False)
    dues = dues.exclude(contribution__state__in=("withdrawn", "erased")).select_related("contribution")
    untold: dict[int, Person] = {}
    rows = Telling.objects.filter(person__project=project, person__erased_at=None).exclude(state__in=REACHED)
    for telling in rows.select_related("person"):
        if telling.way == WayKind.NONE and now - telling.at >= WAITED:
            continue
        untold[telling.person_id] = telling.person
    return list(dues), list(untold.values())
