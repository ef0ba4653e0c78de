"""
The two reports, as sections of facts from the data with the team's own text beside them. Page and PDF show the same sections.

GRIPP2, the short form: Staniszewska and others (2017), "GRIPP2 reporting checklists", five parts.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from withus.charter.models import Openness
from withus.facts import small
from withus.findings import asks as findings
from withus.live.models import GONE, Contribution, GivenBy, Use
from withus.loop import asks, in_public
from withus.loop.asks import has_changed
from withus.loop.counting import Count as Counter
from withus.loop.in_public import InPublic, Said
from withus.loop.models import Outcome
from withus.people.models import Person
from withus.projects import day
from withus.projects.models import Project
from withus.projects.sole import sole
from withus.reports.models import Report
from withus.table.models import Role, Workshop

PARTS = (
    ("aim", gettext_lazy("1. Aim")),
    ("methods", gettext_lazy("2. Methods")),
    ("results", gettext_lazy("3. Study results")),
    ("discussion", gettext_lazy("4. Discussion and conclusions")),
    ("reflections", gettext_lazy("5. Reflections/critical perspective")),
)


@dataclass(frozen=True)
class Section:
    key: str
    heading: str
    facts: tuple[str, ...] = ()
    text: str = ""
    """What the team wrote."""
    none: str = ""
    """Said where there is neither."""


@dataclass(frozen=True)
class Paper:
    title: str
    under: str
    sections: tuple[Section, ...]


def report_of(project: Project) -> Report:
    return sole(Report.objects.filter(project=project)) or Report(project=project)


def gripp(project: Project, report: Report, *, now: datetime) -> Paper:
    """The same number of queries, whatever the project's size."""
    known = in_public.read(project, now=now, use=Use.REPORT)
    facts = {
        "aim": _aim(known),
        "methods": [*_meetings(project), *_who(project, known), *_ways(project)],
        "results": [*_counters(known), *_outcomes(known)],
        "discussion": [*_refused(known), *_late(known)],
        "reflections": _owned(project),
    }
    sections = (Section(key, str(heading), tuple(facts[key]), getattr(report, key)) for key, heading in PARTS)
    return Paper(
        title=_("How people were involved: %(title)s") % {"title": project.title},
        under=_("GRIPP2 short form. %(body)s, %(day)s") % _where(project, now),
        sections=tuple(sections),
    )


def funder(project: Project, report: Report, *, now: datetime) -> Paper:
    """What was asked, who took part, what changed, what not and why, what it cost."""
    known = in_public.read(project, now=now, use=Use.REPORT)
    nothing = _("Nothing yet.")
    return Paper(
        title=project.title,
        under=_("For those who pay for it. %(body)s, %(day)s") % _where(project, now),
        sections=(
            Section("asked", _("What was asked"), tuple(_aim(known))),
            Section("who", _("Who took part"), (*_who(project, known), *_meetings(project), *_ways(project))),
            Section("changed", _("What changed"), tuple(_did(known)), none=nothing),
            Section("promised", _("What is promised"), tuple(_promised(known)), none=nothing),
            Section("refused", _("What did not, and why"), (*_refused(known), *_late(known)), none=nothing),
            Section("heard", _("Did people hear back?"), tuple(_counters(known))),
            Section("cost", _("What it cost"), text=report.cost, none=_("Not written down.")),
        ),
    )


def _where(project: Project, now: datetime) -> dict[str, str]:
    return {"body": project.organisation.name, "day": date_format(day.of(project, now), "j F Y")}


def _aim(known: InPublic) -> Iterator[str]:
    part = known.part
    if part.charter.purpose:
        yield part.charter.purpose
    for one in part.decisions:
        row = one.decision
        yield _("%(what)s: %(openness)s.") % {"what": row.what, "openness": Openness(row.openness).label}
    yield f"{part.whole_sentence} {part.whole_because}"


