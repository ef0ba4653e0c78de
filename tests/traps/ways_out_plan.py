"""The ways out that change a plan. Time is taken from information, discussion and reporting back only, never from what is people's own."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

from tests.traps.ways_out import Way, at_workshop
from withus.facts.access import shut_out
from withus.facts.block import Block
from withus.facts.decision import Decision
from withus.facts.method import Method
from withus.facts.minutes import PAUSES, booked
from withus.facts.project import Project
from withus.facts.words import BlockKind, Openness
from withus.facts.workshop import Parked, Workshop
from withus.traps.rule import Finding

TAKEN_FROM = (BlockKind.INFORMATION, BlockKind.DISCUSSION, BlockKind.REPORT_BACK)
Plan = list[Block]
OPEN_TO_ALL = Method(
    "open-to-all", "Objects on the table", ("object", "images", "touch"), "a card of each person", (), ("words only",)
)


def take(plan: Plan, minutes: int) -> Plan | None:
    """The longest blocks give first. None where there is not so much to take."""
    plan = list(plan)
    for kind in TAKEN_FROM:
        for at in sorted(range(len(plan)), key=lambda at: -(plan[at].minutes or 0)):
            block = plan[at]
            if minutes > 0 and block.kind is kind and block.minutes and not block.dropped:
                taken = min(minutes, block.minutes)
                minutes -= taken
                plan[at] = replace(block, minutes=block.minutes - taken)
    return None if minutes > 0 else [each for each in plan if each.minutes != 0]


def replanned(project: Project, found: Finding, change: Callable[[Plan], Plan | None]) -> Project | None:
    """Start times are worked out again from the minutes. A workshop that has been held has no plan to change."""
    workshop = next((each for each in project.workshops if f"workshop:{each.id}" == found.where), None)
    if workshop is None or workshop.plan is None or workshop.live is not None:
        return None
    plan = change([replace(each, starts=None) for each in workshop.plan])
    return None if plan is None else at_workshop(project, found, lambda one: replace(one, plan=tuple(plan)))


def put_in(kind: BlockKind, minutes: int, *, at: Callable[[Plan], int]) -> Way:
    def way(project: Project, found: Finding) -> Project | None:
        def change(plan: Plan) -> Plan | None:
            left = take(plan, minutes)
            return left and [*left[: at(left)], Block(minutes=minutes, kind=kind), *left[at(left) :]]

        return replanned(project, found, change)

    return way


def after_welcome(plan: Plan) -> int:
    return 1 if plan and plan[0].kind is BlockKind.WELCOME else 0


def before_closing(plan: Plan) -> int:
    return len(plan) - (1 if plan and plan[-1].kind is BlockKind.CLOSING else 0)


def give_open_time(project: Project, found: Finding) -> Project | None:
    """As much as the finding says, in the first half; what there is of it already moves with it."""

    def change(plan: Plan) -> Plan | None:
        held = sum(each.minutes or 0 for each in plan if each.kind is BlockKind.VENTING and not each.dropped)
        wanted = int(str(found.evidence["wanted"]))
        left = take([each for each in plan if each.kind is not BlockKind.VENTING], max(0, wanted - held))
        if left is None:
            return None
        at = after_welcome(left)
        return [*left[:at], Block(minutes=max(wanted, held), kind=BlockKind.VENTING), *left[at:]]

    return replanned(project, found, change)


def middle_of_the_longest(plan: Plan) -> int:
    """Minutes from the start to the middle of the longest time without a pause."""
    longest, middle, began, gone = 0, 0, 0, 0
    for each in plan:
        gone += each.minutes or 0
        if each.kind in PAUSES:
            began = gone
        elif gone - began > longest:
            longest, middle = gone - began, (began + gone) // 2
    return middle


def break_in_the_middle(project: Project, found: Finding) -> Project | None:
    def change(plan: Plan) -> Plan | None:
        left = take(plan, 10)
        if left is None:
            return None
        half, made, gone, put = middle_of_the_longest(left), [], 0, False
        for each in left:
            minutes = each.minutes or 0
            if not put and gone + minutes >= half:
                first = half - gone
                made += [replace(each, minutes=first)] if first else []
                made += [Block(minutes=10, kind=BlockKind.BREAK)]
                made += [replace(each, minutes=minutes - first)] if minutes > first else []
                put = True
            else:
                made.append(each)
            gone += minutes
        return made

    return replanned(project, found, change)


def shorten(project: Project, found: Finding) -> Project | None:
    over = int(str(found.evidence.get("over", 0)))
    length, slack = int(str(found.evidence["length"])), int(str(found.evidence.get("slack", 0)))
    return replanned(project, found, lambda plan: take(plan, over + max(0, length * 3 // 20 + 1 - slack)))


def book_longer(project: Project, found: Finding) -> Project | None:
    """As long as the plan, and a quarter more."""

    held = next((each for each in project.workshops if f"workshop:{each.id}" == found.where), None)
    if held is None or held.starts is None or held.live is not None:
        return None

    def change(one: Workshop) -> Workshop:
        if one.starts is None or one.plan is None:
            return one
        begins = datetime.combine(date(2025, 1, 1), one.starts)
        whole = sum(each.minutes or 0 for each in one.plan if not each.dropped)
        whole = max(whole, booked(one) or 0)
        ends = begins + timedelta(minutes=whole + whole // 4)
        return replace(one, ends=ends.time())

    return at_workshop(project, found, change)


def at_parked(change: Callable[[Project, Parked], Parked]) -> Way:
    def way(project: Project, found: Finding) -> Project | None:
        return at_workshop(
            project,
            found,
            lambda one: replace(one, parked=one.parked and tuple(change(project, each) for each in one.parked)),
        )

    return way


def _owned(project: Project, one: Parked) -> Parked:
    if one.returned_on or (one.owner and one.return_on):
        return one
    return replace(one, owner=one.owner or "Dev", return_on=one.return_on or project.today + timedelta(days=14))


def _back(project: Project, one: Parked) -> Parked:
    return replace(one, returned_on=one.returned_on or project.today)


def into_pictures(project: Project, found: Finding) -> Project | None:
    """All discussion becomes a method that everybody in the room can take part in."""

    def change(plan: Plan) -> Plan | None:
        made = [
            replace(each, kind=BlockKind.ACTIVITY, method=OPEN_TO_ALL.id) if each.kind is BlockKind.DISCUSSION else each
            for each in plan
        ]
        return made if made != plan else None

    after = replanned(project, found, change)
    return after and replace(after, methods=(*after.methods, OPEN_TO_ALL))


def more_making(project: Project, found: Finding) -> Project | None:
    def change(plan: Plan) -> Plan | None:
        spare = sum(each.minutes or 0 for each in plan if each.kind in TAKEN_FROM) // 2
        left = take(plan, spare)
        at = next((n for n, each in enumerate(left or ()) if each.kind is BlockKind.ACTIVITY), None)
        if left is None or at is None:
            return None
        left[at] = replace(left[at], minutes=(left[at].minutes or 0) + spare)
        return left

    return replanned(project, found, change)


def another_method(project: Project, found: Finding) -> Project | None:
    def change(plan: Plan) -> Plan:
        return [replace(each, method=OPEN_TO_ALL.id) if each.method else each for each in plan]

    after = replanned(project, found, change)
    return after and replace(after, methods=(*after.methods, OPEN_TO_ALL))


STAND_INS = ("read aloud", "bsl", "scribe", "written", "seat", "easy words", "interpreter", "paper", "texture box")


def book_adaptations(project: Project, _found: Finding) -> Project | None:
    return replace(
        project,
        methods=tuple(replace(each, adaptations=(*(each.adaptations or ()), *STAND_INS)) for each in project.methods),
    )


def make_instead(project: Project, found: Finding) -> Project | None:
    """What is told is sent; nobody reports back; in that time, and that of the longest talk, each makes something."""
    if any(shut_out(each, method) for each in project.workshops for method in project.methods):
        return None  # what shuts somebody out counts as no making, and is mended first

    def change(plan: Plan) -> Plan | None:
        told = [each for each in plan if each.kind in (BlockKind.INFORMATION, BlockKind.REPORT_BACK)]
        talk = [each for each in plan if each.kind is BlockKind.DISCUSSION]
        told += sorted(talk, key=lambda each: -(each.minutes or 0))[:1]
        made = [
            replace(each, kind=BlockKind.ACTIVITY, method=OPEN_TO_ALL.id) if each in told else each for each in plan
        ]
        return made if made != plan else None

    after = replanned(project, found, change)
    return after and replace(after, methods=(*after.methods, OPEN_TO_ALL))


def name_the_method(project: Project, found: Finding) -> Project | None:
    """Each part that is called an activity has one that everybody can take part in."""

    def change(plan: Plan) -> Plan:
        return [replace(each, method=OPEN_TO_ALL.id) if each.kind is BlockKind.ACTIVITY else each for each in plan]

    after = replanned(project, found, change)
    return after and replace(after, methods=(*after.methods, OPEN_TO_ALL))


def a_second_way_for_everybody(project: Project, _found: Finding) -> Project | None:
    return replace(
        project,
        methods=tuple(
            replace(each, stimuli=(*(each.stimuli or ()), "object", "words"), adaptations=STAND_INS)
            for each in project.methods
        ),
    )


def write_down_why(project: Project, found: Finding) -> Project | None:
    """In the note of every part that is talk; it is only theirs to say."""
    held = next((each for each in project.workshops if f"workshop:{each.id}" == found.where), None)
    if held is not None and held.people and not any(each.lived is not False for each in held.people):
        return None  # no member was there to choose
    if any(shut_out(each, method) for each in project.workshops for method in project.methods):
        return None  # what shuts somebody out counts as no making, and is mended first
    note = "the members chose to sit and talk: they have had enough of games"
    return replanned(
        project,
        found,
        lambda plan: [
            replace(each, note=note) if each.kind in (*TAKEN_FROM, BlockKind.ACTIVITY) else each for each in plan
        ],
    )


def talk_about_what_was_made(project: Project, found: Finding) -> Project | None:
    """The discussion has the method of the making, and so has what was reported back."""

    def change(plan: Plan) -> Plan:
        talked = (BlockKind.DISCUSSION, BlockKind.REPORT_BACK)
        return [
            replace(each, method=OPEN_TO_ALL.id, kind=BlockKind.DISCUSSION) if each.kind in talked else each
            for each in plan
        ]

    after = replanned(project, found, change)
    return after and replace(after, methods=(*after.methods, OPEN_TO_ALL))


def lay_it_out(project: Project, found: Finding) -> Project | None:
    """What was told is walked or wheeled around."""

    def change(plan: Plan) -> Plan:
        return [
            replace(each, kind=BlockKind.ACTIVITY, method=OPEN_TO_ALL.id)
            if each.kind is BlockKind.INFORMATION
            else each
            for each in plan
        ]

    after = replanned(project, found, change)
    return after and replace(after, methods=(*after.methods, OPEN_TO_ALL))


def each_leaves(words: str) -> Way:
    def way(project: Project, _found: Finding) -> Project | None:
        return replace(project, methods=tuple(replace(each, output=words) for each in project.methods))

    return way


def let_people_speak(project: Project, found: Finding) -> Project | None:
    """The note says so, and the explaining has its own place, out of information or discussion if there is any."""

    def change(plan: Plan) -> Plan:
        return [replace(each, note="people speak first") if each.kind is BlockKind.VENTING else each for each in plan]

    return replanned(project, found, change)


def send_the_information(project: Project, found: Finding) -> Project | None:
    """On two pages; the time becomes free."""
    after = replanned(project, found, lambda plan: [each for each in plan if each.kind is not BlockKind.INFORMATION])
    return after and at_workshop(after, found, lambda one: replace(one, papers_pages=2, papers_sent_on=project.today))


def inform_of_what_is_settled(project: Project, found: Finding) -> Project | None:
    """Ten minutes are enough to say it; the rest becomes free."""
    return _about_settled(
        project,
        found,
        lambda each: replace(each, kind=BlockKind.INFORMATION, method=None, minutes=min(each.minutes or 10, 10)),
    )


def ask_about_something_else(project: Project, found: Finding) -> Project | None:
    return _about_settled(project, found, lambda each: replace(each, about=None))


def _about_settled(project: Project, found: Finding, change: Callable[[Block], Block]) -> Project | None:
    def settled(decision: Decision) -> bool:
        return decision.openness is Openness.SETTLED or decision.settled_on is not None

    names = {each.id for each in project.decisions if settled(each)}
    return replanned(
        project, found, lambda plan: [change(each) if names & set(each.about or ()) else each for each in plan]
    )


PLAN_WAYS: dict[tuple[str, int], Way] = {
    ("T109", 0): inform_of_what_is_settled,
    ("T109", 1): ask_about_something_else,
    ("T201", 0): give_open_time,
    ("T202", 0): shorten,
    ("T202", 1): book_longer,
    ("T203", 0): break_in_the_middle,
    ("T213", 0): let_people_speak,
    ("T213", 1): let_people_speak,
    ("T204", 0): at_parked(_owned),
    ("T205", 0): at_parked(_back),
    ("T205", 1): at_parked(_back),
    ("T206", 0): put_in(BlockKind.PARKED_SUBJECTS, 10, at=before_closing),
    ("T401", 0): into_pictures,
    ("T401", 1): make_instead,
    ("T401", 2): write_down_why,
    ("T402", 0): each_leaves("a card of each person"),
    ("T402", 1): each_leaves("a card of each person, with a supporter whom they chose"),
    ("T404", 0): more_making,
    ("T404", 1): talk_about_what_was_made,
    ("T405", 0): book_adaptations,
    ("T405", 1): another_method,
    ("T406", 0): another_method,
    ("T406", 1): each_leaves("each writes in their own words"),
    ("T407", 0): a_second_way_for_everybody,
    ("T407", 1): a_second_way_for_everybody,
    ("T410", 0): send_the_information,
    ("T410", 1): lay_it_out,
    ("T411", 0): name_the_method,
    ("T411", 1): write_down_why,
}
