"""The data as tables: stable columns, each in the codebook; nobody named, nothing small, words with a yes only."""

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, cast, signed_in
from tests.loop import ground as loop
from tests.reports.ground import published
from withus.live import actions as live
from withus.live.models import Contribution, Use
from withus.reports import rows
from withus.reports.archive import archive, as_csv, csv_cell

pytestmark = pytest.mark.django_db
COLUMNS = {
    "project": "title organisation state language purpose label as_of",
    "workshops": "workshop on title format state",
    "blocks": "workshop kind title minutes prompt method dropped",
    "decisions": "what openness limit limit_because decider decide_by settled_on settled_because label",
    "changes": "on decision field before after narrows because",
    "cards": "card given_as language workshop off_agenda no_content words",
    "themes": "theme name cards",
    "cards_in_themes": "card theme",
    "answers": "answer theme version published_on current outcome we_heard we_do because body promised_on moved_because kept_on "
    "decided_by waits_for meanwhile",
    "counters": "key number of words counts meaning",
    "timeline": "on kind sentence",
}
"""As docs/use/in-public.md promises them. A column that goes or changes its name breaks somebody's program: raise FORMAT."""


@pytest.fixture
def them() -> Cast:
    return cast()


def unpacked(them: Cast) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(archive(them.project, now=them.now))) as file:
        return {name: file.read(name).decode("utf-8-sig") for name in file.namelist()}


def table(files: dict[str, str], name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[f"{name}.csv"])))


def test_the_columns_are_those_that_were_promised_and_each_is_explained(them: Cast) -> None:
    published(them)
    files = unpacked(them)
    book = json.loads(files["codebook.json"])["tables"]
    assert {name: " ".join(one["name"] for one in told["columns"]) for name, told in book.items()} == COLUMNS
    for name, columns in COLUMNS.items():
        assert files[f"{name}.csv"].splitlines()[0] == columns.replace(" ", ",")
        assert f"## {name}.csv" in files["codebook.md"]
    assert all(one["meaning"] for told in book.values() for one in told["columns"])
    data = json.loads(files["data.json"])
    assert [one for one in data if one != "format"] == list(COLUMNS)
    assert all(list(row) == COLUMNS[name].split() for name, rows_ in data.items() if name != "format" for row in rows_)


def test_nobody_can_be_found_in_it(them: Cast) -> None:
    card = loop.card(them, them.amira, words="My flat was broken into.")
    published(them)
    text = "\n".join(unpacked(them).values())
    for secret in (card.mark, str(card.uid), str(them.amira.uid), "My flat", "Amira", them.dev.email, "Getting home 0"):
        assert secret not in text


def test_words_come_with_a_yes_to_a_report_and_formulas_stay_words(them: Cast) -> None:
    card = loop.card(them, them.amira, words='=HYPERLINK("x")')
    live.allow_uses(card, person=them.amira, uses=[Use.REPORT], now=them.now)
    loop.card(them, them.bo, words="Without a yes.")
    files = unpacked(them)
    assert sorted(one["words"] for one in table(files, "cards")) == ["", '\'=HYPERLINK("x")']
    assert '=HYPERLINK("x")' in [one["words"] for one in json.loads(files["data.json"])["cards"]]


@pytest.mark.parametrize("sign", "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
def test_whatever_a_spreadsheet_may_run_has_an_apostrophe(sign: str) -> None:
    assert csv_cell(f"{sign}1") == f"'{sign}1"
    assert csv_cell(f"1{sign}") == f"1{sign}"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Tea;=1+1", "Tea;'=1+1"),
        ("Tea; =1+1;+2", "Tea; '=1+1;'+2"),
        ("Tea\t@SUM(A1)", "Tea\t'@SUM(A1)"),
        ("Tea ;-) and = so on; yes", "Tea ;-) and = so on; yes"),
        ("- tea\n- bread", "'- tea\n- bread"),
    ],
)
def test_nor_where_a_program_cuts_at_semicolons(given: str, kept: str) -> None:
    """LibreOffice does, unless somebody unticks it. Each cell stands in quotes as well, so that it does not."""
    assert csv_cell(given) == kept
    table = rows.Table("one", "", (rows.Column("words", "text", ""),), [(given,)])
    assert as_csv(table) == f'\ufeffwords\r\n"{kept}"\r\n'


