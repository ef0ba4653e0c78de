"""The front end is built from what is there, and only when it changed."""

import hashlib
import json
from pathlib import Path

import pytest

from tools import front
from tools.say import Stop


@pytest.fixture
def ui(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "src" / "withus" / "ui"
    (folder / "bundles").mkdir(parents=True)
    (tmp_path / "package-lock.json").write_text("{}")
    places = {"ROOT": tmp_path, "UI": folder, "BUNDLES": folder / "bundles", "BUILT": folder / "built"}
    for name, place in {**places, "STAMP": tmp_path / ".cache" / "front.stamp"}.items():
        monkeypatch.setattr(front, name, place)
    # The packages of this checkout stand for those that the small lock file names.
    monkeypatch.setattr(front, "INSTALLED", tmp_path / "installed.json")
    front.INSTALLED.write_text(json.dumps({"which": front.EVERYTHING, "lock": hashlib.sha256(b"{}").hexdigest()}))
    return folder


def test_every_bundle_becomes_a_file_and_what_is_listed_is_copied(ui: Path) -> None:
    (ui / "bundles" / "wall.ts").write_text("const words: string = 'hello'; console.log(words)")
    (ui / "bundles" / "wall.css").write_text("p { margin-inline-start: 1rem }")
    (ui / "bundles" / "copy.json").write_text(json.dumps({"axe-core/LICENSE": "built/licences/axe.txt"}))
    front.build()
    assert sorted(
        path.relative_to(ui / "built").as_posix() for path in (ui / "built").rglob("*") if path.is_file()
    ) == [
        "licences/axe.txt",
        "wall.css",
        "wall.js",
    ]
    assert (ui / "built" / "wall.css").read_text() == "p{margin-inline-start:1rem}\n"


def test_it_is_built_again_only_after_a_change(ui: Path) -> None:
    style = ui / "bundles" / "wall.css"
    style.write_text("p{color:red}")
    front.build()
    (ui / "built" / "wall.css").write_text("left alone")
    front.build()
    assert (ui / "built" / "wall.css").read_text() == "left alone"
    style.write_text("p{color:black}")
    front.build()
    assert (ui / "built" / "wall.css").read_text() == "p{color:#000}\n"


def test_a_mistake_is_shown_as_esbuild_says_it(ui: Path) -> None:
    (ui / "bundles" / "wall.ts").write_text("import './gone.ts'")
    with pytest.raises(Stop, match=r"gone\.ts"):
        front.build()


def test_nothing_is_copied_out_of_the_folder_of_built_files(ui: Path) -> None:
    (ui / "bundles" / "copy.json").write_text(json.dumps({"axe-core/LICENSE": "../../elsewhere"}))
    with pytest.raises(Stop, match="outside"):
        front.build()
