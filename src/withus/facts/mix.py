"""Who is in the room: by lived experience, role and group. What somebody does not say is not known."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from withus.facts.project import Project
from withus.facts.words import Claim
from withus.facts.workshop import People, Workshop

MAJORITY = 0.5
# By the start of a word in `who` or `group`. Our own list (D); whoever votes is there for themselves.
_FOR_OTHERS = (
    "interpreter", "sign language", "bsl", "note taker", "notetaker", "scribe", "captioner", "palantyp",
    "personal assistant", "pa ", "supporter", "advocate", "escort", "driver", "childminder", "creche", "caterer",
)  # fmt: skip
CO = frozenset({Claim.CO_DESIGNING, Claim.CO_PRODUCING})


@dataclass(frozen=True, slots=True)
class Mix:
    lived: int
    others: int
    unsaid: int
    uncounted: bool

    @property
    def room(self) -> int:
        return self.lived + self.others + self.unsaid

    @property
    def known(self) -> bool:
        return not self.unsaid and not self.uncounted

    @property
    def share(self) -> float:
        return self.lived / self.room if self.room else 0.0


def mix(people: Iterable[People]) -> Mix:
    counted: Counter[bool | None] = Counter()
    uncounted = False
    for each in people:
        if each.count is None:
            uncounted = True
        counted[each.lived] += each.count or 0
    return Mix(lived=counted[True], others=counted[False], unsaid=counted[None], uncounted=uncounted)


def of_room(workshop: Workshop) -> Mix | None:
    """Who is there so that somebody else can take part (an interpreter, a supporter) is not one of the room's voices."""
    return None if workshop.people is None else mix(each for each in workshop.people if not there_for_others(each))


def there_for_others(row: People) -> bool:
    words = f" {plain(row.who or '')} {plain(row.group or '')} "
    return row.lived is not True and not row.votes and any(f" {each}" in words for each in _FOR_OTHERS)


def user_led(workshop: Workshop) -> bool:
    """Members with lived experience are the majority and nobody without it is known to chair."""
    found = of_room(workshop)
    chaired = workshop.chair is None or workshop.chair.lived is not False
    return found is not None and found.lived > MAJORITY * found.room and chaired


def may_be_user_led(workshop: Workshop) -> bool:
    """It would be, if all that is not known of its people were so. Of a room without any rows nobody would think it."""
    if workshop.chair is not None and workshop.chair.lived is False:
        return False
    found = of_room(workshop)
    return found is not None and (found.uncounted or found.lived + found.unsaid > MAJORITY * found.room)


def member_chairs(workshop: Workshop) -> bool:
    return workshop.chair is not None and workshop.chair.lived is True


def plain(word: str) -> str:
    return " ".join(word.replace("_", " ").replace("-", " ").casefold().split())


def names_of(workshop: Workshop) -> frozenset[str]:
    """How this file may call a workshop's lived-experience rows: their groups, as written plainly."""
    return frozenset(plain(each.group) for each in workshop.people or () if each.lived and each.group)


def claims_together(project: Project) -> bool:
    return project.claim in CO
