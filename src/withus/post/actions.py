"""The only writers of what is to be sent and done later."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, F, Q, Value, When

from withus.post.models import Delivered, Job, LetterState, Outgoing

LEASE = timedelta(minutes=2)
WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=8))
"""How long to wait before the next try. After the last one a human looks at it."""


def queue(kind: str, *, way: str, reference: dict[str, Any], once: str, run_at: datetime) -> Outgoing:
    """Something to send, in the caller's transaction. The same `once` is queued once, however often it is asked."""
    outgoing, _made = Outgoing.objects.get_or_create(
        once=once, defaults={"kind": kind, "way": way, "reference": reference, "run_at": run_at}
    )
    return outgoing


def queue_many(letters: Sequence[Outgoing]) -> None:
    """As `queue`, for many: the caller sees to it that none is queued already."""
    Outgoing.objects.bulk_create(letters, batch_size=500)


def queue_job(kind: str, *, reference: dict[str, Any], once: str, run_at: datetime) -> None:
    """
    Work to do later, in the caller's transaction. An equal job that still waits stands for this one too; one that is running
    just now has not seen what the caller did, so it runs again.
    """
    when = Case(When(leased_until=None, then=F("run_at")), default=Value(run_at))
    if not Job.objects.filter(once=once).update(asked=F("asked") + 1, run_at=when):
        job = Job(kind=kind, once=once, reference=reference, run_at=run_at)
        Job.objects.bulk_create([job], ignore_conflicts=True)


def take_job(now: datetime) -> Job | None:
    """The next due job, leased to this worker: of two workers that ask at once, one gets it."""
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    for pk in Job.objects.filter(free, run_at__lte=now).order_by("run_at", "pk").values_list("pk", flat=True)[:5]:
        if Job.objects.filter(free, pk=pk).update(leased_until=now + LEASE, tries=F("tries") + 1):
            return Job.objects.get(pk=pk)
    return None


def job_done(job: Job) -> None:
    """Gone, unless it was asked for again since it was taken: then it waits for its next turn."""
    gone, _by_model = Job.objects.filter(pk=job.pk, asked=job.asked).delete()
    if not gone:
        Job.objects.filter(pk=job.pk).update(leased_until=None, tries=0)


def job_failed(job: Job, *, trouble: str, now: datetime) -> None:
    """Try again later; after the last wait it stays, with its trouble, for a human."""
    later = WAITS[min(job.tries, len(WAITS)) - 1]
    run_at = now + (later if job.tries <= len(WAITS) else timedelta(days=365))
    Job.objects.filter(pk=job.pk).update(leased_until=None, run_at=run_at, trouble=trouble[:300])


def take_letter(now: datetime) -> tuple[Outgoing, bool] | None:
    """
    The next due letter, marked `sending` and committed before it is handed over. The second value says whether an earlier hand-over was cut
    off in the middle: then it is sent again, with the same Message-ID, and listed as "perhaps twice".
    """
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    waiting = Outgoing.objects.filter(free, run_at__lte=now, state__in=(LetterState.QUEUED, LetterState.SENDING))
    for pk, state in waiting.order_by("run_at", "pk").values_list("pk", "state")[:5]:
        taken = Outgoing.objects.filter(free, pk=pk, state=state).update(
            state=LetterState.SENDING, leased_until=now + LEASE, tries=F("tries") + 1
        )
        if taken:
            return Outgoing.objects.get(pk=pk), state == LetterState.SENDING
    return None


def message_id(letter: Outgoing) -> str:
    """From the row's own key, so that a second hand-over of the same letter can be recognised."""
    return f"<{letter.uid}@withus>"


def forget(letters: Sequence[Outgoing]) -> None:
    """Take letters out of the embedded mailbox: somebody was erased. What a real mail server has sent cannot be called back."""
    Delivered.objects.filter(message_id__in=[message_id(letter) for letter in letters]).delete()
    Outgoing.objects.filter(pk__in=[letter.pk for letter in letters]).exclude(trouble="").update(trouble="")


def letter_sent(letter: Outgoing, *, again: bool, now: datetime) -> None:
    state = LetterState.PERHAPS_TWICE if again else LetterState.SENT
    Outgoing.objects.filter(pk=letter.pk).update(state=state, sent_at=now, leased_until=None, trouble="")


def letter_failed(letter: Outgoing, *, trouble: str, now: datetime) -> bool:
    """Wait and try again, or give up; whether it was given up."""
    given_up = letter.tries > len(WAITS)
    later = WAITS[min(letter.tries, len(WAITS)) - 1]
    Outgoing.objects.filter(pk=letter.pk).update(
        state=LetterState.FAILED if given_up else LetterState.QUEUED,
        leased_until=None,
        run_at=now + later,
        trouble=trouble[:300],
    )
    return given_up
