"""Two themes that are one: a participant at the sorting table puts them together, after a look at both, and takes it back."""

import pytest
from django.test import Client

from tests.cast import Cast, cast, signed_in
from tests.loop import ground
from tests.loop.sorting_table import at, given, sorts
from withus.live.models import Contribution
from withus.loop import actions
from withus.loop.models import Act, Placement, Suggestion, Theme
from withus.record.models import Opening
from withus.record.verify import verify

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def them() -> Cast:
    return cast()


def made(them: Cast, client: Client, name: str, *cards: Contribution) -> Theme:
    sent = {"card": [str(one.uid) for one in cards], "into": "new", "name": name, "sent_once": name}
    assert client.post(at(them), sent).status_code == 302
    return Theme.objects.get(name=name)


def merge(one: Theme, other: Theme) -> dict[str, str]:
    return {"do": "merge", "merge": str(one.uid), "with": str(other.uid)}


def lie(theme: Theme) -> list[str]:
    return sorted(Placement.objects.filter(theme=theme).values_list("contribution__words", flat=True))


def test_amira_looks_at_both_first_and_nothing_happens_by_looking(them: Cast) -> None:
    client = sorts(them, them.amira)
    one, other = made(them, client, "Bus", given(them, "bus")), made(them, client, "Tram", given(them, "tram"))
    page = client.get(at(them), {"merge": str(one.uid), "with": str(other.uid)}).content.decode()
    assert "All cards of “Bus” lie in “Tram” then, and it keeps that name." in page
    assert (page.count(">bus<"), page.count(">tram<")) == (1, 1)
    assert (Theme.objects.filter(removed_at=None).count(), Act.objects.filter(kind="merged").count()) == (2, 0)
    same = client.get(at(them), {"merge": str(one.uid), "with": str(one.uid)}).content.decode()
    assert "Choose two different themes." in same


def test_she_puts_them_together_once_and_takes_it_back(them: Cast) -> None:
    client = sorts(them, them.amira)
    one, other = made(them, client, "Bus", given(them, "bus")), made(them, client, "Tram", given(them, "tram"))
    for _twice in range(2):
        page = client.post(at(them), merge(one, other), follow=True)
        assert "“Bus” and “Tram” are one theme now. You can take it back." in page.content.decode()
    one.refresh_from_db()
    assert (one.merged_into, one.removed_at is None, lie(other)) == (other, False, ["bus", "tram"])
    came = Placement.objects.get(theme=other, contribution__words="bus")
    assert (came.came_from, came.by, came.by_person) == (one, None, them.amira)
    entry = Opening.objects.get(kind="theme.merged")
    assert (entry.by, entry.facts["into"]) == (f"person:{them.amira.uid}", str(other.uid))
    act = Act.objects.get(kind="merged")
    assert sorts(them, them.bo).post(at(them), {"do": "undo", "act": str(act.uid)}).status_code == 404
    assert client.post(at(them), {"do": "undo", "act": str(act.uid)}).status_code == 302
    one.refresh_from_db()
    assert (one.merged_into, one.removed_at, lie(one), lie(other)) == (None, None, ["bus"], ["tram"])
    assert verify(them.project).ok


def test_of_what_others_merged_she_hears_as_of_any_theme_that_is_gone(them: Cast) -> None:
    amira, bo = sorts(them, them.amira), sorts(them, them.bo)
    one, other = made(them, amira, "Bus", given(them, "bus")), made(them, amira, "Tram", given(them, "tram"))
    amira.post(at(them), merge(one, other))
    page = bo.post(at(them), merge(one, other))
    assert (page.status_code, "Somebody removed or merged this theme just now" in page.content.decode()) == (409, True)
    assert Act.objects.filter(kind="merged").count() == 1


def test_the_team_takes_her_merge_back_too(them: Cast) -> None:
    client = sorts(them, them.amira)
    one, other = made(them, client, "Bus", given(them, "bus")), made(them, client, "Tram", given(them, "tram"))
    client.post(at(them), merge(one, other))
    actions.undo(Act.objects.get(kind="merged"), by=them.dev, now=them.now)
    one.refresh_from_db()
    assert (one.removed_at, lie(other)) == (None, ["tram"])


