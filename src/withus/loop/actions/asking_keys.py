"""Whose the second key may be, and the mails that ask them for it: at once, and once more after a week."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from withus.accounts.models import Staff
from withus.loop.models_of_closing import Turning
from withus.people.models import HowOften, Person, WayKind
from withus.people.staying import staying
from withus.post import actions as post
from withus.projects.access import RUNS_IT
from withus.projects.models import Part, Project, Team
from withus.record.models import Opening

AGAIN_AFTER = timedelta(days=7)
WAITS = "key.waits"


def by_mail(project: Project) -> QuerySet[Person]:
    """
    Co-leads whom a mail reaches, and who did not say stop. Only from that mail can a co-lead without an account turn a key: their link and
    their four words are printed by the team, so whoever holds those may be somebody else.
    """
    leads = Person.objects.filter(staying(), project=project, co_lead=True)
    leads = leads.filter(ways__kind=WayKind.EMAIL, ways__bounced_at=None).exclude(
        ways__kind=WayKind.EMAIL, ways__sealed=""
    )
    return leads.exclude(wish__how_often=HowOften.NEVER).distinct()


def co_leads_can_press(project: Project) -> bool:
    """Where none can, by an account or by mail, two of the team do it."""
    return (
        Team.objects.filter(project=project, part=Part.CO_LEAD, staff__is_active=True).exists()
        or by_mail(project).exists()
    )


def ask(turning: Turning, *, staff: list[Staff], persons: list[Person], now: datetime) -> None:
    """In the caller's transaction. A mail is rendered when it goes: of what nobody waits for any more, none does."""
    whom = [{"staff": str(one.uid)} for one in staff] + [{"person": str(one.uid)} for one in persons]
    for who in whom:
        for again, run_at in ((False, now), (True, now + AGAIN_AFTER)):
            post.queue(
                WAITS,
                way=WayKind.EMAIL,
                reference={"turning": str(turning.uid), "again": again, **who},
                once=f"key:{turning.uid}:{'.'.join(who.values())}:{again}",
                belongs_to=turning.project.uid,
                run_at=run_at,
            )


def asked_by_mail(turning: Turning, person: Person) -> bool:
    """Whether the mail goes to them: their address stood there before anybody turned the first key."""
    since = Opening.objects.filter(
        entry__project=turning.project, kind="way.chosen", about=str(person.uid), at__gte=turning.asked_at
    )
    return by_mail(turning.project).filter(pk=person.pk).exists() and not since.exists()


def team_of(project: Project) -> list[Staff]:
    rows = Staff.objects.filter(team_places__project=project, team_places__part__in=RUNS_IT, is_active=True)
    return list(rows.distinct().order_by("pk"))
