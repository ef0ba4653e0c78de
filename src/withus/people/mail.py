"""What staff are written: a new colleague's link, and that somebody tries many words."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from withus.accounts.first import sign_in_link
from withus.accounts.models import Staff
from withus.people.models import ColleagueAsked
from withus.post.beside import made
from withus.post.letter import Letter
from withus.projects.access import runs
from withus.projects.models import Organisation, Project


def words_tried(reference: dict[str, Any]) -> Letter | None:
    """None where the project or the account is gone, or somebody else runs it now."""
    project = Project.objects.filter(uid=reference["project"]).select_related("organisation").first()
    staff = Staff.objects.filter(uid=reference["staff"], is_active=True).first()
    if project is None or staff is None or not runs(staff, project):
        return None
    context = {"project": project, "name": staff.name}
    subject = _("Somebody tries many words: %(title)s") % {"title": project.title}
    return made(staff.email, subject, "people/mail/words_tried.txt", context)


def colleague_added(reference: dict[str, Any]) -> Letter | None:
    """
    To whoever is asked to join. Only they learn whether they have an account. The link of a new one is made when it is sent, so that it
    stands in no table. None where it was taken back, or answered.
    """
    staff = Staff.objects.filter(uid=reference["staff"], is_active=True).first()
    organisation = Organisation.objects.filter(uid=reference["organisation"]).first()
    asked = ColleagueAsked.objects.filter(staff=staff, organisation=organisation).first() if staff else None
    if staff is None or organisation is None or asked is None:
        return None
    is_new = staff.last_login is None
    projects = f"{settings.WITHUS_ADDRESS}{reverse('charter:projects')}"
    context = {
        "name": staff.name or asked.name,
        "organisation": organisation.name,
        "is_new": is_new,
        "link": sign_in_link(staff, settings.WITHUS_ADDRESS) if is_new else projects,
    }
    subject = _("Will you join %(organisation)s?") % {"organisation": organisation.name}
    return made(staff.email, subject, "people/mail/colleague_added.txt", context)
