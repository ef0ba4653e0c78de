"""
Whose hand turns the second key. A co-lead's own page and address prove that it is theirs only beside somebody who never held their link;
and where two of the team turn both, it is said in public why.
"""

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import Cast, cast, phone
from tests.loop import ground
from withus.accounts.models import Staff
from withus.loop import actions, refusals, turning_mail
from withus.loop.actions.turning import SECOND_WITHIN
from withus.loop.models_of_closing import Turning
from withus.people import actions as people
from withus.people.models import Person
from withus.post.models import Outgoing
from withus.projects import actions as projects
from withus.projects.models import Part, Project, ProjectState
from withus.record.models import Opening
from withus.table import actions as table

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def them() -> Cast:
    """Dev and Ada run it; Joy and Tomasz are co-leads whom only their own page reaches."""
    made = cast()
    projects.join_team(made.project, staff=made.ada, part=Part.FACILITATOR)
    return made


def first(them: Cast, by: Staff | None = None, *, now: datetime | None = None) -> Turning:
    hand = actions.Hand(staff=by or them.dev)
    return actions.first_key(them.project, what="close", by=hand, now=now or them.now)


def second(row: Turning, by: Staff | Person, *, now: datetime, asked: bool = False) -> None:
    hand = actions.Hand(staff=by) if isinstance(by, Staff) else actions.Hand(person=by, asked=asked)
    actions.second_key(row, by=hand, now=now)


def printed(them: Cast, person: Person, by: Staff) -> None:
    table.slips_made(them.project, persons=[person], by=by, now=them.now)


def is_closed(them: Cast) -> bool:
    return Project.objects.get(pk=them.project.pk).state == ProjectState.CLOSED


def in_public(them: Cast) -> str:
    return Client().get(f"/at/{them.project.address}").content.decode()


def test_a_co_lead_whom_only_paper_reaches_turns_the_second_key_on_their_own_page(them: Cast) -> None:
    printed(them, them.joy, them.ada)
    second(first(them), them.joy, now=them.now)
    assert is_closed(them)
    assert Opening.objects.get(kind="project.closed").facts == {"alone": ""}
    assert "Two of the team decided it" not in in_public(them)


def test_their_own_page_says_that_their_key_was_turned_and_nobody_else_s_does(them: Cast) -> None:
    """Two of the team who act together can press in a co-lead's place: it stands where she looks."""
    printed(them, them.joy, them.ada)
    second(first(them), them.joy, now=them.now)
    said = "Your key as a co-lead was turned on 6 May 2026"
    assert [said in own_page(them, one) for one in (them.joy, them.tomasz, them.amira)] == [True, False, False]


def test_a_second_press_of_the_same_hand_is_told_that_it_is_done_and_anybody_else_s_is_refused(them: Cast) -> None:
    """Whoever pressed twice read that nothing waits for their key any more."""
    row = first(them, now=timezone.now())
    here, said = f"/at/{them.project.address}/me/key", "Both keys are turned."
    joy, tomasz = phone(them.joy), phone(them.tomasz)
    pressed = [one.post(here, {"turning": str(row.uid)}, follow=True) for one in (joy, joy, tomasz)]
    assert [(one.status_code, said in one.content.decode()) for one in pressed] == [
        (200, True),
        (200, True),
        (409, False),
    ]
    assert joy.post(here, {"turning": str(row.uid), "do": "back"}).status_code == 409
    second(row, them.joy, now=timezone.now())
    with pytest.raises(refusals.NothingWaits):
        second(row, them.tomasz, now=timezone.now())
    assert Opening.objects.filter(kind="key.turned").count() == 2


def own_page(them: Cast, person: Person) -> str:
    return phone(person).get(f"/at/{them.project.address}/me").content.decode()


@pytest.mark.parametrize("how", ["slip", "letter", "telephone", "new words"])
def test_whoever_held_their_link_turns_no_first_key_beside_their_page(them: Cast, how: str) -> None:
    match how:
        case "slip":
            printed(them, them.joy, them.dev)
        case "letter":
            actions.letters_printed(them.project, persons=[them.joy], by=them.dev, now=them.now)
        case "telephone":
            actions.read_out(them.joy, by=them.dev, now=them.now)
        case _:
            people.new_link(them.joy, card="K7-PAN", by=them.dev, now=them.now)
    row = first(them)
    with pytest.raises(refusals.SomebodyHoldsYourLink):
        second(row, them.joy, now=them.now)
    actions.take_key_back(row, by=actions.Hand(staff=them.dev), now=them.now)
    second(first(them, them.ada), them.joy, now=them.now)
    assert is_closed(them)


