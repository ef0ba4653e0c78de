"""What is owed to people who gave: four counters, and what is due on a given day."""

from dataclasses import dataclass
from datetime import date, timedelta

from withus.facts.asked import last_input
from withus.facts.feedback import Feedback, Redated, Round
from withus.facts.project import Project
from withus.facts.routes import counts_clicks
from withus.facts.words import Says, Stage

# "Twelve weeks, or explain": UK consultation principles, 2018 (G).
ANSWER_WITHIN = timedelta(days=84)
OUTCOME = frozenset({Says.YOU_SAID_WE_DID, Says.REASONS, Says.NO_BECAUSE})


@dataclass(frozen=True, slots=True)
class Counters:
    """Answered is not reached, reached is not heard: four numbers, never one. None is not known."""

    gave: int | None
    answered: int | None
    owed: int | None
    reached_least: int | None
    reached_most: int | None
    confirmed: int | None


def due_on(project: Project) -> date | None:
    """The date given to people, or the one they were told in its place, or twelve weeks after the last input."""
    told = project.feedback
    if told is not None and told.promised_on is not None:
        return redated_to(told, project.today) or told.promised_on
    if told is not None and told.redated is not None and redated_to(told, project.today):
        return redated_to(told, project.today)
    last = last_input(project)
    return last + ANSWER_WITHIN if last else None


def redated_to(told: Feedback, today: date) -> date | None:
    """
    Counts where people were told, with a reason. Told after the promised day it breaks a promise (T508), and there is a day again all
    the same.
    """
    moved = told.redated
    return moved.to if moved is not None and _told_with_a_reason(moved, today) else None


def moved_to_a_day_not_known(told: Feedback, today: date) -> bool:
    """People were told that it moves, and the new day is not written down."""
    moved = told.redated
    if moved is None or moved.to is not None or told.promised_on is None:
        return False
    return _told_with_a_reason(moved, today)


def _told_with_a_reason(moved: Redated, today: date) -> bool:
    """What is left out of it is not known to be missing."""
    return moved.because != "" and (moved.on is None or moved.on <= today)


def is_due(project: Project) -> bool | None:
    """Late begins with the next day. A closed project owes everything now, but for a day that people were given."""
    day = due_on(project)
    given = project.feedback is not None and project.feedback.promised_on is not None
    if project.feedback is not None and moved_to_a_day_not_known(project.feedback, project.today):
        return None
    if project.stage is Stage.CLOSED and not (given and day is not None and project.today <= day):
        return True
    return None if day is None else project.today > day


def surely_due(project: Project) -> bool:
    """Due by a day that people were given. Where none is written down, there may be one that is still to come."""
    told = project.feedback
    return bool(is_due(project)) and told is not None and told.promised_on is not None


def rounds(project: Project) -> tuple[Round, ...]:
    """What was told up to today; a round in the future is a plan, and one that never was is no telling."""
    told = project.feedback.rounds if project.feedback else None
    past = (each for each in told or () if each.on is None or each.on <= project.today)
    return tuple(each for each in past if not _never_was(each))


def missed(project: Project) -> tuple[Round, ...]:
    """Tellings whose day has passed, and which never were. Late begins with the next day."""
    told = project.feedback.rounds if project.feedback else None
    return tuple(each for each in told or () if _never_was(each) and each.on is not None and each.on < project.today)


def _never_was(one: Round) -> bool:
    """It is written down that it reached nobody and said nothing."""
    return one.reached == 0 and one.says == ()


def something_open(project: Project) -> bool:
    """It is known that something has no answer."""
    told = project.feedback
    answered, owed = (told.items_answered, told.items_total) if told else (None, None)
    return answered is not None and owed is not None and answered < owed


def tells_outcome(each: Round) -> bool | None:
    return None if each.says is None else bool(OUTCOME & set(each.says))


def counters(project: Project) -> Counters:
    """
    Reached with what became of it: thanks alone reach nobody.

    Rounds may reach the same persons, so reached has a least and a most; a confirmation shows that it reached.
    """
    told = project.feedback
    gave = project.contributions.people if project.contributions else None
    if told is None:
        return Counters(gave, None, None, None, None, None)
    least: int | None = None
    most: int | None = None
    if told.rounds is not None:
        outcome = [each for each in rounds(project) if tells_outcome(each) is not False]
        reached = [each.reached for each in outcome]
        personal = [each.reached for each in outcome if each.reached and not counts_clicks(each.route)]
        least = max([*personal, told.confirmed or 0])
        most = None if None in reached else max(sum(each or 0 for each in reached), least)
    return Counters(gave, told.items_answered, told.items_total, least, most, told.confirmed)
