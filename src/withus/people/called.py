"""What somebody is called."""

from withus.people.models import Person
from withus.people.sealed import unseal_text


def name_of(person: Person | None) -> str:
    """Empty for who gave none: it is theirs to give, and their page needs none."""
    row = getattr(person, "name", None)
    return unseal_text(row.sealed) if row else ""
