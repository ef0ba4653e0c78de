from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast, cast, give_name
from tests.loop import ground
from withus.live.models import Contribution
from withus.loop import actions, refusals
from withus.loop.holding import Why, holds
from withus.loop.models import Told
from withus.loop.models_of_closing import Notice, Turning
from withus.people import actions as people
from withus.people import link
from withus.people.models import Person
from withus.post import worker
from withus.projects import actions as projects
from withus.projects.models import Part, Project, ProjectState, Team
from withus.record.models import Opening

pytestmark = pytest.mark.django_db
ROBIN = {"safe_person": "Robin", "safe_person_how": "01632 960 555"}


@pytest.fixture
def them() -> Cast:
    made = cast()
    give_name(made.joy, "Joy")
    return made


def dev(them: Cast) -> actions.Hand:
    return actions.Hand(staff=them.dev)


def joy(them: Cast) -> actions.Hand:
    return actions.Hand(person=them.joy, asked=True)


def state_of(them: Cast) -> str:
    return Project.objects.get(pk=them.project.pk).state


def why(them: Cast, *, days: int = 0) -> list[tuple[Person, Why, date | None]]:
    found = holds(them.project, now=them.now + timedelta(days=days))
    assert found.dues == ()
    return [(one.person, one.why, one.until) for one in found.people]


def rest(them: Cast) -> actions.Terms:
    """Words are kept a year from the test's own day, whichever that is."""
    until = them.now.date() + timedelta(days=365)
    return actions.Terms(not_answered="Nobody answers what came in after May.", keeper="Lantern House", until=until)


def rests(them: Cast) -> Turning:
    first = actions.first_key(them.project, what="rest", by=dev(them), now=them.now, terms=rest(them))
    return actions.second_key(first, by=joy(them), now=them.now)


def goes(them: Cast, *, days: int = 28) -> Turning:
    terms = actions.Terms(address="Sam@elsewhere.example", days=days)
    first = actions.first_key(them.project, what="hand over", by=dev(them), now=them.now, terms=terms)
    actions.say_willing(first, organisation=them.sams_project.organisation, by=them.sam, now=them.now)
    return actions.second_key(first, by=joy(them), now=them.now)


def test_a_project_with_an_open_card_does_not_close(them: Cast) -> None:
    one = ground.card(them, them.amira)
    with pytest.raises(refusals.StillOwed) as refused:
        actions.first_key(them.project, what="close", by=dev(them), now=them.now)
    assert [due.contribution_id for due in refused.value.holds.dues] == [one.pk]
    assert Turning.objects.count() == 0


def test_an_answer_waits_eight_weeks_for_who_left_no_way(them: Cast) -> None:
    ground.published(them, them.amira)
    assert why(them, days=55) == [(them.amira, Why.WAITS, date(2026, 7, 1))]
    assert why(them, days=56) == []


def test_and_hangs_for_eight_weeks_where_their_receipt_says(them: Cast) -> None:
    own = them.project.charter
    own.shown_where = "The board in the library"
    own.save()
    ground.published(them, them.amira)
    assert why(them, days=100) == [(them.amira, Why.NOT_SHOWN, None)]
    assert actions.hang_up(them.project, by=them.dev, now=them.now + timedelta(days=100)) == 1
    assert actions.hang_up(them.project, by=them.dev, now=them.now + timedelta(days=120)) == 0
    assert why(them, days=155) == [(them.amira, Why.WAITS, date(2026, 10, 9))]
    assert why(them, days=156) == []
    actions.take_down(them.project, by=them.dev, now=them.now + timedelta(days=110))
    assert why(them, days=156) == [(them.amira, Why.NOT_SHOWN, None)]


def test_a_place_that_nobody_named_cannot_be_hung_at(them: Cast) -> None:
    with pytest.raises(refusals.SayWhere):
        actions.hang_up(them.project, by=them.dev, now=them.now)


def test_who_chose_a_way_is_told_by_it_or_it_is_written_down_why_not(them: Cast) -> None:
    ground.by_email(them, them.amira)
    ground.published(them, them.amira)
    assert why(them, days=100) == [(them.amira, Why.ON_ITS_WAY, None)]
    for minute, way in enumerate(("email", "phone", "phone")):
        at = them.now + timedelta(minutes=minute)
        actions.note_try(them.amira, way=way, because="Moved away", by=them.dev, now=at)
    assert why(them, days=100) == []


def test_an_old_wording_that_failed_holds_nothing_once_the_new_one_arrived(them: Cast) -> None:
    ground.by_email(them, them.amira)
    answer = ground.published(them, them.amira)
    telling = them.amira.tellings.get()
    telling.state = Told.FAILED
    telling.save()
    assert why(them) == [(them.amira, Why.FAILED, None)]
    actions.redate(answer, on=date(2026, 10, 1), because="The van broke.", by=them.dev, now=them.now)
    assert them.amira.tellings.count() == 2
    newest = them.amira.tellings.order_by("-pk")[0]
    newest.state = Told.SENT
    newest.save()
    assert why(them) == []


