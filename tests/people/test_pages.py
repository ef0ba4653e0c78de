"""Opening one's page by link or words, on a phone that may be shared; and the accounts of an organisation."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import Cast, cast, signed_in
from withus.accounts import actions as accounts
from withus.accounts.models import Staff
from withus.people import actions, link, tries
from withus.people.models import ColleagueAsked, Miss
from withus.projects import actions as projects
from withus.projects.models import Membership, Team
from withus.projects.refused import Refused

pytestmark = pytest.mark.django_db


def me(them: Cast) -> str:
    return f"/at/{them.project.address}/me"


def words(them: Cast) -> str:
    return f"/at/{them.project.address}/words"


def test_the_link_leads_to_a_clean_address_and_holds_the_person_till_the_browser_ends() -> None:
    them, phone = cast(), Client()
    answer = phone.get(link.path(them.amira))
    assert (answer.status_code, answer["Location"]) == (302, me(them))
    cookie = next(one for name, one in phone.cookies.items() if "me-" in name)
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"], cookie["path"]) == (True, "Lax", "", "/")
    assert link.link(them.amira) not in cookie.value
    page = phone.get(me(them))
    assert page.status_code == 200
    assert "Amira" in page.content.decode()
    assert "no-store" in page["Cache-Control"]


def test_a_phone_that_holds_somebody_else_asks_first_and_changes_nothing_on_get() -> None:
    them, phone = cast(), Client()
    phone.get(link.path(them.amira))
    asked = phone.get(link.path(them.bo))
    assert asked.status_code == 200
    assert "Amira" not in asked.content.decode()
    assert "Amira" in phone.get(me(them)).content.decode()
    assert phone.post(link.path(them.bo)).status_code == 302
    assert "Amira" not in phone.get(me(them)).content.decode()
    assert "Bo" in phone.get(me(them)).content.decode()


def test_ones_own_link_again_asks_nothing() -> None:
    them, phone = cast(), Client()
    phone.get(link.path(them.amira))
    assert phone.get(link.path(them.amira)).status_code == 302


@pytest.mark.parametrize("secret", ["x", "A" * 26, "%00", "a" * 5000])
def test_a_link_that_opens_nothing_is_a_kind_page(secret: str) -> None:
    cast()
    answer = Client().get(f"/k/{secret}")
    assert answer.status_code == 404
    assert "four words may still work" in answer.content.decode()


def test_a_renewed_link_closes_the_page_that_the_old_one_opened() -> None:
    them, phone = cast(), Client()
    old = link.path(them.amira)
    phone.get(old)
    actions.new_link(them.amira, card="K7-PAN", by=them.dev, now=them.now)
    assert phone.get(old).status_code == 404
    assert phone.get(me(them)).status_code == 302


def test_words_open_the_page_and_may_be_remembered() -> None:
    them, phone = cast(), Client()
    answer = phone.post(words(them), {"words": link.speakable(them.amira).upper(), "remember": "yes"})
    assert (answer.status_code, answer["Location"]) == (302, me(them))
    cookie = next(one for name, one in phone.cookies.items() if "me-" in name)
    assert int(cookie["max-age"]) == int(timedelta(days=400).total_seconds())


@pytest.mark.parametrize("typed", ["", "bird", "a" * 100_000, "\x00\x00", "<script>alert(1)</script>", "مرحبا بكم في"])
def test_wrong_words_are_kept_and_told_kindly(typed: str) -> None:
    them = cast()
    answer = Client().post(words(them), {"words": typed})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "These words open nothing here" in page
    assert "<script>alert" not in page
    assert Miss.objects.count() == 1


def test_the_words_of_another_project_open_nothing() -> None:
    them = cast()
    assert Client().post(words(them), {"words": link.speakable(them.sams_person)}).status_code == 422


def test_after_twenty_misses_words_are_not_looked_at_and_the_link_still_works() -> None:
    them, phone = cast(), Client()
    for number in range(20):
        tries.note_miss(them.project, block="127.0.0.0/24", device="", now=timezone.now() - timedelta(minutes=number))
    answer = phone.post(words(them), {"words": link.speakable(them.amira)})
    assert answer.status_code == 429
    assert "Your link or QR code still works" in answer.content.decode()
    assert Miss.objects.count() == 20
    assert phone.get(link.path(them.amira)).status_code == 302


def test_forgetting_the_phone_leaves_nobodys_page() -> None:
    them, phone = cast(), Client()
    phone.get(link.path(them.amira))
    assert phone.get(f"/at/{them.project.address}/forget").status_code == 405
    assert phone.post(f"/at/{them.project.address}/forget").status_code == 302
    assert phone.get(me(them))["Location"] == words(them)


def test_a_forged_cookie_is_nobody() -> None:
    them, phone = cast(), Client()
    phone.get(link.path(them.amira))
    name = next(name for name in phone.cookies if "me-" in name)
    phone.cookies[name] = phone.cookies[name].value + "x"
    assert phone.get(me(them)).status_code == 302


def colleague(them: Cast, **more: Any) -> dict[str, Any]:
    return {"organisation": them.organisation.uid, "name": "Nia", "email": "nia@lantern.example", **more}


def test_nobody_adds_accounts_to_an_organisation_that_they_do_not_look_after() -> None:
    them = cast()
    assert signed_in(them.sam).post("/staff", colleague(them)).status_code == 422
    assert signed_in(them.dev).post("/staff", colleague(them)).status_code == 404
    assert not Staff.objects.filter(email="nia@lantern.example").exists()


def test_what_was_typed_wrongly_is_kept() -> None:
    them = cast()
    answer = signed_in(them.ada).post("/staff", colleague(them, email="no address"))
    assert answer.status_code == 422
    assert 'value="no address"' in answer.content.decode()


def test_who_has_left_opens_nothing_any_more_and_no_project_is_left_alone() -> None:
    them = cast()
    ada, dev = signed_in(them.ada), signed_in(them.dev)
    form = {"do": "left", "left": str(them.dev.uid), "of": str(them.organisation.uid)}
    shown = ada.get("/staff", {"left": form["left"], "of": form["of"]}).content.decode()
    assert "Has Dev left?" in shown
    refused = ada.post("/staff", form)
    assert (refused.status_code, "Nobody else runs “The evening cafe”" in refused.content.decode()) == (409, True)
    assert dev.get(f"/at/{them.project.address}/table").status_code == 200
    projects.join_team(them.project, staff=them.ada, part="facilitator")
    assert ada.post("/staff", form).status_code == 302
    assert dev.get(f"/at/{them.project.address}/table").status_code == 302
    assert not Team.objects.filter(staff=them.dev).exists()
    assert not Client().login(email=them.dev.email, password="a long password")
    ada.post("/staff", colleague(them, email=them.dev.email))
    actions.answer_asked(them.dev, uid=ColleagueAsked.objects.get().uid, yes=True)
    assert (Staff.objects.get(pk=them.dev.pk).is_active, Team.objects.filter(staff=them.dev).exists()) == (True, False)


def test_nobody_ends_their_own_account_or_one_of_another_organisation() -> None:
    them = cast()
    for who, staff, of, wanted in (
        (them.ada, them.ada, them.organisation, 409),
        (them.ada, them.sam, them.sams_project.organisation, 200),
        (them.sam, them.dev, them.organisation, 200),
        (them.dev, them.ada, them.organisation, 404),
    ):
        before = sorted(Membership.objects.values_list("pk", flat=True))
        form = {"do": "left", "left": str(staff.uid), "of": str(of.uid)}
        assert signed_in(who).post("/staff", form).status_code == wanted
        assert sorted(Membership.objects.values_list("pk", flat=True)) == before


def test_of_two_who_end_each_other_s_account_at_once_one_stays() -> None:
    """Both pages were opened before either pressed."""
    them = cast()
    eve = accounts.add_staff(email="eve@lantern.example", name="Eve")
    projects.add_member(them.organisation, staff=eve, admin=True)
    actions.end_account(them.organisation, staff=eve, by=them.ada, now=them.now)
    with pytest.raises(Refused):
        actions.end_account(them.organisation, staff=them.ada, by=eve, now=them.now)
    assert Membership.objects.filter(organisation=them.organisation, admin=True).get().staff == them.ada
