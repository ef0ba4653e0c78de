"""Every rule on one project. Nothing is added up: there is no score."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from withus.facts.project import Project
from withus.traps.catalogue import Entry, catalogue
from withus.traps.rule import CannotTell, Finding


@dataclass(frozen=True, slots=True)
class Verdict:
    findings: tuple[Finding, ...]
    cannot_tell: tuple[CannotTell, ...]

    def of_trap(self, trap: int) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if each.trap == trap)

    def unknown_of_trap(self, trap: int) -> int:
        """How many facts are not known that the rules of this trap ask for; one that two rules ask for counts once."""
        return len({fact for each in self.cannot_tell if each.trap == trap for fact in each.missing})

    # Any: JSON.
    def as_dict(self) -> dict[str, Any]:
        return {
            "findings": [each.as_dict() for each in self.findings],
            "cannot_tell": [each.as_dict() for each in self.cannot_tell],
        }


def judge(project: Project, entries: Iterable[Entry] | None = None) -> Verdict:
    """One finding a rule and place at most, the worst of them; missing facts are gathered by rule."""
    found: dict[tuple[str, str], Finding] = {}
    missing: dict[str, set[str]] = {}
    for entry in catalogue().values() if entries is None else entries:
        for each in entry.check(project):
            if isinstance(each, CannotTell):
                missing.setdefault(each.rule, set()).update(each.missing)
                continue
            held = found.get((each.rule, each.where))
            if held is None or _worse(each, held):
                found[each.rule, each.where] = each
    return Verdict(
        findings=tuple(found[key] for key in sorted(found)),
        cannot_tell=tuple(CannotTell(rule, tuple(sorted(missing[rule]))) for rule in sorted(missing)),
    )


def _worse(one: Finding, other: Finding) -> bool:
    return (one.level.weight, one.said) > (other.level.weight, other.said)
