"""
The evening cafe: asked in the spring, answered in part, and meeting again now.

Two workshops are over and one is open. One promise is late, one person heard and does not agree, a plan was scrapped, and one thing was
got wrong and is owned.
"""

from datetime import datetime, time, timedelta

from withus.charter import actions as charter
from withus.charter.models import Charter, Decision, Openness, WhoDecides
from withus.findings import actions as findings
from withus.live import actions as live
from withus.live.models import Contribution, ParkedSubject
from withus.loop import actions as loop
from withus.loop.models import Answer, Outcome, Says, Theme
from withus.projects.models import Part
from withus.table import actions as table
from withus.table.models import Workshop
from withus.transfer.example.acts import Guest, Story, blocks
from withus.transfer.example.answering import answer_in_full
from withus.transfer.example.team import Team
from withus.transfer.example.words import DRAWINGS, FIRST_WORKSHOP, LIVE_NOW, PARKED, SECOND_WORKSHOP, THEMES, Said

VOICES = "people who hear voices"
CARERS = "family carers"
GUESTS = (
    Guest("Joy", group=VOICES, co_lead=True, way="email", address="joy@people.example"),
    Guest("Tomasz", group=VOICES, co_lead=True, way="email", address="tomasz@people.example"),
    Guest("Amira", group=VOICES),
    Guest("Bo", group=VOICES, way="post", address="Bo Lund\n4 Canal Row\nFerndale FD1 2AB"),
    Guest("Carys", group=VOICES, way="phone", address="01632 960 188", needs=("large print",)),
    Guest("Femi", group=VOICES, way="email", address="femi@people.example"),
    Guest("Grace", group=VOICES, way="email", address="grace@people.example", needs=("step-free way in",)),
    Guest("Halima", group=VOICES, needs=("Somali interpreter",)),
    Guest("Ines", group=CARERS, lived="not saying", way="email", address="ines@people.example"),
    Guest("Lena", role="carer", group=CARERS, way="post", address="Lena Roth\n11 Mill Street\nFerndale FD1 7XY"),
    Guest("Kofi", group=VOICES, lived="", pay="declined"),
    Guest("A community nurse", role="worker", group="Ferndale Trust", lived="", vote=False),
    Guest("The night line's manager", role="manager", group="Ferndale Trust", lived="no", vote=False),
)
PLAN = (
    ("welcome", 15, "Tea, and what can still change", ""),
    ("venting", 25, "What you came to say", ""),
    ("activity", 25, "Pick a picture: what would help? [look]", "What would help on a hard night?"),
    ("break", 15, "Break. The quiet room is open", ""),
    ("activity", 20, "Stand at the hour you need [hours]", "Which hours would you need?"),
    ("slack", 15, "Spare time", ""),
    ("parked subjects", 10, "Parked subjects", ""),
    ("closing", 10, "Who hears back, how, by when", ""),
)


def load(team: Team, *, now: datetime) -> None:
    project = charter.begin(
        team.organisation,
        title="The evening cafe",
        by=team.dev,
        now=now - timedelta(days=120),
        is_example=True,
        purpose=(
            "A safe place to go at night when things get too much. We want to find out together what it should be like, "
            "and then run it together."
        ),
        setting="charity",
    )
    story = Story(team, project, now)
    table.put_on_the_team(project, staff=team.hall, part=Part.DECISION_MAKER, by=team.dev, now=story.at(days_ago=119))
    table.put_on_the_team(project, staff=team.joy, part=Part.CO_LEAD, by=team.dev, now=story.at(days_ago=119))
    table.put_on_the_team(project, staff=team.priya, part=Part.SAFEGUARDING, by=team.dev, now=story.at(days_ago=119))
    decisions = _charter(story)
    first = _workshop(story, "Workshop 1: what would help", days_ago=62, decisions=decisions)
    second = _workshop(story, "Workshop 2: hours and home", days_ago=34, decisions=decisions)
    story.seat(GUESTS, now=story.at(days_ago=100), workshops=[first, second])
    for name in ("Joy", "Tomasz"):
        charter.sign(project, person=story.people[name], now=story.at(days_ago=95))
    table.invite(project, persons=list(story.people.values()), by=team.dev, now=story.at(days_ago=90))
    cards = _first(story, first) + _second(story, second)
    themes = _themes(story, cards)
    answers = _answers(story, themes)
    loop.hang_up(story.project, by=story.team.dev, now=story.at(days_ago=17))
    answer_in_full(story, answers, decisions)
    _heard(story, answers)
    _wrong(story)
    _now(story, decisions)


