""" "We got this wrong", told to those concerned. Rendered when it is sent."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from withus.findings.models import Answered
from withus.people import link
from withus.people.models import Person, Way, WayKind
from withus.people.sealed import unseal_text
from withus.post.letter import Letter


def finding_owned(reference: dict[str, Any]) -> Letter | None:
    """None where nobody is left to write to."""
    person = Person.objects.filter(uid=reference["person"], erased_at=None, erasing_at=None).first()
    answered = Answered.objects.filter(uid=reference["answered"], kind="owned").select_related("project").first()
    way = Way.objects.filter(person=person, kind=WayKind.EMAIL, chosen=True).first() if person else None
    if person is None or answered is None or way is None:
        return None
    project = answered.project
    context = {"project": project, "answered": answered, "link": f"{settings.WITHUS_ADDRESS}{link.path(person)}"}
    return Letter(
        to=unseal_text(way.sealed),
        subject=_("We got something wrong: %(title)s") % {"title": project.title},
        text=render_to_string("findings/mail/owned.txt", context),
        html=render_to_string("findings/mail/owned.html", context),
    )
