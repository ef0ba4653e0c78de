"""The one door for what people give. Sending the same thing twice (a phone that lost its signal) adds it once."""

import hashlib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from withus.accounts.models import Staff
from withus.live import refusals
from withus.live.entries import ContributionAdded, ContributionHeldBack, ContributionShown, ContributionWithdrawn
from withus.live.models import CardState, Contribution, GivenBy, MaySee, Media
from withus.people import actions as people
from withus.people.link import new_mark
from withus.people.models import Person
from withus.plan.models import Block
from withus.projects.models import Project, ProjectState
from withus.record import log as record
from withus.record.chain import head_code
from withus.record.models import Entry
from withus.table.models import Workshop, WorkshopState

LONGEST = 20_000
"""Characters in one card: some twenty pages. More is asked for in parts, and stays in the field."""
NOTHING = frozenset(
    {"", "-", ".", "n/a", "na", "none", "nil", "nothing", "no", "no comment", "no comments", "nope", "x"}
)
"""What people write into a field that they were made to fill in. Acknowledged, owed no answer."""
HELD_BECAUSE = (
    ("names", _("It names a person")),
    ("danger", _("Somebody may be in danger")),
    ("hate", _("It is hate")),
    ("author", _("Its author asked")),
)


@dataclass(frozen=True)
class Receipt:
    """What somebody holds in their hand after giving: `code` is the record's head with their entry in it."""

    contribution: Contribution
    person: Person
    code: str
    seq: int
    new: bool


