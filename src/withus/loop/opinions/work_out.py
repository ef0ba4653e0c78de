"""From the ratings of a project to what is kept of its opinion groups: counts and cards, never who is in which."""

from typing import Any

import numpy as np

from withus.live.models import CardState, Rating
from withus.loop.opinions.groups import LEAST_VOTES, Votes, found_again, groups
from withus.loop.opinions.shares import Reading, agreed_by_all, counted, marks
from withus.people.staying import staying
from withus.projects.models import Project

Found = dict[str, Any]  # Any: stored as JSON
OFF_THE_WALL = (CardState.HELD_BACK, CardState.WITHDRAWN, CardState.ERASED)


def of(project: Project) -> tuple[int, Found | None]:
    """How many people voted on enough cards, and what was found among them. Who is being erased is left out."""
    votes, cards, left_out = votes_of(project)
    people = int(((~np.isnan(votes)).sum(axis=1) >= LEAST_VOTES).sum())
    found = groups(votes, left_out=left_out)
    if found is None:
        return people, None
    said = counted(np.where(left_out, np.nan, votes), found)
    return people, {
        "sizes": [int((found.of == group).sum()) for group in range(found.count)],
        "again": found_again(found),
        "silhouette": round(found.silhouette, 3),
        "all": [_kept(one, cards) for one in agreed_by_all(said)],
        "marks": [[_kept(one, cards) for one in marks(said, group)] for group in range(found.count)],
    }


def votes_of(project: Project) -> tuple[Votes, list[int], Any]:  # Any: an array of truths
    """People by cards, the cards' keys, and which of them were taken off the wall."""
    rows = Rating.objects.filter(staying("person__"), contribution__project=project)
    rows = rows.order_by("contribution_id")
    given = np.array(list(rows.values_list("person_id", "contribution_id", "value")), dtype=np.int64).reshape(-1, 3)
    people, person = np.unique(given[:, 0], return_inverse=True)
    keys, card = np.unique(given[:, 1], return_inverse=True)
    votes = np.full((len(people), len(keys)), np.nan)
    votes[person, card] = given[:, 2]
    taken = rows.filter(contribution__state__in=OFF_THE_WALL).values_list("contribution_id", flat=True).distinct()
    return votes, [int(key) for key in keys], np.isin(keys, list(taken))


def _kept(one: Reading, cards: list[int]) -> Found:
    return {
        "card": cards[one.card],
        "agree": one.agree,
        "groups": [[group.agree if one.agree else group.disagree, group.voted] for group in one.groups],
    }
