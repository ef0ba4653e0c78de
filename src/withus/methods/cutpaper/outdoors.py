"""Scenes of weather, ways and water."""

from __future__ import annotations

import math

from withus.methods.cutpaper.paper import Scene


def boat() -> Scene:
    s = Scene("boat", "#cfe3e6", "One small boat on a wide sea, with big waves in front.", 2)
    s.disc(300, 84, 40, "#fbe6b0")
    s.hills(150, 6, "#8fbcc4", 2.2, 0.4)
    s.hills(176, 10, "#5d98a6", 1.6, 2)
    s.paper([(150, 166), (232, 166), (216, 190), (166, 190)], "#b5402c")
    s.line([(190, 166), (190, 104)], "#3a2a2a", 3, 0.3)
    s.paper([(194, 106), (194, 158), (232, 158)], "#fffaf0", edge=0.3)
    s.paper([(186, 114), (186, 158), (160, 158)], "#f7e2c4", edge=0.3)
    s.hills(206, 15, "#2f7285", 1.9, 0.2)
    s.hills(240, 20, "#1d5670", 1.5, 2.6)
    s.hills(276, 12, "#123d55", 2.1, 1)
    return s


def fork() -> Scene:
    s = Scene("fork", "#f3e3c3", "A path splits in two. One way goes to the woods, one to the hills.", 3)
    s.disc(86, 70, 30, "#f7b538", edge=0.4)
    s.hills(140, 20, "#b8cfa0", 1, 1.2)
    s.hills(168, 16, "#8db37c", 1.3, 3.6)
    s.hills(196, 8, "#5f9163", 0.8, 0.3)
    way = [(150, 306), (256, 306), (222, 240), (262, 212), (330, 190), (342, 184), (322, 180), (240, 196), (204, 218)]
    s.paper([*way, (176, 196), (120, 176), (100, 176), (110, 184), (150, 204), (182, 240)], "#f6ead2", amp=1.6)
    for x, y, h in [(34, 196, 84), (66, 186, 64), (92, 180, 46), (12, 214, 96)]:
        s.line([(x, y), (x, y - h * 0.4)], "#4b3527", 5, 0.4)
        fill = ["#1f5a43", "#2c6e50", "#3b7f5b"][h % 3]
        s.paper([(x - h * 0.28, y - h * 0.25), (x, y - h), (x + h * 0.28, y - h * 0.25)], fill, amp=2)
    s.hills(292, 8, "#3f7350", 1.2, 2)
    return s


def birds() -> Scene:
    s = Scene("birds", "#f6c9b4", "Four birds sit close on a wire. One bird sits far away.", 6)
    s.disc(318, 206, 60, "#f59f6c", edge=0.3)
    s.hills(250, 10, "#a8556a", 1.2, 0.6)
    s.hills(274, 12, "#6d2f55", 1.7, 2)
    s.line([(-5, 128), (200, 150), (405, 132)], "#2a1a35", 3, 0.2)
    body = [(-15, -22), (-6, -30), (5, -26), (12, -10), (24, 12), (8, -1), (-4, 0), (-13, -10)]
    beak = [(-15, -23), (-24, -19), (-14, -17)]
    flock = [(34, 133, "#3a2350", -1), (86, 138, "#472a5e", 1), (134, 144, "#3a2350", -1), (186, 149, "#523468", 1)]
    for x, y, colour, side in [*flock, (344, 138, "#7a1e50", -1)]:
        s.paper([(x + a * side * 1.5, y + b * 1.5) for a, b in body], colour, amp=0.5, step=9, edge=0.35)
        s.paper([(x + a * side * 1.5, y + b * 1.5) for a, b in beak], "#f7b538", amp=0.2, edge=0, shadow=0)
        s.raw(f'<circle cx="{x - 13.5 * side:.0f}" cy="{y - 34.5:.0f}" r="2.4" fill="#fff"/>')
    return s


def umbrella() -> Scene:
    s = Scene("umbrella", "#7c93a3", "Heavy rain. Two people share one yellow umbrella.", 7)
    s.hills(262, 5, "#4d6473", 1.2, 0.4)
    drops = "".join(f"M{s.chance.randint(-10, 400)} {s.chance.randint(-10, 250)}l-7 22" for _ in range(46))
    s.raw(f'<path stroke="#dfe9ef" stroke-width="2" stroke-opacity=".55" d="{drops}"/>')
    s.paper([(158, 190), (176, 176), (192, 190), (196, 272), (154, 272)], "#7a1e50", edge=0.35)
    s.paper([(204, 196), (220, 184), (238, 196), (242, 272), (202, 272)], "#22485f", edge=0.35)
    s.disc(175, 166, 14, "#8a5a3c", edge=0.3)
    s.disc(221, 174, 14, "#d9a47c", edge=0.3)
    s.line([(199, 96), (199, 222)], "#2b2430", 4, 0.3)
    top = [(96, 150), (110, 112), (142, 84), (198, 68), (254, 84), (288, 112), (302, 150), (270, 140), (236, 152)]
    s.paper([*top, (198, 140), (162, 152), (128, 140)], "#f7b538", edge=0.6, shadow=0.28)
    s.paper([(162, 152), (180, 96), (198, 68), (216, 96), (236, 152), (198, 140)], "#ffcf6e", edge=0, shadow=0)
    s.hills(286, 3, "#3d525f", 2, 0.2)
    return s


