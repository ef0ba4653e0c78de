"""People put contributions together. A contribution may be in several themes."""

from collections.abc import Iterable
from datetime import datetime

from withus.accounts.models import Staff
from withus.live.models import Contribution
from withus.loop import refusals
from withus.loop.entries import (
    CardsPlaced,
    CardsTakenOut,
    ThemeMade,
    ThemeMerged,
    ThemeRemoved,
    ThemeRenamed,
    ThemeSplit,
)
from withus.loop.models import AnswerVersion, Placement, Theme
from withus.projects.models import Project
from withus.record import log as record


def make_theme(
    project: Project, *, name: str, by: Staff, now: datetime, contributions: Iterable[Contribution] = ()
) -> Theme:
    if not name.strip():
        raise refusals.ThemeNeedsAName
    with record.writing(project, now=now) as log:
        theme = Theme.objects.create(project=project, name=name.strip()[:200], made_at=now)
        log.append(ThemeMade(), by=f"staff:{by.uid}", about=theme.uid, words=theme.name)
        place(theme, contributions=contributions, by=by, now=now)
    return theme


def rename_theme(theme: Theme, *, name: str, by: Staff, now: datetime) -> Theme:
    if not name.strip():
        raise refusals.ThemeNeedsAName
    with record.writing(theme.project, now=now) as log:
        theme.name = name.strip()[:200]
        theme.version += 1
        theme.save(update_fields=["name", "version"])
        log.append(ThemeRenamed(), by=f"staff:{by.uid}", about=theme.uid, words=theme.name)
    return theme


def place(
    theme: Theme, *, contributions: Iterable[Contribution], by: Staff, now: datetime, came_from: Theme | None = None
) -> int:
    """Put cards into a theme; how many were new in it. One entry for all of them."""
    with record.writing(theme.project, now=now) as log:
        there = set(Placement.objects.filter(theme=theme).values_list("contribution", flat=True))
        fresh = [card for card in contributions if card.pk not in there and card.project_id == theme.project_id]
        Placement.objects.bulk_create(
            Placement(theme=theme, contribution=card, by=by, at=now, came_from=came_from) for card in fresh
        )
        if fresh:
            said = CardsPlaced(cards=tuple(str(card.uid) for card in fresh))
            log.append(said, by=f"staff:{by.uid}", about=theme.uid)
    return len(fresh)


def take_out(theme: Theme, *, contributions: Iterable[Contribution], by: Staff, now: datetime) -> int:
    with record.writing(theme.project, now=now) as log:
        cards = list(contributions)
        gone, _by_model = Placement.objects.filter(theme=theme, contribution__in=cards).delete()
        if gone:
            said = CardsTakenOut(cards=tuple(str(card.uid) for card in cards))
            log.append(said, by=f"staff:{by.uid}", about=theme.uid)
    return gone


def merge_themes(theme: Theme, *, into: Theme, by: Staff, now: datetime) -> Theme:
    """All cards of `theme` go into the other one, too. Its own list stays as it was, so that putting it back undoes this."""
    if into.pk == theme.pk or into.project_id != theme.project_id or into.removed_at is not None:
        raise refusals.MergeIntoAnother
    with record.writing(theme.project, now=now) as log:
        if AnswerVersion.objects.filter(answer__theme=theme, published_at__isnull=False).exists():
            raise refusals.AnsweredAlready
        cards = Contribution.objects.filter(placements__theme=theme)
        place(into, contributions=cards, by=by, now=now, came_from=theme)
        theme.removed_at, theme.merged_into = now, into
        theme.save(update_fields=["removed_at", "merged_into"])
        log.append(ThemeMerged(into=str(into.uid)), by=f"staff:{by.uid}", about=theme.uid)
    return into


def split_theme(theme: Theme, *, name: str, contributions: Iterable[Contribution], by: Staff, now: datetime) -> Theme:
    """The ticked cards get a theme of their own. What was answered stays answered: the answer's people are still told."""
    with record.writing(theme.project, now=now) as log:
        here = set(Placement.objects.filter(theme=theme).values_list("contribution", flat=True))
        going = [card for card in contributions if card.pk in here]
        if not going or len(going) == len(here):
            raise refusals.SplitSome
        off = make_theme(theme.project, name=name, by=by, now=now)
        place(off, contributions=going, by=by, now=now, came_from=theme)
        take_out(theme, contributions=going, by=by, now=now)
        log.append(ThemeSplit(off=str(off.uid)), by=f"staff:{by.uid}", about=theme.uid)
    return off


def remove_theme(theme: Theme, *, by: Staff, now: datetime) -> Theme:
    """Out of sight, with its cards as they lie; it can be put back."""
    return _remove(theme, at=now, by=by, now=now)


def put_back_theme(theme: Theme, *, by: Staff, now: datetime) -> Theme:
    return _remove(theme, at=None, by=by, now=now)


def _remove(theme: Theme, *, at: datetime | None, by: Staff, now: datetime) -> Theme:
    with record.writing(theme.project, now=now) as log:
        if at is None and theme.merged_into is not None:
            brought = Contribution.objects.filter(placements__theme=theme.merged_into, placements__came_from=theme)
            take_out(theme.merged_into, contributions=brought, by=by, now=now)
        theme.removed_at, theme.merged_into = at, None
        theme.save(update_fields=["removed_at", "merged_into"])
        log.append(ThemeRemoved(back=at is None), by=f"staff:{by.uid}", about=theme.uid)
    return theme
