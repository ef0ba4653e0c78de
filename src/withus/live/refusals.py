"""How a workshop kindly says no."""

from django.utils.translation import gettext_lazy as _

from withus.projects.refused import Refused


class WorkshopClosed(Refused):
    sentence = _("This workshop has ended. You can still leave a note.")


class WorkshopNotOpen(Refused):
    sentence = _("This workshop is not open yet. You can leave a note now, or come back when it starts.")


class NothingGiven(Refused):
    sentence = _("Pick a picture, draw, or write a few words. Then send it.")


class TooLong(Refused):
    sentence = _("That is more than we can keep in one card. Please send it in two or three parts.")


class NotYours(Refused):
    sentence = _("This card belongs to somebody else.")


class ChooseAReason(Refused):
    sentence = _("Choose why it is held back, and say a word to its author.")


class AnotherDayNeedsADay(Refused):
    sentence = _("Choose when it comes back. For another day, say which, and who looks after it.")


class ProjectClosed(Refused):
    sentence = _("This project is closed. Please ring us instead.")


class MoreThanCards(Refused):
    sentence = _("More people cannot have said so than handed in a card.")


class NotOverYet(Refused):
    sentence = _("This workshop is not over yet.")


class NotedMeanwhile(Refused):
    sentence = _(
        "Somebody else noted something just now. Your own words are still here: send them again to put them in place."
    )
