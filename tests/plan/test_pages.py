"""The plan's pages with Dev: the form, both texts after a clash, what is refused, and the page on paper."""

import pytest
from django.test import Client

from tests.cast import Cast, a_workshop, cast
from tests.plan.test_actions import block, changes, order_of
from withus.plan import actions, asks
from withus.plan.models import Block
from withus.table.models import Workshop

pytestmark = pytest.mark.django_db


def dev(them: Cast) -> Client:
    client = Client()
    client.force_login(them.dev, backend="sesame.backends.ModelBackend")
    return client


def at(workshop: Workshop, more: str = "") -> str:
    return f"/at/{workshop.project.address}/plan/{workshop.uid}{more}"


def test_a_part_is_added_moved_taken_out_and_put_back() -> None:
    them = cast()
    workshop = a_workshop(them)
    client = dev(them)
    for kind in ("welcome", "venting"):
        said = {"kind": kind, "minutes": "20", "title": "", "note": "", "prompt": ""}
        assert client.post(at(workshop, "/add"), said).status_code == 302
    second = Block.objects.get(kind="venting")
    for place, to, order in (
        ("2", "up", ["venting", "welcome"]),
        ("1", "down", ["welcome", "venting"]),
        ("2", "out", ["welcome"]),
        ("", "back", ["welcome", "venting"]),
    ):
        assert client.post(at(workshop, f"/{second.uid}/move"), {"to": to, "from": place}).status_code == 302
        assert order_of(workshop) == order


def press_of(client: Client, workshop: Workshop, part: Block) -> dict[str, str]:
    """What the buttons beside a part send, as the page has them now."""
    form = client.get(at(workshop)).content.decode().split(f'action="{at(workshop, f"/{part.uid}/move")}"', 1)[1]
    return {"from": form.split('name="from" value="', 1)[1].split('"', 1)[0]}


@pytest.mark.parametrize(("to", "order"), [("up", "2 1 3 4"), ("down", "1 3 2 4")])
def test_a_part_moves_by_one_when_two_press_at_once_or_one_presses_twice(to: str, order: str) -> None:
    them = cast()
    workshop = a_workshop(them)
    parts = [block(them, workshop, title=title) for title in ("1", "2", "3", "4")]
    client, other = dev(them), dev(them)
    said, also = ({"to": to} | press_of(one, workshop, parts[1]) for one in (client, other))
    for one, sent in ((client, said), (client, said), (other, also)):
        page = one.post(at(workshop, f"/{parts[1].uid}/move"), sent, follow=True)
        assert (page.status_code, CHANGED in page.content.decode()) == (200, False)
    assert " ".join(one.title for one in asks.blocks(workshop)) == order
    assert changes(them) == [*["added"] * 4, "moved"]


CHANGED = "The plan has changed since you opened this page, so nothing was moved."


def test_a_press_on_an_older_page_moves_nothing_and_says_why() -> None:
    """Somebody has put the part elsewhere since: one up from there is not what the page showed."""
    them = cast()
    workshop = a_workshop(them)
    parts = [block(them, workshop, title=title) for title in ("1", "2", "3", "4")]
    client = dev(them)
    said = {"to": "up"} | press_of(client, workshop, parts[1])
    actions.move_block(parts[1], to=4, by=them.dev, now=them.now)
    for sent in (said, {"to": "up"}, {"to": "up", "from": "-3"}, {"to": "down", "from": "9" * 400}):
        page = client.post(at(workshop, f"/{parts[1].uid}/move"), sent, follow=True)
        assert (page.status_code, CHANGED in page.content.decode()) == (200, True)
    assert " ".join(one.title for one in asks.blocks(workshop)) == "1 3 4 2"
    for part in parts:
        for to in ("up", "down"):
            client.post(at(workshop, f"/{part.uid}/move"), {"to": to})
    actions.remove_block(parts[0], by=them.dev, now=them.now)
    client.post(at(workshop, f"/{parts[0].uid}/move"), {"to": "down", "from": "1"})
    assert " ".join(one.title for one in asks.blocks(workshop)) == "3 4 2"


def test_a_part_that_is_saved_as_it_stands_is_not_changed() -> None:
    them = cast()
    workshop = a_workshop(them)
    part = block(them, workshop, note="Tea first.")
    said = {"version": "1", "kind": "venting", "minutes": "20", "note": "Tea first."}
    assert dev(them).post(at(workshop, f"/{part.uid}"), said).status_code == 302
    assert (Block.objects.get().version, changes(them)) == (1, ["added"])


def test_a_form_that_cannot_be_kept_says_so_and_keeps_what_was_typed() -> None:
    them = cast()
    workshop = a_workshop(them)
    answer = dev(them).post(at(workshop, "/add"), {"kind": "venting", "minutes": "0", "note": "Tea first."})
    assert answer.status_code == 422
    assert "Tea first." in answer.content.decode()
    assert not Block.objects.exists()


@pytest.mark.parametrize("number", ["9" * 30, "-1", "chairs", ""])
def test_a_decision_that_is_none_is_said_and_keeps_what_was_typed(number: str) -> None:
    them = cast()
    workshop = a_workshop(them)
    said = {"kind": "venting", "minutes": "20", "note": "Tea first.", "about": number}
    answer = dev(them).post(at(workshop, "/add"), said)
    assert answer.status_code == 422
    assert "Tea first." in answer.content.decode()
    assert not Block.objects.exists()


def test_after_a_clash_the_page_holds_both_texts() -> None:
    them = cast()
    workshop = a_workshop(them)
    part = block(them, workshop, note="Tea first.")
    actions.change_block(part, version=1, kind="venting", minutes=25, note="Theirs: cake.", by=them.dev, now=them.now)
    answer = dev(them).post(
        at(workshop, f"/{part.uid}"), {"version": "1", "kind": "venting", "minutes": "5", "note": "Mine: bread."}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Theirs: cake." in page
    assert "Mine: bread." in page
    assert Block.objects.get().note == "Theirs: cake."


def test_after_the_end_nothing_moves() -> None:
    them = cast()
    workshop = a_workshop(them)
    part = block(them, workshop)
    Workshop.objects.filter(pk=workshop.pk).update(state="ended")
    assert dev(them).post(at(workshop, f"/{part.uid}/move"), {"to": "out"}).status_code == 409
    assert Block.objects.get().dropped is False


def test_the_page_on_paper_holds_every_part_with_its_time_and_none_that_was_taken_out() -> None:
    them = cast()
    workshop = a_workshop(them)
    block(them, workshop, "welcome", 15, title="Tea")
    actions.remove_block(block(them, workshop, "slack", 15, title="Gone"), by=them.dev, now=them.now)
    page = dev(them).get(at(workshop, "/print")).content.decode()
    assert "<td>2.00</td>" in page
    assert "Tea" in page
    assert "Gone" not in page


def test_another_project_s_plan_is_not_found() -> None:
    them = cast()
    workshop = a_workshop(them)
    client = Client()
    client.force_login(them.sam, backend="sesame.backends.ModelBackend")
    for more in ("", "/print", "/add"):
        assert client.get(at(workshop, more)).status_code == 404
