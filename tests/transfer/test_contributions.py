"""`withus import contributions`: any CSV file of comments, once, whole, with its faults told by line."""

from datetime import UTC
from pathlib import Path

import pytest

from tests.cast import Cast, cast
from tests.transfer.files import run, write
from withus.live import actions as live
from withus.live.models import CardState, Contribution
from withus.loop.models import Due, Placement, Theme
from withus.people.models import Person, Way
from withus.projects.models import Project
from withus.record.models import Entry
from withus.record.verify import verify
from withus.transfer.contributions import read_when
from withus.transfer.table import open_table

pytestmark = pytest.mark.django_db


@pytest.fixture
def them() -> Cast:
    return cast()


@pytest.fixture
def comments(tmp_path: Path) -> Path:
    return write(
        tmp_path / "comments.csv",
        "said,on,who,theme",
        "Somebody to talk to at night,2025-03-01,7,Company",
        '"A lamp, and tea",01/03/2025,8,The room',
        "Somebody to talk to at night,2025-03-01,9,Company",
        "n/a,2025-03-02,10,",
        ",2025-03-02,11,",
        "And somebody who listens,2025-03-02,7,Company",
    )


def bring_in(them: Cast, file: Path, *more: str, exit_code: int = 0) -> str:
    said = run("contributions", file, "--project", them.project.address, "--text", "said", *more)
    assert said.exit_code == exit_code, said.output
    return said.output


ALL = ("--when", "on", "--person", "who", "--theme", "theme")


def words() -> list[str]:
    return sorted(Contribution.objects.values_list("words", flat=True))


def test_each_row_is_kept_with_its_day_its_person_and_its_theme(them: Cast, comments: Path) -> None:
    said = bring_in(them, comments, *ALL)
    assert "6 added, 0 known already, 2 without content, 2 themes." in said
    cards = list(Contribution.objects.order_by("seq"))
    assert [card.words for card in cards] == [
        "Somebody to talk to at night",
        "A lamp, and tea",
        "Somebody to talk to at night",
        "n/a",
        "",
        "And somebody who listens",
    ]
    assert [card.given_at.date().isoformat() for card in cards] == ["2025-03-01"] * 3 + ["2025-03-02"] * 3
    persons = [card.person_id for card in cards]
    assert (persons[0] == persons[5], len(set(persons))) == (True, 5)
    placed = Placement.objects.values_list("theme__name", "contribution__seq").order_by("contribution__seq")
    assert [theme for theme, _seq in placed] == ["Company", "The room", "Company", "Company"]


def test_the_record_has_one_entry_a_row_and_verifies(them: Cast, comments: Path) -> None:
    before = Entry.objects.filter(project=them.project).count()
    bring_in(them, comments)
    assert Entry.objects.filter(project=them.project).count() == before + 6
    assert verify(them.project).faults == []


def test_blanks_are_no_content_and_owed_an_acknowledgement_only(them: Cast, comments: Path) -> None:
    bring_in(them, comments)
    empty = Contribution.objects.filter(state=CardState.NO_CONTENT)
    assert sorted(empty.values_list("words", flat=True)) == ["", "n/a"]
    assert Due.objects.filter(acknowledgement_only=True).count() == 2
    assert Due.objects.filter(acknowledgement_only=False).count() == 4


def test_the_same_file_twice_adds_nothing(them: Cast, comments: Path) -> None:
    bring_in(them, comments, *ALL)
    rows, entries = Contribution.objects.count(), Entry.objects.count()
    assert "0 added, 6 known already" in bring_in(them, comments, *ALL)
    assert (Contribution.objects.count(), Entry.objects.count()) == (rows, entries)
    assert Placement.objects.count() == 4


def test_a_longer_file_adds_its_new_rows_only(them: Cast, comments: Path) -> None:
    bring_in(them, comments, *ALL)
    with comments.open("a") as file:
        file.write("Somebody to talk to at night,2025-03-01,7,Company\nA bus home,2025-03-03,12,Getting there\n")
    assert "2 added, 6 known already" in bring_in(them, comments, *ALL)
    assert Contribution.objects.filter(words="Somebody to talk to at night").count() == 3
    assert Theme.objects.count() == 3


def test_equal_answers_of_people_without_a_name_stay_apart(them: Cast, tmp_path: Path) -> None:
    file = write(tmp_path / "a.csv", "said", "Tea", "Tea", "Tea")
    said = bring_in(them, file)
    assert "Nobody among them can be reached: they came without an address." in said
    cards = Contribution.objects.filter(words="Tea")
    assert cards.values("person").distinct().count() == 3
    assert not Way.objects.filter(person__contributions__in=cards).exists()


def test_the_same_words_under_another_import_s_name_are_other_words(them: Cast, comments: Path) -> None:
    bring_in(them, comments, "--name", "spring")
    assert "6 added" in bring_in(them, comments, "--name", "autumn")


