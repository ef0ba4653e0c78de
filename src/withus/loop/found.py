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
from withus.loop import pairs
from withus.loop.models import Placement, Read, Theme
from withus.loop.repeats import said_again
from withus.projects.models import Project

A_PAGE = 50
MOST_FOUND = 5000
"""Found cards are counted up to here, and up to here all of them can be put somewhere at once."""
MOST_WORDS = 6
FEW = 8000
"""So many cards are handed to the database by their numbers; it reads all sooner than more of them."""
LOOKED_UP = 30_000
"""So many are looked up one by one, where all are read otherwise: SQLite hands nothing over to a server."""
HELD_AGAINST = 3000
"""Cards in no theme, the oldest first, that are held against each other for what is said more than once."""
WHOLE = ("read",)
"""What a card's own lines at the workbench say, beside what is in the card itself."""
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
    """All that it finds, in the order of the record."""
    return _each(project, ask, *_asked_for(project, ask))


def _each(project: Project, ask: Ask, found: QuerySet[Contribution], few: list[int] | None) -> QuerySet[Contribution]:
    """Of the few that can hold the words that are looked for, or of all: each looked up by itself."""
    if few is not None:
        found = found.filter(pk__among=few)
    if _in_no_theme(ask):
        found = found.alias(lies_in=Subquery(_in_sight(project).values("theme")[:1])).filter(lies_in=None)
    return found.order_by("seq")


def _asked_for(project: Project, ask: Ask) -> tuple[QuerySet[Contribution], list[int] | None]:
    """
    What it finds, whether it lies in a theme or not, and the few cards of which this is some, where that is known: those taken back are
    left out last.
    """
    found = _of_kind(project, Contribution.objects.filter(project=project), ask.show)
    if ask.theme is not None:
        found = found.filter(placements__theme=ask.theme)
    words = sorted(ask.find.split()[:MOST_WORDS], key=len, reverse=True)
    for word in words:  # the longest is the rarest: looked for first
        found = found.filter(has(word))
    return seen(found), _few(project, ask, words) if words else None


def _few(project: Project, ask: Ask, words: list[str]) -> list[int] | None:
    """
    Common words are found soon among all; of those in no theme, too, while most are in none. Where few are, these are read, and no others.
    """
    can = pairs.cards_with(words, project=project.pk)
    if can is None or len(can) <= FEW:
        return can
    if not _in_no_theme(ask):
        return None
    if connection.vendor == "sqlite" and len(can) <= LOOKED_UP:
        return can
    every = _of_kind(project, Contribution.objects.filter(project=project), "all")
    nowhere = list(_lying_nowhere(project, every)[:LOOKED_UP])
    can = sorted({*can}.intersection(nowhere)) if len(nowhere) < LOOKED_UP else can
    return can if len(can) <= FEW else None


def _in_no_theme(ask: Ask) -> bool:
    """Of a theme's own cards, all."""
    return ask.show in {"open", "repeats"} and ask.theme is None


def numbers(project: Project, ask: Ask, *, upto: int | None = None, most: int = MOST_FOUND + 1) -> list[int]:
    """
    Every card that it finds, up to the newest that the asker saw counted; one more than MOST_FOUND says that there are more. In the order
    in which they came, which is that of the record: both are given under the project's lock.
    """
    if ask.show == "repeats":
        return [pk for group in _said_again(project, ask, upto=upto) for pk in group]
    return _numbers(project, ask, upto=upto, most=most)


def _numbers(project: Project, ask: Ask, *, upto: int | None, most: int) -> list[int]:
    found, few = _asked_for(project, ask)
    found = found if upto is None else found.filter(seq__lte=upto)
    if few is None and _in_no_theme(ask):
        return list(_lying_nowhere(project, found)[:most])
    return list(_each(project, ask, found, few).values_list("pk", flat=True)[:most])


def _lying_nowhere(project: Project, found: QuerySet[Contribution]) -> QuerySet[Contribution, int]:
    """
    The numbers of those in no theme. All cards of a project beside all that lies in a theme, both read once from an index by the card's
    number: where most lie somewhere, looking up each by itself takes three times as long. SQLite walks so for EXCEPT only.
    """
    first = Contribution.objects.filter(project=project).order_by("seq").values("pk")[:1]
    lies = Placement.objects.exclude(theme__in=_out_of_sight(project)).filter(contribution__gte=Subquery(first))
    if connection.vendor == "sqlite":
        every = found.order_by().values_list("pk", flat=True)
        return every.difference(lies.order_by().values_list("contribution", flat=True)).order_by("pk")
    nowhere = found.filter(~Exists(lies.filter(contribution=OuterRef("pk"))))
    return nowhere.order_by("pk").values_list("pk", flat=True)


def page(project: Project, ask: Ask) -> Page:
    """Two queries over the cards: which there are, and those of this page, with the newest of all; further on it is asked for by itself."""
    if ask.show == "repeats":
        return _of_repeats(project, ask)
    known = numbers(project, ask)
    if ask.after is None and ask.before is None:
        here = [*known[:A_PAGE], *known[-1:]]
        cards = list(_whole(Contribution.objects.filter(pk__among=here).order_by("seq")))
        newest = cards[-1].seq if cards else 0
        cards, has_before, has_after = cards[:A_PAGE], False, len(known) > A_PAGE
    else:
        cards, has_before, has_after = _from(rows(project, ask), ask)
        newest = Contribution.objects.values_list("seq", flat=True).get(pk=known[-1]) if known else 0
    return Page(
        cards,
        len(known),
        newest,
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
    numbers = _numbers(project, ask, upto=upto, most=HELD_AGAINST)
    words = Contribution.objects.filter(pk__among=numbers).exclude(words="").order_by("pk")
    return said_again(list(words.values_list("pk", "words")))


def _from(found: QuerySet[Contribution], ask: Ask) -> tuple[list[Contribution], bool, bool]:
    if ask.before is not None:
        back = list(_whole(found.filter(seq__lt=ask.before).order_by("-seq")[: A_PAGE + 1]))
        return back[:A_PAGE][::-1], len(back) > A_PAGE, True
    on = list(_whole(found.filter(seq__gt=ask.after)[: A_PAGE + 1]))
    return on[:A_PAGE], True, len(on) > A_PAGE


def _whole(cards: QuerySet[Contribution]) -> QuerySet[Contribution]:
    return cards.select_related(*WHOLE)


def _of_kind(project: Project, found: QuerySet[Contribution], show: str) -> QuerySet[Contribution]:
    if show == "nothing":
        return found.filter(state=CardState.NO_CONTENT)
    if show == "held":
        return found.filter(state=CardState.HELD_BACK)
    if show == "language":
        found = found.exclude(language="").exclude(language__istartswith=project.language)
    found = found.exclude(state__in=NOTHING_TO_READ)
    if show == "unread":
        return found.filter(~Exists(Read.objects.filter(contribution=OuterRef("pk"))))
    return found.filter(off_agenda=True) if show == "parked" else found


def _in_sight(project: Project) -> QuerySet[Placement]:
    """
    Where a card lies. Asked for as one value of each card, and not whether there is any: PostgreSQL made of that a list of all that lies
    anywhere, each time. The themes out of sight are few, so that a card's place is read from an index, and its theme not at all.
    """
    return Placement.objects.filter(contribution=OuterRef("pk")).exclude(theme__in=_out_of_sight(project))


def _out_of_sight(project: Project) -> QuerySet[Theme, int]:
    return Theme.objects.filter(project=project, removed_at__isnull=False).order_by().values_list("pk", flat=True)


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