def light() -> Scene:
    s = Scene("light", "#1c2a4a", "A lighthouse at night. Its light reaches over a dark sea.", 8)
    s.paper([(262, 84), (-10, 20), (-10, 150)], "#f9dd94", edge=0, shadow=0, amp=1)
    s.paper([(262, 84), (-10, 58), (-10, 110)], "#fff0c0", edge=0, shadow=0, amp=1)
    for x, y in [(340, 40), (376, 92), (220, 24), (300, 22), (356, 140), (180, 170), (60, 180)]:
        s.raw(f'<circle cx="{x}" cy="{y}" r="1.8" fill="#fff3cf"/>')
    s.hills(216, 7, "#23406a", 2, 0.4)
    s.paper([(230, 262), (244, 222), (300, 214), (346, 236), (364, 272)], "#40344f", amp=4)
    s.paper([(254, 104), (284, 104), (294, 224), (244, 224)], "#fff7ea", edge=0.2)
    for y0, y1, x0, x1 in [(124, 146, 257, 282), (170, 194, 252, 287)]:
        s.paper([(x0 - 1, y0), (x1, y0), (x1 + 3, y1), (x0 - 3, y1)], "#b5402c", edge=0, shadow=0, amp=0.8)
    s.box(250, 96, 38, 10, "#2a1a35", edge=0.2)
    s.box(257, 74, 24, 22, "#ffe28f", edge=0.2, amp=0.6)
    s.paper([(252, 76), (269, 56), (286, 76)], "#b5402c", edge=0.3, amp=0.6)
    s.hills(250, 10, "#18315a", 1.7, 2.4)
    s.hills(278, 9, "#0f2140", 2.2, 0.8)
    return s


def seedling() -> Scene:
    s = Scene("seedling", "#c9c4bd", "A small green plant grows through a crack in the pavement.", 10)
    stones = [(-10, 176, 150, 70, "#a59f98"), (146, 170, 130, 78, "#9a948e"), (284, 178, 130, 66, "#a8a29b")]
    for x, y, w, h, colour in [*stones, (-10, 252, 210, 60, "#938d87"), (208, 252, 210, 60, "#8b857f")]:
        s.paper([(x, y), (x + w, y + 2), (x + w - 2, y + h), (x + 1, y + h - 2)], colour, edge=0.45, amp=2)
    s.line([(206, 252), (196, 230), (208, 214), (200, 196), (206, 172)], "#3d3733", 6, 2)
    s.line([(203, 236), (202, 180), (206, 120)], "#2c6e3f", 6, 0.6)
    s.paper([(204, 150), (176, 140), (146, 112), (150, 92), (180, 100), (200, 126)], "#4fa35a", edge=0.5)
    s.paper([(206, 132), (222, 96), (258, 70), (272, 82), (262, 112), (232, 134)], "#6dbb62", edge=0.5)
    s.paper([(204, 178), (222, 164), (248, 164), (240, 180), (220, 188)], "#3f8f50", edge=0.4)
    return s


def bridge() -> Scene:
    s = Scene("bridge", "#f2d9bd", "A rope bridge over a deep gap. Some of the planks are missing.", 11)
    s.disc(96, 62, 28, "#fff1cf")
    s.hills(150, 24, "#d7a98b", 1.1, 0.7)
    s.hills(190, 18, "#b97f6c", 1.4, 3)
    s.paper([(-8, 140), (86, 146), (104, 200), (90, 310), (-8, 310)], "#6a3f3d", amp=4)
    s.paper([(408, 132), (318, 142), (298, 196), (312, 310), (408, 310)], "#5a3336", amp=4)

    def sag(x: float) -> float:
        return 148 + 34 * math.sin(math.pi * (x - 84) / 236)

    for x in range(92, 318, 20):
        if x not in (172, 192, 252):
            y, y1 = sag(x + 6), sag(x + 15)
            s.paper([(x, y - 5), (x + 15, y1 - 5), (x + 17, y1 + 11), (x - 2, y + 11)], "#f3d49b", amp=0.5, shadow=0.3)
    for up in (-52, 0):
        s.line([(84, 148 + up), *((x, sag(x) + up) for x in range(110, 320, 26)), (322, 142 + up)], "#3a2224", 3, 0.2)
    for x in range(110, 310, 36):
        s.line([(x, sag(x) - 52), (x, sag(x))], "#3a2224", 2, 0.1)
    for x, y in [(84, 90), (322, 84)]:
        s.line([(x, y), (x, y + 62)], "#3a2224", 7, 0.2)
    return s


