"""Which ways people are asked about here: text messages only where this installation can send them."""

from withus.people.models import WayKind
from withus.post.ways import carried


def ways() -> list[tuple[str, str]]:
    return [(kind, str(label)) for kind, label in WayKind.choices if kind != WayKind.SMS or kind in carried()]
