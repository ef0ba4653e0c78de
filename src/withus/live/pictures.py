"""
A program of its own: `python -m withus.live.pictures FROM TO` reads a picture that somebody sent and makes it anew.

It runs in a process apart, with little memory and little time, because a picture is a program written by a stranger. What comes out is
ours: pixels only, no place, no camera, no name. Prints its size as JSON; ends with 3 when it is no picture that we can show.
"""

import json
import resource
import sys
import warnings
from pathlib import Path

MOST_PIXELS = 50_000_000
LONGEST_EDGE = 2000
MEMORY = 1024 * 1024 * 1024
SECONDS = 25
NO_PICTURE = 3
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")


def main(source: Path, target: Path) -> int:
    _limit()
    try:
        width, height = make(source, target)
    except Exception as trouble:  # whatever a decoder raises over a stranger's bytes
        print(type(trouble).__name__, file=sys.stderr)
        return NO_PICTURE
    print(json.dumps({"width": width, "height": height}))
    return 0


def make(source: Path, target: Path) -> tuple[int, int]:
    """Decode, turn upright, shrink, write as a fresh JPEG. Raises for anything but one of `FORMATS` within `MOST_PIXELS`."""
    from pi_heif import register_heif_opener  # noqa: PLC0415 -- after the limits
    from PIL import Image, ImageOps  # noqa: PLC0415 -- after the limits

    warnings.simplefilter("error")
    register_heif_opener()
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with Image.open(source, formats=FORMATS) as image:
        if image.width * image.height > MOST_PIXELS:
            raise ValueError("too many pixels")
        image.draft("RGB", (LONGEST_EDGE, LONGEST_EDGE))
        image.load()
        image.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
        upright = ImageOps.exif_transpose(image)
        seen = upright.convert("RGBA")
        sheet = Image.new("RGB", seen.size, "white")
        sheet.paste(seen, mask=seen.getchannel("A"))
        sheet.save(target, "JPEG", quality=82, optimize=True, progressive=True)
        return sheet.size


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (32 * 1024 * 1024,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
