"""What was done with themes, told in sentences: who put which cards where, and what of it was taken back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from withus.loop.models import Act, ActKind, Theme
from withus.people.called import name_of
from withus.people.models import Person
from withus.projects.models import Project

MADE_EMPTY = gettext_lazy("%(who)s made “%(theme)s”.")
SENTENCES = {
    ActKind.MADE: ngettext_lazy(
        "%(who)s made “%(theme)s” with %(n)s card.", "%(who)s made “%(theme)s” with %(n)s cards.", "n"
    ),
    ActKind.RENAMED: gettext_lazy("%(who)s called “%(before)s” now “%(after)s”."),
    ActKind.PUT: ngettext_lazy(
        "%(who)s put %(n)s card into “%(theme)s”.", "%(who)s put %(n)s cards into “%(theme)s”.", "n"
    ),
    ActKind.MOVED: ngettext_lazy(
        "%(who)s moved %(n)s card from “%(other)s” to “%(theme)s”.",
        "%(who)s moved %(n)s cards from “%(other)s” to “%(theme)s”.",
        "n",
    ),
    ActKind.TAKEN_OUT: ngettext_lazy(
        "%(who)s took %(n)s card out of “%(theme)s”.", "%(who)s took %(n)s cards out of “%(theme)s”.", "n"
    ),
    ActKind.MERGED: ngettext_lazy(
        "%(who)s merged “%(theme)s” into “%(other)s”: %(n)s card was new there.",
        "%(who)s merged “%(theme)s” into “%(other)s”: %(n)s cards were new there.",
        "n",
    ),
    ActKind.SPLIT: ngettext_lazy(
        "%(who)s gave %(n)s card of “%(theme)s” a theme of its own: “%(other)s”.",
        "%(who)s gave %(n)s cards of “%(theme)s” a theme of their own: “%(other)s”.",
        "n",
    ),
    ActKind.REMOVED: gettext_lazy("%(who)s removed “%(theme)s”."),
    ActKind.PUT_BACK: gettext_lazy("%(who)s put “%(theme)s” back."),
    ActKind.SET_APART: ngettext_lazy(
        "%(who)s set %(n)s card apart: nothing is said in it.",
        "%(who)s set %(n)s cards apart: nothing is said in them.",
        "n",
    ),
    ActKind.BROUGHT_BACK: ngettext_lazy(
        "%(who)s brought %(n)s card back: something is said in it.",
        "%(who)s brought %(n)s cards back: something is said in them.",
        "n",
    ),
}


@dataclass(frozen=True)
class Told:
    """An act as a sentence. `undone`: it was taken back since."""

    act: Act
    sentence: str
    at: datetime
    undone: bool


def of_theme(theme: Theme, *, most: int = 20) -> list[Told]:
    """The newest first, and what it was made from: one query."""
    return tell(_whole(Act.objects.filter(Q(theme=theme) | Q(other=theme)))[:most])


def of_project(project: Project, *, before: int | None = None, most: int = 50) -> list[Told]:
    acts = Act.objects.filter(project=project)
    return tell(_whole(acts if before is None else acts.filter(pk__lt=before))[:most])


def newest_of(project: Project, by: Any) -> Told | None:  # Any: the account that is signed in
    """The last act of this account that still stands, to be taken back with one press."""
    found = tell(_whole(Act.objects.filter(project=project, by=by, undone_at=None))[:1])
    return found[0] if found else None


def newest_of_person(person: Person, *, most: int = 5) -> list[Told]:
    rows = _whole(Act.objects.filter(project=person.project_id, by_person=person, undone_at=None))
    return tell(rows.exclude(kind=ActKind.UNDONE)[:most], me=person)


def tell(acts: Iterable[Act], *, me: Person | None = None) -> list[Told]:
    return [Told(act, sentence(act, me=me), act.at, act.undone_at is not None) for act in acts]


def sentence(act: Act, *, me: Person | None = None) -> str:
    """Themes are called as they are called now."""
    names: dict[str, Any] = {  # Any: numbers and words
        "who": _who(act, me),
        "n": act.cards,
        "theme": act.theme.name if act.theme else "",
        "other": act.other.name if act.other else "",
    }
    kind = ActKind(act.kind)
    if kind == ActKind.RENAMED:
        names["before"], names["after"] = _renamed(act)
    if kind == ActKind.UNDONE:
        return _undone(act, names)
    return str((MADE_EMPTY if kind == ActKind.MADE and not act.cards else SENTENCES[kind]) % names)


def _who(act: Act, me: Person | None) -> str:
    if act.by_person is not None:
        if me is not None and act.by_person_id == me.pk:
            return _("You")
        return name_of(act.by_person) or _("Somebody at the sorting table")
    return act.by.name if act.by is not None else _("Somebody who has left")


def _renamed(act: Act) -> list[str]:
    fields: dict[str, list[str]] = next(iter(act.changed.get("themes", {}).values()), {})
    return fields.get("name", ["", ""])


def _undone(act: Act, names: dict[str, Any]) -> str:
    """What was taken back may itself be a taking back: then the kind is said, not a sentence in a sentence in a sentence."""
    if act.undoes is None or act.undoes.kind == ActKind.UNDONE:
        return _("%(who)s did again what had been taken back.") % names
    return _("%(who)s took this back: %(what)s") % (names | {"what": sentence(act.undoes)})


def _whole(acts: QuerySet[Act]) -> QuerySet[Act]:
    return acts.select_related(
        "theme",
        "other",
        "by",
        "by_person__name",
        "undoes__theme",
        "undoes__other",
        "undoes__by",
        "undoes__by_person__name",
    ).order_by("-pk")
