"""A computer in a library: no page that says whose it is lies in a cache, so Back shows it to nobody after “Finish”."""

import pytest

from tests.site.test_access import LIVE_PARTICIPANT, ROWS, client_of, world
from tests.site.test_bad_input import url_of
from tests.site.world import World

__all__ = ["world"]
pytestmark = pytest.mark.django_db


def test_no_page_that_names_its_person_is_kept_by_the_browser(world: World) -> None:
    amira, kept, seen = client_of("amira", world.them), [], []
    for name in (*ROWS, *(f"live:{one}" for one in LIVE_PARTICIPANT)):
        page = amira.get(url_of(world, name))
        if page.status_code == 200 and "text/html" in page["Content-Type"] and "Amira" in page.content.decode():
            seen.append(name)
            kept += [] if "no-store" in page["Cache-Control"] else [name]
    assert kept == []
    assert {"loop:me", "loop:whole", "loop:answer", "live:receipt"} <= set(seen)
