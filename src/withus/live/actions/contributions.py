"""The one door for what people give. Sending the same thing twice (a phone that lost its signal) adds it once."""

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.utils.translation import gettext_lazy as _

from withus.accounts.models import Staff
from withus.live import refusals
from withus.live.actions.media import discard
from withus.live.actions.uses import allow_uses
from withus.live.entries import ContributionAdded, ContributionHeldBack, ContributionShown, ContributionWithdrawn
from withus.live.models import GONE, CardState, Contribution, GivenBy, MaySee, Media
from withus.live.nothing import says_nothing
from withus.people import actions as people
from withus.people.link import new_mark
from withus.people.models import Person
from withus.plan.models import Block
from withus.post.many import insert_one
from withus.projects.models import Project, ProjectState
from withus.projects.question import Question
from withus.record import log as record
from withus.record.chain import head_code
from withus.record.models import Entry
from withus.table.models import Workshop, WorkshopState

LONGEST = 20_000
"""Characters in one card: some twenty pages. More is asked for in parts, and stays in the field."""
HELD_BECAUSE = (
    ("names", _("It names a person")),
    ("danger", _("Somebody may be in danger")),
    ("hate", _("It is hate")),
    ("author", _("Its author asked")),
)
UNSHOWN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters but tab and line break, and halves of characters: categories Cc and Cs."""
_SENT = Contribution.objects.order_by().select_related("person", "project")
SENT_BY_PERSON = Question(_SENT, "project", "sent_once", "person")
SENT_BY_DEVICE = Question(_SENT, "project", "sent_once", "device", "workshop")
SENT_BY_DEVICE_ELSEWHERE = Question(_SENT.filter(workshop=None), "project", "sent_once", "device")
MARKED = Question(Contribution.objects.order_by(), "project", "mark")
NOW = Question(Workshop.objects.select_related("project"), "project", "id")


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
    return UNSHOWN.sub("", text).strip()


def is_no_content(words: str) -> bool:
    """Blank, or only what stands for it. Set apart, never dropped: whoever reads it can bring it back."""
    return says_nothing(clean(words))


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
    uses: Collection[str] = (),
    block: Block | None = None,
    language: str = "",
    off_agenda: bool = False,
    with_persons: Sequence[Person] = (),
    together: int = 0,
    entered_by: Staff | None = None,
    given_at: datetime | None = None,
) -> Receipt:
    """
    Keep what somebody gives, and hand back a receipt.

    Same `sent_once` and same content: the same receipt. Same `sent_once` and other content (Back, changed, sent): a second contribution.
    Somebody who joined by the room's code and is nobody yet becomes a person with this. `together`: how many others said it with them and
    are nobody yet; each gets a person of their own. `uses`: where its words may stand as words, where that was asked with the card.
    `given_at`: when it was given, where that was before it came here (paper, imports).
    """
    words = clean(words)
    if len(words) > LONGEST:
        raise refusals.TooLong
    row = Contribution(
        uid=uuid4(),
        project=project,
        workshop=workshop,
        block=block,
        person=person,
        given_by=given_by,
        words=words,
        language=language,
        picture=picture,
        media=media,
        state=CardState.WAITING if picture or media or not is_no_content(words) else CardState.NO_CONTENT,
        may_see=may_see,
        off_agenda=off_agenda,
        entered_by=entered_by,
        device=device,
        sent_once=sent_once,
        content_digest=content_digest(given_by, words, picture, _what_it_holds(media), may_see),
        given_at=given_at or now,
    )
    return _keep(row, now=now, uses=uses, with_persons=with_persons, together=together)


def _keep(
    row: Contribution, *, now: datetime, uses: Collection[str], with_persons: Sequence[Person], together: int
) -> Receipt:
    """Under the project's lock: the card that came before, or this one."""
    project = row.project
    with record.writing(project, now=now) as log:
        before = _sent_before(row)
        if before is not None and before.content_digest != row.content_digest:
            row.sent_once, row.person = content_digest(row.sent_once, row.content_digest), row.person or before.person
            before = _sent_before(row)
        if before is not None:
            if row.media is not None and row.media_id != before.media_id:
                discard(row.media)
            return _receipt_again(before)
        workshop = _open_now(project, row.workshop)
        author = row.person = _author(row, now)
        row.mark = _free_mark(project)
        said = log.append(entry_of(row), by=entered(row), about=row.uid, words=row.words)
        row.seq = said.seq
        row.pk = insert_one(Contribution, vars(row))
        row._state.adding = False
        others = [people.add_person(project, now=now, came_by="room") for _other in range(together)]
        if with_persons or others:
            row.with_persons.add(*with_persons, *others)
        if uses:
            allow_uses(row, person=author, uses=uses, now=now)
        unseen = workshop is None or workshop.look_first or row.may_see == MaySee.ANSWERERS
        if workshop is not None and not unseen and row.state == CardState.WAITING:
            _show(row, workshop, log, by=record.SYSTEM)
        return Receipt(row, author, said.code, said.seq, new=True)


