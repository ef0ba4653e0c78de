"""How reports kindly say no."""

from django.utils.translation import gettext_lazy as _

from withus.projects.refused import Refused
from withus.reports.models import Report


class WrittenMeanwhile(Refused):
    """`theirs` is what somebody else wrote while this one was typing."""

    sentence = _("Somebody else wrote in this report just now. Read theirs, then choose.")

    def __init__(self, theirs: Report) -> None:
        super().__init__()
        self.theirs = theirs


class SayWhatFor(Refused):
    sentence = _("Say for what training it is: those whose words they are read it.")


class NothingToPrint(Refused):
    sentence = _("Tick at least one card. One whose author has taken their yes back is gone from the list.")
