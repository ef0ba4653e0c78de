"""Scenes of rooms, doors and things."""

from __future__ import annotations

import math
import random

from withus.methods.cutpaper.paper import Scene, smooth


def door() -> Scene:
    s = Scene("door", "#3b2748", "A door, a little open. Warm light falls across a dark floor.", 1)
    s.paper([(-6, 226), (406, 226), (406, 306), (-6, 306)], "#2a1a35", edge=0.15)
    s.paper([(214, 226), (262, 226), (380, 306), (120, 306)], "#f7b538", edge=0, shadow=0)
    s.paper([(206, 232), (240, 232), (250, 306), (160, 306)], "#ffd98a", edge=0, shadow=0)
    s.paper([(150, 56), (268, 56), (268, 228), (150, 228)], "#ffe9b8", edge=0.5)
    s.paper([(178, 74), (264, 60), (264, 227), (178, 227)], "#ffc95c", edge=0, shadow=0)
    s.paper([(148, 50), (212, 72), (212, 244), (148, 230)], "#7a1e50", edge=0.5, shadow=0.35)
    s.paper([(160, 82), (200, 94), (200, 146), (160, 138)], "#64153f", edge=0.12, shadow=0, amp=1)
    s.paper([(160, 158), (200, 166), (200, 222), (160, 212)], "#64153f", edge=0.12, shadow=0, amp=1)
    s.disc(204, 158, 4, "#f7b538", edge=0)
    s.box(138, 42, 14, 188, "#553a63", edge=0.2)
    s.box(264, 42, 14, 186, "#553a63", edge=0.2)
    s.box(134, 36, 148, 16, "#5f436d", edge=0.2)
    return s


def seat() -> Scene:
    s = Scene("seat", "#e9d9c4", "A round table from above. Five people sit there. One seat is empty.", 4)
    s.disc(200, 152, 78, "#a5673f", amp=1.2)
    s.disc(200, 150, 70, "#bd7d50", edge=0.25, shadow=0)
    colours = ["#7a1e50", "", "#1d5379", "#1f6245", "#c5502f", "#5b4a86"]
    for at, colour in enumerate(colours):
        turn = -math.pi / 2 + at * math.pi / 3
        x, y = 200 + 116 * math.cos(turn), 150 + 110 * math.sin(turn)
        if colour:
            s.disc(x, y, 27, colour, ry=22, edge=0.4)
            s.disc(x, y, 14, "#3a2a2a" if at % 2 else "#6b4a32", edge=0.25)
        else:
            s.disc(x, y, 24, "#fff7e2", edge=0.9)
            s.raw(
                f'<circle cx="{x:.0f}" cy="{y:.0f}" r="16" fill="none" stroke="#8d7a5e" '
                'stroke-width="2.5" stroke-dasharray="5 5"/>'
            )
    for x, y, colour in [(176, 122, "#fffaf0"), (222, 172, "#cfe3e6"), (168, 176, "#ffe79a")]:
        s.paper([(x - 16, y - 10), (x + 14, y - 14), (x + 18, y + 8), (x - 12, y + 12)], colour, amp=0.6)
    return s


def tangle() -> Scene:
    s = Scene("tangle", "#f0c465", "A big tangle of red thread. One end hangs loose.", 5)
    chance = random.Random(21)  # noqa: S311 -- no secret
    points = []
    for i in range(110):
        turn, r = i * 0.47, 58 + 34 * math.sin(i * 0.83) + chance.uniform(-10, 10)
        points.append((184 + r * 1.15 * math.cos(turn), 140 + r * 0.92 * math.sin(turn * 1.07)))
    points += [(262, 190), (290, 220), (300, 246), (330, 252), (366, 236), (410, 250)]
    thread = smooth(points)
    s.paper([(40, 30), (350, 22), (364, 268), (30, 276)], "#f7d488", edge=0.5)
    s.raw(f'<path id="t" fill="none" stroke="#9c1f2e" stroke-width="4" stroke-linecap="round" d="{thread}"/>')
    return s


def stairs() -> Scene:
    s = Scene("stairs", "#d8d3e6", "A long, steep staircase. A small bright doorway at the top.", 9)
    s.box(286, 26, 50, 66, "#fff3c9", edge=0.8)
    s.box(294, 34, 34, 58, "#f7b538", edge=0.2, shadow=0, amp=0.8)
    for i in range(10):
        x, y, grey = 270 - i * 28, 90 + i * 22, 150 - i * 9
        fill = f"#{grey - 22:02x}{grey - 40:02x}{grey + 6:02x}"
        s.paper([(x, y), (410, y - 1), (410, 310), (x - 4, 310)], fill, edge=0.5, amp=1, step=22, shadow=0.2)
    s.paper([(22, 268), (32, 262), (40, 270), (42, 300), (20, 300)], "#7a1e50", edge=0.4, amp=0.5)
    s.disc(31, 254, 9, "#6b4a32", edge=0.4)
    return s


