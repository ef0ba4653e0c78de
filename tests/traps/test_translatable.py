"""What a rule says of each of its stories, and each way out, is a sentence that translators start from."""

from pathlib import Path

from babel.messages.pofile import read_po

from withus.facts.load import read
from withus.traps.catalogue import catalogue
from withus.traps.rule import Finding

CATALOGUE = Path(__file__).parents[2] / "src" / "withus" / "locale" / "withus.pot"


def test_every_sentence_and_way_out_of_the_rules_is_in_the_catalogue() -> None:
    with CATALOGUE.open("rb") as file:
        known = {message.id for message in read_po(file)}
    said = set()
    for entry in catalogue().values():
        said |= {entry.rule.sentence, *entry.rule.way_out}
        for case in (one for side in entry.cases().values() for one in side):
            for found in entry.check(read(case.plan, name=case.story)):
                said |= {found.sentence, *found.way_out} if isinstance(found, Finding) else set()
    assert sorted(said - known) == []
    assert len(said) > 2 * len(catalogue())
