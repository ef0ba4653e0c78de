"""Told without a letter: in the room, by a poster, on the telephone. And what came back on paper, which is the person's own press."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.conf import settings

from withus.accounts.models import Staff
from withus.charter.models import Charter
from withus.loop import refusals
from withus.loop.actions.lasting import take_from_slip
from withus.loop.actions.telling import confirm, may_end_on_paper, note_told
from withus.loop.entries_closing import AnswersShown, LettersPrinted, PageReadOut, SlipReturned
from withus.loop.models import FIVE, SIXTH, STILL_SO, Answer, Confirmation, Telling
from withus.loop.models_of_closing import Showing
from withus.loop.models_of_telling import SlipEntered
from withus.people import keys, link
from withus.people.models import Person
from withus.people.staying import staying
from withus.projects.models import Project
from withus.record import log as record


def told_in_the_room(project: Project, *, persons: Iterable[Person], how: str, by: Staff, now: datetime) -> int:
    """Each of these people was told, face to face, of every answer that is theirs. Told, not heard. How many people."""
    if not how.strip():
        raise refusals.SayHow
    count = 0
    with record.writing(project, now=now):
        for person in persons:
            answers = Answer.objects.filter(project=project, versions__tellings__person=person).distinct()
            count += bool(note_told(person, answers=list(answers), how=how, by=by, now=now))
    return count


def hang_up(project: Project, *, by: Staff, now: datetime) -> int:
    """All published answers hang, from now on, at the place that receipts name. Those that hang there already keep their day."""
    with record.writing(project, now=now) as log:
        place = Charter.objects.get(project=project).shown_where
        if not place:
            raise refusals.SayWhere
        answers = Answer.objects.filter(project=project, versions__published_at__isnull=False)
        fresh = answers.exclude(showings__place=place).distinct()
        rows = [Showing(answer=answer, place=place, since=now, by=by) for answer in fresh]
        Showing.objects.bulk_create(rows)
        if rows:
            log.append(AnswersShown(answers=len(rows), shown=True), by=f"staff:{by.uid}", words=place)
    return len(rows)


def take_down(project: Project, *, by: Staff, now: datetime) -> int:
    """They hang there no more, so the eight weeks begin again when they do."""
    with record.writing(project, now=now) as log:
        count, _by_model = Showing.objects.filter(answer__project=project).delete()
        if count:
            log.append(AnswersShown(answers=count, shown=False), by=f"staff:{by.uid}")
    return count


def read_out(person: Person, *, by: Staff, now: datetime) -> None:
    """Their page is opened on the telephone, with their yes. They see afterwards that it was, and when."""
    with record.writing(person.project, now=now) as log:
        log.append(PageReadOut(), by=f"staff:{by.uid}", about=person.uid)


def letters_printed(project: Project, *, persons: Iterable[Person], by: Staff, now: datetime) -> None:
    """
    Whoever holds a letter can open its person's page. So it stands on the record that it was made, each time, before it is shown: one entry
    a letter, about its person, whose own page says so.
    """
    sayings = [record.Saying(LettersPrinted(letters=1), by=f"staff:{by.uid}", about=one.uid) for one in persons]
    if sayings:
        with record.writing(project, now=now) as log:
            log.append_many(sayings)


class Slip(StrEnum):
    """What became of a slip: no letter has this number, it is entered now, or the same was entered before."""

    UNKNOWN = ""
    ENTERED = "entered"
    THERE = "there"


def enter_slip(
    project: Project,
    *,
    code: str,
    says: str,
    because: str,
    beside: bool,
    by: Staff,
    now: datetime,
    of: Person | None = None,
) -> Slip:
    """
    A slip that a person ticked and sent back is their own press. The same slip twice counts once, and what they have said on their own
    page stands: paper travels slowly. Whether it changed anything is nobody's to see, also not by entering it again. `of`: only a letter of
    theirs.
    """
    if says not in dict([*FIVE, SIXTH, *STILL_SO]):
        raise refusals.ChooseAnAnswer
    if says in dict(STILL_SO) and because.strip():
        raise refusals.NoWordsWithThis
    telling = by_reply(project, code, of=of)
    if telling is None:
        return Slip.UNKNOWN
    if says == SIXTH[0] and not may_end_on_paper(telling):
        raise refusals.NoSuchTick
    person, answer = telling.person, telling.version.answer
    person.project = project
    with record.writing(project, now=now) as log:
        if not Person.objects.filter(staying(), pk=person.pk).exists():
            return Slip.UNKNOWN
        if not _entered_first(telling, says=says, because=because.strip(), beside=beside, now=now):
            return Slip.THERE
        log.append(SlipReturned(), by=f"staff:{by.uid}")
        if says in dict(STILL_SO):
            take_from_slip(telling, says=says, now=now)
            return Slip.ENTERED
        last = Confirmation.objects.filter(person=person, answer=answer).order_by("-pk").first()
        if last is None or _counts(telling, last, says=says, because=because.strip()):
            confirm(person, answer=answer, says=says, because=because, beside=beside, by_slip=True, now=now)
    return Slip.ENTERED


def _entered_first(telling: Telling, *, says: str, because: str, beside: bool, now: datetime) -> bool:
    """Whether this is not what was entered of this paper last; it is kept as that. Inside the caller's writing."""
    said = ("slip", str(telling.uid), says, because, "yes" if beside else "no")
    digest = keys.mac(settings.WITHUS_DATA, "index", *said).hex()
    of_it: dict[str, Any] = {"telling": telling, "still_so": says in dict(STILL_SO)}  # Any: fields of a row
    if SlipEntered.objects.filter(**of_it, digest=digest).exists():
        return False
    SlipEntered.objects.update_or_create(**of_it, defaults={"digest": digest, "at": now})
    return True


def _counts(telling: Telling, last: Confirmation, *, says: str, because: str) -> bool:
    """What was said before this wording was written does not speak of it; of two slips the later one counts."""
    published = telling.version.published_at
    if published is not None and last.at < published:
        return True
    return last.by_slip and (last.says, last.because) != (says, because)


def by_reply(project: Project, code: str, *, of: Person | None = None) -> Telling | None:
    """The telling whose slip has this number; `of`: only a slip of theirs. Digits that look like letters are forgiven."""
    wanted = "".join(code.upper().split()).replace("-", "").replace("0", "O").replace("1", "I").replace("8", "B")
    if len(wanted) != 8:
        return None
    rows = Telling.objects.filter(staying("person__"), person__project=project)
    if of is not None:
        rows = rows.filter(person=of)
    for pk, uid in rows.order_by("-pk").values_list("pk", "uid"):
        if link.reply(uid).replace("-", "") == wanted:
            return rows.select_related("person", "version__answer").get(pk=pk)
    return None
