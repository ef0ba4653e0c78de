"""People put contributions together. A contribution may be in several themes. Each act is one entry, and can be taken back."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db.models import Q, QuerySet

from withus.loop import refusals
from withus.loop.actions import sorting
from withus.loop.actions.sorting import By, Cards
from withus.loop.entries import (
    CardsPlaced,
    CardsTakenOut,
    ThemeMade,
    ThemeMerged,
    ThemeRemoved,
    ThemeRenamed,
    ThemeSplit,
)
from withus.loop.models import ActKind, Placement, Theme
from withus.projects.models import Project
from withus.record import log as record

LONGEST_NAME = 200


def make_theme(
    project: Project,
    *,
    name: str,
    by: By,
    now: datetime,
    contributions: Cards = (),
    read: bool = False,
    uid: UUID | None = None,
) -> Theme:
    """
    `read`: whoever made it handled each card by itself, so each is read. `uid`: by what the same sending is known when it comes twice.
    """
    if not name.strip():
        raise refusals.ThemeNeedsAName
    with record.writing(project, now=now) as log:
        there = _sent_before(project, uid)
        if there is not None and there.removed_at is None:
            return there
        uid = uid if uid and there is None else uuid4()
        theme = Theme.objects.create(project=project, uid=uid, name=name.strip()[:LONGEST_NAME], made_at=now)
        changed = {"themes": {str(theme.uid): {"removed": [True, False], "called": ["", theme.name]}}}
        act = sorting.begin(project, ActKind.MADE, by=by, now=now, theme=theme, changed=changed)
        sorting.put(act, theme, sorting.rows_of(project, contributions))
        said = ThemeMade(**sorting.finish(act, read=read))
        log.append(said, by=sorting.who(by), about=theme.uid, words=theme.name)
    return theme


def rename_theme(theme: Theme, *, name: str, by: By, now: datetime, version: int | None = None) -> Theme:
    """`version` is the name that the writer read; None for who read none. Two who rename at once: the second reads the first one's."""
    if not name.strip():
        raise refusals.ThemeNeedsAName
    with record.writing(theme.project, now=now) as log:
        sorting.still_there(theme)
        before, after = theme.name, name.strip()[:LONGEST_NAME]
        if before == after:
            return theme
        if version is not None and version != theme.version:
            raise refusals.RenamedMeanwhile(before, theme.version)
        theme.name = after
        theme.version += 1
        theme.save(update_fields=["name", "version"])
        changed = {"themes": {str(theme.uid): {"name": [before, after]}}}
        sorting.begin(theme.project, ActKind.RENAMED, by=by, now=now, theme=theme, changed=changed)
        log.append(ThemeRenamed(), by=sorting.who(by), about=theme.uid, words=theme.name)
    return theme


def place(theme: Theme, *, contributions: Cards, by: By, now: datetime, read: bool = False) -> int:
    """Put cards into a theme; how many were new in it. One entry for all of them."""
    with record.writing(theme.project, now=now) as log:
        sorting.still_there(theme)
        act = sorting.begin(theme.project, ActKind.PUT, by=by, now=now, theme=theme)
        fresh = sorting.put(act, theme, sorting.rows_of(theme.project, contributions))
        if not fresh:
            act.delete()
            return 0
        said = CardsPlaced(**sorting.finish(act, read=read))
        log.append(said, by=sorting.who(by), about=theme.uid)
    return fresh


def move(theme: Theme, *, into: Theme, contributions: Cards, by: By, now: datetime, read: bool = False) -> int:
    """Out of one theme and into another, in one act; how many were here."""
    if into.pk == theme.pk or into.project_id != theme.project_id:
        raise refusals.MergeIntoAnother
    with record.writing(theme.project, now=now) as log:
        sorting.still_there(into)
        act = sorting.begin(theme.project, ActKind.MOVED, by=by, now=now, theme=into, other=theme)
        cards = sorting.rows_of(theme.project, contributions).filter(placements__theme=theme)
        sorting.put(act, into, cards, came_from=theme)
        gone = sorting.take(
            act,
            Placement.objects.filter(
                theme=theme, contribution__in=sorting.rows_of(theme.project, contributions).values("pk")
            ),
        )
        if not gone:
            act.delete()
            return 0
        said = CardsPlaced(**sorting.finish(act, read=read), came_from=str(theme.uid))
        log.append(said, by=sorting.who(by), about=into.uid)
    return gone


def take_out(theme: Theme, *, contributions: Cards, by: By, now: datetime) -> int:
    with record.writing(theme.project, now=now) as log:
        act = sorting.begin(theme.project, ActKind.TAKEN_OUT, by=by, now=now, theme=theme)
        gone = sorting.take(
            act,
            Placement.objects.filter(
                theme=theme, contribution__in=sorting.rows_of(theme.project, contributions).values("pk")
            ),
        )
        if not gone:
            act.delete()
            return 0
        said = CardsTakenOut(**sorting.finish(act))
        log.append(said, by=sorting.who(by), about=theme.uid)
    return gone


