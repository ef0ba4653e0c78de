"""From the ratings of a project to what is kept of its opinion groups: counts and cards, never who is in which."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from withus.live.models import CardState, Rating
from withus.loop.opinions import LEAST_VOTES
from withus.loop.opinions.groups import Votes, found_again, groups
from withus.loop.opinions.shares import Reading, agreed_by_all, counted, marks
from withus.people.staying import staying
from withus.projects.models import Project

Found = dict[str, Any]  # Any: stored as JSON
OFF_THE_WALL = (CardState.HELD_BACK, CardState.WITHDRAWN, CardState.ERASED)


@dataclass(frozen=True)
class Voted:
    """People by cards; the cards' keys; which of them were taken off the wall; and the last vote among them."""

    votes: Votes
    cards: list[int]
    left_out: NDArray[np.bool_]
    upto: int


def of(project: Project) -> tuple[int, int, Found | None]:
    """How many people voted on enough cards, up to which vote, and what was found among them. Who is being erased is left out."""
    voted = votes_of(project)
    enough = min(LEAST_VOTES, voted.votes.shape[1])
    people = int(((~np.isnan(voted.votes)).sum(axis=1) >= enough).sum())
    found = groups(voted.votes, left_out=voted.left_out)
    if found is None:
        return people, voted.upto, None
    said = counted(np.where(voted.left_out, np.nan, voted.votes), found)
    return (
        people,
        voted.upto,
        {
            "enough": enough,
            "sizes": [int((found.of == group).sum()) for group in range(found.count)],
            "again": found_again(found),
            "silhouette": round(found.silhouette, 3),
            "all": [_kept(one, voted.cards) for one in agreed_by_all(said)],
            "marks": [[_kept(one, voted.cards) for one in marks(said, group)] for group in range(found.count)],
        },
    )


def votes_of(project: Project) -> Voted:
    rows = Rating.objects.filter(staying("person__"), contribution__project=project)
    rows = rows.order_by("contribution_id")
    columns = ("person_id", "contribution_id", "value", "pk")
    given = np.array(list(rows.values_list(*columns)), dtype=np.int64).reshape(-1, len(columns))
    people, person = np.unique(given[:, 0], return_inverse=True)
    keys, card = np.unique(given[:, 1], return_inverse=True)
    votes = np.full((len(people), len(keys)), np.nan)
    votes[person, card] = given[:, 2]
    taken = rows.filter(contribution__state__in=OFF_THE_WALL).values_list("contribution_id", flat=True).distinct()
    upto = int(given[:, 3].max(initial=0))
    return Voted(votes, [int(key) for key in keys], np.isin(keys, list(taken)), upto)


def _kept(one: Reading, cards: list[int]) -> Found:
    return {
        "card": cards[one.card],
        "agree": one.agree,
        "groups": [[group.agree if one.agree else group.disagree, group.voted] for group in one.groups],
    }
