"""A port for a server that a test starts."""

import socket
from random import SystemRandom

TO_CHOOSE_FROM = (15_000, 32_000)
"""Below those that the system gives to whoever connects: one of them may be taken between choosing it and listening there."""


def free_port() -> int:
    """By chance, and not by the seed of a test: two runs beside each other choose apart."""
    while True:
        port = SystemRandom().randrange(*TO_CHOOSE_FROM)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
