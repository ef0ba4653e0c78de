"""Vectors, groups and near-repeats by themselves: no database, no project."""

import hashlib
from importlib import resources

import numpy as np
import pytest
from numpy.typing import NDArray

from withus.loop.sense import grouping, minilm, vectors
from withus.loop.sense.numbers import Floats
from withus.loop.sense.repeats import near_repeats
from withus.loop.sense.vectors import Table

DIGEST = "ca3def57c48e734404a7feb7f64ea7ff4d67e266e0e916de295f2c1fe3a551b0"
LIGHT = [
    "Please light the path to the bus",
    "It is dark on the way to the bus stop",
    "More street lamps along the road",
]
FOOD = ["The soup was cold again", "Lunch should be warm and fresh", "We want better meals and hot dinners"]
WELSH = ["Mae angen mwy o oleuadau ar y stryd yn y nos", "Nid oedd neb yn gwrando arnaf yn yr ysbyty"]


@pytest.fixture(scope="module")
def table() -> Table:
    found = vectors.table()
    assert found is not None
    return found


def test_the_table_is_the_one_that_was_measured() -> None:
    content = (resources.files("withus.loop.sense") / vectors.TABLE).read_bytes()
    assert hashlib.sha256(content).hexdigest() == DIGEST


def test_texts_about_the_same_thing_point_the_same_way_though_they_share_no_word(table: Table) -> None:
    rows = vectors.of_texts(["The nurse was kind", "A caring doctor", "Parking costs too much"], by=table).rows
    assert rows[0] @ rows[1] > rows[0] @ rows[2] + 0.1


def test_a_vector_is_the_same_alone_and_among_others(table: Table) -> None:
    alone = vectors.of_texts([LIGHT[0]], by=table).rows[0]
    among = vectors.of_texts([*FOOD, *WELSH, LIGHT[0]], by=table).rows[-1]
    assert np.allclose(alone, among, atol=1e-6)


def test_the_language_model_reads_signs_and_single_letters_by_its_own_numbers() -> None:
    assert minilm.numbers("I, a café 床", vectors.all_pieces()) == [101, 1045, 1010, 1037, 7668, 100, 102]


class EachPieceItsOwnWay:
    """Stands where the model does: what it makes of a piece is a row with a single one, at the piece's number."""

    def run(self, _names: None, asked: dict[str, NDArray[np.int64]]) -> list[Floats]:
        return [np.eye(30_522, dtype=np.float32)[asked["input_ids"]]]


@pytest.mark.slow
def test_the_language_model_makes_a_row_of_each_text_in_its_order_from_its_pieces_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(minilm, "model", EachPieceItsOwnWay)
    monkeypatch.setattr(minilm, "WIDTH", 30_522)
    made = minilm.rows(["I, a café", "a", "", "I I I I a"], vectors.all_pieces())
    ones = [{int(at): round(float(row[at]), 4) for at in row.nonzero()[0]} for row in made]
    assert ones == [{1010: 0.5, 1037: 0.5, 1045: 0.5, 7668: 0.5}, {1037: 1.0}, {}, {1037: 0.2425, 1045: 0.9701}]


def test_around_a_piece_alone_begin_and_end_have_a_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(minilm, "model", EachPieceItsOwnWay)
    made = minilm.run([[101, 1037, 102], [101, 1037, 1045, 102]], ends=True)
    assert [sorted(row.nonzero()[0].tolist()) for row in made] == [[101, 102, 1037], [101, 102, 1037, 1045]]


@pytest.mark.parametrize("text", WELSH)
def test_another_language_goes_by_its_letters(table: Table, text: str) -> None:
    assert vectors.of_texts([text, LIGHT[0]], by=table).kinds == (vectors.LETTERS, "pieces")


@pytest.mark.parametrize(
    "text", ["Can I top up by cheque?", "Cleanliness. Staff are caring.", "how many calories are in a taco"]
)
def test_a_short_english_text_with_rare_words_is_read_as_english(table: Table, text: str) -> None:
    assert vectors.of_texts([text], by=table).kinds == ("pieces",)


