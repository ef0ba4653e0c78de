"""Tables as a zip file: each as CSV, all as JSON, and the codebook that says what each column is."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from withus.projects.models import Project
from withus.reports.rows import FORMAT, Cell, Table, tables

LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""The last four are full-width signs, which some spreadsheets read as the plain ones."""
NEW_CELL = re.compile("([;\t][ \u00a0]*)(?=[" + re.escape("".join(LIKE_A_FORMULA)) + "](?!\\)))")
"""Where a program that cuts at semicolons or tabs, too, would begin a cell; a smile ;-) is none."""
LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The day of the files: the same rows give the same bytes."""


def archive(project: Project, *, now: datetime) -> bytes:
    made = tables(project, now=now)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in _files(made):
            file.writestr(zipfile.ZipInfo(name, LONG_AGO), text.encode(), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _files(made: list[Table]) -> Iterator[tuple[str, str]]:
    yield "codebook.md", _codebook(made)
    told = {
        one.name: {
            "meaning": one.meaning,
            "columns": [{"name": each.name, "kind": each.kind, "meaning": each.meaning} for each in one.columns],
        }
        for one in made
    }
    yield "codebook.json", _json({"format": FORMAT, "tables": told})
    yield "data.json", _json({"format": FORMAT, **{one.name: list(_named(one)) for one in made}})
    for one in made:
        yield f"{one.name}.csv", as_csv(one)


def _named(table: Table) -> Iterator[dict[str, Any]]:  # Any: JSON
    names = [each.name for each in table.columns]
    for row in table.rows:
        yield dict(zip(names, (_plain(cell) for cell in row), strict=True))


def _plain(cell: Cell) -> str | int | bool | None:
    return cell.isoformat() if isinstance(cell, date) else cell


def _json(value: dict[str, Any]) -> str:  # Any: JSON
    return json.dumps(value, ensure_ascii=False, indent=1)


def as_csv(table: Table) -> str:
    """With the mark by which spreadsheets know UTF-8."""
    out = io.StringIO()
    out.write("\ufeff")
    csv.writer(out).writerow([each.name for each in table.columns])
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerows([csv_cell(cell) for cell in row] for row in table.rows)
    return out.getvalue()


def csv_cell(cell: Cell) -> str:
    """
    What a spreadsheet would run as a formula gets an apostrophe before it, so that it stays somebody's words: at the beginning, and after
    a semicolon or a tab, at which some programs cut.
    """
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    text = "" if cell is None else str(_plain(cell))
    if not isinstance(cell, str):
        return text
    return NEW_CELL.sub(r"\1'", f"'{text}" if text.startswith(LIKE_A_FORMULA) else text)


def _codebook(made: list[Table]) -> str:
    parts = [
        "# Codebook",
        f"Format {FORMAT}. CSV files are UTF-8 with commas; days are written 2026-05-06; an empty cell is “none” or “not told”. "
        "A text that begins like a formula, at its beginning or after a semicolon, has an apostrophe there in the CSV files; in data.json "
        "it has none.",
        "Nobody is named. Words stand here only where their author said yes to a report. Numbers that would tell of fewer than 5 "
        "are empty.",
    ]
    for one in made:
        rows = "\n".join(f"| `{each.name}` | {each.kind} | {each.meaning} |" for each in one.columns)
        parts.append(f"## {one.name}.csv\n\n{one.meaning}\n\n| column | kind | meaning |\n|---|---|---|\n{rows}")
    return "\n\n".join(parts) + "\n"
