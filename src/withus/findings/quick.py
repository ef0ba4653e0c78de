"""Six questions about a plan, in plain words, and the facts that their answers are. Kept nowhere."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from withus.facts.block import Block
from withus.facts.decision import Decision
from withus.facts.feedback import Feedback
from withus.facts.field import DAY_MINUTES
from withus.facts.project import Project
from withus.facts.words import BlockKind, Emotive, Openness, Pay, Stage
from withus.facts.workshop import People, Workshop
from withus.ui.day_field import DayField

NOT_KNOWN = ("", _("I do not know yet"))
MOST_IN_ROOM = 10_000
KINDS = {
    "venting": BlockKind.VENTING,
    "information": BlockKind.INFORMATION,
    "discussion": BlockKind.DISCUSSION,
    "activity": BlockKind.ACTIVITY,
    "slack": BlockKind.SLACK,
    "pause": BlockKind.BREAK,
}
"""The breaks come last here: where they stand in the plan is worked out."""


class Minutes(forms.IntegerField):
    def __init__(self, label: Any) -> None:  # Any: a sentence that is translated later
        super().__init__(label=label, required=False, min_value=0, max_value=DAY_MINUTES)


def _one_of(label: Any, *choices: tuple[Any, Any]) -> forms.ChoiceField:  # Any: sentences that are translated later
    return forms.ChoiceField(label=label, choices=[*choices, NOT_KNOWN], required=False, widget=forms.RadioSelect)


def _clock(label: Any) -> forms.TimeField:  # Any: a sentence that is translated later
    return forms.TimeField(label=label, required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


class QuickForm(forms.Form):
    """Every answer may be left out: what is not known is no finding, and is counted as not known."""

    openness = _one_of(
        _("Can people still change what you ask them about?"),
        ("open", _("Yes, it is open")),
        ("within limits", _("Yes, within limits that we tell them")),
        ("told", _("No, it is decided, and we say so")),
        ("asked in vain", _("No, it is decided, and we ask people all the same")),
    )
    settled_on = DayField(
        label=_("If it is decided: since which day?"),
        help_text=_("You do not know the day? Leave it empty."),
        required=False,
    )
    on = DayField(label=_("Which day do you meet?"), required=False)
    starts = _clock(_("From"))
    ends = _clock(_("Until"))
    emotive = _one_of(
        _("How much feeling does the subject carry?"),
        ("low", _("A little")),
        ("medium", _("Some")),
        ("high", _("A lot: it touches what people have been through")),
    )
    venting = Minutes(_("Minutes for people to say what is on their mind"))
    information = Minutes(_("Minutes for talks and slides"))
    discussion = Minutes(_("Minutes to discuss and report back"))
    activity = Minutes(_("Minutes in which people make, draw, sort, build or walk"))
    slack = Minutes(_("Minutes kept free"))
    pause = Minutes(_("Minutes of break"))
    lived = forms.IntegerField(
        label=_("How many people come because they have lived through it?"),
        required=False,
        min_value=0,
        max_value=MOST_IN_ROOM,
    )
    others = forms.IntegerField(
        label=_("How many others are in the room: staff, managers, councillors?"),
        required=False,
        min_value=0,
        max_value=MOST_IN_ROOM,
    )
    votes = _one_of(
        _("Who decides in that room?"),
        ("all", _("Everybody there")),
        ("others", _("Only the others")),
        ("nobody", _("Nothing is decided there")),
    )
    pay = _one_of(
        _("Are those who have lived through it paid for their time?"),
        ("paid", _("Yes")),
        ("unpaid", _("No")),
        ("declined", _("It was offered, and they said no")),
    )
    promised_on = DayField(label=_("By which day do people hear what became of it?"), required=False)
    routes = forms.CharField(
        label=_("How does each of them hear?"),
        help_text=_("For example: in the room, by text, by post. One a line. If no way is planned, write: none."),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def clean(self) -> dict[str, Any]:  # Any: Django's own
        said = super().clean() or {}
        if not any(value not in (None, "") for value in said.values()) and not self.errors:
            raise forms.ValidationError(_("Answer at least one question."))
        return said


def as_project(said: dict[str, Any], *, title: str, what: str, today: date) -> Project:
    """Only what was said: an answer that was left out is a fact that is not known."""
    return Project(
        title=title,
        today=today,
        stage=Stage.PLANNED if said["on"] and said["on"] >= today else None,
        emotive=Emotive(said["emotive"]) if said["emotive"] else None,
        decisions=_decisions(said, what, today),
        workshops=(
            Workshop(
                "1",
                on=said["on"],
                starts=said["starts"],
                ends=said["ends"],
                decision_rule="none" if said["votes"] == "nobody" else None,
                people=_people(said),
                plan=_plan(said),
            ),
        ),
        feedback=_feedback(said),
    )


def _decisions(said: dict[str, Any], what: str, today: date) -> tuple[Decision, ...]:
    """What is decided, nobody knows since when, is decided by today."""
    if not said["openness"]:
        return ()
    openness = {"told": Openness.SETTLED, "within limits": Openness.WITHIN_LIMITS}.get(said["openness"], Openness.OPEN)
    settled_on = {"told": said["settled_on"], "asked in vain": said["settled_on"] or today}.get(said["openness"])
    return (Decision("1", what=what, openness=openness, settled_on=settled_on),)


def _people(said: dict[str, Any]) -> tuple[People, ...] | None:
    """The room is known when both numbers are."""
    if said["lived"] is None or said["others"] is None:
        return None
    votes = {"all": (True, True), "others": (False, True), "nobody": (False, False)}.get(said["votes"], (None, None))
    rows = (
        People(count=said["lived"], lived=True, votes=votes[0], pay=Pay(said["pay"]) if said["pay"] else None),
        People(count=said["others"], lived=False, votes=votes[1]),
    )
    return tuple(each for each in rows if each.count)


def _plan(said: dict[str, Any]) -> tuple[Block, ...] | None:
    """
    Nobody was asked in which order, so the kindest is taken: open talk first, and the break in the middle.
    """
    blocks = [Block(minutes=said[name], kind=kind) for name, kind in KINDS.items() if said[name]]
    if not blocks:
        return None
    if blocks[-1].kind is not BlockKind.BREAK:
        return tuple(blocks)
    *before, pause = blocks
    half, first, second = sum(each.minutes or 0 for each in before) // 2, [], []
    for each in before:
        now = min(each.minutes or 0, half)
        half -= now
        first += [Block(minutes=now, kind=each.kind)] if now else []
        left = (each.minutes or 0) - now
        second += [Block(minutes=left, kind=each.kind)] if left else []
    return (*first, pause, *second)


def _feedback(said: dict[str, Any]) -> Feedback | None:
    routes = [line.strip() for line in said["routes"].splitlines() if line.strip()]
    if not routes and said["promised_on"] is None:
        return None
    none = [each.lower().rstrip(".") for each in routes] in (["none"], [str(_("none"))])
    return Feedback(promised_on=said["promised_on"], routes=() if none else tuple(routes) or None)
