"""
The experiment: of forty people thirty have no account, six are on paper only, two on the telephone, two came by the room's code and gave
no name. Everyone hears back and says so themselves; only then the project closes. Nobody has a script.

All of it goes over real HTTP. One of each kind sits in a real browser, the others read plainly (plainly.py).
"""

import html
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.walks.beside import Counter, beside
from tests.walks.conftest import DESK, NewPage
from tests.walks.plainly import Reader
from tests.walks.site import PATIENCE, Site

pytestmark = [pytest.mark.walk, pytest.mark.slow]
AT = "/at/evenings"
BY_MAIL, BY_SLIP, IN_THE_ROOM = 12, 8, 10
POSTED, UNLISTED = 3, 3
SIX: tuple[tuple[str, dict[str, str]], ...] = (
    ("about", {"title": "Evenings", "purpose": "What a good evening is."}),
    ("change", {"what": "The hours"}),
    ("decides", {}),
    ("when", {"on": "2031-04-03", "starts": "14:00", "ends": "16:00", "place": "Mill Street hall"}),
    ("back", {"hear_back_on": "2031-05-01"}),
    ("safe", {"safe_person": "Priya"}),
)


@dataclass
class Story:
    """Dev without a script, the people by kind, and what each of them holds in their hand."""

    site: Site
    dev: Reader
    counter: Counter
    workshop: str = ""
    room: str = ""
    mails: list[Reader] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)
    phones: list[Reader] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    read: dict[str, Reader] = field(default_factory=dict)

    def reader(self) -> Reader:
        return Reader(self.site.url)


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    site = Site(tmp_path / "site", environment={"WITHUS_DEMO": "yes"}).start()
    with beside(site, "evenings") as counter:
        yield Story(site, Reader(site.url), counter)
    site.stop()


def test_all_forty_hear_back_and_say_so_and_only_then_it_closes(story: Story, new_page: NewPage) -> None:
    begin(story)
    invite(story)
    give(story, new_page)
    by_paper(story, new_page)
    assert counted(story) == ["running", 40, 0, 0, 0, 40]
    assert "40 cards have no answer" in story.dev.open(f"{AT}/close").text
    answer(story)
    assert counted(story)[4:] == [0, 0]
    by_mail(story, new_page)
    by_words(story, new_page)
    in_the_room(story, new_page)
    by_letter(story, new_page)
    face_to_face(story)
    on_the_telephone(story, new_page, "Grace", library=True)
    assert counted(story) == ["running", 40, 40, 39, 39, 0]
    assert ["confirmed", 35, "", 40] in in_public(story)
    refused = story.dev.open(f"{AT}/close")
    assert "They chose the telephone, and nobody has rung them: 1 person" in refused.text
    assert refused.send(do="close").status == 409
    on_the_telephone(story, new_page, "Femi", library=False)
    assert counted(story) == ["running", 40, 40, 40, 40, 0]
    two_keys(story, new_page)
    assert counted(story) == ["closed", 40, 40, 40, 40, 0]
    assert in_public(story) == [
        ["acknowledged", 40, "", 40],
        ["answered", 40, "", 40],
        ["changed", 15, "", 40],
        ["confirmed", 40, "", 40],
    ]
    assert "This project is closed" in story.reader().open(AT).text


def counted(story: Story) -> list[object]:
    """State, people, answered, told, heard, owed: as they stand now."""
    return story.counter.read()[:-1]


def in_public(story: Story) -> list[object]:
    """The four counters of the public page, as they stand there tomorrow: what is confirmed counts from midnight on, and in fives."""
    return story.counter.read_four()


def begin(story: Story) -> None:
    dev = story.dev.open(story.site.link("/begin/"))
    dev.send(name="Dev", email="dev@lantern.example", organisation="Lantern House", telephone="01632 960 123")
    for step, answers in SIX:
        dev.open(f"/projects/new/{step}").send(**answers)
    assert dev.at.endswith(f"{AT}/table")
    story.workshop = dev.open(f"{AT}/table/add").value("workshops")


