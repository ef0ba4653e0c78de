"""
The gate: a step that a stop closes asks here first. The project is judged anew, inside the caller's transaction.

The judge is bound in site/wiring.py, and the server refuses to start when it is not.
"""

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from withus.findings.models import Answered, Found, Level
from withus.findings.worse import worse
from withus.projects.models import Project
from withus.projects.refused import Refused

Judge = Callable[[Project, datetime], None]
_judge: list[Judge] = []

STEPS: dict[str, tuple[int, ...]] = {
    "invite": (1, 3, 5),
    "open workshop": (1, 2, 3, 4),
    "publish answer": (),
    "close project": (5,),
}
"""Which traps' stops close which step."""


class ClosedByFindings(Refused):
    """A stop stands and nobody has mended, explained or owned it."""

    sentence = _("Not yet. Something below has to be mended, explained or owned first.")

    def __init__(self, findings: list[Found]) -> None:
        super().__init__()
        self.findings = findings


def bind(judge: Judge) -> None:
    _judge[:] = [judge]


def is_bound() -> bool:
    return bool(_judge)


def judge(project: Project, *, now: datetime) -> None:
    """Judge the project anew and write what was found."""
    _judge[0](project, now)


def standing_stops(project: Project, traps: tuple[int, ...]) -> list[Found]:
    """Stops of these traps that nobody has owned, or explained as they stand now."""
    answers: dict[tuple[str, str], list[Answered]] = {}
    for one in Answered.objects.filter(project=project):
        answers.setdefault((one.rule, one.where), []).append(one)
    stops = Found.objects.filter(project=project, level=Level.STOP, trap__in=traps)
    return [one for one in stops if not any(holds(each, one) for each in answers.get((one.rule, one.where), ()))]


def holds(answer: Answered, found: Found) -> bool:
    """What is owned stays owned. A reason was given for figures: where they are worse now, it is asked for again."""
    return answer.kind == "owned" or not worse(
        answer.evidence, found.evidence, level_before=answer.level, level_now=found.level
    )


def gate(project: Project, step: str, *, now: datetime) -> None:
    """Raise `ClosedByFindings` while a stop closes this step."""
    judge(project, now=now)
    stops = standing_stops(project, STEPS[step])
    if stops:
        raise ClosedByFindings(stops)
