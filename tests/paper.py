"""What a PDF of ours says of itself to a screen reader, read without a library."""

import zlib


def unpacked(made: bytes) -> bytes:
    """The file with what lies packed in it behind it."""
    assert made.startswith(b"%PDF-")
    return made + b"".join(_streams(made))


def _streams(made: bytes) -> list[bytes]:
    found = []
    for piece in made.split(b"stream")[1:]:
        try:
            found.append(zlib.decompressobj().decompress(piece.lstrip(b"\r\n")))
        except zlib.error:
            continue
    return found
