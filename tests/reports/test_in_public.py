"""The team's page of what is in public: each act with its reason in the record, and nothing by looking."""

import pytest
from django.test import Client

from tests.cast import Cast, cast
from withus.loop import actions, refusals
from withus.projects.models import Publicity
from withus.record.models import Opening

pytestmark = pytest.mark.django_db


@pytest.fixture
def them() -> Cast:
    return cast()


def team(them: Cast) -> Client:
    client = Client()
    client.force_login(them.dev, backend="sesame.backends.ModelBackend")
    return client


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
