"""What came back to people, in numbers: persons, not mails; silence is never counted as heard."""

from collections import defaultdict
from datetime import date, datetime

from django.db.models import Count, Q

from withus.charter.models import Charter
from withus.facts import feedback as facts
from withus.facts.words import Says as RoundSays
from withus.loop import asks
from withus.loop.models import Due, Outcome, Telling, Told
from withus.people.models import Person
from withus.projects import day
from withus.projects.models import Project

REACHED = (Told.SENT, Told.PRINTED, Told.READ)


def feedback_of(project: Project, charter: Charter, *, now: datetime) -> facts.Feedback | None:
    """None where nothing was promised and nothing was given: then nothing is known of it."""
    dues = Due.objects.filter(project=project, acknowledgement_only=False).aggregate(
        total=Count("pk"), answered=Count("pk", filter=Q(met_at__isnull=False))
    )
    routes = tuple(sorted(_routes(project, charter)))
    if not (charter.hear_back_on or dues["total"]):
        return None
    unreachable = Telling.objects.filter(person__project=project, state=Told.UNREACHABLE)
    return facts.Feedback(
        promised_on=charter.hear_back_on,
        routes=routes or None,
        confirmed=asks.heard(project),
        items_answered=dues["answered"],
        items_total=dues["total"],
        unreachable=unreachable.values("person").distinct().count(),
        rounds=_rounds(project) or None,
    )


def _routes(project: Project, charter: Charter) -> set[str]:
    """Everybody has their words; whoever gave an address is told there too."""
    ways = set(
        Person.objects.filter(project=project, ways__chosen=True).values_list("ways__kind", flat=True).distinct()
    )
    said = {charter.hear_back_how} if charter.hear_back_how else set()
    return {"personal words", *said, *(way for way in ways if way and way != "none")}


def _rounds(project: Project) -> tuple[facts.Round, ...]:
    """One round a day and way: how many persons it was meant for, and how many it reached."""
    meant: dict[tuple[date, str], set[int]] = defaultdict(set)
    reached: dict[tuple[date, str], set[int]] = defaultdict(set)
    says: dict[tuple[date, str], set[RoundSays]] = defaultdict(set)
    rows = Telling.objects.filter(person__project=project).values_list(
        "person", "way", "state", "at", "version__outcome", "version__promised_on"
    )
    for person, way, state, at, outcome, promised in rows.iterator(2000):
        key = (day.of(project, at), way)
        meant[key].add(person)
        if state in REACHED:
            reached[key].add(person)
        says[key] |= {RoundSays.YOU_SAID_WE_DID, RoundSays.REASONS}
        if outcome == Outcome.NOT_DOING:
            says[key].add(RoundSays.NO_BECAUSE)
        if promised:
            says[key].add(RoundSays.NEXT_DATE)
    return tuple(
        facts.Round(
            on=key[0], route=key[1], reached=len(reached[key]), of=len(meant[key]), says=tuple(sorted(says[key]))
        )
        for key in sorted(meant)
    )
