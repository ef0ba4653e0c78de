"""
What every page asks of the database, put into SQL once.

Django builds a query anew each time, which for one row costs five times as much as fetching it; a participant's page asks five to ten
such questions before it says a word. Here the building is done at the first asking, and the rows come out as Django makes them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Field, Model, QuerySet, Value
from django.db.models.base import ModelState
from django.db.models.query import get_related_populators
from django.db.models.signals import post_init, pre_init

Row = TypeVar("Row", bound=Model)
Converter = tuple[int, Sequence[Callable[..., Any]], Any]  # Any: Django's own column expression


class Slot(Value):
    """Where a value will stand that is known at each asking only; its own value is which one."""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:  # Any: Django's compiler, here and below
        return "%s", [self]


@dataclass(frozen=True)
class Built:
    """One question as one kind of database understands it."""

    fields: tuple["Field[Any, Any]", ...]
    sql: str
    values: tuple[Any, ...]
    converters: tuple[Converter, ...]
    columns: slice
    names: tuple[str, ...]
    populators: Sequence[Any]


class Question(Generic[Row]):
    """
    `Question(Person.objects.filter(staying()), "project", "uid")` asks by these two; more than equality as in `filter`: `"ends__gt"`.

    A relation is asked for by its key. No value is None, and none stands for a list: that would be other SQL.
    """

    def __init__(self, rows: QuerySet[Row], *by: str) -> None:
        self._model, self._rows, self._by = rows.model, rows, by
        self._built: dict[tuple[str, bool], Built] = {}

    def one(self, *values: object) -> Row | None:
        """The first row that there is. Without an order, for what at most one row can be."""
        return next(iter(self._ask(values, one=True)), None)

    def all(self, *values: object) -> list[Row]:
        return self._ask(values, one=False)

    def _ask(self, values: Sequence[object], *, one: bool) -> list[Row]:
        connection = connections[DEFAULT_DB_ALIAS]
        built = self._built.get((connection.vendor, one)) or self._build(connection, one=one)
        given = [
            field.get_db_prep_value(value, connection, prepared=False)
            for field, value in zip(built.fields, values, strict=True)
        ]
        with connection.cursor() as cursor:
            cursor.execute(built.sql, [given[part.value] if isinstance(part, Slot) else part for part in built.values])
            return [self._made(built, list(row), connection) for row in cursor.fetchall()]

    def _made(self, built: Built, row: list[Any], connection: Any) -> Row:
        for at, converters, expression in built.converters:
            for convert in converters:
                row[at] = convert(row[at], expression, connection)
        made = _row(self._model, built.names, row[built.columns])
        for populator in built.populators:
            _relate(populator, row, made)
        return made

    def _build(self, connection: Any, *, one: bool) -> Built:
        """What Django's own iteration does before its first row. Two threads may do it at once: they come to the same."""
        fields = tuple(_field(self._model, name) for name in self._by)
        rows = self._rows.filter(**{name: Slot(at, output_field=fields[at]) for at, name in enumerate(self._by)})
        compiler = (rows[:1] if one else rows).query.get_compiler(DEFAULT_DB_ALIAS)
        sql, values = compiler.as_sql()
        about = compiler.klass_info
        first, last = about["select_fields"][0], about["select_fields"][-1] + 1
        converters = compiler.get_converters([column[0] for column in compiler.select[: compiler.col_count]])
        built = self._built[connection.vendor, one] = Built(
            fields,
            sql,
            tuple(values),
            tuple((at, of_it, expression) for at, (of_it, expression) in converters.items()),
            slice(first, last),
            tuple(column[0].target.attname for column in compiler.select[first:last]),
            get_related_populators(about, compiler.select, DEFAULT_DB_ALIAS),  # type: ignore[call-arg] # its stubs are of a later Django
        )
        return built


def _row(model: type[Row], names: Sequence[str], values: Sequence[Any]) -> Row:  # Any: what the database holds
    """What `from_db` makes, without asking for each field whether it was given: all are."""
    if not _is_plain(model, len(names)):
        return model.from_db(DEFAULT_DB_ALIAS, names, values)
    made = model.__new__(model)
    vars(made).update(zip(names, values, strict=True))
    made._state = ModelState()
    made._state.adding, made._state.db = False, DEFAULT_DB_ALIAS
    return made


@cache
def _is_plain(model: type[Model], many: int) -> bool:
    """A model that does nothing of its own when a row is made, with all of its fields."""
    init: Any = model.__init__  # Any: looked at, not called
    load: Any = model.from_db
    plain: Any = Model.from_db
    own = init is not Model.__init__ or load.__func__ is not plain.__func__ or bool(model._meta.parents)
    heard = pre_init.has_listeners(model) or post_init.has_listeners(model)
    return many == len(model._meta.concrete_fields) and not own and not heard


def _relate(populator: Any, row: Sequence[Any], made: Model) -> None:  # Any: Django's own, not typed
    """What its `populate` does: the related row, or None, beside the row."""
    values = (
        row[populator.cols_start : populator.cols_end]
        if not populator.reorder_for_init
        else populator.reorder_for_init(row)
    )
    found = None
    if values[populator.pk_idx] is not None:
        found = _row(populator.model_cls, populator.init_list, values)
        for inner in populator.related_populators:
            _relate(inner, row, found)
    populator.local_setter(made, found)
    if found is not None:
        populator.remote_setter(found, made)


def _field(model: type[Model], name: str) -> "Field[Any, Any]":
    """The last field that the name leads to; a relation is asked by the key that it points to, and after a plain field stands how."""
    first, _, rest = name.partition("__")
    field: Any = model._meta.get_field(first)
    if not field.is_relation:
        found: Field[Any, Any] = field
        return found
    return _field(field.related_model, rest or field.related_model._meta.pk.name)
