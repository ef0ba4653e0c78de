"""Cards that others may look at."""

from collections.abc import Sequence

from django.db.models import QuerySet

from withus.live.models import Contribution, ParkedSubject
from withus.people.models import Person


def taken_back() -> QuerySet[Contribution]:
    """Whose author takes everything back: hidden from that moment, though it can be undone. What others said together with them stays."""
    return Contribution.objects.filter(person__erasing_at__isnull=False, with_persons=None)


def seen(rows: QuerySet[Contribution], among: Sequence[int] | None = None) -> QuerySet[Contribution]:
    """`among`: the rows are among these few cards, and the database need not look who else takes everything back."""
    gone = taken_back() if among is None else taken_back().filter(pk__among=among)
    return rows.exclude(pk__in=gone.values("pk"))


def is_theirs(card: Contribution, person: Person) -> bool:
    """Whether they gave it, alone or together with somebody."""
    return card.person_id == person.pk or card.with_persons.filter(pk=person.pk).exists()


def seen_parked(rows: QuerySet[ParkedSubject]) -> QuerySet[ParkedSubject]:
    return rows.exclude(contribution__in=taken_back().values("pk"))
