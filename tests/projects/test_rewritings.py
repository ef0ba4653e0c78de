"""Whatever only looks different is judged alike: trap by trap, and as gravely."""

from collections.abc import Callable
from functools import cache

import pytest

from tests.projects.rewritings import REWRITINGS, without_notes
from tests.projects.scoring import FOLDERS, TRAPS, files
from withus.facts.load import load
from withus.facts.project import Project
from withus.traps.judge import judge
from withus.traps.rule import Level

# (folder, project): the trap that is seen only where its note is left out (False), or only by its note (True). These notes
# give the members' reason for plain talk, say that a block is open, or say that others explain.
NOTES_TELL = {
    ("forty", "04_hearing_voices_talk"): (4, False),
    ("later", "02_bsl_circle"): (4, False),
    ("harder", "11_open_welcome"): (2, False),
    ("strangers", "04_our_own_house_rules"): (4, False),
    ("strangers", "13_door_open_all_day"): (2, False),
    ("newcomers", "05_old_soldiers_talk"): (4, False),
    ("newcomers", "34_the_directors_tour"): (4, True),
}


@cache
def every() -> dict[tuple[str, str], Project]:
    return {(folder, name): load(FOLDERS[folder] / f"{name}.toml") for folder in FOLDERS for name in files(folder)}


def seen(project: Project) -> dict[int, int]:
    """How grave the worst of each trap is, where it is seen at all."""
    verdict = judge(project)
    worst = {trap: max((each.level.weight for each in verdict.of_trap(trap)), default=0) for trap in TRAPS}
    return {trap: weight for trap, weight in worst.items() if weight >= Level.WARN.weight}


@cache
def held() -> dict[tuple[str, str], dict[int, int]]:
    return {key: seen(project) for key, project in every().items()}


@pytest.mark.parametrize("rewriting", REWRITINGS.values(), ids=REWRITINGS)
def test_a_project_in_other_words_is_in_the_same_traps(rewriting: Callable[[Project], Project]) -> None:
    changed = {key: rewriting(project) for key, project in every().items()}
    told = {key: project for key, project in changed.items() if project != every()[key]}
    assert told
    assert {key for key, project in told.items() if seen(project) != held()[key]} == set()


def test_without_its_notes_a_project_differs_only_where_the_note_is_the_reason() -> None:
    differs = {}
    for key, project in every().items():
        before, after = held()[key].keys(), seen(without_notes(project)).keys()
        if before != after:
            differs[key] = sorted((trap, trap in before) for trap in before ^ after)
    assert differs == {key: [told] for key, told in NOTES_TELL.items()}
