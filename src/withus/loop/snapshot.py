"""
Pages that are the same for everybody are made once and kept in memory until somebody writes to their project.

The stamp holds the head of the record and how often anybody wrote, so that a page that was kept is never shown when it is older than the
data, whichever process wrote. A page that holds a form, a name or a message is never kept.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import datetime
from threading import Lock

from withus.people.models import Person
from withus.projects.models import Project

MOST_BYTES = 16_000_000
"""Of all pages together: some four hundred."""
_kept: OrderedDict[tuple[int, str], tuple[Hashable, bytes]] = OrderedDict()
_lock = Lock()


def page(project: Project, name: str, stamp: Hashable, make: Callable[[], bytes]) -> bytes:
    """The newest of each page takes the place of the one before."""
    slot = (project.pk, name)
    with _lock:
        known = _kept.get(slot)
        if known is not None and known[0] == stamp:
            _kept.move_to_end(slot)
            return known[1]
    made = make()
    with _lock:
        _kept[slot] = (stamp, made)
        _kept.move_to_end(slot)
        while len(_kept) > 1 and sum(len(content) for _stamp, content in _kept.values()) > MOST_BYTES:
            _kept.popitem(last=False)
    return made


def forget(person: Person, now: datetime) -> None:
    """Called when somebody is erased: what was kept of their project goes at once, in this process."""
    with _lock:
        for slot in [slot for slot in _kept if slot[0] == person.project_id]:
            del _kept[slot]
