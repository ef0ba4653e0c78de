"""An answer is owed to every contribution, with its day."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from withus.accounts.models import Staff
from withus.charter import asks as charter
from withus.live.models import CardState, Contribution
from withus.loop.actions.asking_keys import by_mail, team_of
from withus.loop.actions.by_hand import co_leads_by_hand
from withus.loop.entries_closing import ProjectReopened
from withus.loop.models import Due
from withus.loop.models_of_closing import Say
from withus.people.models import WayKind
from withus.post import actions as post
from withus.post.many import insert_many
from withus.projects import actions as projects
from withus.projects import day
from withus.projects.models import Project, ProjectState
from withus.projects.question import Question
from withus.record import log as record

REOPENED = "project.reopened"
NOT_OWED = Question(Contribution.objects.filter(due=None), "project", "uid")

REOPENS_FOR = timedelta(days=365)
"""So long after its closing what somebody says opens a project again."""


def owe_answers(project: Project, uids: Sequence[str], *, now: datetime) -> None:
    """
    Owe each of these contributions an answer by the charter's day, or within twelve weeks; once. Without content it is owed an
    acknowledgement only. Two queries and one insert, however many.
    """
    on = day_for(project, now=now)
    rows = ((pk, state == CardState.NO_CONTENT) for pk, state in _not_owed_yet(project, uids))
    insert_many(
        Due, same={"project_id": project.pk, "on": on}, names=("contribution_id", "acknowledgement_only"), rows=rows
    )


def _not_owed_yet(project: Project, uids: Sequence[str]) -> Iterable[tuple[int, str]]:
    """A single card, as most are, is asked for in a question that is built already."""
    if len(uids) == 1:
        return [(row.pk, row.state) for row in NOT_OWED.all(project.pk, UUID(uids[0]))]
    return Contribution.objects.filter(project=project, uid__in=list(uids), due=None).values_list("pk", "state")


def day_for(project: Project, *, now: datetime) -> date:
    """The hear-back day of the charter while it is still to come; else twelve weeks from now."""
    today = day.of(project, now)
    promised = charter.of(project).hear_back_on
    return promised if promised and promised >= today else today + day.TWELVE_WEEKS


def owe_again(
    dues: QuerySet[Due], *, project: Project, log: record.Log, now: datetime, team_hears: bool = False
) -> int:
    """What was answered is open again, and a closed project with it; how many. `team_hears` as below. Inside the caller's writing."""
    if closed_for_good(project, now=now):
        return 0
    met = dues.exclude(met_at=None).order_by().values("pk")
    count = Due.objects.filter(pk__in=met).update(met_by=None, met_at=None, reopened_at=now)
    if count:
        open_again(project, log=log, now=now, team_hears=team_hears)
    return count


def is_closed(project: Project) -> bool:
    """As it stands now. Inside the caller's writing."""
    return Project.objects.filter(pk=project.pk, state=ProjectState.CLOSED).exists()


def closed_for_good(project: Project, *, now: datetime) -> bool:
    """Closed for more than a year: what people say is kept, and nobody is there to answer it."""
    project.refresh_from_db()
    return project.closed_at is not None and now - project.closed_at > REOPENS_FOR


def open_again(
    project: Project, *, log: record.Log, now: datetime, by: Staff | None = None, team_hears: bool = False
) -> None:
    """
    Whoever runs it is written to, once each time: they had put it aside; and each co-lead whom a mail reaches, whose key it took. `by`: who
    opens it themselves, and knows; `team_hears`: in the mail about the promise that opened it, so that nobody gets two about one thing.
    """
    if closed_for_good(project, now=now) or project.state != ProjectState.CLOSED:
        return
    projects.set_state(project, state=ProjectState.RUNNING, now=now)
    log.append(ProjectReopened(), by=record.SYSTEM, about=project.uid)
    co_leads_by_hand(project, what=Say.REOPENED, about=now.isoformat(), now=now)
    staff = [("staff", one.uid) for one in team_of(project) if one != by and not team_hears]
    leads = by_mail(project).exclude(staff__in=team_of(project))
    for what, uid in [*staff, *(("person", one.uid) for one in leads)]:
        reference = {"project": str(project.uid), what: str(uid), "on": now.isoformat()}
        once, whose = f"{REOPENED}:{now.isoformat()}:{uid}", project.uid
        post.queue(REOPENED, way=WayKind.EMAIL, reference=reference, once=once, run_at=now, belongs_to=whose)