def test_a_dry_run_reads_all_and_writes_nothing(them: Cast, comments: Path) -> None:
    before = (Contribution.objects.count(), Entry.objects.count(), Person.objects.count(), Theme.objects.count())
    said = bring_in(them, comments, *ALL, "--dry-run")
    assert "6 rows, 2 without content, 2 themes. Nothing was written." in said
    after = (Contribution.objects.count(), Entry.objects.count(), Person.objects.count(), Theme.objects.count())
    assert after == before


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encoding_is_found_out(them: Cast, tmp_path: Path, encoding: str) -> None:
    rows = [
        f"{number},Ein Café für Ältere, naïvely “open” – bis spät".replace(", naïvely", " naïvely")
        for number in range(40)
    ]
    file = write(tmp_path / "a.csv", "number,said", *rows, encoding=encoding)
    bring_in(them, file)
    assert set(words()) == {"Ein Café für Ältere naïvely “open” – bis spät"}


def test_a_file_in_another_alphabet_is_read_in_it(them: Cast, tmp_path: Path) -> None:
    rows = [f"{number},Zażółć gęślą jaźń proszę o więcej czasu" for number in range(40)]
    bring_in(them, write(tmp_path / "a.csv", "number,said", *rows, encoding="cp1250"))
    assert set(words()) == {"Zażółć gęślą jaźń proszę o więcej czasu"}


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("cp1252", "L’hôpital est très loin – et cher"),
        ("cp1252", "Pas assez d’infirmières"),
        ("cp1252", "Não há ônibus à noite"),
        ("cp1252", "Niemand hörte „zu“, sagt Frau Groß"),
        ("cp1251", "Последний автобус уходит слишком рано"),
        ("cp1253", "Το τελευταίο λεωφορείο φεύγει νωρίς"),
        ("shift_jis", "最終バスが早すぎます"),
    ],
)
def test_what_a_spreadsheet_saved_somewhere_else_is_read_as_it_was_written(
    tmp_path: Path, encoding: str, said: str
) -> None:
    rows = [f"{number};{said}" for number in range(40)]
    table = open_table(write(tmp_path / "a.csv", "number;said", *rows, encoding=encoding))
    assert {cells["said"] for _line, cells in table.rows()} == {said}


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found_out(them: Cast, tmp_path: Path, separator: str) -> None:
    rows = [
        separator.join(row) for row in (("on", "said"), ("2025-01-01", "Tea"), ("2025-01-02", '"Tea; and, a | lamp"'))
    ]
    bring_in(them, write(tmp_path / "a.csv", *rows), "--when", "on")
    assert words() == ["Tea", "Tea; and, a | lamp"]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_lines_end_as_on_any_machine(tmp_path: Path, ends: str) -> None:
    lines = ["on;said, in full", "2025-01-01;Tea, please", "2025-01-02;Coffee", ""]
    (tmp_path / "a.csv").write_bytes(ends.join(lines).encode())
    table = open_table(tmp_path / "a.csv")
    assert [cells["said, in full"] for _line, cells in table.rows()] == ["Tea, please", "Coffee"]
    assert table.faults == []


def test_words_with_line_breaks_and_quotes_stay_whole(them: Cast, tmp_path: Path) -> None:
    bring_in(them, write(tmp_path / "a.csv", "said,on", '"First line\nand ""second""",2025-01-01'))
    assert words() == ['First line\nand "second"']


def test_rows_that_cannot_be_read_are_told_by_line_and_the_rest_is_kept(them: Cast, tmp_path: Path) -> None:
    file = write(
        tmp_path / "a.csv", "said,on", "Tea,2025-01-01", "Soup,soon", "One,2025-01-01,too many", '"Two\nlines",2025-01-02', "Short"
    )  # fmt: skip
    said = bring_in(them, file, "--when", "on")
    assert words() == ["Tea", "Two\nlines"]
    assert "line 3: “soon” is no day we can read" in said
    assert "line 4: 3 cells, where 2 columns are named" in said
    assert "line 7: 1 cells, where 2 columns are named" in said


