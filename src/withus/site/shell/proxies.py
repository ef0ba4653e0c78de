"""Who really asks. Only a proxy that was named is believed; anybody else could write any address into a header."""

import ipaddress
from collections.abc import Iterable
from functools import lru_cache

from django.utils.translation import gettext as _

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class NotAnAddress(ValueError):
    """One of the named proxies is not an address."""


class Proxies:
    def __init__(self, named: Iterable[str] = ()) -> None:
        self._networks: list[Network] = []
        for name in named:
            try:
                self._networks.append(ipaddress.ip_network(name.strip(), strict=False))
            except ValueError as error:
                raise NotAnAddress(
                    _("“%(name)s” is not the address of a proxy. Write 10.0.0.5 or 10.0.0.0/24.") % {"name": name}
                ) from error
        self._known = lru_cache(4096)(self._among)

    def asker(self, peer: str, forwarded_for: str, forwarded_proto: str) -> tuple[str, str]:
        """
        The address and the scheme of who asked first.

        Each proxy adds the address that it saw at the end, so the last one that is no proxy of ours is the asker.
        """
        client = _address(peer)
        if client is None or not self._known(client):
            return (str(client or ""), "http")
        for name in reversed(forwarded_for.split(",")):
            before = _address(name)
            if before is None:
                break
            client = before
            if not self._known(before):
                break
        proto = forwarded_proto.rsplit(",", maxsplit=1)[-1].strip().lower()
        return (str(client), "https" if proto == "https" else "http")

    def _among(self, address: Address) -> bool:
        return any(address in network for network in self._networks)


@lru_cache(4096)
def _address(text: str) -> Address | None:
    """Addresses come plain, with a port, in brackets, and as IPv4 dressed up as IPv6."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
