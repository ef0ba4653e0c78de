"""A project in which everything exists `n` times, and everything that a table holds is filled in."""

from datetime import date, timedelta

from tests.cast import NOW, Cast, a_workshop, cast
from withus.charter import actions as charter
from withus.charter.models import Change, Charter, Decision
from withus.live import actions as live
from withus.live.models import ParkedSubject, Running
from withus.loop import actions as loop
from withus.people.models import Person
from withus.plan import actions as plan
from withus.table import actions as table
from withus.table.models import Seat, Workshop

LATER = NOW + timedelta(days=20)
DAY = date(2026, 7, 1)


def rich(n: int) -> Cast:
    them = cast()
    own = Charter.objects.get(project=them.project)
    charter.change_charter(
        own, by=them.dev, now=NOW, version=1, emotive="high", groups=["people who hear voices"], setting="charity",
        safe_person="Priya", hear_back_on=DAY, hear_back_how="by letter", input_closes=date(2026, 6, 20),
    )  # fmt: skip
    decisions = [_decision(them, number) for number in range(n)]
    workshops = [_workshop(them, decisions) for _number in range(n)]
    people = [_person(them, workshops, chair=number == 0) for number in range(n)]
    table.invite(them.project, persons=people, by=them.dev, now=NOW)
    for number in range(n):
        _given(them, workshops[number], people[number])
    for decision in decisions:
        charter.note_act(
            decision, on=date(2026, 5, 19), what="The lease is signed.", closes=["18-22"], by=them.dev, now=LATER
        )
        charter.settle(
            decision, on=date(2026, 5, 20), because="The grant.", people_were_asked=True, by=them.dev, now=LATER
        )
    charter.change_charter(
        Charter.objects.get(project=them.project), by=them.dev, now=LATER, version=2,
        hear_back_on=date(2026, 8, 1), because="The board meets late.",
    )  # fmt: skip
    charter.told_of_changes(them.project, now=LATER)
    for change in Change.objects.filter(project=them.project, narrows=True).select_related("project", "decision"):
        charter.weigh(change, reconsidered=True, by=them.dev, now=LATER)
    Decision.objects.filter(project=them.project).update(evidence="Minutes of 20 May")
    Workshop.objects.filter(project=them.project).update(
        state="ended", opened_at=NOW, ended_at=NOW + timedelta(hours=2)
    )
    for workshop in workshops:
        live.note_afterwards(
            workshop, version=1, wandering="followed", incidents="The lift was broken.", minutes={"venting": 25},
            speaking_lived=80, pulse={"asked": 9, "could_say": 8, "felt_decided": 1, "know_next": 7}, by=them.dev, now=LATER,
        )  # fmt: skip
    return them


def _decision(them: Cast, number: int) -> Decision:
    return charter.add_decision(
        them.project, what=f"Hours {number}", openness="within limits", options=["18-22", "20-24"], by=them.dev, now=NOW,
        limit="30 hours a week", limit_because="the grant", decider="Prof. Hall", who_decides="together",
    )  # fmt: skip


def _workshop(them: Cast, decisions: list[Decision]) -> Workshop:
    workshop = a_workshop(
        them, decision_rule="consensus", papers_sent_on=date(2026, 4, 20), papers_pages=2, pre_meeting=True
    )
    plan.add_block(workshop, kind="venting", minutes=30, note="tea", about=decisions, by=them.dev, now=NOW)
    plan.add_block(
        workshop, kind="activity", minutes=30, method="Collage", by=them.dev, now=NOW,
        making={"stimuli": ["pictures"], "leaves": "a picture", "requires": ["sight"], "adaptations": ["texture box"]},
    )  # fmt: skip
    plan.remove_block(plan.add_block(workshop, kind="activity", minutes=30, by=them.dev, now=NOW), by=them.dev, now=NOW)
    Running.objects.create(workshop=workshop, scrapped_at=NOW)
    return workshop


def _person(them: Cast, workshops: list[Workshop], *, chair: bool) -> Person:
    person = table.add_to_table(
        them.project, by=them.dev, now=NOW, role="member", group="people who hear voices", name="Grace", way="email",
        address="grace@example.org", needs=["large print"], workshops=workshops, vote=True, chair=chair,
    )  # fmt: skip
    Person.objects.filter(pk=person.pk).update(language="de-at")
    table.say_lived(person, lived="yes", now=NOW)
    table.book(person, booked=["large print"], by=them.dev, now=NOW)
    table.offer_pay(person, offer="20 pounds", state="paid", by=them.dev, now=NOW)
    return person


def _given(them: Cast, workshop: Workshop, person: Person) -> None:
    Workshop.objects.filter(pk=workshop.pk).update(state="open")
    workshop.refresh_from_db()
    key = str(workshop.uid)
    live.park(them.project, workshop=workshop, person=person, words="Buses.", sent_once=f"p{key}", now=NOW)
    ParkedSubject.objects.update(
        owner="Dev", owner_agreed=True, return_on=date(2026, 6, 1), returned_on=date(2026, 6, 1)
    )
    card = live.add_contribution(
        them.project, workshop=workshop, person=person, words="A light on.", sent_once=key, now=NOW
    ).contribution
    theme = loop.make_theme(them.project, name="Light", by=them.dev, now=NOW, contributions=[card], read=True)
    answer = loop.draft_answer(
        them.project, theme=theme, we_heard="A light.", outcome="not doing", we_do="No lamp.", because="The fuse.",
        body="Lantern House", promised_on=date(2026, 9, 1), by=them.dev, now=NOW,
    )  # fmt: skip
    loop.publish(answer, by=them.dev, now=NOW)
    version = answer.versions.get()
    texts = {"we_heard": "Ein Licht.", "we_do": "Keine Lampe.", "because": "Die Sicherung."}
    loop.word_answer(version, language="de", easy=False, by=them.dev, now=NOW, **texts)
    loop.confirm(person, answer=answer, says="i know now", now=NOW)


def seats_of(them: Cast) -> list[Seat]:
    return list(Seat.objects.filter(workshop__project=them.project).select_related("person"))
