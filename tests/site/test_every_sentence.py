"""
Every sentence can be translated: in a language made for this test, in which each sentence of the catalogue stands in brackets, a page
shows no English outside of them. What people typed, names and addresses are theirs and stay.
"""

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf.locale import LANG_INFO
from django.core import mail
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.site.every_mail import every_mail
from tests.site.test_access import LIVE_PARTICIPANT, ROWS, client_of, world
from tests.site.test_bad_input import url_of
from tests.site.test_every_mail import html
from tests.site.world import World
from withus.live.models import Contribution
from withus.methods.deck import starter
from withus.people import link
from withus.post import worker
from withus.projects import actions as projects

__all__ = ["world"]
pytestmark = [pytest.mark.django_db, pytest.mark.slow]
CATALOGUE = Path(__file__).parents[2] / "src" / "withus" / "locale" / "withus.pot"
LANGUAGE = "en-xx"
WHOLE = re.compile(r"⟦[^⟦⟧]*⟧")
CODE = re.compile(r"https?://\S+|\b[A-Z0-9]+(?:-[A-Z0-9]+)+\b")
"""Addresses, marks of cards, heads of the record."""
WORD = re.compile(r"[^\W\d_]{2,}")
QUIET = {"script", "style", "textarea", "code", "pre"}
"""Not read out, or typed by somebody, or to be copied as it is."""
SEEN = {"alt", "title", "placeholder", "aria-label"}
NAMES = """
WithUs With Us The evening cafe A safe place to go at night when things get too much Lantern House dev lantern example
Dev Prof Hall Ada Amira Bo Joy Tomasz Grace Workshop Buses Light A light on A lamp You asked Us Hours
"""
"""What the test's own people typed and are called."""
TYPED = """
You can't get home Nobody should have to leave early The council A volunteer walks with you A second taxi What came in after May
Open till two ten No money We asked late A day's work We ask first Is it settled Getting Trust Elsewhere The last bus goes at nine
testserver
"""
"""What is typed in `every_mail`."""
OF_DJANGO = ("Unknown", *(info["name_local"] for info in LANG_INFO.values() if "name_local" in info))
"""It has a catalogue of its own, which is not in brackets here; languages are called by their own names."""


@pytest.fixture
def in_brackets(world: World, settings: Any, tmp_path: Path) -> World:  # Any: pytest-django's settings
    """The world was made before, in English, as what people typed would be."""
    with CATALOGUE.open("rb") as file:
        held = read_po(file)
    made = Catalog(locale="en", charset="utf-8")
    for message in held:
        if message.id:
            ids = (message.id,) if isinstance(message.id, str) else message.id
            said = tuple(f"⟦{one}⟧" for one in ids)
            made.add(message.id, said[0] if isinstance(message.id, str) else said, context=message.context)
    folder = tmp_path / "en_XX" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "django.mo").open("wb") as out:
        write_mo(out, made)
    settings.LOCALE_PATHS = [tmp_path]
    settings.LANGUAGES = [(LANGUAGE, "In brackets")]
    settings.LANGUAGE_CODE = LANGUAGE
    return world


class Read(HTMLParser):
    """What a page says, to the eye and to the ear, outside of what people typed."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.quiet = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.quiet += tag in QUIET
        self.said += [value or "" for name, value in attrs if name in SEEN]

    def handle_endtag(self, tag: str) -> None:
        self.quiet -= tag in QUIET

    def handle_data(self, data: str) -> None:
        if not self.quiet:
            self.said.append(data)


def english(page: str, known: set[str]) -> list[str]:
    """What is left once all that stands in brackets is taken out; a sentence may hold another, and an element too."""
    while WHOLE.search(page):
        page = WHOLE.sub(" ", page)
    reader = Read()
    reader.feed(CODE.sub(" ", page))
    return [" ".join(text.split()) for text in reader.said if not set(WORD.findall(text)) <= known]


def known(world: World) -> set[str]:
    days = (date(2026, month, month).strftime("%B %b %A %a") for month in range(1, 13))
    theirs = [link.speakable(world.them.amira), world.kwargs["live:join"]["code"], *days, "am pm", *OF_DJANGO]
    return set(WORD.findall(" ".join([NAMES, *theirs])))


def pages_of(world: World, who: str) -> dict[str, str]:
    """All that they may open, by name."""
    client: Client = client_of(who, world.them)
    opened = {}
    for name in (*ROWS, *(f"live:{one}" for one in LIVE_PARTICIPANT)):
        answer = client.get(url_of(world, name))
        if answer.status_code == 200 and "text/html" in answer["Content-Type"]:
            opened[name] = answer.content.decode()
    return opened


@pytest.mark.parametrize("who", ["amira", "dev"])
def test_no_page_says_anything_that_a_translator_never_sees(in_brackets: World, who: str) -> None:
    words, opened = known(in_brackets), pages_of(in_brackets, who)
    found = [f"{name}: {one}" for name, page in opened.items() for one in english(page, words)]
    assert "\n".join(found) == ""
    assert len(opened) > 20


def test_a_picture_is_read_out_in_words_that_a_translator_saw(in_brackets: World) -> None:
    shown = [card.alt for card in starter().cards]
    with translation.override(LANGUAGE):
        said = [Contribution(picture=card.id).in_words for card in starter().cards]
        assert said == [f"⟦(a picture: ⟦{alt}⟧)⟧" for alt in shown]
        assert Contribution(picture="of no deck").in_words == "⟦(a picture)⟧"
        assert Contribution(picture=starter().cards[0].id, words="A door").in_words == "A door"


def test_no_mail_of_any_kind_does_either(in_brackets: World) -> None:
    them = in_brackets.them
    sent = every_mail(them)
    for name in ("account_request_login_code", "account_reset_password"):
        Client().post(reverse(name), {"email": them.dev.email})
    texts = [text for one in mail.outbox for text in (str(one.subject), str(one.body), html(one))]
    said = known(in_brackets) | set(WORD.findall(TYPED)) | set(link.speakable(them.amira).split())
    assert "\n".join(one for text in texts for one in english(text, said)) == ""
    assert len(sent) == len(worker._letters)


@pytest.mark.parametrize(
    ("telephone", "address", "leads"),
    [
        ("01632 960 123", "", "01632 960 123"),
        ("", "", "four words"),
        ("01632 960 123", "https://withus.lantern.example", "https://withus.lantern.example/k/"),
    ],
)
def test_no_text_message_does_either_and_each_leads_somewhere(
    in_brackets: World, settings: Any, telephone: str, address: str, leads: str
) -> None:  # Any: pytest-django's settings
    settings.WITHUS_LAN, them = True, in_brackets.them
    projects.change_organisation(them.organisation, telephone=telephone, lasting_address=address)
    context = {"organisation": them.organisation, "link": link.taken_home(them.amira)}
    with translation.override(LANGUAGE):
        said = render_to_string("loop/mail/answer_sms.txt", context)
    assert english(said, known(in_brackets)) == []
    assert leads in said
