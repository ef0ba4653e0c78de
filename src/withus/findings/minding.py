"""
Somebody's own words in what the team is about to say to others: a charter, a reason, a question. Whose words they are is known further up,
so who looks for them is bound in site/wiring.py, as the judge is.
"""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _

from withus.projects.models import Project

MOST_SAID = 3


class OwnWords(Protocol):
    """A stretch of a text, the cards that say it, and by what a form speaks of it."""

    @property
    def words(self) -> str: ...

    @property
    def marks(self) -> tuple[str, ...]: ...

    @property
    def key(self) -> str: ...


Finder = Callable[[Project, Sequence[str]], Sequence[OwnWords]]
_finder: list[Finder] = []


def bind(finder: Finder) -> None:
    _finder[:] = [finder]


class ReadByOthersForm(forms.Form):
    """What is written here others read: it stops before somebody's own words, and its template says which (findings/own_words.html)."""

    # Any: Form's own.
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own_words: Sequence[OwnWords] = ()
        self.ticked: Sequence[str] = ()

    def may_be_read(self, request: HttpRequest, project: Project, *texts: str) -> bool:
        """Whether none of these texts says somebody's words without their yes, but what the writer ticked: everybody says it so."""
        self.ticked = request.POST.getlist("not_theirs")
        found = _finder[0](project, [text for text in texts if text])
        self.own_words = [one for one in found if one.key not in self.ticked][:MOST_SAID]
        if self.own_words:
            self.add_error(None, _("These are words that somebody else wrote. Look below: it is not saved yet."))
        return not self.own_words
