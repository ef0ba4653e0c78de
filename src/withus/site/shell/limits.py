"""How much, how slowly and how many: the bounds of the door, in one place."""

from dataclasses import dataclass

KIB = 1024
MIB = 1024 * KIB


@dataclass(frozen=True, slots=True)
class Limits:
    """
    `slowest` (bytes a second, on average) holds after `patience` seconds, so that one byte a second cannot go on for
    ever; a phone on a poor line sends ten times as much. `discarded` is read and thrown away after a body was refused:
    a browser looks at the answer only when it has sent all.
    """

    memory: int = 64 * KIB
    with_file: int = 30 * MIB
    without_file: int = 128 * KIB
    discarded: int = 100 * MIB
    silence: float = 20
    patience: float = 60
    slowest: int = 1 * KIB
    bodies: int = 1000
    bodies_each: int = 250
    on_disk: int = 1024 * MIB
    waiting: int = 256
    answer_memory: int = 1 * MIB
