"""One server for all tests of a file that ask for nothing special; who ends it, fills it or measures it starts one of their own."""

from collections.abc import Iterator

import pytest

from tests.site.shell.served import Served


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with Served() as one:
        yield one
