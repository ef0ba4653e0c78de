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
