"""A form that is sent twice, by a double press or by a phone that tries again, makes one thing and not two."""

import json
from uuid import UUID, uuid4, uuid5

from django.http import HttpRequest

from withus.projects.models import Project

FIELD = "sent_once"
NOT_SAID = "csrfmiddlewaretoken"
MOST_DIGITS = 6


def once(request: HttpRequest) -> str:
    """What the form carries, so that its second sending is known; the same while it is corrected."""
    return request.POST.get(FIELD) or uuid4().hex


def counted(request: HttpRequest, name: str) -> int:
    """How many the page showed, as its form carries it: a press names the state that it was made in. -1 where that is no number."""
    said = request.POST.get(name, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) <= MOST_DIGITS else -1


def number(request: HttpRequest, project: Project) -> UUID:
    """
    The number of the row that this sending makes. The same form with the same content has the same one; with other content (Back, changed,
    sent) another, and on another page or in another project, too.
    """
    sent = request.POST
    if not sent.get(FIELD):
        return uuid4()
    said = sorted((name, sent.getlist(name)) for name in sent if name != NOT_SAID)
    return uuid5(project.uid, json.dumps([request.path, said]))
