"""A computer in a library: no page that says whose it is lies in a cache, so Back shows it to nobody after “Finish”."""

import pytest
from django.test import Client

from tests.site.test_access import LIVE_PARTICIPANT, ROWS, client_of, world
from tests.site.test_bad_input import url_of
from tests.site.world import World
from withus.live.models import Contribution
from withus.people import link

__all__ = ["world"]
pytestmark = pytest.mark.django_db


def test_no_page_that_tells_of_its_person_is_kept_by_the_browser(world: World) -> None:
    """By their name, their link, their four words, or a card of theirs that only who answers may see."""
    person = world.them.amira
    secret = Contribution.objects.filter(person=person, may_see="answerers").exclude(words="")
    theirs = {"Amira", link.link(person), *(one.words for one in secret), *(one.mark for one in secret)}
    four = link.speakable(person).split()
    amira, kept, seen = client_of("amira", world.them), [], []
    for name in (*ROWS, *(f"live:{one}" for one in LIVE_PARTICIPANT)):
        page = amira.get(url_of(world, name))
        if page.status_code != 200 or page.streaming or "no-store" in page["Cache-Control"]:
            seen += [name] if page.status_code == 200 and not page.streaming else []
            continue
        text = page.content.decode(errors="replace")
        if any(one in text for one in theirs) or all(one in text for one in four):
            kept.append(name)
    assert kept == []
    assert {"loop:me", "loop:whole", "loop:answer", "live:receipt", "live:slip"} <= set(seen)
    assert secret.exists()


def test_whoever_came_by_four_words_can_finish_on_each_of_their_pages(world: World) -> None:
    amira = Client()
    amira.post(url_of(world, "people:words"), {"words": link.speakable(world.them.amira)})
    ends, others = [], []
    for name in {*ROWS, *(f"live:{one}" for one in LIVE_PARTICIPANT)} - {"people:personal"}:
        page = amira.get(url_of(world, name))
        text = "" if page.streaming else page.content.decode(errors="replace")
        ends += [name] if "Finish on this computer" in text else []
        others += [name] if "Forget this phone" in text else []
    assert others == []
    assert {"loop:me", "loop:whole", "loop:answer", "loop:erase", "table:about"} <= set(ends)


def test_who_signs_out_leaves_nothing_to_go_back_to(world: World) -> None:
    """An office shares a computer. Pages of the team may be kept while they work, and go when they sign out."""
    dev = client_of("dev", world.them)
    assert "Clear-Site-Data" not in dev.get("/sign-in/logout/")
    assert dev.post("/sign-in/logout/")["Clear-Site-Data"] == '"cache"'
    assert "Clear-Site-Data" not in dev.get("/projects")
