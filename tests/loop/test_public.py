"""The page for everybody: what it says, what it never says, and that it is made once and is never old."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.cast import Cast, a_workshop, cast
from tests.loop import ground
from withus.findings import proposal
from withus.live import actions as live
from withus.loop import actions, asks, in_public, snapshot, timeline
from withus.loop.models import Answer
from withus.loop.pages import public
from withus.people import actions as people
from withus.projects.models import Project

pytestmark = pytest.mark.django_db
LATER = date(2099, 9, 1)


@pytest.fixture
def them() -> Cast:
    snapshot._kept.clear()
    return cast()


def page(them: Cast) -> str:
    answer = Client().get(f"/at/{them.project.address}")
    assert answer.status_code == 200
    return answer.content.decode()


def published(them: Cast, *, name: str = "Getting home", **texts: object) -> Answer:
    theme = actions.make_theme(
        them.project,
        name=name,
        by=them.dev,
        now=them.now,
        contributions=[ground.card(them, them.amira, words=name)],
        read=True,
    )
    answer = ground.draft(them, theme, **{"promised_on": LATER, **texts})  # type: ignore[arg-type] # a test's own mix
    actions.publish(answer, by=them.dev, now=them.now)
    return answer


def test_what_is_not_done_stands_under_its_own_heading_with_its_reason(them: Cast) -> None:
    published(them)
    published(them, name="A bus", outcome="not doing", promised_on=None, we_do="No bus.", because="No money for it.")
    done, refused = page(them).split("What we are not doing, and why")
    assert "A taxi home." in done
    assert "No bus." not in done
    assert "No money for it." in refused


def test_a_late_promise_stands_in_plain_sight_above_all_answers_with_its_day_and_who_owes_it(
    them: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the project's own calendar: here it is the 31st by the clocks of UTC, and in London the first."""
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 5, 31, 23, 30, tzinfo=UTC))
    published(them, name="Light", promised_on=date(2026, 6, 4))
    assert "days late" not in page(them)
    published(them, name="Home", promised_on=them.now.date() + timedelta(days=2), body="Lantern House")
    above = " ".join(re.sub(r"<[^>]+>", " ", page(them).partition("You said. We did.")[0]).split())
    assert "This promise is 24 days late Home : A taxi home. It was due on 8 May 2026 . Lantern House owes it." in above
    assert "Light" not in above


def test_an_answer_to_one_card_never_shows_the_card_or_its_mark(them: Cast) -> None:
    card = ground.card(them, them.amira, words="My flat was broken into.")
    answer = actions.draft_answer(
        them.project, contribution=card, we_heard="Somebody is afraid at night.", outcome="doing", we_do="We ring.",
        because="Nobody should be alone.", body="Lantern House", promised_on=them.now.date() + timedelta(days=1),
        by=them.dev, now=them.now,
    )  # fmt: skip
    actions.publish(answer, by=them.dev, now=them.now)
    text = page(them)
    assert "late" in text
    assert "Somebody is afraid at night." in text
    assert card.mark not in text
    assert "My flat" not in text


def test_search_engines_find_this_page_and_know_what_it_is(them: Cast) -> None:
    published(them)
    answer = Client().get(f"/at/{them.project.address}")
    text = answer.content.decode()
    assert answer["X-Robots-Tag"] == "index, follow"
    assert '<meta name="robots" content="index, follow">' in text
    assert '<link rel="canonical" href="https://withus.lantern.example/at/the-evening-cafe">' in text
    assert "<title>The evening cafe: you said, we did - WithUs</title>" in text
    assert 'name="description" content="The evening cafe, Lantern House' in text
    assert Client().get(f"/at/{them.project.address}/words")["X-Robots-Tag"] == "noindex"


def test_search_engines_leave_out_an_example_and_what_nobody_was_asked_yet(them: Cast) -> None:
    assert '<meta name="robots" content="noindex">' in page(them)
    ground.card(them, them.amira)
    assert '<meta name="robots" content="index, follow">' in page(them)
    Project.objects.filter(pk=them.project.pk).update(is_example=True)
    assert '<meta name="robots" content="noindex">' in page(them)


