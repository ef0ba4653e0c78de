"""What a way out changes in the facts, by rule and number of the way. Ways that only ask somebody change none and are not here."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from math import ceil

from withus.facts.decision import Change, Decision
from withus.facts.project import Project
from withus.facts.words import Claim, Label, Openness, Pay, Stage
from withus.facts.workshop import Chair, People, Workshop
from withus.traps.rule import Finding

Way = Callable[[Project, Finding], Project | None]
"""None: this way cannot be gone in this project, for example because there is no information to take time from."""


def at_workshop(project: Project, found: Finding, change: Callable[[Workshop], Workshop]) -> Project | None:
    kind, _colon, name = found.where.partition(":")
    if kind != "workshop":
        return None
    return replace(project, workshops=tuple(change(w) if w.id == name else w for w in project.workshops))


def at_decision(project: Project, found: Finding, change: Callable[[Decision], Decision]) -> Project | None:
    kind, _colon, name = found.where.partition(":")
    if kind != "decision":
        return None
    return replace(project, decisions=tuple(change(d) if d.id == name else d for d in project.decisions))


# Trap 1: say what is so, or open it again


def told_today(project: Project, found: Finding, after: Openness, *, because: str) -> Change:
    """That it is open no more, and why; what people had given was looked at again."""
    return Change(
        on=project.today,
        decision=found.where.removeprefix("decision:"),
        before="open",
        after=after,
        because=because,
        told_on=project.today,
        input_reconsidered=True,
    )


def tell_that_it_is_settled(project: Project, found: Finding) -> Project | None:
    told = told_today(project, found, Openness.SETTLED, because="the board had decided before")
    after = at_decision(project, found, lambda one: replace(one, openness=Openness.SETTLED))
    if after is None:
        return None
    nothing_else = all(each.openness is Openness.SETTLED for each in after.decisions)
    return replace(
        after,
        changes=(*after.changes, told),
        claim=Claim.INFORMING if nothing_else else after.claim,
        workshops=tuple(_ask_no_more(each, after, told.decision) for each in after.workshops),
    )


def _ask_no_more(workshop: Workshop, project: Project, settled: str | None) -> Workshop:
    """What is past stays as it was."""
    if workshop.plan is None or workshop.on is None or workshop.on <= project.today:
        return workshop
    return replace(
        workshop, plan=tuple(replace(b, about=None) if settled in (b.about or ()) else b for b in workshop.plan)
    )


def open_again(project: Project, found: Finding) -> Project | None:
    """What a lease or a contract has closed cannot be opened by saying so."""
    decision = next((each for each in project.decisions if f"decision:{each.id}" == found.where), None)
    if decision is None or decision.acts:
        return None
    return not_taken_yet(project, found)


def call_it_what_it_is(project: Project, found: Finding) -> Project | None:
    label = Label(str(found.evidence["label"]))
    return replace(project, claim=Claim(label.value) if label is not Label.NONE else Claim.INFORMING)


def call_it_consulting(project: Project, _found: Finding) -> Project | None:
    return replace(project, claim=Claim.CONSULTING)


def call_it_informing(project: Project, _found: Finding) -> Project | None:
    return replace(project, claim=Claim.INFORMING)


def share_the_decision(project: Project, found: Finding) -> Project | None:
    """Members vote in all that is asked, and the room decides. What was settled already cannot be shared any more."""
    if found.evidence["label"] in (Label.NONE.value, Label.INFORMING.value):
        return None

    def change(workshop: Workshop) -> Workshop:
        people = tuple(replace(each, votes=True) if each.lived else each for each in workshop.people or ())
        return replace(workshop, people=people or workshop.people, decision_rule="consensus")

    after = at_decision(project, found, lambda one: replace(one, decider="everybody together"))
    return after and replace(after, workshops=tuple(map(change, after.workshops)))


def not_taken_yet(project: Project, found: Finding) -> Project | None:
    return at_decision(project, found, lambda one: replace(one, settled_on=None, public_on=None))


def name_something_open(project: Project, _found: Finding) -> Project | None:
    new = Decision("what_is_left", "What is left to decide", Openness.OPEN, options=("this", "that"))
    return replace(project, decisions=(*project.decisions, new))


def say_which_is_closed(project: Project, found: Finding) -> Project | None:
    told = told_today(project, found, Openness.WITHIN_LIMITS, because="the lease")
    return replace(project, changes=(*project.changes, told))


def tell_and_ask_again(project: Project, found: Finding) -> Project | None:
    """While it is open: what is settled cannot be asked about again."""
    decision = next((each for each in project.decisions if f"decision:{each.id}" == found.where), None)
    if decision is None or decision.settled_on is not None or decision.asked_in is not None:
        return None
    told = weigh_again(project, found)
    return told and take_answers_for_longer(told, found)


def tell_what_moved(project: Project, found: Finding) -> Project | None:
    return _at_changes(project, found, lambda one: replace(one, told_on=one.told_on or project.today))


def weigh_again(project: Project, found: Finding) -> Project | None:
    after = tell_what_moved(project, found)
    return after and _at_changes(after, found, lambda one: replace(one, input_reconsidered=True))


def _at_changes(project: Project, found: Finding, change: Callable[[Change], Change]) -> Project | None:
    name = found.where.removeprefix("decision:")
    rows = tuple(change(each) if each.decision in (None, name) else each for each in project.changes)
    return replace(project, changes=rows)


def put_a_second_way_beside_it(project: Project, found: Finding) -> Project | None:
    return at_decision(project, found, lambda one: replace(one, options=(*(one.options or ()), "another way")))


def take_answers_for_longer(project: Project, _found: Finding) -> Project | None:
    """Only while it is open, as the way says."""
    if any(each.settled_on or each.acts for each in project.decisions):
        return None
    invited, closes = project.invited_on, project.input_closes
    if invited is not None and closes is not None and closes - invited >= timedelta(days=28):
        return None  # they are taken for that long already
    days = [each.on for each in project.workshops if each.on]
    last = max([project.today, *days, *([project.input_closes] if project.input_closes else [])])
    return replace(project, input_closes=last + timedelta(days=28))


# Trap 3: people, say, pay


def at_people(project: Project, found: Finding, change: Callable[[People], People]) -> Project | None:
    return at_workshop(
        project, found, lambda one: replace(one, people=None if one.people is None else tuple(map(change, one.people)))
    )


def _members(workshop: Workshop) -> Iterator[People]:
    return (each for each in workshop.people or () if each.lived is True)


def invite(count: int, *, share: float = 0.0) -> Way:
    """So many more of them, or as many as make that share: paid and prepared, with the say that the others have."""

    def way(project: Project, found: Finding) -> Project | None:
        def change(workshop: Workshop) -> Workshop:
            like = next(_members(workshop), None)
            votes = True if any(each.votes for each in workshop.people or ()) else None
            others = sum(each.count or 1 for each in workshop.people or () if each.lived is not True)
            wanted = max(count, ceil(others * share / (1 - share)))
            new = People(
                "members",
                like.group if like else None,
                wanted,
                lived=True,
                votes=votes,
                pay=Pay.PAID,
                needs=(),
                supports=(),
            )
            return replace(workshop, people=(*(workshop.people or ()), new), pre_meeting=True)

        return at_workshop(project, found, change)

    return way


def make_the_room_smaller(project: Project, found: Finding) -> Project | None:
    def change(one: People) -> People:
        return replace(one, count=min(one.count or 1, 1)) if one.lived is False else one

    return at_people(project, found, change)


def give_the_few_weight(project: Project, found: Finding) -> Project | None:
    after = give_a_vote(project, found)
    chair = Chair("member", lived=True)
    return after and at_workshop(
        after, found, lambda one: replace(one, chair=chair, pre_meeting=True, decision_rule="consensus")
    )


def give_a_vote(project: Project, found: Finding) -> Project | None:
    return at_people(project, found, lambda one: replace(one, votes=True) if one.lived is True else one)


def decide_by_consensus(project: Project, found: Finding) -> Project | None:
    after = give_a_vote(project, found)
    return after and at_workshop(after, found, lambda one: replace(one, decision_rule="consensus"))


def invite_to_the_next(project: Project, found: Finding) -> Project | None:
    """Where all has been held and something is still open: to one more workshop, of which nothing else is planned yet."""
    after = invite_the_other_groups(project, found)
    if after is not None and after != project:
        return after
    if any(each.settled_on or each.acts for each in project.decisions) or project.stage is Stage.CLOSED:
        return None
    new = tuple(
        People("members", group, 2, lived=True, pay=Pay.PAID, needs=(), supports=()) for group in project.groups or ()
    )
    later = Workshop("one_more", on=project.today + timedelta(days=42), people=new, pre_meeting=True)
    return replace(project, workshops=(*project.workshops, later))


def invite_the_other_groups(project: Project, _found: Finding) -> Project | None:
    def change(workshop: Workshop) -> Workshop:
        members = list(_members(workshop))
        if not members or workshop.live is not None:
            return workshop
        there = {each.group for each in members}
        new = tuple(
            replace(members[0], who="members", group=group, count=2, pay=Pay.PAID, needs=(), supports=())
            for group in project.groups or ()
            if group not in there
        )
        return replace(workshop, people=(*(workshop.people or ()), *new))

    return replace(project, workshops=tuple(map(change, project.workshops)))


def ask_the_people_themselves(project: Project, _found: Finding) -> Project | None:
    """Three of those whom it is for, in each workshop that is still to come; the relatives stay."""
    served = next(iter(project.groups or ()), None)

    def change(workshop: Workshop) -> Workshop:
        if workshop.live is not None or workshop.people is None:
            return workshop
        votes = True if any(each.votes for each in workshop.people) else None
        new = People("members", served, 3, lived=True, votes=votes, pay=Pay.PAID, needs=(), supports=())
        return replace(workshop, people=(*workshop.people, new))

    return replace(project, workshops=tuple(map(change, project.workshops)))


def offer_pay(project: Project, found: Finding) -> Project | None:
    return at_people(project, found, lambda one: replace(one, pay=Pay.PAID) if one.lived is True else one)


def book_what_is_needed(project: Project, found: Finding) -> Project | None:
    return at_people(project, found, lambda one: replace(one, supports=(*(one.supports or ()), *(one.needs or ()))))


def meet_beforehand(project: Project, found: Finding) -> Project | None:
    return at_workshop(project, found, lambda one: replace(one, pre_meeting=True))


def send_two_plain_pages(project: Project, found: Finding) -> Project | None:
    def change(one: Workshop) -> Workshop:
        return replace(one, papers_pages=2, papers_sent_on=min(one.papers_sent_on or project.today, project.today))

    return at_workshop(project, found, change)


WAYS: dict[tuple[str, int], Way] = {
    ("T101", 0): tell_that_it_is_settled,
    ("T101", 1): open_again,
    ("T102", 0): call_it_what_it_is,
    ("T102", 1): share_the_decision,
    ("T103", 0): take_answers_for_longer,
    ("T104", 0): put_a_second_way_beside_it,
    ("T105", 0): tell_that_it_is_settled,
    ("T105", 1): not_taken_yet,
    ("T106", 0): not_taken_yet,
    ("T106", 1): open_again,
    ("T107", 0): tell_and_ask_again,
    ("T107", 1): weigh_again,
    ("T108", 1): take_answers_for_longer,
    ("T112", 0): say_which_is_closed,
    ("T114", 0): name_something_open,
    ("T114", 1): call_it_informing,
    ("T301", 0): invite(2, share=0.4),
    ("T301", 1): make_the_room_smaller,
    ("T302", 0): invite(2, share=0.4),
    ("T302", 1): give_the_few_weight,
    ("T303", 0): give_a_vote,
    ("T303", 1): call_it_consulting,
    ("T304", 0): invite(3, share=0.4),
    ("T305", 0): invite_to_the_next,
    ("T307", 0): offer_pay,
    ("T308", 0): send_two_plain_pages,
    ("T308", 1): meet_beforehand,
    ("T309", 0): meet_beforehand,
    ("T309", 1): meet_beforehand,
    ("T312", 0): decide_by_consensus,
    ("T312", 1): call_it_consulting,
    ("T314", 0): ask_the_people_themselves,
    ("T315", 0): invite(3),
    ("T316", 0): book_what_is_needed,
}
