"""A letter that did not go out is seen by whoever runs the project, in plain words; and by nobody of another project."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import Cast, cast, signed_in, team
from tests.loop import ground
from withus.loop import actions
from withus.loop.not_gone import KINDS
from withus.post import troubles, worker
from withus.post.models import Job, LetterState, Outgoing
from withus.record.models import Opening

pytestmark = pytest.mark.django_db
GONE: dict[str, Any] = {"outcome": "done", "promised_on": None}


@pytest.fixture
def them() -> Cast:
    return cast()


def admin(them: Cast) -> Client:
    return signed_in(them.ada)


def page(them: Cast) -> str:
    return reverse("loop:not_gone", args=[them.project.address])


def failed(them: Cast, trouble: str = "SMTPDataError 554", people: int = 1) -> Outgoing:
    for person in (them.amira, them.bo, them.joy)[:people]:
        ground.by_email(them, person)
        actions.publish(
            ground.draft(them, ground.theme(them, ground.card(them, person, person.uid.hex)), **GONE),
            by=them.dev,
            now=them.now,
        )
    Outgoing.objects.update(state=LetterState.FAILED, trouble=trouble)
    return Outgoing.objects.order_by("pk")[0]


def test_it_says_whose_what_and_why_in_plain_words(them: Cast) -> None:
    failed(them)
    said = team(them).get(page(them)).content.decode()
    assert "Amira" in said
    assert (
        "This did not go out: what became of what they said, by e-mail. Because the other mail server refused it."
        in said
    )
    assert (
        "1 letter did not go out"
        in team(them).get(reverse("loop:telling", args=[them.project.address])).content.decode()
    )


def test_try_again_sends_it_once_and_done_takes_it_off_the_list(them: Cast) -> None:
    letter = failed(them)
    client = team(them)
    for _twice in range(2):
        client.post(page(them), {"do": "again", "letter": str(letter.uid)})
    worker.run_due(letter.run_at.replace(year=2030))
    assert (Outgoing.objects.get().state, len(mail.outbox)) == (LetterState.SENT, 1)
    Outgoing.objects.update(state=LetterState.FAILED)
    client.post(page(them), {"do": "done", "letter": str(letter.uid)})
    assert Outgoing.objects.get().state == LetterState.GIVEN_UP
    assert "Every letter of this project went out." in client.get(page(them)).content.decode()


def test_what_cannot_work_offers_no_second_try(them: Cast) -> None:
    failed(them, "SMTPRecipientsRefused 550")
    said = team(them).get(page(them)).content.decode()
    assert "does not exist" in said
    assert 'value="again"' not in said


@pytest.mark.parametrize("letter", ["", "x", "00000000-0000-4000-8000-000000000000"])
def test_a_made_up_letter_is_not_found(them: Cast, letter: str) -> None:
    assert team(them).post(page(them), {"do": "again", "letter": letter}).status_code == 404


def test_nobody_touches_another_projects_letter(them: Cast) -> None:
    letter = failed(them)
    sam = signed_in(them.sam)
    there = reverse("loop:not_gone", args=[them.sams_project.address])
    assert sam.post(there, {"do": "again", "letter": str(letter.uid)}).status_code == 404
    assert "Amira" not in sam.get(there).content.decode()
    assert sam.post(reverse("people:post")).status_code == 302
    assert Outgoing.objects.get().state == LetterState.FAILED


def test_an_admin_sees_how_many_and_why_never_whose(them: Cast) -> None:
    failed(them)
    said = admin(them).get(reverse("people:post")).content.decode()
    assert "the other mail server refused it" in said
    for secret in ("Amira", "evening cafe", "what became of"):
        assert secret not in said
    admin(them).post(reverse("people:post"))
    assert Outgoing.objects.get().state == LetterState.QUEUED


def test_an_admin_sees_one_line_a_reason_and_a_button_only_where_it_can_help(them: Cast) -> None:
    failed(them, people=3)
    one, two, _three = Outgoing.objects.order_by("pk")
    Outgoing.objects.filter(pk=one.pk).update(trouble="bounce 5.1.1", bounced_at=them.now)
    Outgoing.objects.filter(pk=two.pk).update(trouble="bounce 5.2.2", bounced_at=them.now)
    said = admin(them).get(reverse("people:post")).content.decode()
    assert ("<b>2 letters</b>: it came back" in said, "bounce 5.1.1, bounce 5.2.2" in said) == (True, True)
    assert "try again what can still work" in said
    assert "may have arrived twice" not in said
    Outgoing.objects.filter(trouble__startswith="SMTP").update(state=LetterState.PERHAPS_TWICE, sent_at=timezone.now())
    said = admin(them).get(reverse("people:post")).content.decode()
    assert "1 letter may have arrived twice" in said
    assert ("try again what can still work" in said, "Trying again helps with none of these" in said) == (False, True)


def test_a_line_that_is_down_is_said_as_that(them: Cast) -> None:
    failed(them)
    Outgoing.objects.update(state=LetterState.QUEUED, trouble="line: TimeoutError")
    assert "1 letter waits: our mail server or provider does not answer" in team(them).get(page(them)).content.decode()
    assert "1 letter waits: the mail server" in admin(them).get(reverse("people:post")).content.decode()


def test_queries_do_not_grow_with_letters(them: Cast, django_assert_num_queries: Any) -> None:
    client = team(them)
    failed(them)
    client.get(page(them))
    with django_assert_num_queries(9):
        client.get(page(them))
    failed(them, people=3)
    with django_assert_num_queries(9):
        client.get(page(them))


def test_every_kind_of_letter_has_words() -> None:
    assert set(KINDS) == set(worker._letters)


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        ("line: TimeoutError", "did not answer"),
        ("SMTPRecipientsRefused 550", "does not exist"),
        ("SMTPRecipientsRefused 452", "several times"),
        ("bounce 5.1.1", "came back"),
        ("ValueError", "Tell whoever runs this server"),
    ],
)
def test_troubles_in_words(trouble: str, words: str) -> None:
    assert words in troubles.why(trouble)


def test_a_look_leaves_no_entry(them: Cast) -> None:
    failed(them)
    before = Opening.objects.count()
    team(them).get(page(them))
    assert Opening.objects.count() == before


def test_an_admin_sees_work_that_was_given_up_and_tries_it_again(them: Cast) -> None:
    here, client = reverse("people:post"), admin(them)
    Job.objects.create(kind="promise.remind", once="1", run_at=timezone.now(), tries=6, trouble="OperationalError")
    Job.objects.create(kind="promise.ask", once="2", run_at=timezone.now(), tries=5, trouble="OperationalError")
    said = client.get(here).content.decode()
    assert ("promise.remind OperationalError × 1" in said, "promise.ask" in said) == (True, False)
    assert team(them).get(here).status_code == 404
    client.post(here, {"do": "work"})
    assert Job.objects.filter(tries=0).get().kind == "promise.remind"
    assert "could not do" not in client.get(here).content.decode()
