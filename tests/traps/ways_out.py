"""What a way out changes in the facts, by rule and number of the way. Ways that only ask somebody change none and are not here."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from math import ceil

from withus.facts.decision import Change, Decision
from withus.facts.feedback import Feedback, Redated, Round
from withus.facts.project import Contributions, Project
from withus.facts.words import Claim, Label, Openness, Pay, Says
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


def tell_that_it_is_settled(project: Project, found: Finding) -> Project | None:
    told = Change(
        on=project.today,
        decision=found.where.removeprefix("decision:"),
        before="open",
        after=Openness.SETTLED,
        because="the board had decided before",
        told_on=project.today,
        input_reconsidered=True,
    )
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
    return at_decision(project, found, lambda one: replace(one, settled_on=None, public_on=None))


def call_it_what_it_is(project: Project, found: Finding) -> Project | None:
    label = Label(str(found.evidence["label"]))
    return replace(project, claim=Claim(label.value) if label is not Label.NONE else Claim.INFORMING)


def call_it_consulting(project: Project, _found: Finding) -> Project | None:
    return replace(project, claim=Claim.CONSULTING)


def call_it_informing(project: Project, _found: Finding) -> Project | None:
    return replace(project, claim=Claim.INFORMING)


def tell_what_moved(project: Project, found: Finding) -> Project | None:
    return _at_changes(project, found, lambda one: replace(one, told_on=one.told_on or project.today))


def weigh_again(project: Project, found: Finding) -> Project | None:
    after = tell_what_moved(project, found)
    return after and _at_changes(after, found, lambda one: replace(one, input_reconsidered=True))


def _at_changes(project: Project, found: Finding, change: Callable[[Change], Change]) -> Project | None:
    name = found.where.removeprefix("decision:")
    rows = tuple(change(each) if each.decision in (None, name) else each for each in project.changes)
    return replace(project, changes=rows)


def tell_the_scope(project: Project, _found: Finding) -> Project | None:
    if project.scope is None or (project.scope.told_on and project.scope.told_on <= project.today):
        return None
    return replace(project, scope=replace(project.scope, told_on=project.today))


def put_a_second_way_beside_it(project: Project, found: Finding) -> Project | None:
    return at_decision(project, found, lambda one: replace(one, options=(*(one.options or ()), "another way")))


def take_answers_for_longer(project: Project, _found: Finding) -> Project | None:
    """Only while it is open, as the way says."""
    if any(each.settled_on or each.acts for each in project.decisions):
        return None
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


# Trap 5: answer, tell, give a day


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
WAYS: dict[tuple[str, int], Way] = {
    ("T101", 0): tell_that_it_is_settled,
    ("T101", 1): open_again,
    ("T102", 0): call_it_what_it_is,
    ("T103", 0): tell_the_scope,
    ("T103", 1): take_answers_for_longer,
    ("T104", 0): put_a_second_way_beside_it,
    ("T105", 0): tell_that_it_is_settled,
    ("T106", 1): open_again,
    ("T107", 0): tell_what_moved,
    ("T107", 1): weigh_again,
    ("T108", 1): take_answers_for_longer,
    ("T114", 1): call_it_informing,
    ("T301", 0): invite(2, share=0.4),
    ("T301", 1): make_the_room_smaller,
    ("T302", 0): invite(2, share=0.4),
    ("T302", 1): give_the_few_weight,
    ("T303", 0): give_a_vote,
    ("T303", 1): call_it_consulting,
    ("T304", 0): invite(3, share=0.4),
    ("T305", 0): invite_the_other_groups,
    ("T307", 0): offer_pay,
    ("T308", 0): send_two_plain_pages,
    ("T309", 0): meet_beforehand,
    ("T312", 0): decide_by_consensus,
    ("T312", 1): call_it_consulting,
    ("T314", 0): ask_the_people_themselves,
    ("T315", 0): invite(3),
    ("T316", 0): book_what_is_needed,
    ("T501", 0): answer_what_is_open,
    ("T501", 1): give_a_new_day,
    ("T502", 0): REASONS,
    ("T502", 1): write_down_who_cannot_be_found,
    ("T503", 0): REASONS,
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
