"""What others get as a mail is put on a list for those who chose the telephone, post or a text message: the team rings or writes."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from withus.accounts.models import Staff
from withus.loop import refusals
from withus.loop.actions.asking_keys import by_mail
from withus.loop.entries_closing import PersonNoticed
from withus.loop.models_of_closing import ByHand, Say
from withus.people.models import HowOften, Person, WayKind
from withus.people.staying import staying
from withus.projects.models import Project
from withus.record import log as record

HANDS = (WayKind.PHONE, WayKind.POST, WayKind.SMS)


def tell_by_hand(persons: Iterable[Person], *, what: Say, about: str, now: datetime) -> None:
    """Those of them who chose such a way, and did not say stop. The same once. Inside the caller's writing."""
    rows = Person.objects.filter(staying(), pk__in=[one.pk for one in persons])
    rows = rows.filter(ways__chosen=True, ways__bounced_at=None, ways__kind__in=HANDS)
    rows = rows.exclude(wish__how_often=HowOften.NEVER).distinct()
    made = [ByHand(person=one, what=what, about=about, at=now) for one in rows]
    ByHand.objects.bulk_create(made, ignore_conflicts=True)


def co_leads_by_hand(project: Project, *, what: Say, about: str, now: datetime) -> None:
    """Co-leads whom no mail reaches. Inside the caller's writing."""
    leads = Person.objects.filter(staying(), project=project, co_lead=True)
    tell_by_hand(leads.exclude(pk__in=by_mail(project).values("pk")), what=what, about=about, now=now)


def note_told_by_hand(
    project: Project, *, uids: Sequence[UUID], how: str, reached: bool, by: Staff, now: datetime
) -> int:
    """Rung up, written to, or met; or nobody could reach them. How many; a second press notes nothing more."""
    if not how.strip():
        raise refusals.SayHow
    with record.writing(project, now=now) as log:
        rows = ByHand.objects.filter(staying("person__"), person__project=project, uid__in=uids, done_at=None)
        some = list(rows.select_related("person").order_by("pk"))
        ByHand.objects.filter(pk__in=[one.pk for one in some]).update(
            done_at=now, reached=reached, because=how.strip()[:300]
        )
        for one in some:
            log.append(PersonNoticed(reached=reached), by=f"staff:{by.uid}", about=one.person.uid)
    return len(some)
