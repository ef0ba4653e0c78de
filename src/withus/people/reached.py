"""A stage that tells people hands in how it knows that something did not reach somebody: the same way chosen again then begins anew."""

from collections.abc import Callable

from withus.people.models import Person

_asked: list[Callable[[Person], bool]] = []


def bind(*asked: Callable[[Person], bool]) -> None:
    _asked[:] = asked


def did_not_reach(person: Person) -> bool:
    return any(one(person) for one in _asked)
