"""
Whatever people type, in every form of every page: kept or refused with a sentence, and what was typed stays on the page.

The forms are read from the pages themselves, so that a new form is tried as soon as an address has a row in the access matrix.
"""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse
from django.utils.html import escape

from tests.site.test_access import BARE, LIVE_PARTICIPANT, OPEN, OWN, ROWS, TEAM, client_of, world
from tests.site.world import World

__all__ = ["world"]
pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TYPED = {
    "empty": "",
    "html": "<script>alert(1)</script> \"'&",
    "emoji and right to left": "🙂 مرحبا \u202eevil",
    "nul": "before\x00after",
    "far too long": "x" * 100_000,
}
DONE = {200, 302, 404, 405, 409, 413, 422, 429}
"""404 for a choice that there is not; never 500, and 400 for nobody who used our own page."""
LEAVES = {"/sign-in/logout/", "/forget", "/me/erase", "/close"}
"""Pressing these ends the story that the others need."""


@dataclass
class Form:
    action: str = ""
    fields: dict[str, list[str]] = field(default_factory=dict)
    texts: set[str] = field(default_factory=set)
    dates: set[str] = field(default_factory=set)


class Forms(HTMLParser):
    """The forms of a page that post, each with what it would send and which of that a person types."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []
        self.open: Form | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form" and has.get("method", "").lower() == "post":
            self.open = Form(has.get("action", ""))
            self.found.append(self.open)
        name, kind = has.get("name", ""), has.get("type", "text")
        if self.open is None or not name or tag not in {"input", "textarea", "button", "select"}:
            return
        if tag == "textarea" or (tag == "input" and kind in {"text", "email", "tel", "search"}):
            self.open.texts.add(name)
            self.open.fields[name] = [""]
        elif tag == "input" and kind in {"radio", "checkbox"}:
            self.open.fields.setdefault(name, [has.get("value", "on")])
        elif kind != "file" and has.get("name") != "more":
            self.open.dates |= {name} if kind == "date" else set()
            self.open.fields.setdefault(name, [has.get("value", "")])

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None


def forms_of(page: str) -> list[Form]:
    parser = Forms()
    parser.feed(page)
    return [form for form in parser.found if form.texts or form.dates]


def pages() -> dict[str, str]:
    """Each page with a form, and who opens it."""
    own = {name: "dev" for name, row in ROWS.items() if row == TEAM or name == "table:begin_step"}
    own |= {name: "amira" for name, row in ROWS.items() if row in {OPEN, OWN}}
    own |= {f"live:{name}": "amira" for name, row in LIVE_PARTICIPANT.items() if "200" in row}
    return own | {"findings:explain": "dev", "findings:own": "dev", "loop:new_answer": "dev", "people:staff": "ada"}


def url_of(world: World, name: str) -> str:
    kwargs = world.kwargs.get(name, {} if name in BARE else {"address": world.them.project.address})
    return reverse(name, kwargs=kwargs)


@pytest.mark.parametrize("case", TYPED)
def test_whatever_is_typed_gets_an_answer_and_stays(world: World, case: str) -> None:
    """Every form of every page, with the same text in all its fields."""
    wrong, tried = [], 0
    for name, who in pages().items():
        url = url_of(world, name)
        client = client_of(who, world.them)
        client.raise_request_exception = False
        opened = client.get(url)
        for form in forms_of(opened.content.decode()) if "html" in opened["Content-Type"] else ():
            target = form.action or url
            if any(target.endswith(end) for end in LEAVES):
                continue
            tried += 1
            sent: dict[str, Any] = {**form.fields, **dict.fromkeys(form.texts, TYPED[case])}
            answer = client.post(target, sent)
            if answer.status_code not in DONE:
                wrong.append(f"{name} -> {target}: {answer.status_code}")
            elif answer.status_code in {409, 422} and case in {"html", "emoji and right to left"}:
                page = answer.content.decode()
                wrong += [f"{name} lost {one}" for one in form.texts if escape(TYPED[case]) not in page][:1]
    assert "\n".join(wrong) == ""
    assert tried > 20
    assert stored_nul() == []


def stored_nul() -> list[str]:
    """PostgreSQL refuses this character: whoever let it through here would be an error there."""
    found = []
    for model in apps.get_models():
        names = [
            one.attname for one in model._meta.concrete_fields if isinstance(one, models.CharField | models.TextField)
        ]
        for row in model._default_manager.values_list(*names) if names else []:
            found += [f"{model.__name__}: {value!r}" for value in row if isinstance(value, str) and "\x00" in value]
    return found


def test_a_form_that_waited_too_long_shows_even_a_short_word_and_sends_it_with_one_press(world: World) -> None:
    from django.test import Client

    room = url_of(world, "live:room")
    client = Client(enforce_csrf_checks=True)
    said = {"words": "Bus", "sent_once": "0123456789abcdef", "may_see": "wall"}
    answer = client.post(f"{room}/say", said, headers={"Referer": f"http://testserver{room}"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert ">Bus</blockquote>" in page
    assert ">0123456789abcdef<" not in page
    assert '<input type="hidden" name="words" value="Bus">' in page


@pytest.mark.parametrize(
    "sent_from",
    [
        {},
        {"Origin": "null"},
        {"Origin": "https://elsewhere.example"},
        {"Referer": "https://elsewhere.example/testserver/"},
        {"Origin": "http://testserver", "Sec-Fetch-Site": "cross-site"},
    ],
)
def test_a_form_that_another_site_filled_in_gets_no_button_that_would_send_it(
    world: World, sent_from: dict[str, str]
) -> None:
    """Amira's cookie is not sent along from there, but it would be with a press on our own page."""
    from django.test import Client

    erase = url_of(world, "loop:erase")
    answer = Client(enforce_csrf_checks=True).post(erase, {"because": "You have won a prize"}, headers=sent_from)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Nothing was sent" in page
    assert "You have won a prize</blockquote>" in page
    assert "<form" not in page
    assert "csrfmiddlewaretoken" not in page


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_slip_of_the_pen_in_a_year_is_asked_about_wherever_a_day_is_typed(world: World, day: str) -> None:
    """No sum can be done with such a day: the page that kept it, and the checker after it, would break."""
    wrong, tried = [], set()
    for name in DAYS:
        url, client = url_of(world, name), client_of("dev", world.them)
        page = client.get(url).content.decode()
        for form in (one for one in forms_of(page) if one.dates):
            filled = dict.fromkeys(form.texts, "Words") | {"starts": "10:00", "ends": "11:00", "version": "1"}
            sent: dict[str, Any] = {**form.fields, **filled, **dict.fromkeys(form.dates, day)}
            answer = client.post(form.action or url, sent)
            tried |= {f"{name} {one}" for one in form.dates}
            asked = answer.content.decode().count("Look at the year again.")
            if answer.status_code != 422 or not asked:
                wrong.append(f"{name}: {answer.status_code}")
    assert (wrong, sorted({one.split()[0] for one in tried})) == ([], sorted(DAYS))


DAYS = (
    "charter:charter", "charter:decision_new", "charter:decision", "charter:acts", "table:workshop_new", "table:workshop",
    "live:care", "loop:edit_answer", "loop:redate", "loop:rest",
)  # fmt: skip
"""Pages with a day to fill in."""


def test_no_page_with_a_day_is_left_out(world: World) -> None:
    """A day in the console is settled by its action: what is no day is refused there."""
    found = {
        name
        for name, row in ROWS.items()
        if row == TEAM
        and any(
            one.dates
            for one in forms_of(client_of("dev", world.them).get(url_of(world, name)).content.decode(errors="replace"))
        )
    }
    assert found - set(DAYS) - {"live:console"} == set()
