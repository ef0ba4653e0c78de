"""Scissors and paper: shapes with a slightly unsteady edge, a white cut and a soft shadow, as small SVG."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

Point = tuple[float, float]
WIDTH, HEIGHT = 400, 300


@dataclass
class Scene:
    """One picture. The seed makes it come out the same each time."""

    name: str
    ground: str
    alt: str
    seed: int
    parts: list[str] = field(default_factory=list)
    chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)  # noqa: S311 -- no secret

    def paper(
        self,
        points: Sequence[Point],
        fill: str,
        *,
        amp: float = 2.2,
        step: float = 13,
        edge: float = 0.55,
        shadow: float = 0.16,
    ) -> None:
        d = path(self.unsteady(points, amp, step))
        if shadow:
            self.raw(f'<path d="{d}" transform="translate(1.5 3)" opacity="{shadow}"/>')
        cut = f' stroke="#fff" stroke-opacity="{edge}" stroke-width="2"' if edge else ""
        self.raw(f'<path fill="{fill}"{cut} d="{d}"/>')

    def box(self, x: float, y: float, width: float, height: float, fill: str, **how: float) -> None:
        self.paper([(x, y), (x + width, y), (x + width, y + height), (x, y + height)], fill, **how)

    def disc(self, x: float, y: float, r: float, fill: str, *, ry: float | None = None, **how: float) -> None:
        n = max(10, int(r / 2) + 8)
        around = [(x + r * math.cos(at * math.tau / n), y + (ry or r) * math.sin(at * math.tau / n)) for at in range(n)]
        self.paper(around, fill, **({"amp": 0.8, "step": 40} | how))

    def hills(self, y: float, amp: float, fill: str, waves: float = 1.5, phase: float = 0, **how: float) -> None:
        top = [
            (
                x,
                y
                - amp * math.sin(phase + waves * math.tau * x / 400)
                - amp * 0.35 * math.sin(phase * 2 + waves * 5 * math.pi * x / 400),
            )
            for x in range(-10, 420, 20)
        ]
        self.paper([*top, (414, 312), (-10, 312)], fill, **({"amp": 1.8, "step": 14} | how))

    def line(self, points: Sequence[Point], colour: str, width: float = 3, amp: float = 0.8) -> None:
        d = path(self.unsteady(points, amp, 18, closed=False), closed=False)
        self.raw(
            f'<path fill="none" stroke="{colour}" stroke-width="{width:g}" stroke-linecap="round" '
            f'stroke-linejoin="round" d="{d}"/>'
        )

    def raw(self, part: str) -> None:
        self.parts.append(part)

    def unsteady(self, points: Sequence[Point], amp: float, step: float, *, closed: bool = True) -> list[Point]:
        found: list[Point] = []
        ends = [*points[1:], points[0]] if closed else points[1:]
        for (x0, y0), (x1, y1) in zip(points, ends, strict=False):
            length = math.hypot(x1 - x0, y1 - y0) or 1
            pieces = max(1, int(length / step))
            for j in range(pieces):
                t, off = j / pieces, self.chance.uniform(-amp, amp) if j else 0
                found.append(
                    (x0 + (x1 - x0) * t - (y1 - y0) / length * off, y0 + (y1 - y0) * t + (x1 - x0) / length * off)
                )
        return found if closed else [*found, points[-1]]

    def svg(self) -> str:
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"><title>{self.alt}</title>'
            f'<path fill="{self.ground}" d="M0 0h{WIDTH}v{HEIGHT}H0z"/>{"".join(self.parts)}</svg>\n'
        )


def path(points: Iterable[Point], *, closed: bool = True) -> str:
    """Whole numbers and relative steps: what keeps a picture near one kilobyte."""
    rounded = [(round(x), round(y)) for x, y in points]
    (x, y), steps = rounded[0], []
    drawn = f"M{x} {y}l"
    for nx, ny in rounded[1:]:
        steps.append(f"{nx - x} {ny - y}".replace(" -", "-"))
        x, y = nx, ny
    return drawn + " ".join(steps) + ("z" if closed else "")


def smooth(points: Sequence[Point]) -> str:
    drawn = f"M{points[0][0]:.0f} {points[0][1]:.0f}"
    for (x, y), (nx, ny) in pairwise(points[1:]):
        drawn += f"Q{x:.0f} {y:.0f} {(x + nx) / 2:.0f} {(y + ny) / 2:.0f}"
    return drawn


Draw = Callable[[], Scene]
