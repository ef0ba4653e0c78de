"""
The norm for consultations: an answer within twelve weeks of the last input, or an explanation (UK consultation principles, 2018). Shown as
a countdown to the team and to everybody.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max

from withus.charter.models import Charter
from withus.live.models import GONE, Contribution
from withus.loop.models import Due
from withus.loop.models_of_answers import LateBecause
from withus.projects import day
from withus.projects.models import Project
from withus.table.models import Workshop, WorkshopState


@dataclass(frozen=True)
class Countdown:
    """`days_left` is 0 on the day itself, and less than that once it has passed. `because`: why it is late, as it was said in public."""

    last_input: date
    due_on: date
    days_left: int
    because: str = ""
    said_on: date | None = None

    @property
    def days_late(self) -> int:
        return max(0, -self.days_left)

    @property
    def is_late(self) -> bool:
        return self.days_left < 0


def countdown(project: Project, *, now: datetime, owed: int | None = None) -> Countdown | None:
    """
    None where nobody is owed anything, or people can still give: then nothing counts down. `owed`: cards without an answer, where that was
    counted already. Four queries at most.
    """
    if owed is None:
        dues = Due.objects.filter(project=project, met_at=None, acknowledgement_only=False)
        owed = dues.exclude(contribution__state__in=GONE).count()
    last = last_input(project, now=now) if owed else None
    if last is None:
        return None
    today, due_on = day.of(project, now), last + day.TWELVE_WEEKS
    said = LateBecause.objects.filter(project=project).order_by("-pk").first() if today > due_on else None
    return Countdown(
        last_input=last,
        due_on=due_on,
        days_left=(due_on - today).days,
        because=said.because if said else "",
        said_on=day.of(project, said.at) if said else None,
    )


def last_input(project: Project, *, now: datetime) -> date | None:
    """The last workshop that was held, or the day on which input closed; else the newest card. None while input is still open."""
    today = day.of(project, now)
    closes = next(iter(Charter.objects.filter(project=project).values_list("input_closes", flat=True)), None)
    if closes is not None and closes > today:
        return None
    held = Workshop.objects.filter(project=project).exclude(state=WorkshopState.PLANNED).aggregate(last=Max("on"))
    days = [one for one in (closes, held["last"]) if one is not None]
    if days:
        return max(days)
    newest = Contribution.objects.filter(project=project).order_by("-seq").values_list("given_at", flat=True)[:1]
    return next((day.of(project, at) for at in newest), None)
