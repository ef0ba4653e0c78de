"""Who may be named under an answer, and whether their name still stands there."""

from withus.loop.models import AnswerVersion
from withus.loop.models_of_answers import MayName
from withus.people.called import name_of
from withus.projects.access import runs
from withus.projects.models import Project


def name_under(version: AnswerVersion | None) -> str:
    """Empty once they took their yes back, left the team, or take everything back."""
    return called_under(version.named) if version is not None and version.named is not None else ""


def called_under(yes: MayName) -> str:
    if yes.staff is not None:
        return yes.staff.name if yes.staff.is_active and runs(yes.staff, yes.project) else ""
    person = yes.person
    if person is None or not person.co_lead or person.erased_at or person.erasing_at:
        return ""
    return name_of(person)


def who_may_be_named(project: Project) -> list[tuple[MayName, str]]:
    rows = MayName.objects.filter(project=project).select_related("staff", "person__name", "project").order_by("pk")
    return [(one, name) for one in rows if (name := called_under(one))]
