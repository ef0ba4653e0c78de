"""
Whether groups that were found may still be read. Whoever takes their words out takes their votes out, and may have been one of the fifty,
or of a group's five: who was in which group is kept nowhere, so each who has left counts as one of the smallest.
"""

from django.db.models import Count

from withus.live.models import Rating
from withus.loop.models_of_suggesting import OpinionGroups
from withus.loop.opinions import LEAST_IN_A_GROUP, LEAST_PEOPLE, LEAST_VOTES
from withus.people.staying import staying
from withus.projects.models import Project
from withus.projects.sole import sole


def shown(project: Project) -> OpinionGroups | None:
    """What everybody may read now, or of what they may read that it was taken down."""
    row = sole(OpinionGroups.objects.filter(project=project, on=True))
    return row if row is not None and (row.shown or row.down_since is not None) else None


def stands(row: OpinionGroups) -> bool:
    """Asked each time that anybody reads it: the last person's press counts at once, before any job has run."""
    if not row.found:
        return False
    left = row.people - remain(row)
    return row.people - left >= LEAST_PEOPLE and min(row.found["sizes"]) - left >= LEAST_IN_A_GROUP


def remain(row: OpinionGroups) -> int:
    """Of those who were counted, how many are still here. Votes that came later do not stand in for somebody who has left."""
    votes = Rating.objects.filter(staying("person__"), contribution__project=row.project_id, pk__lte=row.upto)
    counted = votes.order_by().values("person").annotate(n=Count("pk"))
    return counted.filter(n__gte=(row.found or {}).get("enough", LEAST_VOTES)).count()
