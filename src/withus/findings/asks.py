"""Findings as pages show them: sentences filled and in the reader's language, with what people answered to them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils import formats
from django.utils.dateparse import parse_date
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from withus.facts import small
from withus.findings.gate import holds
from withus.findings.models import Answered, Asked, Found, Level, NotKnown
from withus.projects.models import Project
from withus.projects.question import Question

TRAPS = {
    1: gettext_lazy("Already agreed"),
    2: gettext_lazy("No wandering"),
    3: gettext_lazy("The token seat"),
    4: gettext_lazy("Blank flip chart"),
    5: gettext_lazy("Off into the sunset"),
}
OWNED = Question(Answered.objects.filter(kind="owned").order_by("-at"), "project")
TONES = {Level.STOP: "n-brick", Level.WARN: "n-sun", Level.NOTICE: "n-stone", Level.PRAISE: "n-leaf"}


TOKEN_SEAT = 3
OF_LIVED = frozenset({"lived", "unpaid", "absent"})
"""What counts people by what they said of themselves in private: not even the team is told that it is two."""
OF_PERSONS = OF_LIVED | {"gave", "reached", "heard", "room", "seats", "votes", "voting", "staff"}
ALONE = "T301"
FEW = gettext_lazy("Fewer than %(most)s people with lived experience are in a room of %(room)s.")
"""In place of a sentence that says that it is one, or nobody: to a team that knows the room, that is a name."""
NEED = "T316"
SOMEBODY = gettext_lazy("Somebody who is invited named a need: %(need)s. Nothing that is booked meets it.")
"""The team knows who needs what; not who of them has lived through what this is about."""
FORMAT = "T512"
IN_OTHER_WORDS = gettext_lazy(
    "People asked to be told in another language or in easier words. Not everything was told so."
)
"""Which language is one person's own, often enough: everybody reads that there is something to mend, and no more."""
OVERDUE = "T501"
NOT_ALL = gettext_lazy("People were to hear back by %(due)s. Not everything that they gave has an answer.")
"""Where "40 of 42" or "2 of 42" would point at the two."""
HEARD = {
    "T503": gettext_lazy(
        "What became of it stands in public. Not everybody who gave something says that they know of it."
    ),
    "T509": gettext_lazy("People were sent what became of it. Fewer than half of them say that they heard."),
}
"""In place of sentences that say how many: the team knows whom it told today, and a number that then moves by one is that person."""
WITHOUT_FIGURES = gettext_lazy(
    "This looks like people with lived experience having too little weight here. "
    "We give no figures: they could give somebody away."
)


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
    asked: tuple[Asked, ...] = ()
    worse: bool = False
    """Somebody gave a reason, and the figures are worse now: it is asked for again."""

    @property
    def is_open(self) -> bool:
        """Nobody has answered it as it stands."""
        return not self.answered or self.worse

    @property
    def place(self) -> str:
        """For an id in the page."""
        return f"{self.rule}-{self.where}".replace(":", "-").lower()

    @property
    def of_decision(self) -> int | None:
        """The decision that it speaks of."""
        kind, _colon, name = self.where.partition(":")
        return int(name[1:]) if kind == "decision" and name[1:].isdecimal() else None

    @property
    def is_stop(self) -> bool:
        return self.level == Level.STOP and self.is_open


@dataclass(frozen=True)
class Trap:
    """One trap as the project stands: what was seen and how much is not known. Never a tick, a score or a colour for "fine"."""

    number: int
    name: str | Promise
    found: tuple[Finding, ...]
    unknown: int

    @property
    def open_count(self) -> int:
        """Stops and warnings that nobody has answered yet."""
        return sum(1 for one in self.found if one.level in (Level.STOP, Level.WARN) and one.is_open)

    @property
    def answered_count(self) -> int:
        return sum(1 for one in self.found if one.level in (Level.STOP, Level.WARN) and not one.is_open)


def by_trap(project: Project) -> list[Trap]:
    """All five in their order: three queries."""
    found, unknown = beside(project), not_known(project)
    return [
        Trap(number, name, tuple(one for one in found if one.trap == number), unknown[number])
        for number, name in TRAPS.items()
    ]


def beside(project: Project, *, traps: Iterable[int] = (1, 2, 3, 4, 5), where: str = "") -> list[Finding]:
    """Findings of these traps, of one place or of all, worst first, for the team. Two queries."""
    rows = Found.objects.filter(project=project, trap__in=list(traps))
    return ready(project, rows.filter(where=where) if where else rows)


