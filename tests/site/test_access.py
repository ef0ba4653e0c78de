"""
Who may open what: every address of the resolver against everybody there is. A new address without a row fails.

In order: a stranger, Amira, another participant (Bo), Dev who facilitates, Ada who looks after the accounts of the same organisation
and is not on the team, and Sam of another organisation. Participants hold their own cookie, the others sign in.
"""

from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests import rows
from tests.cast import Cast
from tests.site.world import World, make_world
from withus.people import here

pytestmark = pytest.mark.django_db
WHO = ("stranger", "amira", "bo", "dev", "ada", "sam")
TEAM = "302 302 302 200 404 404"
OPEN = "200 200 200 200 200 200"
POST_ONLY = "405 405 405 405 405 405"
AMIRAS = "404 200 404 404 404 404"
OWN = "302 200 200 302 302 302"
ROOM = "404 200 200 404 404 404"
"""What GET answers. A page for POST only answers 405 to whoever may press it, or to everybody where the method is looked at first."""

ROWS = {
    "robots": OPEN,
    "health": OPEN,
    "begin": "404 404 404 404 404 404",
    "accounts:account": "302 302 302 200 200 200",
    "accounts:once": OPEN,
    "people:personal": "302 302 200 302 302 302",
    "people:words": OPEN,
    "people:forget": POST_ONLY,
    "people:staff": "302 302 302 404 200 200",
    "people:joining": POST_ONLY,
    "people:post": "302 302 302 404 200 200",
    "findings:check": OPEN,
    "findings:findings": TEAM,
    "findings:explain": "302 302 302 404 404 404",
    "findings:own_project": TEAM,
    "findings:mend": "302 302 302 404 404 404",
    "findings:owned": "302 302 302 404 404 404",
    "charter:acts": TEAM,
    "charter:weighed": TEAM,
    "live:afterwards": "302 302 302 404 404 404",
    "findings:ask": "302 302 302 404 404 404",
    "findings:own": "302 302 302 404 404 404",
    "findings:wrong": OPEN,
    "charter:home": OPEN,
    "charter:projects": "302 302 302 200 200 200",
    "charter:charter": TEAM,
    "charter:decision_new": TEAM,
    "charter:decision": TEAM,
    "charter:sign": "404 404 404 404 404 404",
    "charter:changes": OPEN,
    "table:begin": "302 302 302 302 302 302",
    "table:begin_step": "302 302 302 200 200 200",
    "table:table": TEAM,
    "table:add": TEAM,
    "table:invite": TEAM,
    "table:invitations": TEAM,
    "table:person": TEAM,
    "table:workshop_new": TEAM,
    "table:workshop": TEAM,
    "table:renew": POST_ONLY,
    "table:team": TEAM,
    "table:poster": TEAM,
    "table:about": OWN,
    "table:answer": POST_ONLY,
    "table:keep_way": POST_ONLY,
    "plan:plan": TEAM,
    "plan:workshop": TEAM,
    "plan:print": TEAM,
    "plan:add": TEAM,
    "plan:block": TEAM,
    "plan:move": POST_ONLY,
    "live:join": OPEN,
    "live:workshops": TEAM,
    "live:wall": TEAM,
    "live:console": TEAM,
    "live:act": POST_ONLY,
    "live:card": POST_ONLY,
    "live:care": TEAM,
    "live:paper": TEAM,
    "live:paper_slip": "302 302 302 404 404 404",
    "live:call": "302 302 302 404 404 404",
    "live:parked": POST_ONLY,
    "loop:public": OPEN,
    "loop:me": OWN,
    "loop:whole": OWN,
    "loop:answer": "302 200 404 302 302 302",
    "loop:fits": POST_ONLY,
    "loop:still_so": POST_ONLY,
    "loop:me_name": POST_ONLY,
    "loop:one_by_one": TEAM,
    "loop:late": TEAM,
    "loop:wordings": TEAM,
    "loop:my_name": TEAM,
    "loop:erase": OWN,
    "loop:who_runs_it": OWN,
    "loop:themes": TEAM,
    "loop:theme": TEAM,
    "loop:opinions": TEAM,
    "loop:suggestions": TEAM,
    "loop:on_the_table": TEAM,
    "loop:suggested": "302 302 302 302 404 404",
    "loop:unsorted": "302 302 302 302 404 404",
    "loop:beside": "302 302 302 302 404 404",
    "loop:new_groups": "302 302 302 302 404 404",
    "loop:opinions_shown": "404 404 404 404 404 404",
    "loop:steps": TEAM,
    "loop:sorters": TEAM,
    "loop:sort": "302 200 404 302 302 302",
    "loop:new_answer": "302 302 302 404 404 404",
    "loop:edit_answer": TEAM,
    "loop:publish": TEAM,
    "loop:redate": TEAM,
    "loop:kept": POST_ONLY,
    "loop:letters": TEAM,
    "loop:not_gone": TEAM,
    "loop:letters_page": POST_ONLY,
    "loop:letters_pdf": POST_ONLY,
    "loop:stop": OPEN,
    "loop:telling": TEAM,
    "loop:by_hand": TEAM,
    "loop:note": TEAM,
    "loop:close": TEAM,
    "reports:atom": OPEN,
    "reports:json": OPEN,
    "reports:badge": OPEN,
    "reports:in_public": TEAM,
    "reports:calendar": TEAM,
    "reports:report": TEAM,
    "reports:funder": TEAM,
    "reports:pdf": TEAM,
    "reports:data": TEAM,
    "reports:ics": OPEN,
    "reports:organisation": OPEN,
    "reports:sitemap": OPEN,
    "reports:training": TEAM,
    "reports:pages": "302 302 302 404 200 200",
    "reports:hiding": "302 302 302 404 200 404",
    "loop:rest": TEAM,
    "loop:hand_over": TEAM,
    "loop:notices": "302 302 302 404 404 404",
    "loop:notice_letters": POST_ONLY,
    "loop:take_over": "302 302 302 404 404 404",
    "loop:key_by_mail": "404 404 404 404 404 404",
    "loop:key": "404 404 404 404 404 404",
    "loop:noticed": POST_ONLY,
    "loop:in_person": TEAM,
    "loop:poster": TEAM,
    "loop:slips": TEAM,
    "loop:letter": POST_ONLY,
    "loop:telephone": TEAM,
    "loop:new_words": TEAM,
    "loop:read_out": "302 302 302 302 404 404",
    "post:mailbox": "404 404 404 404 404 404",
    "post:provider": "404 404 404 404 404 404",
    "post:mail": "404 404 404 404 404 404",
}
LIVE_PARTICIPANT = {
    "room": ROOM,
    "park": ROOM,
    "talk": ROOM,
    "talk_now": ROOM,
    "called": ROOM,
    "say": "404 302 302 404 404 404",
    "break": POST_ONLY,
    "pass_on": ROOM,
    "take_back": POST_ONLY,
    "receipt": AMIRAS,
    "slip": AMIRAS,
    "uses": AMIRAS,
    "media": "404 404 404 404 404 404",
}
"""Pages of live that a participant opens."""
PRESSED = {
    "say": "404 422 422 404 404 404",
    "park": "404 422 422 404 404 404",
    "break": "404 302 302 404 404 404",
    "talk": "404 200 200 404 404 404",
    "talk_now": "404 200 200 404 404 404",
    "pass_on": "404 302 302 404 404 404",
    "receipt": "404 302 404 404 404 404",
    "take_back": "404 302 404 404 404 404",
    "uses": "404 200 404 404 404 404",
}
"""What a press with a form that says nothing answers."""


