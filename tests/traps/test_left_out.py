"""
A fact that is left out is not known: it adds no finding that anybody but the facilitators sees.

Each fact of each known project is left out in turn. What a rule then warns of all the same stands in `STANDS`, with the reason why
the thing itself is known; the list is kept as short as it can be, and what is no longer needed in it is struck off.
"""

from collections.abc import Iterator
from dataclasses import dataclass, is_dataclass
from functools import cache

import pytest

from tests.traps.known import Site, known, put
from tests.traps.test_properties import levels, may_be_left_out, more_stops
from withus.traps.judge import Verdict, judge
from withus.traps.rule import Level

CARDS = "the thing itself was noted; private cards can only take it back, and most workshops have none"
OUTSIDE = "somebody outside the room is named as deciding; a vote that nobody wrote down is not made up for the members"
LETTERS = "a last day for input says that people may write in; without one, workshops are all there is"
TWELVE_WEEKS = "without a day that people were given, twelve weeks are the rule"
NOTHING_BOOKED = "it is written down that nothing is booked for who cannot do it"
LENGTH = "unpaid beside paid is known; an hour or less only excuses it"
STANDS = {
    ("T101", "decisions.asked_in"): "left out it means all workshops, as the format says",
    ("T102", "decisions.asked_in"): "left out it means all workshops, as the format says",
    ("T106", "workshops.people.lived"): OUTSIDE,
    ("T106", "workshops.people.votes"): OUTSIDE,
    ("T108", "input_closes"): LETTERS,
    ("T108", "workshops.chair"): OUTSIDE,
    ("T108", "workshops.chair.lived"): OUTSIDE,
    ("T109", "workshops.plan.dropped"): "left out it means that the part was there, as the format says",
    (
        "T205",
        "workshops.parked.returned_on",
    ): "the promised day has passed; the sentence says that nothing is written down",
    ("T212", "workshops.live.pulse"): CARDS,
    ("T212", "workshops.live.pulse.asked"): CARDS,
    ("T212", "workshops.live.pulse.could_say"): CARDS,
    ("T212", "workshops.live.wandering"): "the minutes of the day were noted, and the time was cut",
    ("T307", "workshops.starts"): LENGTH,
    ("T307", "workshops.ends"): LENGTH,
    ("T310", "workshops.live.pulse"): CARDS,
    ("T310", "workshops.live.pulse.lived"): CARDS,
    ("T310", "workshops.live.pulse.lived.asked"): CARDS,
    ("T310", "workshops.live.pulse.lived.could_say"): CARDS,
    ("T315", "groups"): "they are written down as staff; only a service that is for staff excuses it",
    ("T316", "workshops.on"): "the need, and that nothing booked meets it, are known; a day far off only excuses it",
    ("T405", "workshops.people.supports"): NOTHING_BOOKED,
    ("T502", "feedback.unreachable"): "who cannot be found has to be recorded to count, and it is more than a fifth",
    ("T504", "feedback.promised_on"): TWELVE_WEEKS,
    ("T515", "feedback.promised_on"): TWELVE_WEEKS,
    ("T515", "feedback.confirmed"): "all rounds are written down, and none says what became of it",
}


@dataclass(frozen=True, slots=True)
class Left:
    """One known project without one of its facts."""

    name: str
    site: Site
    before: Verdict
    after: Verdict

    @property
    def line(self) -> str:
        return f"{self.name} without {self.site.place}"


@cache
def left() -> tuple[Left, ...]:
    """Judged once for all that is asked of them."""
    return tuple(
        Left(name, site, before, judge(put(project, site.steps, None)))
        for name, project in known().items()
        for before in (judge(project),)
        for site in may_be_left_out(project)
    )


def worse(one: Left) -> Iterator[str]:
    """Rules that warn or stop where they did not, and where no finding of their trap was as bad before."""
    held, after = levels(one.before), levels(one.after)
    gone = [(rule[1], level) for (rule, where), level in held.items() if level > after.get((rule, where), 0)]
    for (rule, where), level in after.items():
        moved = any(trap == rule[1] and before >= level for trap, before in gone)
        if level >= Level.WARN.weight and level > held.get((rule, where), 0) and not moved:
            yield rule


def field(site: Site) -> str:
    return ".".join(str(step) for step in site.steps if not isinstance(step, int))


def one_fact(site: Site) -> bool:
    """Not a whole list of rows."""
    return not (isinstance(site.value, tuple) and bool(site.value) and is_dataclass(site.value[0]))


@pytest.mark.slow
def test_a_fact_left_out_of_a_known_project_adds_no_stop() -> None:
    assert [f"{one.line}: {rule}" for one in left() for rule in more_stops(one.before, one.after)] == []


@pytest.mark.slow
def test_a_fact_left_out_warns_of_nothing_but_what_is_known_all_the_same() -> None:
    every = [(rule, field(one.site), one.line) for one in left() if one_fact(one.site) for rule in worse(one)]
    assert [line for rule, place, line in every if (rule, place) not in STANDS] == []
    assert sorted(STANDS.keys() - {(rule, place) for rule, place, _line in every}) == []
