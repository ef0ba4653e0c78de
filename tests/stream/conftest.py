"""The stream by itself: what the site has bound for its own streams is set aside."""

import pytest

from withus import stream


@pytest.fixture(autouse=True)
def _nobody_is_asked() -> None:
    stream.bind_number(None)
