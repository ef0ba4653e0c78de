"""A verdict as Markdown, for a page, a ticket or the minutes of a meeting."""

import re
from collections.abc import Iterator, Mapping

from withus.facts.bad_file import visible
from withus.facts.project import Project
from withus.traps.catalogue import TRAPS
from withus.traps.judge import Verdict
from withus.traps.report import in_order, not_known, nothing_seen
from withus.traps.rule import Finding

_MEANS_SOMETHING = re.compile(r"([\\`*_{}\[\]<>#|~&])")


def markdown(project: Project, verdict: Verdict, *, explained: Mapping[str, str]) -> str:
    parts = [f"# {plain(project.title)}", f"As of {project.today.isoformat()}."]
    for trap, (_folder, title) in TRAPS.items():
        found = in_order(verdict.of_trap(trap))
        unknown = verdict.unknown_of_trap(trap)
        parts.append(f"## Trap {trap}: {title}")
        for each in found:
            parts += _finding(each, explained.get(each.rule))
        if not found:
            parts.append(nothing_seen(unknown))
        elif unknown:
            parts.append(not_known(unknown))
    if verdict.cannot_tell:
        parts.append("## Not known")
        parts.append("\n".join(f"- {each.rule}: {plain(', '.join(each.missing))}" for each in verdict.cannot_tell))
    return "\n\n".join(parts) + "\n"


def _finding(found: Finding, reason: str | None) -> Iterator[str]:
    yield f"### {found.level.value} {found.rule} {found.name} ({plain(found.where)})"
    yield plain(found.said)
    yield "\n".join(f"- {plain(way)}" for way in found.ways_out)
    if reason is not None:
        yield f"Explained: {plain(reason)}"


def plain(words: str) -> str:
    """Words of a file stay words: no heading, picture or link is made of them."""
    return _MEANS_SOMETHING.sub(r"\\\1", visible(" ".join(words.split())))
