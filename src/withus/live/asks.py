"""Cards that others may look at."""

from django.db.models import QuerySet

from withus.live.models import Contribution, ParkedSubject


def taken_back() -> QuerySet[Contribution]:
    """Whose author takes everything back: hidden from that moment, though it can be undone. What others said together with them stays."""
    return Contribution.objects.filter(person__erasing_at__isnull=False, with_persons=None)


def seen(rows: QuerySet[Contribution]) -> QuerySet[Contribution]:
    return rows.exclude(pk__in=taken_back().values("pk"))


def seen_parked(rows: QuerySet[ParkedSubject]) -> QuerySet[ParkedSubject]:
    return rows.exclude(contribution__in=taken_back().values("pk"))
