"""Who was on the team, and when: what the record says of it, told in sentences."""

from collections.abc import Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from withus.accounts.models import Staff
from withus.projects import day
from withus.projects.models import Part, Project
from withus.record.models import Opening

SENTENCES: Mapping[str, str | Promise] = {
    "project.begun": gettext_lazy("%(by)s began the project, and facilitates it."),
    "team.joined": gettext_lazy("%(who)s came on the team: %(part)s. By %(by)s."),
    "team.left": gettext_lazy("%(who)s left the team: %(part)s. By %(by)s."),
    "project.handed_over": gettext_lazy("The project went into other hands. %(by)s took it over, and facilitates it."),
}


def came_and_went(project: Project) -> list[tuple[date, str]]:
    """The newest first: two queries. An account without a name is called by its address, as on the rest of the team's page."""
    openings = Opening.objects.filter(entry__project=project, kind__in=SENTENCES).order_by("-entry__seq")
    rows = list(openings.values_list("kind", "at", "by", "about", "facts"))
    known = {one for _kind, _at, by, about, _facts in rows for one in (by.removeprefix("staff:"), about)}
    called = {str(one.uid): one.name or one.email for one in Staff.objects.filter(uid__in=known)}
    gone = _("Somebody who has left")
    return [
        (
            day.of(project, at),
            str(SENTENCES[kind])
            % {
                "who": called.get(about, gone),
                "by": called.get(by.removeprefix("staff:"), gone),
                "part": Part(facts["part"]).label if "part" in facts else "",
            },
        )
        for kind, at, by, about, facts in rows
    ]
