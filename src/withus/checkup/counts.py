"""What there is of each thing in a project, counted by the database in one query beside the charter: no row is read for it."""

from dataclasses import dataclass
from datetime import date, time

from django.db.models import Aggregate, Count, Exists, Min, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from withus.charter.models import Charter, Signature
from withus.live.models import GONE, CardState, Contribution
from withus.loop.asks import A_DAY
from withus.loop.models import AnswerVersion, Due, Telling, Told
from withus.people.models import Person, Way, WayKind
from withus.projects import day
from withus.projects.models import Project

GIVEN = (CardState.WAITING, CardState.SHOWN, CardState.HELD_BACK)
"""Cards that say something and were not taken back. An index holds them by state, so that they are counted without being read."""
WAYS = tuple(way.value for way in WayKind if way != WayKind.NONE)


@dataclass(frozen=True)
class Counts:
    """`items` and `people`: what was given and by how many; `owed` and `answered`: cards; `unreachable`: people; `ways`: of telling.
    `late_since`: the day of the oldest promise in an answer that has passed and is not kept. What somebody says no to is owed again from
    the next midnight on: a finding that comes while somebody presses would say who it was."""

    items: int = 0
    people: int = 0
    owed: int = 0
    answered: int = 0
    unreachable: int = 0
    signatures: int = 0
    ways: frozenset[str] = frozenset()
    late_since: date | None = None


def charter_with_counts(project: Project, *, today: date) -> tuple[Charter, Counts]:
    """One query. A project always has a charter; one that was half made has an empty one."""
    given = Contribution.objects.filter(project=OuterRef("project"), state__in=GIVEN)
    gave = Contribution.objects.filter(project=OuterRef("project"), state__in=GIVEN, person=OuterRef("pk"))
    # `__in`: an index is not used for what Django writes as NOT (acknowledgement_only)
    dues = Due.objects.filter(project=OuterRef("project"), acknowledgement_only__in=[False])
    since = day.instant(project, today, time(0))
    again = dues.filter(met_at=None, reopened_at__range=(since, since + A_DAY))
    due = Due.objects.filter(contribution=OuterRef("pk"), acknowledgement_only=False)
    gone = Contribution.objects.filter(project=OuterRef("project"), state__in=GONE)
    ways = Way.objects.filter(person__project=OuterRef("project"), person__erased_at=None, chosen=True)
    row = (
        Charter.objects.filter(project=project)
        .annotate(
            items=_how_many(given),
            people=_how_many(Person.objects.filter(project=OuterRef("project")).filter(Exists(gave))),
            open=_how_many(dues.filter(met_at=None)),
            met=_how_many(dues.filter(met_at__isnull=False)),
            again=_how_many(again.filter(contribution__state__in=GIVEN)),
            open_gone=_how_many(gone.filter(Exists(due.filter(met_at=None)))),
            met_gone=_how_many(gone.filter(Exists(due.filter(met_at__isnull=False)))),
            unreachable=_how_many(
                Telling.objects.filter(person__project=OuterRef("project"), state=Told.UNREACHABLE, read_at=None),
                Count("person", distinct=True),
                by="person__project",
            ),
            **{f"by_{way}": Exists(ways.filter(kind=way)) for way in WAYS},
            late_since=_late_since(today),
            signatures=_how_many(Signature.objects.filter(project=OuterRef("project"), taken_back_at=None)),
        )
        .first()
    )
    if row is None:
        return Charter(project=project), Counts()
    return row, Counts(
        items=row.items,
        people=row.people,
        owed=row.open + row.met - row.open_gone - row.met_gone,
        answered=row.met - row.met_gone + row.again,
        unreachable=row.unreachable,
        signatures=row.signatures,
        late_since=row.late_since,
        ways=frozenset(way for way in WAYS if getattr(row, f"by_{way}")),
    )


def _late_since(today: date) -> Subquery:
    """Of each answer the newest published version counts: a new day, or that it was kept, stands in it."""
    newest = AnswerVersion.objects.filter(answer=OuterRef("answer"), published_at__isnull=False).order_by("-number")
    late = AnswerVersion.objects.filter(answer__project=OuterRef("project"), promised_on__lt=today, kept_on=None)
    late = late.filter(pk=Subquery(newest.values("pk")[:1])).order_by()
    return Subquery(late.values("answer__project").annotate(first=Min("promised_on")).values("first"))


def _how_many(rows: QuerySet[Model], what: Aggregate | None = None, *, by: str = "project") -> Coalesce:
    one = rows.order_by().values(by).annotate(how_many=what or Count("pk")).values("how_many")
    return Coalesce(Subquery(one), 0)
