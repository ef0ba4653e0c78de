"""What of a project goes out by itself, and whether its page is hidden: each act in the record, with its reason."""

from datetime import datetime

from withus.accounts.models import Staff
from withus.loop import refusals
from withus.loop.entries import FeedsSwitched, PageHidden, PageShown
from withus.projects.models import Project, Publicity
from withus.record import log as record


def switch_feeds(project: Project, *, feeds: bool, badge: bool, by: Staff, now: datetime) -> Publicity:
    """News, data and badge, each on or off. The same again is no act."""
    with record.writing(project, now=now) as log:
        row, _made = Publicity.objects.get_or_create(project=project)
        if (row.feeds, row.badge) != (feeds, badge):
            row.feeds, row.badge = feeds, badge
            row.save(update_fields=["feeds", "badge"])
            log.append(FeedsSwitched(feeds=feeds, badge=badge), by=f"staff:{by.uid}", about=project.uid)
    return row


def hide_page(project: Project, *, because: str, by: Staff, now: datetime) -> Publicity:
    """Hidden once: a second press moves neither the day nor the reason."""
    if not because.strip():
        raise refusals.SayWhyItIsHidden
    with record.writing(project, now=now) as log:
        row, _made = Publicity.objects.get_or_create(project=project)
        if row.hidden_since is None:
            row.hidden_since, row.hidden_because = now, because.strip()[:300]
            row.save(update_fields=["hidden_since", "hidden_because"])
            log.append(PageHidden(), by=f"staff:{by.uid}", about=project.uid, words=row.hidden_because)
    return row


def show_page(project: Project, *, by: Staff, now: datetime) -> Publicity:
    with record.writing(project, now=now) as log:
        row, _made = Publicity.objects.get_or_create(project=project)
        if row.hidden_since is not None:
            row.hidden_since, row.hidden_because = None, ""
            row.save(update_fields=["hidden_since", "hidden_because"])
            log.append(PageShown(), by=f"staff:{by.uid}", about=project.uid)
    return row
