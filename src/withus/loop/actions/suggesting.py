"""
A program reads the cards and lays them beside each other, for the team to look at. It places nothing: only a person does.

All of it happens in jobs. What is worked out before the project is locked is looked at again under the lock, so that nothing is kept of a
card that was taken back meanwhile.
"""

from collections.abc import Sequence
from datetime import datetime
from time import monotonic
from typing import Any

from withus.accounts.models import Staff
from withus.live.models import Contribution
from withus.loop import refusals, suggesting
from withus.loop.entries import SuggestionsRegrouped, SuggestionsSwitched
from withus.loop.models_of_suggesting import Grouping, Laid, Vector
from withus.post import actions as post
from withus.projects.models import Project
from withus.projects.sole import sole
from withus.record import log as record

A_BATCH = 1000
SECONDS = 45.0
"""How long one run of a job may take; it then lets others come first and goes on."""
STRANGE = 0.1
"""Where more than this share of the cards is near to no group, the groups are grown anew."""


def switch_suggestions(project: Project, *, on: bool, by: Staff, now: datetime) -> None:
    """Off deletes what the program made; what people placed stays."""
    with record.writing(project, now=now) as log:
        if on and suggesting.readable(project).count() < suggesting.LEAST_CARDS:
            raise refusals.TooFewForSuggestions
        if not Project.objects.filter(pk=project.pk, suggests=not on).update(suggests=on):
            return
        project.suggests = on
        log.append(SuggestionsSwitched(on=on), by=f"staff:{by.uid}", about=project.uid)
        read_soon(project, now=now)


def read_soon(project: Project, *, now: datetime) -> None:
    """As a job; twice asked is once done."""
    once = suggesting.READING % project.pk
    post.queue_job("suggestions.read", reference={"project": project.pk}, once=once, run_at=now)


def read_cards(reference: dict[str, Any], now: datetime) -> None:  # Any: a job's reference
    """
    The job: new cards get their vectors and are laid beside what is there; those that lie stay. What is stored of another version or of
    other vectors is made anew first.
    """
    project = sole(Project.objects.filter(pk=reference["project"]))
    if project is None:
        return
    if not project.suggests:
        _forget_all(project, now=now)
        return
    until = monotonic() + SECONDS
    _forget_other_kinds(project, now=now)
    done = _make_vectors(project, now=now, until=until)
    if done:
        if suggesting.shown(project) is None:
            _first_grouping(project, now=now)
        groupings = list(Grouping.objects.filter(project=project).order_by("offered"))
        for grouping in groupings:
            _follow(grouping, now=now)
        done = all(_lay(grouping, now=now, until=until) for grouping in groupings)
    if not done:
        read_soon(project, now=now)


def ask_for_new_groups(project: Project, *, now: datetime) -> None:
    """As a job. Nothing changes until somebody takes them."""
    once = suggesting.REGROUPING % project.pk
    post.queue_job("suggestions.regroup", reference={"project": project.pk}, once=once, run_at=now)


def regroup(reference: dict[str, Any], now: datetime) -> None:  # Any: a job's reference
    """
    The job: the same cells moved to where the cards lie now; grown anew where too many are near to none of them. The next job lays the
    cards beside them, and they are offered when all lie.
    """
    from withus.loop.sense import grouping as sense  # noqa: PLC0415 -- numpy, only where somebody asked

    project = sole(Project.objects.filter(pk=reference["project"], suggests=True))
    shown = project and sole(Grouping.objects.filter(project=project, offered=False))
    if project is None or not shown:
        return
    laid = Laid.objects.filter(grouping=shown)
    strange = laid.filter(cell=sense.UNSORTED).count() > STRANGE * max(laid.count(), 1)
    tree = sense.unpack(bytes(shown.tree))
    anew = strange or not suggesting.fits(tree, project)
    made = suggesting.grown(project) if anew else suggesting.moved(tree, project)
    with record.writing(project, now=now):
        Grouping.objects.filter(project=project, offered=True).delete()
        Grouping.objects.create(project=project, offered=True, anew=anew, tree=sense.pack(made), made_at=now)
        read_soon(project, now=now)


def answer_regrouping(project: Project, *, take: bool, by: Staff, now: datetime) -> None:
    """Take the groups that are offered, or leave it as it is. What people placed stays where it is either way."""
    with record.writing(project, now=now) as log:
        offered = sole(Grouping.objects.filter(project=project, offered=True))
        if offered is None:
            raise refusals.NothingIsOffered
        if take:
            Grouping.objects.filter(project=project, offered=False).delete()
            offered.offered = False
            offered.save(update_fields=["offered"])
        else:
            offered.delete()
        log.append(SuggestionsRegrouped(taken=take), by=f"staff:{by.uid}", about=project.uid)
        read_soon(project, now=now)


def forget_vectors_of_the_erased(*, now: datetime) -> None:
    """
    A vector says something of the words that it was made from; and so does the middle of a cell in which no other card lies. As a writing
    to the project, so that who has its vectors at hand looks again.
    """
    gone = Contribution.objects.filter(words="").values("pk")
    theirs = Vector.objects.filter(contribution__in=gone)
    for project in Project.objects.filter(pk__in=theirs.values("project")).order_by("pk"):
        with record.writing(project, now=now):
            theirs.filter(project=project).delete()
    lay = Laid.objects.filter(contribution__in=gone)
    cells: dict[int, set[int]] = {}
    for grouping, cell in lay.values_list("grouping", "cell"):
        cells.setdefault(grouping, set()).add(cell)
    lay.delete()
    for grouping, some in cells.items():
        _empty(Grouping.objects.get(pk=grouping), some)