def window() -> Scene:
    s = Scene("window", "#232a44", "A block of flats at night. Just one window is lit.", 12)
    s.raw('<circle cx="338" cy="58" r="24" fill="#f4ecd2"/><circle cx="328" cy="52" r="22" fill="#232a44"/>')
    s.box(-8, 170, 68, 140, "#2c3453", edge=0.2)
    s.box(300, 140, 108, 170, "#2c3453", edge=0.2)
    s.box(78, 40, 212, 270, "#3a3f63", edge=0.35, shadow=0.4)
    for row in range(5):
        for column in range(5):
            lit = (row, column) == (2, 3)
            x, y = 98 + column * 37, 60 + row * 46
            s.box(x, y, 23, 30, "#ffd064" if lit else "#262b47", edge=0.5 if lit else 0.12, shadow=0, amp=0.8)
    s.raw('<path d="M219 182v-7q4-6 8 0v7z" fill="#6b3a2a"/><circle cx="223" cy="169" r="4" fill="#6b3a2a"/>')
    s.hills(290, 3, "#1a2038", 1.4, 0.2)
    return s


def mug() -> Scene:
    s = Scene("mug", "#e3c7a8", "Two hands hold a warm mug. Steam rises from it.", 13)
    s.hills(236, 3, "#a5673f", 1.2, 0.4)
    for x, bend in [(166, 16), (200, -18), (234, 16)]:
        steam = smooth([(x, 106), (x + bend, 84), (x, 62), (x - bend, 40), (x, 20), (x, 14)])
        s.raw(f'<path fill="none" stroke="#fff7ea" stroke-width="7" stroke-linecap="round" d="{steam}"/>')
    s.paper([(132, 114), (268, 114), (262, 246), (140, 246)], "#1d5379", edge=0.6, shadow=0.3)
    s.disc(200, 115, 68, "#4b2f22", ry=13, edge=0.7, shadow=0)
    arm = [(-8, 232), (72, 170), (120, 142), (156, 148), (178, 160), (174, 172), (140, 168)]
    fingers = [(184, 184), (180, 198), (140, 190), (176, 208), (170, 222), (134, 212), (96, 250), (-8, 310)]
    left = [*arm, *fingers]
    for hand in (left, [(400 - x, y + 3) for x, y in left]):
        s.paper(hand, "#8a5a3c", edge=0.5, amp=1)
    return s


def chairs() -> Scene:
    s = Scene("chairs", "#cfe0d2", "Two chairs face each other. Nobody sits there yet.", 14)
    s.paper([(-8, 214), (408, 206), (408, 310), (-8, 310)], "#8fae98", edge=0.4)
    s.disc(200, 262, 150, "#e9d9c4", ry=26, edge=0.5, shadow=0.1)
    for side, leg, cloth in [(-1, "#7a1e50", "#932c64"), (1, "#c07a12", "#f7b538")]:
        parts = [
            (leg, [(150, 90), (134, 88), (124, 260), (138, 262)]),
            (cloth, [(152, 96), (126, 94), (122, 152), (142, 156)]),
            (cloth, [(142, 184), (56, 184), (50, 202), (140, 204)]),
            (leg, [(68, 200), (58, 200), (54, 268), (64, 270)]),
        ]
        for colour, points in parts:
            s.paper([(200 + side * x, y) for x, y in points], colour, amp=1, edge=0.5)
    s.disc(200, 66, 26, "#fff1cf", edge=0.6)
    s.line([(200, 0), (200, 42)], "#3d3733", 3, 0.2)
    return s


def letterbox() -> Scene:
    s = Scene("letterbox", "#b9cfd8", "Letters stick out of a full red letter box. One lies on the ground.", 15)
    s.hills(248, 4, "#7f9a86", 1.3, 0.6)
    s.box(140, 84, 120, 190, "#b5402c", edge=0.5, shadow=0.3)
    s.paper([(130, 92), (136, 62), (166, 44), (234, 44), (264, 62), (270, 92)], "#98301f", edge=0.5)
    for x, y, tilt, colour in [(158, 84, -14, "#fffaf0"), (186, 78, 4, "#ffe79a"), (214, 82, 18, "#fffaf0")]:
        s.paper(
            [(x - 16 + tilt, y), (x + 22 + tilt, y + 4), (x + 22, y + 46), (x - 14, y + 44)], colour, edge=0.8, amp=0.8
        )
    s.box(154, 122, 92, 12, "#4a1109", edge=0.2, shadow=0, amp=0.8)
    s.box(168, 156, 64, 44, "#fff7ea", edge=0.3, amp=0.8)
    s.line([(178, 172), (222, 172)], "#98301f", 3, 0.3)
    s.line([(178, 184), (210, 184)], "#98301f", 3, 0.3)
    s.paper([(286, 258), (346, 250), (354, 280), (294, 288)], "#fffaf0", edge=0.9, amp=0.8)
    s.line([(288, 260), (322, 272), (346, 252)], "#8d7a5e", 2, 0.3)
    return s