def gate() -> Scene:
    s = Scene("gate", "#dfe3c8", "A tall iron gate is locked with a chain. Behind it is a green garden.", 16)
    s.disc(286, 84, 34, "#fbe6b0", edge=0.4)
    s.hills(168, 16, "#8db37c", 1.2, 0.5)
    s.hills(206, 12, "#5f9163", 1.6, 2.4)
    s.hills(262, 3, "#a59f98", 1.1, 0.4)
    for x in (20, 340):
        s.box(x, 66, 40, 236, "#7b6a63", edge=0.4, shadow=0.3)
        s.box(x - 6, 54, 52, 18, "#93807a", edge=0.5)
    for x in range(78, 336, 26):
        s.line([(x, 288), (x, 92)], "#2a2430", 7, 0.3)
        s.paper([(x - 8, 94), (x, 70), (x + 8, 94)], "#2a2430", amp=0.4, edge=0.3, shadow=0)
    for y in (122, 270):
        s.line([(60, y), (340, y)], "#2a2430", 8, 0.3)
    s.line([(158, 186), (182, 206), (200, 210), (222, 206), (242, 186)], "#8d7a5e", 7, 1.5)
    s.raw('<path d="M188 214v-10a12 12 0 0 1 24 0v10" fill="none" stroke="#6b4a32" stroke-width="6"/>')
    s.box(178, 212, 44, 36, "#f7b538", edge=0.5, amp=0.8, shadow=0.3)
    s.disc(200, 228, 5, "#4b2f22", edge=0, shadow=0)
    return s


def kite() -> Scene:
    s = Scene("kite", "#bfe0ee", "A red and yellow kite flies high. Somebody small holds the string.", 17)
    s.disc(86, 66, 40, "#fffaf0", ry=18, edge=0)
    s.disc(126, 78, 34, "#fffaf0", ry=15, edge=0, shadow=0)
    s.hills(232, 14, "#a9cc8c", 1, 0.8)
    s.hills(262, 10, "#7fb06b", 1.4, 2.6)
    s.line([(108, 224), (170, 190), (236, 150), (282, 104)], "#4b3527", 2, 0.6)
    s.paper([(284, 24), (338, 70), (286, 128), (244, 66)], "#c5502f", edge=0.6, shadow=0.25)
    s.paper([(284, 24), (338, 70), (290, 70)], "#f7b538", edge=0.3, shadow=0)
    s.paper([(286, 128), (290, 70), (244, 66)], "#f7b538", edge=0.3, shadow=0)
    s.line([(286, 128), (300, 152), (288, 172), (306, 192)], "#4b3527", 2, 1)
    for x, y, colour in [(300, 150, "#7a1e50"), (290, 172, "#1d5379"), (305, 192, "#7a1e50")]:
        s.paper([(x - 12, y - 7), (x, y), (x - 12, y + 7)], colour, amp=0.3, edge=0.3, shadow=0)
        s.paper([(x + 12, y - 7), (x, y), (x + 12, y + 7)], colour, amp=0.3, edge=0.3, shadow=0)
    s.paper([(90, 226), (98, 218), (108, 226), (110, 262), (86, 262)], "#5b4a86", edge=0.4, amp=0.6)
    s.disc(98, 210, 9, "#8a5a3c", edge=0.4)
    return s


