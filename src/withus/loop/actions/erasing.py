"""What an erased person said of answers, how they named themes, and the letters that quoted them, go with the rest."""

from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from withus.loop.actions.opinions import look_again_without
from withus.loop.actions.suggesting import forget_vectors_of_the_erased
from withus.loop.models import Act, Confirmation, Sorter, Suggestion, Telling, Theme
from withus.loop.models_of_answers import Fit, MayName, StillSo
from withus.loop.models_of_closing import ByHand, Notice
from withus.loop.models_of_telling import SlipEntered, Try
from withus.people.models import Person
from withus.post import actions as post
from withus.post.models import Outgoing

NAMES = ("name", "called")
"""Under what an act keeps names that it gave."""


def forget_the_erased(*, now: datetime) -> None:
    """Blank erased people's words in confirmations, and how they were reached; take their letters out of the embedded mailbox."""
    erased = Person.objects.filter(erased_at__isnull=False)
    Confirmation.objects.filter(person__in=erased).exclude(because="").update(because="", beside_the_answer=False)
    for said in (Fit, StillSo, MayName):
        said.objects.filter(person__in=erased).delete()
    forget_vectors_of_the_erased(now=now)
    Telling.objects.filter(person__in=erased).exclude(because="").update(because="")
    Notice.objects.filter(person__in=erased).exclude(because="").update(because="")
    ByHand.objects.filter(person__in=erased).delete()
    Try.objects.filter(person__in=erased).delete()
    SlipEntered.objects.filter(telling__person__in=erased).delete()
    people = [str(uid) for uid in erased.values_list("uid", flat=True)]
    post.forget(list(Outgoing.objects.filter(reference__person__in=people)))
    _forget_names()
    look_again_without(now=now)


def _forget_names() -> None:
    """A theme that still has the name that they gave it, by their own act or by a suggestion that was taken, has none until it gets one."""
    gave: set[tuple[int, str]] = set()
    theirs = Suggestion.objects.filter(person__erased_at__isnull=False)
    gave |= set(theirs.filter(used=True, into=None).values_list("theme", "words"))
    for act in Act.objects.filter(by_person__erased_at__isnull=False).exclude(changed={}).select_related("project"):
        for uid, fields in act.changed.get("themes", {}).items():
            theme = Theme.objects.get(project=act.project, uid=uid)
            gave |= {(theme.pk, fields[what][1]) for what in NAMES if fields.get(what, ("", ""))[1]}
    for theme_pk, name in gave:
        _forget_name(Theme.objects.get(pk=theme_pk), name)
    theirs.delete()
    Sorter.objects.filter(person__erased_at__isnull=False).delete()


def _forget_name(theme: Theme, name: str) -> None:
    no_name = _("A theme whose name was taken back")
    Theme.objects.filter(pk=theme.pk, name=name).update(name=no_name, version=F("version") + 1)
    uid = str(theme.uid)
    for act in Act.objects.filter(project=theme.project_id, changed__has_key="themes"):
        fields = act.changed["themes"].get(uid, {})
        for what in NAMES:
            if name in fields.get(what, ()):
                fields[what] = ["" if one == name else one for one in fields[what]]
                act.save(update_fields=["changed"])
