"""News, data and badge: nothing until the team says so, then what the public page says and no more."""

import json
import xml.etree.ElementTree as ET
from datetime import date, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest
from django.test import Client

from tests.cast import Cast, cast, signed_in
from tests.loop import ground as loop
from tests.reports.ground import published
from withus.live import actions as live
from withus.live.models import Use
from withus.loop import actions, in_public, snapshot
from withus.projects.models import Project
from withus.reports import feeds

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def them() -> Cast:
    snapshot._kept.clear()
    return cast()


def on(them: Cast) -> None:
    actions.switch_feeds(them.project, feeds=True, badge=True, by=them.dev, now=them.now)


def get(them: Cast, what: str) -> bytes:
    answer = Client().get(f"/at/{them.project.address}/{what}")
    assert answer.status_code == 200
    return answer.content


@pytest.mark.parametrize("what", ["feed.atom", "public.json", "badge.svg"])
def test_there_is_nothing_until_the_group_asks_for_it(them: Cast, what: str) -> None:
    path = f"/at/{them.project.address}/{what}"
    assert Client().get(path).status_code == 404
    on(them)
    answer = Client().get(path)
    assert answer.status_code == 200
    assert answer["X-Robots-Tag"] == "noindex"
    assert "Set-Cookie" not in answer
    assert Client().post(path).status_code == 405


def test_news_has_each_answer_once_with_its_newest_text(them: Cast) -> None:
    answer = published(them, name="Light & <b>lamps</b>")
    actions.redate(answer, on=date(2099, 10, 1), because="Parts.", by=them.dev, now=them.now)
    published(them, name="Home", we_do="A\x0btaxi", promised_on=them.now.date().replace(day=7))
    on(them)
    feed = ET.fromstring(get(them, "feed.atom"))
    entries = {one.findtext(f"{ATOM}id"): one.findtext(f"{ATOM}title") for one in feed.iter(f"{ATOM}entry")}
    assert feed.findtext(f"{ATOM}id") == f"urn:uuid:{them.project.uid}"
    assert entries[f"urn:uuid:{answer.uid}"] == "Doing it: Light & <b>lamps</b>"
    assert sorted(str(title) for title in entries.values()) == [
        "Doing it: Home", "Doing it: Light & <b>lamps</b>", "Late: Home",
    ]  # fmt: skip


def test_a_news_reader_shows_each_thing_once_and_again_only_when_it_changed(them: Cast) -> None:
    """Ids stay through days, and what an entry says of its last change moves with it; an entry for a late promise is the same each day."""
    answer = published(them, promised_on=them.now.date() + timedelta(days=2))
    days = [them.now + timedelta(days=n) for n in (3, 9)]
    first, then = (entries(them, at) for at in days)
    assert first == then
    assert len(first) == 2
    assert first[f"urn:uuid:{answer.uid}"] == "2026-05-06T13:30:00+00:00"
    actions.keep_promise(answer, on=days[1].date(), by=them.dev, now=days[1])
    assert entries(them, days[1]) == {f"urn:uuid:{answer.uid}": days[1].isoformat()}


def entries(them: Cast, at: datetime) -> dict[str, str]:
    """When each was changed last, as a news reader reads it on that day."""
    feed = ET.fromstring(feeds.atom(them.project, in_public.read(them.project, now=at)))
    found = {one.findtext(f"{ATOM}id"): one.findtext(f"{ATOM}updated") for one in feed.iter(f"{ATOM}entry")}
    assert feed.findtext(f"{ATOM}updated") == max(str(at) for at in found.values())
    return {str(id): str(at) for id, at in found.items()}


def test_what_somebody_wrote_is_never_markup_in_a_news_reader(them: Cast) -> None:
    """A summary is HTML to whoever reads it: what stands in it has to come out as letters."""
    published(them, we_do="<img src=x onerror=alert(1)>\n\nA lamp.")
    on(them)
    feed = ET.fromstring(get(them, "feed.atom"))
    summaries = [one.findtext(f"{ATOM}summary") or "" for one in feed.iter(f"{ATOM}entry")]
    assert len(summaries) == 1
    assert summaries[0].startswith("<p>&lt;img src=x onerror=alert(1)&gt;</p>")
    assert {one.findtext(f"{ATOM}title") for one in feed.iter(f"{ATOM}entry")} == {"Doing it: Getting home"}


