"""An organisation's page over all its projects that are in public: what is open, answered, late, resting, closed. Nothing is compared."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from withus.charter import hear_back
from withus.facts import small
from withus.live.models import GONE, Contribution
from withus.loop.asks import spoken_to
from withus.loop.models import AnswerVersion, Due
from withus.loop.pages.public import INDEX
from withus.projects import day
from withus.projects.lasting import lasting
from withus.projects.models import Organisation, Project, ProjectState
from withus.projects.sole import sole


@dataclass(frozen=True)
class Row:
    """One project. How many cards wait is said only where that tells of nobody."""

    project: Project
    hidden_since: datetime | None
    answers: int
    waits: bool
    waiting: int | None
    late: int
    late_since: date | None
    hear: hear_back.HearBack


class Cards(NamedTuple):
    """How many are owed an answer in a project, to how many none speaks yet, and how many there are."""

    owed: int = 0
    unanswered: int = 0
    all: int = 0


@require_safe
def organisation(request: HttpRequest, key: str) -> HttpResponse:
    """In the order of their names: no numbers of one stand in a row with another's."""
    owner = sole(Organisation.objects.filter(key=key))
    if owner is None:
        raise Http404
    rows = rows_of(owner, now=timezone.now())
    closed, rests = ProjectState.CLOSED, ProjectState.RESTING
    context = {
        "organisation": owner,
        "place": owner.name,
        "open": [one for one in rows if one.project.state not in (closed, rests)],
        "resting": [one for one in rows if one.project.state == rests],
        "closed": [one for one in rows if one.project.state == closed],
        "base": lasting(owner),
        "may_be_found": not all(one.project.is_example for one in rows),
    }
    response = render(request, "reports/organisation.html", context)
    response["X-Robots-Tag"] = INDEX
    return response


def rows_of(owner: Organisation, *, now: datetime) -> list[Row]:
    """Four queries, however many projects."""
    projects = list(in_public(owner).select_related("charter", "publicity", "organisation").order_by("title", "pk"))
    answers: dict[int, dict[int, AnswerVersion]] = {}
    versions = AnswerVersion.objects.filter(answer__project__in=projects, published_at__isnull=False)
    standing = Q(answer__theme=None) | Q(answer__theme__removed_at=None)
    for version in versions.filter(standing).select_related("answer").order_by("answer", "number"):
        answers.setdefault(version.answer.project_id, {})[version.answer_id] = version
    dues = Due.objects.filter(project__in=projects, acknowledgement_only=False)
    counted = dues.exclude(contribution__state__in=GONE).order_by().values("project")
    spoken = spoken_to(version for of_one in answers.values() for version in of_one.values())
    sums = counted.annotate(
        owed=Count("pk", filter=Q(met_at=None)), unanswered=Count("pk", filter=~spoken), all=Count("pk")
    )
    cards = {project: Cards(*each) for project, *each in sums.values_list("project", *Cards._fields)}
    return [_row(one, list(answers.get(one.pk, {}).values()), cards.get(one.pk, Cards()), now) for one in projects]


def in_public(owner: Organisation) -> QuerySet[Project]:
    return Project.objects.filter(begun(), organisation=owner)


def begun() -> Q:
    """Whose people were invited or gave something. What is only being thought about is nobody's business yet."""
    given = Contribution.objects.filter(project=OuterRef("pk")).exclude(state__in=GONE)
    return Q(charter__frozen_at__isnull=False) | ~Q(state=ProjectState.PLANNED) | Q(Exists(given))


def _row(project: Project, versions: list[AnswerVersion], cards: Cards, now: datetime) -> Row:
    today = day.of(project, now)
    late = [one.promised_on for one in versions if one.promised_on and not one.kept_on and one.promised_on < today]
    publicity = getattr(project, "publicity", None)
    charter = getattr(project, "charter", None)
    count = small.beside(cards.unanswered, cards.all)
    return Row(
        project=project,
        hidden_since=publicity.hidden_since if publicity else None,
        answers=len(versions),
        waits=cards.owed > 0,
        waiting=count if isinstance(count, int) else None,
        late=len(late),
        late_since=min(late, default=None),
        hear=hear_back.of(project, charter, now=now, changes=()) if charter else hear_back.HearBack(),
    )
