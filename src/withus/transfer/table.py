"""Reading a CSV file as it comes: its encoding and separator are found out, its rows come one at a time, its faults with line numbers."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from charset_normalizer import from_bytes

SAMPLE = 256 * 1024
SEPARATORS = ",;\t|"
SAVED_AS = (
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257"),
    *("shift_jis", "gb18030", "big5", "euc_kr", "euc_jp"),
)
"""What spreadsheets save a CSV file in, beside Unicode. Of short texts the rarer ones are guessed too readily."""
SIGNS = bytes.fromhex("808284859192939495969799a0a1a3a7a9aaabaeb0b2b4b7babbbdbf").decode("cp1252")
WESTERN = frozenset("éèêëàâäáãåçñîïíôöóúûüùßœæøÉÈÊËÀÂÄÁÅÇÑÎÏÍÔÖÓÚÜŒÆØ" + SIGNS)
"""Letters and signs of Western Europe that no other eight-bit writing makes alone. Without “õ”, which Hungarian's “ő” would be."""
WESTERN_SHARE = 0.4
"""Of a Western text most letters are plain ones; of Greek or Russian none."""
LONGEST_FIELD = 1_000_000
LONGEST_NAME = 120


class CannotRead(Exception):
    """A file that is no table we can read: one sentence for the person who gave it."""


@dataclass(frozen=True)
class Fault:
    line: int
    what: str


@dataclass
class Table:
    """
    An open CSV file. `rows()` yields line number and row; faults gather in `faults`; `at` is how many bytes were read.

    Lines of separators alone, and separators behind the last column, are what a spreadsheet leaves; nobody said anything there.
    """

    path: Path
    encoding: str
    separator: str
    columns: tuple[str, ...]
    faults: list[Fault] = field(default_factory=list)
    at: int = 0

    def need(self, *names: str | None) -> None:
        """Every named column has to be there."""
        for name in names:
            if name is not None and name not in self.columns:
                there = ", ".join(self.columns)[:LONGEST_NAME]
                raise CannotRead(f"{self.path.name} has no column “{name}”. Its columns are: {there}.")

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        csv.field_size_limit(LONGEST_FIELD)
        with self.path.open("rb") as raw:
            text = io.TextIOWrapper(raw, encoding=self.encoding, errors="replace", newline="")
            reader = csv.reader(text, delimiter=self.separator)
            next(reader, None)
            while True:
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except csv.Error as trouble:
                    self.faults.append(Fault(reader.line_num, str(trouble)))
                    continue
                self.at = raw.tell()
                while len(cells) > len(self.columns) and not cells[-1].strip():
                    cells.pop()
                if not cells or (len(self.columns) > 1 and not any(map(str.strip, cells))):
                    continue
                if len(cells) != len(self.columns):
                    what = f"{len(cells)} cells, where {len(self.columns)} columns are named"
                    self.faults.append(Fault(reader.line_num, what))
                    continue
                yield reader.line_num, dict(zip(self.columns, cells, strict=True))


def open_table(path: Path) -> Table:
    """Find out encoding, separator and columns. Raises `CannotRead` with a sentence."""
    try:
        with path.open("rb") as file:
            encoding = _encoding(file)
            file.seek(0)
            sample = file.read(SAMPLE).decode(encoding, errors="replace")
    except FileNotFoundError:
        raise CannotRead(f"There is no file {path}.") from None
    except IsADirectoryError:
        raise CannotRead(f"{path} is a folder. Name a CSV file.") from None
    except PermissionError:
        raise CannotRead(f"You may not read {path}.") from None
    if not sample.strip():
        raise CannotRead(f"{path.name} is empty.")
    if "\0" in sample:
        raise CannotRead(f"{path.name} is not a CSV file.")
    separator = _separator(sample)
    header = next(_first_rows(sample, separator), None)
    if header is None:
        raise CannotRead(f"{path.name} is not a CSV file.")
    columns = tuple(_unique(header))
    return Table(path, encoding, separator, columns)


def _encoding(file: BinaryIO) -> str:
    """UTF-8 wherever the whole file is UTF-8; else the likeliest of the first quarter of a megabyte."""
    start = file.read(4)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    file.seek(0)
    decoder = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    try:
        while decoder.read(SAMPLE):
            pass
    except UnicodeDecodeError:
        decoder.detach()
        file.seek(0)
        return _eight_bits(file.read(SAMPLE))
    decoder.detach()
    return "utf-8-sig"


def _eight_bits(sample: bytes) -> str:
    """The likeliest; where Western European is as likely as any, that: “naïve” must not become “naďve”."""
    if _is_western(sample):
        return "cp1252"
    matches = from_bytes(sample, cp_isolation=list(SAVED_AS))
    best = matches.best()
    if best is None:
        return "cp1252"
    alike = [one for one in matches if one.chaos <= best.chaos and one.coherence >= best.coherence]
    return "cp1252" if any("cp1252" in one.could_be_from_charset for one in alike) else best.encoding


def _is_western(sample: bytes) -> bool:
    try:
        text = sample.decode("cp1252")
    except UnicodeDecodeError:
        return False
    marked = [letter for letter in text if not letter.isascii()]
    letters = sum(letter.isalpha() for letter in text)
    return WESTERN.issuperset(marked) and len(marked) < WESTERN_SHARE * letters


def _separator(sample: str) -> str:
    """The separator that stands in the header; where several do, the one that the most rows agree on."""
    header = sample.splitlines()[0]
    candidates = [one for one in SEPARATORS if one in header]
    if len(candidates) <= 1:
        return candidates[0] if candidates else ","

    def agreeing(separator: str) -> int:
        rows = list(islice(_first_rows(sample, separator), 200))
        return sum(1 for row in rows if len(row) == len(rows[0])) * (len(rows[0]) > 1) if rows else 0

    return max(candidates, key=agreeing)


def _first_rows(sample: str, separator: str) -> Iterator[list[str]]:
    """Rows up to the first that is none. Lines may end as on Windows, Unix or the old Mac, whose way a spreadsheet still offers."""
    csv.field_size_limit(LONGEST_FIELD)
    try:
        yield from csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
    except csv.Error:
        return


def _unique(header: Sequence[str]) -> Iterator[str]:
    """Column names as they are; an empty one is called by its place, a second of the same name gets a number."""
    seen: dict[str, int] = {}
    for place, raw in enumerate(header, start=1):
        name = raw.strip() or f"column {place}"
        seen[name] = seen.get(name, 0) + 1
        yield name if seen[name] == 1 else f"{name} ({seen[name]})"