def invite(story: Story) -> None:
    """Who has an account here? Dev alone. Those on the list come with an address, a number, or nothing at all."""
    rows = [("Joy", "email", "joy1@people.example", "on"), ("Tomasz", "none", "", "on")]
    rows += [(f"Mail {n}", "email", f"mail{n}@people.example", "") for n in range(BY_MAIL)]
    rows += [(f"Slip {n}", "none", "", "") for n in range(BY_SLIP)]
    rows += [(f"Post {n}", "post", f"{n} Mill Street", "") for n in range(POSTED)]
    rows += [("Grace", "phone", "01632 960 777", ""), ("Femi", "phone", "01632 960 778", "")]
    dev = story.dev
    for who, way, address, co_lead in rows:
        dev.open(f"{AT}/table/add")
        more = {"co_lead": co_lead} if co_lead else {}
        dev.send(name=who, role="member", way=way, address=address, workshops=story.workshop, **more)
        assert dev.at.endswith("/table"), dev.text
    dev.open(f"{AT}/table/invite")
    dev.send(person=re.findall(r'name="person" value="([^"]+)"', dev.page))
    assert dev.at.endswith("/table"), dev.text
    dev.send(person=re.findall(r'name="person" value="([^"]+)"', dev.open(f"{AT}/table/invitations").page))
    for page in dev.page.split("<section")[1:]:
        name = re.search(r"For ([^<]+)<", page)
        words = re.search(r'<b class="h-l">([^<]+)</b>', page)
        assert name is not None
        assert words is not None
        story.words[html.unescape(name.group(1))] = words.group(1)
    dev.open(f"{AT}/w/{story.workshop}/console").send(f"{AT}/w/{story.workshop}/console/start")
    code = re.search(r"room code (\w{8})", dev.text)
    assert code is not None, dev.text
    story.room = code.group(1)


def give(story: Story, new_page: NewPage) -> None:
    """Thirty give a card each; two say theirs on the telephone; two by the room's code leave nothing of themselves."""
    links = mail_links(story, "mail", "Evenings", wanted=BY_MAIL)
    for n, link in enumerate(links):
        reader = story.reader().open(link)
        say(story, reader, f"A lamp by the door, says mail {n}.")
        story.mails.append(reader)
    for n in range(BY_SLIP):
        say(story, with_words(story, f"Slip {n}"), f"Open on Sundays, says slip {n}.")
    for name in ("Grace", "Femi"):
        said_on_the_telephone(story, name)
    for n in range(IN_THE_ROOM):
        reader = story.reader().open(f"/r/{story.room}").send()
        say(story, reader, f"Quiet music, says chair {n}.")
        if n < 3:
            reader.send(way="email", where=f"chair{n}@people.example", how_often="as it comes")
            assert "Your choice is kept" in reader.text
        story.phones.append(reader)
    for n in range(2):
        anonymous(story, new_page(js=False), f"Nobody asks my name here, says stranger {n}.")


def said_on_the_telephone(story: Story, name: str) -> None:
    """They have nothing but a telephone: Dev types what they say, as their card."""
    dev = story.dev.open(f"{AT}/paper")
    whose = re.findall(rf'<option value="([^"]+)"[^>]*>{name}<', dev.page)[0]
    dev.send(whose=whose, words=f"Open on Sundays, says {name}.", sent_once=dev.value("sent_once"))
    assert re.search(r"/paper/([A-Z0-9-]+)$", dev.at), dev.text


def anonymous(story: Story, page: Page, words: str) -> None:
    """In a real browser: no name, no address, no choice made. Four words on a slip are all that they take home."""
    page.goto(f"{story.site.url}/r/{story.room}")
    page.get_by_role("button", name="Join in").click()
    page.get_by_label("What would you like to say?").fill(words)
    page.get_by_role("button", name="Send it").click()
    page.wait_for_url("**/receipt/**")
    story.words[f"stranger {words[-2]}"] = " ".join(page.locator("ol.words li").all_inner_texts())


def say(story: Story, reader: Reader, words: str) -> None:
    reader.open(f"{AT}/w/{story.workshop}")
    reader.send(f"{AT}/w/{story.workshop}/say", words=words, sent_once=reader.value("sent_once"))
    assert "We've got it" in reader.text, reader.text


def with_words(story: Story, name: str) -> Reader:
    """On some computer, by four words with all but the first three letters forgotten."""
    short = " ".join(word[:3] for word in story.words[name].split())
    reader = story.reader().open(f"{AT}/words").send(words=short)
    assert reader.at.endswith("/me"), reader.text
    return reader


def mail_links(story: Story, who: str, subject: str, *, wanted: int, leads_to: str = "/k/") -> list[str]:
    """The link in the mail with this subject to each of them; it may take the worker a moment."""
    end = time.monotonic() + PATIENCE
    found: dict[str, str] = {}
    while len(found) < wanted and time.monotonic() < end:
        for path in dict.fromkeys(story.reader().open("/mailbox").links(r"/mailbox/\d+")):
            mail = story.read.get(path) or story.reader().open(path)
            story.read[path] = mail
            to = re.search(rf"({who}\d+)@people\.example", mail.text)
            if to and subject in mail.text:
                found[to.group(1)] = mail.link(leads_to)
        time.sleep(0.2)
    assert len(found) == wanted, f"{len(found)} of {wanted} mails to {who}"
    return [found[name] for name in sorted(found)]


