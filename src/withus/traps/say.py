"""Fills a sentence with its evidence; whoever translates passes the translated template and how days are written."""

from collections.abc import Callable, Mapping
from datetime import date

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip


def in_english(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def say(template: str, evidence: Mapping[str, object], *, day: Callable[[date], str] = in_english) -> str:
    """Days may come as dates, or as 2026-05-01 from a stored finding."""
    return template % {key: _said(value, day) for key, value in evidence.items()}


def _said(value: object, day: Callable[[date], str]) -> object:
    if isinstance(value, date):
        return day(value)
    if isinstance(value, str) and len(value) == len("2026-05-01") and value[4] == value[7] == "-":
        try:
            return day(date.fromisoformat(value))
        except ValueError:
            return value
    return value
