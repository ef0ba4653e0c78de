"""The rooms of a project, for the navigation of staff pages."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from withus.projects.models import Project


@dataclass(frozen=True)
class Section:
    key: str
    label: str | Promise
    url: str
    icon: str
    here: bool


ROOMS: tuple[tuple[str, str | Promise, str, str], ...] = (
    ("charter", _("Charter"), "charter:charter", "scales"),
    ("table", _("People"), "table:table", "users-three"),
    ("plan", _("Plan"), "plan:plan", "list"),
    ("live", _("Live"), "live:workshops", "chats-circle"),
    ("loop", _("What we did"), "loop:themes", "check-circle"),
)


def sections(project: Project, *, here: str) -> list[Section]:
    """All projects first, then the five stages in their order, with the one that is open now."""
    return [
        Section("projects", _("Projects"), reverse("charter:projects"), "house", here=False),
        *(
            Section(key, label, reverse(name, args=[project.address]), icon, key == here)
            for key, label, name, icon in ROOMS
        ),
    ]
