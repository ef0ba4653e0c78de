"""One project in which everything exists once, and with what each address of the resolver is filled there."""

from dataclasses import dataclass, field

from tests.cast import Cast, a_workshop, cast
from withus.charter import actions as charter
from withus.charter.models import Decision
from withus.live import actions as live
from withus.live.models import ParkedSubject
from withus.loop import actions as loop
from withus.people import link
from withus.plan import actions as plan
from withus.reports import actions as reports
from withus.reports.link import secret_of
from withus.table import actions as table
from withus.table.models import Workshop


@dataclass
class World:
    """One project in which everything exists once."""

    them: Cast
    kwargs: dict[str, dict[str, str]] = field(default_factory=dict)


def make_world() -> World:
    them = cast()
    project, now = them.project, them.now
    decision = charter_decision(them)
    workshop = a_workshop(them)
    block = plan.add_block(workshop, kind="activity", minutes=20, by=them.dev, now=now)
    person = table.add_to_table(project, by=them.dev, now=now, role="member", name="Grace", workshops=[workshop])
    Workshop.objects.filter(pk=workshop.pk).update(state="open")
    workshop.refresh_from_db()
    given = live.add_contribution(
        project, now=now, workshop=workshop, person=them.amira, words="A light on.", sent_once="a"
    )
    parked = live.park(
        project, now=now, workshop=workshop, person=them.amira, words="Buses.", sent_once="p", may_see="wall"
    )
    theme = loop.make_theme(project, name="Light", by=them.dev, now=now, contributions=[given.contribution], read=True)
    answer = loop.draft_answer(
        project,
        theme=theme,
        we_heard="A light.",
        outcome="done",
        we_do="A lamp.",
        because="You asked.",
        body="Us",
        by=them.dev,
        now=now,
    )
    loop.publish(answer, by=them.dev, now=now)
    loop.switch_feeds(project, feeds=True, badge=True, by=them.dev, now=now)
    calendar = secret_of(reports.new_calendar_link(project, by=them.dev, now=now))
    loop.invite_to_sort(them.amira, by=them.dev, now=now)
    subject = ParkedSubject.objects.get(contribution=parked.contribution)
    mark = given.contribution.mark
    ids = {
        "decision": str(decision.uid),
        "person": str(person.uid),
        "card": str(given.contribution.uid),
        "subject": str(subject.uid),
        "block": str(block.uid),
        "theme": str(theme.uid),
        "answer": str(answer.uid),
        "calendar": calendar,
        "organisation": them.organisation.key,
        "stop": link.stop(them.amira),
    }
    return World(them, addresses(project.address, workshop, link.link(them.amira), mark, ids))


def addresses(
    address: str, workshop: Workshop, secret: str, mark: str, ids: dict[str, str]
) -> dict[str, dict[str, str]]:
    """What each address of the resolver is filled with."""
    here_ = {"address": address}
    room = {**here_, "uid": str(workshop.uid)}
    kwargs = {
        "begin": {"token": "x"},
        "people:personal": {"secret": secret},
        "findings:explain": {**here_, "rule": "T101"},
        "findings:own": {**here_, "rule": "T101"},
        "findings:mend": {**here_, "rule": "T101"},
        "findings:owned": {**here_, "uid": ids["decision"]},
        "charter:acts": {**here_, "uid": ids["decision"]},
        "live:afterwards": room,
        "findings:ask": {**here_, "rule": "T101"},
        "loop:suggested": {**here_, "number": "0"},
        "charter:decision": {**here_, "uid": ids["decision"]},
        "table:begin_step": {"step": "about"},
        "table:person": {**here_, "uid": ids["person"]},
        "live:join": {"code": workshop.room_code},
        "live:act": {**room, "what": "move_on"},
        "live:card": {**room, "card": ids["card"]},
        "live:parked": {**room, "subject": ids["subject"]},
        "live:media": {**here_, "uid": ids["card"]},
        "plan:block": {**room, "block": ids["block"]},
        "plan:move": {**room, "block": ids["block"]},
        "loop:theme": {**here_, "uid": ids["theme"]},
        "loop:beside": {**here_, "uid": ids["theme"]},
        "loop:fits": {**here_, "uid": ids["theme"]},
        "loop:key_by_mail": {**here_, "token": "x"},
        "loop:note": {**here_, "person": ids["person"]},
        "loop:letter": {**here_, "person": ids["person"]},
        "live:paper_slip": {**here_, "mark": mark},
        "post:mail": {"number": "1"},
        "reports:ics": {"secret": ids["calendar"]},
        "reports:pdf": {**here_, "which": "gripp2"},
        "reports:organisation": {"key": ids["organisation"]},
    }
    for name in ("answer", "still_so", "wordings", "edit_answer", "publish", "redate", "kept"):
        kwargs[f"loop:{name}"] = {**here_, "uid": ids["answer"]}
    for name in ("receipt", "slip", "take_back", "uses"):
        kwargs[f"live:{name}"] = {**here_, "mark": mark}
    for name in (
        "table:workshop",
        "table:renew",
        "table:poster",
        "plan:workshop",
        "plan:print",
        "plan:add",
        "live:wall",
        "live:console",
    ):
        kwargs[name] = room
    kwargs["post:provider"] = {"provider": "postmark"}
    kwargs["loop:stop"] = {"token": ids["stop"]}
    kwargs["live:called"] = kwargs["live:call"] = {**here_, "uid": ids["card"]}
    for name in ("room", "park", "talk", "say", "break", "pass_on"):
        kwargs[f"live:{name}"] = room
    return kwargs


def charter_decision(them: Cast) -> Decision:
    return charter.add_decision(them.project, what="Hours", openness="open", by=them.dev, now=them.now)
