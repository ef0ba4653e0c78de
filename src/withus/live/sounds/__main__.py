"""
A program of its own: `python -m withus.live.sounds FROM TO` reads a sound that somebody sent and writes it anew.

In a process apart, with little memory and little time, as pictures are. Ends with 3 when it is no sound that we can write.
"""

import resource
import sys
from pathlib import Path

from withus.live.sounds import rewritten

MEMORY = 512 * 1024 * 1024
SECONDS = 10
NO_SOUND = 3


def main(source: Path, target: Path) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (32 * 1024 * 1024,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        target.write_bytes(rewritten(source.read_bytes()))
    except Exception as trouble:  # whatever reading a stranger's bytes raises
        print(type(trouble).__name__, file=sys.stderr)
        return NO_SOUND
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