def test_closing_takes_two_people_and_the_first_press_changes_nothing(them: Cast) -> None:
    first = actions.first_key(them.project, what="close", by=dev(them), now=them.now)
    assert state_of(them) == ProjectState.PLANNED
    actions.second_key(first, by=joy(them), now=them.now + timedelta(days=13))
    assert state_of(them) == ProjectState.CLOSED
    kinds = list(Opening.objects.filter(kind__startswith="key.").order_by("pk").values_list("kind", "by"))
    assert kinds == [("key.turned", f"staff:{them.dev.uid}"), ("key.turned", f"person:{them.joy.uid}")]


def test_nobody_turns_both_keys_whichever_way_they_come_in(them: Cast) -> None:
    first = actions.first_key(them.project, what="close", by=dev(them), now=them.now)
    with pytest.raises(refusals.SameHand):
        actions.second_key(first, by=dev(them), now=them.now)
    both = people.add_person(them.project, now=them.now, name="Dev", co_lead=True, staff=them.dev)
    with pytest.raises(refusals.SameHand):
        actions.second_key(first, by=actions.Hand(person=both), now=them.now)
    assert state_of(them) == ProjectState.PLANNED


def test_one_key_is_a_facilitators_and_one_a_co_leads(them: Cast) -> None:
    ground.by_email(them, them.joy)
    projects.join_team(them.project, staff=them.ada, part=Part.FACILITATOR)
    first = actions.first_key(them.project, what="close", by=dev(them), now=them.now)
    with pytest.raises(refusals.NeedsACoLead):
        actions.second_key(first, by=actions.Hand(staff=them.ada), now=them.now)
    actions.take_key_back(first, by=dev(them), now=them.now)
    first = actions.first_key(them.project, what="close", by=joy(them), now=them.now)
    with pytest.raises(refusals.NeedsACoLead):
        actions.second_key(first, by=actions.Hand(person=them.tomasz, asked=True), now=them.now)
    actions.second_key(first, by=dev(them), now=them.now)
    assert state_of(them) == ProjectState.CLOSED


def test_without_co_leads_two_of_the_team_do_it(them: Cast) -> None:
    Person.objects.filter(project=them.project).update(co_lead=False)
    projects.join_team(them.project, staff=them.ada, part=Part.FACILITATOR)
    first = actions.first_key(them.project, what="close", by=dev(them), now=them.now)
    actions.second_key(first, by=actions.Hand(staff=them.ada), now=them.now)
    assert state_of(them) == ProjectState.CLOSED


@pytest.mark.parametrize("who", ["sam", "hall"])
def test_who_does_not_run_it_turns_no_key(them: Cast, who: str) -> None:
    hand = actions.Hand(staff=getattr(them, who))
    with pytest.raises(refusals.NotYourKey):
        actions.first_key(them.project, what="close", by=hand, now=them.now)
    first = actions.first_key(them.project, what="close", by=dev(them), now=them.now)
    with pytest.raises(refusals.NotYourKey):
        actions.second_key(first, by=hand, now=them.now)
    with pytest.raises(refusals.NotYourKey):
        actions.take_key_back(first, by=actions.Hand(person=them.amira), now=them.now)
    assert Turning.objects.get().ended_at is None


def test_the_first_key_runs_out_and_can_be_turned_anew(them: Cast) -> None:
    first = actions.first_key(them.project, what="close", by=dev(them), now=them.now)
    later = them.now + timedelta(days=14)
    with pytest.raises(refusals.NothingWaits):
        actions.second_key(first, by=joy(them), now=later)
    again = actions.first_key(them.project, what="close", by=dev(them), now=later)
    actions.second_key(again, by=joy(them), now=later)
    assert state_of(them) == ProjectState.CLOSED


def test_what_was_taken_back_cannot_be_finished_and_two_things_do_not_wait_at_once(them: Cast) -> None:
    first = actions.first_key(them.project, what="close", by=dev(them), now=them.now)
    with pytest.raises(refusals.AnotherWaits):
        actions.first_key(them.project, what="rest", by=joy(them), now=them.now, terms=rest(them))
    actions.take_key_back(first, by=joy(them), now=them.now)
    with pytest.raises(refusals.NothingWaits):
        actions.second_key(first, by=joy(them), now=them.now)
    assert state_of(them) == ProjectState.PLANNED


