"""Findings as pages show them: sentences filled and in the reader's language, with what people answered to them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import formats
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from withus.findings.models import Answered, Found, Level, NotKnown
from withus.projects.models import Project

TRAPS = {
    1: gettext_lazy("Already agreed"),
    2: gettext_lazy("No wandering"),
    3: gettext_lazy("The token seat"),
    4: gettext_lazy("Blank flip chart"),
    5: gettext_lazy("Off into the sunset"),
}
TONES = {Level.STOP: "n-brick", Level.WARN: "n-sun", Level.NOTICE: "n-stone", Level.PRAISE: "n-leaf"}


@dataclass(frozen=True)
class Finding:
    """One finding, ready to be read."""

    rule: str
    name: str
    trap: int
    level: str
    where: str
    sentence: str
    ways_out: tuple[str, ...]
    tone: str
    answered: tuple[Answered, ...]

    @property
    def place(self) -> str:
        """For an id in the page."""
        return f"{self.rule}-{self.where}".replace(":", "-").lower()

    @property
    def is_stop(self) -> bool:
        return self.level == Level.STOP and not self.answered


def beside(project: Project, *, traps: Iterable[int] = (1, 2, 3, 4, 5), where_prefix: str = "") -> list[Finding]:
    """Findings of these traps, worst first, for the team. Two queries."""
    rows = Found.objects.filter(project=project, trap__in=list(traps))
    if where_prefix:
        rows = rows.filter(where__startswith=where_prefix)
    return ready(project, rows)


def shown_to_all(project: Project) -> list[Finding]:
    """What everybody who takes part may read: stops and warnings, with the reasons given for them."""
    return ready(project, Found.objects.filter(project=project, level__in=(Level.STOP, Level.WARN)))


def owned(project: Project) -> list[Answered]:
    """ "We got this wrong": kept in public, also when the finding has gone."""
    return list(Answered.objects.filter(project=project, kind="owned").order_by("-at"))


def not_known(project: Project) -> dict[int, int]:
    """How many things each trap's rules could not tell."""
    counts = dict.fromkeys(TRAPS, 0)
    for row in NotKnown.objects.filter(project=project):
        counts[row.trap] = counts.get(row.trap, 0) + 1
    return counts


def ready(project: Project, rows: Iterable[Found]) -> list[Finding]:
    """Rows as a page shows them, worst first, with what was answered to each."""
    answers: dict[tuple[str, str], list[Answered]] = {}
    for one in Answered.objects.filter(project=project).order_by("at"):
        answers.setdefault((one.rule, one.where), []).append(one)
    order = {Level.STOP: 0, Level.WARN: 1, Level.NOTICE: 2, Level.PRAISE: 3}
    found = [
        Finding(
            rule=row.rule,
            name=row.name,
            trap=row.trap,
            level=row.level,
            where=row.where,
            sentence=fill(row.sentence, row.evidence),
            ways_out=tuple(fill(way, row.evidence) for way in row.way_out),
            tone=TONES[Level(row.level)],
            answered=tuple(answers.get((row.rule, row.where), ())),
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (order[Level(one.level)], one.trap, one.rule, one.where))


def fill(template: str, evidence: Mapping[str, Any]) -> str:
    """The sentence in the reader's language, with its figures; days as people write them."""
    values = {key: _said(value) for key, value in evidence.items()}
    return _(template) % values if "%(" in template else _(template)


def _said(value: Any) -> Any:
    if isinstance(value, str) and (day := _day(value)):
        return formats.date_format(day, "j F Y")
    if isinstance(value, list | tuple):
        return ", ".join(str(_said(one)) for one in value)
    return value


def _day(value: str) -> date | None:
    try:
        return parse_date(value)
    except ValueError:
        return None
