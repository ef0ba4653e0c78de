"""What a program has laid beside each other, as pages and jobs ask for it. Nothing here writes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import Left, RowNumber

from withus.live.asks import seen, taken_back
from withus.live.models import CardState, Contribution
from withus.loop.models import Placement, Theme
from withus.loop.models_of_suggesting import Grouping, Laid, Vector
from withus.loop.sense.letters import Letters, first_sentence, is_bare_address
from withus.post.models import Job
from withus.projects.models import Project
from withus.projects.sole import sole

if TYPE_CHECKING:
    from withus.loop.sense.grouping import Tree
    from withus.loop.sense.moves import Difference
    from withus.loop.sense.numbers import Floats

LEAST_CARDS = 150
"""Below it people sort on a table: they see more in the cards than a program does."""
SIZES = (6, 12, 24, 48)
"""How many groups there are, from coarse to fine: those that one press leads to."""
COARSEST, USUAL, FINEST = 2, 12, 60
"""A slider leads to any number between."""
TOLD, TYPICAL, CELLS_HEARD, LOOKED_AT = 3, 2, 6, 8
"""Sentences that tell what a group is about; from each of its largest cells the few most typical cards are looked at."""
READABLE = (CardState.WAITING, CardState.SHOWN)
READING, REGROUPING = "suggestions.read:%s", "suggestions.regroup:%s"


@dataclass(frozen=True)
class Group:
    """Cards that a program laid beside each other. `number` is that of its first cell; `open` are in no theme yet."""

    number: int
    cells: tuple[int, ...]
    cards: int
    open: int
    says: tuple[str, ...]


def readable(project: Project) -> QuerySet[Contribution]:
    """Cards with words that the team may read and nobody took back."""
    rows = Contribution.objects.filter(project=project, state__in=READABLE)
    return seen(rows).exclude(words="")


def by_model() -> bool:
    """Whether the better vectors are installed and switched on."""
    if not settings.WITHUS_MINILM:
        return False
    from withus.loop.sense import minilm, vectors  # noqa: PLC0415 -- numpy, only where somebody asked

    return minilm.is_here() and vectors.table() is not None


def vectors_of(cards: Sequence[Contribution]) -> list[tuple[str, bytes]]:
    """For each card the kind of its vector, and the vector as it is stored."""
    from withus.loop.sense import minilm, vectors  # noqa: PLC0415 -- numpy, only where somebody asked

    made = vectors.of_texts([card.words for card in cards], [card.language for card in cards], by=vectors.table())
    found: list[tuple[str, bytes]] = [*made.stored()]
    english = [number for number, kind in enumerate(made.kinds) if kind == "pieces"] if by_model() else []
    if english:
        better = minilm.rows([cards[number].words for number in english], vectors.all_pieces())
        for number, row in zip(english, better, strict=True):
            found[number] = ("minilm", vectors.small(row))
    return found


def grown(project: Project) -> "Tree":
    """The tree of all cards of a project. Of those that go by their letters it first learns which runs of letters tell something."""
    from withus.loop.sense import grouping, runs, vectors  # noqa: PLC0415 -- numpy, only where somebody asked
    from withus.loop.sense.numbers import of_length_one  # noqa: PLC0415 -- numpy, only where somebody asked

    texts = _words_by_letters(project)
    learned = runs.learn(texts)
    rows = _stored(project, but=vectors.LETTERS if learned else None)
    if learned:
        made = learned.of_texts(texts)
        rows[vectors.LETTERS] = of_length_one(made[made.any(axis=1)])
    return replace(grouping.grow(rows), runs=learned)


def fits(tree: "Tree", project: Project) -> bool:
    """Whether the tree has cells for all kinds of cards, of which each lies by the best that is known of it."""
    from withus.loop.sense import vectors  # noqa: PLC0415 -- numpy, only where somebody asked

    kinds = set(Vector.objects.filter(project=project).exclude(kind="").values_list("kind", flat=True).distinct())
    return set(tree.centres) >= kinds and (vectors.LETTERS not in kinds or tree.runs is not None)


def moved(tree: "Tree", project: Project) -> "Tree":
    """The same cells where the cards lie now."""
    from withus.loop.sense import grouping, vectors  # noqa: PLC0415 -- numpy, only where somebody asked
    from withus.loop.sense.numbers import of_length_one  # noqa: PLC0415 -- numpy, only where somebody asked

    rows = _stored(project, but=vectors.LETTERS if tree.runs else None)
    if tree.runs is not None:
        rows[vectors.LETTERS] = of_length_one(tree.runs.of_texts(_words_by_letters(project)))
    return grouping.warm(tree, rows)


def _words_by_letters(project: Project) -> list[str]:
    """The beginnings of the cards that go by their letters: as much of each as is looked at."""
    from withus.loop.sense import runs, vectors  # noqa: PLC0415 -- numpy, only where somebody asked

    rows = Vector.objects.filter(project=project, kind=vectors.LETTERS).order_by("pk")
    return list(rows.values_list(Left("contribution__words", runs.LONGEST_TEXT), flat=True))


def _stored(project: Project, *, but: str | None = None) -> "dict[str, Floats]":
    """All stored vectors of a project, by kind, in the order of their making; not those of one kind."""
    from withus.loop.sense import vectors  # noqa: PLC0415 -- numpy, only where somebody asked

    stored: dict[str, list[bytes]] = {}
    rows = Vector.objects.filter(project=project).exclude(kind="").order_by("pk").values_list("kind", "row")
    rows = rows.exclude(kind=but) if but else rows
    for kind, row in rows.iterator(chunk_size=2000):
        stored.setdefault(kind, []).append(bytes(row))
    return {kind: vectors.large(some) for kind, some in stored.items()}


def lay(tree: "Tree", some: Iterable[Vector]) -> list[tuple[int, int, float]]:
    """For each the card, its cell and how near it is."""
    from withus.loop.sense import grouping, vectors  # noqa: PLC0415 -- numpy, only where somebody asked

    found: list[tuple[int, int, float]] = []
    by_kind: dict[str, list[Vector]] = {}
    for one in some:
        by_kind.setdefault(one.kind, []).append(one)
    for kind, rows in by_kind.items():
        if not kind:
            found += [(one.contribution_id, grouping.UNSORTED, 0.0) for one in rows]
            continue
        by_runs = tree.runs if kind == vectors.LETTERS else None
        stored = [bytes(one.row) for one in rows]
        block = by_runs.of_texts(_words(rows)) if by_runs else vectors.large(stored)
        floor = vectors.FLOOR_BY_RUNS if by_runs else vectors.FLOOR[kind]
        cells, near = grouping.joined(tree, kind, block, floor=floor)
        found += [
            (one.contribution_id, int(cell), round(float(like), 4))
            for one, cell, like in zip(rows, cells, near, strict=True)
        ]
    return found


def _words(some: Sequence[Vector]) -> list[str]:
    by_pk = dict(Contribution.objects.filter(vector__in=some).values_list("pk", "words"))
    return [by_pk.get(one.contribution_id, "") for one in some]


def middles(grouping: Grouping, tree: "Tree", old: str) -> "Floats":
    """Where the cells that had vectors of an old kind lie by the new vectors of their cards; a cell without such cards is near to none."""
    import numpy as np  # noqa: PLC0415 -- numpy, only where somebody asked

    from withus.loop.sense import vectors  # noqa: PLC0415 -- numpy, only where somebody asked
    from withus.loop.sense.numbers import of_length_one  # noqa: PLC0415 -- numpy, only where somebody asked

    found = np.zeros((len(tree.centres[old]), vectors.OF_LETTERS), np.float32)
    first = tree.first_cell(old)
    rows = Laid.objects.filter(grouping=grouping, cell__range=(first, first + len(found) - 1))
    rows = rows.filter(contribution__vector__kind=vectors.LETTERS)
    for cell, row in rows.values_list("cell", "contribution__vector__row").iterator(chunk_size=2000):
        found[cell - first] += vectors.large([bytes(row)])[0]
    return of_length_one(found)


def is_waiting(project: Project) -> bool:
    """Whether the program is at work, or will be."""
    return Job.objects.filter(once__in=(READING % project.pk, REGROUPING % project.pk)).exists()


def shown(project: Project) -> Grouping | None:
    return sole(Grouping.objects.filter(project=project, offered=False))


def offered(project: Project) -> Grouping | None:
    """Only once every card that lies beside the one that is shown lies beside it, too: before, what would change is not known."""
    now, then = shown(project), sole(Grouping.objects.filter(project=project, offered=True))
    if now is None or then is None:
        return None
    return then if then.laid.count() >= now.laid.count() else None


@dataclass(frozen=True)
class Groups:
    """All groups of one fineness, the largest first; and how many cards in no theme yet are near to none of them."""

    groups: tuple[Group, ...]
    unsorted: int


def groups(grouping: Grouping, size: int) -> Groups:
    """Each with sentences from it. The same number of queries for any number of cards."""
    from withus.loop.sense import grouping as sense  # noqa: PLC0415 -- numpy, only where somebody asked

    cut = sense.cut(sense.unpack(bytes(grouping.tree)), size).tolist()
    counts = _counts(grouping)
    cells: dict[int, list[int]] = {}
    for cell, number in enumerate(cut):
        cells.setdefault(number, []).append(cell)
    says = _says(grouping, cells, counts)
    found = [
        Group(
            number,
            tuple(some),
            sum(counts.get(cell, (0, 0))[0] for cell in some),
            sum(counts.get(cell, (0, 0))[1] for cell in some),
            says.get(number, ()),
        )
        for number, some in cells.items()
    ]
    shown = sorted((one for one in found if one.cards), key=lambda one: (-one.cards, one.number))
    return Groups(tuple(shown), counts.get(sense.UNSORTED, (0, 0))[1])


def cells_of(grouping: Grouping, size: int, number: int) -> tuple[int, ...]:
    """The cells of one group of this fineness; none where there is no such group."""
    from withus.loop.sense import grouping as sense  # noqa: PLC0415 -- numpy, only where somebody asked

    cut = sense.cut(sense.unpack(bytes(grouping.tree)), size).tolist()
    return tuple(cell for cell, group in enumerate(cut) if group == number)


def beside(grouping: Grouping, cells: Sequence[int]) -> QuerySet[Laid]:
    """What lies beside these cells and is in no theme yet, the most typical first."""
    rows = _laid(grouping).filter(cell__in=cells, contribution__placements=None)
    return rows.select_related("contribution__workshop", "contribution__media").order_by("-near", "contribution")


def _laid(grouping: Grouping) -> QuerySet[Laid]:
    """As `readable`, but asked of what lies: of a few rows no list of all that may be read is made."""
    rows = Laid.objects.filter(grouping=grouping, contribution__state__in=READABLE)
    gone = taken_back().filter(project=grouping.project_id)
    return rows.exclude(contribution__words="").exclude(contribution__in=gone.values("pk"))


def _counts(grouping: Grouping) -> dict[int, tuple[int, int]]:
    """
    For each cell how many cards lie there, and how many of them are in no theme yet. Counted from all that lie, less the few that may not
    be read any more: of a hundred thousand cards most may. A card that lost its words is erased by its state, too.
    """
    laid = Laid.objects.filter(grouping=grouping)
    others = Contribution.objects.filter(project=grouping.project_id, state__in=set(CardState) - set(READABLE))
    gone = taken_back().filter(project=grouping.project_id)
    hidden = _by_cell(laid.filter(Q(contribution__in=others.values("pk")) | Q(contribution__in=gone.values("pk"))))
    found = {}
    for cell, (every, open_) in _by_cell(laid).items():
        less, less_open = hidden.get(cell, (0, 0))
        found[cell] = (every - less, open_ - less_open)
    return found


def _by_cell(laid: QuerySet[Laid]) -> dict[int, tuple[int, int]]:
    in_none = ~Exists(Placement.objects.filter(contribution=OuterRef("contribution")))
    rows = laid.order_by().values_list("cell").annotate(every=Count("pk"), open=Count("pk", filter=in_none))
    return {cell: (every, open_) for cell, every, open_ in rows}


def _says(
    grouping: Grouping, cells: dict[int, list[int]], counts: dict[int, tuple[int, int]]
) -> dict[int, tuple[str, ...]]:
    """
    What a group is about, told by sentences from it: from its largest cells the cards nearest to their middle, no two nearly the same.
    """
    asked = {
        number: sorted(some, key=lambda cell: -counts.get(cell, (0, 0))[0])[:CELLS_HEARD]
        for number, some in cells.items()
    }
    words = _typical(grouping, [cell for some in asked.values() for cell in some])
    found: dict[int, tuple[str, ...]] = {}
    for number, some in asked.items():
        typical = [one for rank in range(TYPICAL) for cell in some for one in words[cell][rank : rank + 1]]
        found[number] = _told_by([first_sentence(one) for one in typical])
    return found


def _told_by(sentences: Iterable[str]) -> tuple[str, ...]:
    """The first few, no two nearly the same. A bare web address tells the least."""
    says: dict[str, Letters] = {}
    for sentence in sorted(sentences, key=is_bare_address):
        mine = Letters.of(sentence)
        if len(says) < TOLD and not any(mine.nearly(one) for one in says.values()):
            says[sentence] = mine
    return tuple(says)


def _typical(grouping: Grouping, cells: Sequence[int]) -> dict[int, list[str]]:
    """
    The words of the few cards nearest to the middle of each of these cells. Of each a few more are looked at, for those that may not be
    read any more; only where none is left of them all that lie there are.
    """
    nearest = _nearest(Laid.objects.filter(grouping=grouping), cells, most=LOOKED_AT)
    found: dict[int, list[str]] = {cell: [] for cell in cells}
    looked_at = dict.fromkeys(cells, 0)
    pks = [pk for _cell, pk in nearest]
    words = dict(_laid(grouping).filter(pk__in=pks).values_list("pk", "contribution__words"))
    for cell, pk in nearest:
        looked_at[cell] += 1
        if pk in words and len(found[cell]) < TYPICAL:
            found[cell].append(words[pk])
    short = [cell for cell in cells if len(found[cell]) < TYPICAL and looked_at[cell] == LOOKED_AT]
    if short:
        found |= {cell: [] for cell in short}
        again = _nearest(_laid(grouping), short, most=TYPICAL)
        words = dict(Laid.objects.filter(pk__in=[pk for _cell, pk in again]).values_list("pk", "contribution__words"))
        for cell, pk in again:
            found[cell].append(words[pk])
    return found


def _nearest(laid: QuerySet[Laid], cells: Sequence[int], *, most: int) -> list[tuple[int, int]]:
    """Of each of these cells the rows nearest to its middle, the nearest first: cell and row."""
    place = Window(RowNumber(), partition_by=[F("cell")], order_by=[F("near").desc(), F("contribution").asc()])
    rows = laid.filter(cell__in=cells).annotate(place=place).filter(place__lte=most)
    return list(rows.order_by("cell", "place").values_list("cell", "pk"))


def put_into(grouping: Grouping, cells: Sequence[int]) -> list[tuple[Theme, int]]:
    """The themes that people put other cards of these cells into, most often first."""
    rows = Placement.objects.filter(contribution__laid__grouping=grouping, contribution__laid__cell__in=cells)
    counts = (
        rows.filter(theme__removed_at=None).values_list("theme").annotate(cards=Count("pk")).order_by("-cards")[:TOLD]
    )
    themes = Theme.objects.in_bulk([theme for theme, _cards in counts])
    return [(themes[theme], cards) for theme, cards in counts]


def regrouped(before: Grouping, after: Grouping, size: int) -> "Difference":
    """Which cards would lie in another group."""
    from withus.loop.sense.moves import difference  # noqa: PLC0415 -- numpy, only where somebody asked

    return difference(_group_of_each(before, size), _group_of_each(after, size), same_numbers=not after.anew)


def _group_of_each(grouping: Grouping, size: int) -> dict[int, int]:
    from withus.loop.sense import grouping as sense  # noqa: PLC0415 -- numpy, only where somebody asked

    cut = sense.cut(sense.unpack(bytes(grouping.tree)), size).tolist()
    rows = _laid(grouping).values_list("contribution", "cell")
    return {card: cut[cell] if cell >= 0 else sense.UNSORTED for card, cell in rows}
