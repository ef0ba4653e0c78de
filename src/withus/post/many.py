"""
Many rows of one kind written at once, without an object for each: twenty thousand people who hear of one answer.

Django's own way for many asks each field of each row three times what it holds; the phones of a room wait for as long as that takes.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from operator import attrgetter
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections, models


def insert_many(
    model: type[models.Model], *, same: Mapping[str, Any], names: tuple[str, ...], rows: Iterable[tuple[Any, ...]]
) -> int:  # Any: the model's own fields
    """
    Rows that have `same` in common and differ in `names`, by the names of their columns; how many. In the caller's transaction. What is in
    neither is as a new row of this kind has it, which must be the same for all of them.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    fields = {field.attname: field for field in model._meta.concrete_fields if not field.primary_key}
    plain = {
        name: field.get_db_prep_save(same[name] if name in same else field.get_default(), connection)
        for name, field in fields.items()
        if name not in names
    }
    ways = [_way(fields[name], connection) for name in names]
    shared = tuple(plain.values())
    values = [
        (*shared, *[value if way is None else way(value) for way, value in zip(ways, row, strict=True)]) for row in rows
    ]
    if values:
        _write(model, [str(fields[name].column) for name in (*plain, *names)], values, connection)
    return len(values)


def insert_one(model: type[models.Model], said: Mapping[str, Any]) -> int:  # Any: the model's own fields
    """
    One row, and its key: what Django's `save` writes, for the few tables that every card of a full room goes through. What is not said is
    as a new row has it. In the caller's transaction.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    values = [
        field.get_db_prep_save(said[field.attname] if field.attname in said else field.get_default(), connection)
        for field in fields
    ]
    with connection.cursor() as cursor:
        cursor.execute(_insert_sql(model, connection.vendor), values)
        key: int = cursor.fetchone()[0] if connection.features.can_return_columns_from_insert else cursor.lastrowid
    return key


@cache
def _insert_sql(model: type[models.Model], _vendor: str) -> str:
    connection = connections[DEFAULT_DB_ALIAS]
    quote = connection.ops.quote_name
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    listed, places = ", ".join(quote(str(field.column)) for field in fields), ", ".join(["%s"] * len(fields))
    told = ["INSERT INTO", quote(model._meta.db_table), f"({listed}) VALUES ({places})"]
    if connection.features.can_return_columns_from_insert:  # an SQLite before 3.35 cannot
        told += ["RETURNING", quote(str(model._meta.pk.column))]
    return " ".join(told)


def update_one(row: models.Model, *names: str) -> None:
    """These columns of a row that is there, as `save(update_fields=...)` writes them."""
    connection = connections[DEFAULT_DB_ALIAS]
    values = [field.get_db_prep_save(getattr(row, field.name), connection) for field in _named(type(row), names)]
    with connection.cursor() as cursor:
        cursor.execute(_update_sql(type(row), names, connection.vendor), [*values, row.pk])


@cache
def _named(model: type[models.Model], names: tuple[str, ...]) -> "tuple[models.Field[Any, Any], ...]":
    fields = {field.name: field for field in model._meta.concrete_fields}
    return tuple(fields[name] for name in names)


@cache
def _update_sql(model: type[models.Model], names: tuple[str, ...], _vendor: str) -> str:
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    said = ", ".join(f"{quote(str(field.column))} = %s" for field in _named(model, names))
    key = quote(str(model._meta.pk.column))
    return " ".join(["UPDATE", quote(model._meta.db_table), "SET", said, "WHERE", key, "= %s"])


EACH = "SELECT value FROM json_each(%s)"


@models.Field.register_lookup
@models.ForeignKey.register_lookup
class Among(models.Lookup):
    """
    `person__among=numbers`: as `__in`, for many whole numbers as one value. Django asks each of five hundred what it is, and so does the
    database: for each question, and a telling asks twenty. PostgreSQL is told how wide the numbers are: by numbers narrower than the column
    it looks through all of them for each row, where it could look them up.
    """

    lookup_name = "among"

    def get_prep_lookup(self) -> list[int]:
        return list(self.rhs)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:  # Any: Django's own
        if not self.rhs:
            raise EmptyResultSet
        column, params = self.process_lhs(compiler, connection)
        if connection.vendor == "postgresql":
            as_written = f"{{{','.join(map(str, self.rhs))}}}"
            return f"{column} = ANY(%s::{self.lhs.output_field.db_type(connection)}[])", (*params, as_written)
        return f"{column} IN ({EACH})", (*params, json.dumps(self.rhs))


def _write(
    model: type[models.Model], columns: Sequence[str], values: Sequence[tuple[Any, ...]], connection: Any
) -> None:  # Any: what the database takes, and Django's own connection
    """One statement for all; PostgreSQL has COPY, which is six times as fast there."""
    table = connection.ops.quote_name(model._meta.db_table)
    listed = ", ".join(map(connection.ops.quote_name, columns))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({listed}) FROM STDIN") as copy:
                for row in values:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(columns))
            told = " ".join(["INSERT INTO", table, f"({listed})", f"VALUES ({places})"])
            if len(values) == 1:
                cursor.execute(told, values[0])
            else:
                cursor.executemany(told, values)


Way = Callable[[Any], Any] | None  # Any: what a field holds, as Python has it and as the database does


def _way(field: "models.Field[Any, Any]", connection: Any) -> Way:  # Any: Django's own connection
    """How this field's values become the database's; None for what every database takes as it is. An instant is often all rows' own."""
    if isinstance(field, models.IntegerField | models.ForeignKey | models.CharField):
        return None
    if isinstance(field, models.UUIDField) and not field.null:
        return None if connection.features.has_native_uuid_field else attrgetter("hex")
    way = partial(field.get_db_prep_save, connection=connection)
    return cache(way) if isinstance(field, models.DateTimeField | models.UUIDField) else way
