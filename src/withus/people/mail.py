"""What the team is told when somebody tries many words."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from withus.accounts.models import Staff
from withus.post.letter import Letter
from withus.projects.models import Project


def words_tried(reference: dict[str, Any]) -> Letter | None:
    """None where the project or the account is gone."""
    project = Project.objects.filter(uid=reference["project"]).first()
    staff = Staff.objects.filter(uid=reference["staff"], is_active=True).first()
    if project is None or staff is None:
        return None
    context = {"project": project, "name": staff.name}
    return Letter(
        to=staff.email,
        subject=_("Somebody tries many words: %(title)s") % {"title": project.title},
        text=render_to_string("people/mail/words_tried.txt", context),
        html=render_to_string("people/mail/words_tried.html", context),
    )