def test_data_have_the_shape_that_is_written_down(them: Cast) -> None:
    answer = published(them, people=(them.amira, them.bo, them.joy, them.tomasz, them.amira), outcome="done")
    on(them)
    said = json.loads(get(them, "public.json"))
    assert list(said) == [
        "format", "project", "as_of", "hidden_since", "hidden_because", "rests", "goes", "label", "counters", "promises_late", "answers",
        "late", "timeline",
    ]  # fmt: skip
    assert [(one["key"], one["number"], one["words"], one["of"], one["counts"]) for one in said["counters"]] == [
        ("acknowledged", 5, None, 5, "cards"),
        ("answered", 5, None, 5, "cards"),
        ("changed", 5, None, 5, "cards"),
        ("confirmed", None, "fewer than 5", None, "people"),
    ]
    one = said["answers"][0]
    assert (one["id"], one["cards"], one["outcome"], one["words"]) == (str(answer.uid), 5, "done", [])
    text = json.dumps(said)
    assert "Getting home 0" not in text
    assert str(them.amira.uid) not in text


def test_each_name_in_the_data_is_described_for_those_who_read_it(them: Cast) -> None:
    published(them, promised_on=them.now.date().replace(day=7))
    on(them)
    told = (Path(__file__).parents[2] / "docs" / "use" / "public-data.md").read_text("utf-8")
    said = json.loads(get(them, "public.json"))
    rows = [
        said,
        said["project"],
        said["label"],
        said["counters"][0],
        said["answers"][0],
        said["late"][0],
        said["timeline"][0],
    ]
    assert [name for row in rows for name in row if f"`{name}`" not in told] == []


def test_words_stand_in_public_only_while_their_author_says_so(them: Cast) -> None:
    card = loop.card(them, them.amira, words="A lamp by the door.")
    theme = loop.theme(them, card, loop.card(them, them.bo, words="Nobody said yes to this."))
    actions.publish(loop.draft(them, theme), by=them.dev, now=them.now)
    on(them)
    assert json.loads(get(them, "public.json"))["answers"][0]["words"] == []
    live.allow_uses(card, person=them.amira, uses=[Use.PUBLIC], now=them.now)
    assert json.loads(get(them, "public.json"))["answers"][0]["words"] == ["A lamp by the door."]
    page = Client().get(f"/at/{them.project.address}").content.decode()
    assert "“A lamp by the door.”" in page
    assert "Nobody said yes" not in page
    live.allow_uses(card, person=them.amira, uses=[Use.REPORT], now=them.now)
    assert "A lamp by the door." not in Client().get(f"/at/{them.project.address}").content.decode()


def test_a_sign_that_xml_cannot_hold_breaks_neither_badge_nor_news(them: Cast) -> None:
    on(them)
    Project.objects.filter(pk=them.project.pk).update(title="The \x01 evening \ufffe cafe & <more>")
    for what in ("badge.svg", "feed.atom"):
        assert "The   evening   cafe &amp; &lt;more&gt;" in get(them, what).decode()
        ET.fromstring(get(them, what))


def test_the_badge_is_a_picture_without_script_that_says_the_same_in_words(them: Cast) -> None:
    published(them, promised_on=them.now.date().replace(day=7), name="<script>x</script>")
    on(them)
    svg = get(them, "badge.svg").decode()
    ET.fromstring(svg)
    assert "<script" not in svg
    assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")
    assert "1 promise is late" in svg
    assert "Confirmed: fewer than 5." in svg
    answer = Client().get(f"/at/{them.project.address}/badge.svg")
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer["Cache-Control"] == "public, max-age=300"


def test_what_another_site_copies_leads_to_the_page_and_says_in_words_what_it_is(them: Cast) -> None:
    on(them)
    page = unescape(signed_in(them.dev).get(f"/at/{them.project.address}/in-public").content.decode())
    snippet = page.partition('id="snippet"')[2].partition(">")[2].partition("</textarea>")[0]
    here = f"https://withus.lantern.example/at/{them.project.address}"
    alt = "The evening cafe: what people said, and what was done about it"
    assert snippet.strip() == f'<a href="{here}"><img src="{here}/badge.svg" width="320" height="208" alt="{alt}"></a>'


def test_hidden_it_says_since_when_and_the_counters_stay(them: Cast) -> None:
    published(them, people=(them.amira, them.bo, them.joy, them.tomasz, them.amira))
    on(them)
    actions.hide_page(them.project, because="A court asked us.", by=them.dev, now=them.now)
    said = json.loads(get(them, "public.json"))
    assert (said["hidden_since"], said["hidden_because"]) == ("2026-05-06", "A court asked us.")
    assert (said["answers"], said["late"], said["timeline"]) == ([], [], [])
    assert said["counters"][0]["number"] == 5
    assert "Hidden since 6 May 2026" in get(them, "badge.svg").decode()
    assert "A taxi home." not in get(them, "feed.atom").decode()
    page = Client().get(f"/at/{them.project.address}").content.decode()
    assert "Hidden since 6 May 2026" in page
    assert "A court asked us." in page
    assert "A taxi home." not in page
    assert '<dl class="four">' in page
    actions.show_page(them.project, by=them.dev, now=them.now)
    assert "A taxi home." in Client().get(f"/at/{them.project.address}").content.decode()