def _meetings(project: Project) -> Iterator[str]:
    for one in Workshop.objects.filter(project=project):
        said = {"day": date_format(one.on, "j F Y"), "title": one.title, "format": one.get_format_display()}
        yield _("%(day)s: %(title)s (%(format)s)") % said


def _who(project: Project, known: InPublic) -> Iterator[str]:
    """Roles of those who gave something. A role with fewer than five is not counted, nor another that would give it away."""
    whole = small.beside(known.counts.people, known.counts.people)
    if not isinstance(whole, int):
        yield _("Fewer than 5 people gave something.")
        return
    yield _("%(n)s people gave something.") % {"n": whole}
    persons = Person.objects.filter(asks.gave(project), project=project).order_by()
    counts = dict(persons.values_list("place__role").annotate(Count("pk")))
    shown = small.shown({role or "": count for role, count in counts.items()})
    for role, count in sorted(shown.items()):
        name = Role(role).label if role else _("role not said")
        yield f"{name}: {_number(count)}"


def _ways(project: Project) -> Iterator[str]:
    counts = dict(_given(project).order_by().values_list("given_by").annotate(Count("pk")))
    for way, count in sorted(small.shown(counts).items()):
        yield _("Given as %(way)s: %(n)s") % {"way": GivenBy(way).label, "n": _number(count)}


def _number(count: int | None) -> str:
    return _("number not told") if count is None else str(count)


def _given(project: Project) -> QuerySet[Contribution]:
    return Contribution.objects.filter(project=project).exclude(state__in=GONE)


def _counters(known: InPublic) -> Iterator[str]:
    for one in known.four:
        yield f"{one.name}: {_of(one)}. {one.meaning}"


def _of(one: Counter) -> str:
    if one.number is None or one.of is None:
        return str(one.words) if one.number is None else str(one.number)
    return _("%(n)s of %(of)s") % {"n": one.number, "of": one.of}


def _outcomes(known: InPublic) -> Iterator[str]:
    for outcome in Outcome:
        count = sum(1 for one in known.answers if one.version.outcome == outcome)
        if count:
            said = ngettext("%(n)s answer", "%(n)s answers", count) % {"n": count}
            yield f"{outcome.label}: {said}"


def _did(known: InPublic) -> Iterator[str]:
    """As the counter counts: a promise from the day it is kept."""
    for one in known.did:
        if has_changed(one.version):
            yield _("%(said)s. %(outcome)s: %(we_do)s") % _said(one) + _in_words(one.words)


def _promised(known: InPublic) -> Iterator[str]:
    for one in known.did:
        if not has_changed(one.version):
            owed = _("By %(day)s. %(body)s owes it.") % {
                "day": date_format(one.version.promised_on, "j F Y") if one.version.promised_on else "",
                "body": one.version.body,
            }
            yield _("%(said)s. %(outcome)s: %(we_do)s") % _said(one) + f" {owed}" + _in_words(one.words)


def _refused(known: InPublic) -> Iterator[str]:
    for one in known.refused:
        yield _("%(said)s. %(outcome)s: %(we_do)s Because: %(because)s") % _said(one) + _in_words(one.words)


def _said(one: Said) -> dict[str, str]:
    version = one.version
    outcome = version.get_outcome_display()
    return {"said": one.said.rstrip(". "), "outcome": outcome, "we_do": version.we_do, "because": version.because}


def _in_words(words: Iterable[str]) -> str:
    """Cards whose authors said yes to a report."""
    said = " ".join(f"“{one}”" for one in words)
    return " " + _("In people's words: %(words)s") % {"words": said} if said else ""


def _late(known: InPublic) -> Iterator[str]:
    for one in known.overdue:
        said = {"said": one.said, "day": date_format(one.on, "j F Y"), "body": one.version.body}
        yield _("Late: “%(said)s” was due on %(day)s. %(body)s owes it.") % said


def _owned(project: Project) -> Iterator[str]:
    for one in findings.owned(project):
        said = {"what": one.because, "cost": one.cost, "now": one.now_we}
        yield _("We got this wrong: %(what)s What it cost: %(cost)s What we do now: %(now)s") % said
