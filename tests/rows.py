"""What many tests begin with is made once in a run, and laid out again row by row: a hundred questions to the database become twenty."""

import pickle
from collections.abc import Callable
from typing import Any, TypeVar

from django.apps import apps
from django.db import connection

Rows = dict[str, tuple[list[str], list[tuple[Any, ...]]]]  # Any: what a database gives
"""By table: its columns, and what stands in them."""
Made = TypeVar("Made")
_kept: dict[str, tuple[Rows, bytes]] = {}


def once(name: str, make: Callable[[], Made]) -> Made:
    """
    What `make` puts into the tables and what it answers, from the second time on without making it. Where a test has put something there
    before, it is made as it always was.
    """
    if not empty():
        return make()
    if name in _kept:
        kept, pickled = _kept[name]
        lay(kept)
        again: Made = pickle.loads(pickled)
        return again
    before = standing()
    made = make()
    _kept[name] = since(before), pickle.dumps(made)
    return made


def empty() -> bool:
    """Nobody has an account, and there is no project: a test begins."""
    return not any(_some(table) for table in ("accounts_staff", "projects_organisation", "projects_project"))


def standing() -> frozenset[str]:
    """The tables that hold something by themselves, such as Django's own list of models."""
    return frozenset(table for table in _tables() if _some(table))


def since(before: frozenset[str]) -> Rows:
    """In the order of their keys. A plus before a column has SQLite give what it holds, without making a day or a time of it."""
    kept: Rows = {}
    plus = "+" if connection.vendor == "sqlite" else ""
    with connection.cursor() as cursor:
        for table, columns in _tables().items():
            if table in before:
                continue
            cursor.execute(f"SELECT {', '.join(plus + _named(one) for one in columns)} FROM {_named(table)} ORDER BY 1")
            if found := cursor.fetchall():
                kept[table] = columns, found
    return kept


def lay(kept: Rows) -> None:
    """In any order: keys to other tables are looked at when the transaction ends."""
    with connection.cursor() as cursor:
        for table, (columns, found) in kept.items():
            names, places = ", ".join(map(_named, columns)), ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {_named(table)} ({names}) VALUES ({places})", found)


def _some(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {_named(table)} LIMIT 1")
        return cursor.fetchone() is not None


def _tables() -> dict[str, list[str]]:
    models = apps.get_models(include_auto_created=True)
    return {one._meta.db_table: [str(field.column) for field in one._meta.concrete_fields] for one in models}


def _named(name: str) -> str:
    return connection.ops.quote_name(name)
