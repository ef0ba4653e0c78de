"""By which way people are told now. Asked for many at once and as plain rows: of twenty thousand people no objects are made."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from withus.people.models import HowOften, Way, WayKind, Wish


@dataclass(frozen=True)
class Reach:
    """What one person chose: how often, by which way, and which of their ways work, newest first."""

    how_often: str = HowOften.AS_IT_COMES
    chosen: str = WayKind.NONE
    works: tuple[str, ...] = ()

    def way(self, *, changed: bool, had_all: bool) -> str:
        """Their own; where that fails, the newest that works. None for who wants no letter about this."""
        if had_all or self.how_often == HowOften.NEVER:
            return WayKind.NONE
        if self.how_often == HowOften.CHANGES and not changed:
            return WayKind.NONE
        if self.chosen == WayKind.NONE or self.chosen in self.works:
            return self.chosen
        return next(iter(self.works), WayKind.NONE)


NOBODY_ASKED = Reach()


def of(numbers: Sequence[int]) -> dict[int, Reach]:
    """By the person's number; who was asked nothing is left out. Two queries."""
    wishes = dict(Wish.objects.filter(person__among=numbers).values_list("person", "how_often"))
    chosen: dict[int, str] = {}
    works: dict[int, list[str]] = {}
    rows = Way.objects.filter(person__among=numbers).order_by("-pk").annotate(works=Q(bounced_at=None) & ~Q(sealed=""))
    for person, kind, is_chosen, it_works in rows.values_list("person", "kind", "chosen", "works"):
        if is_chosen:
            chosen[person] = kind
        if it_works:
            works.setdefault(person, []).append(kind)
    return {
        person: Reach(
            how_often=wishes.get(person, HowOften.AS_IT_COMES),
            chosen=chosen.get(person, WayKind.NONE),
            works=tuple(works.get(person, ())),
        )
        for person in {*wishes, *chosen, *works}
    }
