"""Entries are committed to over RFC 8785, whichever of two writers put them into bytes."""

from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from withus.record import chain

SAID = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(SAID)
def test_our_own_writer_comes_to_the_same_bytes_as_the_library(said: Any) -> None:
    assert chain.canonical(said) == rfc8785.dumps(said)


@pytest.mark.parametrize(
    "said", [1.5, [0.1, 1e30], {"\U0001f600": 1, "\ufb33": 2}, {"é": 1, "e": 2}, (1, "two"), "\x7f\u2028/<"]
)
def test_what_only_the_library_writes_is_left_to_it(said: Any) -> None:
    assert chain.canonical(said) == rfc8785.dumps(said)


@pytest.mark.parametrize("said", [2**53, [-(2**53)], float("nan"), "\ud800", {1: "a"}, object()])
def test_what_the_library_refuses_is_refused(said: object) -> None:
    with pytest.raises((rfc8785.CanonicalizationError, UnicodeEncodeError)):
        chain.canonical(said)
