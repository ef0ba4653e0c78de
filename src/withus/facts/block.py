"""One block of a workshop's plan."""

from dataclasses import dataclass
from datetime import time
from typing import Annotated

from withus.facts.field import Minutes, Texts
from withus.facts.words import BlockKind


@dataclass(frozen=True, slots=True)
class Block:
    starts: Annotated[time | None, "When it starts"] = None
    minutes: Annotated[Minutes | None, "How long it takes"] = None
    kind: Annotated[BlockKind | None, "What kind of time it is"] = None
    method: Annotated[str | None, "The id of the method used"] = None
    about: Annotated[Texts | None, "Ids of the decisions that this block asks about"] = None
    dropped: Annotated[bool | None, "Whether it was left out on the day; left out here: it was not"] = None
    note: Annotated[str | None, "What is really done"] = None