def merge_themes(theme: Theme, *, into: Theme, by: By, now: datetime) -> Theme:
    """All cards of `theme` go into the other one, too. Its own list stays as it was, so that putting it back undoes this."""
    if into.pk == theme.pk or into.project_id != theme.project_id:
        raise refusals.MergeIntoAnother
    with record.writing(theme.project, now=now) as log:
        sorting.still_there(theme)
        into.refresh_from_db()
        if into.removed_at is not None:
            raise refusals.MergeIntoAnother
        if sorting.is_answered(theme):
            raise refusals.AnsweredAlready
        changed = {"themes": {str(theme.uid): {"removed": [False, True], "into": ["", str(into.uid)]}}}
        act = sorting.begin(theme.project, ActKind.MERGED, by=by, now=now, theme=theme, other=into, changed=changed)
        sorting.put_all(act, into, came_from=theme)
        theme.removed_at, theme.merged_into = now, into
        theme.save(update_fields=["removed_at", "merged_into"])
        said = ThemeMerged(into=str(into.uid), **sorting.finish(act))
        log.append(said, by=sorting.who(by), about=theme.uid)
    return into


def split_theme(
    theme: Theme,
    *,
    name: str,
    contributions: Cards,
    by: By,
    now: datetime,
    read: bool = False,
    uid: UUID | None = None,
) -> Theme:
    """The ticked cards get a theme of their own. What was answered stays answered: the answer's people are still told."""
    if not name.strip():
        raise refusals.ThemeNeedsAName
    with record.writing(theme.project, now=now) as log:
        there = _sent_before(theme.project, uid)
        if there is not None and there.removed_at is None:
            return there
        sorting.still_there(theme)
        here = Placement.objects.filter(theme=theme)
        going = here.filter(contribution__in=sorting.rows_of(theme.project, contributions).values("pk"))
        if not going.exists() or going.count() == here.count():
            raise refusals.SplitSome
        uid = uid if uid and there is None else uuid4()
        off = Theme.objects.create(project=theme.project, uid=uid, name=name.strip()[:LONGEST_NAME], made_at=now)
        changed = {"themes": {str(off.uid): {"removed": [True, False], "called": ["", off.name]}}}
        act = sorting.begin(theme.project, ActKind.SPLIT, by=by, now=now, theme=theme, other=off, changed=changed)
        sorting.put(
            act, off, sorting.rows_of(theme.project, contributions).filter(placements__theme=theme), came_from=theme
        )
        sorting.take(act, going)
        said = ThemeSplit(off=str(off.uid), **sorting.finish(act, read=read))
        log.append(said, by=sorting.who(by), about=theme.uid, words=off.name)
    return off


def remove_theme(theme: Theme, *, by: By, now: datetime) -> Theme:
    """Out of sight, with its cards as they lie; it can be put back."""
    with record.writing(theme.project, now=now) as log:
        sorting.still_there(theme)
        if sorting.is_answered(theme):
            raise refusals.StaysForItsAnswer
        changed = {"themes": {str(theme.uid): {"removed": [False, True]}}}
        sorting.begin(theme.project, ActKind.REMOVED, by=by, now=now, theme=theme, changed=changed)
        theme.removed_at = now
        theme.save(update_fields=["removed_at"])
        log.append(ThemeRemoved(back=False), by=sorting.who(by), about=theme.uid)
    return theme


def put_back_theme(theme: Theme, *, by: By, now: datetime) -> Theme:
    """In sight again. What its merge brought into the other one goes out of there."""
    with record.writing(theme.project, now=now) as log:
        theme.refresh_from_db()
        if theme.removed_at is None:
            return theme
        into = theme.merged_into
        after = {"removed": [True, False], "into": [str(into.uid) if into else "", ""]}
        act = sorting.begin(
            theme.project,
            ActKind.PUT_BACK,
            by=by,
            now=now,
            theme=theme,
            other=into,
            changed={"themes": {str(theme.uid): after}},
        )
        if into is not None:
            sorting.take(act, _brought(theme, into))
        theme.removed_at, theme.merged_into = None, None
        theme.save(update_fields=["removed_at", "merged_into"])
        sorting.finish(act)
        log.append(ThemeRemoved(back=True), by=sorting.who(by), about=theme.uid)
    return theme


def _sent_before(project: Project, uid: UUID | None) -> Theme | None:
    """What this same sending made when it came before."""
    return Theme.objects.filter(project=project, uid=uid).first() if uid else None


def _brought(theme: Theme, into: Theme) -> QuerySet[Placement]:
    """What the merge put there; what a split put there before stays."""
    by_merging = Q(act=None) | Q(act__kind=ActKind.MERGED)
    return Placement.objects.filter(by_merging, theme=into, came_from=theme)