@pytest.mark.parametrize(
    "text",
    [
        "Suche eine TV Show die Baby Blue heisst",
        "Mainkan album Vibrations oleh Marion Elise Raven",
        "Der Bus kam am Tag wieder zu spät",
        "Speel het album Everybody Happy van Lee Aaron",
    ],
)
def test_an_english_name_does_not_make_a_text_english(table: Table, text: str) -> None:
    assert vectors.of_texts([text], by=table).kinds == (vectors.LETTERS,)


def test_what_somebody_says_is_polish_is_not_read_as_english(table: Table) -> None:
    assert vectors.of_texts(["bus stop", "bus stop"], ["pl", "en-GB"], by=table).kinds == (vectors.LETTERS, "pieces")


def test_without_the_table_all_go_by_letters() -> None:
    made = vectors.of_texts([*LIGHT, "The path to the bus needs light"], by=None)
    assert made.kinds == (vectors.LETTERS,) * 4
    assert made.rows[0] @ made.rows[3] > made.rows[1] @ made.rows[2]


@pytest.mark.parametrize(
    "text",
    ["", " \n\t", "!?!?", "\x00", "\U0001f600" * 50, "\u200b", "\ud800", "a", "7 7 7", "x" * 100_000, "ab " * 40_000],
)
def test_a_hostile_text_is_no_trouble(table: Table, text: str) -> None:
    made = vectors.of_texts([text, LIGHT[0]], by=table)
    length = float(np.linalg.norm(made.rows[0]))
    assert length == pytest.approx(1 if made.kinds[0] else 0, abs=1e-5)
    assert made.kinds[1] == "pieces"
    assert [len(row) for kind, row in made.stored()] == [vectors.wide(kind) for kind in made.kinds]


def test_texts_from_right_to_left_and_without_spaces_have_vectors_of_their_own(table: Table) -> None:
    made = vectors.of_texts(["الانتظار في المستشفى طويل جدا", "等待时间太长了", "الانتظار طويل"], by=table)
    assert made.kinds == (vectors.LETTERS,) * 3
    assert made.rows[0] @ made.rows[2] > made.rows[0] @ made.rows[1]


def test_a_stored_vector_is_nearly_the_same(table: Table) -> None:
    rows = vectors.of_texts([*LIGHT, *FOOD], by=table).rows
    back = vectors.large([vectors.small(row) for row in rows])
    assert float((rows * back).sum(axis=1).min()) > 0.999


def test_the_nearest_come_first(table: Table) -> None:
    rows = vectors.of_texts([*LIGHT, *FOOD], by=table).rows
    packed = np.frombuffer(b"".join(vectors.small(row) for row in rows), dtype=np.int8).reshape(len(rows), -1)
    where, like = vectors.nearest(packed, vectors.lengths(packed), rows[3], most=3)
    assert where[0] == 3
    assert like == sorted(like, reverse=True)
    assert set(where[1:]) == {4, 5}


def many(table: Table, count: int = 300) -> dict[str, Floats]:
    """Texts of three subjects, no two alike, and a few in Welsh."""
    subjects = (
        ("The bus was late", "I waited for the bus", "No seat at the bus stop"),
        ("The nurse listened", "A doctor who cares", "Staff were kind on the ward"),
        ("Cold soup at lunch", "Better food please", "Dinner came too late to eat"),
    )
    texts = [f"{subjects[n % 3][n // 3 % 3]} on day {n}" for n in range(count)]
    return vectors.of_texts([*texts, *(f"{text} {n}" for n in range(12) for text in WELSH)], by=table).by_kind()


def test_one_more_text_never_moves_an_old_one(table: Table) -> None:
    rows = many(table)
    tree = grouping.grow(rows)
    before = grouping.join(tree, "pieces", rows["pieces"], floor=-1)
    more = np.concatenate([rows["pieces"], vectors.of_texts(FOOD, by=table).by_kind()["pieces"]])
    assert grouping.join(tree, "pieces", more, floor=-1)[: len(before)].tolist() == before.tolist()


