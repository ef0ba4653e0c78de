"""People put contributions together. A contribution may be in several themes."""

from collections.abc import Iterable
from datetime import datetime

from withus.accounts.models import Staff
from withus.live.models import Contribution
from withus.loop import refusals
from withus.loop.entries import CardsPlaced, CardsTakenOut, ThemeMade, ThemeRemoved, ThemeRenamed
from withus.loop.models import Placement, Theme
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


def place(theme: Theme, *, contributions: Iterable[Contribution], by: Staff, now: datetime) -> int:
    """Put cards into a theme; how many were new in it. One entry for all of them."""
    with record.writing(theme.project, now=now) as log:
        there = set(Placement.objects.filter(theme=theme).values_list("contribution", flat=True))
        fresh = [card for card in contributions if card.pk not in there and card.project_id == theme.project_id]
        Placement.objects.bulk_create(Placement(theme=theme, contribution=card, by=by, at=now) for card in fresh)
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


def remove_theme(theme: Theme, *, by: Staff, now: datetime) -> Theme:
    """Out of sight, with its cards as they lie; it can be put back."""
    return _remove(theme, at=now, by=by, now=now)


def put_back_theme(theme: Theme, *, by: Staff, now: datetime) -> Theme:
    return _remove(theme, at=None, by=by, now=now)


def _remove(theme: Theme, *, at: datetime | None, by: Staff, now: datetime) -> Theme:
    with record.writing(theme.project, now=now) as log:
        theme.removed_at = at
        theme.save(update_fields=["removed_at"])
        log.append(ThemeRemoved(back=at is None), by=f"staff:{by.uid}", about=theme.uid)
    return theme
