"""Who is still with us. Asked wherever a list is made or a letter goes out, so it is said once."""

from django.db.models import Q


def staying(at: str = "") -> Q:
    """
    Neither erased nor about to be. `staying("person__")` asks it of rows that belong to a person.

    Who asked to be erased is hidden from that moment on, though they can still undo it: only their own page asks for less than this.
    """
    return Q(**{f"{at}erased_at": None, f"{at}erasing_at": None})
