"""Draws the starter deck anew, into the folder of its `deck.toml`."""

from __future__ import annotations

from withus.methods.cutpaper import indoors, outdoors
from withus.methods.cutpaper.paper import Draw
from withus.methods.deck import STARTER

INDOORS: tuple[Draw, ...] = (
    indoors.door, indoors.seat, indoors.tangle, indoors.stairs, indoors.window, indoors.mug, indoors.chairs, indoors.letterbox,
)  # fmt: skip
OUTDOORS: tuple[Draw, ...] = (
    outdoors.boat, outdoors.fork, outdoors.birds, outdoors.umbrella, outdoors.light, outdoors.seedling, outdoors.bridge,
    outdoors.gate, outdoors.kite, outdoors.storm, outdoors.campfire, outdoors.busstop,
)  # fmt: skip


def drawn() -> dict[str, str]:
    """File name to picture."""
    scenes = [draw() for draw in (*INDOORS, *OUTDOORS)]
    return {f"{scene.name}.svg": scene.svg() for scene in scenes}


if __name__ == "__main__":
    for name, picture in drawn().items():
        (STARTER / name).write_text(picture, encoding="utf-8")
