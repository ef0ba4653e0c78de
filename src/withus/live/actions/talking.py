"""
Asking for somebody to talk to. Never queued, no entry in the record: it reaches a person who is there now, or it says that it did not.
"""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from withus.accounts.models import Staff
from withus.live.models import Call, Duty
from withus.people.sealed import seal
from withus.post import actions as post
from withus.projects.models import Project
from withus.projects.refused import Refused
from withus.table.models import Workshop, WorkshopState

IN_A_WORKSHOP = timedelta(seconds=60)
ELSEWHERE = timedelta(minutes=60)
LONGEST_PLACE = 200


class SayWhoAndWhen(Refused):
    sentence = _("Say who reads, from when, and until when. The end comes after the start, and is still to come.")


def call(project: Project, *, workshop: Workshop | None, where: str, now: datetime) -> Call:
    """Stands for a minute in a running workshop and for an hour elsewhere; then nothing is left of it."""
    in_room = workshop is not None and workshop.state == WorkshopState.OPEN
    row = Call.objects.create(
        project=project,
        workshop=workshop,
        sealed=seal(where.strip()[:LONGEST_PLACE]),
        at=now,
        until=now + (IN_A_WORKSHOP if in_room else ELSEWHERE),
    )
    post.queue_job("call.forget", reference={"call": str(row.uid)}, once=f"call:{row.uid}", run_at=row.until, days=1)
    return row


def answer_call(row: Call, *, by: Staff, now: datetime) -> bool:
    """Somebody says that they come: the first one does."""
    standing = Call.objects.filter(pk=row.pk, answered_at=None, until__gt=now)
    return bool(standing.update(answered_at=now, answered_by=by))


def forget_call(reference: dict[str, str], now: datetime) -> None:
    """The job: its time is over."""
    Call.objects.filter(uid=reference["call"]).delete()


def end_duties(project: Project) -> None:
    """Those who said these hours have handed the project over. Inside the caller's writing."""
    Duty.objects.filter(project=project).delete()


def add_duty(project: Project, *, who: str, begins: datetime, ends: datetime, now: datetime) -> Duty:
    """Hours in which somebody reads, outside a workshop too; the same hours once. Hours that are over are forgotten."""
    if not who.strip() or ends <= begins or ends <= now:
        raise SayWhoAndWhen
    Duty.objects.filter(project=project, ends__lt=now).delete()
    said = {"who": who.strip()[:200], "begins": begins, "ends": ends}
    return Duty.objects.filter(project=project, **said).first() or Duty.objects.create(project=project, **said)


def remove_duty(project: Project, *, uid: str) -> None:
    Duty.objects.filter(project=project, uid=uid).delete()
