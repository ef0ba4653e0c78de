"""
One of the ways that people were asked to choose from was already impossible.

## What it looks for

A decision that people were told is open, and an act before they were first asked that closed one of the options listed
as alive, while two or more others were left, and no change told to people says so. If fewer than two are left, it is T101.

## Why it hurts

People weigh, argue for and choose something that cannot be had. What they say about the rest is worth less too.

## Where this comes from

The first and the second Gunning principle: while it can still change, and with what is needed for an intelligent answer
(L, for UK public bodies that consult). That it also holds for one option of several is ours (D).

## What it cannot see

Options that became impossible without an act that anybody wrote down.
"""

from withus.facts.asked import days_asked, decided_by_the_room, is_open
from withus.facts.decision import Act, Decision
from withus.facts.label import settled_unsaid
from withus.facts.project import Project
from withus.traps.rule import N_, Judged, Level, Rule

RULE = Rule(
    code="T112",
    name="dead-option-offered",
    level=Level.WARN,
    since="0.1",
    sentence=N_(
        "What was done on %(act)s closed one of the ways for “%(decision)s”. People were asked about it on %(asked)s."
    ),
    way_out=(
        N_("Tell everybody which way is closed, since when and why."),
        N_("Ask those who chose it: what would you choose now?"),
    ),
)


def check(project: Project) -> Judged:
    for decision in project.decisions:
        if not is_open(decision) or not any(_closes_some(decision, act) for act in decision.acts or ()):
            continue
        days = days_asked(project, decision)
        if not days or settled_unsaid(project, decision):
            continue
        acts = [
            act.on
            for act in decision.acts or ()
            if act.on is not None
            and act.on < days[0]
            and _closes_some(decision, act)
            and not _told(project, decision, act)
        ]
        if acts and decided_by_the_room(project, decision) is False:
            what = decision.what or decision.id
            yield RULE.finding(f"decision:{decision.id}", act=min(acts), decision=what, asked=days[0])


def _closes_some(decision: Decision, act: Act) -> bool:
    return bool(set(act.closes or ()) & set(decision.options or ()))


def _told(project: Project, decision: Decision, act: Act) -> bool:
    """A change of this decision on or after that day that people were told of, whatever its words."""
    return any(
        change.decision in (decision.id, None) and change.told_on is not None and act.on and change.told_on >= act.on
        for change in project.changes
    )
