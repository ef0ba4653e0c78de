"""Three more projects of the same house, so that each stage of a life can be seen: one planned, one that answers, one closed."""

from datetime import datetime, time, timedelta

from withus.charter import actions as charter
from withus.charter.models import Charter, Openness, WhoDecides
from withus.live import actions as live
from withus.loop import actions as loop
from withus.loop.models import Outcome, Says
from withus.loop.models_of_closing import Turn
from withus.projects.models import Part
from withus.table import actions as table
from withus.table.models import Workshop
from withus.transfer.example.acts import Guest, Story, blocks
from withus.transfer.example.team import Team
from withus.transfer.example.words import Said

WALKERS = (
    Guest("Agnes", group="people over seventy"),
    Guest("Mo", group="people over seventy"),
    Guest("Ruth", group="people over seventy", way="email", address="ruth@people.example"),
)
LUNCH = (
    Said("Agnes", "Start at eleven. The bus pass works from half past nine and then I have time.", picture="seat"),
    Said("Mo", "Fish on Fridays, as it used to be."),
    Said("Ruth", "Ask the new people to sit with somebody, not at the empty table.", picture="door"),
)
WAITING = (
    Said("Agnes", "A sign that says how long. Even when it is long."),
    Said("Mo", "Chairs with arms. I cannot get up from the others.", picture="seat"),
    Said("Ruth", "Somewhere to wait outside, and be called."),
)


def load(team: Team, *, now: datetime) -> None:
    _planned(team, now=now)
    _answering(team, now=now)
    _closed(team, now=now)


def _begin(team: Team, title: str, purpose: str, *, now: datetime, days_ago: int, hear_back_in: int) -> Story:
    project = charter.begin(
        team.organisation,
        title=title,
        purpose=purpose,
        by=team.dev,
        now=now - timedelta(days=days_ago),
        is_example=True,
        setting="charity",
    )
    story = Story(team, project, now)
    own = Charter.objects.get(project=project)
    charter.change_charter(
        own,
        by=team.dev,
        now=story.at(days_ago=days_ago),
        version=own.version,
        emotive="low",
        ages="adults",
        groups=["people over seventy"],
        safe_person="Priya",
        safe_person_how="01632 960 123",
        hear_back_on=story.on(days_ago=-hear_back_in),
        hear_back_how="In the way that you choose",
    )
    return story


def _planned(team: Team, *, now: datetime) -> None:
    story = _begin(
        team,
        "The waiting room",
        "The waiting room will be made new next year.",
        now=now,
        days_ago=9,
        hear_back_in=90,
    )
    at = story.at(days_ago=8)
    paint = charter.add_decision(
        story.project,
        what="Where the chairs stand, and which",
        openness=Openness.OPEN,
        by=team.dev,
        now=at,
        decider="The practice manager",
        who_decides=WhoDecides.ASKS,
        decide_by=story.on(days_ago=-60),
        options=["rows", "small groups", "both"],
    )
    charter.add_decision(
        story.project,
        what="The colour of the walls",
        openness=Openness.OPEN,
        by=team.dev,
        now=at,
        decider="The practice manager",
        who_decides=WhoDecides.ASKS,
    )
    workshop = table.add_workshop(
        story.project,
        title="One morning in the waiting room",
        on=story.on(days_ago=-30),
        starts=time(10),
        ends=time(12),
        place="The waiting room",
        by=team.dev,
        now=at,
    )
    rows = (
        ("welcome", 10, "Tea", ""),
        ("information", 45, "What is planned", ""),
        ("discussion", 45, "Talk in groups, write on the flip chart [chairs]", "What should change?"),
        ("report back", 20, "Each table reports", ""),
    )
    blocks(workshop, rows, about={"chairs": paint}, story=story, now=at)


