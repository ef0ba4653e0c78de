"""What goes over the wire."""

import pytest

from withus.stream import Audience, Event, Topic, capture, publish
from withus.stream.channel import KEPT, Channel


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_each_line_of_html_has_a_mark_of_its_own(end: str) -> None:
    html = f"<li>one</li>{end}{end}<li>two</li>"
    assert Event(7, "card", html).encoded() == b"id: 7\nevent: card\ndata: <li>one</li>\ndata: \ndata: <li>two</li>\n\n"


def test_an_event_without_a_number_has_no_id() -> None:
    assert Event(None, "mood", "").encoded() == b"event: mood\ndata: \n\n"


@pytest.mark.parametrize("name", ["", "a b", "a\nid: 9", "é"])
def test_a_name_cannot_break_the_wire(name: str) -> None:
    with pytest.raises(ValueError, match="not a name"):
        Event(None, name, "")


def test_a_key_has_no_number() -> None:
    with pytest.raises(ValueError, match="no number"):
        Event(1, "mood", "", key="mood")


def test_telling_with_nobody_there_does_nothing_and_a_test_can_look() -> None:
    topic = Topic.parse("5e9e3e3c-0000-4000-8000-00000000aaaa/phone/en")
    publish(topic, id=1, event="card", html="one")
    with capture() as told:
        publish(topic, id=2, event="card", html="two")
    publish(topic, id=3, event="card", html="three")
    assert told.events == [(topic, Event(2, "card", "two"))]
    assert topic.audience is Audience.PHONE


def told(channel: Channel, *numbers: int) -> None:
    for number in numbers:
        channel.add(Event(number, "card", ""), b"%d " % number)


def test_memory_gives_what_came_after_a_number_by_its_place() -> None:
    channel = Channel()
    told(channel, 5, 7, 6, 8)
    assert [channel.missed(after) for after in (4, 5, 7, 6, 8, 9)] == [b"5 7 6 8 ", b"7 6 8 ", b"6 8 ", b"8 ", b"", b""]


def test_memory_says_when_it_does_not_reach_back() -> None:
    channel = Channel()
    assert channel.missed(0) is None
    told(channel, *range(10, 10 + KEPT + 5))
    assert [channel.missed(after) is None for after in (8, 9, 13, 14)] == [True, True, True, False]
    assert channel.missed(10 + KEPT + 3) == b"%d " % (10 + KEPT + 4)


def test_what_is_forgotten_is_in_no_memory() -> None:
    channel = Channel()
    told(channel, 1, 2)
    channel.add(Event(None, "mood", "", key="mood"), b"mood")
    channel.forget()
    assert (channel.missed(1), channel.missed(2), channel.state()) == (None, b"", b"")