def _charter(story: Story) -> dict[str, Decision]:
    at = story.at(days_ago=118)
    own = Charter.objects.get(project=story.project)
    charter.change_charter(
        own,
        by=story.team.dev,
        now=at,
        version=own.version,
        emotive="high",
        groups=[VOICES, CARERS],
        ages="adults",
        safe_person="Priya",
        safe_person_how="By the door, with a yellow badge. Or ring 01632 960 123.",
        support_lines="Samaritans: 116 123\nNHS 111, then 2",
        hear_back_on=story.on(days_ago=-12),
        hear_back_how="In the way that you choose",
        shown_where="The notice board at Lantern House",
        delivery_shared=True,
        review_shared=True,
    )

    def decide(what: str, **fields: object) -> Decision:
        return charter.add_decision(story.project, what=what, by=story.team.dev, now=at, **fields)  # type: ignore[arg-type] # fields by name

    return {
        "look": decide(
            "How it looks and feels",
            openness=Openness.OPEN,
            decider="The group of 11",
            who_decides=WhoDecides.GROUP,
            decide_by=story.on(days_ago=-30),
            options=["a front room", "a cafe", "a garden room"],
        ),
        "who": decide(
            "Who is there when you arrive",
            openness=Openness.OPEN,
            decider="The group of 11",
            who_decides=WhoDecides.GROUP,
            decide_by=story.on(days_ago=-30),
            options=["peer workers", "peer workers and a nurse", "volunteers"],
        ),
        "hours": decide(
            "Opening hours",
            openness=Openness.WITHIN_LIMITS,
            decider="Prof. Hall, Ferndale Trust, with the group",
            who_decides=WhoDecides.TOGETHER,
            decide_by=story.on(days_ago=-21),
            limit="30 hours a week",
            limit_because="the grant is fixed till the end of next year",
            options=["six nights till midnight", "five nights till two"],
        ),
        "building": decide(
            "The building",
            openness=Openness.SETTLED,
            decider="Ferndale Trust board",
            settled_on=story.on(days_ago=150),
            settled_because="The lease was on offer for two weeks only. We did not ask first. We should have.",
            people_were_asked=False,
        ),
    }


BOOKED = timedelta(hours=2, minutes=15)
LATEST_START = time(21, 40)
"""A workshop ends on the day on which it begins; later in the evening the example keeps its afternoon hours."""


def _workshop(
    story: Story, title: str, *, days_ago: int, decisions: dict[str, Decision], starts: time = time(14)
) -> Workshop:
    at = story.at(days_ago=max(days_ago, 0) + 30) if days_ago > 0 else story.at(days_ago=20)
    workshop = table.add_workshop(
        story.project,
        title=title,
        on=story.on(days_ago=days_ago),
        starts=starts,
        ends=(datetime.combine(story.on(days_ago=days_ago), starts) + BOOKED).time(),
        place="Mill Street hall",
        by=story.team.dev,
        now=at,
        decision_rule="consensus",
        pre_meeting=True,
    )
    blocks(workshop, PLAN, about=decisions, story=story, now=at)
    return workshop


def _first(story: Story, workshop: Workshop) -> list[Contribution]:
    opened = story.at(days_ago=62, clock=time(13, 55))
    live.start(workshop, by=story.team.dev, now=opened)
    cards = story.say(workshop, FIRST_WORKSHOP, now=opened + timedelta(minutes=40), every=timedelta(minutes=2))
    cards += _drawings(story, workshop, opened + timedelta(minutes=88))
    for number, (who, words) in enumerate(PARKED[:2]):
        _park(story, workshop, who, words, now=opened + timedelta(minutes=100 + number), owner="Joy", back_in=28)
    live.scrap_plan(
        workshop, went_to="Getting home safely after eleven", by=story.team.dev, now=opened + timedelta(minutes=95)
    )
    live.keep_learned(
        workshop,
        words="The last bus goes at 10.40. Nobody could have used the last hour.",
        by=story.team.dev,
        now=opened + timedelta(minutes=120),
    )
    live.end(workshop, by=story.team.dev, now=opened + timedelta(minutes=139))
    return cards