def test_a_card_that_comes_between_the_two_keys_holds_it(them: Cast) -> None:
    first = actions.first_key(them.project, what="close", by=dev(them), now=them.now)
    ground.card(them, them.amira)
    with pytest.raises(refusals.StillOwed):
        actions.second_key(first, by=joy(them), now=them.now)
    assert state_of(them) == ProjectState.PLANNED
    assert Turning.objects.get().turned_at is None


def test_a_rest_says_what_who_and_till_when(them: Cast) -> None:
    for terms in (
        actions.Terms(not_answered="", keeper="Us", until=date(2027, 1, 1)),
        actions.Terms(not_answered="All.", keeper=" ", until=date(2027, 1, 1)),
    ):
        with pytest.raises(refusals.SayWhatRests):
            actions.first_key(them.project, what="rest", by=dev(them), now=them.now, terms=terms)
    today = actions.Terms(not_answered="All.", keeper="Us", until=date(2026, 5, 6))
    with pytest.raises(refusals.SayTillWhen):
        actions.first_key(them.project, what="rest", by=dev(them), now=them.now, terms=today)


def carries_stop(them: Cast, letter: EmailMessage) -> None:
    """In its head, for the mail program, and in its words."""
    address = f"https://withus.lantern.example/stop/{link.stop(them.amira)}"
    assert letter.extra_headers["List-Unsubscribe"] == f"<{address}>"
    assert address in letter.body


def test_a_rest_is_told_to_everybody_once_by_their_own_way(them: Cast) -> None:
    ground.by_email(them, them.amira)
    ground.card(them, them.bo)
    rests(them)
    assert state_of(them) == ProjectState.RESTING
    worker.run_due(them.now)
    worker.run_due(them.now + timedelta(days=1))
    assert [(one.to, one.subject) for one in mail.outbox] == [(["a@example.org"], "The evening cafe rests")]
    assert "Nobody answers what came in after May." in mail.outbox[0].body
    assert "Lantern House keeps your words, till 6 May 2027." in mail.outbox[0].body
    carries_stop(them, mail.outbox[0])
    states = dict(Notice.objects.values_list("person", "state"))
    assert states == {them.amira.pk: "sent", them.bo.pk: "waiting", them.joy.pk: "waiting", them.tomasz.pk: "waiting"}


def test_a_resting_project_is_woken_by_one_press_and_untrue_letters_do_not_go(them: Cast) -> None:
    ground.by_email(them, them.amira)
    rests(them)
    actions.wake(them.project, by=them.dev, now=them.now)
    worker.run_due(them.now)
    assert state_of(them) == ProjectState.RUNNING
    assert mail.outbox == []
    assert Notice.objects.count() == 0


def test_a_hand_over_waits_until_everybody_was_told_and_had_their_days(them: Cast) -> None:
    people.set_way(them.amira, kind="post", address="1 Mill Street")
    turning = goes(them)
    at = them.now + timedelta(days=28)
    for early in (them.now, at - timedelta(days=1)):
        with pytest.raises(refusals.NotYetYours):
            actions.take_over(turning, by=them.sam, now=early, **ROBIN)
    with pytest.raises(refusals.NotYetYours):
        actions.take_over(turning, by=them.sam, now=at, **ROBIN)
    assert [one.person for one in actions.untold(turning, now=at)] == [them.amira]
    actions.note_noticed(turning, persons=[them.amira], how="Posted", by=them.dev, now=at)
    actions.take_over(turning, by=them.sam, now=at, **ROBIN)
    project = Project.objects.get(pk=them.project.pk)
    assert project.organisation == them.sams_project.organisation
    assert project.address == them.project.address
    assert list(Team.objects.filter(project=project).values_list("staff", "part")) == [(them.sam.pk, "facilitator")]
    left = Opening.objects.filter(kind="team.left").order_by("entry__seq").values_list("by", "about", "facts__part")
    sam = f"staff:{them.sam.uid}"
    assert list(left) == [
        (sam, str(them.dev.uid), "facilitator"),
        (sam, str(them.hall.uid), "decision maker"),
    ]


def test_only_who_was_asked_takes_it(them: Cast) -> None:
    turning = goes(them)
    for who in (them.dev, them.ada, them.hall):
        with pytest.raises(refusals.NothingWaits):
            actions.take_over(turning, by=who, now=them.now + timedelta(days=40), **ROBIN)
    assert Project.objects.get(pk=them.project.pk).organisation == them.organisation


def test_who_took_everything_back_is_gone_before_it_moves(them: Cast) -> None:
    card = ground.card(them, them.amira, "Only for you.")
    turning = goes(them)
    at = them.now + timedelta(days=28)
    people.begin_erasing(them.amira, now=at - timedelta(hours=1), at_once=False)
    actions.take_over(turning, by=them.sam, now=at, **ROBIN)
    assert Contribution.objects.get(pk=card.pk).words == ""
    assert Person.objects.get(pk=them.amira.pk).erased_at == at


