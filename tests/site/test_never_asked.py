"""Whether somebody has heard is asked on their own page of that answer and nowhere else: in no room, on no screen of the team."""

import re

import pytest

from tests.site.test_access import LIVE_PARTICIPANT, ROWS, client_of, world
from tests.site.test_bad_input import url_of
from tests.site.world import World
from withus.loop.models import Says

__all__ = ["world"]
pytestmark = pytest.mark.django_db
QUESTION = "Do you know now what happened"
PRESS = re.compile(r'<button[^>]* name="says" value="([^"]*)"')


def asked_on(world: World, who: str) -> tuple[list[str], int]:
    """The pages that ask it, and how many were looked at."""
    client, found, seen = client_of(who, world.them), [], 0
    for name in (*ROWS, *(f"live:{one}" for one in LIVE_PARTICIPANT)):
        if name == "people:personal":
            continue  # whoever opens her link holds her page
        answer = client.get(url_of(world, name))
        if answer.status_code != 200 or "text/html" not in answer["Content-Type"]:
            continue
        page, seen = answer.content.decode(), seen + 1
        if QUESTION in page or set(PRESS.findall(page)) & set(Says.values):
            found.append(name)
    return found, seen


@pytest.mark.parametrize(("who", "where"), [("amira", ["loop:whole", "loop:answer"]), ("dev", [])])
def test_it_is_asked_on_ones_own_page_only(world: World, who: str, where: list[str]) -> None:
    found, seen = asked_on(world, who)
    assert found == where
    assert seen > 20
