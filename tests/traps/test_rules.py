"""All rules, by their own cases and by the manners that every rule keeps."""

import re
from pathlib import Path

import pytest

from withus.facts.load import read
from withus.traps.catalogue import HERE, TRAPS, Case, Entry, catalogue, retired
from withus.traps.judge import Verdict, judge
from withus.traps.page import stale
from withus.traps.rule import Level

SECTIONS = ["What it looks for", "Why it hurts", "Where this comes from", "What it cannot see"]
RULES = list(catalogue().values())
CASES = [
    pytest.param(entry, case, id=f"{entry.rule.code}-{side}-{number}")
    for entry in RULES
    for side in ("bad", "good")
    for number, case in enumerate(entry.cases()[side])
]
each_rule = pytest.mark.parametrize("entry", RULES, ids=lambda entry: entry.rule.code)


def verdict_on(case: Case) -> Verdict:
    return judge(read(case.plan, name=case.story))


@pytest.mark.parametrize(("entry", "case"), CASES)
def test_a_case_gives_what_it_says_and_nothing_else(entry: Entry, case: Case) -> None:
    found = verdict_on(case).findings
    assert [each.where for each in found if each.rule == entry.rule.code] == sorted(case.finds)
    assert sorted({each.rule for each in found if each.rule != entry.rule.code}) == sorted(case.also)


@pytest.mark.parametrize(("entry", "case"), CASES)
def test_evidence_fills_each_sentence_and_way_out(entry: Entry, case: Case) -> None:
    for each in verdict_on(case).findings:
        assert "%(" not in "".join((each.said, *each.ways_out))
        assert each.as_row()["evidence"].keys() == each.evidence.keys()
        assert each.ways_out, entry.rule.code


@each_rule
def test_each_rule_has_two_bad_and_two_good_stories(entry: Entry) -> None:
    cases = entry.cases()
    assert len(cases["bad"]) >= 2
    assert len(cases["good"]) >= 2
    assert all(case.finds for case in cases["bad"])
    assert not any(case.finds for case in cases["good"])


@each_rule
def test_the_four_sections_are_there_and_in_order(entry: Entry) -> None:
    assert re.findall(r"^## (.+)$", entry.doc, re.MULTILINE) == SECTIONS


@each_rule
def test_name_is_file_name_and_code_belongs_to_the_folder(entry: Entry) -> None:
    assert entry.rule.name == entry.module.replace("_", "-")
    assert re.fullmatch(r"T[1-5]\d\d", entry.rule.code)
    assert TRAPS[entry.rule.trap][0] == entry.folder


def test_each_trap_has_a_rule() -> None:
    assert {entry.rule.trap for entry in RULES} == set(TRAPS)


def test_codes_and_names_are_unique_and_no_retired_code_comes_back() -> None:
    files = [path for path in HERE.glob("t?_*/*.py") if path.name != "__init__.py"]
    assert len(files) == len(catalogue()) == len({entry.rule.name for entry in RULES})
    assert not set(retired()) & set(catalogue())


def test_every_case_file_belongs_to_a_rule() -> None:
    assert {path.with_suffix(".py") for path in HERE.glob("t?_*/*.toml")} == {entry.source for entry in RULES}


def test_sentences_and_ways_out_are_plain_sentences() -> None:
    for entry in RULES:
        assert entry.rule.level in set(Level)
        for sentence in (entry.rule.sentence, *entry.rule.way_out):
            assert sentence.endswith((".", "?"))
            assert "!" not in sentence


def test_pages_are_what_their_rules_say() -> None:
    assert list(stale()) == []


def test_a_page_that_belongs_to_no_rule_is_stale(tmp_path: Path) -> None:
    (tmp_path / "T999.md").write_text("old", encoding="utf-8")
    assert "T999.md" in list(stale(tmp_path))