def by_paper(story: Story, new_page: NewPage) -> None:
    """Six wrote on paper. Three are on the list and chose post; three are on no list. Dev types them in, the first in a browser."""
    desk = signed_in(story, new_page)
    desk.goto(f"{story.site.url}{AT}/paper")
    desk.get_by_label("What does it say? Word for word.").fill("A bench outside, says paper 0.")
    desk.get_by_label("Whose card is it?").select_option(label="Post 0")
    desk.get_by_role("button", name="Enter it").click()
    desk.get_by_role("button", name="Make the slip").click()
    expect(desk.get_by_text("Your four words:")).to_be_visible()
    for n in range(1, POSTED + UNLISTED):
        dev = story.dev.open(f"{AT}/paper")
        names = dict(re.findall(r'<option value="([^"]+)"[^>]*>([^<]+)', dev.page))
        whose = next((uid for uid, name in names.items() if name == f"Post {n}"), "new")
        dev.send(whose=whose, words=f"A bench outside, says paper {n}.", sent_once=dev.value("sent_once"))
        mark = re.search(r"/paper/([A-Z0-9-]+)$", dev.at)
        assert mark is not None, dev.text
        if whose == "new":
            story.marks.append(mark.group(1))


def signed_in(story: Story, new_page: NewPage) -> Page:
    """Dev in a browser, without a script, as whoever is signed in already."""
    page = new_page(js=False, size=DESK)
    jar = story.dev.jar
    page.context.add_cookies([{"name": one.name, "value": one.value or "", "url": story.site.url} for one in jar])
    return page


def answer(story: Story) -> None:
    """Two answers speak to forty cards."""
    dev = story.dev
    dev.open(f"{AT}/themes?show=open")
    cards = re.findall(r'name="card"[^>]*? value="([^"]+)"', dev.page)
    assert len(cards) == 40
    for name, some in (("Light and quiet", cards[:25]), ("When and where", cards[25:])):
        dev.open(f"{AT}/themes?show=open").send(card=some, into="new", name=name)
    themes = dict.fromkeys(dev.open(f"{AT}/themes").links(r"/themes/[0-9a-f-]{36}"))
    for number, theme in enumerate(themes):
        dev.open(theme)
        dev.open(dev.link("/answers/new")).send(
            we_heard="A lamp, a bench, and Sundays.",
            outcome="done" if number else "not doing",
            we_do="There is a lamp and a bench now." if number else "We can't open on Sundays.",
            because="You asked for it." if number else "Nobody can work then.",
            body="Lantern House",
        )
        dev.open(f"{dev.at}" if dev.at.endswith("/publish") else dev.link("/publish"))
        dev.send(version=dev.value("version"))
        assert dev.status == 200, dev.text


def by_mail(story: Story, new_page: NewPage) -> None:
    """The first in a browser. What they hold is the link in the letter; the old one in the invitation is the same."""
    links = mail_links(story, "mail", "What became of what you said", wanted=BY_MAIL)
    phone = new_page(js=False)
    phone.goto(links[0])
    confirm_in_browser(phone)
    for n, link in enumerate(links[1:]):
        confirm(story.reader().open(link), "i know, and i do not agree" if n % 4 == 0 else "i know now")


def by_words(story: Story, new_page: NewPage) -> None:
    """Who left no way types four words, in a library, say. So do the two whose name nobody knows."""
    for n, name in enumerate(["Slip 0", "stranger 0", "stranger 1"]):
        page = new_page(js=False)
        page.goto(f"{story.site.url}{AT}/words")
        page.get_by_label("Your four words").fill(story.words[name])
        page.get_by_role("button", name="Open my page").click()
        confirm_in_browser(page)
        page.get_by_role("button", name="Finish on this computer").click()
        expect(page.get_by_text("This computer has forgotten your page.")).to_be_visible()
        page.goto(f"{story.site.url}{AT}/me")
        assert page.url.endswith("/words"), n
        assert page.context.cookies(f"{story.site.url}{AT}/me") == [] or not any(
            cookie["name"].startswith("me-") for cookie in page.context.cookies()
        )
    for n in range(1, BY_SLIP):
        confirm(with_words(story, f"Slip {n}"), "i know now")


def in_the_room(story: Story, new_page: NewPage) -> None:
    """Three asked for a mail; the others' own phones still hold their page."""
    links = mail_links(story, "chair", "What became of what you said", wanted=3)
    phone = new_page(js=False)
    phone.goto(links[0])
    confirm_in_browser(phone)
    for link in links[1:]:
        confirm(story.reader().open(link), "i know now")
    for reader in story.phones[3:]:
        confirm(reader.open(f"{AT}/me"), "i know now")


