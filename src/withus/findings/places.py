"""
Where the thing can be changed that a finding speaks of. What a place such as `workshop:w3` means is known further up, so it is bound in
site/wiring.py, as the judge is.
"""

from collections.abc import Callable

from withus.projects.models import Project

AddressOf = Callable[[Project, str], str]
_address: list[AddressOf] = []


def bind(address_of: AddressOf) -> None:
    _address[:] = [address_of]


def address_of(project: Project, where: str) -> str:
    """The page on which it is changed; nothing is done by opening it."""
    return _address[0](project, where)
