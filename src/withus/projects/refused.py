"""Refusals: what an action says when it kindly says no."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """An act that the rules do not allow now. The page shows `sentence` and keeps what was typed; the API its code."""

    sentence: str | Promise = _("That can't be done now.")

    def __init__(self, sentence: str | Promise | None = None) -> None:
        if sentence is not None:
            self.sentence = sentence
        super().__init__(str(self.sentence))

    @property
    def code(self) -> str:
        """A stable word for programs: the class's name."""
        return type(self).__name__
