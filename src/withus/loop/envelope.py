"""What stands in the window of an envelope: the name and the address, as lines."""

from withus.people.called import name_of
from withus.people.models import Person

MOST_LINES = 7


def lines_of(address: str, person: Person) -> tuple[str, ...]:
    """The name first, where the address does not say it; an address too long for the window keeps its first and its last lines."""
    lines = [line.strip(" ,") for line in address.splitlines() if line.strip(" ,")]
    if len(lines) == 1:
        lines = [piece.strip() for piece in lines[0].split(",") if piece.strip()]
    name = name_of(person)
    if name and not any(name.casefold() in line.casefold() for line in lines[:2]):
        lines.insert(0, name)
    if len(lines) > MOST_LINES:
        cut = MOST_LINES - 2
        lines = [*lines[:cut], ", ".join(lines[cut:-1]), lines[-1]]
    return tuple(lines)