def test_a_hand_over_gives_four_weeks_at_least_and_can_be_called_off(them: Cast) -> None:
    with pytest.raises(refusals.TimeToLeave):
        goes(them, days=27)
    turning = goes(them)
    with pytest.raises(refusals.GoesElsewhere):
        actions.first_key(them.project, what="close", by=dev(them), now=them.now)
    actions.call_off(turning, by=them.dev, now=them.now)
    with pytest.raises(refusals.NothingWaits):
        actions.take_over(turning, by=them.sam, now=them.now + timedelta(days=40), **ROBIN)
    worker.run_due(them.now)
    stays = "It stays where it is: The evening cafe"
    assert [(one.to, one.subject) for one in mail.outbox] == [(["sam@elsewhere.example"], stays)]


def test_who_came_while_it_goes_is_told_next_day_and_has_a_week(them: Cast) -> None:
    turning = goes(them)
    came = them.now + timedelta(days=25)
    new = people.add_person(them.project, now=came, came_by="room")
    at = them.now + timedelta(days=28)
    with pytest.raises(refusals.NotYetYours):
        actions.take_over(turning, by=them.sam, now=at, **ROBIN)
    worker.run_due(at)
    assert Notice.objects.get(person=new).at == at
    with pytest.raises(refusals.NotYetYours):
        actions.take_over(turning, by=them.sam, now=at + timedelta(days=6), **ROBIN)
    actions.take_over(turning, by=them.sam, now=at + timedelta(days=7), **ROBIN)
    assert Project.objects.get(pk=them.project.pk).organisation == them.sams_project.organisation


def test_who_said_stop_in_between_is_not_written_to_and_reads_it_on_their_page(them: Cast) -> None:
    ground.by_email(them, them.amira)
    goes(them)
    actions.stop_writing(them.amira, now=them.now)
    worker.run_due(them.now)
    assert [one.to for one in mail.outbox if one.to == ["a@example.org"]] == []
    notice = Notice.objects.get(person=them.amira)
    assert (notice.way, notice.state) == ("none", "waiting")


def test_who_said_stop_after_that_letter_does_not_hear_by_mail_that_it_stays(them: Cast) -> None:
    ground.by_email(them, them.amira)
    turning = goes(them)
    worker.run_due(them.now)
    actions.stop_writing(them.amira, now=them.now)
    actions.call_off(turning, by=them.dev, now=them.now)
    worker.run_due(them.now)
    subjects = [one.subject for one in mail.outbox if one.to == ["a@example.org"]]
    assert subjects == ["The evening cafe goes to other people"]


def test_a_key_whose_owner_has_left_is_worth_nothing(them: Cast) -> None:
    first = actions.first_key(them.project, what="close", by=joy(them), now=them.now)
    Person.objects.filter(pk=them.joy.pk).update(co_lead=False)
    with pytest.raises(refusals.NothingWaits):
        actions.second_key(first, by=dev(them), now=them.now)


def test_who_takes_everything_back_holds_nothing(them: Cast) -> None:
    ground.card(them, them.amira)
    one = ground.card(them, them.bo)
    people.begin_erasing(them.amira, now=them.now, at_once=False)
    assert [due.contribution_id for due in holds(them.project, now=them.now).dues] == [one.pk]


@pytest.mark.parametrize("many", [1, 3])
def test_what_holds_it_is_asked_in_as_many_questions_for_three_as_for_one(
    them: Cast, many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _one in range(many):
        ground.published(them, people.add_person(them.project, now=them.now, name="Somebody"))
    with django_assert_num_queries(5):
        holds(them.project, now=them.now)


def test_a_rest_whose_day_has_passed_while_it_waited_says_so(them: Cast) -> None:
    terms = actions.Terms(not_answered="All.", keeper="Us", until=date(2026, 5, 10))
    first = actions.first_key(them.project, what="rest", by=dev(them), now=them.now, terms=terms)
    with pytest.raises(refusals.SayTillWhen):
        actions.second_key(first, by=joy(them), now=them.now + timedelta(days=4))


def test_the_first_key_pressed_twice_is_turned_once_and_nothing_is_refused(them: Cast) -> None:
    """Other terms, or somebody else, still hear that one waits."""
    terms = actions.Terms(address="Sam@elsewhere.example", days=28)
    rows = [actions.first_key(them.project, what="hand over", by=dev(them), now=them.now, terms=terms) for _ in "12"]
    assert (rows[0].pk, Turning.objects.count()) == (rows[1].pk, 1)
    assert Opening.objects.filter(kind="key.turned").count() == 1
    for by, said in ((dev(them), actions.Terms(address=terms.address, days=60)), (joy(them), terms)):
        with pytest.raises(refusals.AnotherWaits):
            actions.first_key(them.project, what="hand over", by=by, now=them.now, terms=said)