def clean(words: str) -> str:
    """One form for the same text, without what no font can show; line breaks stay."""
    text = unicodedata.normalize("NFC", words.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"}).strip()


def is_no_content(words: str) -> bool:
    return clean(words).casefold().strip(" .!-\u2013") in NOTHING or clean(words) in NOTHING


def content_digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def add_contribution(
    project: Project,
    *,
    now: datetime,
    sent_once: str,
    workshop: Workshop | None = None,
    person: Person | None = None,
    device: str = "",
    given_by: str = GivenBy.WORDS,
    words: str = "",
    picture: str = "",
    media: Media | None = None,
    may_see: str = MaySee.ANSWERERS,
    may_quote: bool = False,
    block: Block | None = None,
    language: str = "",
    off_agenda: bool = False,
    with_persons: Sequence[Person] = (),
    entered_by: Staff | None = None,
) -> Receipt:
    """
    Keep what somebody gives, and hand back a receipt.

    Same `sent_once` and same content: the same receipt. Same `sent_once` and other content (Back, changed, sent): a second contribution.
    Somebody who joined by the room's code and is nobody yet becomes a person with this.
    """
    words = clean(words)
    _check(project, words, picture, media)
    digest = content_digest(given_by, words, picture, str(media.uid) if media else "", may_see)
    with record.writing(project, now=now) as log:
        if workshop is not None:
            workshop = Workshop.objects.get(pk=workshop.pk)
            _check_open(workshop)
        known = _sent_before(project, workshop, person, device, sent_once)
        if known is not None and known.content_digest == digest:
            return _receipt_again(known)
        if known is not None:
            sent_once = content_digest(sent_once, digest)
            again = _sent_before(project, workshop, person, device, sent_once)
            if again is not None:
                return _receipt_again(again)
            person = person or known.person
        if person is None:
            person = people.add_person(project, now=now, came_by="room", language=language)
        empty = not (picture or media) and is_no_content(words)
        uid = uuid4()
        said = log.append(
            ContributionAdded(given_by=given_by, workshop=str(workshop.uid) if workshop else "", no_content=empty),
            by=f"person:{person.uid}",
            about=uid,
            words=words,
        )
        row = Contribution.objects.create(
            uid=uid,
            project=project,
            workshop=workshop,
            block=block,
            person=person,
            mark=_free_mark(project),
            seq=said.seq,
            given_by=given_by,
            words=words,
            language=language,
            picture=picture,
            media=media,
            state=CardState.NO_CONTENT if empty else CardState.WAITING,
            may_see=may_see,
            may_quote=may_quote,
            off_agenda=off_agenda,
            entered_by=entered_by,
            device=device,
            sent_once=sent_once,
            content_digest=digest,
            given_at=now,
        )
        if with_persons:
            row.with_persons.set(with_persons)
        if workshop is not None and not workshop.look_first and may_see == MaySee.WALL and not empty:
            _show(row, workshop, log, by=record.SYSTEM)
        return Receipt(row, person, said.code, said.seq, new=True)


def said_together(contribution: Contribution, *, others: int, now: datetime) -> list[Person]:
    """ "We said this together": one card, and for each of the others a person of their own, with their own words."""
    project = contribution.project
    with record.writing(project, now=now):
        persons = [people.add_person(project, now=now, came_by="room") for _other in range(others)]
        contribution.with_persons.add(*persons)
    return persons


def refuse_closed(workshop: Workshop) -> None:
    """Raise the refusal that fits a workshop that is not open, before anything slow is done."""
    _check_open(Workshop.objects.get(pk=workshop.pk))


def let_through(contribution: Contribution, *, by: Staff, now: datetime) -> Contribution:
    """Somebody has looked: the card may be seen by whom its author chose. Twice is once."""
    with record.writing(contribution.project, now=now) as log:
        row = Contribution.objects.select_related("workshop", "project").get(pk=contribution.pk)
        if row.state in {CardState.WAITING, CardState.HELD_BACK} and row.workshop is not None:
            _show(row, row.workshop, log, by=f"staff:{by.uid}")
    contribution.state, contribution.shown = row.state, row.shown
    return row


def hold_back(contribution: Contribution, *, because: str, words: str, by: Staff, now: datetime) -> Contribution:
    """Off the wall at once. Its author is told why; it is still owed an answer."""
    if because not in dict(HELD_BECAUSE):
        raise refusals.ChooseAReason
    with record.writing(contribution.project, now=now) as log:
        row = Contribution.objects.select_related("workshop", "project").get(pk=contribution.pk)
        if row.state in {CardState.WAITING, CardState.SHOWN}:
            row.state, row.held_because, row.held_words = CardState.HELD_BACK, because, words.strip()
            row.save(update_fields=["state", "held_because", "held_words"])
            log.append(ContributionHeldBack(because=because), by=f"staff:{by.uid}", about=row.uid)
    return row


def withdraw(contribution: Contribution, *, person: Person, now: datetime) -> Contribution:
    """Its author takes it back: seen by nobody, owed nothing."""
    with record.writing(contribution.project, now=now) as log:
        row = Contribution.objects.select_related("workshop", "project").get(pk=contribution.pk)
        if row.person_id != person.pk:
            raise refusals.NotYours
        if row.state != CardState.WITHDRAWN:
            row.state = CardState.WITHDRAWN
            row.save(update_fields=["state"])
            log.append(ContributionWithdrawn(), by=f"person:{person.uid}", about=row.uid)
    return row


def words_of(uids: Iterable[str]) -> dict[str, str]:
    """The words as they stand now, for the record's verification; nothing for a card whose author was erased."""
    rows = Contribution.objects.filter(uid__in=list(uids)).exclude(state=CardState.ERASED)
    return {str(uid): words for uid, words in rows.values_list("uid", "words")}


def _check(project: Project, words: str, picture: str, media: Media | None) -> None:
    if project.state == ProjectState.CLOSED:
        raise refusals.ProjectClosed
    if not (words or picture or media):
        raise refusals.NothingGiven
    if len(words) > LONGEST:
        raise refusals.TooLong


def _check_open(workshop: Workshop) -> None:
    if workshop.state == WorkshopState.ENDED:
        raise refusals.WorkshopClosed
    if workshop.state != WorkshopState.OPEN:
        raise refusals.WorkshopNotOpen


def _sent_before(
    project: Project, workshop: Workshop | None, person: Person | None, device: str, sent_once: str
) -> Contribution | None:
    """What this person, or this device before it was anybody, sent under this id. Another person's id is simply new."""
    mine = Q(pk__in=[])
    if person is not None:
        mine |= Q(person=person)
    if device:
        mine |= Q(device=device, workshop=workshop)
    rows = Contribution.objects.filter(mine, project=project, sent_once=sent_once)
    return rows.select_related("person", "project").first()


def _receipt_again(row: Contribution) -> Receipt:
    entry = Entry.objects.get(project=row.project, seq=row.seq)
    assert row.person is not None
    return Receipt(row, row.person, head_code(entry.seq, entry.hash), entry.seq, new=False)


def _show(row: Contribution, workshop: Workshop, log: record.Log, *, by: str) -> None:
    """Give the card its number on the wall, counted per workshop under the project's lock."""
    row.state = CardState.SHOWN
    row.held_because = row.held_words = ""
    if row.may_see == MaySee.WALL and row.shown is None:
        fresh = Workshop.objects.get(pk=workshop.pk)
        fresh.shown += 1
        fresh.save(update_fields=["shown"])
        row.shown = fresh.shown
    row.save(update_fields=["state", "shown", "held_because", "held_words"])
    log.append(ContributionShown(workshop=str(workshop.uid), shown=row.shown or 0), by=by, about=row.uid)


def _free_mark(project: Project) -> str:
    while Contribution.objects.filter(project=project, mark=(mark := new_mark())).exists():
        continue
    return mark
