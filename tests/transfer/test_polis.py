"""`withus import polis`: comments as contributions, votes as one table with one entry."""

from pathlib import Path

import pytest

from tests.cast import Cast, cast
from tests.transfer.files import run, write
from withus.live.models import Contribution, Rating
from withus.loop.opinions.work_out import votes_of
from withus.projects.models import Project
from withus.record.models import Opening
from withus.record.verify import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def them() -> Cast:
    return cast()


@pytest.fixture
def conversation(tmp_path: Path) -> Path:
    folder = tmp_path / "buses"
    folder.mkdir()
    write(
        folder / "comments.csv",
        "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body",
        "1400000000000,x,0,0,1,1,1,Buses should run at night",
        "1400000001000,x,1,0,0,0,0,And on Sundays",
        "1400000002000,x,2,5,0,0,-1,Buy my book",
    )
    write(
        folder / "votes.csv",
        "timestamp,datetime,comment-id,voter-id,vote",
        "1400000003000,x,0,0,1",
        "1400000004000,x,0,7,-1",
        "1400000005000,x,0,7,1",
        "1400000006000,x,2,7,1",
        "1400000007000,x,1,7,0",
    )
    return folder


def bring_in(them: Cast, folder: Path, exit_code: int = 0) -> str:
    said = run("polis", folder, "--project", them.project.address)
    assert said.exit_code == exit_code, said.output
    return said.output


def test_comments_and_votes_are_kept_and_what_was_moderated_out_is_held_back(them: Cast, conversation: Path) -> None:
    said = "3 comments added, 0 known already. 4 ratings added. Held back, as they were there: 1."
    assert said in bring_in(them, conversation)
    assert list(Contribution.objects.order_by("seq").values_list("words", "state", "held_because")) == [
        ("Buses should run at night", "waiting", ""),
        ("And on Sundays", "waiting", ""),
        ("Buy my book", "held back", "elsewhere"),
    ]
    assert [one.facts for one in Opening.objects.filter(kind="contribution.held_back")] == [{"because": "elsewhere"}]
    assert Contribution.objects.values("person").distinct().count() == 2


def test_votes_on_what_was_moderated_out_are_left_out_of_the_groups_as_red_dwarf_does(
    them: Cast, conversation: Path
) -> None:
    """Its column is kept, and says nothing: who voted how often is as it was there (`tools/benches/opinions.py`)."""
    bring_in(them, conversation)
    voted = votes_of(Project.objects.get(pk=them.project.pk))
    out = Contribution.objects.get(words="Buy my book").pk
    assert [card for card, left in zip(voted.cards, voted.left_out, strict=True) if left] == [out]
    assert len(voted.cards) == 3
    assert Contribution.objects.order_by("seq")[0].given_at.isoformat() == "2014-05-13T16:53:20+00:00"


def test_a_later_vote_stands_for_the_earlier_one(them: Cast, conversation: Path) -> None:
    bring_in(them, conversation)
    found = Rating.objects.order_by("at").values_list("contribution__words", "value")
    assert list(found) == [
        ("Buses should run at night", 1),
        ("Buses should run at night", 1),
        ("Buy my book", 1),
        ("And on Sundays", 0),
    ]


def test_votes_are_one_entry_with_the_digest_of_their_file(them: Cast, conversation: Path) -> None:
    import hashlib

    bring_in(them, conversation)
    facts = [one.facts for one in Opening.objects.filter(kind="votes.brought_in")]
    assert facts == [{"digest": hashlib.sha256((conversation / "votes.csv").read_bytes()).hexdigest(), "added": 4}]
    assert verify(them.project).faults == []


def test_twice_is_once(them: Cast, conversation: Path) -> None:
    bring_in(them, conversation)
    assert "0 comments added, 3 known already. 0 ratings added." in bring_in(them, conversation)
    assert Opening.objects.filter(kind="votes.brought_in").count() == 1


def test_whose_words_they_are_stands_on_the_project(them: Cast, conversation: Path) -> None:
    bring_in(them, conversation)
    assert "CC BY 4.0" in Project.objects.get(pk=them.project.pk).attribution


def test_a_conversation_without_votes_is_one_too(them: Cast, conversation: Path) -> None:
    (conversation / "votes.csv").unlink()
    assert "3 comments added, 0 known already. 0 ratings added." in bring_in(them, conversation)


def test_another_folder_is_one_sentence(them: Cast, tmp_path: Path) -> None:
    assert "has no comments.csv" in bring_in(them, tmp_path, exit_code=1)
    write(tmp_path / "comments.csv", "a,b", "1,2")
    assert "comments.csv has no column" in bring_in(them, tmp_path, exit_code=1)
