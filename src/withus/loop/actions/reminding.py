"""The team is reminded of each promise, 7 days before its day and 1 day before: once each, and never of what is kept or has moved."""

from datetime import date, datetime, time, timedelta

from withus.accounts.models import Staff
from withus.loop.models import AnswerVersion
from withus.people.models import WayKind
from withus.post import actions as post
from withus.projects import day
from withus.projects.access import RUNS_IT
from withus.record import log as record

BEFORE = (7, 1)
"""Days."""
MORNING = time(8, 0)


def remind_before(version: AnswerVersion, *, now: datetime) -> None:
    """Plan the reminders of a published promise, and the look on the day after it. One whose morning has passed already is left out."""
    if version.promised_on is None or version.kept_on is not None:
        return
    project, uid = version.answer.project, str(version.answer.uid)
    for days in BEFORE:
        run_at = day.instant(project, version.promised_on - timedelta(days=days), MORNING)
        if run_at > now:
            reference = {"answer": uid, "on": version.promised_on.isoformat(), "days": days}
            once = f"remind:{uid}:{run_at:%Y%m%d}"
            post.queue_job("promise.remind", reference=reference, once=once, run_at=run_at, days=None)
    after = day.instant(project, version.promised_on + timedelta(days=1), time(0, 5))
    reference = {"answer": uid, "on": version.promised_on.isoformat()}
    once = f"broken:{uid}:{after:%Y%m%d}"
    post.queue_job("promise.broken", reference=reference, once=once, run_at=after, days=None)


def remind(reference: dict[str, str | int], now: datetime) -> None:
    """
    The job. Each reminder has a window: from its morning until the next one's, or the day itself. A worker that slept through it sends
    nothing stale, and a clock that jumps back sends nothing twice.
    """
    on, days = date.fromisoformat(str(reference["on"])), int(reference["days"])
    rows = AnswerVersion.objects.filter(answer__uid=str(reference["answer"]), published_at__isnull=False)
    current = rows.select_related("answer__project").order_by("-number").first()
    if current is None or current.promised_on != on or current.kept_on is not None:
        return
    project = current.answer.project
    left = (on - day.of(project, now)).days
    ends = max((one for one in BEFORE if one < days), default=-1)
    if not ends < left <= days:
        return
    with record.writing(project, now=now):
        for staff in Staff.objects.filter(
            team_places__project=project, team_places__part__in=RUNS_IT, is_active=True
        ).distinct():
            post.queue(
                "promise.near",
                way=WayKind.EMAIL,
                reference={"answer": str(reference["answer"]), "staff": str(staff.uid), "on": on.isoformat()},
                once=f"promise-near:{reference['answer']}:{on:%Y%m%d}:{days}:{staff.pk}",
                belongs_to=project.uid,
                run_at=now,
            )
