"""The people of a workshop as the checker sees them: alike ones in one row, never a name, lived experience only as they said it."""

from collections import Counter
from collections.abc import Iterable

from withus.facts import workshop as facts
from withus.facts.words import Pay
from withus.people.sealed import unseal
from withus.table.models import Role, Seat

SALARIED = frozenset({Role.WORKER, Role.MANAGER, Role.DECIDER})
"""Roles whose time their employer pays: what a member gets is set beside that."""


def rows_of(seats: Iterable[Seat]) -> tuple[facts.People, ...]:
    """One row for all who are alike in role, group, what they say of themselves, vote, pay and needs."""
    alike = Counter(_facts(seat) for seat in seats)
    return tuple(
        facts.People(
            who=who, group=group, count=count, lived=lived, votes=votes, pay=pay, needs=needs, supports=supports
        )
        for (who, group, lived, votes, pay, needs, supports), count in sorted(alike.items(), key=repr)
    )


Alike = tuple[str, str | None, bool | None, bool | None, Pay | None, tuple[str, ...] | None, tuple[str, ...] | None]


def _facts(seat: Seat) -> Alike:
    person = seat.person
    place = getattr(person, "place", None)
    role = place.role if place else Role.MEMBER
    lived = _lived(seat, role, place.lived if place else "")
    need = getattr(person, "need", None)
    needs = tuple(sorted(unseal(need.sealed) or ())) if need else ()
    supports = tuple(sorted(unseal(need.booked) or ())) if need else ()
    group = (place.group or None) if place else None
    return (role, group, lived, seat.vote, _pay(seat, role), needs or None, supports or None)


def _lived(seat: Seat, role: str, said: str) -> bool | None:
    """As they said it. What a member of staff with an account has lived through is not counted: a count of one would give it away."""
    if role in SALARIED and seat.person.staff_id is not None:
        return None
    return {"yes": True, "no": False}.get(said)


def _pay(seat: Seat, role: str) -> Pay | None:
    if role in SALARIED:
        return Pay.SALARIED
    row = getattr(seat.person, "pay", None)
    said = unseal(row.sealed) if row else None
    if not said:
        return None
    match said.get("state"):
        case "declined":
            return Pay.DECLINED
        case "none":
            return Pay.UNPAID
        case "offered" | "accepted" | "paid":
            return Pay.PAID
    return None
