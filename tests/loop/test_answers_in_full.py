"""Who decided, for whom it waits, whose name stands under it; answers to one card, to what was parked and to what we learned."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import Cast, a_workshop, cast, phone, signed_in, team
from tests.loop import ground
from withus.accounts import actions as accounts
from withus.accounts.models import Staff
from withus.charter import actions as charter
from withus.charter.models import Decision
from withus.live import actions as live
from withus.live.models import Contribution, Duty, Learned
from withus.loop import actions, asks, in_public, refusals, tone
from withus.loop.asks import published
from withus.loop.holding import holds
from withus.loop.models import Answer, AnswerVersion, Confirmation, Due, Read, Telling
from withus.loop.models_of_answers import MayName
from withus.loop.named import name_under
from withus.people.models import Person
from withus.projects import actions as projects
from withus.projects.models import Part, Team
from withus.table.models import Workshop

pytestmark = pytest.mark.django_db
TEXTS = {
    "we_heard": "You can't get home.",
    "outcome": "not doing",
    "we_do": "We can't run a bus.",
    "because": "It costs too much for us.",
    "body": "Lantern House",
}


@pytest.fixture
def them() -> Cast:
    return cast()


def decided(them: Cast, decider: str = "The board") -> Decision:
    return charter.add_decision(them.project, what="Hours", openness="open", decider=decider, by=them.dev, now=them.now)


def open_workshop(them: Cast) -> Workshop:
    workshop = a_workshop(them)
    Workshop.objects.filter(pk=workshop.pk).update(state="open")
    workshop.refresh_from_db()
    return workshop


def page(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_who_decided_comes_from_the_charter_and_stands_on_every_page(them: Cast) -> None:
    mine = ground.card(them, them.amira)
    theme, decision = ground.theme(them, mine), decided(them)
    at = f"/at/{them.project.address}"
    more = {"decision": str(decision.uid), "waits_for": "The council", "meanwhile": "A taxi on Fridays."}
    assert team(them).post(f"{at}/answers/new?theme={theme.uid}", TEXTS | more).status_code == 302
    answer = Answer.objects.get()
    actions.publish(answer, by=them.dev, now=them.now)
    for path, client in (
        (f"{at}/me/answer/{answer.uid}", phone(them.amira)),
        (f"{at}/answers/{answer.uid}/publish", team(them)),
    ):
        shown = page(client, path)
        assert [words in shown for words in ("The board", "The council", "A taxi on Fridays.")] == [True] * 3


def test_nobody_is_named_as_decider_who_decides_nothing(them: Cast) -> None:
    theme = ground.theme(them, ground.card(them, them.amira))
    elsewhere = charter.add_decision(
        them.sams_project, what="Buses", openness="open", decider="Sam's board", by=them.sam, now=them.now
    )
    for decision in (elsewhere, decided(them, decider="")):
        with pytest.raises(refusals.DeciderFromTheCharter):
            ground.draft(them, theme, decision=decision)


def test_waiting_for_somebody_outside_says_what_is_done_meanwhile(them: Cast) -> None:
    theme = ground.theme(them, ground.card(them, them.amira))
    with pytest.raises(refusals.SayWhatMeanwhile):
        ground.draft(them, theme, waits_for="The council")


def test_a_name_stands_only_with_its_own_yes_and_goes_with_it(them: Cast) -> None:
    theme = ground.theme(them, ground.card(them, them.amira))
    yes = actions.allow_name(them.project, who=them.dev, yes=True, now=them.now)
    answer = ground.draft(them, theme, named=yes)
    actions.publish(answer, by=them.dev, now=them.now)
    assert name_under(published(answer)) == "Dev"
    actions.allow_name(them.project, who=them.dev, yes=False, now=them.now)
    assert name_under(published(answer)) == ""


def test_a_name_goes_when_its_worker_leaves_the_team(them: Cast) -> None:
    yes = actions.allow_name(them.project, who=them.dev, yes=True, now=them.now)
    answer = ground.draft(them, ground.theme(them, ground.card(them, them.amira)), named=yes)
    actions.publish(answer, by=them.dev, now=them.now)
    Team.objects.filter(staff=them.dev, project=them.project).delete()
    assert name_under(published(answer)) == ""


@pytest.mark.parametrize("gone", [{"co_lead": False}, {"erasing_at": timezone.now()}, {"erased_at": timezone.now()}])
def test_a_co_leads_name_goes_when_she_does(them: Cast, gone: dict[str, object]) -> None:
    yes = actions.allow_name(them.project, who=them.joy, yes=True, now=them.now)
    answer = ground.draft(them, ground.theme(them, ground.card(them, them.amira)), named=yes)
    actions.publish(answer, by=them.dev, now=them.now)
    assert name_under(published(answer)) == "Joy"
    Person.objects.filter(pk=them.joy.pk).update(**gone)
    assert name_under(published(answer)) == ""


def test_a_co_lead_says_yes_on_her_own_page_and_amira_cannot(them: Cast) -> None:
    path = f"/at/{them.project.address}/me/name"
    phone(them.joy).post(path, {"yes": "yes"})
    assert phone(them.amira).post(path, {"yes": "yes"}).status_code == 409
    assert [one.person for one in MayName.objects.all()] == [them.joy]
    for stranger in (them.sam, them.hall):
        with pytest.raises(refusals.OnlyWhoSaidYes):
            actions.allow_name(them.project, who=stranger, yes=True, now=them.now)


def test_the_form_warns_whoever_is_there_to_listen(them: Cast) -> None:
    theme, client = ground.theme(them, ground.card(them, them.amira)), team(them)
    path = f"/at/{them.project.address}/answers/new?theme={theme.uid}"
    assert "You are there to listen" not in page(client, path)
    Team.objects.create(project=them.project, staff=them.dev, part=Part.SAFEGUARDING)
    assert "You are there to listen" in page(client, path)


def test_whoever_was_on_duty_is_warned_before_it_goes_out_whether_they_write_decide_or_are_named(them: Cast) -> None:
    yes = actions.allow_name(them.project, who=them.dev, yes=True, now=them.now)
    begins = them.now - timedelta(days=30)
    answer = ground.draft(them, ground.theme(them, ground.card(them, them.amira)), decision=decided(them), named=yes)
    at = f"/at/{them.project.address}/answers/{answer.uid}/publish"
    other = accounts.add_staff(email="ren@lantern.example", name="Ren", password="a long password")
    projects.join_team(them.project, staff=other, part=Part.FACILITATOR)

    def warned(staff: Staff) -> list[str]:
        return re.findall("There to listen in this project: (.*?)<", page(signed_in(staff), at))

    assert warned(other) == []
    for who in ("Devon, at the desk", "Dev, 01632 960 123", "The board (by telephone)", "Ren"):
        Duty.objects.create(project=them.project, who=who, begins=begins, ends=begins + timedelta(hours=2))
    assert (warned(other), warned(them.dev)) == (["Ren, Dev, The board"], ["Dev, The board"])
    Duty.objects.update(project=them.sams_project)
    assert warned(other) == []


def test_one_card_is_answered_by_itself_in_the_browser(them: Cast) -> None:
    mine, client, at = ground.card(them, them.amira), team(them), f"/at/{them.project.address}"
    assert f"/answers/new?card={mine.uid}" in page(client, f"{at}/answers")
    client.post(f"{at}/answers/new?card={mine.uid}", TEXTS)
    answer = Answer.objects.get()
    client.post(f"{at}/answers/{answer.uid}/publish")
    assert "No card waits here" in page(client, f"{at}/answers")
    shown = page(phone(them.amira), f"{at}/me/answer/{answer.uid}")
    assert "The last bus goes at nine." in shown
    assert phone(them.bo).get(f"{at}/me/answer/{answer.uid}").status_code == 404


def test_a_parked_subject_is_answered_by_itself(them: Cast) -> None:
    live.park(
        them.project,
        now=them.now,
        workshop=open_workshop(them),
        person=them.amira,
        words="Buses.",
        sent_once="p",
        may_see="wall",
    )
    mine = Contribution.objects.get()
    assert f"?card={mine.uid}" in page(team(them), f"/at/{them.project.address}/answers?show=parked")


def test_what_we_learned_is_answered_to_all_who_gave_something_there(them: Cast) -> None:
    workshop = open_workshop(them)
    live.add_contribution(
        them.project, now=them.now, workshop=workshop, person=them.amira, words="Cold.", sent_once="a"
    )
    ground.card(them, them.bo)
    live.start(workshop, by=them.dev, now=them.now)
    learned = live.keep_learned(workshop, words="Nobody can find the door.", by=them.dev, now=them.now)
    ground.by_email(them, them.amira)
    client, at = team(them), f"/at/{them.project.address}"
    assert f"?learned={learned.uid}" in page(client, f"{at}/answers?show=learned")
    client.post(f"{at}/answers/new?learned={learned.uid}", TEXTS | {"we_do": "A sign is up."})
    answer = Answer.objects.get()
    client.post(f"{at}/answers/{answer.uid}/publish")
    assert [one.person for one in Telling.objects.all()] == [them.amira]
    assert Due.objects.filter(met_at=None).count() == 2
    shown = page(phone(them.amira), f"{at}/me/answer/{answer.uid}")
    assert ("Nobody can find the door." in shown, "Cold." in shown) == (True, False)
    letter = ground.mail_to(them.amira)
    assert "What we learned in “Workshop 1”: “Nobody can find the door.”" in letter.text
    assert "Nobody can find the door." in letter.html
    assert f"/me/answer/{answer.uid}" in page(phone(them.amira), f"{at}/me")
    assert phone(them.bo).get(f"{at}/me/answer/{answer.uid}").status_code == 404
    actions.confirm(them.amira, answer=answer, says="only partly", now=them.now)
    assert "open again" not in page(client, f"{at}/answers?show=learned")
    Confirmation.objects.update(at=timezone.now())
    listed = page(client, f"{at}/answers?show=learned")
    assert ("open again" in listed, "Amira" in listed) == (True, False)
    held = holds(them.project, now=them.now)
    assert ([one.pk for one in held.said_no], bool(held)) == ([answer.pk], True)
    closing = (
        page(client, f"{at}/close").partition("Somebody said no to what we answered")[2].partition("</section>")[0]
    )
    assert ("Nobody can find the door." in closing, "Amira" in closing) == (True, False)
    public = page(Client(), at)
    assert ("We learned" in public, "You can&#x27;t get home." in public) == (True, True)
    assert [one.cards for one in in_public.read(them.project, now=them.now).answers] == [0]


def test_what_another_project_learned_is_not_answered_here(them: Cast) -> None:
    learned = Learned.objects.create(workshop=open_workshop(them), words="A door.", at=them.now)
    client = signed_in(them.sam)
    assert client.get(f"/at/{them.sams_project.address}/answers/new?learned={learned.uid}").status_code == 404


def test_we_do_not_agree_ends_it_only_after_a_second_answer(them: Cast) -> None:
    theme = ground.theme(them, ground.card(them, them.amira))
    answer = ground.draft(them, theme)
    actions.publish(answer, by=them.dev, now=them.now)
    with pytest.raises(refusals.EndAfterTheSecond):
        actions.confirm(them.amira, answer=answer, says="we do not agree", now=them.now)
    actions.confirm(them.amira, answer=answer, says="no", now=them.now)
    path = f"/at/{them.project.address}/me/answer/{answer.uid}?again=yes"
    assert "We do not agree" not in page(phone(them.amira), path)
    later = them.now + timedelta(days=20)
    actions.publish(ground.draft(them, theme, we_do="A bus.", now=later), by=them.dev, now=later)
    assert "We do not agree" in page(phone(them.amira), path)
    actions.confirm(
        them.amira, answer=answer, says="we do not agree", because="A bus is not a taxi.", beside=True, now=later
    )
    assert asks.heard(them.project) == 1
    assert Confirmation.objects.count() == 2
    assert "A bus is not a taxi." in page(Client(), f"/at/{them.project.address}")


@pytest.mark.parametrize(("named", "days", "shown"), [(True, 2, True), (False, 2, False), (True, 8, False)])
def test_i_have_read_this_comes_from_a_named_person_within_seven_days_or_not_at_all(
    them: Cast, named: bool, days: int, shown: bool
) -> None:
    mine, at = ground.card(them, them.amira), them.now + timedelta(days=days)
    actions.cards_read(them.project, contributions=[mine], by=them.dev, now=at)
    if named:
        actions.allow_name(them.project, who=them.dev, yes=True, now=at)
    assert Read.objects.get().by == them.dev
    assert ("Dev has read it" in page(phone(them.amira), f"/at/{them.project.address}/me")) is shown


def test_a_newer_answer_says_who_decided_now(them: Cast) -> None:
    theme, decision = ground.theme(them, ground.card(them, them.amira)), decided(them)
    actions.publish(ground.draft(them, theme), by=them.dev, now=them.now)
    actions.publish(ground.draft(them, theme, decision=decision), by=them.dev, now=them.now)
    assert [one.decided_by for one in AnswerVersion.objects.order_by("number")] == ["", "The board"]
    assert Telling.objects.filter(version__number=2).count() == 1


def test_the_checklist_stands_beside_the_form_and_the_hints_on_the_last_look(them: Cast) -> None:
    theme = ground.theme(them, ground.card(them, them.amira))
    form = page(team(them), f"/at/{them.project.address}/answers/new?theme={theme.uid}")
    assert [str(one) for one in tone.CHECKLIST if str(one) not in form] == []
    answer = ground.draft(them, theme, we_do="Your views are important to us.")
    assert "“your views are important” says nothing." in page(
        team(them), f"/at/{them.project.address}/answers/{answer.uid}/publish"
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (tone.Text(we_heard="You can't get home.", we_do="A taxi.", because="The last bus goes at nine."), []),
        (
            tone.Text(we_do="Your views are important to us."),
            ["“your views are important” says nothing. Say what happens."],
        ),
        (tone.Text(we_do="We utilise a taxi."), ["“utilise” can be “use”."]),
        (tone.Text(we_do="We commission it with the ICB."), ["Do people know these letters? ICB"]),
        (tone.Text(we_do="We run no bus.", because="We run no bus."), ["The reason repeats what you do. Say why."]),
        (tone.Text(because="Money."), ["The reason is very short. Would you believe it?"]),
        (tone.Text(we_do="one " * 26), ["This sentence has 26 words. Make two of it: “one one one one one one …”"]),
    ],
)
def test_hints_on_the_tone_are_the_same_each_time_and_hold_nothing_up(text: tone.Text, found: list[str]) -> None:
    assert tone.hints(text) == found
