"""
Comments from a CSV file become contributions of a project.

A row is known by (import name, person, when, text, how many equal rows stand before it): the same file twice adds nothing, a longer one
adds its new rows, and equal answers of different people stay apart.
"""

import hashlib
import re
from array import array
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from withus.accounts.models import Staff
from withus.facts.field import FIRST_YEAR, LAST_YEAR
from withus.live import actions as live
from withus.live.models import Contribution
from withus.loop import actions as loop
from withus.loop.models import Placement, Theme
from withus.projects.models import Project
from withus.transfer.markup import as_written
from withus.transfer.table import Fault, Table

DAY = re.compile(
    r"(?:(?P<day>\d{1,2})[./-](?P<month>\d{1,2})[./-](?P<year>\d{4}|\d{2})|(?P<y>\d{4})[./-](?P<m>\d{1,2})[./-](?P<d>\d{1,2}))"
    r"(?:[T,]?\s*(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?(?:\s*(?P<half>[ap])\.?m\.?)?)?",
    re.IGNORECASE | re.ASCII,
)
NAMED_DAYS = ("%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y")
AT_ONCE = 500


@dataclass(frozen=True)
class Columns:
    text: str
    when: str | None = None
    person: str | None = None
    theme: str | None = None


@dataclass
class Outcome:
    """What an import did, or would do in a dry run."""

    rows: int = 0
    added: int = 0
    known: int = 0
    no_content: int = 0
    themes: int = 0
    faults: list[Fault] = field(default_factory=list)


@dataclass
class Reader:
    """Turns rows of the table into rows for the bulk door, and remembers which theme each belongs to."""

    name: str
    table: Table
    columns: Columns
    now: datetime
    themes: dict[str, str] = field(default_factory=dict)
    seen: Counter[str] = field(default_factory=Counter)
    lines: "array[int]" = field(default_factory=lambda: array("L"))
    """At which line of the file each row ends, for what is refused later."""

    @property
    def count(self) -> int:
        return len(self.lines)

    def rows(self) -> Iterator[live.Row]:
        for line, cells in self.table.rows():
            when = self._when(line, cells)
            given_when = cells[self.columns.when].strip() if self.columns.when else ""
            if when is None and given_when:
                continue
            words = cells[self.columns.text]
            person = cells[self.columns.person].strip() if self.columns.person else ""
            same = digest(self.name, person, given_when, words)
            once = digest(same, str(self.seen[same]))
            self.seen[same] += 1
            self.lines.append(line)
            words = as_written(words)
            if self.columns.theme and cells[self.columns.theme].strip() and not live.is_no_content(words):
                self.themes[once] = " ".join(cells[self.columns.theme].split())
            key = f"{self.name}\x1f{person}" if person else ""
            yield live.Row(words=words, person_key=key, when=when, sent_once=once)

    def _when(self, line: int, cells: dict[str, str]) -> datetime | None:
        """None also where the cell is empty: then nobody wrote down the day, and the words count all the same."""
        if not self.columns.when:
            return None
        typed = cells[self.columns.when].strip()
        when = read_when(typed)
        if when is None and typed:
            self.table.faults.append(
                Fault(line, f"“{typed[:40]}” is no day we can read: write 2025-03-31 or 31/03/2025")
            )
        return when


def digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def read_when(typed: str) -> datetime | None:
    """ISO 8601 in any form, the usual European days, or seconds since 1970; UTC where no zone is given."""
    when: datetime | None
    try:
        when = datetime.fromisoformat(typed)
    except ValueError:
        when = _other_form(typed)
    if when is None or not FIRST_YEAR <= when.year <= LAST_YEAR:
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def _other_form(typed: str) -> datetime | None:
    if typed.isdecimal() and len(typed) in {10, 13}:
        return datetime.fromtimestamp(int(typed) / (1000 if len(typed) == 13 else 1), tz=UTC)
    if found := DAY.fullmatch(typed):
        return _in_numbers(**found.groupdict())
    for form in NAMED_DAYS:
        try:
            return datetime.strptime(typed, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None


def _in_numbers(**part: str | None) -> datetime | None:
    """The day before the month, as Europe writes; a year of two digits is of this century."""
    year, month, day = (
        part[short] or part[long] or "" for short, long in (("y", "year"), ("m", "month"), ("d", "day"))
    )
    hour, minute, second = (int(part[name] or 0) for name in ("hour", "minute", "second"))
    if part["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if part["half"].lower() == "p" else 0)
    try:
        return datetime(
            int(year) if len(year) == 4 else 2000 + int(year), int(month), int(day), hour, minute, second, tzinfo=UTC
        )
    except ValueError:
        return None


def bring_in(
    project: Project,
    reader: Reader,
    *,
    by: Staff,
    now: datetime,
    told: Callable[[int], None] = lambda _bytes: None,
) -> Outcome:
    """Add the rows that are new, and put them into the themes that the file names. Stopped in the middle, it goes on where it was."""
    added = live.add_contributions(project, reader.rows(), by=by, now=now, told=lambda _n: told(reader.table.at))
    refused = [Fault(reader.lines[row], str(refusal.sentence)) for row, refusal in added.refused]
    themes = _place(project, reader.themes, by=by, now=now)
    return Outcome(
        rows=reader.count,
        added=added.new,
        known=added.seen - added.new - len(refused),
        no_content=added.no_content,
        themes=themes,
        faults=[*reader.table.faults, *refused],
    )


def try_out(reader: Reader) -> Outcome:
    """Read everything and write nothing."""
    no_content = sum(1 for row in reader.rows() if live.is_no_content(row.words))
    return Outcome(
        rows=reader.count, no_content=no_content, themes=len(set(reader.themes.values())), faults=reader.table.faults
    )


def _place(project: Project, themes: dict[str, str], *, by: Staff, now: datetime) -> int:
    """Each named theme is made once; a contribution that is in it already stays."""
    by_name: dict[str, list[str]] = {}
    for once, name in themes.items():
        by_name.setdefault(name, []).append(once)
    for name, onces in by_name.items():
        theme = Theme.objects.filter(project=project, name=name[:200], removed_at=None).first()
        if theme is None:
            theme = loop.make_theme(project, name=name[:200], by=by, now=now)
        there = set(Placement.objects.filter(theme=theme).values_list("contribution__sent_once", flat=True))
        missing = [once for once in onces if once not in there]
        for start in range(0, len(missing), AT_ONCE):
            cards = Contribution.objects.filter(project=project, sent_once__in=missing[start : start + AT_ONCE])
            loop.place(theme, contributions=cards, by=by, now=now)
    return len(by_name)
