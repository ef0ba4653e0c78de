"""What came back to people, in numbers: persons, not mails; silence is never counted as heard."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db.models import Case, Count, Max, Q, Value, When
from django.utils.dateparse import parse_date

from withus.charter.models import Change, Charter
from withus.checkup.counts import Counts
from withus.checkup.formats import read_by
from withus.facts import feedback as facts
from withus.facts.words import Says as RoundSays
from withus.loop import in_public
from withus.loop.models import HAS_IT, Outcome, Telling
from withus.projects import day
from withus.projects.models import Project


def feedback_of(
    project: Project, charter: Charter, *, counts: Counts, changes: Sequence[Change], now: datetime
) -> facts.Feedback | None:
    """
    None where nothing was promised and nothing was given: then nothing is known of it. Who heard is counted until last midnight, as on the
    public page: a finding that goes away while somebody presses would say who it was.
    """
    if not (charter.hear_back_on or counts.owed):
        return None
    read = read_by(project, before=in_public.midnight(project, now=now))
    moved = [one for one in changes if one.field == "hear_back_on" and one.before]
    return facts.Feedback(
        promised_on=_promised(charter, moved),
        routes=tuple(sorted(_routes(charter, counts))),
        confirmed=read.heard,
        items_answered=counts.answered,
        items_total=counts.owed,
        unreachable=counts.unreachable,
        redated=_redated(project, moved),
        formats_asked=read.asked or None,
        formats_sent=read.sent,
        rounds=(*_rounds(project), *_promised_and_not_told(counts)) or None,
    )


def _promised(charter: Charter, moved: Sequence[Change]) -> date | None:
    """The day that people were given first: a new one is a promise moved, not a promise that was never broken."""
    return (parse_date(moved[0].before) if moved else None) or charter.hear_back_on


def _redated(project: Project, moved: Sequence[Change]) -> facts.Redated | None:
    for one in reversed(moved):
        if one.told_at is not None:
            told_on = day.of(project, one.told_at)
            return facts.Redated(on=told_on, to=parse_date(one.after), because=one.because or None)
    return None


def _routes(charter: Charter, counts: Counts) -> set[str]:
    """Everybody has their words; whoever gave an address is told there too."""
    return {"personal words", *counts.ways, *([charter.hear_back_how] if charter.hear_back_how else [])}


def _rounds(project: Project) -> tuple[facts.Round, ...]:
    """One round a day and way: how many persons it was meant for, how many it reached, and what it said. Counted by the database."""
    tellings = Telling.objects.filter(person__project=project)
    days = sorted({day.of(project, at) for at in tellings.values_list("at", flat=True).distinct().order_by()})
    if not days:
        return ()
    rows = (
        tellings.annotate(day=Case(*(When(_on(project, one), then=Value(one.isoformat())) for one in days)))
        .values("day", "way")
        .annotate(
            of=Count("person", distinct=True),
            reached=Count("person", distinct=True, filter=HAS_IT),
            no=Count("pk", filter=Q(version__outcome=Outcome.NOT_DOING)),
            next=Max("version__promised_on"),
        )
        .order_by("day", "way")
    )
    return tuple(
        facts.Round(
            on=date.fromisoformat(row["day"]),
            route=row["way"],
            reached=row["reached"],
            of=row["of"],
            says=_says(row["no"], row["next"]),
        )
        for row in rows
    )


def _promised_and_not_told(counts: Counts) -> tuple[facts.Round, ...]:
    """The telling that an answer promised by its day: it said nothing to nobody."""
    return (facts.Round(on=counts.late_since, reached=0, says=()),) if counts.late_since else ()


def _on(project: Project, one: date) -> Q:
    """Within this day of the project's zone. Asking the database to turn each instant into a day takes it ten times as long."""
    midnight, following = (day.instant(project, each, time(0)) for each in (one, one + timedelta(days=1)))
    return Q(at__gte=midnight, at__lt=following)


def _says(refusals: int, following: date | None) -> tuple[RoundSays, ...]:
    """Every answer says what was said, what was done, and because."""
    says = {RoundSays.YOU_SAID_WE_DID, RoundSays.REASONS}
    if refusals:
        says.add(RoundSays.NO_BECAUSE)
    if following:
        says.add(RoundSays.NEXT_DATE)
    return tuple(sorted(says))