def _second(story: Story, workshop: Workshop) -> list[Contribution]:
    opened = story.at(days_ago=34, clock=time(13, 58))
    live.start(workshop, by=story.team.dev, now=opened)
    cards = story.say(workshop, SECOND_WORKSHOP, now=opened + timedelta(minutes=44), every=timedelta(minutes=2))
    for subject in ParkedSubject.objects.filter(workshop__project=story.project):
        live.bring_back(subject, on=story.on(days_ago=34), by=story.team.dev, now=opened + timedelta(minutes=110))
    _park(story, workshop, *PARKED[2], now=opened + timedelta(minutes=112), owner="Tomasz", back_in=-4)
    live.end(workshop, by=story.team.dev, now=opened + timedelta(minutes=135))
    return cards


def _drawings(story: Story, workshop: Workshop, now: datetime) -> list[Contribution]:
    cards = []
    for number, (who, strokes, words, _theme) in enumerate(DRAWINGS):
        media = live.add_drawing(story.project, strokes=strokes, now=now)
        receipt = live.add_contribution(
            story.project,
            now=now,
            workshop=workshop,
            person=story.people[who],
            given_by="drawing",
            words=words,
            media=media,
            may_see="wall",
            uses=("public",),
            sent_once=f"drawing-{number}",
        )
        live.let_through(receipt.contribution, by=story.team.dev, now=now)
        cards.append(receipt.contribution)
    return cards


def _park(story: Story, workshop: Workshop, who: str, words: str, *, now: datetime, owner: str, back_in: int) -> None:
    receipt = live.park(
        story.project,
        now=now,
        workshop=workshop,
        person=story.people[who],
        words=words,
        sent_once=f"park-{words[:20]}",
        may_see="wall",
    )
    live.let_through(receipt.contribution, by=story.team.dev, now=now)
    live.settle_parked(
        ParkedSubject.objects.get(contribution=receipt.contribution),
        when="another day",
        owner=owner,
        owner_agreed=True,
        return_on=(now + timedelta(days=abs(back_in))).date(),
        by=story.team.dev,
        now=now,
    )


def _themes(story: Story, cards: list[Contribution]) -> dict[str, Theme]:
    at = story.at(days_ago=28)
    by_words = {one.words: one.theme for one in (*FIRST_WORKSHOP, *SECOND_WORKSHOP)}
    by_words |= {words: theme for _who, _strokes, words, theme in DRAWINGS}
    sorted_cards: dict[str, list[Contribution]] = {key: [] for key in THEMES}
    for card in cards:
        sorted_cards[by_words[card.words]].append(card)
    return {
        key: loop.make_theme(
            story.project, name=name, by=story.team.dev, now=at, contributions=sorted_cards[key], read=True
        )
        for key, name in THEMES.items()
    }


def _answers(story: Story, themes: dict[str, Theme]) -> dict[str, Answer]:
    def answer(key: str, days_ago: int, **fields: object) -> Answer:
        at = story.at(days_ago=days_ago)
        drafted = loop.draft_answer(
            story.project,
            theme=themes[key],
            by=story.team.dev,
            now=at,
            **fields,  # type: ignore[arg-type] # fields by name
        )
        loop.publish(drafted, by=story.team.dev, now=at)
        return drafted

    return {
        "arriving": answer(
            "arriving",
            20,
            we_heard="A light you can see from the bus stop. No form at the door. It is free, and you need no reason.",
            outcome=Outcome.DONE,
            we_do="There is a lamp in the window and nothing to fill in. Somebody at the door says hello.",
            because="You told us that the door is the hardest part.",
            body="Lantern House",
        ),
        "room": answer(
            "room",
            20,
            we_heard="Two lamps, toast, a chair with its back to the wall. A night for women.",
            outcome=Outcome.DOING,
            we_do="We buy the lamps and chairs this month. Wednesday will be a women's night.",
            because="Everything you asked for fits into the furniture money.",
            body="Lantern House",
            promised_on=story.on(days_ago=-26),
        ),
        "hours": answer(
            "hours",
            18,
            we_heard="Later than ten, and Sunday above all. Some of you need six in the morning.",
            outcome=Outcome.PARTLY,
            we_do="Eight till one, Wednesday to Sunday. We do not open in the morning.",
            because="The grant pays for 30 hours a week, and most of you asked for the late ones.",
            body="Ferndale Trust",
        ),
        "who": answer(
            "who",
            18,
            we_heard="People who have been there themselves, and the same faces. A page for families.",
            outcome=Outcome.DOING,
            we_do="Two peer workers will be there every night. The page for families is being written.",
            because="This is what most cards say.",
            body="Ferndale Trust",
            promised_on=story.on(days_ago=12),
        ),
    }