def storm() -> Scene:
    s = Scene("storm", "#5d6b7c", "A dark storm hangs over a small house. There is light in the house.", 18)
    s.hills(246, 6, "#3f5a4a", 1.2, 0.5)
    s.paper([(150, 166), (250, 166), (250, 254), (150, 254)], "#c9a27c", edge=0.5, shadow=0.3)
    s.paper([(136, 170), (200, 116), (264, 170)], "#7a3b2e", edge=0.5)
    s.box(164, 186, 30, 28, "#ffd064", edge=0.6, amp=0.6)
    s.box(212, 198, 24, 56, "#5b3a2e", edge=0.4, amp=0.6)
    clouds = [(60, 56, 70, 34), (150, 40, 84, 40), (262, 44, 92, 42), (350, 62, 66, 32), (200, 70, 80, 26)]
    for at, (x, y, rx, ry) in enumerate(clouds):
        s.disc(x, y, rx, ("#2b3140", "#353c4d")[at % 2], ry=ry, edge=0.25, amp=2)
    s.paper(
        [(318, 92), (340, 92), (326, 130), (346, 130), (304, 192), (316, 146), (300, 146)], "#ffd98a", amp=0.5, edge=0.3
    )
    drops = "".join(f"M{s.chance.randint(0, 400)} {s.chance.randint(100, 230)}l-8 20" for _ in range(30))
    s.raw(f'<path stroke="#c6d2dc" stroke-width="2" stroke-opacity=".5" d="{drops}"/>')
    s.hills(282, 5, "#2c4236", 1.7, 2)
    return s


def campfire() -> Scene:
    s = Scene("campfire", "#2a2444", "People sit round a fire in the dark. There is room for one more.", 19)
    for x, y in [(60, 40), (120, 72), (200, 30), (290, 60), (350, 34), (376, 110), (24, 110)]:
        s.raw(f'<circle cx="{x}" cy="{y}" r="1.8" fill="#fff3cf"/>')
    s.hills(170, 16, "#221c3a", 1.2, 1, edge=0.15)
    s.disc(200, 232, 190, "#4a3550", ry=62, edge=0.15, shadow=0)
    s.disc(200, 238, 120, "#6d4653", ry=36, edge=0, shadow=0)
    s.line([(168, 250), (232, 238)], "#3a2224", 10, 0.5)
    s.line([(168, 238), (232, 250)], "#4b2f22", 10, 0.5)
    s.paper([(168, 240), (172, 196), (186, 212), (198, 150), (216, 206), (228, 186), (234, 240)], "#f59f3c", edge=0.3)
    s.paper([(184, 240), (188, 210), (200, 180), (212, 214), (216, 240)], "#ffe28f", edge=0, shadow=0)
    people = [
        (70, 210, "#7a1e50", "#8a5a3c"),
        (126, 184, "#1d5379", "#d9a47c"),
        (268, 184, "#1f6245", "#6b4a32"),
        (332, 212, "#c5502f", "#8a5a3c"),
    ]
    for x, y, coat, head in people:
        s.paper([(x - 26, y + 48), (x - 18, y + 8), (x, y), (x + 18, y + 8), (x + 26, y + 48)], coat, edge=0.35, amp=1)
        s.disc(x, y - 12, 14, head, edge=0.35)
    s.paper([(172, 284), (232, 284), (238, 300), (166, 300)], "#6b4a32", edge=0.4, amp=1)
    return s


def busstop() -> Scene:
    s = Scene("busstop", "#28304f", "One person waits at a bus stop at night. The road is empty.", 20)
    s.box(-8, 236, 416, 74, "#1c2238", edge=0.15)
    s.raw('<path stroke="#e9d9a0" stroke-width="5" stroke-dasharray="34 26" d="M0 276h400"/>')
    s.paper([(120, 84), (252, 84), (300, 238), (72, 238)], "#454c70", edge=0, shadow=0, amp=0.8)
    s.box(96, 70, 180, 16, "#7c93a3", edge=0.4)
    for x in (104, 262):
        s.box(x, 84, 8, 154, "#5d6b7c", edge=0.2, amp=0.6)
    s.box(128, 188, 116, 10, "#8a5a3c", edge=0.3, amp=0.8)
    s.paper(
        [(158, 150), (172, 140), (188, 150), (192, 192), (206, 198), (206, 232), (194, 232), (192, 208), (156, 208)],
        "#7a1e50",
        edge=0.4,
        amp=0.8,
    )
    s.disc(172, 128, 13, "#6b4a32", edge=0.4)
    s.box(318, 90, 6, 148, "#8b94a8", edge=0.2, amp=0.4)
    s.box(294, 56, 54, 42, "#1d5379", edge=0.7, amp=0.8)
    s.box(302, 66, 38, 18, "#fff7ea", edge=0, shadow=0, amp=0.5)
    s.raw('<path d="M306 70h8v6h-8zm11 0h8v6h-8zm11 0h8v6h-8z" fill="#1d5379"/>')
    s.raw('<circle cx="311" cy="86" r="4" fill="#fff7ea"/><circle cx="331" cy="86" r="4" fill="#fff7ea"/>')
    for x, y in [(40, 40), (70, 92), (160, 30), (250, 42), (370, 30), (386, 130)]:
        s.raw(f'<circle cx="{x}" cy="{y}" r="1.8" fill="#fff3cf"/>')
    return s