def test_confirmed_is_counted_until_last_midnight(them: Cast) -> None:
    """Who watches the number while somebody opens their letter would know who it was."""
    fay = [people.add_person(them.project, now=them.now, name=f"Fay {at}") for at in range(6)]
    theme = ground.theme(them, *[ground.card(them, one) for one in fay])
    answer = ground.draft(them, theme)
    actions.publish(answer, by=them.dev, now=them.now)
    for one in fay:
        actions.confirm(one, answer=answer, says="i know now", now=them.now)
    today = in_public.read(them.project, now=them.now + timedelta(hours=2))
    tomorrow = in_public.read(them.project, now=them.now + timedelta(days=1))
    shown = [(read.four[3].number, str(read.four[3].words)) for read in (today, tomorrow)]
    assert shown == [(None, "fewer than 5"), (6, "")]


def test_who_only_voted_elsewhere_is_not_counted_among_those_that_nothing_reaches(them: Cast) -> None:
    """Of a Polis conversation most people vote and say nothing: more of them could not be reached than had given something."""
    for number in range(6):
        ground.card(them, people.add_person(them.project, now=them.now, came_by="import"), f"Card {number}")
    for _voter in range(30):
        people.add_person(them.project, now=them.now, came_by="import")
    found = asks.counters(them.project, now=them.now)
    assert (found.no_address, found.people) == (6, 6)
    assert "6 people cannot be reached: they came without an address." in page(them)


def test_who_came_by_an_import_and_names_an_address_can_be_reached(them: Cast) -> None:
    one, other = (people.add_person(them.project, now=them.now, came_by="import") for _ in range(2))
    for person in (one, other):
        ground.card(them, person)
        people.set_way(person, kind="email" if person is one else "none", address="one@people.example")
    assert asks.counters(them.project, now=them.now).no_address == 1


def test_a_closed_page_says_no_more_than_is_true_of_who_was_told_and_what_a_no_does(them: Cast) -> None:
    for days, last in ((300, "a “no” opens it again."), (400, "more than a year ago. If you were not told, ring us.")):
        at = timezone.now() - timedelta(days=days)
        Project.objects.filter(pk=them.project.pk).update(state="closed", closed_at=at)
        snapshot._kept.clear()
        text = page(them)
        assert "Everybody was told, or it is written down why not." in text
        assert last in text


def test_the_record_s_code_is_that_of_last_midnight(them: Cast) -> None:
    """It begins with how many entries there are: whoever reads it twice in a day would see that somebody has pressed."""
    answer, today = published(them), them.now + timedelta(days=1)
    before = public.last_midnight(them.project, now=today)
    actions.confirm(them.amira, answer=answer, says="i know now", now=today)
    later = [public.last_midnight(them.project, now=today + timedelta(hours=hours)) for hours in (1, 24)]
    assert before != ""
    assert [one == before for one in later] == [True, False]


def test_who_has_the_page_is_not_sent_it_again_until_something_changes(them: Cast) -> None:
    published(them)
    client, path = Client(), f"/at/{them.project.address}"
    first = client.get(path)
    assert client.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 304
    published(them, name="Light")
    again = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200
    assert "Light" in again.content.decode()


def test_made_once_it_costs_two_queries(them: Cast) -> None:
    published(them)
    page(them)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page(them)
    assert len(asked) == 2


def test_the_page_costs_the_same_for_one_answer_and_for_three(them: Cast) -> None:
    counts = []
    for names in (["One"], ["Two", "Three"]):
        for name in names:
            published(them, name=name)
        with CaptureQueriesContext(connection) as asked:
            page(them)
        counts.append(len(asked))
    assert counts == [25, 25]


def test_words_beside_an_answer_are_gone_at_once_when_their_author_takes_everything_back(them: Cast) -> None:
    answer = published(them)
    actions.confirm(
        them.amira,
        answer=answer,
        says="i know, and i do not agree",
        because="A taxi is no bus.",
        beside=True,
        now=them.now,
    )
    assert "A taxi is no bus." in page(them)
    people.begin_erasing(them.amira, now=them.now, at_once=False)
    assert "A taxi is no bus." not in page(them)
    people.stop_erasing(them.amira, now=them.now)
    assert "A taxi is no bus." in page(them)
    live.erase_given(them.amira, now=them.now)
    assert not any(b"A taxi is no bus." in kept for _stamp, kept in snapshot._kept.values())
    actions.forget_the_erased(now=them.now)
    assert "A taxi is no bus." not in page(them)