@pytest.fixture
def world(db: None) -> World:
    return rows.once("world", make_world)


def names(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[str]:
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            if str(one.pattern).startswith("sign-in/"):
                continue  # the sign-in pages of allauth: open to everybody, tested by it
            yield from names(one, f"{one.namespace}:" if one.namespace else prefix)
        elif isinstance(one, URLPattern) and one.name:
            yield f"{prefix}{one.name}"


def client_of(who: str, them: Cast) -> Client:
    client = Client()
    if who in {"amira", "bo"}:
        response = HttpResponse()
        here.hold(response, getattr(them, who))
        client.cookies.update(response.cookies)
    elif who != "stranger":
        client.force_login(getattr(them, who), backend="sesame.backends.ModelBackend")
    return client


def test_every_address_has_a_row() -> None:
    assert sorted(set(names()) - set(ROWS) - {f"live:{one}" for one in LIVE_PARTICIPANT}) == []
    assert sorted(set(ROWS) - set(names())) == []


@pytest.mark.parametrize("name", [*ROWS, *(f"live:{one}" for one in LIVE_PARTICIPANT)])
def test_everybody_gets_what_is_theirs(world: World, name: str) -> None:
    wanted = ROWS.get(name) or LIVE_PARTICIPANT[name.removeprefix("live:")]
    address = {"address": world.them.project.address}
    kwargs = world.kwargs.get(name, {} if name in BARE else address)
    url = reverse(name, kwargs=kwargs)
    got = [str(client_of(who, world.them).get(url).status_code) for who in WHO]
    assert dict(zip(WHO, got, strict=True)) == dict(zip(WHO, wanted.split(), strict=True))


BARE = {"robots", "reports:sitemap", "health", "findings:check", "table:begin", "post:mailbox", "reports:pages"}
BARE |= {
    "people:joining",
    "accounts:account",
    "accounts:once",
    "people:staff",
    "people:post",
    "charter:home",
    "charter:projects",
}


@pytest.mark.parametrize("name", PRESSED)
def test_what_participants_press_is_for_participants(world: World, name: str) -> None:
    """And leaves no entry where an empty form was pressed by somebody whose button it is not."""
    from withus.record.models import Entry

    kwargs = world.kwargs.get(f"live:{name}", {"address": world.them.project.address})
    url = reverse(f"live:{name}", kwargs=kwargs)
    got, before = {}, Entry.objects.count()
    for who in reversed(WHO):
        if who == "amira":
            assert Entry.objects.count() == before
        got[who] = str(client_of(who, world.them).post(url, {"pressed": "yes"}).status_code)
    assert got == dict(zip(WHO, PRESSED[name].split(), strict=True))


@pytest.mark.slow
def test_nobody_presses_the_team_s_buttons(world: World) -> None:
    """What acts is refused to everybody but the team, and leaves no entry."""
    from withus.record.models import Entry

    before = Entry.objects.count()
    for name, wanted in ROWS.items():
        if wanted not in {TEAM, POST_ONLY} or name in {"people:forget", "people:joining", "table:answer"}:
            continue
        kwargs = world.kwargs.get(name, {"address": world.them.project.address})
        for who in ("stranger", "amira", "bo", "ada", "sam"):
            got = client_of(who, world.them).post(reverse(name, kwargs=kwargs), {}).status_code
            assert got in {302, 403, 404, 405}, (name, who, got)
    assert Entry.objects.count() == before
