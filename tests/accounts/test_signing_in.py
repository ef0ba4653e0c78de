"""The one-time link, and the first start."""

from collections.abc import Callable
from contextvars import copy_context
from functools import partial
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from tests.cast import cast, signed_in
from withus.accounts import actions, adapter, first
from withus.accounts.models import Staff
from withus.projects.models import Membership
from withus.site import begin

pytestmark = pytest.mark.django_db


def path(link: str) -> str:
    return link.removeprefix("http://here")


def test_the_link_is_used_by_the_button_not_by_a_scanner_that_follows_it() -> None:
    link = path(first.sign_in_link(actions.add_staff(email="dev@lantern.example", name="Dev"), "http://here"))
    for _scan in range(3):
        assert Client().get(link).status_code == 200
    dev = Client()
    assert dev.post(link)["Location"] == "/projects"
    assert dev.get("/projects").status_code == 200


def test_it_works_once() -> None:
    link = path(first.sign_in_link(actions.add_staff(email="dev@lantern.example", name="Dev"), "http://here"))
    Client().post(link)
    again = Client()
    assert again.post(link).status_code == 404
    assert again.get("/projects").status_code == 302


@pytest.mark.parametrize("token", ["", "x", "AAAA" * 50])
def test_a_link_that_nobody_made_signs_nobody_in(token: str) -> None:
    cast()
    assert Client().post(f"/sign-in-once?sesame={token}").status_code == 404


def test_somebody_who_left_is_not_signed_in_by_an_old_link() -> None:
    dev = actions.add_staff(email="dev@lantern.example", name="Dev")
    link = path(first.sign_in_link(dev, "http://here"))
    Staff.objects.filter(pk=dev.pk).update(is_active=False)
    assert Client().post(link).status_code == 404


FIRST = {
    "name": "Dev",
    "email": "dev@lantern.example",
    "organisation": "Lantern House",
    "telephone": "01632 960 123",
    "lasting_address": "https://withus.lantern.example",
    "password": "a long password",
}


def test_the_first_start_makes_the_first_facilitator_and_organisation_once() -> None:
    link = begin.link("http://here")
    assert link is not None
    client = Client()
    assert client.get(path(link)).status_code == 200
    assert client.post(path(link), FIRST)["Location"] == "/projects"
    place = Membership.objects.select_related("staff", "organisation").get()
    assert (place.staff.email, place.organisation.name, place.admin) == (FIRST["email"], "Lantern House", True)
    assert client.get("/projects").status_code == 200
    assert begin.link("http://here") is None
    assert Client().get(path(link)).status_code == 404
    assert Client().post(path(link), {**FIRST, "email": "other@example.org"}).status_code == 404


def test_the_first_start_needs_no_password() -> None:
    link = begin.link("http://here")
    assert link is not None
    assert Client().post(path(link), {**FIRST, "password": ""}).status_code == 302
    assert not Staff.objects.get().has_usable_password()


@pytest.mark.parametrize(
    "wrong", [{"email": "x"}, {"name": ""}, {"organisation": ""}, {"password": "short"}, {"lasting_address": "a b"}]
)
def test_what_was_typed_at_the_first_start_is_kept_but_the_password(wrong: dict[str, str]) -> None:
    link = begin.link("http://here")
    assert link is not None
    answer = Client().post(path(link), {**FIRST, "telephone": "01632 960 777", **wrong})
    page = answer.content.decode()
    assert (answer.status_code, Staff.objects.count()) == (422, 0)
    assert 'value="01632 960 777"' in page
    assert "a long password" not in page


def test_a_link_of_another_installation_begins_nothing() -> None:
    assert Client().get("/begin/x:y:z").status_code == 404


@pytest.mark.parametrize(
    "page",
    ["/sign-in/login/", "/sign-in/login/code/", "/sign-in/password/reset/", "/sign-in/signup/", "/sign-in/inactive/"],
)
def test_the_pages_for_signing_in_are_ours_and_hold_no_style_of_their_own(page: str) -> None:
    answer = Client().get(page, follow=True)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert 'id="main"' in text
    assert "style=" not in text
    assert "<style" not in text


