"""Which cards somebody at the workbench asks to see: a kind, words, a theme; page by page, by the card's number, never by counting."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import ClassVar
from uuid import UUID

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Collate
from django.db.models.lookups import Contains
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from withus.live.asks import seen
from withus.live.models import NOTHING_TO_READ, CardState, Contribution
from withus.loop.models import Placement, Read, Theme
from withus.loop.repeats import said_again
from withus.projects.models import Project

A_PAGE = 50
MOST_FOUND = 5000
"""Found cards are counted up to here, and up to here all of them can be put somewhere at once."""
MOST_WORDS = 6
HELD_AGAINST = 3000
"""Cards in no theme, the oldest first, that are held against each other for what is said more than once."""
KINDS: tuple[tuple[str, str | Promise], ...] = (
    ("open", _("In no theme")),
    ("all", _("All")),
    ("repeats", _("Said more than once")),
    ("unread", _("Not read yet")),
    ("parked", _("Parked, or off the agenda")),
    ("language", _("In another language")),
    ("held", _("Held back")),
    ("nothing", _("Without content")),
)


@dataclass(frozen=True)
class Ask:
    """What the address says: `after` and `before` are numbers of cards, to go on from."""

    show: str = "open"
    find: str = ""
    theme: Theme | None = None
    after: int | None = None
    before: int | None = None
    names: ClassVar[tuple[str, ...]] = ("show", "find", "theme", "after", "before")

    @property
    def query(self) -> str:
        """The same question from its first page on, as an address says it."""
        said = {"show": self.show, "find": self.find, "theme": str(self.theme.uid) if self.theme else ""}
        return urlencode({name: value for name, value in said.items() if value})


@dataclass(frozen=True)
class Page:
    """Cards in the order of the record. `found` is how many there are, up to MOST_FOUND; `upto` the newest number when it was asked."""

    cards: list[Contribution]
    found: int
    upto: int
    after: int | None
    before: int | None

    @property
    def more(self) -> bool:
        return self.found > MOST_FOUND

    @property
    def beyond(self) -> bool:
        """Whether there are more than this page shows."""
        return self.found > len(self.cards)


def ask_of(given: Mapping[str, str], project: Project) -> Ask:
    """What cannot be understood asks for nothing special."""
    show = given.get("show", "open")
    find = " ".join(given.get("find", "")[:200].replace("\x00", "").split())
    return Ask(
        show=show if show in dict(KINDS) else "open",
        find=find,
        theme=theme_named(project, given.get("theme", "")),
        after=_number(given.get("after", "")),
        before=_number(given.get("before", "")),
    )


def theme_named(project: Project, text: str) -> Theme | None:
    try:
        return Theme.objects.filter(project=project, uid=UUID(text)).first()
    except ValueError:
        return None


def rows(project: Project, ask: Ask) -> QuerySet[Contribution]:
    """All that it finds, in the order of the record. Those taken back are left out last: of the few found, not of all there are."""
    found = _of_kind(
        project,
        Contribution.objects.filter(project=project),
        "all" if ask.theme is not None and ask.show in {"open", "repeats"} else ask.show,
    )
    if ask.theme is not None:
        found = found.filter(placements__theme=ask.theme)
    for word in sorted(
        ask.find.split()[:MOST_WORDS], key=len, reverse=True
    ):  # the longest is the rarest: looked for first
        found = found.filter(has(word))
    return seen(found).order_by("seq")


def numbers(project: Project, ask: Ask, *, upto: int) -> list[int]:
    """Every card that it finds, up to the newest that the asker saw counted; one more than MOST_FOUND says that there are more."""
    if ask.show == "repeats":
        return [pk for group in _said_again(project, ask, upto=upto) for pk in group]
    return list(rows(project, ask).filter(seq__lte=upto).values_list("pk", flat=True)[: MOST_FOUND + 1])


def page(project: Project, ask: Ask) -> Page:
    """Two queries over the cards: which there are, and those of this page."""
    if ask.show == "repeats":
        return _of_repeats(project, ask)
    found = rows(project, ask)
    known = list(found.values_list("pk", "seq")[: MOST_FOUND + 1])
    if ask.after is None and ask.before is None:
        of_page = [pk for pk, _seq in known[:A_PAGE]]
        cards = list(_whole(Contribution.objects.filter(pk__in=of_page).order_by("seq")))
        has_more = len(known) > A_PAGE
        return Page(cards, len(known), _upto(known), cards[-1].seq if has_more else None, None)
    cards, has_before, has_after = _from(found, ask)
    return Page(
        cards,
        len(known),
        _upto(known),
        cards[-1].seq if cards and has_after else None,
        cards[0].seq if cards and has_before else None,
    )


def _of_repeats(project: Project, ask: Ask) -> Page:
    """Whole groups, as many as a page holds, and one at least. What goes into a theme makes room for the next."""
    groups = _said_again(project, ask)
    shown: list[int] = []
    for group in groups:
        if shown and len(shown) + len(group) > A_PAGE:
            break
        shown += group[:A_PAGE]
    by_pk = _whole(Contribution.objects.all()).in_bulk(shown)
    newest = Contribution.objects.filter(pk__in=[pk for group in groups for pk in group]).order_by("-seq").first()
    return Page([by_pk[pk] for pk in shown], sum(map(len, groups)), newest.seq if newest else 0, None, None)


def _said_again(project: Project, ask: Ask, *, upto: int | None = None) -> list[list[int]]:
    found = rows(project, ask).exclude(words="")
    found = found if upto is None else found.filter(seq__lte=upto)
    return said_again(list(found.values_list("pk", "words")[:HELD_AGAINST]))


def _from(found: QuerySet[Contribution], ask: Ask) -> tuple[list[Contribution], bool, bool]:
    if ask.before is not None:
        back = list(_whole(found.filter(seq__lt=ask.before).order_by("-seq")[: A_PAGE + 1]))
        return back[:A_PAGE][::-1], len(back) > A_PAGE, True
    on = list(_whole(found.filter(seq__gt=ask.after)[: A_PAGE + 1]))
    return on[:A_PAGE], True, len(on) > A_PAGE


def _whole(cards: QuerySet[Contribution]) -> QuerySet[Contribution]:
    return cards.select_related("workshop", "media", "read__by")


def _upto(known: list[tuple[int, int]]) -> int:
    return known[-1][1] if known else 0


def _of_kind(project: Project, found: QuerySet[Contribution], show: str) -> QuerySet[Contribution]:
    if show == "nothing":
        return found.filter(state=CardState.NO_CONTENT)
    if show == "held":
        return found.filter(state=CardState.HELD_BACK)
    if show == "language":
        found = found.exclude(language="").exclude(language__istartswith=project.language)
    found = found.exclude(state__in=NOTHING_TO_READ)
    match show:
        case "open" | "repeats":
            return found.alias(lies_in=Subquery(_in_sight(project).values("theme")[:1])).filter(lies_in=None)
        case "unread":
            return found.filter(~Exists(Read.objects.filter(contribution=OuterRef("pk"))))
        case "parked":
            return found.filter(off_agenda=True)
    return found


def _in_sight(project: Project) -> QuerySet[Placement]:
    """
    Where a card lies. Asked for as one value of each card, and not whether there is any: PostgreSQL made of that a list of all that lies
    anywhere, each time. The themes out of sight are few, so that a card's place is read from an index, and its theme not at all.
    """
    out_of_sight = Theme.objects.filter(project=project, removed_at__isnull=False).order_by()
    return Placement.objects.filter(contribution=OuterRef("pk")).exclude(theme__in=out_of_sight.values("pk"))


def has(word: str) -> Q:
    """
    SQLite knows upper and lower case of English letters only: of others both are looked for. PostgreSQL knows all of them, and takes
    twice as long over it: an English word is looked for as in English, and in a way of which it can tell how often that is found.
    """
    if word.isascii() and connection.vendor == "postgresql":
        return Q(InEnglish(Collate("words", "C"), word))
    ways = {word} if word.isascii() else {word, word.lower(), word.upper(), word.upper().lower(), word.capitalize()}
    return reduce(or_, (Q(words__icontains=way) for way in sorted(ways)))


class InEnglish(Contains):
    """PostgreSQL's own ILIKE. Django asks for UPPER(...) LIKE, of which its planner knows nothing: for a word in most cards it read all."""

    def get_rhs_op(self, connection: BaseDatabaseWrapper, rhs: str) -> str:
        return f"ILIKE {rhs}"


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None
