"""What the team says to others in a charter, a reason or a question stops before somebody's own words that have no yes."""

from uuid import uuid4

import pytest
from django.test import Client

from tests.cast import Cast, cast, team
from tests.findings.test_pages import found
from tests.loop import ground
from withus.charter.models import Charter, Decision
from withus.findings.models import Answered, Asked
from withus.live import actions as live
from withus.live.models import Contribution

pytestmark = pytest.mark.django_db
LONG = "I waited at the stop by the church for an hour, alone."
STOPS = "it is not saved yet"


@pytest.fixture
def them() -> Cast:
    return cast()


def charter_of(them: Cast) -> Charter:
    return Charter.objects.get(project=them.project)


def paths(them: Cast) -> dict[str, tuple[str, dict[str, str]]]:
    """Each page of the team's that others read, and a form that says Amira's words in it."""
    base, rule = f"/at/{them.project.address}", found(them, "stop").rule
    said = f"Somebody told us: {LONG}"
    decision = Decision.objects.create(project=them.project, what="Hours", openness="open", options=["a", "b"])
    version = str(charter_of(them).version)
    return {
        "reason": (f"{base}/findings/{rule}/explain?where=project", {"because": said}),
        "wrong": (f"{base}/findings/{rule}/own?where=project", {"what_we_did": said, "cost": "Time.", "now_we": "Ask."}),
        "of the project": (f"{base}/findings/wrong", {"what_we_did": "No bus.", "cost": said, "now_we": "Ask."}),
        "question": (
            f"{base}/findings/{rule}/ask?where=project",
            {"uid": str(uuid4()), "to": f"staff:{them.hall.uid}", "words": said},
        ),
        "charter": (f"{base}/charter", {"version": version, "purpose": said}),
        "group": (f"{base}/charter", {"version": version, "purpose": "Buses", "groups": f"Riders\n{said}"}),
        "decision": (f"{base}/charter/decision/new", {"what": "Hours", "openness": "open", "limit_because": said}),
        "change": (
            f"{base}/charter/decision/{decision.uid}",
            {"what": "Hours", "openness": "open", "options": f"a\nb\n{said}", "version": "1"},
        ),
        "act": (f"{base}/charter/decision/{decision.uid}/acts", {"act": said, "on": "2026-05-01"}),
    }  # fmt: skip


def kept(them: Cast) -> tuple[int, int, int, str, list[str], int]:
    own = charter_of(them)
    acts = sum(len(one.acts) for one in Decision.objects.all())
    decisions = Decision.objects.filter(limit_because__contains="church").count()
    return Answered.objects.count(), Asked.objects.count(), decisions, own.purpose, own.groups, acts


@pytest.mark.parametrize(
    "which", ["reason", "wrong", "of the project", "question", "charter", "group", "decision", "change", "act"]
)
def test_it_is_not_saved_and_what_was_typed_is_still_there_until_it_may_be(them: Cast, which: str) -> None:
    mine = ground.card(them, them.amira, LONG)
    path, said = paths(them)[which]
    before = kept(them)
    page = team(them).post(path, said)
    text = page.content.decode()
    assert (page.status_code, STOPS in text, mine.mark in text, LONG in text) == (422, True, True, True)
    assert kept(them) == before
    live.allow_uses(mine, person=them.amira, uses=["public"], now=them.now)
    assert team(them).post(path, said).status_code == 302


def test_whoever_ticks_that_everybody_says_it_so_is_asked_for_each_stretch_and_then_not_again(them: Cast) -> None:
    first = ground.card(them, them.amira, LONG)
    ground.card(them, them.joy, "Nobody ever tells us when the clinic moves.")
    path, said = paths(them)["reason"]
    said["because"] += " And: nobody ever tells us when the clinic moves."
    page = team(them).post(path, said)
    keys = [part.split('"')[0] for part in page.content.decode().split('name="not_theirs" value="')[1:]]
    assert (len(keys), first.mark in page.content.decode()) == (2, True)
    half = team(them).post(path, {**said, "not_theirs": keys[:1]})
    assert (half.status_code, half.content.decode().count(f'type="hidden" name="not_theirs" value="{keys[0]}"')) == (
        422,
        1,
    )
    assert team(them).post(path, {**said, "not_theirs": keys}).status_code == 302
    assert Answered.objects.count() == 1


def test_what_stood_in_the_charter_before_is_not_asked_about_when_something_else_is_changed(them: Cast) -> None:
    Charter.objects.filter(project=them.project).update(purpose=LONG)
    ground.card(them, them.amira, LONG)
    said = {"version": str(charter_of(them).version), "purpose": LONG, "hear_back_how": "By letter."}
    assert team(them).post(f"/at/{them.project.address}/charter", said).status_code == 302
    assert charter_of(them).hear_back_how == "By letter."


def test_sam_learns_nothing_of_whose_words_there_are(them: Cast) -> None:
    ground.card(them, them.amira, LONG)
    client = Client()
    client.force_login(them.sam, backend="sesame.backends.ModelBackend")
    assert [client.post(path, said).status_code for path, said in paths(them).values()] == [404] * 9
    assert Contribution.objects.count() == 1
