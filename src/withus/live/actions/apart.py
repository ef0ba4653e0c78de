"""Cards without content: set apart by a person who read them, and brought back. Inside the caller's writing, whose entry says so."""

from django.db.models import QuerySet

from withus.live.models import CardState, Contribution


def set_apart(cards: QuerySet[Contribution], *, apart: bool) -> list[int]:
    """Which ones changed. What has its number on the wall is shown again when it comes back; the rest waits to be looked at."""
    if apart:
        numbers = list(cards.filter(state__in=(CardState.WAITING, CardState.SHOWN)).values_list("pk", flat=True))
        Contribution.objects.filter(pk__in=numbers).update(state=CardState.NO_CONTENT)
        return numbers
    rows = list(cards.filter(state=CardState.NO_CONTENT).values_list("pk", "shown"))
    on_wall = [pk for pk, shown in rows if shown is not None]
    others = [pk for pk, shown in rows if shown is None]
    Contribution.objects.filter(pk__in=on_wall).update(state=CardState.SHOWN)
    Contribution.objects.filter(pk__in=others).update(state=CardState.WAITING)
    return on_wall + others