def test_signing_in_by_password() -> None:
    them, client = cast(), Client()
    answer = client.post("/sign-in/login/", {"login": them.dev.email, "password": "a long password"})
    assert answer["Location"] == "/projects"
    assert Client().post("/sign-in/login/", {"login": them.dev.email, "password": "wrong"}).status_code == 200


def test_a_code_can_be_asked_for_and_strangers_learn_nothing_of_who_has_an_account(mailoutbox: list[object]) -> None:
    them = cast()
    known = Client().post("/sign-in/login/code/", {"email": them.dev.email})
    unknown = Client().post("/sign-in/login/code/", {"email": "nobody@example.org"})
    assert (known.status_code, known.headers.get("Location")) == (
        unknown.status_code,
        unknown.headers.get("Location"),
    )


@pytest.mark.parametrize("page", ["/sign-in/login/code/", "/sign-in/password/reset/"])
def test_no_page_waits_for_the_mail_that_goes_to_those_only_who_have_an_account(
    page: str, mailoutbox: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mail server takes its time: who was answered later would have an account."""
    them, later = cast(), list[Callable[[], object]]()
    monkeypatch.setattr(adapter, "in_a_moment", lambda work: later.append(partial(copy_context().run, work)))
    pages = [Client().post(page, {"email": email}) for email in (them.dev.email, "nobody@example.org")]
    assert [(one.status_code, one["Location"]) for one in pages] == [(302, pages[0]["Location"])] * 2
    assert (len(later), mailoutbox) == (1, [])
    later[0]()
    assert len(mailoutbox) == 1


@pytest.mark.parametrize(
    "page", ["/sign-in/password/change/", "/sign-in/password/set/", "/sign-in/logout/", "/sign-in/email/"]
)
def test_the_pages_of_an_account_are_ours_too(page: str) -> None:
    client = Client()
    client.force_login(cast().dev, backend="sesame.backends.ModelBackend")
    answer = client.get(page, follow=True)
    assert answer.status_code == 200
    assert 'id="main"' in answer.content.decode()


def test_nobody_takes_an_address_that_is_not_shown_to_be_theirs() -> None:
    """It would open what that address is asked: a project that is handed over, a code to sign in."""
    them = cast()
    client = signed_in(them.sam)
    before = them.sam.email
    for do in ("action_add", "action_primary"):
        for address in ("vicky@hospital.example", them.dev.email):
            assert client.post("/sign-in/email/", {"email": address, do: ""})["Location"] == "/account"
    assert Staff.objects.get(pk=them.sam.pk).email == before
    assert not EmailAddress.objects.exclude(email=before).exists()


def test_where_there_are_no_passkeys_their_page_leads_to_the_account() -> None:
    client = signed_in(cast().dev)
    assert client.get("/sign-in/2fa/")["Location"] == "/account"


def test_dev_changes_the_own_name_and_an_empty_one_keeps_the_old() -> None:
    dev = actions.add_staff(email="dev@lantern.example", name="Dev")
    client = Client()
    client.force_login(dev, backend="sesame.backends.ModelBackend")
    assert client.post("/account", {"name": " Dev Patel "})["Location"] == "/account"
    assert client.post("/account", {"name": ""}).status_code == 422
    assert Staff.objects.get(pk=dev.pk).name == "Dev Patel"
    assert Client().get("/account")["Location"] == "/sign-in/login/?next=/account"


def test_the_sign_in_page_has_one_link_for_a_lost_password() -> None:
    page = Client().get("/sign-in/login/").content.decode()
    assert page.count("/sign-in/password/reset/") == 1
    assert "placeholder" not in page


@pytest.mark.parametrize("name", ["account_request_login_code", "account_reset_password"])
def test_where_no_mail_can_leave_nobody_reads_off_who_has_an_account(settings: Any, name: str) -> None:
    settings.EMAIL_BACKEND = "nowhere.at.all.Backend"
    them = cast()
    said = [Client().post(reverse(name), {"email": one}) for one in (them.dev.email, "nobody@lantern.example")]
    assert [one.status_code for one in said] == [302, 302]
    assert said[0]["Location"] == said[1]["Location"]
