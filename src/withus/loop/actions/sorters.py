"""Participants at the sorting table: asked by the team, by their own link; they put cards together, name themes, suggest names."""

from datetime import datetime

from django.db.models import Q

from withus.accounts.models import Staff
from withus.loop import refusals
from withus.loop.actions import sorting, themes
from withus.loop.actions.sorting import By, Cards, who
from withus.loop.entries import MergeLeft, MergeSuggested, NameLeft, NameSuggested, SorterInvited
from withus.loop.models import Act, ActKind, Placement, Sorter, Suggestion, Theme
from withus.loop.sortable import is_of_the_table
from withus.people.models import Person
from withus.record import log as record


def invite_to_sort(person: Person, *, by: Staff, now: datetime) -> Sorter:
    """Their own page shows it from now on. Asked again after it ended: the same seat at the table."""
    with record.writing(person.project, now=now) as log:
        row = Sorter.objects.filter(person=person).first()
        if row is not None and row.ended_at is None:
            return row
        row = row or Sorter(person=person)
        row.invited_by, row.invited_at, row.ended_at = by, now, None
        row.save()
        log.append(SorterInvited(), by=f"staff:{by.uid}", about=person.uid)
    return row


def end_sorting(person: Person, *, by: By, now: datetime) -> None:
    """By the team, or by themselves. What they did stays, as theirs."""
    with record.writing(person.project, now=now) as log:
        row = Sorter.objects.filter(person=person, ended_at=None).first()
        if row is not None:
            row.ended_at = now
            row.save(update_fields=["ended_at"])
            log.append(SorterInvited(ended=True), by=who(by), about=person.uid)


def suggest_name(theme: Theme, *, words: str, person: Person, now: datetime) -> Suggestion:
    """Another name for a theme. The same words for the same theme, while they wait, are one suggestion."""
    words = words.strip()[: themes.LONGEST_NAME]
    if not words:
        raise refusals.ThemeNeedsAName
    with record.writing(theme.project, now=now) as log:
        sorting.still_sorts(person)
        row = Suggestion.objects.filter(theme=theme, person=person, words=words, settled_at=None).first()
        if row is None:
            row = Suggestion.objects.create(theme=theme, person=person, words=words, at=now)
            said = NameSuggested(theme=str(theme.uid))
            log.append(said, by=f"person:{person.uid}", about=row.uid, words=words)
    return row


def call_theme(theme: Theme, *, words: str, person: Person, now: datetime) -> Suggestion | None:
    """A theme that they made and nobody else has worked on is called so at once, and nothing waits. Of another one it is a suggestion."""
    with record.writing(theme.project, now=now):
        made = Act.objects.filter(Q(kind=ActKind.MADE, theme=theme) | Q(kind=ActKind.SPLIT, other=theme))
        if made.filter(by_person=person).exists() and not sorting.others_work_on(theme, person):
            themes.rename_theme(theme, name=words, by=person, now=now)
            return None
        return suggest_name(theme, words=words, person=person, now=now)


def move_at_the_table(
    theme: Theme, *, into: Theme | None, name: str, contributions: Cards, person: Person, now: datetime
) -> int:
    """
    What was put here at the sorting table goes into another theme, or into a new one called `name`; how many: none where they lie elsewhere
    by now. What the team put stays, and so does all in a theme that has an answer.
    """
    with record.writing(theme.project, now=now):
        put_there = Placement.objects.filter(theme=theme, by_person__isnull=False)
        cards = sorting.rows_of(theme.project, contributions).filter(placements__theme=theme)
        if not cards.exists():
            return 0
        cards = cards.filter(pk__in=put_there.values("contribution"))
        if sorting.is_answered(theme) or not cards.exists():
            raise refusals.TheTeamMovesThem
        if into is not None:
            return themes.move(theme, into=into, contributions=cards, by=person, now=now)
        off = themes.split_theme(theme, name=name, contributions=cards, by=person, now=now)
        return Placement.objects.filter(theme=off).count()


def merge_at_the_table(theme: Theme, *, into: Theme, person: Person, now: datetime) -> Suggestion | None:
    """
    Two are one: at once where all of `theme` was made at the table, and nothing waits. Of what the team has worked on it is a suggestion.
    Pressed a second time it is done once.
    """
    if into.pk == theme.pk or into.project_id != theme.project_id:
        raise refusals.MergeIntoAnother
    with record.writing(theme.project, now=now) as log:
        sorting.still_sorts(person)
        theme.refresh_from_db()
        if theme.merged_into_id == into.pk:
            return None
        sorting.still_there(theme)
        sorting.still_there(into)
        if sorting.is_answered(theme):
            raise refusals.TheTeamMovesThem
        if is_of_the_table(theme):
            themes.merge_themes(theme, into=into, by=person, now=now)
            return None
        row = Suggestion.objects.filter(theme=theme, into=into, person=person, settled_at=None).first()
        if row is None:
            row = Suggestion.objects.create(theme=theme, into=into, person=person, at=now)
            said = MergeSuggested(theme=str(theme.uid), into=str(into.uid))
            log.append(said, by=f"person:{person.uid}", about=row.uid)
    return row


def use_suggestion(suggestion: Suggestion, *, by: Staff, now: datetime) -> Theme:
    """The theme is called so from now on, or goes into the other one; the theme that is there then."""
    with record.writing(suggestion.theme.project, now=now):
        suggestion.refresh_from_db()
        theme, into = suggestion.theme, suggestion.into
        if suggestion.settled_at is None:
            if into is None:
                themes.rename_theme(theme, name=suggestion.words, by=by, now=now)
            else:
                themes.merge_themes(theme, into=into, by=by, now=now)
            _settle(suggestion, used=True, now=now)
    return into or theme


def leave_suggestion(suggestion: Suggestion, *, by: Staff, now: datetime) -> None:
    """Read, and left as it is."""
    with record.writing(suggestion.theme.project, now=now) as log:
        suggestion.refresh_from_db()
        if suggestion.settled_at is None:
            _settle(suggestion, used=False, now=now)
            left = MergeLeft() if suggestion.into_id else NameLeft()
            log.append(left, by=f"staff:{by.uid}", about=suggestion.uid)


def _settle(suggestion: Suggestion, *, used: bool, now: datetime) -> None:
    suggestion.settled_at, suggestion.used = now, used
    suggestion.save(update_fields=["settled_at", "used"])