def test_what_the_team_has_worked_on_is_a_suggestion_that_the_team_takes_or_leaves(them: Cast) -> None:
    client, dev = sorts(them, them.amira), signed_in(them.dev)
    teams, other = ground.theme(them, given(them, "bus")), made(them, client, "Tram", given(them, "tram"))
    look = client.get(at(them), {"merge": str(teams.uid), "with": str(other.uid)}).content.decode()
    assert "So this is a suggestion" in look
    for _twice in range(2):
        client.post(at(them), merge(teams, other))
    suggestion = Suggestion.objects.get()
    assert (suggestion.into, suggestion.words, Act.objects.filter(kind="merged").count()) == (other, "", 0)
    path = f"/at/{them.project.address}/themes"
    assert "“Getting home” and “Tram” are one theme." in dev.get(path).content.decode()
    page = dev.get(f"{path}/{teams.uid}").content.decode()
    assert "this is one theme with “Tram”" in page
    dev.post(f"{path}/{teams.uid}", {"do": "leave", "suggestion": str(suggestion.uid)})
    teams.refresh_from_db()
    assert (teams.removed_at, Opening.objects.order_by("-pk")[0].kind) == (None, "merge.left")
    client.post(at(them), merge(teams, other))
    again = Suggestion.objects.get(settled_at=None)
    used = dev.post(f"{path}/{teams.uid}", {"do": "use", "suggestion": str(again.uid)})
    assert used["Location"] == f"{path}/{other.uid}"
    assert (lie(other), Act.objects.get(kind="merged").by) == (["bus", "tram"], them.dev)


@pytest.mark.parametrize("work", ["put", "renamed", "draft"])
def test_a_theme_of_the_table_is_the_teams_too_once_the_team_works_on_it(them: Cast, work: str) -> None:
    client = sorts(them, them.amira)
    one, other = made(them, client, "Bus", given(them, "bus")), made(them, client, "Tram", given(them, "tram"))
    match work:
        case "put":
            actions.place(one, contributions=[given(them, "train")], by=them.dev, now=them.now)
        case "renamed":
            actions.rename_theme(one, name="Buses", by=them.dev, now=them.now)
        case _:
            ground.draft(them, one)
    client.post(at(them), merge(one, other))
    one.refresh_from_db()
    assert (one.removed_at, Suggestion.objects.get().into) == (None, other)


def test_a_theme_whose_answer_was_told_stays_and_takes_the_other_one_in(them: Cast) -> None:
    client = sorts(them, them.amira)
    answered, other = made(them, client, "Bus", given(them, "bus")), made(them, client, "Tram", given(them, "tram"))
    actions.publish(ground.draft(them, answered), by=them.dev, now=them.now)
    look = client.get(at(them), {"merge": str(answered.uid), "with": str(other.uid)}).content.decode()
    assert "People were told an answer to “Bus”, so it stays." in look
    assert client.post(at(them), merge(answered, other)).status_code == 409
    assert (Suggestion.objects.count(), Theme.objects.filter(removed_at=None).count()) == (0, 2)
    client.post(at(them), merge(other, answered))
    assert lie(answered) == ["bus", "tram"]


def test_a_theme_that_she_may_not_see_is_put_together_with_none(them: Cast) -> None:
    client = sorts(them, them.amira)
    mine = made(them, client, "Bus", given(them, "bus"))
    secret = given(them, "for those who answer", may_see="answerers")
    hidden = actions.make_theme(them.project, name="Ward 3", by=them.dev, now=them.now, contributions=[secret])
    for one, other in ((mine, hidden), (hidden, mine)):
        assert "Ward 3" not in client.get(at(them), {"merge": str(one.uid), "with": str(other.uid)}).content.decode()
        assert client.post(at(them), merge(one, other)).status_code == 409
    assert (Suggestion.objects.count(), Act.objects.filter(kind="merged").count()) == (0, 0)
    actions.end_sorting(them.amira, by=them.dev, now=them.now)
    assert client.post(at(them), merge(mine, mine)).status_code == 404


def test_a_suggestion_whose_other_theme_is_gone_waits_no_more(them: Cast) -> None:
    client, dev = sorts(them, them.amira), signed_in(them.dev)
    teams, other = ground.theme(them, given(them, "bus")), made(them, client, "Tram", given(them, "tram"))
    client.post(at(them), merge(teams, other))
    actions.remove_theme(other, by=them.dev, now=them.now)
    path = f"/at/{them.project.address}/themes/{teams.uid}"
    assert "this is one theme with" not in dev.get(path).content.decode()
    dev.post(path, {"do": "use", "suggestion": str(Suggestion.objects.get().uid)})
    teams.refresh_from_db()
    assert teams.removed_at is None
