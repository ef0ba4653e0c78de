"""What narrows is announced to everybody invited who chose e-mail: once, with before, after and why, in their own language."""

from datetime import date

import pytest
from django.core import mail
from django.utils import translation

from tests.cast import Cast, cast
from withus.charter import actions
from withus.charter import mail as letters
from withus.charter.models import Change, Decision
from withus.people import actions as people
from withus.people import link
from withus.people.models import Person
from withus.post import worker
from withus.post.models import Outgoing
from withus.table import actions as table
from withus.table.models import Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def them() -> Cast:
    return cast()


def invited(them: Cast, person: Person, *, way: str = "email") -> None:
    address = f"{person.pk}@example.org" if way == "email" else ""
    table.choose_way(person, way=way, address=address, how_often="", now=them.now)
    Place.objects.update_or_create(person=person, defaults={"invited_at": them.now})


def narrow(them: Cast) -> Decision:
    row = actions.add_decision(them.project, what="Opening hours", openness="open", by=them.dev, now=them.now)
    actions.freeze(them.project, by=them.dev, now=them.now)
    row.refresh_from_db()
    return actions.change_decision(
        row,
        by=them.dev,
        now=them.now,
        version=row.version,
        openness="settled",
        settled_on=date(2026, 5, 6),
        because="The landlord closes at ten.",
    )


def test_everybody_invited_who_chose_mail_is_told_once_what_and_why(them: Cast) -> None:
    for person in (them.amira, them.bo):
        invited(them, person)
    invited(them, them.joy, way="none")
    table.choose_way(them.tomasz, way="email", address="t@example.org", how_often="", now=them.now)
    narrow(them)
    assert Change.objects.filter(told_at=None).exists()
    worker.run_due(them.now)
    worker.run_due(them.now)
    assert sorted(one.to for one in mail.outbox) == sorted(
        [[f"{them.amira.pk}@example.org"], [f"{them.bo.pk}@example.org"]]
    )
    for words in ("Opening hours", "The landlord closes at ten.", "/k/"):
        assert words in mail.outbox[0].body
    assert f"/stop/{link.stop(them.amira)}>" in mail.outbox[0].extra_headers["List-Unsubscribe"]
    assert f"/stop/{link.stop(them.amira)}" in mail.outbox[0].body
    assert not Change.objects.filter(told_at=None).exists()


def test_a_decision_that_two_take_off_at_once_is_told_of_once(them: Cast) -> None:
    invited(them, them.amira)
    row = actions.add_decision(them.project, what="Opening hours", openness="open", by=them.dev, now=them.now)
    actions.freeze(them.project, by=them.dev, now=them.now)
    for because in ("It is no question any more.", "It is no question any more, I said."):
        read_before = Decision.objects.select_related("project").get(pk=row.pk)
        read_before.removed_at = None
        actions.remove_decision(read_before, because=because, by=them.dev, now=them.now)
    worker.run_due(them.now)
    assert len(mail.outbox) == 1
    assert Change.objects.filter(decision=row, after="").count() == 1


def test_where_nobody_has_an_address_the_page_has_told_them(them: Cast) -> None:
    invited(them, them.amira, way="none")
    narrow(them)
    assert not Outgoing.objects.filter(kind="charter.changed").exists()
    assert not Change.objects.filter(told_at=None).exists()


def test_whoever_said_stop_before_or_in_between_is_not_written_to_and_the_page_has_told_them(them: Cast) -> None:
    for person in (them.amira, them.bo):
        invited(them, person)
    people.stop_writing(them.bo)
    narrow(them)
    assert [one.reference["person"] for one in Outgoing.objects.all()] == [str(them.amira.uid)]
    people.stop_writing(them.amira)
    worker.run_due(them.now)
    assert mail.outbox == []
    assert not Change.objects.filter(told_at=None).exists()


def test_whoever_is_erased_in_between_is_not_written_to(them: Cast) -> None:
    invited(them, them.amira)
    narrow(them)
    Person.objects.filter(pk=them.amira.pk).update(erased_at=them.now)
    worker.run_due(them.now)
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("language", "head"), [("ar", '<html lang="ar" dir="rtl">'), ("xx", '<html lang="en" dir="ltr">')]
)
def test_the_letter_says_its_language_and_direction(them: Cast, settings: object, language: str, head: str) -> None:
    settings.LANGUAGES = [("en", "English"), ("ar", "Arabic")]  # type: ignore[attr-defined] # pytest-django's settings
    invited(them, them.amira)
    Person.objects.filter(pk=them.amira.pk).update(language=language)
    narrow(them)
    row = Outgoing.objects.get(kind="charter.changed")
    letter = letters.charter_changed(row.reference)
    assert letter is not None
    assert head in letter.html
    assert translation.get_language() == "en"
