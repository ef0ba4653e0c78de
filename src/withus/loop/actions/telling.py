"""Each person is told in their own way, and says themselves whether they heard."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from withus.accounts.models import Staff
from withus.loop import refusals
from withus.loop.actions.owing import open_again, owe_again
from withus.loop.asks import published
from withus.loop.entries import AnswerHeard, AnswerNotHeard, LettersPosted, PersonTold
from withus.loop.models import FIVE, HEARD, Answer, Confirmation, Due, Says, Telling, Told
from withus.loop.spoken_to import settled_by
from withus.people import actions as people
from withus.people.models import HowOften, Person, WayKind, Wish
from withus.projects.models import Project
from withus.record import log as record


def mark_sent(uids: Sequence[str], *, now: datetime) -> None:
    """The letter with these tellings has left; perhaps one that had failed, and was tried again."""
    Telling.objects.filter(uid__in=uids, state__in=(Told.QUEUED, Told.FAILED)).update(state=Told.SENT, told_at=now)


def mark_failed(telling: Telling) -> None:
    """It could not be sent. The answer still waits at their words, and the team sees that it did not arrive."""
    Telling.objects.filter(pk=telling.pk, state=Told.QUEUED).update(state=Told.FAILED)


def mark_read(person: Person, answer: Answer, *, now: datetime) -> None:
    """They have pressed on their own page. What the team did and sees stays as it was: their press is nobody's to see."""
    Telling.objects.filter(person=person, version__answer=answer, read_at=None).update(read_at=now)


def note_posted(project: Project, *, uids: Sequence[UUID], by: Staff, now: datetime) -> int:
    """These letters are in the post; how many. Only those that waited: pressed twice, they were posted once."""
    with record.writing(project, now=now) as log:
        rows = Telling.objects.filter(uid__in=uids, person__project=project, way=WayKind.POST)
        rows = rows.filter(state__in=(Told.WAITING, Told.FAILED))
        letters = rows.values("person").distinct().count()
        if letters:
            rows.update(state=Told.PRINTED, told_at=now)
            log.append(LettersPosted(letters=letters), by=f"staff:{by.uid}")
    return letters


def take_back_posted(project: Project, *, at: datetime, by: Staff, now: datetime) -> int:
    """What was noted as posted at this instant was not, and a closed project is open again; what somebody has read meanwhile stays read."""
    with record.writing(project, now=now) as log:
        rows = Telling.objects.filter(person__project=project, way=WayKind.POST, state=Told.PRINTED, told_at=at)
        letters = rows.values("person").distinct().count()
        if letters:
            rows.update(state=Told.WAITING, told_at=None)
            log.append(LettersPosted(letters=letters, back=True), by=f"staff:{by.uid}")
            open_again(project, log=log, now=now, by=by)
    return letters


def note_told(person: Person, *, answers: Iterable[Answer], how: str, by: Staff, now: datetime) -> int:
    """
    Somebody of the team told them face to face or rang them. That is told; heard is only what they say themselves. What is noted so already
    is not noted again.
    """
    if not how.strip():
        raise refusals.SayHow
    with record.writing(person.project, now=now) as log:
        rows = Telling.objects.filter(person=person, version__answer__in=list(answers))
        count = rows.exclude(state=Told.SENT, because=how.strip()[:300]).update(
            state=Told.SENT, told_at=now, because=how.strip()[:300]
        )
        if count:
            said = PersonTold(how=how.strip()[:80], answers=count)
            log.append(said, by=f"staff:{by.uid}", about=person.uid)
    return count


def _said_already(person: Person, answer: Answer, *, says: str, because: str, beside: bool) -> Confirmation | None:
    """What they said last of this answer, where it is the same again and has done already all that it does: a second press."""
    last = Confirmation.objects.filter(person=person, answer=answer).order_by("-pk").first()
    newest = published(answer)
    if last is None or (last.says, last.because, last.beside_the_answer) != (says, because, beside):
        return None
    if newest is not None and newest.published_at is not None and last.at < newest.published_at:
        return None
    if says == Says.STOP and not Wish.objects.filter(person=person, how_often=HowOften.NEVER).exists():
        return None
    if says in {Says.NO, Says.PARTLY} and _met_for(person, answer).exists():
        return None
    return last


def _met_for(person: Person, answer: Answer) -> QuerySet[Due]:
    """What is owed to their cards that this answer speaks to, and counts as answered."""
    mine = Q(contribution__person=person) | Q(contribution__with_persons=person)
    return settled_by(answer).filter(mine).distinct()


def may_end(person: Person, answer: Answer) -> bool:
    """They said no, or only partly, and an answer came after that: from then on they may end it as "we do not agree"."""
    newest = published(answer)
    said = Confirmation.objects.filter(person=person, answer=answer, says__in=(Says.NO, Says.PARTLY))
    return newest is not None and said.filter(at__lt=newest.published_at).exists()


def may_end_on_paper(telling: Telling) -> bool:
    """The same of the wording that a letter had: whether its slip has a sixth tick. What they say later changes no paper."""
    said = Confirmation.objects.filter(person=telling.person_id, answer=telling.version.answer_id)
    return said.filter(says__in=(Says.NO, Says.PARTLY), at__lt=telling.version.published_at).exists()


def confirm_all(person: Person, *, answers: Iterable[Answer], says: str, because: str, now: datetime) -> None:
    """One press for the whole: the same of each of these answers. Ending it as “we do not agree” is said of one."""
    if says not in dict(FIVE):
        raise refusals.ChooseAnAnswer
    with record.writing(person.project, now=now):
        for answer in answers:
            confirm(person, answer=answer, says=says, because=because, now=now)


def confirm(
    person: Person,
    *,
    answer: Answer,
    says: str,
    now: datetime,
    because: str = "",
    beside: bool = False,
    by_slip: bool = False,
) -> Confirmation:
    """
    What the person says of an answer. "I know now" and "I know, and I do not agree" are heard, and after a second round "we do not agree";
    "no" and "only partly" open what they are owed again, and for a year a closed project with it; "stop writing to me" stops the letters,
    never the answer.
    """
    if says not in Says.values:
        raise refusals.ChooseAnAnswer
    if says == Says.ENDED and not may_end(person, answer):
        raise refusals.EndAfterTheSecond
    project = person.project
    with record.writing(project, now=now) as log:
        people.still_here(person)
        last = _said_already(person, answer, says=says, because=because.strip()[:2000], beside=beside)
        if last is not None:
            return last
        row = Confirmation.objects.create(
            person=person,
            answer=answer,
            says=says,
            because=because.strip()[:2000],
            beside_the_answer=beside,
            at=now,
            by_slip=by_slip,
        )
        mark_read(person, answer, now=now)
        if says in HEARD:
            said: AnswerHeard | AnswerNotHeard = AnswerHeard(agrees=says == Says.KNOWS)
        else:
            said = AnswerNotHeard(says=says)
        log.append(said, by=f"person:{person.uid}", about=answer.uid, words=row.because)
        if says == Says.STOP:
            people.set_wish(person, how_often=HowOften.NEVER)
            waits = Telling.objects.filter(person=person, state__in=(Told.QUEUED, Told.HELD))
            waits.update(way=WayKind.NONE, state=Told.WAITING)
        if says in {Says.NO, Says.PARTLY} and not owe_again(
            _met_for(person, answer), project=project, log=log, now=now
        ):
            open_again(project, log=log, now=now)
    return row
