"""No more letters, by one press in a mail: the answer stays open at their own page, and they can have it back."""

from datetime import datetime

from withus.loop.entries import WritingStopped
from withus.loop.models import Telling, Told
from withus.people import actions as people
from withus.people.models import HowOften, Person, WayKind, Wish
from withus.record import log as record


def stop_writing(person: Person, *, now: datetime) -> None:
    """What was on its way waits at their words. Pressed twice, it happens once."""
    with record.writing(person.project, now=now) as log:
        if Wish.objects.filter(person=person, how_often=HowOften.NEVER).exists():
            return
        people.stop_writing(person)
        waits = Telling.objects.filter(person=person, state__in=(Told.QUEUED, Told.HELD))
        waits.update(way=WayKind.NONE, state=Told.WAITING)
        log.append(WritingStopped(), by=f"person:{person.uid}", about=person.uid)


def write_again(person: Person, *, now: datetime) -> None:
    """As they had it before. What waits at their words stays there; the next answer comes to them."""
    with record.writing(person.project, now=now) as log:
        if not Wish.objects.filter(person=person, how_often=HowOften.NEVER).exists():
            return
        people.write_again(person)
        log.append(WritingStopped(back=True), by=f"person:{person.uid}", about=person.uid)
