"""
Who follows what: the one table that says which act sets off which other.

WITHIN runs in the act's own transaction and may only add rows (jobs, outgoing, dues); AFTER runs once it is committed and may only
publish: it may be lost, since every page can be fetched again.
"""

from collections.abc import Sequence

from withus.findings import gate
from withus.record import log as record

WITHIN: dict[str, Sequence[record.Follower]] = {}

AFTER: dict[str, Sequence[record.Follower]] = {}


def bind() -> None:
    """Called once, when the apps are ready."""
    record.followers.within = dict(WITHIN)
    record.followers.after = dict(AFTER)


def check_bound() -> None:
    """The server refuses to start without a judge: a gate that asks nobody would let everything through."""
    if not gate.is_bound():
        raise RuntimeError("No judge is bound to the gate.")