def _answering(team: Team, *, now: datetime) -> None:
    story = _begin(
        team,
        "Waiting at the eye clinic",
        "What makes the wait at the eye clinic hard, and what would help.",
        now=now,
        days_ago=60,
        hear_back_in=20,
    )
    at = story.at(days_ago=58)
    charter.add_decision(
        story.project,
        what="What is changed at the eye clinic this winter",
        openness=Openness.OPEN,
        by=team.dev,
        now=at,
        decider="The clinic's manager",
        who_decides=WhoDecides.ASKS,
        decide_by=story.on(days_ago=-30),
        options=["signs", "chairs", "calling people by telephone"],
    )
    workshop = _held(story, "An hour at the eye clinic", WAITING, days_ago=25)
    cards = list(workshop.contributions.order_by("seq"))
    theme = loop.make_theme(
        story.project,
        name="Knowing how long",
        by=team.dev,
        now=story.at(days_ago=20),
        contributions=[cards[0], cards[2]],
        read=True,
    )
    drafted = loop.draft_answer(
        story.project,
        theme=theme,
        by=team.dev,
        now=story.at(days_ago=12),
        we_heard="Say how long it takes. Let us wait outside.",
        outcome=Outcome.DOING,
        we_do="A board at the desk will say how long, and we ring you when it is your turn.",
        because="It costs little, and everybody asked for it.",
        body="The eye clinic",
        promised_on=story.on(days_ago=-20),
    )
    loop.publish(drafted, by=team.dev, now=story.at(days_ago=12))


def _closed(team: Team, *, now: datetime) -> None:
    story = _begin(
        team,
        "The Saturday lunch",
        "How the lunch on Saturdays should go on.",
        now=now,
        days_ago=200,
        hear_back_in=-120,
    )
    at = story.at(days_ago=198)
    charter.add_decision(
        story.project,
        what="When lunch is, and how we sit",
        openness=Openness.OPEN,
        by=team.dev,
        now=at,
        decider="Those who come",
        who_decides=WhoDecides.GROUP,
        options=["at eleven", "at noon"],
    )
    workshop = _held(story, "Lunch, and then we talk", LUNCH, days_ago=160)
    theme = loop.make_theme(
        story.project,
        name="Our Saturdays",
        by=team.dev,
        now=story.at(days_ago=150),
        contributions=list(workshop.contributions.order_by("seq")),
        read=True,
    )
    drafted = loop.draft_answer(
        story.project,
        theme=theme,
        by=team.dev,
        now=story.at(days_ago=140),
        we_heard="Start at eleven. Fish on Fridays. Nobody new at an empty table.",
        outcome=Outcome.DONE,
        we_do="Lunch is at eleven, Agnes keeps two seats free at her table, and there is fish on the last Friday.",
        because="You decided it together.",
        body="Those who come on Saturdays",
    )
    loop.publish(drafted, by=team.dev, now=story.at(days_ago=140))
    for person in story.people.values():
        loop.note_told(person, answers=[drafted], how="at lunch, face to face", by=team.dev, now=story.at(days_ago=133))
        loop.confirm(person, answer=drafted, says=Says.KNOWS, now=story.at(days_ago=130))
    joined = story.at(days_ago=112)
    table.put_on_the_team(story.project, staff=team.joy, part=Part.CO_LEAD, by=team.dev, now=joined)
    first = loop.first_key(story.project, what=Turn.CLOSE, by=loop.Hand(staff=team.dev), now=story.at(days_ago=111))
    loop.second_key(first, by=loop.Hand(staff=team.joy), now=story.at(days_ago=110))


def _held(story: Story, title: str, said: tuple[Said, ...], *, days_ago: int) -> Workshop:
    planned = story.at(days_ago=days_ago + 28)
    workshop = table.add_workshop(
        story.project,
        title=title,
        on=story.on(days_ago=days_ago),
        starts=time(11),
        ends=time(12),
        place="Lantern House",
        by=story.team.dev,
        now=planned,
    )
    rows = (
        ("welcome", 10, "Tea", ""),
        ("activity", 25, "Pick a picture", "What should be different?"),
        ("slack", 15, "Spare time", ""),
        ("closing", 10, "Who hears back", ""),
    )
    blocks(workshop, rows, about={}, story=story, now=planned)
    story.seat(WALKERS, now=planned, workshops=[workshop])
    table.invite(story.project, persons=list(story.people.values()), by=story.team.dev, now=planned)
    opened = story.at(days_ago=days_ago, clock=time(10, 58))
    live.start(workshop, by=story.team.dev, now=opened)
    story.say(workshop, said, now=opened + timedelta(minutes=15), every=timedelta(minutes=3))
    live.end(workshop, by=story.team.dev, now=opened + timedelta(minutes=62))
    return workshop
