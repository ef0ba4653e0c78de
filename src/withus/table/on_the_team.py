"""Who was on the team, and when: what the record says of it, told in sentences. Each name only to those whom it is for."""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from withus.accounts.models import Staff
from withus.projects import day
from withus.projects.models import Part, Project, Team
from withus.record.models import Opening

SENTENCES: Mapping[str, str | Promise] = {
    "project.begun": gettext_lazy("%(by)s began the project, and facilitates it."),
    "team.joined": gettext_lazy("%(who)s came on the team: %(part)s. By %(by)s."),
    "team.left": gettext_lazy("%(who)s left the team: %(part)s. By %(by)s."),
    "project.handed_over": gettext_lazy("The project went into other hands. %(by)s took it over, and facilitates it."),
}
OUTSIDE: Mapping[str, str | Promise] = {
    **SENTENCES,
    "team.joined": gettext_lazy("%(who)s came on the team: %(part)s."),
    "team.left": gettext_lazy("%(who)s left the team: %(part)s."),
}
"""For who takes part. Who put whom there is the team's."""


def came_and_went(project: Project, *, named: Collection[UUID] | None = None) -> list[tuple[date, str]]:
    """
    The newest first: two queries. An account without a name is called by its address, as on the rest of the team's page. `named`: the
    accounts that may be named to the reader, who is not of the team; everybody else is somebody.
    """
    openings = Opening.objects.filter(entry__project=project, kind__in=SENTENCES).order_by("-entry__seq")
    rows = list(openings.values_list("kind", "at", "by", "about", "facts"))
    known = {one for _kind, _at, by, about, _facts in rows for one in (by.removeprefix("staff:"), about)}
    accounts = Staff.objects.filter(uid__in=known)
    called = {str(one.uid): _called(one, named) for one in accounts}
    gone = _("Somebody who has left")
    sentences = SENTENCES if named is None else OUTSIDE
    return [
        (
            day.of(project, at),
            str(sentences[kind])
            % {
                "who": called.get(about, gone),
                "by": called.get(by.removeprefix("staff:"), gone),
                "part": Part(facts["part"]).label if "part" in facts else "",
            },
        )
        for kind, at, by, about, facts in rows
    ]


def on_it_now(project: Project, *, named: Collection[UUID]) -> list[tuple[str, str | Promise]]:
    """Each place on the team, by its part: whose it is, or nothing where the reader may not be told."""
    places = Team.objects.filter(project=project).select_related("staff").order_by("part", "pk")
    return [(place.staff.name if place.staff.uid in named else "", Part(place.part).label) for place in places]


def _called(staff: Staff, named: Collection[UUID] | None) -> str:
    if named is None:
        return staff.name or staff.email
    return staff.name if staff.uid in named and staff.name else _("Somebody")
