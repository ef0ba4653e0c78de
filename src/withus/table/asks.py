"""What several pages of the table ask."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from withus.facts.small import Band, in_words
from withus.people.models import Person
from withus.table.models import Lived

MIX: dict[Band, str | Promise] = {
    Band.HIDDEN: _("How many have lived through it is not shown: it could give somebody away."),
    Band.FEW: _("A few of those who said have lived through it."),
    Band.SOME: _("Some of those who said have lived through it."),
    Band.ABOUT_HALF: _("About half of those who said have lived through it."),
    Band.MOST: _("Most of those who said have lived through it."),
    Band.NEARLY_ALL: _("Nearly all of those who said have lived through it."),
}


def mix_in_words(people: Sequence[Person]) -> str | Promise:
    """
    How many have lived through it, in words, and only where that tells nothing of one person. "Everybody" and "nobody" tell something of
    each, so they are hidden like small numbers.
    """
    said = [person.place.lived for person in people if person.place.lived in {Lived.YES, Lived.NO}]
    return MIX.get(in_words(said.count(Lived.YES), len(said)), MIX[Band.HIDDEN])
