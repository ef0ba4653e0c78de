"""Who is asked to join an organisation, says yes or no themselves, and leaves it."""

from contextlib import ExitStack
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from withus.accounts import actions as accounts
from withus.accounts.models import Staff
from withus.people.entries import TeamLeft
from withus.people.models import ColleagueAsked, WayKind
from withus.post import actions as post
from withus.projects import actions as projects
from withus.projects.models import Membership, Organisation, Project, Team
from withus.projects.refused import Refused
from withus.record import log as record


class NotAskedToJoin(Refused):
    sentence = _("You are not asked to join them any more.")


A_DAY = timedelta(days=1)
"""Asked again later, they are written to again; within it, it is a second press."""


class OnlyOthers(Refused):
    sentence = _("Nobody takes away their own account. Ask somebody else who may add accounts.")


def end_account(organisation: Organisation, *, staff: Staff, by: Staff, now: datetime) -> None:
    """
    Somebody has left: they open nothing of this organisation from now on. In each project's line, one after the other. Of two who end each
    other's account at once, the first does: somebody who may add accounts is always left.
    """
    if staff == by:
        raise OnlyOthers
    theirs = Project.objects.filter(organisation=organisation, team__staff=staff).distinct()
    with transaction.atomic(), ExitStack() as lines:
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        if not Membership.objects.filter(organisation=organisation, staff=by, admin=True).exists():
            raise Refused
        logs = [lines.enter_context(record.writing(project, now=now)) for project in theirs.order_by("key")]
        places = list(Team.objects.filter(project__in=[log.project for log in logs], staff=staff).order_by("part"))
        projects.leave_organisation(organisation, staff=staff)
        for log in logs:
            for place in places:
                if place.project_id == log.project.pk:
                    log.append(TeamLeft(part=place.part), by=f"staff:{by.uid}", about=staff.uid)


def ask_colleague(
    *, organisation: Organisation, name: str, email: str, admin: bool, now: datetime
) -> tuple[Staff, bool]:
    """
    Whoever has this address is asked to join, by mail, and joins by their own press. Whether they had an account before, here or elsewhere,
    changes nothing that the asker sees. The account, and whether it is new. A member already is asked nothing.
    """
    with transaction.atomic():
        known = Staff.objects.filter(email__iexact=email.strip()).first()
        staff = known or accounts.add_staff(email=email, name=name)
        if Membership.objects.filter(organisation=organisation, staff=staff).exists():
            return staff, False
        projects.let_in(staff)
        said: dict[str, Any] = {"name": name.strip(), "email": email.strip(), "admin": admin}  # Any: fields of a row
        asked = ColleagueAsked.objects.filter(organisation=organisation, staff=staff)
        if asked.filter(**said, asked_at__gt=now - A_DAY).exists():
            return staff, False
        asked.update_or_create(organisation=organisation, staff=staff, defaults={**said, "asked_at": now})
        post.queue(
            "colleague.added",
            way=WayKind.EMAIL,
            reference={"staff": str(staff.uid), "organisation": str(organisation.uid)},
            once=f"colleague:{organisation.pk}:{staff.pk}:{now:%Y%m%d}",
            belongs_to=organisation.uid,
            run_at=now,
        )
    return staff, known is None


def answer_asked(staff: Staff, *, uid: UUID, yes: bool) -> None:
    """By whoever is asked, and nobody for them."""
    with transaction.atomic():
        rows = ColleagueAsked.objects.select_for_update().filter(staff=staff, uid=uid)
        asked = rows.select_related("organisation").first()
        if asked is None:
            raise NotAskedToJoin
        if yes:
            projects.add_member(asked.organisation, staff=staff, admin=asked.admin)
        asked.delete()
        _out_if_nowhere(staff)


def take_back_asked(organisation: Organisation, *, uid: UUID) -> None:
    """An account that was made for this, and is a member nowhere, signs in nowhere."""
    with transaction.atomic():
        asked = ColleagueAsked.objects.filter(organisation=organisation, uid=uid).select_related("staff").first()
        if asked is not None:
            staff = asked.staff
            asked.delete()
            _out_if_nowhere(staff)


def _out_if_nowhere(staff: Staff) -> None:
    if not ColleagueAsked.objects.filter(staff=staff).exists():
        projects.keep_out(staff)