def test_what_few_cards_have_in_common_is_left_empty(them: Cast) -> None:
    everybody = (them.amira, them.bo, them.joy, them.tomasz, them.amira)
    published(them, name="Big", people=everybody)
    published(them, name="Small", people=(them.bo,))
    files = unpacked(them)
    assert [(one["name"], one["cards"]) for one in table(files, "themes")] == [("Big", ""), ("Small", "")]
    assert table(files, "cards_in_themes") == []
    assert {one["given_as"] for one in table(files, "cards")} == {"words"}
    for at in range(5):
        loop.card(them, them.amira, words=f"More {at}")
    published(them, name="Third", people=everybody)
    sizes = {one["name"]: one["cards"] for one in table(unpacked(them), "themes")}
    assert sizes["Small"] == ""
    assert list(sizes.values()).count("") == 2


def test_one_card_of_another_language_is_not_the_one_row_that_says_nothing(them: Cast) -> None:
    """The sums of the report say that a sixth was given: alone in saying nothing, it would be that one."""
    for at in range(6):
        loop.card(them, them.amira, words=f"In the language of all {at}")
    Contribution.objects.update(language="en")
    Contribution.objects.filter(words__endswith="5").update(language="cy")
    told = [(one["given_as"], one["language"], one["workshop"]) for one in table(unpacked(them), "cards")]
    assert told == [("", "", "")] * 6
    for at in range(5):
        loop.card(them, them.bo, words=f"In Welsh {at}")
    Contribution.objects.filter(words__startswith="In Welsh").update(language="cy")
    languages = sorted(one["language"] for one in table(unpacked(them), "cards"))
    assert languages == ["cy"] * 6 + ["en"] * 5


def test_a_card_says_nothing_of_when_it_came(them: Cast) -> None:
    first = loop.card(them, them.amira, words="First")
    second = loop.card(them, them.bo, words="Second")
    for one, person in ((first, them.amira), (second, them.bo)):
        live.allow_uses(one, person=person, uses=[Use.REPORT], now=them.now)
    by_uid = sorted([(str(first.uid), "First"), (str(second.uid), "Second")])
    assert [one["words"] for one in table(unpacked(them), "cards")] == [words for _uid, words in by_uid]


def test_the_same_rows_give_the_same_file(them: Cast) -> None:
    published(them)
    assert archive(them.project, now=them.now) == archive(them.project, now=them.now)


def test_it_costs_the_same_for_one_answer_and_for_three(them: Cast) -> None:
    counts = []
    for names in (["One"], ["Two", "Three"]):
        for name in names:
            published(them, name=name)
        with CaptureQueriesContext(connection) as asked:
            rows.tables(them.project, now=them.now)
        counts.append(len(asked))
    assert counts == [27, 27]


def test_the_team_fetches_it_from_its_page(them: Cast, tmp_path: Path) -> None:
    client = signed_in(them.dev)
    answer = client.get(f"/at/{them.project.address}/report/data.zip")
    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"] == 'attachment; filename="the-evening-cafe.zip"'
    assert zipfile.ZipFile(io.BytesIO(answer.content)).testzip() is None


def test_the_command_writes_the_same_file(
    them: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from withus.site.commands import prepare
    from withus.site.commands.export import export

    monkeypatch.setattr(prepare, "ready", lambda _data: None)
    target = tmp_path / "data.zip"
    export(them.project.address, tables=target)
    assert capsys.readouterr().out == f"Written to {target}.\n"
    assert zipfile.ZipFile(target).testzip() is None
    export(them.project.address)
    assert "title = " in capsys.readouterr().out