def test_new_words_by_somebody_else_end_what_was_held_before(them: Cast) -> None:
    printed(them, them.joy, them.dev)
    people.new_link(them.joy, card="K7-PAN", by=them.ada, now=them.now)
    second(first(them), them.joy, now=them.now)
    assert is_closed(them)


def test_two_of_the_team_cannot_go_past_a_co_lead_who_can_answer_on_their_page(them: Cast) -> None:
    row = first(them)
    with pytest.raises(refusals.AskedOnTheirPage):
        second(row, them.ada, now=them.now)
    assert not is_closed(them)


def test_asked_for_two_weeks_in_vain_two_of_the_team_do_it_and_it_is_said_in_public(them: Cast) -> None:
    first(them)
    later = them.now + SECOND_WITHIN
    second(first(them, now=later), them.ada, now=later)
    assert is_closed(them)
    assert Opening.objects.get(kind="project.closed").facts == {"alone": "not answered"}
    assert "the co-leads were asked on their own pages, and none of them answered for two weeks" in in_public(them)


def test_a_hand_over_that_nobody_was_willing_to_take_asked_no_co_lead(them: Cast) -> None:
    terms = actions.Terms(address=them.sam.email, days=28)
    hands = {"what": "hand over", "by": actions.Hand(staff=them.dev), "terms": terms}
    later = them.now + SECOND_WITHIN
    for now in (them.now, later):
        row = actions.first_key(them.project, now=now, **hands)  # type: ignore[arg-type] # a test's own mix
    actions.say_willing(row, organisation=them.sams_project.organisation, by=them.sam, now=later)
    with pytest.raises(refusals.AskedOnTheirPage):
        second(row, them.ada, now=later)


def test_a_no_is_an_answer_and_nobody_who_could_not_have_said_yes_was_asked(them: Cast) -> None:
    row = first(them)
    actions.take_key_back(row, by=actions.Hand(person=them.joy), now=them.now)
    later = them.now + SECOND_WITHIN
    with pytest.raises(refusals.AskedOnTheirPage):
        second(first(them, now=later), them.ada, now=later)
    for one in (them.joy, them.tomasz):
        printed(them, one, them.dev)
    again = later + SECOND_WITHIN
    with pytest.raises(refusals.AskedOnTheirPage):
        second(first(them, now=again), them.ada, now=again)


def test_without_any_co_lead_two_of_the_team_do_it_and_it_is_said_in_public(them: Cast) -> None:
    Person.objects.filter(project=them.project).update(co_lead=False)
    second(first(them), them.ada, now=them.now)
    assert Opening.objects.get(kind="project.closed").facts == {"alone": "no co-lead"}
    assert "Two of the team decided it: there was no co-lead to ask." in in_public(them)


def given(them: Cast, *, now: datetime) -> None:
    """Joy's address, given on her page."""
    table.choose_way(them.joy, way="email", address="joy@example.org", how_often="as it comes", now=now)


def mailed(them: Cast) -> list[str]:
    rows = Outgoing.objects.filter(kind="key.waits", reference__person=str(them.joy.uid))
    letters = [turning_mail.key_waits(one.reference) for one in rows.order_by("pk")]
    return [letter.to for letter in letters if letter is not None]


@pytest.mark.parametrize(("days", "may"), [(13, False), (14, True)])
def test_an_address_given_less_than_two_weeks_before_turns_nothing(them: Cast, days: int, may: bool) -> None:
    given(them, now=them.now)
    row = first(them, now=them.now + timedelta(days=days))
    assert Outgoing.objects.filter(kind="key.waits", reference__person=str(them.joy.uid)).count() == (2 if may else 0)
    assert actions.may_press_second(them.project, row, actions.Hand(person=them.joy, asked=True)) is may


def test_whoever_held_the_link_before_the_address_was_given_may_have_given_it(them: Cast) -> None:
    """Dev makes Joy's slip, opens her page by it and writes an address of his own there; and waits."""
    printed(them, them.joy, them.dev)
    given(them, now=them.now)
    later = them.now + timedelta(days=60)
    row = first(them, now=later)
    assert mailed(them) == []
    with pytest.raises(refusals.AddressTooNew):
        second(row, them.joy, now=later, asked=True)
    with pytest.raises(refusals.NeedsACoLead):
        second(row, them.ada, now=later)
    actions.take_key_back(row, by=actions.Hand(staff=them.dev), now=later)
    second(first(them, them.ada, now=later), them.joy, now=later, asked=True)
    assert is_closed(them)


