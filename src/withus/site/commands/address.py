"""Which address a phone in the room can reach this laptop at."""

import ipaddress
import socket
from contextlib import suppress

SOMEWHERE = ("192.0.2.1", 9)
"""An address kept for documentation. Nothing is sent: the system only says which of its own addresses it would send from."""


def default_route() -> str | None:
    """The private address of the interface that has the default route, if there is one."""
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(SOMEWHERE)
        address = str(probe.getsockname()[0])
        if is_private(address):
            return address
    return None


def all_private() -> list[str]:
    """Every private IPv4 address of this machine, of all its interfaces; loopback is none."""
    found: list[str] = []
    try:
        import fcntl  # noqa: PLC0415 -- not on Windows
    except ImportError:
        return found
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        for _index, name in socket.if_nameindex():
            with suppress(OSError):
                answer = fcntl.ioctl(probe.fileno(), 0x8915, name.encode()[:15].ljust(256, b"\0"))
                found.append(socket.inet_ntoa(answer[20:24]))
    return [address for address in found if is_private(address)]


def is_private(address: str) -> bool:
    with suppress(ValueError):
        one = ipaddress.ip_address(address)
        return one.is_private and not one.is_loopback and not one.is_link_local
    return False


def is_loopback(address: str) -> bool:
    with suppress(ValueError):
        return ipaddress.ip_address(address).is_loopback
    return address == "localhost"


def of_the_room() -> list[str]:
    """What to print and to listen for: the default route's address, or all private ones where there is none."""
    first = default_route()
    return [first] if first else all_private()
