"""
Who is there to listen in a project owes no answers in it: people must be able to tell them what is wrong with an answer. Nobody is held
up by it; whoever writes, decides or is named is told so.
"""

import re
from collections.abc import Iterator

from withus.accounts.models import Staff
from withus.live.models import Duty, Running
from withus.loop.models import AnswerVersion
from withus.loop.named import name_under
from withus.projects.access import parts_of
from withus.projects.models import Part, Project


def listens(staff: Staff, project: Project) -> bool:
    """As their part of the team says, or by name for some hours or in a workshop, whenever that was."""
    if Part.SAFEGUARDING in parts_of(staff, project):
        return True
    return any(_is_in(staff.name, who) for who in _on_duty(project))


def owe_and_listen(version: AnswerVersion, *, by: Staff) -> list[str]:
    """Of those who owe this answer, or let it out, the ones who are there to listen; each once."""
    project = version.answer.project
    named = name_under(version)
    worker = version.named.staff if version.named is not None else None
    found = [by.name] if listens(by, project) else []
    if worker is not None and named and listens(worker, project):
        found.append(named)
    on_duty = list(_on_duty(project))
    found += [named for who in on_duty if _is_in(named, who)]
    if version.decided_by:
        found += [name for who in on_duty if _is_in(name := _name_in(who), version.decided_by)]
    return list(dict.fromkeys(found))


def _on_duty(project: Project) -> Iterator[str]:
    yield from Duty.objects.filter(project=project).values_list("who", flat=True)
    yield from Running.objects.filter(workshop__project=project).exclude(on_duty="").values_list("on_duty", flat=True)


def _name_in(who: str) -> str:
    """“Priya, 01632 960 123” is Priya."""
    return re.split(r"[,;:(/]|\s[-\u2013\u2014]\s|\s\+?\d", who)[0].strip()


def _is_in(name: str, words: str) -> bool:
    return bool(name) and re.search(rf"\b{re.escape(name)}\b", words) is not None