def test_a_slip_that_was_made_after_the_address_was_given_takes_nothing_from_it(them: Cast) -> None:
    given(them, now=them.now)
    printed(them, them.joy, them.dev)
    later = them.now + timedelta(days=60)
    second(first(them, now=later), them.joy, now=later, asked=True)
    assert is_closed(them)


def test_an_address_that_the_team_typed_at_the_beginning_stands(them: Cast) -> None:
    ground.known_by_email(them, them.joy)
    printed(them, them.joy, them.dev)
    second(first(them), them.joy, now=them.now, asked=True)
    assert is_closed(them)


def turned(them: Cast, *, now: datetime) -> str:
    """The mail that the co-lead gets when both keys are turned."""
    rows = Outgoing.objects.filter(kind="key.turned", reference__person=str(them.joy.uid))
    letters = [turning_mail.key_turned(one.reference) for one in rows.order_by("pk")]
    return "".join(one.text for one in letters if one)


@pytest.mark.parametrize("what", ["close", "rest"])
def test_whoever_pressed_in_a_co_lead_s_place_is_found_out_the_same_hour_and_one_press_stops_it(
    them: Cast, what: str
) -> None:
    """Ada prints Joy's slip and presses on her page, Dev turned the first key: Joy reads it in a mail, at once."""
    now = timezone.now()
    ground.known_by_email(them, them.joy)
    printed(them, them.joy, them.ada)
    terms = actions.Terms(not_answered="All.", keeper="Us", until=now.date() + timedelta(days=90))
    row = actions.first_key(them.project, what=what, by=actions.Hand(staff=them.dev), now=now, terms=terms)
    actions.second_key(row, by=actions.Hand(person=them.joy), now=now)
    text = turned(them, now=now)
    assert "The second key was yours." in text
    (path,) = re.findall(r"https?://[^/]+(/at/\S+/key/\S+)", text)
    mailed_to, bo = Client(), phone(them.bo)
    page = mailed_to.get(path).content.decode()
    assert ("Was it not you" in page, 'value="object"' in page) == (True, True)
    them.project.refresh_from_db()
    assert them.project.state == {"close": "closed", "rest": "resting"}[what]
    assert bo.post(f"/at/{them.project.address}/me/key", {"do": "object", "turning": str(row.uid)}).status_code == 404
    for _twice in range(2):
        answer = mailed_to.post(path, {"do": "object", "turning": str(row.uid)}, follow=True)
        assert (answer.status_code, "It is stopped." in answer.content.decode()) == (200, True)
    them.project.refresh_from_db()
    assert them.project.state == "running"
    entry = Opening.objects.get(kind="key.taken_back")
    assert (entry.by, entry.about) == (f"person:{them.joy.uid}", str(row.uid))
    assert turned(them, now=now) == ""


def test_a_co_lead_without_a_mail_stops_it_on_their_own_page_for_two_weeks(them: Cast) -> None:
    row = first(them, now=timezone.now())
    actions.second_key(row, by=actions.Hand(person=them.joy), now=timezone.now())
    assert "you can stop it with one press" in own_page(them, them.tomasz)
    assert "you can stop it with one press" not in own_page(them, them.amira)
    here = f"/at/{them.project.address}/me/key"
    page = phone(them.tomasz).get(here).content.decode()
    assert "yours was not one of them" in page
    Turning.objects.update(turned_at=timezone.now() - timedelta(days=15))
    assert phone(them.tomasz).post(here, {"do": "object", "turning": str(row.uid)}).status_code == 409
    assert is_closed(them)


def test_a_hand_over_that_a_co_lead_stops_stays_where_it_is(them: Cast) -> None:
    now = timezone.now()
    terms = actions.Terms(address=them.sam.email, days=28)
    row = actions.first_key(them.project, what="hand over", by=actions.Hand(staff=them.dev), now=now, terms=terms)
    actions.say_willing(row, organisation=them.sams_project.organisation, by=them.sam, now=now)
    actions.second_key(row, by=actions.Hand(person=them.joy), now=now)
    here = f"/at/{them.project.address}/me/key"
    assert phone(them.joy).post(here, {"do": "object", "turning": str(row.uid)}).status_code == 302
    row.refresh_from_db()
    assert row.ended_at is not None
    assert Opening.objects.get(kind="project.stays").by == f"person:{them.joy.uid}"
