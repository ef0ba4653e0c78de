"""
Sounds that somebody sent, written anew: the coded sound itself in a box that we make, and nothing else of what came.

Nothing is decoded: each recorder's own coding stays, so nobody sounds worse. What a recorder or a stranger put beside it (place, time,
device, title, pictures, a film, text, whatever a box may hold) is left behind, because only the parts that are named here are copied.
"""

from collections.abc import Callable

from withus.live.file_head import sound_type
from withus.live.sounds import blocks, frames, mp4, ogg, webm
from withus.live.sounds.trouble import NotThisSound

WRITERS: dict[str, Callable[[bytes], bytes]] = {
    "audio/ogg": ogg.rewritten,
    "audio/webm": webm.rewritten,
    "audio/mp4": mp4.rewritten,
    "audio/wav": blocks.wav,
    "audio/flac": blocks.flac,
    "audio/mpeg": frames.mp3,
    "audio/aac": frames.aac,
    "audio/amr": frames.amr,
}


def rewritten(data: bytes) -> bytes:
    """The same sound in a box of ours. Raises `NotThisSound`, or what reading a stranger's bytes raises, where it is none."""
    writer = WRITERS.get(sound_type(data[:64]))
    if writer is None:
        raise NotThisSound("no sound that we know")
    return writer(data)