def add_from_paper(
    project: Project, *, person: Person | None, words: str, sent_once: str, by: Staff, now: datetime
) -> Receipt:
    """A card on paper, typed in by the team. Who is on no list becomes a person by it, with words for their slip."""
    known = Contribution.objects.filter(project=project, entered_by=by, sent_once=sent_once).select_related("person")
    with record.writing(project, now=now):
        before = known.first()
        if before is not None and before.words == clean(words):
            return _receipt_again(before)
        person = person or people.add_person(project, now=now, came_by="paper")
        return add_contribution(project, now=now, person=person, words=words, sent_once=sent_once, entered_by=by)


def entered(row: Contribution) -> str:
    """Whose hand it came by: its author's own, or of whoever of the team typed or imported it."""
    if row.entered_by is not None:
        return f"staff:{row.entered_by.uid}"
    return f"person:{row.person.uid}" if row.person else record.SYSTEM


def entry_of(row: Contribution) -> ContributionAdded:
    return ContributionAdded(
        given_by=row.given_by,
        workshop=str(row.workshop.uid) if row.workshop else "",
        no_content=row.state == CardState.NO_CONTENT,
        given_for=str(row.person.uid) if row.entered_by and row.person else "",
        typed=row.entered_by is not None,
    )


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
            row.state, row.held_because, row.held_words = CardState.HELD_BACK, because, clean(words)
            row.save(update_fields=["state", "held_because", "held_words"])
            log.append(ContributionHeldBack(because=because), by=f"staff:{by.uid}", about=row.uid)
    return row


def withdraw(contribution: Contribution, *, person: Person, now: datetime) -> Contribution:
    """Its author takes it back: seen by nobody, owed nothing."""
    with record.writing(contribution.project, now=now) as log:
        row = Contribution.objects.select_related("workshop", "project").get(pk=contribution.pk)
        if row.person_id != person.pk:
            raise refusals.NotYours
        if row.state not in GONE:
            row.state, row.gone_at = CardState.WITHDRAWN, now
            row.save(update_fields=["state", "gone_at"])
            log.append(ContributionWithdrawn(), by=f"person:{person.uid}", about=row.uid)
    return row


def words_of(uids: Iterable[str]) -> dict[str, str]:
    """The words as they stand now, for the record's verification; nothing for a card whose author was erased."""
    rows = Contribution.objects.filter(uid__in=list(uids)).exclude(state=CardState.ERASED)
    return {str(uid): words for uid, words in rows.values_list("uid", "words")}


def refuse_closed(workshop: Workshop) -> None:
    """Raise the refusal that fits a workshop that is not open, before anything slow is done."""
    _open_now(workshop.project, workshop)


def _open_now(project: Project, workshop: Workshop | None) -> Workshop | None:
    """The workshop as it stands under the lock. Refuses when it, or the project, takes nothing more."""
    if workshop is None:
        if Project.objects.filter(pk=project.pk, state=ProjectState.CLOSED).exists():
            raise refusals.ProjectClosed
        return None
    now = NOW.one(project.pk, workshop.pk)
    if now is None:
        raise Workshop.DoesNotExist
    if now.project.state == ProjectState.CLOSED:
        raise refusals.ProjectClosed
    if now.state == WorkshopState.ENDED:
        raise refusals.WorkshopClosed
    if now.state != WorkshopState.OPEN:
        raise refusals.WorkshopNotOpen
    workshop.state, workshop.look_first = now.state, now.look_first
    return workshop


def _sent_before(row: Contribution) -> Contribution | None:
    """What this person, or this device before it was anybody, sent under this id. Another person's id is simply new."""
    known = SENT_BY_PERSON.one(row.project_id, row.sent_once, row.person_id) if row.person_id is not None else None
    if known is None and row.device:
        if row.workshop_id is None:
            return SENT_BY_DEVICE_ELSEWHERE.one(row.project_id, row.sent_once, row.device)
        return SENT_BY_DEVICE.one(row.project_id, row.sent_once, row.device, row.workshop_id)
    return known


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


def _author(row: Contribution, now: datetime) -> Person:
    """Whose it is: somebody who is still here, or who becomes a person with this."""
    if row.person is None:
        return people.add_person(row.project, now=now, came_by="room", language=row.language)
    people.still_here(row.person)
    return row.person


def _what_it_holds(media: Media | None) -> str:
    return (media.digest or str(media.uid)) if media else ""


def _free_mark(project: Project) -> str:
    while MARKED.one(project.pk, mark := new_mark()) is not None:
        continue
    return mark
