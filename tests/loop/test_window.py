"""The address on a printed letter stands in the window of the envelope, whole, however many lines it has and wherever the sheet slips."""

import io
import json
from typing import Any

import pytest
import typst
from PIL import Image

from withus.loop.pages.letters import WINDOWS
from withus.ui.pdf import PACKAGE

DOTS = 10
"""To the millimetre."""
LONGEST = ["Amira Aziz", "Flat 12", "The Maltings", "5 Mill Lane", "Holbeck", "Leeds", "LS11 9AB"]
WIDE = ["Amira Aziz", "The Old Maltings Building behind the Northern Infirmary and the Bus Station", *LONGEST[2:]]


def sheet(window: dict[str, float], to: list[str]) -> Image.Image:
    """The first page of one letter, as it is printed."""
    letter: dict[str, Any] = {
        "language": "en",
        "right_to_left": False,
        "sender": ["Lantern House", "01632 960 123"],
        "to": to,
        "qr": None,
        "answers": [],
        "ways": [],
    }
    letter |= dict.fromkeys(("date", "greeting", "title", "opening", "words_label", "words", "code"), "Hello.")
    said = {"title": "Letters", "language": "en", "right_to_left": False, "letters": [letter], "window": window}
    said |= {"fold": window["fold"], "both_sides": False, "qr_alt": "QR"}
    png = typst.compile(
        PACKAGE / "loop/paper/letters.typ",
        root=PACKAGE,
        format="png",
        ppi=25.4 * DOTS,
        sys_inputs={"said": json.dumps(said)},
    )
    return Image.open(io.BytesIO(png)).convert("L")


def lines_between(page: Image.Image, top: float, bottom: float) -> list[tuple[int, int]]:
    """Where ink begins and ends, in dots from the top, in the left half of the sheet; the fold mark at its edge apart."""
    part = page.crop((15 * DOTS, int(top * DOTS), 105 * DOTS, int(bottom * DOTS)))
    inked = [min(part.crop((0, row, part.width, row + 1)).tobytes()) < 128 for row in range(part.height)]
    edges = [row for row in range(1, len(inked)) if inked[row] != inked[row - 1]]
    return [(int(top * DOTS) + a, int(top * DOTS) + b) for a, b in zip(edges[::2], edges[1::2], strict=True)]


@pytest.mark.parametrize("envelope", list(WINDOWS))
@pytest.mark.parametrize(
    "to", [["Amira", "5 Mill Lane", "Leeds", "LS1 1AA"], LONGEST, WIDE], ids=["short", "long", "wide"]
)
def test_all_of_the_address_is_in_the_window(envelope: str, to: list[str]) -> None:
    window = WINDOWS[envelope]
    found = lines_between(sheet(window, to), window["top"] - 15, window["bottom"] + 10)
    assert window["top"] * DOTS - 1 <= found[0][0]
    assert found[-1][1] <= window["bottom"] * DOTS + 1
    assert len(found) >= len(to)
    first, last = (below - above for above, below in (found[0], found[-1]))
    assert last >= 0.8 * first, "the postcode is not cut through"
