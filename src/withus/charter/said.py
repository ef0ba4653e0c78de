"""A change to the charter in words that a stranger understands. The table keeps a field's name and its value."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from withus.charter.models import Change, Emotive, Openness, WhoDecides

DAYS = frozenset({"hear_back_on", "input_closes", "decide_by", "settled_on"})
OF_THE_CHARTER: dict[str, str | Promise] = {
    "purpose": gettext_lazy("What this is for"),
    "emotive": gettext_lazy("How much feeling it carries"),
    "groups": gettext_lazy("Whom it is for"),
    "ages": gettext_lazy("How old people are"),
    "setting": gettext_lazy("Where it is"),
    "safe_person": gettext_lazy("The safe person"),
    "safe_person_how": gettext_lazy("How to reach the safe person"),
    "support_lines": gettext_lazy("Numbers to ring"),
    "hear_back_on": gettext_lazy("The day by which people hear back"),
    "hear_back_how": gettext_lazy("How people hear back"),
    "shown_where": gettext_lazy("Where the answers hang"),
    "input_closes": gettext_lazy("Until when people can answer"),
    "delivery_shared": gettext_lazy("Whether people share in running it"),
    "review_shared": gettext_lazy("Whether people share in looking at how it went"),
}
LABELS: dict[str, dict[str, str | Promise]] = {
    "openness": dict(Openness.choices),
    "who_decides": dict(WhoDecides.choices),
    "emotive": dict(Emotive.choices),
    "ages": {"adults": gettext_lazy("18 and over"), "under 18": gettext_lazy("under 18 too")},
}
YES_OR_NO = {"True": gettext_lazy("yes"), "False": gettext_lazy("no")}


@dataclass(frozen=True)
class Said:
    """`what` is the decision, or what of the charter it is about."""

    at: datetime
    what: str
    before: str
    after: str
    because: str
    number: int
    reconsidered: bool | None


def in_words(changes: Iterable[Change]) -> list[Said]:
    return [
        Said(
            at=one.at,
            what=one.decision.what if one.decision else str(OF_THE_CHARTER.get(one.field, _("The charter"))),
            before=_value(one.field, one.before),
            after=_value(one.field, one.after),
            because=one.because,
            number=one.pk,
            reconsidered=one.reconsidered,
        )
        for one in changes
    ]


def _value(field: str, text: str) -> str:
    """As people write it: a day, a label, yes or no; else the words themselves."""
    on = parse_date(text) if field in DAYS and text else None
    if on is not None:
        return date_format(on, "j F Y")
    return str(LABELS.get(field, YES_OR_NO).get(text, text))
