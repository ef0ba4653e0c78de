"""The mail that tells somebody what became of what they said, rendered when it is sent."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from withus.loop import actions
from withus.loop.models import Telling
from withus.people import link
from withus.people.models import Way, WayKind
from withus.people.sealed import unseal_text
from withus.post.letter import Letter
from withus.record.chain import head_code
from withus.record.models import Head

MOST_QUOTED = 3


def answer_published(reference: dict[str, Any]) -> Letter | None:
    """None where nobody is left to write to, or they said stop in the meantime."""
    rows = Telling.objects.filter(uid=reference["telling"], way=WayKind.EMAIL, person__erased_at=None)
    telling = rows.select_related("person__project__organisation", "person__name", "version__answer__theme").first()
    if telling is None:
        return None
    person = telling.person
    way = Way.objects.filter(person=person, kind=WayKind.EMAIL).first()
    if way is None or not way.sealed:
        return None
    project, version = person.project, telling.version
    head = Head.objects.get(project=project)
    name = getattr(person, "name", None)
    context = {
        "name": unseal_text(name.sealed) if name else "",
        "project": project,
        "version": version,
        "mine": [card for card in actions.cards_of(version.answer) if card.person_id == person.pk and card.words][
            :MOST_QUOTED
        ],
        "link": f"{settings.WITHUS_ADDRESS}{link.path(person)}",
        "code": head_code(head.seq, head.hash),
    }
    return Letter(
        to=unseal_text(way.sealed),
        subject=_("What became of what you said: %(title)s") % {"title": project.title},
        text=render_to_string("loop/mail/answer.txt", context),
        html=render_to_string("loop/mail/answer.html", context),
    )
