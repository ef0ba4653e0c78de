"""
The invitation promises more than the facts can hold.

## What it looks for

A claim to co-design or co-produce where it is known that nobody with lived experience has a say in the decision; or a
claim to consult or more on a decision that was in fact settled, or for which one option is left.

## Why it hurts

A lower label is honest work. A label that is too high spends people's trust, and the word itself wears out.

## Where this comes from

The honest label, our mapping (D) of the ladders of TLAP, Arnstein and IAP2 (G/P). Williams and others (2020) on the
harm of stretching the word (P). Lower levels are legitimate when named honestly (P).

## What it cannot see

Whether a board that decides alone always follows the group. Where who decides with whom is not known, it does not tell.
"""

from dataclasses import replace

from withus.facts.asked import perhaps_by_letter, unclear_changes
from withus.facts.decision import Decision
from withus.facts.label import Labelled, of_decision
from withus.facts.mix import claims_together
from withus.facts.project import Project
from withus.facts.words import Claim, Label, Openness
from withus.traps.rule import N_, Judged, Level, Rule

RULE = Rule(
    code="T102",
    name="label-above-facts",
    level=Level.STOP,
    since="0.1",
    sentence=N_("The invitation says “%(claim)s”. For “%(decision)s” the facts say “%(label)s”."),
    way_out=(
        N_("Change the invitation to say what this is. Tell everybody who was invited."),
        N_("Or give people with lived experience a say in the decision itself."),
    ),
)


def check(project: Project) -> Judged:
    claim = project.claim
    if claim is None or claim is Claim.INFORMING:
        return
    for decision in project.decisions:
        if decision.openness is None or decision.openness is Openness.SETTLED:
            continue
        found = of_decision(decision, project=project)
        if found.at_most is Label.NONE and unclear_changes(project, decision):
            yield RULE.cannot_tell("changes")
        elif overclaimed(claim, found):
            what = decision.what or decision.id
            level = Level.WARN if found.label is Label.NONE and by_letters_alone(project, decision) else RULE.level
            where, label = f"decision:{decision.id}", found.at_most.value
            yield RULE.finding(where, level=level, claim=claim.value, decision=what, label=label)
        elif claims_together(project) and found.at_most.rung > found.label.rung:
            yield RULE.cannot_tell(*found.missing)


def by_letters_alone(project: Project, decision: Decision) -> bool:
    """It was asked in vain only if the letters, which may have been about another decision, were about this one."""
    if project.input_closes is None or not perhaps_by_letter(project, decision, project.input_closes):
        return False
    return of_decision(decision, project=replace(project, input_closes=None)).label is not Label.NONE


def overclaimed(claim: Claim, found: Labelled) -> bool:
    """Once or twice asked is a difference of degree; being asked in vain, or having no say, is one of kind."""
    together = claim.label.rung >= Label.CO_DESIGNING.rung
    if together:
        return found.at_most.rung < Label.CO_DESIGNING.rung
    return found.at_most is Label.NONE
