"""
Whole projects, labelled before any rule was run on them: each trap is seen where a practitioner sees it.

A trap counts as seen when one of its rules says stop or warn. A mistake is written in `KNOWN` with its reason, and is
struck off when it is gone: this fails on a new mistake and on one that is no longer made.
"""

import pytest

from tests.projects.scoring import FOLDERS, TRAPS, cells, files, labels

# (folder, project, trap): what goes wrong there.
KNOWN: dict[tuple[str, str, int], str] = {
    (
        "strangers",
        "17_flowers_and_no_vote",
        1,
    ): "called more than it is, which the one who labelled sees in the votes only",
    (
        "passers_by",
        "02_six_said_so",
        5,
    ): "six of twenty-three say that they heard; the source that gives T509 warns of it, the one who labelled would not",
}


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_project_has_a_label_with_a_reason_for_each_trap(folder: str) -> None:
    assert files(folder) == sorted(labels(folder))
    for label in labels(folder).values():
        assert label.traps <= set(TRAPS)
        assert set(map(int, label.why)) == label.traps
        assert not set(map(int, label.only_looks)) & label.traps
        assert not label.unsure & label.traps


def test_there_are_nine_sets_and_sound_ones_in_each() -> None:
    assert {folder: len(labels(folder)) for folder in FOLDERS} == {
        "forty": 40,
        "later": 20,
        "harder": 24,
        "strangers": 25,
        "newcomers": 40,
        "passers_by": 21,
        "last_bus": 21,
        "postcards": 24,
        "crossroads": 20,
    }
    assert {folder: sum(not each.traps for each in labels(folder).values()) for folder in FOLDERS} == {
        "forty": 14,
        "later": 10,
        "harder": 13,
        "strangers": 13,
        "newcomers": 21,
        "passers_by": 11,
        "last_bus": 10,
        "postcards": 12,
        "crossroads": 6,
    }


@pytest.mark.parametrize(("folder", "project"), [(folder, project) for folder in FOLDERS for project in labels(folder)])
def test_the_traps_seen_are_those_that_a_practitioner_sees(folder: str, project: str) -> None:
    for each in cells(folder):
        if each.project != project:
            continue
        known = KNOWN.get((folder, project, each.trap))
        if known is None:
            assert each.agrees, f"trap {each.trap}: labelled {each.labelled}, said by {each.rules or 'no rule'}"
        else:
            assert not each.agrees, f"trap {each.trap} is right now: strike it off KNOWN ({known})"


def test_no_known_mistake_names_a_project_that_is_not_there() -> None:
    assert {(folder, project) for folder, project, _ in KNOWN} <= {
        (folder, project) for folder in FOLDERS for project in labels(folder)
    }