def _heard(story: Story, answers: dict[str, Answer]) -> None:
    at = story.at(days_ago=10)

    def says(who: str, answer: str, what: str, because: str = "", *, beside: bool = False) -> None:
        loop.confirm(story.people[who], answer=answers[answer], says=what, because=because, beside=beside, now=at)

    says("Amira", "arriving", Says.KNOWS)
    says("Amira", "hours", Says.KNOWS)
    says("Bo", "arriving", Says.KNOWS)
    says("Grace", "room", Says.KNOWS)
    says("Grace", "who", Says.KNOWS)
    says("Femi", "who", Says.KNOWS)
    says("Carys", "arriving", Says.KNOWS)
    says("Lena", "who", Says.PARTLY, "It says that a page for families is being written. By whom?")
    says(
        "Kofi",
        "hours",
        Says.DISAGREES,
        "I work nights, and so do many. For us you are closed at the hour when we need you.",
        beside=True,
    )


def _wrong(story: Story) -> None:
    at = story.at(days_ago=9)
    findings.own(
        story.project,
        rule="T508",
        where="feedback",
        by=story.team.dev,
        now=at,
        what_we_did="We promised the page for families for a fixed day and gave it to nobody to write.",
        cost="Families came to the second workshop and had to ask the same questions again.",
        now_we="Lena and a nurse write it together and are paid for it. We tell everybody when it is there.",
    )


def _now(story: Story, decisions: dict[str, Decision]) -> None:
    """The workshop that is open while somebody looks at the example. It began a little while ago."""
    begun = story.now - timedelta(minutes=52)
    on_the_clock = story.clock(begun)
    starts = on_the_clock if on_the_clock < LATEST_START and story.is_today(begun) else time(14)
    workshop = _workshop(story, "Workshop 3: the first month", days_ago=0, decisions=decisions, starts=starts)
    live.start(workshop, by=story.team.dev, now=begun)
    live.set_on_duty(workshop, who="Priya and Jo. They wear a yellow badge.", by=story.team.dev, now=begun)
    live.move_on(workshop, by=story.team.dev, now=begun + timedelta(minutes=14))
    live.move_on(workshop, by=story.team.dev, now=begun + timedelta(minutes=40))
    shown, waiting = LIVE_NOW[:-2], LIVE_NOW[-2:]
    story.say(workshop, shown, now=story.now - timedelta(minutes=11), every=timedelta(minutes=2))
    for one in waiting:
        _wait(story, workshop, one)
    parked = live.park(
        story.project,
        now=story.now - timedelta(minutes=3),
        workshop=workshop,
        person=story.people["Lena"],
        words="Could a key for the quiet room hang by the door?",
        sent_once="park-now",
        may_see="wall",
    )
    live.let_through(parked.contribution, by=story.team.dev, now=story.now - timedelta(minutes=2))


def _wait(story: Story, workshop: Workshop, one: Said) -> None:
    live.add_contribution(
        story.project,
        now=story.now - timedelta(minutes=2),
        workshop=workshop,
        person=story.people[one.who],
        given_by="picture" if one.picture else "words",
        words=one.words,
        picture=one.picture,
        may_see=one.may_see,
        sent_once=f"wait-{one.who}",
    )
