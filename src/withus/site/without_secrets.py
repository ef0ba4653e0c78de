"""
What goes wrong is written to the log without anybody's words: the page's kind in place of the address that was asked for, which may be a
key, and of a fault where it happened and what kind it is. What an error says is left out where it may quote what somebody sent.
"""

import logging
import re
import traceback
from pathlib import Path
from types import TracebackType

from django.db import IntegrityError, OperationalError, ProgrammingError
from django.http import HttpRequest

ADDRESS = re.compile(r"(https?://[^\s/]+)/\S*")
"""The other side of a form may be named with its whole address, which may be a key."""
OF_THE_CODE = (AttributeError, ImportError, NameError, TypeError)
OF_THE_DATABASE = (IntegrityError, OperationalError, ProgrammingError)
"""Their first line names tables and columns. PostgreSQL adds the row that it refused in the next."""
OURS = Path(__file__).parents[1]
ENDING = ("57P01", "57P02", "57P03")
"""PostgreSQL's numbers for: it was told to stop, it fell, it is not up yet."""
Fault = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class WithoutSecrets(logging.Filter):
    """`at/<slug:address>/me` in place of the path; a page that is not there has no kind."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest) and isinstance(record.args, tuple):
            match = request.resolver_match
            kind = match.route if match is not None else "-"
            secret = {request.path, request.path_info, request.get_full_path()}
            record.args = tuple(kind if one in secret else _without_address(one) for one in record.args)
        return True


class WithoutWords(logging.Formatter):
    """
    A traceback with its places and the kind of each error. Of a database that is away the last line alone: each page asked for meanwhile
    would say the same hundred, and a disk is full of them before somebody has seen it.
    """

    def formatException(self, ei: Fault) -> str:  # noqa: N802 -- its name in logging
        faults: list[BaseException] = []
        fault = ei[1]
        if isinstance(fault, OperationalError) and _is_away(fault):
            return f"{type(fault).__qualname__}: {_said(fault)}{_place(fault)}"
        while fault is not None and fault not in faults:
            faults.append(fault)
            fault = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
        return "\n".join(_told(one) for one in reversed(faults))


def _is_away(fault: OperationalError) -> bool:
    """PostgreSQL numbers what it says, in `sqlstate`: None where it was not reached. Of its ending no place in our code is the cause."""
    said = getattr(fault.__cause__, "sqlstate", "")
    return said is None or said in ENDING


def _place(fault: BaseException) -> str:
    """Where in our own code it was noticed."""
    places = reversed(traceback.extract_tb(fault.__traceback__))
    ours = (one for one in places if Path(one.filename).is_relative_to(OURS))
    return next((f" ({Path(one.filename).relative_to(OURS)}:{one.lineno})" for one in ours), "")


def _told(fault: BaseException) -> str:
    name, said = type(fault).__qualname__, _said(fault)
    return f"{''.join(traceback.format_tb(fault.__traceback__))}{f'{name}: {said}' if said else name}"


def _said(fault: BaseException) -> str:
    if isinstance(fault, OSError):
        return fault.strerror or ""
    if isinstance(fault, OF_THE_DATABASE):
        return next(iter(str(fault).splitlines()), "")
    return str(fault) if isinstance(fault, OF_THE_CODE) else ""


def _without_address(arg: object) -> object:
    return ADDRESS.sub(r"\1/…", arg) if isinstance(arg, str) else arg
