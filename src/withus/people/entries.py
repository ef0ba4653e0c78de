from dataclasses import dataclass
from typing import ClassVar

from withus.record.kinds import Happened


@dataclass(frozen=True, kw_only=True)
class PersonErased(Happened):
    """Without a name or a reference: only how many openings went with them, so that the chain can account for the gap."""

    kind: ClassVar[str] = "person.erased"
    openings: int


@dataclass(frozen=True, kw_only=True)
class WordsRenewed(Happened):
    """A facilitator gave new words for a card that the person could describe."""

    kind: ClassVar[str] = "words.renewed"
    card: str


@dataclass(frozen=True, kw_only=True)
class TeamJoined(Happened):
    """About the account that came on the team. Without a name: an account's name stands with the account, and may change."""

    kind: ClassVar[str] = "team.joined"
    part: str


@dataclass(frozen=True, kw_only=True)
class TeamLeft(Happened):
    """About the account that left the team, or this part in it. Whoever changes their part leaves one and joins the other."""

    kind: ClassVar[str] = "team.left"
    part: str
