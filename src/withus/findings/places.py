"""
Where the thing can be changed that a finding speaks of. What a place such as `workshop:w3` means is known further up, so it is bound in
site/wiring.py, as the judge is.
"""

from collections.abc import Callable

from withus.findings.models import Found
from withus.projects.models import Project

AddressOf = Callable[[Project, str], str]
Opener = Callable[[Project, Found, int], str]
_address: list[AddressOf] = []
_opener: list[Opener] = []


def bind(address_of: AddressOf, opener: Opener) -> None:
    _address[:] = [address_of]
    _opener[:] = [opener]


def opened_by(project: Project, found: Found, way: int) -> str:
    """The page that this way out leads to, with its change proposed; nothing is done by opening it."""
    return _opener[0](project, found, way)


def address_of(project: Project, where: str) -> str:
    """The page on which it is changed; nothing is done by opening it."""
    return _address[0](project, where)
