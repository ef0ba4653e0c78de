"""One project in each state that it can come to after its workshops: with cards, an answer, a promise, and a day that moved."""

from datetime import date, timedelta
from typing import Any

from tests.cast import Cast, a_workshop, cast, give_name
from tests.loop import ground
from withus.charter import actions as charter
from withus.charter.models import Charter
from withus.loop import actions as loop
from withus.loop.models import Telling, Told
from withus.loop.models_of_closing import Turning
from withus.projects.models import Project
from withus.table.models import Workshop

STATES = ("running", "closed", "resting", "handing over", "handed over", "reopened")
"""Running is what the others are held against."""


def in_state(state: str) -> Cast:
    """Time goes on as the story does: `them.now` is the day on which it stands so."""
    them = cast()
    _asked_and_answered(them)
    {
        "closed": close,
        "resting": rest,
        "handing over": hand_over,
        "handed over": taken_over,
        "reopened": open_again,
    }.get(state, lambda _them: None)(them)
    them.project.refresh_from_db()
    return them


def _asked_and_answered(them: Cast) -> None:
    project = them.project
    by: dict[str, Any] = {"by": them.dev, "now": them.now}  # Any: what every act wants
    give_name(them.joy, "Joy")
    charter.add_decision(project, what="When it is open", openness="open", decider="Prof. Hall", **by)
    charter.add_decision(
        project,
        what="Where it is",
        openness="settled",
        settled_on=date(2026, 1, 5),
        settled_because="The lease runs.",
        people_were_asked=True,
        **by,
    )
    own = Charter.objects.get(project=project)
    first: dict[str, Any] = {"hear_back_on": date(2026, 6, 12), "safe_person": "Priya", "shown_where": ""}
    own = charter.change_charter(own, version=own.version, **by, **first)
    charter.freeze(project, by=them.dev, now=them.now)
    workshop = a_workshop(them)
    Workshop.objects.filter(pk=workshop.pk).update(state="ended", ended_at=them.now)
    project.state = "running"
    project.save(update_fields=["state"])
    ground.by_email(them, them.amira)
    ground.published(them, them.amira, them.bo)
    Telling.objects.filter(person__project=project).update(state=Told.SENT, told_at=them.now)


def close(them: Cast) -> None:
    them.now += timedelta(weeks=9)
    row = loop.first_key(them.project, what="close", by=loop.Hand(staff=them.dev), now=them.now)
    loop.second_key(row, by=loop.Hand(person=them.joy, asked=True), now=them.now)


def rest(them: Cast) -> None:
    ground.card(them, them.amira, "And who sweeps the yard?")
    them.now += timedelta(days=3)
    terms = loop.Terms(
        not_answered="Nobody answers what came after May.", keeper="Lantern House", until=date(2027, 5, 6)
    )
    row = loop.first_key(them.project, what="rest", by=loop.Hand(staff=them.dev), now=them.now, terms=terms)
    loop.second_key(row, by=loop.Hand(person=them.joy, asked=True), now=them.now)


def hand_over(them: Cast) -> Turning:
    ground.card(them, them.amira, "And who sweeps the yard?")
    them.now += timedelta(days=3)
    terms = loop.Terms(address="sam@elsewhere.example", days=28)
    row = loop.first_key(them.project, what="hand over", by=loop.Hand(staff=them.dev), now=them.now, terms=terms)
    loop.say_willing(row, organisation=them.sams_project.organisation, by=them.sam, now=them.now)
    return loop.second_key(row, by=loop.Hand(person=them.joy, asked=True), now=them.now)


def taken_over(them: Cast) -> None:
    row = hand_over(them)
    them.now += timedelta(days=29)
    row.notices.update(state=Told.SENT, told_at=them.now)
    loop.take_over(row, by=them.sam, safe_person="Robin", safe_person_how="01632 960 555", now=them.now)


def open_again(them: Cast) -> None:
    close(them)
    them.now += timedelta(days=10)
    answer = them.project.answers.get()
    loop.confirm(them.amira, answer=answer, says="no", now=them.now)
    assert Project.objects.get(pk=them.project.pk).state == "running"
    them.now += timedelta(days=1)  # in public a "no" is counted from the next midnight
