"""
Who a theme came from, as a participant reads it: how many of those who gave something, in words; which roles, from five people on; a few
cards in their words where their authors let them stand in public. Never a number that a difference could be worked out from.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from withus.facts import small
from withus.facts.small import Band
from withus.live.asks import taken_back
from withus.live.models import NOTHING_TO_READ, Contribution, Use
from withus.live.uses import with_words_for
from withus.loop import counting
from withus.loop.models import Placement, Theme
from withus.projects.models import Project
from withus.table.models import Role

MOST_WORDS = 3
MANY = {
    Role.MEMBER: gettext_lazy("people who lived through it"),
    Role.CARER: gettext_lazy("carers or family"),
    Role.NEIGHBOUR: gettext_lazy("neighbours or the public"),
    Role.WORKER: gettext_lazy("frontline workers"),
    Role.MANAGER: gettext_lazy("managers or professionals"),
    Role.DECIDER: gettext_lazy("decision makers"),
}
"""What several people of a role are called."""


@dataclass(frozen=True)
class AsRead:
    """`share` of the people who gave something; `roles` of which there are at least five people each."""

    share: Band
    roles: tuple[str | Promise, ...]
    words: tuple[Contribution, ...] = ()

    @property
    def how_many(self) -> str:
        match self.share:
            case Band.HIDDEN | Band.NOBODY:
                return _("From so few people that we do not say more of them.")
            case Band.EVERYBODY:
                return _("From everybody who gave something.")
        return _("From %(share)s of the people who gave something.") % {"share": counting.in_words(self.share)}


def who(project: Project, themes: Sequence[int], *, people: int) -> dict[int, AsRead]:
    """For each theme, without words: one query. `people` is how many gave something at all."""
    placed = Placement.objects.filter(theme__in=themes, theme__project=project).order_by()
    placed = placed.exclude(contribution__state__in=NOTHING_TO_READ).exclude(contribution__in=taken_back().values("pk"))
    rows = placed.values_list("theme", "contribution__person__place__role")
    counted: dict[int, dict[str, int]] = {theme: {} for theme in themes}
    for theme, role, number in rows.annotate(n=Count("contribution__person", distinct=True)):
        counted[theme][role or ""] = number
    return {theme: _as_read(roles, people) for theme, roles in counted.items()}


def one(theme: Theme, *, without: Iterable[Contribution] = ()) -> AsRead:
    """Of one theme, with words: three queries. `without`: the reader's own cards, which stand on their page already."""
    given = Contribution.objects.filter(project=theme.project_id).exclude(state__in=NOTHING_TO_READ).order_by()
    people: int = given.aggregate(n=Count("person", distinct=True))["n"]
    said = with_words_for(Contribution.objects.filter(placements__theme=theme), Use.PUBLIC)
    said = said.exclude(pk__in=[card.pk for card in without]).order_by("seq")
    known = who(theme.project, [theme.pk], people=people)[theme.pk]
    return AsRead(known.share, known.roles, tuple(said[:MOST_WORDS]))


def _as_read(roles: dict[str, int], people: int) -> AsRead:
    shown = small.shown(roles)
    enough = [role for role in Role if (shown.get(role.value) or 0) >= small.SMALLEST]
    return AsRead(small.in_words(min(sum(roles.values()), people), people), tuple(MANY[role] for role in enough))
