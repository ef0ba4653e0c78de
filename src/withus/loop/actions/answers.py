"""Answers: drafted, published, never edited once published; promises, kept or given a new day with a reason."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from withus.accounts.models import Staff
from withus.charter.models import Decision
from withus.live.models import Contribution, Learned
from withus.loop import refusals
from withus.loop.actions.lasting import ask_later
from withus.loop.actions.reading import unread
from withus.loop.actions.reminding import remind_before
from withus.loop.actions.sending import look_again_after, tell, tell_some
from withus.loop.actions.sorting import note_read
from withus.loop.actions.wording import carry_wordings, keep_own_words_in
from withus.loop.asks import published
from withus.loop.changes import TEXTS, says_the_same
from withus.loop.entries import AnswerPublished, PromiseKept, PromiseRedated
from withus.loop.models import Answer, AnswerVersion, Due, Outcome, Theme
from withus.loop.models_of_answers import MayName
from withus.loop.quoting import quoted_in, quoted_without_a_yes
from withus.loop.spoken_to import came_later, cards_of, reached_by
from withus.projects import day
from withus.projects.models import Project
from withus.record import log as record

STAYS = (*TEXTS, "decision", "named")
"""What a newer version takes over where nobody writes it anew."""


def draft_answer(
    project: Project,
    *,
    by: Staff,
    now: datetime,
    we_heard: str,
    outcome: str,
    we_do: str,
    because: str,
    body: str,
    theme: Theme | None = None,
    contribution: Contribution | None = None,
    learned: Learned | None = None,
    decision: Decision | None = None,
    waits_for: str = "",
    meanwhile: str = "",
    named: MayName | None = None,
    promised_on: date | None = None,
    redated_because: str = "",
    version: int | None = None,
) -> Answer:
    """
    Write an answer to a theme, to one card or to what we learned, or the next version of one. Nobody reads it yet. `version` is the draft
    that the writer read; None for who read none. The day of an open promise stays, unless it moves in time and with a reason. `decision` is
    the one of the charter by which it was decided: whoever decides that has the power to keep it. `waits_for` is somebody outside.
    """
    texts: dict[str, Any] = {  # Any: the version's own fields
        "we_heard": we_heard.strip(),
        "outcome": outcome,
        "we_do": we_do.strip(),
        "because": because.strip(),
        "body": body.strip(),
        "decision": decision,
        "decided_by": decision.decider if decision else "",
        "waits_for": waits_for.strip()[:200],
        "meanwhile": meanwhile.strip(),
        "named": named,
        "promised_on": promised_on,
        "redated_because": "",
    }
    with record.writing(project, now=now):
        subject = {"theme": theme, "contribution": contribution, "learned": learned}
        answer = Answer.objects.filter(project=project, **subject).first()
        latest = AnswerVersion.objects.filter(answer=answer).order_by("-number").first() if answer else None
        if answer is not None and latest is not None and version is not None and answer.version != version:
            raise refusals.DraftChangedMeanwhile(latest, answer.version)
        stays = _carry_promise(texts, published(answer) if answer else None, because=redated_because.strip(), now=now)
        _check(texts, today=None if stays else day.of(project, now))
        _of_this_project(project, decision, named)
        answer = answer or Answer.objects.create(project=project, **subject, made_at=now, version=0)
        note_read(Contribution.objects.filter(project=project, answers=answer), by=by, now=now)
        _write_down(answer, latest, texts)
    return answer


def _write_down(answer: Answer, latest: AnswerVersion | None, texts: dict[str, Any]) -> None:  # Any: a version's fields
    """Into the draft, or into a new one after what is public. A draft that is saved as it stands is not newer by it."""
    draft = latest
    if draft is None or draft.published_at is not None:
        draft = AnswerVersion(answer=answer, number=draft.number + 1 if draft else 1)
    elif _as_it_stands(draft, texts):
        return
    answer.version += 1
    answer.save(update_fields=["version"])
    for name, value in texts.items():
        setattr(draft, name, value)
    draft.save()


def publish(
    answer: Answer, *, by: Staff, now: datetime, version: int | None = None, not_theirs: Collection[str] = ()
) -> AnswerVersion:
    """
    Make the draft public, and owe each contributor a telling by their own way: once for each person, also where two people publish or
    a person has several cards in the theme. The same text a second time tells nobody. `version` is what they read; the same press of the
    same hand is one. `not_theirs`: keys of stretches that are nobody's own words, as `by` says on the record; with others' own words it
    does not go out.
    """
    project = answer.project
    with record.writing(project, now=now) as log:
        draft, before = _draft(answer), published(answer)
        as_read = version is None or Answer.objects.get(pk=answer.pk).version == version
        if draft is None and before is not None and version is not None and as_read and before.published_by == by:
            return before
        if draft is None:
            raise refusals.NothingToPublish
        if not as_read:
            raise refusals.ReadItAgain
        moves = before is not None and _is_open(before) and before.promised_on != draft.promised_on
        if before is not None and before.promised_on is not None and moves:
            if day.is_late(project, before.promised_on, now) or not draft.redated_because:
                raise refusals.RedateBeforeTheDay
            moved = PromiseRedated(before=before.promised_on, after=draft.promised_on or before.promised_on)
            log.append(moved, by=f"staff:{by.uid}", about=answer.uid, words=draft.redated_because)
        is_new = before is None or before.promised_on != draft.promised_on
        if is_new and draft.promised_on is not None and draft.promised_on <= day.of(project, now):
            raise refusals.PromiseInThePast
        if not is_new and before is not None:
            draft.kept_on, draft.redated_because = before.kept_on, before.redated_because
            draft.save(update_fields=["kept_on", "redated_because"])
        if before is not None:
            carry_wordings(before, draft)
        keep_own_words_in(answer, quoted_without_a_yes(draft), not_theirs=not_theirs, log=log, by=by)
        _make_public(draft, log=log, by=by, now=now)
    return draft


def _make_public(version: AnswerVersion, *, log: record.Log, by: Staff, now: datetime) -> None:
    """
    The one way a wording becomes public: never for a card that nobody has read. Whose card came to the theme later is told even where no
    word has changed; who said no to these words is not answered by them.
    """
    answer, before = version.answer, published(version.answer)
    if answer.theme_id is not None and Theme.objects.filter(pk=answer.theme_id, removed_at__isnull=False).exists():
        raise refusals.ThemeWentElsewhere
    cards = reached_by(answer)
    if not cards.exists():
        raise refusals.AnswersNobody
    if unread(cards_of(answer)).exists():
        raise refusals.ReadTheCardsFirst
    version.published_at, version.published_by = now, by
    version.save(update_fields=["published_at", "published_by"])
    same = before is not None and says_the_same(before, version)
    if answer.learned_id is None:
        met = Due.objects.filter(contribution__in=cards.order_by().values("pk"), met_at=None)
        met = met.filter(reopened_at=None) if same else met
        met.update(met_by=answer, met_at=now)
    people = tell(version, cards, changed=before is not None and not same, only_new=same, now=now)
    look_again_after(version)
    remind_before(version, now=now)
    said = AnswerPublished(
        version=version.number, outcome=version.outcome, promised_on=version.promised_on, people=people
    )
    log.append(said, by=f"staff:{by.uid}", about=answer.uid, words=version.we_do)


def tell_the_next(reference: dict[str, Any], now: datetime) -> None:  # Any: a job's own fields
    """The job: the next few of the many whom a published answer is owed. A newer wording owes itself to all of them."""
    rows = AnswerVersion.objects.filter(pk=reference["version"])
    version = rows.select_related("answer__project", "answer__theme", "answer__learned").first()
    if version is None:
        return
    with record.writing(version.answer.project, now=now):
        if published(version.answer) == version:
            changed, only_new = reference["changed"], reference["only_new"]
            tell_some(version, reference["people"], changed=changed, only_new=only_new, now=now)


def redate(
    answer: Answer, *, on: date, because: str, by: Staff, now: datetime, not_theirs: Collection[str] = ()
) -> AnswerVersion:
    """A new day for a promise: before the old one has passed, and with a reason. Everybody is told again; the same press again is one."""
    project = answer.project
    with record.writing(project, now=now) as log:
        current = published(answer)
        if current is None or not _is_open(current) or current.promised_on is None:
            raise refusals.NothingToPublish
        if (on, because.strip()) == (current.promised_on, current.redated_because):
            return current
        if day.is_late(project, current.promised_on, now) or not because.strip():
            raise refusals.RedateBeforeTheDay
        if on <= day.of(project, now):
            raise refusals.PromiseInThePast
        keep_own_words_in(answer, quoted_in(answer, [because]), not_theirs=not_theirs, log=log, by=by)
        moved = _next(current, promised_on=on, redated_because=because.strip())
        said = PromiseRedated(before=current.promised_on, after=on)
        log.append(said, by=f"staff:{by.uid}", about=answer.uid, words=because.strip())
        _make_public(moved, log=log, by=by, now=now)
    return moved


def keep_promise(answer: Answer, *, on: date, by: Staff, now: datetime) -> AnswerVersion:
    """What was promised is done. Everybody who was told reads so, and is asked once, four weeks later, whether it is still so."""
    with record.writing(answer.project, now=now) as log:
        current = published(answer)
        if current is None or current.promised_on is None or current.kept_on is not None:
            raise refusals.NothingToPublish
        outcome = Outcome.DONE if current.outcome == Outcome.DOING else current.outcome
        kept = _next(current, outcome=outcome, kept_on=on, redated_because=current.redated_because)
        log.append(PromiseKept(on=on), by=f"staff:{by.uid}", about=answer.uid)
        _make_public(kept, log=log, by=by, now=now)
        ask_later(kept, now=now)
    return kept


def tell_who_came_later(answer: Answer, *, by: Staff, now: datetime) -> int:
    """Whose cards came to the theme after its answer are told it as it stands, and nobody a second time; how many cards."""
    with record.writing(answer.project, now=now) as log:
        current, cards = published(answer), came_later(answer).count()
        if current is None or not cards:
            raise refusals.NobodyCameLater
        stays = {"kept_on": current.kept_on, "redated_because": current.redated_because}
        _make_public(_next(current, **stays), log=log, by=by, now=now)
    return cards


def _next(current: AnswerVersion, **changes: Any) -> AnswerVersion:  # Any: the version's own fields
    """The version after this one, with what changes; a draft that somebody is writing comes after it."""
    draft = _draft(current.answer)
    if draft is not None:
        draft.number += 1
        if "promised_on" in changes and draft.promised_on == current.promised_on:
            draft.promised_on = changes["promised_on"]
        draft.save(update_fields=["number", "promised_on"])
    values = {name: getattr(current, name) for name in STAYS}
    newer = AnswerVersion.objects.create(answer=current.answer, number=current.number + 1, **{**values, **changes})
    carry_wordings(current, newer)
    return newer


def _draft(answer: Answer) -> AnswerVersion | None:
    """The wording that nobody has read yet: the newest, while it is not public."""
    latest = AnswerVersion.objects.filter(answer=answer).order_by("-number").first()
    return latest if latest is not None and latest.published_at is None else None


def has_draft(answer: Answer) -> bool:
    return _draft(answer) is not None


def _of_this_project(project: Project, decision: Decision | None, named: MayName | None) -> None:
    if decision is not None and (decision.project_id != project.pk or decision.removed_at or not decision.decider):
        raise refusals.DeciderFromTheCharter
    if named is not None and named.project_id != project.pk:
        raise refusals.OnlyWhoSaidYes


def _check(texts: dict[str, Any], *, today: date | None) -> None:  # Any: the version's own fields
    """`today`: None where a promise stands with its day, which may have passed."""
    if not texts["because"]:
        raise refusals.AlwaysBecause
    if not (texts["we_heard"] and texts["we_do"] and texts["body"]) or texts["outcome"] not in Outcome.values:
        raise refusals.SayWhatYouHeard
    if texts["waits_for"] and not texts["meanwhile"]:
        raise refusals.SayWhatMeanwhile
    if texts["outcome"] == Outcome.DOING and texts["promised_on"] is None:
        raise refusals.PromiseNeedsADay
    if today is not None and texts["promised_on"] is not None and texts["promised_on"] <= today:
        raise refusals.PromiseInThePast


def _as_it_stands(latest: AnswerVersion, texts: Mapping[str, Any]) -> bool:  # Any: the version's own fields
    """Whether these texts say nothing new. Why a day moved is asked anew each time, so only a new reason is a change."""
    stays = {name: value for name, value in texts.items() if name != "redated_because" or value}
    return all(getattr(latest, name) == value for name, value in stays.items())


def _is_open(version: AnswerVersion) -> bool:
    return version.promised_on is not None and version.kept_on is None


def _carry_promise(texts: dict[str, Any], current: AnswerVersion | None, *, because: str, now: datetime) -> bool:
    """
    What was promised in public stands with its day: a newer wording cannot leave it out, or move it without saying why. Whether it stays.
    """
    if current is None or current.promised_on is None:
        return False
    project = current.answer.project
    if texts["promised_on"] is None and _is_open(current):
        texts["promised_on"] = current.promised_on
    if texts["promised_on"] == current.promised_on:
        return True
    if _is_open(current):
        if day.is_late(project, current.promised_on, now) or not because:
            raise refusals.RedateBeforeTheDay
        texts["redated_because"] = because
    return False
