from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def media_folder(settings: object, tmp_path: Path) -> Path:
    """Each test has its own folder for photos and sounds."""
    settings.MEDIA_ROOT = tmp_path / "media"  # type: ignore[attr-defined] # pytest-django's settings
    return tmp_path / "media"
