"""Drawings: strokes on a sheet of 400 x 320, checked when they come in and drawn by us. Pure."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

PENS = {"ink": "#231a2c", "plum": "#7a1e50", "amber": "#a86200", "blue": "#184b6f"}
MOST_STROKES = 2000
MOST_POINTS = 60_000
MOST_TEXT = 600_000


class NotADrawing(ValueError):
    """Something that no drawing sheet of ours has sent."""


@dataclass(frozen=True)
class Stroke:
    pen: str
    points: tuple[float, ...]


@dataclass(frozen=True)
class Drawing:
    strokes: tuple[Stroke, ...]
    width: ClassVar[int] = 400
    height: ClassVar[int] = 320

    def as_json(self) -> list[dict[str, Any]]:  # Any: JSON
        return [{"pen": stroke.pen, "points": list(stroke.points)} for stroke in self.strokes]

    def svg(self) -> str:
        """A picture of its own: colours as attributes, no style, no script, nothing that came from outside but numbers."""
        paths = "".join(f'<path d="{_path(stroke.points)}" stroke="{PENS[stroke.pen]}"/>' for stroke in self.strokes)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}" width="{self.width}" '
            f'height="{self.height}"><rect width="{self.width}" height="{self.height}" fill="#fff"/>'
            f'<g fill="none" stroke-width="4" stroke-linecap="round" stroke-linejoin="round">{paths}</g></svg>'
        )


def read_strokes(text: str) -> Drawing:
    """Raises `NotADrawing` for anything that is not a list of {pen, points} within the sheet's bounds."""
    if not text.strip():
        return Drawing(())
    if len(text) > MOST_TEXT:
        raise NotADrawing("too large")
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError) as trouble:
        raise NotADrawing("no JSON") from trouble
    if not isinstance(raw, list) or len(raw) > MOST_STROKES:
        raise NotADrawing("no list of strokes")
    strokes = tuple(_stroke(one) for one in raw)
    if sum(len(stroke.points) for stroke in strokes) > MOST_POINTS:
        raise NotADrawing("too many points")
    return Drawing(tuple(stroke for stroke in strokes if stroke.points))


def _stroke(raw: object) -> Stroke:
    if not isinstance(raw, dict) or raw.get("pen") not in PENS or not isinstance(raw.get("points"), list):
        raise NotADrawing("no stroke")
    points = tuple(_points(raw["points"]))
    if len(points) % 2:
        raise NotADrawing("half a point")
    return Stroke(raw["pen"], points)


def _points(raw: list[object]) -> Iterator[float]:
    for value in raw:
        if isinstance(value, bool) or not isinstance(value, int | float) or not -1000 <= value <= 2000:
            raise NotADrawing("a point off the sheet")
        yield round(float(value), 1)


def _path(points: tuple[float, ...]) -> str:
    pairs = list(zip(points[::2], points[1::2], strict=True))
    first, rest = pairs[0], pairs[1:] or [pairs[0]]
    return f"M{first[0]:g} {first[1]:g}" + "".join(f"L{x:g} {y:g}" for x, y in rest)
