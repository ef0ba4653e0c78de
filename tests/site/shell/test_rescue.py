"""Words out of a body that is too big, however the network cuts it."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from withus.site.shell.rescue import KEPT, MOST_FIELDS, rescue

TYPE = 'multipart/form-data; boundary="--cut"'


def part(head: str, text: bytes) -> bytes:
    return b"----cut\r\nContent-Disposition: form-data; " + head.encode() + b"\r\n\r\n" + text + b"\r\n"


BODY = (
    part('name="words"', "A hard night\r\n--cut is not the end. \N{WATER WAVE}".encode())
    + part('name="photo"; filename="name=.jpg"\r\nContent-Type: image/jpeg', b"\r\n----cu" * 1000)
    + part('name="empty"', b"")
    + part('name="may_see"', b"wall")
    + b"----cut--\r\n"
)
FIELDS = (("words", "A hard night\r\n--cut is not the end. \N{WATER WAVE}"), ("empty", ""), ("may_see", "wall"))


@given(st.lists(st.integers(0, len(BODY)), max_size=30))
def test_words_are_found_wherever_the_body_is_cut(cuts: list[int]) -> None:
    words = rescue(TYPE)
    places = [0, *sorted(cuts), len(BODY)]
    for start, end in pairwise(places):
        words.feed(BODY[start:end])
    assert words.fields() == FIELDS


@given(st.binary(max_size=2000), st.sampled_from([TYPE, "application/x-www-form-urlencoded", "text/plain", ""]))
def test_nonsense_does_no_harm(body: bytes, kind: str) -> None:
    words = rescue(kind)
    words.feed(body)
    words.fields()


def test_a_part_that_breaks_off_is_kept_as_far_as_it_came() -> None:
    words = rescue(TYPE)
    words.feed(part('name="words"', b"Half a sentence")[:-6])
    assert words.fields() == (("words", "Half a sent"),)


def test_what_is_kept_has_an_end() -> None:
    words = rescue(TYPE)
    words.feed(part('name="words"', b"x" * (KEPT + 1000)) + part('name="n"', b"1") * 300)
    fields = words.fields()
    assert len(fields) == MOST_FIELDS
    assert sum(len(text) for _, text in fields) <= KEPT


def test_form_words_are_read() -> None:
    words = rescue("application/x-www-form-urlencoded; charset=utf-8")
    words.feed(b"words=caf%C3")
    words.feed(b"%A9+now&empty=")
    assert words.fields() == (("words", "café now"), ("empty", ""))
