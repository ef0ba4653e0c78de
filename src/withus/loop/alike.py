"""
Which cards are like this one. By their letters: no program reads what they mean, and every language works alike. Where a project lets a
program suggest, by what they are about, too.

Near-repeats are told by letters either way: runs of four find those that differ by case, a typo, a dropped or a swapped word better
than vectors of meaning do.
"""

from django.db.models import Q, QuerySet

from withus.live.asks import seen
from withus.live.models import NOTHING_TO_READ, Contribution
from withus.loop import suggesting
from withus.loop.found import WHOLE, has
from withus.loop.models import Theme
from withus.loop.models_of_answers import Fit
from withus.loop.models_of_suggesting import Vector
from withus.loop.sense.letters import NEARLY_THE_SAME, NO_SPACES, WORD, Letters
from withus.projects.models import Project

__all__ = ["NEARLY_THE_SAME", "like_this"]
TELLING_WORDS = 6
LOOKED_AT = 2000
HELD_AGAINST = 300
"""Of those that share a word with it, so many that share the most are held against it by all their letters."""
NEAREST = 100
"""Cards nearest in meaning among which near-repeats are looked for."""
SHOWN = 30
"""Of so many alike, the last ones are hardly alike any more."""
SHORTEST_WORD = 4
"""In English letters. Elsewhere two signs may be a word that tells much."""
LOOKED_AT_IN_A_THEME = 500


def like_this(card: Contribution, project: Project, *, most: int = SHOWN) -> list[tuple[Contribution, float]]:
    """
    Cards of the project that are like this one, with how alike their letters are, from 0 to 1: near-repeats first, the most alike
    before the others; then the others by what they are about, or by their letters where no program has read them.
    """
    mine = Letters.of(card.words)
    vector = _vector(card, project)
    by_meaning = vector is not None
    some = _near(vector, project) if vector is not None else _sharing_a_word(card, project)
    held = mine.nearness if by_meaning else mine.likeness
    found = [(pk, held(Letters.of(words)), seq) for pk, seq, words in some]
    repeats = [one for one in found if one[1] >= NEARLY_THE_SAME or not by_meaning]
    repeats.sort(key=lambda one: (-one[1], one[2]))
    others = [one for one in found if one[1] < NEARLY_THE_SAME] if by_meaning else []
    alike = {pk: like for pk, like, _seq in [*repeats, *others][:most]}
    cards = {
        one.pk: one for one in Contribution.objects.select_related(*WHOLE).filter(pk__among=list(alike)).order_by()
    }
    return [(cards[pk], like) for pk, like in alike.items() if pk in cards]


Few = tuple[int, int, str]
"""A card's number, its number in the record, and its words: what is looked at of many, before the few that are shown are read whole."""


def goes_by_meaning(card: Contribution, project: Project) -> bool:
    """Whether a program has read this card, so that it can say which are about the same."""
    return _vector(card, project) is not None


def _vector(card: Contribution, project: Project) -> Vector | None:
    """Asked for once, however often: the card keeps it."""
    vector: Vector | None = getattr(card, "vector", None) if project.suggests else None
    return vector if vector is not None and vector.kind else None


def _near(mine: Vector, project: Project) -> list[Few]:
    """The cards nearest in meaning, the nearest first."""
    from withus.loop import shelf  # noqa: PLC0415 -- numpy, only where somebody asked

    nearest = shelf.of(project.pk).nearest(mine.kind, [bytes(mine.row)], most=NEAREST)
    others = Contribution.objects.filter(project=project, pk__among=nearest).exclude(pk=mine.contribution_id)
    rows = seen(others.exclude(state__in=NOTHING_TO_READ)).order_by().values_list("pk", "seq", "words")
    by_pk = {pk: (pk, seq, words) for pk, seq, words in rows}
    return [by_pk[pk] for pk in nearest if pk in by_pk]


def beside_theme(theme: Theme, *, most: int = SHOWN) -> list[Contribution]:
    """Cards in no theme yet that are about what this theme's cards are about. What its author did not mean stays away from it."""
    from withus.loop import shelf  # noqa: PLC0415 -- numpy, only where somebody asked
    from withus.loop.sense.vectors import FLOOR  # noqa: PLC0415 -- numpy, only where somebody asked

    lie = Vector.objects.filter(contribution__placements__theme=theme).exclude(kind="")
    newest = lie.order_by("-contribution__placements__at", "pk").values_list("kind", "row")[:LOOKED_AT_IN_A_THEME]
    by_kind: dict[str, list[bytes]] = {}
    for kind, row in newest:
        by_kind.setdefault(kind, []).append(bytes(row))
    if not by_kind:
        return []
    kind = max(by_kind, key=lambda one: len(by_kind[one]))
    nearest = shelf.of(theme.project_id).nearest(kind, by_kind[kind], most=NEAREST, floor=FLOOR[kind])
    rows = suggesting.readable(theme.project).filter(pk__among=nearest, placements=None)
    rows = rows.exclude(pk__in=Fit.objects.filter(theme=theme, right=False).values("contribution"))
    by_pk = {one.pk: one for one in rows.select_related(*WHOLE)}
    return [by_pk[pk] for pk in nearest if pk in by_pk][:most]


def telling_words(text: str) -> list[str]:
    """
    The longest words, which are the rarest ones: those that tell what a text is about; of a text of short words only, these. In writing
    without spaces a word has no end: of it pairs of signs, from all over it.
    """
    words = dict.fromkeys(WORD.findall(text.casefold()))
    found = {piece for word in words for piece in (_pairs(word) if NO_SPACES.search(word) else [word])}
    long = [word for word in found if len(word) >= SHORTEST_WORD or not word.isascii()]
    first = {piece: text.casefold().find(piece) for piece in found}
    return sorted(long or found, key=lambda word: (-len(word), first[word]))[:TELLING_WORDS]


def _pairs(word: str) -> list[str]:
    """At most as many as are asked for, evenly taken."""
    pairs = [word[at : at + 2] for at in range(max(len(word) - 1, 1))]
    return (
        [pairs[at * len(pairs) // TELLING_WORDS] for at in range(TELLING_WORDS)]
        if len(pairs) > TELLING_WORDS
        else pairs
    )


def _sharing_a_word(card: Contribution, project: Project) -> list[Few]:
    """Those that share most of the words that tell what it is about. Of long lists only these are held against each other by letter."""
    words = telling_words(card.words)
    if not words:
        return []
    any_of = Q()
    for word in words:
        any_of |= has(word)
    rows = _readable(card, project).filter(any_of).order_by("seq").values_list("pk", "seq", "words")[:LOOKED_AT]
    folded = ((one, one[2].casefold()) for one in rows)
    shared = [(sum(word in text for word in words), one) for one, text in folded]
    shared.sort(key=lambda pair: -pair[0])
    return [one for _count, one in shared[:HELD_AGAINST]]


def _readable(card: Contribution, project: Project) -> QuerySet[Contribution]:
    rows = Contribution.objects.filter(project=project).exclude(pk=card.pk)
    return seen(rows).exclude(state__in=NOTHING_TO_READ)
