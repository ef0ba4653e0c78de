from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from withus import stream
from withus.accounts.models import Staff
from withus.projects.models import Membership, Organisation, Part, Project, Team
from withus.projects.refused import Refused


class NoName(Refused):
    sentence = _("Give it a name, so that people know what it is about.")


class LastFacilitator(Refused):
    sentence = _("Somebody has to run it. Put another facilitator on the team first.")


def _free(base: str, taken: set[str]) -> str:
    """`base`, or base-2, base-3 and so on: the first that is not taken."""
    base = base[:50] or "project"
    name, number = base, 1
    while name in taken:
        number += 1
        name = f"{base}-{number}"
    return name


def add_organisation(*, name: str, admin: Staff, telephone: str = "", lasting_address: str = "") -> Organisation:
    """Make an organisation and its first member, who is its admin."""
    if not name.strip():
        raise NoName
    with transaction.atomic():
        key = _free(slugify(name), set(Organisation.objects.values_list("key", flat=True)))
        organisation = Organisation.objects.create(
            name=name.strip(), key=key, telephone=telephone, lasting_address=lasting_address
        )
        Membership.objects.create(organisation=organisation, staff=admin, admin=True)
    return organisation


def change_organisation(organisation: Organisation, *, telephone: str, lasting_address: str) -> Organisation:
    organisation.telephone, organisation.lasting_address = telephone.strip(), lasting_address.strip()
    organisation.save(update_fields=["telephone", "lasting_address"])
    return organisation


def add_member(organisation: Organisation, *, staff: Staff, admin: bool = False) -> Membership:
    """Whoever had left everywhere may sign in again."""
    membership, _made = Membership.objects.get_or_create(
        organisation=organisation, staff=staff, defaults={"admin": admin}
    )
    let_in(staff)
    return membership


def let_in(staff: Staff) -> None:
    """Whoever is a member, or is asked to be one, may sign in."""
    if not staff.is_active:
        staff.is_active = True
        staff.save(update_fields=["is_active"])


def keep_out(staff: Staff) -> None:
    """An account that is a member nowhere signs in nowhere."""
    if not Membership.objects.filter(staff=staff).exists():
        Staff.objects.filter(pk=staff.pk).update(is_active=False)


def add_project(  # the record begins with it: charter.actions.begin is the door that pages use
    organisation: Organisation,
    *,
    title: str,
    zone: str,
    language: str,
    by: Staff,
    now: datetime,
    is_example: bool = False,
) -> Project:
    """The bare project, with its maker on the team. Its address is its title, with a number where that is taken."""
    title = " ".join(title.split())
    if not title:
        raise NoName
    base = slugify(title)
    for _attempt in range(5):
        address = _free(
            base, set(Project.objects.filter(address__startswith=base[:50]).values_list("address", flat=True))
        )
        try:
            with transaction.atomic():
                project = Project.objects.create(
                    organisation=organisation,
                    key=address,
                    address=address,
                    title=title,
                    zone=zone,
                    language=language,
                    made_at=now,
                    is_example=is_example,
                )
                Team.objects.create(project=project, staff=by, part=Part.FACILITATOR)
            return project
        except IntegrityError:
            continue
    raise Refused(_("Somebody made a project with the same name just now. Please try again."))


def join_team(project: Project, *, staff: Staff, part: str) -> Team:
    place, _made = Team.objects.get_or_create(project=project, staff=staff, part=part)
    return place


def leave_organisation(organisation: Organisation, *, staff: Staff) -> None:
    """
    Off every team of this organisation's projects, and no member any more: all of it or nothing, since no project is left without somebody
    who runs it. An account that is a member nowhere signs in nowhere. Called by the stage whose page it is, inside its own writings.
    """
    for place in Team.objects.filter(project__organisation=organisation, staff=staff).select_related("project"):
        try:
            leave_team(place.project, staff=staff, part=place.part)
        except LastFacilitator:
            said = {"title": place.project.title}
            raise LastFacilitator(
                gettext("Nobody else runs “%(title)s”. Its facilitators put somebody on the team first.") % said
            ) from None
    Membership.objects.filter(organisation=organisation, staff=staff).delete()
    keep_out(staff)


def leave_team(project: Project, *, staff: Staff, part: str) -> None:
    """
    The last facilitator stays: a project that nobody can open answers nobody. Every open stream of the project ends, and who still may
    hear it opens it again. Called by the stage whose page it is, inside its own writing.
    """
    others = Team.objects.filter(project=project, part=Part.FACILITATOR).exclude(staff=staff)
    if part == Part.FACILITATOR and not others.exists():
        raise LastFacilitator
    if Team.objects.filter(project=project, staff=staff, part=part).delete()[0]:
        _end_streams(project)


def set_state(project: Project, *, state: str, now: datetime) -> Project:
    """Called by the stage that knows why, inside its own writing."""
    project.state = state
    project.closed_at = now if state == "closed" else None
    project.save(update_fields=["state", "closed_at"])
    return project


def move(project: Project, *, organisation: Organisation, to: Staff) -> list[Team]:
    """
    Into other hands, inside the writing of the stage that knows why. Its address stays: slips in drawers carry it. Co-leads stay; all
    others of the old team leave, and every open stream of theirs ends. Says who left.
    """
    taken = set(Project.objects.filter(organisation=organisation).exclude(pk=project.pk).values_list("key", flat=True))
    project.organisation, project.key = organisation, _free(project.key, taken)
    project.save(update_fields=["organisation", "key"])
    _end_streams(project)
    leave = Team.objects.filter(project=project).exclude(part=Part.CO_LEAD).exclude(staff=to, part=Part.FACILITATOR)
    left = list(leave.select_related("staff").order_by("pk"))
    leave.delete()
    Team.objects.get_or_create(project=project, staff=to, part=Part.FACILITATOR)
    return left


def _end_streams(project: Project) -> None:
    """Within a second nobody hears this project any more by a page that is open; who still may opens it anew by itself."""
    number = Project.objects.values_list("stream_number", flat=True).get(pk=project.pk) + 1
    project.stream_number = number
    project.save(update_fields=["stream_number"])
    transaction.on_commit(lambda: stream.revoke(project.uid, number))


def set_address(project: Project, *, address: str) -> Project:
    """Another short address, if nobody has it."""
    if address != project.address and not Project.objects.filter(address=address).exists():
        project.address = address
        project.save(update_fields=["address"])
    return project


def attribute(project: Project, *, attribution: str) -> Project:
    """Say on the project's page whose words were imported, and under which licence."""
    project.attribution = attribution.strip()
    project.save(update_fields=["attribution"])
    return project
