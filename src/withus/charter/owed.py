"""
What waits for the team of each project, said on their list of projects. Promises, cards and workshops are known further up, so who
tells of them is bound in site/wiring.py, as the judge is.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from withus.projects.models import Project


@dataclass(frozen=True)
class Owed:
    """`late` promises are past their day, `past` cards have no answer though their day has passed, `waiting` have none yet."""

    late: int = 0
    past: int = 0
    waiting: int = 0
    open_now: UUID | None = None


Teller = Callable[[Sequence[Project], datetime], Mapping[int, Owed]]
_teller: list[Teller] = []


def bind(teller: Teller) -> None:
    _teller[:] = [teller]


def owed(projects: Sequence[Project], *, now: datetime) -> Mapping[int, Owed]:
    """By the project's key; nothing for a project in which nothing waits."""
    return _teller[0](projects, now)
