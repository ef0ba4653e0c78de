"""
What is whose: each field that can hold words, and each folder, classed once. A test fails on an unclassed one, and on any trace of a
planted sentence after an erasure.

Numbers, days, ticks and keys to rows cannot hold words and are nobody's. A stage that keeps something of a person beyond `people` hands in
a door of its own (`bind`), which runs inside the erasing's transaction.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum

from withus.people.models import Person

Eraser = Callable[[Person, datetime], None]
_erasers: list[Eraser] = []


class Whose(StrEnum):
    NOBODYS = "nobody's"
    """The team's own words, keys, states: they stay."""
    WORDS = "person's words"
    IDENTITY = "identity"
    NEED = "need"
    DERIVED = "derived from words"


N, W, WHO, D = Whose.NOBODYS, Whose.WORDS, Whose.IDENTITY, Whose.DERIVED


def _all(whose: Whose, names: str) -> dict[str, Whose]:
    return dict.fromkeys(names.split(), whose)


FIELDS: Mapping[str, Mapping[str, Whose]] = {
    "people.Person": _all(N, "came_by language") | _all(D, "link_index words_index"),
    "people.Name": {"sealed": WHO},
    "people.Way": {"kind": N, "sealed": WHO},
    "people.WayAsked": {"kind": N, "sealed": WHO, "how_often": Whose.NEED},
    "people.Wish": _all(Whose.NEED, "how_often before"),
    "people.Need": _all(Whose.NEED, "sealed booked"),
    "people.Pay": {"sealed": Whose.NEED},
    "people.ColleagueAsked": _all(N, "name email"),
    "people.Miss": _all(WHO, "block device"),
    "table.Place": {"role": N, "group": WHO, "power": WHO, "lived": WHO},
    "table.Seat": {"answer": W},
    "table.Workshop": _all(N, "title zone place format state room_code decision_rule"),
    "live.Contribution": _all(N, "mark given_by state may_see held_because")
    | _all(W, "words picture language")
    | _all(WHO, "device sent_once")
    | _all(D, "content_digest held_words"),
    "live.Media": _all(N, "kind state content_type path") | {"strokes": W, "digest": D},
    "live.UseSaid": {"use": N},
    "live.ParkedSubject": _all(N, "when owner"),
    "live.Running": _all(N, "went_to on_duty"),
    "live.Learned": {"words": N},
    "live.Afterwards": _all(N, "wandering incidents minutes pulse"),
    "live.Duty": {"who": N},
    "live.Call": {"sealed": W},
    "loop.Theme": {"name": W},
    "loop.Act": {"kind": N, "changed": W},
    "loop.Suggestion": {"words": W},
    "loop.Answer": {"not_theirs": N},
    "loop.AnswerVersion": _all(N, "we_heard outcome we_do because body redated_because decided_by waits_for meanwhile"),
    "loop.AnswerWording": _all(N, "language we_heard we_do because meanwhile of"),
    "loop.LateBecause": {"because": N},
    "loop.Telling": {"way": N, "state": N, "because": WHO},
    "loop.Showing": {"place": N},
    "loop.Vector": {"kind": N, "row": D},
    "loop.Grouping": {"tree": D},
    "loop.OpinionGroups": _all(N, "asked_by found"),
    "loop.Turning": _all(N, "what not_answered keeper to_sealed"),
    "loop.Notice": {"way": N, "state": N, "because": WHO},
    "loop.ByHand": {"what": N, "about": N, "because": WHO},
    "loop.SlipEntered": {"digest": D},
    "loop.Try": {"way": N, "because": WHO, "once": N},
    "loop.Confirmation": {"says": N, "because": W},
    "record.Head": {"hash": N},
    "record.Entry": _all(N, "previous commitment hash"),
    "record.Opening": _all(D, "salt kind by about facts words_digest"),
    "post.Outgoing": _all(N, "kind way reference once state provider_id") | {"trouble": WHO},
    "post.Delivered": _all(N, "message_id") | _all(WHO, "to subject text html"),
    "post.Job": _all(N, "kind reference once trouble"),
    "charter.Charter": _all(
        N, "purpose emotive groups ages setting safe_person safe_person_how support_lines hear_back_how shown_where"
    ),
    "charter.Decision": _all(
        N, "what openness options limit limit_because decider who_decides settled_because evidence acts"
    ),
    "charter.Change": _all(N, "field before after because"),
    "plan.Block": _all(N, "kind title prompt method making note"),
    "findings.Found": _all(N, "rule name level where sentence evidence way_out"),
    "findings.NotKnown": _all(N, "rule missing"),
    "findings.Answered": _all(N, "rule where kind because cost now_we level evidence by_name"),
    "findings.Asked": _all(N, "rule where words"),
    "findings.Judged": _all(N, "label because labels"),
    "reports.CalendarLink": {"index": N},
    "reports.Report": _all(N, "aim methods results discussion reflections cost"),
    "projects.Organisation": _all(N, "name key telephone lasting_address"),
    "projects.Project": _all(N, "key address title state zone language attribution"),
    "projects.Publicity": _all(N, "hidden_because"),
    "projects.Team": {"part": N},
    "accounts.Staff": _all(N, "password email name"),
}
"""Staff accounts belong to their organisation's admin, who removes them; nothing there tells what anybody has lived through."""

FOLDERS: Mapping[str, Whose] = {
    "keys": N,
    "media": W,
    "static": N,
    "version": N,
    "withus.sqlite3": W,
    "erased.log": N,
}
"""What lies in $WITHUS_DATA."""


def bind(*erasers: Eraser) -> None:
    """Whoever else keeps something of a person. Filled once, in site/wiring.py."""
    _erasers[:] = erasers


def erase_elsewhere(person: Person, now: datetime) -> None:
    for erase in _erasers:
        erase(person, now)