def test_words_without_a_day_count_as_well_and_the_file_again_adds_nothing(them: Cast, tmp_path: Path) -> None:
    file = write(tmp_path / "a.csv", "said,on", "Tea,2025-01-01", "Soup,", "Bread, ")
    said = bring_in(them, file, "--when", "on")
    assert "3 added" in said
    assert "no day" not in said
    assert sorted(words()) == ["Bread", "Soup", "Tea"]
    assert "0 added, 3 known already" in bring_in(them, file, "--when", "on")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("27/02/2016 00:18:52", "2016-02-27 00:18:52"),
        ("27.2.2016 9:05", "2016-02-27 09:05:00"),
        ("27-02-16", "2016-02-27 00:00:00"),
        ("2016/02/27 09:05", "2016-02-27 09:05:00"),
        ("1/3/2025, 12:05 AM", "2025-03-01 00:05:00"),
        ("01/03/2025 1:05:09 p.m.", "2025-03-01 13:05:09"),
        ("12 March 2025", "2025-03-12 00:00:00"),
        ("Mar 12, 2025", "2025-03-12 00:00:00"),
        ("2025-03-12T10:00:00+01:00", "2025-03-12 09:00:00"),
        ("1545843962285", "2018-12-26 17:06:02"),
        *((typed, None) for typed in ("13/13/2025", "30/02/2025", "03/04", "12:05", "1/3/2025 13:05 pm", "01/03/0016", "٢٧/٠٢/٢٠١٦")),
    ],
)  # fmt: skip
def test_days_are_read_as_forms_write_them(typed: str, read: str | None) -> None:
    when = read_when(typed)
    assert (when and f"{when.astimezone(UTC):%Y-%m-%d %H:%M:%S}") == read


def test_lines_that_a_spreadsheet_left_empty_are_nobodys_words(them: Cast, tmp_path: Path) -> None:
    file = write(tmp_path / "a.csv", "said;on", ";", "Tea;2025-01-01;;", " ; ", ";2025-01-02", ";;;")
    assert "2 added, 0 known already, 1 without content" in bring_in(them, file, "--when", "on")
    assert words() == ["", "Tea"]


def test_words_that_are_too_long_are_told_by_their_line(them: Cast, tmp_path: Path) -> None:
    bad = "x" * (live.LONGEST + 1)
    file = write(tmp_path / "a.csv", "said,on", '"Two\nlines",2025-01-01', f"{bad},2025-01-01", "Tea,2025-01-01")
    said = bring_in(them, file)
    assert words() == ["Tea", "Two\nlines"]
    assert "line 4: " in said


def test_stopped_in_the_middle_it_goes_on_where_it_was(
    them: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second transaction breaks; what the first one kept stays, and is not kept again."""
    from withus.live.actions import many

    file = write(tmp_path / "a.csv", "said", *(f"Card {number}" for number in range(12)))
    monkeypatch.setattr(many, "AT_ONCE", 5)
    whole, calls = many._add, []

    def breaks(*arguments: object, **more: object) -> None:
        calls.append(1)
        if len(calls) == 2:
            raise RuntimeError("the plug was pulled")
        whole(*arguments, **more)  # type: ignore[arg-type] # a test's own mix

    monkeypatch.setattr(many, "_add", breaks)
    assert isinstance(
        run("contributions", file, "--project", them.project.address, "--text", "said").exception, RuntimeError
    )
    assert Contribution.objects.count() == 5
    assert "7 added, 5 known already" in bring_in(them, file)
    assert len(set(words())) == 12
    assert verify(them.project).faults == []


def test_a_project_is_made_only_when_asked_for(them: Cast, comments: Path) -> None:
    refused = run("contributions", comments, "--project", "new-one", "--text", "said")
    assert (refused.exit_code, "Add --create" in refused.output) == (1, True)
    made = run(
        "contributions",
        comments,
        "--project",
        "new-one",
        "--text",
        "said",
        "--create",
        "--attribution",
        "A survey, CC BY",
    )
    assert made.exit_code == 0, made.output
    project = Project.objects.get(address="new-one")
    assert (project.title, project.attribution) == ("New one", "A survey, CC BY")
    assert Contribution.objects.filter(project=project).count() == 6


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"\0\x01\x02PNG", "is not a CSV file"),
        (b"other,column\n1,2\n", "has no column “said”. Its columns are: other, column."),
    ],
)
def test_a_file_that_is_none_is_one_sentence(them: Cast, tmp_path: Path, content: bytes, sentence: str) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(content)
    assert sentence in bring_in(them, file, exit_code=1)


def test_no_file_is_one_sentence(them: Cast, tmp_path: Path) -> None:
    assert "There is no file" in bring_in(them, tmp_path / "none.csv", exit_code=1)
    assert "is a folder" in bring_in(them, tmp_path, exit_code=1)


def test_cells_of_a_web_form_come_in_without_its_markup_and_only_once(them: Cast, tmp_path: Path) -> None:
    file = write(tmp_path / "form.csv", "said", "<p>A lamp &amp; tea</p>", "<p>-</p>", "A lamp <3")
    assert "3 added, 0 known already, 1 without content" in bring_in(them, file)
    assert words() == ["-", "A lamp & tea", "A lamp <3"]
    assert "0 added, 3 known already" in bring_in(them, file)


def test_what_says_nothing_is_put_into_no_theme(them: Cast, tmp_path: Path) -> None:
    bring_in(
        them, write(tmp_path / "a.csv", "said,theme", "Later buses,Buses", "n/a,Buses", ",Buses"), "--theme", "theme"
    )
    assert [one.contribution.words for one in Placement.objects.all()] == ["Later buses"]