def _empty(grouping: Grouping, cells: set[int]) -> None:
    from withus.loop.sense import grouping as sense  # noqa: PLC0415 -- numpy, only where somebody asked

    left = cells - set(Laid.objects.filter(grouping=grouping, cell__in=cells).values_list("cell", flat=True))
    grouping.tree = sense.pack(sense.emptied(sense.unpack(bytes(grouping.tree)), left))
    grouping.save(update_fields=["tree"])


def _make_vectors(project: Project, *, now: datetime, until: float) -> bool:
    """Whether all have one now."""
    while monotonic() < until:
        cards = list(suggesting.readable(project).filter(vector=None).order_by("pk")[:A_BATCH])
        if not cards:
            return True
        made = suggesting.vectors_of(cards)
        with record.writing(project, now=now):
            _keep(project, cards, made)
    return False


def _keep(project: Project, cards: Sequence[Contribution], made: Sequence[tuple[str, bytes]]) -> None:
    words = dict(suggesting.readable(project).filter(pk__in=[card.pk for card in cards]).values_list("pk", "words"))
    Vector.objects.bulk_create(
        (
            Vector(contribution=card, project=project, kind=kind, row=row)
            for card, (kind, row) in zip(cards, made, strict=True)
            if words.get(card.pk) == card.words
        ),
        ignore_conflicts=True,
    )


def _forget_other_kinds(project: Project, *, now: datetime) -> None:
    """
    Somebody installed or removed the better vectors, or a new version makes them in another way: those of the other kind are made anew,
    and never held against new ones.
    """
    from withus.loop.sense import vectors  # noqa: PLC0415 -- numpy, only where somebody asked

    no_more = (*vectors.NO_MORE, "pieces" if suggesting.by_model() else "minilm")
    others = Vector.objects.filter(project=project, kind__in=no_more)
    if others.exists():
        with record.writing(project, now=now):
            others.delete()


def _follow(grouping: Grouping, *, now: datetime) -> None:
    """
    The cells of a grouping that an older version made stay as they are: each lies from now on where the new vectors of its cards do, so
    that new cards find it, too. Grown anew it is when somebody asks.
    """
    from withus.loop.sense import grouping as sense  # noqa: PLC0415 -- numpy, only where somebody asked
    from withus.loop.sense import vectors  # noqa: PLC0415 -- numpy, only where somebody asked

    if set(vectors.NO_MORE).isdisjoint(sense.unpack(bytes(grouping.tree)).centres):
        return
    with record.writing(grouping.project, now=now):
        now_there = sole(Grouping.objects.filter(pk=grouping.pk))
        tree = now_there and sense.unpack(bytes(now_there.tree))
        for old in vectors.NO_MORE:
            if now_there and tree and old in tree.centres:
                tree = sense.read_anew(tree, old, vectors.LETTERS, suggesting.middles(now_there, tree, old))
                now_there.tree = sense.pack(tree)
                now_there.save(update_fields=["tree"])


def _first_grouping(project: Project, *, now: datetime) -> None:
    from withus.loop.sense import grouping as sense  # noqa: PLC0415 -- numpy, only where somebody asked

    if Vector.objects.filter(project=project).exclude(kind="").count() < suggesting.LEAST_CARDS // 2:
        return
    tree = sense.pack(suggesting.grown(project))
    with record.writing(project, now=now):
        Grouping.objects.get_or_create(project=project, offered=False, defaults={"tree": tree, "made_at": now})


def _lay(grouping: Grouping, *, now: datetime, until: float) -> bool:
    """Each card that does not lie yet, beside the nearest cell. Whether all lie now."""
    from withus.loop.sense import grouping as sense  # noqa: PLC0415 -- numpy, only where somebody asked

    tree = sense.unpack(bytes(grouping.tree))
    after = 0
    while monotonic() < until:
        waiting = Vector.objects.filter(project=grouping.project_id, pk__gt=after)
        waiting = waiting.exclude(contribution__in=Laid.objects.filter(grouping=grouping).values("contribution"))
        some = list(waiting.order_by("pk")[:A_BATCH])
        if not some:
            return True
        after = some[-1].pk
        laid = suggesting.lay(tree, some)
        with record.writing(grouping.project, now=now):
            there = set(Vector.objects.filter(pk__in=[one.pk for one in some]).values_list("contribution", flat=True))
            if not Grouping.objects.filter(pk=grouping.pk).exists():
                return True
            rows = [Laid(grouping=grouping, contribution_id=card, cell=cell, near=near) for card, cell, near in laid]
            Laid.objects.bulk_create((row for row in rows if row.contribution_id in there), ignore_conflicts=True)
    return False


def _forget_all(project: Project, *, now: datetime) -> None:
    with record.writing(project, now=now):
        Grouping.objects.filter(project=project).delete()
        Vector.objects.filter(project=project).delete()
