"""The only writers of what is to be sent and done later."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from withus.post import many
from withus.post.models import WAITING, Delivered, Job, LetterState, Outgoing

ASKED_AGAIN = """
UPDATE post_job SET asked = asked + 1, run_at = CASE WHEN leased_until IS NULL AND tries <= %s THEN run_at ELSE %s END WHERE once = %s
"""
"""
Each card that comes in asks for the checker: the one statement of a sending that is not worth building anew. One that was given up is
tried once more each time that somebody asks for it.
"""
LEASE, JUMPED = timedelta(minutes=2), timedelta(minutes=10)
WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=8))
"""How long to wait before the next try. After the last one a human looks at it."""


def queue(
    kind: str,
    *,
    way: str,
    reference: dict[str, Any],
    once: str,
    run_at: datetime,
    belongs_to: UUID | None = None,
    days: int | None = 0,
) -> Outgoing:
    """
    Something to send, in the caller's transaction. The same `once` is queued once, however often it is asked. `days`: how many may lie
    between now and `run_at`; it is how a clock that ran ahead is known afterwards.
    """
    said = {"kind": kind, "way": way, "reference": reference, "run_at": run_at, "belongs_to": belongs_to, "days": days}
    outgoing, _made = Outgoing.objects.get_or_create(once=once, defaults=said)
    return outgoing


class ToQueue(NamedTuple):
    """What differs between letters of one kind that are queued together."""

    way: str
    reference: dict[str, Any]
    once: str
    run_at: datetime
    belongs_to: UUID | None
    days: int | None = 0


def queue_many(kind: str, letters: Iterable[ToQueue]) -> None:
    """As `queue`, for many: the caller sees to it that none is queued already."""
    rows = ((uuid4(), *letter) for letter in letters)
    many.insert_many(Outgoing, same={"kind": kind}, names=("uid", *ToQueue._fields), rows=rows)


def queue_job(kind: str, *, reference: dict[str, Any], once: str, run_at: datetime, days: int | None = 0) -> None:
    """
    Work to do later, in the caller's transaction. An equal job that still waits stands for this one too; one that is running
    just now has not seen what the caller did, so it runs again. `days`: as `queue` has it; None for a day that stands by itself.
    """
    with connection.cursor() as cursor:
        cursor.execute(ASKED_AGAIN, [len(WAITS), connection.ops.adapt_datetimefield_value(run_at), once])
        waits = bool(cursor.rowcount)
    if not waits:
        job = Job(kind=kind, once=once, reference=reference, run_at=run_at, days=days)
        Job.objects.bulk_create([job], ignore_conflicts=True)


class JobToQueue(NamedTuple):
    """What differs between jobs of one kind that are queued together."""

    reference: dict[str, Any]
    once: str


def queue_jobs(kind: str, jobs: Iterable[JobToQueue], *, run_at: datetime) -> None:
    """As `queue_job`, for many: one that waits already stands for its equal, and there is none that could be running."""
    rows = [Job(kind=kind, run_at=run_at, **job._asdict()) for job in jobs]
    Job.objects.bulk_create(rows, ignore_conflicts=True)


def take_job(now: datetime) -> Job | None:
    """The next due job, leased to this worker: of two workers that ask at once, one gets it."""
    rows = Job.objects.filter(free(now))
    for pk in rows.filter(run_at__lte=now).order_by("run_at", "pk").values_list("pk", flat=True)[:5]:
        if rows.filter(pk=pk).update(leased_until=now + LEASE, tries=F("tries") + 1):
            return Job.objects.get(pk=pk)
    return None


def due_of(kind: str) -> list[tuple[dict[str, Any], datetime]]:
    """When each waiting job of this kind is done, by what it refers to."""
    rows = Job.objects.filter(kind=kind, tries__lte=len(WAITS)).order_by("pk")
    return list(rows.values_list("reference", "run_at"))


def set_right(now: datetime) -> int:
    """
    What was queued by a clock that ran ahead, and has been set back since, is due by the clock there is: it lies further ahead than
    anything of its kind is ever put off. How much. A day that stands by itself, a promise's, stays where it is.
    """
    moved = 0
    for rows in (Outgoing.objects.filter(state__in=WAITING), Job.objects.filter(tries__lte=len(WAITS))):
        ahead = rows.filter(run_at__gt=now + JUMPED, leased_until=None).exclude(days=None)
        for days in set(ahead.order_by().values_list("days", flat=True)):
            until = now + timedelta(days=days or 0)
            far = ahead.filter(days=days)
            moved += far.filter(trouble="", run_at__gt=until + JUMPED).update(run_at=until)
            moved += far.exclude(trouble="").filter(run_at__gt=max(until, now + WAITS[-1]) + JUMPED).update(run_at=now)
    return moved


def free(now: datetime) -> Q:
    """
    Of jobs and letters: in no worker's hand. A lease that ends much later than one taken now is of a clock that has jumped back since: it
    holds nothing up. A little later is another worker's, who looked at the clock after this one did.
    """
    return Q(leased_until=None) | Q(leased_until__lt=now) | Q(leased_until__gt=now + JUMPED)


def job_done(job: Job) -> None:
    """Gone, unless it was asked for again since it was taken: then it waits for its next turn."""
    gone, _by_model = Job.objects.filter(pk=job.pk, asked=job.asked).delete()
    if not gone:
        Job.objects.filter(pk=job.pk).update(leased_until=None, tries=0)


def job_failed(job: Job, *, trouble: str, now: datetime) -> None:
    """Try again later; after the last wait it stays, with its trouble, for a human."""
    later = WAITS[min(job.tries, len(WAITS)) - 1]
    run_at = now + (later if job.tries <= len(WAITS) else timedelta(days=365))
    Job.objects.filter(pk=job.pk).update(leased_until=None, run_at=run_at, days=0, trouble=trouble[:300])


def jobs_given_up() -> QuerySet[Job]:
    """Work that stumbled at each try: a human looks at it."""
    return Job.objects.filter(tries__gt=len(WAITS), leased_until=None).exclude(trouble="")


def try_jobs_again(now: datetime) -> int:
    """Somebody has mended what was wrong: all that was given up is due now, with all its tries. How many; pressed twice, none."""
    return jobs_given_up().update(run_at=now, tries=0)


def take_letters(now: datetime, *, most: int, without: Collection[str] = ()) -> list[Outgoing]:
    """
    The next due letters, leased to this worker; none of the ways in `without`, whose line is down. What they say can be asked for together.
    Each is marked `sending` when its own turn comes: of those that a killed worker had not begun, none has left.
    """
    waiting = Outgoing.objects.filter(free(now), run_at__lte=now, state__in=WAITING)
    if without:
        waiting = waiting.exclude(way__in=without)
    if not waiting.exists():
        return []
    with transaction.atomic():
        letters = list(waiting.select_for_update(skip_locked=True).order_by("run_at", "pk")[:most])
        Outgoing.objects.filter(pk__in=[one.pk for one in letters]).update(leased_until=now + LEASE)
    for one in letters:
        one.leased_until = now + LEASE
    return letters


def begin_letter(letter: Outgoing, *, now: datetime) -> bool:
    """
    Marked `sending`; the caller commits it before the letter is handed over. Not where somebody has given it up meanwhile, or it took so
    long that another worker has it.
    """
    mine = Outgoing.objects.filter(pk=letter.pk, state=letter.state, leased_until=letter.leased_until)
    letter.state, letter.leased_until = LetterState.SENDING, now + LEASE
    begun = mine.update(state=letter.state, leased_until=letter.leased_until, tries=F("tries") + 1)
    letter.tries += begun
    return bool(begun)


def hold_on(row: Job | Outgoing, *, held: datetime, until: datetime) -> bool:
    """Whoever has it is at it still, and has it until then; not where it is done, or its lease was over and another has it."""
    return bool(type(row).objects.filter(pk=row.pk, leased_until=held).update(leased_until=until))


def leave_for_later(letter: Outgoing) -> None:
    """Its line went down before its turn came."""
    Outgoing.objects.filter(pk=letter.pk, leased_until=letter.leased_until).update(leased_until=None)


def forget(letters: Sequence[Outgoing]) -> None:
    """Take letters out of the embedded mailbox: somebody was erased. What a real mail server has sent cannot be called back."""
    for letter in letters:
        Delivered.objects.filter(message_id__startswith=f"<{letter.uid}@").delete()
    Outgoing.objects.filter(pk__in=[letter.pk for letter in letters]).exclude(trouble="").update(trouble="")


def letter_sent(letter: Outgoing, *, again: bool, now: datetime, provider_id: str = "") -> None:
    state = LetterState.PERHAPS_TWICE if again else LetterState.SENT
    Outgoing.objects.filter(pk=letter.pk).update(
        state=state, sent_at=now, leased_until=None, trouble="", provider_id=provider_id[:120]
    )


def letter_dropped(letter: Outgoing) -> None:
    """Its turn came, and there was nothing to say or nobody to say it to."""
    Outgoing.objects.filter(pk=letter.pk).update(state=LetterState.DROPPED, leased_until=None, trouble="")


def letter_failed(
    letter: Outgoing, *, trouble: str, now: datetime, again: bool = False, for_good: bool = False
) -> bool:
    """
    Wait and try again, or give up; whether it was given up. `for_good`: another try would change nothing. `again`: an earlier hand-over was
    cut off, which is not forgotten.
    """
    given_up = for_good or letter.tries > len(WAITS)
    later = WAITS[min(letter.tries, len(WAITS)) - 1]
    Outgoing.objects.filter(pk=letter.pk).update(
        state=LetterState.FAILED if given_up else LetterState.SENDING if again else LetterState.QUEUED,
        leased_until=None,
        run_at=now + later,
        days=0,
        trouble=trouble[:300],
    )
    return given_up


def line_was_down(letter: Outgoing, *, trouble: str, perhaps_sent: bool, until: datetime) -> None:
    """
    Not this letter's fault, so it costs it no try: it waits until the line is tried again. Where the line broke in the middle of the
    hand-over the letter may have left: it stays `sending`, and counts as one that was cut off.
    """
    Outgoing.objects.filter(pk=letter.pk).update(
        state=LetterState.SENDING if perhaps_sent else LetterState.QUEUED,
        leased_until=None,
        run_at=until,
        days=0,
        tries=max(0, letter.tries - 1),
        trouble=trouble[:300],
    )


def try_again(letter: Outgoing, *, now: datetime) -> bool:
    """Somebody has mended what was wrong: it is due now, with all its tries. Only one that had failed; pressed twice, it goes once."""
    rows = Outgoing.objects.filter(pk=letter.pk, state=LetterState.FAILED)
    return bool(rows.update(state=LetterState.QUEUED, run_at=now, tries=0, leased_until=None))


def give_up(letter: Outgoing) -> bool:
    """No more by this way. Only one that had failed, or that came back."""
    rows = Outgoing.objects.filter(Q(state=LetterState.FAILED) | Q(bounced_at__isnull=False), pk=letter.pk)
    return bool(rows.exclude(state=LetterState.GIVEN_UP).update(state=LetterState.GIVEN_UP, leased_until=None))


def came_back(letter: Outgoing, *, trouble: str, now: datetime) -> bool:
    """It had left, and the other side says that it reached nobody. Said twice, it counts once."""
    rows = Outgoing.objects.filter(pk=letter.pk, bounced_at=None)
    return bool(rows.update(bounced_at=now, state=LetterState.FAILED, leased_until=None, trouble=trouble[:300]))


def ask_later(letter: Outgoing, *, after: Sequence[timedelta], now: datetime) -> None:
    """Ask the provider on these days what became of it: a text message to a number that is gone is taken first and fails later."""
    for wait in after:
        once = f"ask:{letter.uid}:{int(wait.total_seconds())}"
        days = wait.days + 1
        queue_job("post.ask", reference={"letter": str(letter.uid)}, once=once, run_at=now + wait, days=days)
