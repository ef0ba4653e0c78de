from dataclasses import dataclass

from withus.accounts.models import Staff
from withus.projects.models import Organisation


@dataclass(frozen=True)
class Team:
    """Who runs the invented projects. By the door stand Priya and Jo; Sam is never on the team."""

    organisation: Organisation
    dev: Staff
    hall: Staff
    joy: Staff
    priya: Staff
