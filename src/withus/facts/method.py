"""A creative method, as far as the checker needs to know it."""

from dataclasses import dataclass
from typing import Annotated

from withus.facts.field import Id, Texts


@dataclass(frozen=True, slots=True)
class Method:
    id: Annotated[Id, "A short name, used by the blocks of a plan"]
    name: Annotated[str | None, "Its name"] = None
    stimuli: Annotated[Texts | None, "Images, drawing, movement, object, map, cards, story, writing, touch ..."] = None
    output: Annotated[str | None, "What each person leaves behind"] = None
    requires: Annotated[Texts | None, "Abilities needed without adaptation"] = None
    adaptations: Annotated[Texts | None, "What is booked so that people without them can join in"] = None
