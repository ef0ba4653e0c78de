"""Whose the second key may be, whose hand could be in it, and the mails that ask them for it: at once, and once more after a week."""

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
STANDS = timedelta(days=14)
"""So long an address has to have stood there before the first key: it is then nobody's who gave it for this (D)."""
SHOWS_LINK = ("slip.printed", "letters.printed", "words.renewed", "page.read_out")
"""By these a link or its words came before somebody of the team. New words end the old ones."""
WAITS, TURNED = "key.waits", "key.turned"


def by_mail(project: Project) -> QuerySet[Person]:
    """Co-leads whom a mail reaches, and who did not say stop."""
    leads = Person.objects.filter(staying(), project=project, co_lead=True)
    leads = leads.filter(ways__kind=WayKind.EMAIL, ways__bounced_at=None).exclude(
        ways__kind=WayKind.EMAIL, ways__sealed=""
    )
    return leads.exclude(wish__how_often=HowOften.NEVER).distinct()


def co_leads_can_press(project: Project) -> bool:
    """By an account or by mail: then one key is a co-lead's, whatever becomes of it."""
    return (
        Team.objects.filter(project=project, part=Part.CO_LEAD, staff__is_active=True).exists()
        or by_mail(project).exists()
    )


def only_by_page(project: Project) -> bool:
    """Whether there is a co-lead, whom nothing reaches but their own page."""
    return Person.objects.filter(staying(), project=project, co_lead=True).exists() and not co_leads_can_press(project)


def can_answer(project: Project, first: Staff | None) -> bool:
    """Whether a co-lead's own page proves anything beside this first key: that of one whose link its owner never held."""
    leads = Person.objects.filter(staying(), project=project, co_lead=True)
    return any(not held_by(project, one, first) for one in leads)  # query -- a project's few co-leads


def held_by(project: Project, person: Person, staff: Staff | None, *, before: int | None = None) -> bool:
    """
    Whether this account has had the person's link or words before it: made their slip or letter, gave them new words, or read their page
    out. `before`: as it stood at that entry, with what new words have ended since. Who has could press in their place.
    """
    rows = Opening.objects.filter(entry__project=project, kind__in=SHOWS_LINK, about=str(person.uid))
    if before is not None:
        rows = rows.filter(entry__seq__lt=before)
    had = False
    for kind, by in rows.order_by("entry__seq").values_list("kind", "by"):
        mine = staff is not None and by == f"staff:{staff.uid}"
        had = mine if kind == "words.renewed" else had or mine
    return had


def ask(turning: Turning, *, staff: list[Staff], persons: list[Person], now: datetime) -> None:
    """In the caller's transaction. A mail is rendered when it goes: of what nobody waits for any more, none does."""
    whom = [{"staff": str(one.uid)} for one in staff] + [{"person": str(one.uid)} for one in persons]
    for who in whom:
        for again, run_at, days in ((False, now, 0), (True, now + AGAIN_AFTER, AGAIN_AFTER.days)):
            post.queue(
                WAITS,
                way=WayKind.EMAIL,
                reference={"turning": str(turning.uid), "again": again, **who},
                once=f"key:{turning.uid}:{'.'.join(who.values())}:{again}",
                belongs_to=turning.project.uid,
                run_at=run_at,
                days=days,
            )


def tell_co_leads(turning: Turning, *, now: datetime) -> None:
    """
    At once, to each co-lead whom a mail reaches: both keys are turned. Where two of the team pressed in a co-lead's place, that co-lead
    reads so the same hour, and stops it with one press. In the caller's transaction.
    """
    for person in by_mail(turning.project):
        post.queue(
            TURNED,
            way=WayKind.EMAIL,
            reference={"turning": str(turning.uid), "person": str(person.uid)},
            once=f"turned:{turning.uid}:{person.uid}",
            belongs_to=turning.project.uid,
            run_at=now,
        )


def asked_by_mail(turning: Turning, person: Person) -> bool:
    """Whether the mail goes to them."""
    return by_mail(turning.project).filter(pk=person.pk).exists() and address_is_theirs(turning, person)


def address_is_theirs(turning: Turning, person: Person) -> bool:
    """
    It had stood there for two weeks when somebody turned the first key; and whoever turned it had not held their link before it was given,
    or could have given one of their own.
    """
    rows = Opening.objects.filter(entry__project=turning.project, kind="way.chosen", about=str(person.uid))
    given = rows.order_by("-entry__seq").values_list("at", "entry__seq").first()
    if given is None:
        return True
    at, seq = given
    return at <= turning.asked_at - STANDS and not held_by(turning.project, person, turning.asked_by, before=seq)


def team_of(project: Project) -> list[Staff]:
    rows = Staff.objects.filter(team_places__project=project, team_places__part__in=RUNS_IT, is_active=True)
    return list(rows.distinct().order_by("pk"))