def test_a_coarser_cut_only_joins_groups(table: Table) -> None:
    tree = grouping.grow(many(table))
    for coarse, fine in ((3, 6), (6, 12), (12, 24)):
        one, other = grouping.cut(tree, coarse), grouping.cut(tree, fine)
        assert len(set(one.tolist())) == coarse
        assert len(set(other.tolist())) == fine
        assert len({(a, b) for a, b in zip(one.tolist(), other.tolist(), strict=True)}) == fine


def test_the_three_subjects_are_found_and_languages_are_not_mixed(table: Table) -> None:
    rows = many(table)
    tree = grouping.grow(rows)
    groups = grouping.cut(tree, 4)
    cells = {kind: grouping.join(tree, kind, some, floor=-1) for kind, some in rows.items()}
    assert set(groups[cells[vectors.LETTERS]].tolist()).isdisjoint(groups[cells["pieces"]].tolist())
    found = groups[cells["pieces"]]
    assert len({tuple(sorted({int(found[n]) for n in range(first, 300, 3)})) for first in range(3)}) == 3


def test_what_is_near_to_nothing_stays_unsorted(table: Table) -> None:
    tree = grouping.grow({"pieces": many(table)["pieces"]})
    strange = vectors.of_texts(["Quantum tax accountants"], by=table).by_kind()["pieces"]
    assert grouping.join(tree, "pieces", strange, floor=0.4).tolist() == [grouping.UNSORTED]
    assert grouping.join(tree, vectors.LETTERS, strange, floor=-1).tolist() == [grouping.UNSORTED]


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_a_handful_of_texts_makes_a_tree_too(table: Table, count: int) -> None:
    rows = vectors.of_texts(LIGHT[:count], by=table).by_kind()
    tree = grouping.grow(rows)
    assert tree.cells == count
    assert len(tree.merges) == max(count - 1, 0)
    assert len(set(grouping.cut(tree, 1).tolist())) == min(count, 1)


def test_a_thousand_equal_texts_are_one_cell(table: Table) -> None:
    tree = grouping.grow(vectors.of_texts(["The bus was late"] * 1000, by=table).by_kind())
    assert tree.cells == 1


def test_a_few_texts_in_another_language_are_near_to_no_group(table: Table) -> None:
    made = vectors.of_texts([*LIGHT, *FOOD, *WELSH], by=table).by_kind()
    tree = grouping.grow(made)
    assert sorted(tree.centres) == ["pieces"]
    assert grouping.join(tree, vectors.LETTERS, made[vectors.LETTERS], floor=-1.0).tolist() == [grouping.UNSORTED] * 2


def test_many_texts_in_another_language_have_groups_however_many_more_are_english(table: Table) -> None:
    ten = [
        f"{WELSH[0]} {word}" for word in ("un", "dau", "tri", "pedwar", "pump", "chwech", "saith", "wyth", "naw", "deg")
    ]
    tree = grouping.grow(vectors.of_texts([*LIGHT * 5, *FOOD * 5, *ten], by=table).by_kind())
    assert sorted(tree.centres) == [vectors.LETTERS, "pieces"]


def test_moving_on_request_keeps_the_tree(table: Table) -> None:
    rows = many(table)
    tree = grouping.grow(rows)
    more = {**rows, "pieces": np.concatenate([rows["pieces"], vectors.of_texts(FOOD, by=table).by_kind()["pieces"]])}
    moved = grouping.warm(tree, more)
    assert moved.merges == tree.merges
    assert moved.cells == tree.cells


def test_edited_copies_are_found_again() -> None:
    texts = [*LIGHT, *FOOD, "PLEASE LIGHT THE PATH TO THE BUS!!", "Lunch should be warm and frsh", "something else"]
    assert list(near_repeats(texts)) == [(0, 6), (4, 7)]
