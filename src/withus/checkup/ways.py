"""
Each way out of each rule, opened: the page on which it is gone, with its change proposed. Opening one changes nothing.

What belongs to somebody else becomes a drafted question to them. A test fails when a new rule's way out is not here. Praise has no
way out to go: it says what to keep.
"""

from collections.abc import Mapping
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from withus.charter.models import Charter
from withus.checkup.asked_of_others import ask, ask_the_group, explain, own
from withus.checkup.places import address_of
from withus.checkup.proposed import (
    Opener,
    Words,
    a_line_more,
    add_block,
    at_block,
    at_charter,
    at_decision,
    at_late_promise,
    at_seat,
    at_workshop,
    day_in_evidence,
    first_open,
    invite_somebody,
    later_by,
    minutes_in_evidence,
    new_decision,
    page,
    second_day,
    text_before,
)
from withus.facts.words import BlockKind
from withus.findings import asks
from withus.findings.models import Found
from withus.plan.models import Block
from withus.projects.models import Part, Project
from withus.table.models import Role

FOUR_WEEKS, THREE_WEEKS = timedelta(days=28), timedelta(days=21)
TALKED = (BlockKind.DISCUSSION, BlockKind.REPORT_BACK, BlockKind.INFORMATION)
TOLD = (BlockKind.INFORMATION, BlockKind.DISCUSSION)
MADE = (BlockKind.ACTIVITY, BlockKind.DISCUSSION)
MEMBERS = (Role.MEMBER, Role.CARER)


def opened(project: Project, found: Found, way: int) -> str:
    """The address of the page. Praise, and what a rule of an older version found, lead to the thing that they speak of."""
    opener = WAYS.get((found.rule, way))
    if opener is None:
        return address_of(project, found.where)
    return opener(project, found, asks.ready(project, [found])[0].ways_out[way])


def note(kinds: tuple[BlockKind, ...], words: Words, **fields: object) -> Opener:
    return at_block(kinds, note=text_before(words), **fields)


def shorter(_found: Found, block: Block) -> int:
    """A part that is a third shorter, and still there."""
    return max(5, int(block.minutes * 2 / 3))


def longer(_found: Found, block: Block) -> int:
    return int(block.minutes * 3 / 2)


def what_is_open(found: Found, _block: Block) -> list[int]:
    row = first_open(found.project)
    return [row.pk] if row else []


def informing(found: Found, charter: Charter) -> str:
    """The purpose, with the words that say what this is."""
    says = _("We tell you what was decided and why. This is no longer open.")
    return f"{charter.purpose}\n\n{says}"


SETTLED = at_decision(openness="settled", settled_on=day_in_evidence("settled", "act", "shown"))
OPEN_AGAIN = at_decision(openness="open", settled_on="", decide_by=FOUR_WEEKS)
OTHERS_DECIDE = at_decision(who_decides="decider asks")
TOGETHER = at_decision(who_decides="together")
PARKED = add_block(BlockKind.PARKED_SUBJECTS, 15)
A_DAY = at_charter(hear_back_on=THREE_WEEKS)
UNSAID = ask_the_group(_("What was left unsaid last time?"))
ASK_NOW = add_block(BlockKind.ACTIVITY, 30, prompt=_("This can still change. What would you want?"))
TELL = page("loop:telling")
LETTERS = TELL
"""From there the letters are printed."""
THEMES = page("loop:themes")

