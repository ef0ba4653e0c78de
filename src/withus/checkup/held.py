"""What people do in the parts of a plan, and what the team noted when a workshop was over."""

from collections.abc import Mapping

from withus.facts import method as method_facts
from withus.facts import workshop as facts
from withus.facts.words import BlockKind, Wandering
from withus.live.models import Afterwards, Running
from withus.plan.models import Block
from withus.projects import day
from withus.projects.models import Project
from withus.table.models import Workshop, WorkshopState


def method_id(block: Block) -> str | None:
    """Each part has its own way of doing it; None where nothing is said of it."""
    return f"m{block.pk}" if block.method or block.making else None


def methods_of(blocks: Mapping[int, list[Block]]) -> tuple[method_facts.Method, ...]:
    return tuple(_method(block, name) for rows in blocks.values() for block in rows if (name := method_id(block)))


def _method(block: Block, name: str) -> method_facts.Method:
    """What was left empty is not known. That there is no other way to join in is said by a list that is there and empty."""
    making = block.making
    return method_facts.Method(
        id=name,
        name=block.method or None,
        stimuli=tuple(making["stimuli"]) if making.get("stimuli") else None,
        output=making.get("leaves") or None,
        requires=tuple(making["requires"]) if making.get("requires") else None,
        adaptations=tuple(making["adaptations"]) if "adaptations" in making else None,
    )


def live_of(workshop: Workshop, project: Project) -> facts.Live | None:
    """What really happened; None while it has not been held."""
    if workshop.state != WorkshopState.ENDED or workshop.ended_at is None:
        return None
    running: Running | None = getattr(workshop, "running", None)
    noted: Afterwards | None = getattr(workshop, "afterwards", None)
    ended = day.local(project, workshop.ended_at).time().replace(second=0, microsecond=0, tzinfo=None)
    return facts.Live(
        ended=ended,
        wandering=_wandering(running, noted),
        incidents=tuple(filter(None, map(str.strip, noted.incidents.splitlines()))) or None if noted else None,
        speaking=_speaking(noted),
        pulse=_pulse(noted),
        actual_minutes={BlockKind(kind): int(count) for kind, count in noted.minutes.items()} or None
        if noted
        else None,
    )


def _wandering(running: Running | None, noted: Afterwards | None) -> Wandering | None:
    """Who left the plan followed the talk, whatever is noted later."""
    if running is not None and running.scrapped_at is not None:
        return Wandering.FOLLOWED
    return Wandering(noted.wandering) if noted and noted.wandering else None


def _speaking(noted: Afterwards | None) -> facts.Speaking | None:
    if noted is None or noted.speaking_lived is None:
        return None
    return facts.Speaking(lived=noted.speaking_lived / 100)


def _pulse(noted: Afterwards | None) -> facts.Pulse | None:
    """Of all cards together. Those of members are never counted apart: in a small room that would say who they are."""
    if noted is None or not noted.pulse:
        return None
    cards = noted.pulse
    return facts.Pulse(
        asked=cards.get("asked"),
        could_say=cards.get("could_say"),
        felt_decided=cards.get("felt_decided"),
        know_next=cards.get("know_next"),
    )
