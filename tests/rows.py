"""What a test run has put into its tables, kept and laid out again: the same beginning for many tests costs its making once."""

from typing import Any

from django.apps import apps
from django.db import connection

Rows = dict[str, tuple[list[str], list[tuple[Any, ...]]]]  # Any: what a database gives
"""By table: its columns, and what stands in them."""


def empty() -> bool:
    """Nobody has an account, and there is no project: a test begins."""
    return not any(_some(table) for table in ("accounts_staff", "projects_organisation", "projects_project"))


def standing() -> frozenset[str]:
    """The tables that hold something by themselves, such as Django's own list of models."""
    return frozenset(table for table in _tables() if _some(table))


def since(before: frozenset[str]) -> Rows:
    kept: Rows = {}
    with connection.cursor() as cursor:
        for table in _tables():
            if table not in before:
                cursor.execute(f"SELECT * FROM {_named(table)}")
                found = cursor.fetchall()
                if found:
                    kept[table] = [column[0] for column in cursor.description], found
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


def _tables() -> list[str]:
    return [model._meta.db_table for model in apps.get_models(include_auto_created=True)]


def _named(name: str) -> str:
    return connection.ops.quote_name(name)
