"""What tests write goes to a folder that goes away with them."""

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from django.conf import settings

from tools.say import ROOT

PROBE = """
from django.conf import settings
from withus.people import keys

def test_where():
    print("FOLDER", settings.WITHUS_DATA, settings.MEDIA_ROOT.parent, keys.folder(settings.WITHUS_DATA).parent)
"""


def test_keys_media_and_tables_lie_in_a_temporary_folder() -> None:
    temporary = Path(tempfile.gettempdir()).resolve()
    for place in (settings.WITHUS_DATA, settings.MEDIA_ROOT, settings.STATIC_ROOT):
        assert temporary in Path(place).parents
    assert (settings.WITHUS_DATA / "keys" / "links").is_file()


@pytest.mark.slow
def test_a_run_leaves_nothing_behind_and_does_not_touch_the_folder_of_the_checkout(tmp_path: Path) -> None:
    """The whole of a run, in a process of its own, started beside a data folder that must stay as it is."""
    probe = tmp_path / "test_probe.py"
    probe.write_text(PROBE, encoding="utf-8")
    own = ROOT / "data"
    before = sorted(own.rglob("*")) if own.exists() else None
    options = ["-c", str(ROOT / "pyproject.toml"), f"--rootdir={ROOT}", "-p", "no:cacheprovider", "-s", "-q"]
    command = [sys.executable, "-m", "pytest", *options, str(probe)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    folders = set(done.stdout.partition("FOLDER ")[2].splitlines()[0].split())
    assert len(folders) == 1
    assert not Path(folders.pop()).exists()
    assert (sorted(own.rglob("*")) if own.exists() else None) == before
