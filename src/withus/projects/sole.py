"""The one row that a unique name stands for."""

from typing import TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


def sole(rows: QuerySet[Row]) -> Row | None:
    """The row, or None. For what at most one row can be: `first()` sorts, and building that costs as much as the query itself."""
    return next(iter(rows.order_by()[:1]), None)
