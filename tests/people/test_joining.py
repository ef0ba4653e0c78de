"""A colleague is asked to join and says yes themselves. Whether an address has an account is said to nobody but its owner."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast, cast, signed_in
from withus.accounts.models import Staff
from withus.people import actions, mail
from withus.people.models import ColleagueAsked
from withus.post.models import Outgoing
from withus.projects.models import Membership

pytestmark = pytest.mark.django_db
NEW = "nia@lantern.example"


@pytest.fixture
def them() -> Cast:
    return cast()


def asks(them: Cast, email: str, **more: Any) -> Any:
    said = {"organisation": them.organisation.uid, "name": "Nia", "email": email, **more}
    return signed_in(them.ada).post("/staff", said)


def as_seen(page: Any, email: str) -> str:
    text = page.content.decode().replace(email, "ADDRESS")
    return re.sub(r'csrfmiddlewaretoken" value="\w+"|nonce="[^"]*"|name="asked" value="[^"]*"', "", text)


def test_the_page_is_the_same_whether_an_address_has_an_account_or_not(them: Cast) -> None:
    queued, pages = [], []
    for email in (NEW, them.sam.email):
        page = asks(them, email)
        again = signed_in(them.ada).get("/staff")
        pages.append((page.status_code, as_seen(page, email), as_seen(again, email)))
        queued.append(Outgoing.objects.filter(kind="colleague.added").count())
        ColleagueAsked.objects.all().delete()
    assert pages[0] == pages[1]
    assert queued == [1, 2]
    assert "Nia is asked to join." in pages[0][1]
    assert [word in pages[0][1] for word in ("sesame", "Sam")] == [False, False]


def test_the_mail_tells_its_reader_only_how_to_sign_in(them: Cast) -> None:
    for email in (NEW, them.sam.email):
        asks(them, email)
    Staff.objects.filter(pk=them.sam.pk).update(last_login=them.now)
    letters = [
        mail.colleague_added(row.reference) for row in Outgoing.objects.filter(kind="colleague.added").order_by("pk")
    ]
    assert [(one.to, "sesame=" in one.text) for one in letters if one is not None] == [
        (NEW, True),
        (them.sam.email, False),
    ]


@pytest.mark.parametrize(("says", "joins"), [("yes", True), ("no", False)])
def test_they_join_by_their_own_press_and_nobody_for_them(them: Cast, says: str, joins: bool) -> None:
    asks(them, them.sam.email, admin="on")
    asked = ColleagueAsked.objects.get()
    mine = Membership.objects.filter(organisation=them.organisation, staff=them.sam)
    signed_in(them.dev).post("/staff/joining", {"says": "yes", "asked": str(asked.uid)})
    assert (mine.exists(), ColleagueAsked.objects.count()) == (False, 1)
    sam = signed_in(them.sam)
    assert "Will you join Lantern House?" in sam.get("/projects").content.decode()
    for _twice in range(2):
        assert sam.post("/staff/joining", {"says": says, "asked": str(asked.uid)}).status_code == 302
    assert (mine.exists(), ColleagueAsked.objects.count()) == (joins, 0)
    assert list(mine.values_list("admin", flat=True)) == ([True] if joins else [])


@pytest.mark.parametrize(
    "sent", [{}, {"says": "yes"}, {"says": "yes", "asked": "x"}, {"says": "perhaps", "asked": "x"}]
)
def test_what_no_button_of_ours_sends_is_404(them: Cast, sent: dict[str, str]) -> None:
    assert signed_in(them.sam).post("/staff/joining", sent).status_code == 404
    assert Client().post("/staff/joining", sent).status_code == 403


def test_who_says_no_and_is_a_member_nowhere_signs_in_nowhere(them: Cast) -> None:
    asks(them, NEW)
    nia = Staff.objects.get(email=NEW)
    actions.answer_asked(nia, uid=ColleagueAsked.objects.get().uid, yes=False)
    assert not Staff.objects.get(pk=nia.pk).is_active


def test_taken_back_it_opens_nothing_and_the_mail_does_not_go(them: Cast) -> None:
    asks(them, NEW)
    asked = ColleagueAsked.objects.get()
    sam = signed_in(them.sam)
    sam.post("/staff", {"do": "taken back", "asked": str(asked.uid)})
    assert ColleagueAsked.objects.count() == 1
    ada = signed_in(them.ada)
    assert ada.post("/staff", {"do": "taken back", "asked": str(asked.uid)}).status_code == 302
    assert (ColleagueAsked.objects.count(), Staff.objects.get(email=NEW).is_active) == (0, False)
    assert mail.colleague_added(Outgoing.objects.get(kind="colleague.added").reference) is None
    with pytest.raises(actions.NotAskedToJoin):
        actions.answer_asked(Staff.objects.get(email=NEW), uid=asked.uid, yes=True)


def test_taking_back_keeps_in_who_is_a_member_elsewhere(them: Cast) -> None:
    asks(them, them.sam.email)
    signed_in(them.ada).post("/staff", {"do": "taken back", "asked": str(ColleagueAsked.objects.get().uid)})
    assert Staff.objects.get(pk=them.sam.pk).is_active


def test_a_second_press_asks_once_and_a_day_later_they_are_written_to_again(them: Cast) -> None:
    said: dict[str, Any] = {"organisation": them.organisation, "name": "Nia", "email": NEW, "admin": False}
    for hours in (0, 1, 25):
        actions.ask_colleague(**said, now=them.now + timedelta(hours=hours))
    assert (ColleagueAsked.objects.get().asked_at, Outgoing.objects.filter(kind="colleague.added").count()) == (
        them.now + timedelta(hours=25),
        2,
    )


def test_a_member_is_not_asked_again(them: Cast) -> None:
    page = asks(them, them.dev.email.upper())
    assert (page.status_code, "They are a member already" in page.content.decode()) == (422, True)
    assert ColleagueAsked.objects.count() == 0


def test_where_no_mail_leaves_a_new_colleagues_link_is_shown_once(
    them: Cast, settings: Any
) -> None:  # Any: pytest-django's settings
    settings.EMAIL_BACKEND = "withus.post.mailbox.Mailbox"
    assert "sign-in-once?sesame=" in asks(them, NEW).content.decode()
    assert "sesame" not in asks(them, NEW).content.decode()
    assert "sesame" not in asks(them, them.sam.email).content.decode()
