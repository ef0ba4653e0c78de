"""
Puts the built front end into wheels and source archives. Hatchling leaves out what git ignores, in silence, and a wheel
without styles would install well and look broken.
"""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUILT = "src/withus/ui/built"


class FrontEnd(BuildHookInterface[Any]):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """A source archive already carries the built files, so installing from one needs no Node."""
        if version == "editable":
            return
        root = Path(self.root)
        if not (root / "PKG-INFO").exists() or not (root / BUILT).is_dir():
            sys.path.insert(0, self.root)
            from tools import front  # noqa: PLC0415 -- the folder of this file is not on the path before

            front.build(front.PAGES, always=True)
        if not any((root / BUILT).glob("*.css")):
            raise RuntimeError(f"{BUILT} has no style sheet; a wheel without one is of no use.")
        build_data["artifacts"].append(f"/{BUILT}/")
