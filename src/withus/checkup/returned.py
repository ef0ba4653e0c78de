"""What came back to people, in numbers: persons, not mails; silence is never counted as heard."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import Count, Max, Q
from django.db.models.functions import TruncDate
from django.utils.dateparse import parse_date

from withus.charter.models import Change, Charter
from withus.checkup.counts import Counts
from withus.facts import feedback as facts
from withus.facts.words import Says as RoundSays
from withus.loop import asks
from withus.loop.models import Outcome, Telling, Told
from withus.people.models import Way
from withus.projects import day
from withus.projects.models import Project

REACHED = (Told.SENT, Told.PRINTED, Told.READ)


def feedback_of(
    project: Project, charter: Charter, *, counts: Counts, changes: Sequence[Change]
) -> facts.Feedback | None:
    """None where nothing was promised and nothing was given: then nothing is known of it."""
    if not (charter.hear_back_on or counts.owed):
        return None
    moved = [one for one in changes if one.field == "hear_back_on" and one.before]
    return facts.Feedback(
        promised_on=_promised(charter, moved),
        routes=tuple(sorted(_routes(project, charter))),
        confirmed=asks.heard(project),
        items_answered=counts.answered,
        items_total=counts.owed,
        unreachable=counts.unreachable,
        redated=_redated(project, moved),
        rounds=_rounds(project) or None,
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


def _routes(project: Project, charter: Charter) -> set[str]:
    """Everybody has their words; whoever gave an address is told there too."""
    ways = Way.objects.filter(person__project=project, person__erased_at=None, chosen=True)
    said = {charter.hear_back_how} if charter.hear_back_how else set()
    return {"personal words", *said, *(way for way in ways.values_list("kind", flat=True).distinct() if way != "none")}


def _rounds(project: Project) -> tuple[facts.Round, ...]:
    """One round a day and way: how many persons it was meant for, how many it reached, and what it said. Counted by the database."""
    rows = (
        Telling.objects.filter(person__project=project)
        .annotate(day=TruncDate("at", tzinfo=ZoneInfo(project.zone)))
        .values("day", "way")
        .annotate(
            of=Count("person", distinct=True),
            reached=Count("person", distinct=True, filter=Q(state__in=REACHED)),
            no=Count("pk", filter=Q(version__outcome=Outcome.NOT_DOING)),
            next=Max("version__promised_on"),
        )
        .order_by("day", "way")
    )
    return tuple(
        facts.Round(
            on=row["day"], route=row["way"], reached=row["reached"], of=row["of"], says=_says(row["no"], row["next"])
        )
        for row in rows
    )


def _says(refusals: int, following: date | None) -> tuple[RoundSays, ...]:
    """Every answer says what was said, what was done, and because."""
    says = {RoundSays.YOU_SAID_WE_DID, RoundSays.REASONS}
    if refusals:
        says.add(RoundSays.NO_BECAUSE)
    if following:
        says.add(RoundSays.NEXT_DATE)
    return tuple(sorted(says))
