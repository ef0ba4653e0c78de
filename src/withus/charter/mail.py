"""What narrowed since the invitation, told to everybody invited. Rendered when it is sent."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from withus.charter.models import Change
from withus.charter.said import in_words
from withus.people import link
from withus.people.called import name_of
from withus.people.models import HowOften, Person, Way, WayKind
from withus.people.sealed import unseal_text
from withus.people.staying import staying
from withus.people.tongue import as_they_read
from withus.post.letter import Letter


def charter_changed(reference: dict[str, Any]) -> Letter | None:
    """None where nobody is left to write to, or they said stop in the meantime."""
    rows = Person.objects.filter(staying(), uid=reference["person"])
    person = rows.exclude(wish__how_often=HowOften.NEVER).select_related("project__organisation", "name").first()
    way = Way.objects.filter(person=person, kind=WayKind.EMAIL, chosen=True).first() if person else None
    if person is None or way is None:
        return None
    changes = Change.objects.filter(project=person.project, narrows=True).select_related("decision").order_by("-at")
    stop = link.stop_taken_home(person)
    context = {
        "name": name_of(person),
        "project": person.project,
        "changes": [],
        "link": link.taken_home(person),
        "stop": stop,
    }
    with as_they_read(person):
        context["changes"] = in_words(changes[:5])
        return Letter(
            to=unseal_text(way.sealed),
            subject=_("You can change less than we told you: %(title)s") % {"title": person.project.title},
            text=render_to_string("charter/mail/changed.txt", context),
            html=render_to_string("charter/mail/changed.html", context),
            stop=stop,
        )
