"""Strokes are numbers on a sheet; anything else is refused."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from withus.live.drawing import NotADrawing, read_strokes

REFUSED = (
    "{}",
    "[1]",
    "nothing",
    '[{"pen": "red", "points": [1, 2]}]',
    '[{"pen": "ink", "points": [1]}]',
    '[{"pen": "ink", "points": ["1", 2]}]',
    '[{"pen": "ink", "points": [true, 2]}]',
    '[{"pen": "ink", "points": [1e9, 2]}]',
    '[{"pen": "ink", "points": [NaN, 2]}]',
    "[" * 100_000,
    json.dumps([{"pen": "ink", "points": [1, 2]}] * 2001),
    json.dumps([{"pen": "ink", "points": [1, 2] * 30_001}]),
)


@pytest.mark.parametrize("text", REFUSED, ids=range(len(REFUSED)))
def test_what_no_sheet_of_ours_sends_is_refused(text: str) -> None:
    with pytest.raises(NotADrawing):
        read_strokes(text)


@given(st.text())
def test_any_text_is_a_drawing_or_refused(text: str) -> None:
    with suppress(NotADrawing):
        read_strokes(text)


point = st.floats(-1000, 2000, allow_nan=False)


@given(st.lists(st.lists(st.tuples(point, point), min_size=1, max_size=5), max_size=5))
def test_what_is_read_and_written_is_read_the_same(lines: list[list[tuple[float, float]]]) -> None:
    sent = [{"pen": "ink", "points": [value for pair in line for value in pair]} for line in lines]
    drawing = read_strokes(json.dumps(sent))
    assert read_strokes(json.dumps(drawing.as_json())) == drawing
    assert drawing.svg().count("<path") == len(lines)
