"""How a charter kindly says no."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from withus.charter.models import Charter, Decision
from withus.projects.refused import Refused

FIRST_OF_ALL: dict[str, str | Promise] = {
    "safe_person": _("Name the safe person: somebody people can turn to when it gets too much."),
    "hear_back_on": _("Give the day by which people hear back."),
}
"""What nobody may be asked without; all else may stay not known."""


class SayWhatItIsFor(Refused):
    sentence = _("Say in a sentence what this is about.")


class SayWhatIsDecided(Refused):
    sentence = _("Say what is to be decided, in a few words.")


class SettledNeedsADay(Refused):
    sentence = _("Say on which day it was decided.")


class LimitNeedsWords(Refused):
    sentence = _("Say what the limit is, and why there is one.")


class SayWhatWasDone(Refused):
    sentence = _("Say what was done, and on which day.")


class NarrowingNeedsAReason(Refused):
    sentence = _(
        "People were told that they could change more. Say why that is no longer so. Everybody invited will read it."
    )


class ReopeningNeedsAReason(Refused):
    sentence = _("Say why it is open again.")


class ClosedForAsking(Refused):
    sentence = _("This project is closed, and everybody was told so. Nobody is asked for anything more in it.")


class RestsForAsking(Refused):
    sentence = _("This project rests, and everybody was told that nobody answers now. Wake it first.")


class NotACoLead(Refused):
    sentence = _("Only a co-lead can sign.")


class FrozenField(Refused):
    sentence = _("This can't be left empty any more: people were invited with it.")


class CharterChangedMeanwhile(Refused):
    """Somebody else saved first: both texts are shown, and neither is lost."""

    sentence = _("Somebody else changed this just now. Both versions are below. Choose what to keep.")

    def __init__(self, theirs: Charter | Decision) -> None:
        super().__init__()
        self.theirs = theirs


class NotReadyToAsk(Refused):
    """Nobody is asked before they can know who is there for them, and by when they hear back."""

    sentence = _(
        "Before you ask anybody, say who is there for them and by when they hear back. The charter is waiting for it."
    )

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__()
        self.missing = tuple(missing)

    @property
    def ways_out(self) -> list[tuple[str, str | Promise]]:
        """Each field of the charter that is empty, with what to do about it."""
        return [(name, FIRST_OF_ALL[name]) for name in self.missing]
