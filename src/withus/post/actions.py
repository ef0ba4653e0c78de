from datetime import datetime
from typing import Any

from withus.post.models import Job, Outgoing


def queue(kind: str, *, way: str, reference: dict[str, Any], once: str, run_at: datetime) -> Outgoing:
    """Something to send, in the caller's transaction. The same `once` is queued once, however often it is asked."""
    outgoing, _made = Outgoing.objects.get_or_create(
        once=once, defaults={"kind": kind, "way": way, "reference": reference, "run_at": run_at}
    )
    return outgoing


def queue_job(kind: str, *, reference: dict[str, Any], once: str, run_at: datetime) -> Job:
    """Work to do later, in the caller's transaction. An equal job that still waits stands for this one too."""
    job, _made = Job.objects.get_or_create(once=once, defaults={"kind": kind, "reference": reference, "run_at": run_at})
    return job
