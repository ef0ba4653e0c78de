"""
Which tests run again on PostgreSQL: those marked `postgres`, and all of a `test_actions` file or a folder `actions`, since
actions are what writes. A plugin, loaded by the root conftest.
"""

from pathlib import Path

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Before pytest looks at -m, so that the mark counts."""
    for item in items:
        if _writes(item.path):
            item.add_marker("postgres")


def _writes(path: Path) -> bool:
    return path.stem.startswith("test_actions") or "actions" in path.parent.parts