def test_words_beside_an_answer_stand_there_only_while_they_are_the_last_that_their_author_said(them: Cast) -> None:
    answer, no = published(them), "i know, and i do not agree"
    said = {"answer": answer, "now": them.now}
    actions.confirm(them.amira, says=no, because="A taxi is no bus.", beside=True, **said)  # type: ignore[arg-type] # a test's own mix
    actions.confirm(them.amira, says=no, because="A bus is a bus.", beside=True, **said)  # type: ignore[arg-type] # a test's own mix
    text = page(them)
    assert "A bus is a bus." in text
    assert "A taxi is no bus." not in text
    actions.confirm(them.amira, says="stop writing to me", **said)  # type: ignore[arg-type] # a test's own mix
    assert "A bus is a bus." in page(them)
    actions.confirm(them.amira, says=no, because="Only for you.", beside=False, **said)  # type: ignore[arg-type] # a test's own mix
    text = page(them)
    assert "A bus is a bus." not in text
    assert "Only for you." not in text


def test_what_a_way_out_says_to_one_reader_is_kept_for_nobody_else(them: Cast) -> None:
    path = f"/at/{them.project.address}"
    proposed = proposal.address(them.sams_project, path, says="Ask the board again.", fields={})
    assert "Ask the board again." in Client().get(proposed).content.decode()
    assert "Ask the board again." not in page(them)


def test_the_timeline_tells_days_of_answers_and_promises_and_nothing_of_persons(them: Cast) -> None:
    answer = published(them, promised_on=date(2026, 6, 1))
    actions.redate(answer, on=date(2026, 7, 1), because="The lamp is late.", by=them.dev, now=them.now)
    actions.confirm(them.amira, answer=answer, says="i know now", now=them.now)
    known = in_public.read(them.project, now=them.now)
    told = [(one.on, one.sentence, one.kind) for one in timeline.moments(them.project, known, today=date(2026, 7, 2))]
    assert told == [
        (date(2026, 5, 6), "Work on this began.", "done"),
        (date(2026, 5, 6), "The promise about “Getting home” moved to 1 July 2026, because: The lamp is late.", "done"),
        (date(2026, 5, 6), "Answered: “Getting home”", "done"),
        (date(2026, 7, 1), "“Getting home” was promised for this day, and is not done.", "late"),
    ]
    actions.keep_promise(answer, on=date(2026, 5, 7), by=them.dev, now=them.now)
    known = in_public.read(them.project, now=them.now)
    last = timeline.moments(them.project, known, today=date(2026, 7, 2))[3:]
    assert [(one.on, one.sentence) for one in last] == [
        (date(2026, 5, 7), "The promise about “Getting home” was kept.")
    ]


def test_a_workshop_that_is_still_to_come_is_no_stranger_s_business(them: Cast) -> None:
    a_workshop(them, title="Secret tea")
    assert "Secret tea" not in page(them)


def test_search_engines_are_told_which_addresses_are_keys() -> None:
    answer = Client().get("/robots.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    lines = answer.content.decode().split("\n")
    assert lines[0] == "User-agent: *"
    assert "Disallow: /k/" in lines
    assert "Disallow: /at/" not in lines
    assert "Sitemap: http://testserver/sitemap.xml" in lines


def test_a_hundred_answers_a_page_and_the_counters_on_each(them: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public, "A_PAGE", 2)
    for name in ("One", "Two", "Three"):
        published(them, name=name)
    path = f"/at/{them.project.address}"
    first, second = page(them), Client().get(f"{path}?page=2").content.decode()
    assert [text.count('<article class="yswd"') for text in (first, second)] == [2, 1]
    assert "Page 1 of 2" in first
    assert '<dl class="four">' in second
    assert Client().get(f"{path}?page=x").status_code == 200


def test_what_is_kept_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    them = cast()
    snapshot._kept.clear()
    monkeypatch.setattr(snapshot, "MOST_BYTES", 25)
    for name in ("a", "b", "c"):
        snapshot.page(them.project, name, 1, lambda: b"0123456789")
    assert [name for _project, name in snapshot._kept] == ["b", "c"]
    snapshot._kept.clear()
