"""The team's page of what is in public: each act with its reason in the record, and nothing by looking."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import Cast, cast, signed_in, team
from withus.loop import actions, in_public, refusals, timeline
from withus.projects.models import Project, Publicity
from withus.record.models import Opening
from withus.reports import feeds

pytestmark = pytest.mark.django_db


@pytest.fixture
def them() -> Cast:
    return cast()


def kinds(them: Cast) -> list[str]:
    wanted = ("page.hidden", "page.shown", "feeds.switched")
    rows = Opening.objects.filter(entry__project=them.project, kind__in=wanted)
    return list(rows.order_by("entry__seq").values_list("kind", flat=True))


def test_the_page_is_hidden_with_a_reason_and_shown_again(them: Cast) -> None:
    client, path = team(them), f"/at/{them.project.address}/in-public"
    refused = client.post(path, {"do": "hide", "because": "  "})
    assert refused.status_code == 422
    assert "Say why it is hidden." in refused.content.decode()
    assert client.post(path, {"do": "hide", "because": "A court asked us."}).status_code == 302
    assert client.post(path, {"do": "hide", "because": "Another reason."}).status_code == 302
    row = Publicity.objects.get()
    assert row.hidden_because == "A court asked us."
    assert "A court asked us." in client.get(path).content.decode()
    assert client.post(path, {"do": "show"}).status_code == 302
    assert kinds(them) == ["page.hidden", "page.shown"]


def test_without_a_reason_it_is_not_hidden(them: Cast) -> None:
    with pytest.raises(refusals.SayWhyItIsHidden):
        actions.hide_page(them.project, because=" ", by=them.dev, now=them.now)


def test_feeds_and_badge_are_off_until_they_are_switched_on(them: Cast) -> None:
    client, path = team(them), f"/at/{them.project.address}/in-public"
    page = client.get(path).content.decode()
    assert "checked" not in page
    assert "feed.atom" not in page
    client.post(path, {"do": "switch", "badge": "on"})
    client.post(path, {"do": "switch", "badge": "on"})
    row = Publicity.objects.get()
    assert (row.feeds, row.badge) == (False, True)
    assert kinds(them) == ["feeds.switched"]
    page = client.get(path).content.decode()
    assert "&lt;img src=&quot;https://withus.lantern.example/at/the-evening-cafe/badge.svg&quot;" in page


def test_no_field_of_it_turns_a_counter_off() -> None:
    fields = {one.name for one in Publicity._meta.get_fields()}
    assert fields == {"id", "project", "feeds", "badge", "hidden_since", "hidden_because"}


def test_an_admin_of_the_organisation_hides_and_shows_it_without_being_on_the_team(them: Cast) -> None:
    admin, path = signed_in(them.ada), f"/at/{them.project.address}/hiding"
    assert path in admin.get("/staff/pages").content.decode()
    assert f"/at/{them.sams_project.address}" not in admin.get("/staff/pages").content.decode()
    assert admin.post(path, {"do": "hide", "because": ""}).status_code == 422
    assert admin.post(path, {"do": "hide", "because": "A court asked us."}).status_code == 302
    public = Client().get(f"/at/{them.project.address}").content.decode()
    assert ("Hidden since" in public, "A court asked us." in public) == (True, True)
    assert admin.get(f"/at/{them.project.address}/themes").status_code == 404
    assert admin.post(path, {"do": "show"}).status_code == 302
    assert "Hidden since" not in Client().get(f"/at/{them.project.address}").content.decode()
    said = Opening.objects.filter(kind__startswith="page.").order_by("pk").values_list("kind", "by")
    assert list(said) == [("page.hidden", f"staff:{them.ada.uid}"), ("page.shown", f"staff:{them.ada.uid}")]


@pytest.mark.parametrize("who", ["dev", "sam"])
def test_who_is_no_admin_of_this_organisation_cannot(them: Cast, who: str) -> None:
    client, path = signed_in(getattr(them, who)), f"/at/{them.project.address}/hiding"
    assert client.post(path, {"do": "hide", "because": "No."}).status_code == 404
    assert not Publicity.objects.exists()


def rests(them: Cast, now: datetime) -> None:
    terms = actions.Terms(not_answered="Nobody answers for now.", keeper="Ada", until=date(2031, 5, 1))
    first = actions.first_key(them.project, what="rest", by=actions.Hand(staff=them.dev), now=now, terms=terms)
    actions.second_key(first, by=actions.Hand(person=them.joy, asked=True), now=now)


def test_a_rest_a_hand_over_and_a_hidden_page_stand_in_the_timeline_with_their_days(them: Cast) -> None:
    def at(days: int) -> datetime:
        return them.now + timedelta(days=days)

    rests(them, at(1))
    actions.wake(them.project, by=them.dev, now=at(2))
    terms = actions.Terms(address=them.sam.email, days=28)
    hand = actions.Hand(staff=them.dev)
    first = actions.first_key(them.project, what="hand over", by=hand, now=at(3), terms=terms)
    actions.say_willing(first, organisation=them.sams_project.organisation, by=them.sam, now=at(3))
    turning = actions.second_key(first, by=actions.Hand(person=them.joy, asked=True), now=at(4))
    actions.call_off(turning, by=them.dev, now=at(5))
    actions.hide_page(them.project, because="A court asked us.", by=them.dev, now=at(6))
    actions.show_page(them.project, by=them.dev, now=at(7))
    project = Project.objects.get(pk=them.project.pk)
    known = in_public.read(project, now=at(8))
    told = [(one.on.day, one.sentence) for one in timeline.moments(project, known, today=at(8).date())]
    assert told[1:] == [
        (7, "The project began to rest."),
        (8, "Work went on after the rest."),
        (10, "Everybody was told that it goes to other people, from 7 June 2026 on."),
        (11, "It stays where it is: it does not go to other people."),
        (12, "This page was hidden."),
        (13, "This page was shown again."),
    ]


def test_the_data_says_that_it_rests_also_while_the_page_is_hidden(them: Cast) -> None:
    rests(them, timezone.now())
    actions.hide_page(them.project, because="A court asked us.", by=them.dev, now=timezone.now())
    project = Project.objects.get(pk=them.project.pk)
    said = feeds.data(project, in_public.read(project, now=timezone.now()), now=timezone.now())
    assert said["rests"] == {"not_answered": "Nobody answers for now.", "keeper": "Ada", "until": "2031-05-01"}
    assert (said["goes"], said["timeline"]) == (None, [])
