"""The honest label of a project, of each decision and of the reader's own part."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from withus.charter.models import Charter, Decision, Openness, Signature, WhoDecides
from withus.charter.refusals import FIRST_OF_ALL
from withus.facts import decision as facts
from withus.facts import label as labels_of
from withus.facts.label import Labelled, Sharing
from withus.facts.words import Label
from withus.facts.words import Openness as FactOpenness
from withus.people.models import Person
from withus.projects.models import Project
from withus.projects.question import Question

CHARTERS = Question(Charter.objects.all(), "project")
DECISIONS = Question(Decision.objects.filter(removed_at=None), "project")
VOTING = Question(Person.objects.filter(seats__vote=True), "id")
SIGNATURES = Question(Signature.objects.filter(taken_back_at=None), "project")
SHARED = frozenset({WhoDecides.TOGETHER, WhoDecides.GROUP})
SAID: dict[Label, str | Promise] = {
    Label.NONE: gettext_lazy("not told"),
    Label.INFORMING: gettext_lazy("we tell you"),
    Label.CONSULTING: gettext_lazy("we ask you"),
    Label.INVOLVING: gettext_lazy("we work with you"),
    Label.CO_DESIGNING: gettext_lazy("we decide together"),
    Label.CO_PRODUCING: gettext_lazy("we decide and do it together"),
}
NAMED: dict[Label, str | Promise] = {
    Label.NONE: gettext_lazy("This has no honest name yet."),
    Label.INFORMING: gettext_lazy("This is information. The choice is already made."),
    Label.CONSULTING: gettext_lazy("This is a consultation. It is not co-production."),
    Label.INVOLVING: gettext_lazy("We work with people. It is not co-production yet."),
    Label.CO_DESIGNING: gettext_lazy("This is co-design."),
    Label.CO_PRODUCING: gettext_lazy("This is co-production."),
}


@dataclass(frozen=True)
class DecisionPart:
    """A decision with its label for everybody in it, and for the reader."""

    decision: Decision
    whole: Labelled
    mine: Labelled


@dataclass(frozen=True)
class Part:
    """What a visitor reads first: their own part, and after it the whole project's label with its reason."""

    label: Label
    sentence: str
    because: str
    whole_label: Label
    whole_sentence: str
    whole_because: str
    to_rise: str
    decisions: tuple[DecisionPart, ...]
    open_count: int
    settled_count: int
    charter: Charter
    decides: bool


def labels(project: Project, *, decides: bool = False) -> Part:
    """Computed from the charter as it stands: three queries, whatever the number of decisions."""
    rows, signatures = DECISIONS.all(project.pk), len(SIGNATURES.all(project.pk))
    return labels_from(of(project), rows, signatures, decides=decides)


def of(project: Project) -> Charter:
    """The project's charter; an empty one where nobody has written any yet."""
    return CHARTERS.one(project.pk) or Charter(project=project)


def labels_from(charter: Charter, rows: Sequence[Decision], signatures: int, *, decides: bool = False) -> Part:
    """The same from rows that were read already."""
    parts = tuple(_part(row, sharing_of(row, charter, signatures), decides=decides) for row in rows)
    whole = labels_of.of_project([one.whole for one in parts])
    mine = labels_of.of_project([one.mine for one in parts])
    settled = sum(1 for row in rows if row.openness == Openness.SETTLED)
    return Part(
        label=mine.label,
        sentence=_("Your part: %(part)s") % {"part": SAID[mine.label]},
        because=_(mine.because),
        whole_label=whole.label,
        whole_sentence=str(NAMED[whole.label]),
        whole_because=_(whole.because),
        to_rise=_(whole.to_rise) if whole.to_rise else "",
        decisions=parts,
        open_count=len(rows) - settled,
        settled_count=settled,
        charter=charter,
        decides=decides,
    )


def part(project: Project, person: Person | None = None) -> Part:
    """The reader's own part. Somebody with a vote in a workshop of this project decides; everybody else reads the lowest part."""
    decides = person is not None and VOTING.one(person.pk) is not None
    return labels(project, decides=decides)


def missing_before_asking(project: Project) -> list[str]:
    """The charter's fields that nobody may be asked without, and that are still empty."""
    charter = Charter.objects.filter(project=project).first() or Charter(project=project)
    return [name for name in FIRST_OF_ALL if not getattr(charter, name)]


def facts_of(decision: Decision) -> facts.Decision:
    """The decision as the label sees it."""
    return facts.Decision(
        id=f"d{decision.pk}",
        what=decision.what,
        openness=FactOpenness(decision.openness),
        decider=decision.decider or None,
        options=tuple(decision.options) or None,
        settled_on=decision.settled_on,
    )


def sharing_of(row: Decision, charter: Charter, signatures: int) -> Sharing:
    """Who decides with whom, as the charter says it."""
    return Sharing(
        people_share=row.who_decides in SHARED if row.who_decides else None,
        people_decide=row.who_decides == WhoDecides.GROUP if row.who_decides else None,
        delivery=charter.delivery_shared,
        review=charter.review_shared,
        signatures=signatures,
        asked_before_settled=row.people_were_asked,
    )


def _part(row: Decision, sharing: Sharing, *, decides: bool) -> DecisionPart:
    known = facts_of(row)
    return DecisionPart(row, labels_of.of_decision(known, sharing), labels_of.of_seat(known, sharing, decides=decides))