def of_workshop(project: Project, pk: int, *, traps: Iterable[int] = (1, 2, 3, 4, 5)) -> list[Finding]:
    """What speaks of this workshop."""
    return beside(project, traps=traps, where=f"workshop:w{pk}")


def of_workshops(project: Project, pks: Iterable[int], *, traps: Iterable[int] = (1, 2, 3, 4, 5)) -> list[Finding]:
    """What speaks of any of these workshops."""
    rows = Found.objects.filter(project=project, trap__in=list(traps), where__in=[f"workshop:w{pk}" for pk in pks])
    return ready(project, rows)


def shown_to_all(project: Project) -> list[Finding]:
    """
    What everybody who takes part may read: stops and warnings, with the reasons given for them. How many have lived through something is
    never told, in no figure: in a small room it would give somebody away.
    """
    rows = Found.objects.filter(project=project, level__in=(Level.STOP, Level.WARN))
    shown: list[Finding] = []
    for one in ready(project, rows, hides=OF_PERSONS):
        plain = replace(one, sentence=str(WITHOUT_FIGURES), ways_out=()) if one.trap == TOKEN_SEAT else one
        if plain.answered or plain.sentence not in {other.sentence for other in shown}:
            shown.append(plain)
    return shown


def owned(project: Project) -> list[Answered]:
    """ "We got this wrong": kept in public, also when the finding has gone."""
    return OWNED.all(project.pk)


def not_known(project: Project) -> dict[int, int]:
    """How many things each trap's rules could not tell."""
    counts = dict.fromkeys(TRAPS, 0)
    for row in NotKnown.objects.filter(project=project):
        counts[row.trap] = counts.get(row.trap, 0) + 1
    return counts


def ready(project: Project, rows: Iterable[Found], *, hides: frozenset[str] = OF_LIVED) -> list[Finding]:
    """Rows as a page shows them, worst first, with what was answered to each. Small numbers of what is in `hides` are not told."""
    answers: dict[tuple[str, str], list[Answered]] = {}
    for one in Answered.objects.filter(project=project).order_by("at"):
        answers.setdefault((one.rule, one.where), []).append(one)
    questions: dict[tuple[str, str], list[Asked]] = {}
    rows = list(rows)
    if rows and hides is OF_LIVED:  # the team alone reads whom it asked
        for asked in Asked.objects.filter(project=project).select_related("to_staff").order_by("at"):
            questions.setdefault((asked.rule, asked.where), []).append(asked)
    order = {Level.STOP: 0, Level.WARN: 1, Level.NOTICE: 2, Level.PRAISE: 3}
    found = [
        Finding(
            rule=row.rule,
            name=row.name,
            trap=row.trap,
            level=row.level,
            where=row.where,
            sentence=_sentence(row, hides),
            ways_out=tuple(fill(way, without_small(row.evidence, hides)) for way in row.way_out),
            tone=TONES[Level(row.level)],
            answered=(held := tuple(answers.get((row.rule, row.where), ()))),
            asked=tuple(questions.get((row.rule, row.where), ())),
            worse=bool(held) and not any(holds(each, row) for each in held),
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (order[Level(one.level)], one.trap, one.rule, one.where))


def _sentence(row: Found, hides: frozenset[str]) -> str:
    evidence = without_small(row.evidence, hides)
    if row.rule == NEED:
        return str(SOMEBODY) % evidence
    if row.rule == FORMAT and hides is OF_PERSONS:
        return str(IN_OTHER_WORDS)
    if row.rule == OVERDUE and hides is OF_PERSONS and _points_at_few(evidence):
        return str(NOT_ALL) % {"due": _said(evidence["due"])}
    if row.rule in HEARD and "heard" in evidence:
        return str(HEARD[row.rule])
    if row.rule == ALONE:
        return str(FEW) % {"most": small.SMALLEST, "room": evidence.get("room", _("people"))}
    return fill(row.sentence, evidence)


def without_small(evidence: Mapping[str, Any], hides: frozenset[str]) -> dict[str, Any]:
    """Numbers of people under five become words, so that nobody can work out who it is."""
    return {
        key: _("fewer than %(most)s") % {"most": small.SMALLEST} if key in hides and _is_small(value) else value
        for key, value in evidence.items()
    }


def _points_at_few(evidence: Mapping[str, Any]) -> bool:
    part, whole = evidence.get("answered"), evidence.get("total")
    if not isinstance(part, int) or not isinstance(whole, int):
        return False
    return whole < small.SMALLEST if part == 0 else not isinstance(small.beside(part, whole), int)


def _is_small(value: Any) -> bool:
    return isinstance(value, int) and small.shown({"count": value})["count"] is None


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
