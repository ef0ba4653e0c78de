"""The ways out of trap 5: answer, tell, give a day. What was told stays told."""

from dataclasses import replace
from datetime import timedelta

from tests.traps.ways_out import Way
from withus.facts.feedback import Feedback, Redated, Round
from withus.facts.project import Contributions, Project
from withus.facts.words import Says
from withus.traps.rule import Finding


def at_feedback(project: Project, **facts: object) -> Project:
    return replace(project, feedback=replace(project.feedback or Feedback(), **facts))  # type: ignore[arg-type] # fields by name


def _gave(project: Project) -> int:
    return (project.contributions or Contributions()).people or 1


def tell_each(*says: Says) -> Way:
    """In the way and the format that they asked for."""

    def way(project: Project, found: Finding) -> Project | None:
        told = project.feedback or Feedback()
        new = Round(on=project.today, route="phone", reached=_gave(project), of=_gave(project), says=says)
        return send_the_formats(at_feedback(project, rounds=(*(told.rounds or ()), new)), found)

    return way


def answer_what_is_open(project: Project, found: Finding) -> Project | None:
    total = (project.feedback or Feedback()).items_total
    told = tell_each(Says.YOU_SAID_WE_DID, Says.NO_BECAUSE, Says.REASONS)(project, found)
    return told and at_feedback(told, items_answered=total)


def give_a_new_day(project: Project, found: Finding) -> Project | None:
    """Told to everybody today: the moving is no longer in time, but it is honest."""
    moved = project.feedback.redated if project.feedback else None
    if found.rule == "T508" and moved is not None and moved.because is None:
        told = tell_each(Says.REASONS)(project, found)
        return told and at_feedback(told, redated=replace(moved, because="the board meets once a year"))
    new = Redated(on=project.today, to=project.today + timedelta(days=21), because="the board met late")
    told = tell_each(Says.NEXT_DATE, Says.REASONS)(project, found)
    return told and at_feedback(told, redated=new)


def move_what_was_promised(project: Project, found: Finding) -> Project | None:
    """Told today, with the reason; what was to be told on the old day is planned for the new one."""
    told = project.feedback or Feedback()
    later = project.today + timedelta(days=21)
    rounds = [replace(each, on=later) if each.reached == 0 and each.says == () else each for each in told.rounds or ()]
    return tell_each(Says.NEXT_DATE, Says.REASONS)(at_feedback(project, rounds=tuple(rounds)), found)


def write_down_who_cannot_be_found(project: Project, found: Finding) -> Project | None:
    left = _gave(project) - int(str(found.evidence.get("reached", 0)))
    return at_feedback(project, unreachable=max(0, left))


def name_ways(project: Project, _found: Finding) -> Project | None:
    return at_feedback(project, routes=("in person", "text", "post"))


def name_ways_and_a_day(project: Project, found: Finding) -> Project | None:
    after = name_ways(project, found)
    return after and name_a_day(after, found)


def name_a_day(project: Project, _found: Finding) -> Project | None:
    days = [each.on for each in project.workshops if each.on]
    return at_feedback(project, promised_on=max([project.today, *days]) + timedelta(days=28))


def send_the_formats(project: Project, _found: Finding) -> Project | None:
    told = project.feedback or Feedback()
    return at_feedback(project, formats_sent=tuple({*(told.formats_sent or ()), *(told.formats_asked or {})}))


REASONS = tell_each(Says.YOU_SAID_WE_DID, Says.NO_BECAUSE, Says.REASONS)
FEEDBACK_WAYS: dict[tuple[str, int], Way] = {
    ("T501", 0): answer_what_is_open,
    ("T501", 1): give_a_new_day,
    ("T502", 0): REASONS,
    ("T502", 1): write_down_who_cannot_be_found,
    ("T503", 0): REASONS,
    ("T503", 1): REASONS,
    ("T504", 0): REASONS,
    ("T504", 1): give_a_new_day,
    ("T505", 0): tell_each(Says.THANKS, Says.SUMMARY, Says.NEXT_DATE),
    ("T506", 0): REASONS,
    ("T507", 0): name_a_day,
    ("T508", 0): give_a_new_day,
    ("T509", 1): REASONS,
    ("T511", 0): name_ways_and_a_day,
    ("T512", 0): send_the_formats,
    ("T514", 0): REASONS,
    ("T515", 0): REASONS,
    ("T517", 0): answer_what_is_open,
    ("T517", 1): move_what_was_promised,
}