ALREADY_AGREED: Mapping[tuple[str, int], Opener] = {
    ("T101", 0): SETTLED,
    ("T101", 1): OPEN_AGAIN,
    ("T102", 0): OTHERS_DECIDE,
    ("T102", 1): TOGETHER,
    ("T103", 0): ask_the_group(_("Now that you know what can change: would you say something else?")),
    ("T103", 1): own(_("We told you late what can be changed.")),
    ("T104", 0): at_decision(options=a_line_more("options", _("A second way: "))),
    ("T104", 1): ask(
        _("What would make you choose differently? We will tell people your answer."), to=Part.DECISION_MAKER
    ),
    ("T105", 0): SETTLED,
    ("T105", 1): at_decision(decide_by=FOUR_WEEKS),
    ("T106", 0): at_decision(openness="open", settled_on="", decide_by=FOUR_WEEKS),
    ("T106", 1): OPEN_AGAIN,
    ("T107", 0): LETTERS,
    ("T107", 1): page("charter:weighed"),
    ("T108", 0): second_day(),
    ("T108", 1): at_charter(input_closes=FOUR_WEEKS),
    ("T109", 0): at_block(MADE, kind=BlockKind.INFORMATION.value),
    ("T109", 1): at_block(MADE, about=what_is_open),
    ("T110", 0): ask_the_group(_("What gave you the feeling that it was decided already?")),
    ("T111", 0): ASK_NOW,
    ("T111", 1): own(_("We decided this, and we had left out the part that was to ask you.")),
    ("T112", 0): at_decision(because=_("One of the ways was closed before you were asked: ")),
    ("T112", 1): ask_the_group(_("One way is closed. What would you choose now?")),
    ("T113", 0): ASK_NOW,
    ("T113", 1): own(_("We said that this is open, and decided it without asking you.")),
    ("T114", 0): new_decision(),
    ("T114", 1): at_charter(purpose=informing),
}
NO_WANDERING: Mapping[tuple[str, int], Opener] = {
    ("T201", 0): add_block(BlockKind.VENTING, minutes_in_evidence("wanted", else_=20)),
    ("T201", 1): ask(_("What do people need to say first? We would plan the rest after it.")),
    ("T202", 0): at_block(TOLD, minutes=shorter),
    ("T202", 1): at_workshop(ends=later_by(30)),
    ("T203", 0): add_block(BlockKind.BREAK, 15),
    ("T204", 0): ask(_("Subjects were parked and nobody has them. Who of us looks after them, and until when?")),
    ("T204", 1): PARKED,
    ("T205", 0): PARKED,
    ("T205", 1): page("live:workshops"),
    ("T206", 0): PARKED,
    ("T206", 1): page("live:workshops"),
    ("T208", 0): ask_the_group(_("What would have helped you to say what you wanted to say?")),
    ("T208", 1): ask(_("How can people say it now, in words, by phone or on paper? We would like to offer that.")),
    ("T210", 0): ask_the_group(_("Did you have to leave? What would you have said?")),
    ("T210", 1): at_workshop(ends=later_by(30)),
    ("T211", 0): UNSAID,
    ("T211", 1): own(_("We cut people short.")),
    ("T212", 0): UNSAID,
    ("T212", 1): own(_("We took away the time that was for you.")),
    ("T213", 0): add_block(BlockKind.INFORMATION, 10),
    ("T213", 1): note((BlockKind.VENTING,), _("People speak first.")),
    ("T214", 0): UNSAID,
    ("T214", 1): explain(_("It was not so. What happened: ")),
}
TOKEN_SEAT: Mapping[tuple[str, int], Opener] = {
    ("T301", 0): invite_somebody(),
    ("T301", 1): ask(_("Who of those invited for their work needs to be there?"), to=Part.DECISION_MAKER),
    ("T301", 2): ask(
        _("What would make it easier to take part: company, a supporter, another way? Please ask, in private.")
    ),
    ("T302", 0): invite_somebody(),
    ("T302", 1): at_workshop(decision_rule="consensus", pre_meeting=True),
    ("T303", 0): at_seat(roles=MEMBERS, without="vote", vote="yes"),
    ("T303", 1): OTHERS_DECIDE,
    ("T304", 0): invite_somebody(vote=True),
    ("T304", 1): ask(
        _("Can the members decide this together with you, in a workshop in which they are?"), to=Part.DECISION_MAKER
    ),
    ("T305", 0): invite_somebody(),
    ("T305", 1): ask(_("How, where and when would people of the groups that are missing want to be asked?")),
    ("T307", 0): at_seat(roles=MEMBERS, without="pay", state="offered"),
    ("T307", 1): ask(_("What can be paid for people's time, and from which budget?"), to=Part.DECISION_MAKER),
    ("T308", 0): at_workshop(papers_pages=2, papers_sent_on=timedelta()),
    ("T308", 1): at_workshop(pre_meeting=True),
    ("T309", 0): at_workshop(pre_meeting=True),
    ("T309", 1): add_block(BlockKind.DISCUSSION, 30, note=_("Among the members, before the others come.")),
    ("T310", 0): add_block(
        BlockKind.DISCUSSION, 15, note=_("One round: each speaks or writes before anybody speaks twice.")
    ),
    ("T310", 1): ask(_("What would make it easier for the members to speak? Please ask among yourselves.")),
    ("T312", 0): at_workshop(decision_rule="consensus"),
    ("T312", 1): OTHERS_DECIDE,
    ("T313", 0): ask(_("Whom do these people trust, and how would they want to be asked?")),
    ("T313", 1): second_day(),
    ("T314", 0): ask(_("How can the people themselves be asked: at home, with pictures, with somebody they choose?")),
    ("T315", 0): invite_somebody(),
    ("T315", 1): ask(_("Which hat do members of staff want to wear here? Please ask each alone; nobody has to say.")),
    ("T316", 0): page("table:table"),
    ("T316", 1): ask(
        _("Something that a person needs is not booked. What would do instead? Please ask them, in private.")
    ),
    ("T317", 0): ask(_("What made it hard to speak, and what would you change? Please ask among yourselves.")),
    ("T317", 1): add_block(BlockKind.VENTING, 15, note=_("The members speak first, or in a room of their own.")),
    ("T318", 0): ask(_("Can you come and listen, for a part of it at least?"), to=Part.DECISION_MAKER),
    ("T318", 1): add_block(BlockKind.INFORMATION, 5, note=_("Who takes what you say to whom, and by when: ")),
}
BLANK_FLIP_CHART: Mapping[tuple[str, int], Opener] = {
    ("T401", 0): note(
        TALKED, _("Each makes something alone first, with pictures, cards or objects."), kind=BlockKind.ACTIVITY.value
    ),
    ("T401", 1): note(
        (BlockKind.INFORMATION, BlockKind.REPORT_BACK),
        _("Sent beforehand. Now each makes something: "),
        kind=BlockKind.ACTIVITY.value,
    ),
    ("T401", 2): note(TALKED, _("The members chose to talk, because ")),
    ("T402", 0): note(MADE, _("First each alone, some minutes: draw, write, pick or say something.")),
    ("T402", 1): note(MADE, _("First each alone, or with a supporter whom they chose.")),
    ("T404", 0): at_block((BlockKind.ACTIVITY,), minutes=longer),
    ("T404", 1): note((BlockKind.DISCUSSION,), _("Talk about what each person made.")),
    ("T405", 0): at_block((BlockKind.ACTIVITY,), adaptations=_("said, and made for you")),
    ("T405", 1): ask(_("Which way of making something would work for everybody who comes?")),
    ("T406", 0): at_block((BlockKind.ACTIVITY,), leaves=_("a piece each, with the words on their slip")),
    ("T406", 1): note((BlockKind.ACTIVITY,), _("Each writes in their own words, or asks somebody of their choice.")),
    ("T407", 0): note((BlockKind.ACTIVITY,), _("Something to touch, to move, to hear or to tell: ")),
    ("T407", 1): note(
        (BlockKind.ACTIVITY,), _("For everybody also in a second way: with objects, or with words only.")
    ),
    ("T410", 0): at_workshop(papers_sent_on=timedelta(), papers_pages=2),
    ("T410", 1): note((BlockKind.INFORMATION,), _("On a table to walk or wheel around; each takes what they need.")),
    ("T411", 0): at_block((BlockKind.ACTIVITY,), stimuli=_("pictures\nobjects"), leaves=_("a piece each")),
    ("T411", 1): note((BlockKind.ACTIVITY,), _("The members chose to talk, because ")),
}
INTO_THE_SUNSET: Mapping[tuple[str, int], Opener] = {
    ("T501", 0): THEMES,
    ("T501", 1): A_DAY,
    ("T502", 0): TELL,
    ("T502", 1): TELL,
    ("T503", 0): TELL,
    ("T503", 1): LETTERS,
    ("T504", 0): THEMES,
    ("T504", 1): A_DAY,
    ("T505", 0): TELL,
    ("T506", 0): THEMES,
    ("T506", 1): ask(
        _("Why was it decided so? Two sentences are enough. People will read them."), to=Part.DECISION_MAKER
    ),
    ("T507", 0): A_DAY,
    ("T508", 0): A_DAY,
    ("T508", 1): own(_("We promised a day, and moved it.")),
    ("T509", 0): ask_the_group(_("What would reach you better?"), minutes=10),
    ("T509", 1): LETTERS,
    ("T511", 0): at_charter(
        hear_back_on=THREE_WEEKS,
        hear_back_how=_("in the room, by text, by post, by phone, or with the words on a slip"),
    ),
    ("T512", 0): THEMES,
    ("T514", 0): THEMES,
    ("T515", 0): TELL,
    ("T517", 0): at_late_promise,
    ("T517", 1): at_late_promise,
    ("T516", 0): at_charter(hear_back_how=_("each in the way they say at the door; everybody has the words on a slip")),
    ("T516", 1): LETTERS,
}
WAYS: Mapping[tuple[str, int], Opener] = {
    **ALREADY_AGREED, **NO_WANDERING, **TOKEN_SEAT, **BLANK_FLIP_CHART, **INTO_THE_SUNSET
}  # fmt: skip