def by_letter(story: Story, new_page: NewPage) -> None:
    """Three letters are printed; each has a slip, which is ticked at a kitchen table and comes back by post."""
    dev = story.dev.open(f"{AT}/letters")
    dev.send(f"{AT}/letters/page")
    numbers = re.findall(r"opens nothing\):\s*([A-Z2-7]{4}-[A-Z2-7]{4})", dev.text)
    assert len(numbers) == POSTED
    dev.open(f"{AT}/letters")
    dev.send(tellings=dev.value("tellings"))
    assert f"{POSTED} letters noted as posted." in dev.text
    desk = signed_in(story, new_page)
    desk.goto(f"{story.site.url}{AT}/slips")
    desk.get_by_label("The number on the slip").fill(numbers[0])
    desk.locator("label.opt", has_text="I know now").click()
    desk.get_by_role("button", name="Enter the slip").click()
    expect(desk.get_by_text("The slip is entered.")).to_be_visible()
    for number in numbers[1:]:
        slip(story, number)


def face_to_face(story: Story) -> None:
    """The three on no list are told in the room, by the marks of their cards. Each takes the letter home and hands the slip in later."""
    dev = story.dev.open(f"{AT}/in-person")
    rows = [one for one in dev.page.split('<div class="card')[1:] if any(mark in one for mark in story.marks)]
    people = re.findall(r'name="person" value="([^"]+)"', " ".join(rows))
    assert len(people) == UNLISTED
    dev.send(person=people, who="Jo")
    assert f"{UNLISTED} noted as told" in dev.text
    for person in people:
        number = re.search(
            r"opens nothing\):\s*([A-Z2-7]{4}-[A-Z2-7]{4})",
            dev.open(f"{AT}/telling/{person}").send(f"{AT}/telling/{person}/letter").text,
        )
        assert number is not None
        slip(story, number.group(1))


def slip(story: Story, number: str) -> None:
    dev = story.dev.open(f"{AT}/slips").send(code=number.lower(), says="i know now")
    assert "The slip is entered." in dev.text, dev.text


def on_the_telephone(story: Story, new_page: NewPage, name: str, *, library: bool) -> None:
    """Dev opens the page with their words and their yes, and reads it to them. What they say of it Dev cannot press."""
    desk = signed_in(story, new_page)
    desk.goto(f"{story.site.url}{AT}/telephone")
    desk.get_by_label("Their four words").fill(story.words[name])
    desk.get_by_role("button", name="Open their page").click()
    expect(desk.get_by_text("Ask them first")).to_be_visible()
    desk.get_by_label("They said yes").check()
    desk.get_by_role("button", name="Open their page").click()
    expect(desk.get_by_role("heading", level=1)).to_contain_text(name)
    assert desk.get_by_role("button", name="I know now").count() == 0
    desk.get_by_role("button", name="told by telephone").click()
    expect(desk.get_by_text("Noted as told by telephone.")).to_be_visible()
    if library:
        reader = with_words(story, name)
        assert "This page was read to you on the telephone" in reader.text
        confirm(reader, "i know now")
        return
    dev = story.dev.open(f"{AT}/telling")
    uid = dict(re.findall(r'<th scope="row">([^<]+)</th>.*?/telling/([0-9a-f-]{36})', dev.page, re.S))[name]
    text = dev.open(f"{AT}/telling/{uid}").send(f"{AT}/telling/{uid}/letter").text
    number = re.search(r"opens nothing\):\s*([A-Z2-7]{4}-[A-Z2-7]{4})", text)
    assert number is not None
    slip(story, number.group(1))


def two_keys(story: Story, new_page: NewPage) -> None:
    """Dev turns one; he cannot turn the other. Joy does, from the mail that asks her, in a browser."""
    dev = story.dev.open(f"{AT}/close").send(do="close")
    assert "It waits for the second" in dev.text or "it waits for the second" in dev.text, dev.text
    assert counted(story)[0] == "running"
    assert "Turn the second key" not in dev.text
    joy = new_page(js=False)
    joy.goto(mail_links(story, "joy", "will you turn the second key?", wanted=1, leads_to="/key/")[0])
    joy.get_by_role("button", name="Yes, turn my key").click()
    expect(joy.get_by_text("Both keys are turned.")).to_be_visible()


def confirm(reader: Reader, says: str) -> None:
    reader.open(f"{AT}/me")
    for link in dict.fromkeys(reader.links("/me/answer/")):
        reader.open(link)
        assert "Do you know now what happened to what you said?" in reader.text
        reader.send(says=says)
        assert "You told us:" in reader.text, reader.text


def confirm_in_browser(page: Page) -> None:
    page.wait_for_url("**/me")
    page.get_by_role("link", name=re.compile("Read our answer")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Our answer to you")
    page.get_by_role("button", name="I know now").click()
    expect(page.get_by_text("You told us:")).to_be_visible()
