"""What does not arrive goes by the next way; after three tries over two ways somebody could not be reached, and it stays open to them."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail

from tests.cast import Cast, cast
from tests.loop import ground
from withus.loop import actions, refusals
from withus.loop.models import Answer, Telling
from withus.loop.models_of_telling import Try
from withus.people.models import Person, Way
from withus.post import actions as post
from withus.post import bounces, worker
from withus.post.lines import Down, NoSuchAddress
from withus.post.mail_line import MailLine
from withus.post.models import Outgoing
from withus.projects.models import Project
from withus.record.models import Opening
from withus.table import actions as table

pytestmark = pytest.mark.django_db


@pytest.fixture
def them() -> Cast:
    worker.down = Down()
    return cast()


def choose(them: Cast, way: str, address: str, now: datetime | None = None) -> None:
    table.choose_way(them.amira, way=way, address=address, how_often="as it comes", now=now or them.now)


def published(them: Cast, person: Person | None = None) -> Answer:
    return ground.published(them, person or them.amira, outcome="done", promised_on=None)


def nobody_there(monkeypatch: pytest.MonkeyPatch) -> None:
    def hand_over(line: MailLine, one: object, *, uid: str) -> str:
        raise NoSuchAddress("SMTPRecipientsRefused 550")

    monkeypatch.setattr(MailLine, "hand_over", hand_over)


def tellings() -> list[tuple[str, str]]:
    return list(Telling.objects.order_by("pk").values_list("way", "state"))


def kinds() -> list[str]:
    return [kind for kind in Opening.objects.order_by("entry__seq").values_list("kind", flat=True) if "person." in kind]


def test_an_address_that_does_not_exist_falls_to_the_way_they_gave_before(
    them: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(them, "post", "5 Mill Lane\nLeeds")
    choose(them, "email", "amira@example.org")
    published(them)
    nobody_there(monkeypatch)
    worker.run_due(them.now)
    assert tellings() == [("post", "waiting")]
    assert Way.objects.get(kind="email").bounced_at == them.now
    assert kinds() == ["person.tried"]


def test_without_another_way_the_team_sees_that_it_did_not_arrive(them: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    choose(them, "email", "amira@example.org")
    published(them)
    nobody_there(monkeypatch)
    worker.run_due(them.now)
    assert (tellings(), Outgoing.objects.get(kind="answers.published").state) == ([("email", "failed")], "failed")


def test_a_letter_that_failed_is_not_sent_again_to_who_said_stop_since(
    them: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(them, "email", "amira@example.org")
    published(them)
    with monkeypatch.context() as broken:
        nobody_there(broken)
        worker.run_due(them.now)
    Way.objects.update(bounced_at=None)
    actions.stop_writing(them.amira, now=them.now)
    letter = Outgoing.objects.get(kind="answers.published")
    assert post.try_again(letter, now=them.now)
    worker.run_due(them.now)
    letter.refresh_from_db()
    assert (mail.outbox, letter.state) == ([], "dropped")


def test_a_mail_that_comes_back_days_later_goes_by_the_next_way_once(them: Cast) -> None:
    choose(them, "post", "5 Mill Lane\nLeeds")
    choose(them, "email", "amira@example.org")
    published(them)
    worker.run_due(them.now)
    assert tellings() == [("email", "sent")]
    letter, later = Outgoing.objects.get(kind="answers.published"), them.now + timedelta(days=2)
    for _twice in range(2):
        worker.came_back(letter, trouble="5.1.1", now=later)
        worker.run_due(later)
    assert (tellings(), Try.objects.count()) == ([("post", "waiting")], 1)


@pytest.mark.parametrize(("days", "state"), [(2, "running"), (364, "running"), (366, "closed")])
def test_a_mail_that_comes_back_opens_a_closed_project_again_for_a_year(them: Cast, days: int, state: str) -> None:
    """It was closed because everybody was told: one of them was not."""
    choose(them, "email", "amira@example.org")
    published(them)
    worker.run_due(them.now)
    Project.objects.filter(pk=them.project.pk).update(state="closed", closed_at=them.now)
    later = them.now + timedelta(days=days)
    worker.came_back(Outgoing.objects.get(kind="answers.published"), trouble="5.1.1", now=later)
    worker.run_due(later)
    assert Project.objects.get(pk=them.project.pk).state == state
    said = Opening.objects.filter(kind="project.reopened").count()
    assert (tellings(), said) == ([("email", "failed")], int(state == "running"))


def test_letters_that_were_not_posted_open_a_closed_project_again(them: Cast) -> None:
    choose(them, "post", "5 Mill Lane")
    published(them)
    uids = list(Telling.objects.values_list("uid", flat=True))
    actions.note_posted(them.project, uids=uids, by=them.dev, now=them.now)
    Project.objects.filter(pk=them.project.pk).update(state="closed", closed_at=them.now)
    for _twice in range(2):
        actions.take_back_posted(them.project, at=them.now, by=them.dev, now=them.now + timedelta(days=1))
    said = Opening.objects.filter(kind="project.reopened").count()
    assert (Project.objects.get(pk=them.project.pk).state, tellings(), said) == ("running", [("post", "waiting")], 1)


def test_a_mail_that_came_back_goes_by_the_next_way_whether_they_have_read_it_or_not(them: Cast) -> None:
    choose(them, "post", "5 Mill Lane\nLeeds")
    choose(them, "email", "amira@example.org")
    answer = published(them)
    worker.run_due(them.now)
    actions.mark_read(them.amira, answer, now=them.now)
    worker.came_back(Outgoing.objects.get(kind="answers.published"), trouble="5.1.1", now=them.now)
    worker.run_due(them.now)
    assert (tellings(), Try.objects.count()) == ([("post", "waiting")], 1)


def test_three_tries_over_two_ways_and_not_before(them: Cast) -> None:
    choose(them, "phone", "0113")
    published(them)
    noted = []
    for day, way in enumerate(("phone", "phone", "phone", "post")):
        now = them.now + timedelta(days=day)
        noted.append(actions.note_try(them.amira, way=way, because="Nobody answered.", by=them.dev, now=now))
    assert noted == [False, False, False, True]
    assert (tellings(), kinds()) == ([("phone", "unreachable")], [*["person.tried"] * 4, "person.unreachable"])


def test_pressed_twice_a_try_counts_once(them: Cast) -> None:
    choose(them, "phone", "0113")
    published(them)
    for _twice in range(2):
        actions.note_try(them.amira, way="phone", because="Nobody answered.", by=them.dev, now=them.now)
    assert Try.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"way": "phone", "because": " "}, refusals.SayHow),
        ({"way": "none", "because": "Rang."}, refusals.SayWhichWay),
        ({"way": "pigeon", "because": "Rang."}, refusals.SayWhichWay),
    ],
)
def test_a_try_says_how_and_by_which_way(them: Cast, fields: dict[str, str], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        actions.note_try(them.amira, way=fields["way"], because=fields["because"], by=them.dev, now=them.now)


def test_it_stays_open_to_them_and_a_new_way_begins_again(them: Cast) -> None:
    choose(them, "phone", "0113")
    published(them)
    for day, way in enumerate(("phone", "phone", "post")):
        now = them.now + timedelta(days=day)
        actions.note_try(them.amira, way=way, because="Nobody answered.", by=them.dev, now=now)
    assert tellings() == [("phone", "unreachable")]
    later = them.now + timedelta(days=5)
    choose(them, "email", "new@example.org", now=later)
    worker.run_due(later)
    assert (tellings(), [one.to for one in mail.outbox]) == ([("email", "sent")], [["new@example.org"]])
    assert list(Try.objects.values_list("over", flat=True)) == [True, True, True]


def test_whoever_chooses_another_way_while_the_mail_waits_gets_it_by_that(them: Cast) -> None:
    choose(them, "email", "old@example.org")
    published(them)
    choose(them, "post", "5 Mill Lane\nLeeds")
    for _round in range(3):
        worker.run_due(them.now)
    assert (tellings(), mail.outbox) == ([("post", "waiting")], [])
    assert Outgoing.objects.get(kind="answers.published").state == "dropped"


def test_somebody_erased_meanwhile_is_left_alone(them: Cast) -> None:
    reference: dict[str, Any] = {"person": "00000000-0000-4000-8000-000000000000", "tellings": []}
    actions.move_on(reference, them.now)
    assert Try.objects.count() == 0


def bounces_of(kind: str, now: datetime) -> bool:
    """The other side says, later, that the newest of this kind reached nobody."""
    letter = Outgoing.objects.filter(kind=kind).order_by("-pk")[0]
    return bounces.came_back(str(letter.uid), trouble="bounce 5.1.1", now=now)


def test_a_mail_that_comes_back_late_is_not_held_against_the_address_that_they_put_right(them: Cast) -> None:
    choose(them, "post", "5 Mill Lane\nLeeds")
    choose(them, "email", "amria@example.org")
    published(them)
    worker.run_due(them.now)
    later = them.now + timedelta(days=2)
    choose(them, "email", "amira@example.org", later)
    assert bounces_of("answers.published", later + timedelta(hours=1))
    worker.run_due(later + timedelta(hours=1))
    assert Way.objects.get(kind="email").bounced_at is None
    assert (tellings(), Try.objects.count()) == ([("email", "sent")], 0)
    assert [one.to for one in mail.outbox] == [["amria@example.org"], ["amira@example.org"]]


@pytest.mark.parametrize("anew", [False, True])
def test_an_invitation_that_came_back_leaves_its_address_alone_so_the_answer_goes_by_the_next(
    them: Cast, anew: bool
) -> None:
    choose(them, "post", "5 Mill Lane\nLeeds")
    choose(them, "email", "amira@example.org")
    reference = {"person": str(them.amira.uid)}
    post.queue("invitation", way="email", once="invitation", run_at=them.now, reference=reference)
    worker.run_due(them.now)
    later = them.now + timedelta(days=1)
    if anew:
        choose(them, "email", "a@example.org", later)
    assert bounces_of("invitation", later + timedelta(hours=1))
    published(them)
    assert tellings() == [("email", "queued") if anew else ("post", "waiting")]


def test_whoever_counts_as_told_that_it_rests_does_not_when_the_mail_came_back(them: Cast) -> None:
    choose(them, "email", "amira@example.org")
    dev = actions.Hand(staff=them.dev)
    terms = actions.Terms(not_answered="After May.", keeper="Us", until=them.now.date() + timedelta(days=90))
    first = actions.first_key(them.project, what="rest", by=dev, now=them.now, terms=terms)
    actions.second_key(first, by=actions.Hand(person=them.joy, asked=True), now=them.now)
    worker.run_due(them.now)
    notice = them.amira.notices.get()
    assert notice.state == "sent"
    assert bounces_of("project.turns", them.now + timedelta(days=1))
    notice.refresh_from_db()
    assert (notice.state, notice.told_at) == ("failed", None)
    assert Way.objects.get(kind="email").bounced_at is not None


def test_the_same_address_given_again_is_given_anew(them: Cast) -> None:
    """“That is still my number”: what did not reach them goes once more, and what was tried before is over."""
    choose(them, "email", "amira@example.org")
    choose(them, "phone", "01632 960 555")
    published(them)
    for hours, way in ((1, "phone"), (30, "phone"), (60, "post")):
        now = them.now + timedelta(hours=hours)
        actions.note_try(them.amira, way=way, because="Nobody there.", by=them.dev, now=now)
    assert tellings() == [("phone", "unreachable")]
    choose(them, "phone", "01632 960 555")
    assert (tellings(), Try.objects.filter(over=False).count()) == ([("phone", "waiting")], 0)
