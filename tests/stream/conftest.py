"""The stream by itself: what the site has bound for its own streams is set aside."""

from collections.abc import Iterator

import pytest

from withus import stream
from withus.site.wiring import number_of


@pytest.fixture(autouse=True)
def _unbound() -> Iterator[None]:
    stream.bind_number(None)
    yield
    stream.bind_number(number_of)
