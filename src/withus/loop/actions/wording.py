"""An answer in Easy Read or in another language, beside the original."""

from collections.abc import Collection
from datetime import datetime

from withus.accounts.models import Staff
from withus.loop import refusals
from withus.loop.entries import AnswerWorded, NobodysOwnWords
from withus.loop.models import Answer, AnswerVersion
from withus.loop.models_of_answers import AnswerWording
from withus.loop.quoting import Quoted, quoted_in
from withus.loop.wordings import LANGUAGES, TEXTS, digest_of, seen_of
from withus.record import log as record


def word_answer(
    version: AnswerVersion,
    *,
    language: str,
    easy: bool,
    by: Staff,
    now: datetime,
    seen: str | None = None,
    not_theirs: Collection[str] = (),
    **texts: str,
) -> AnswerWording:
    """
    Put in place of what stood there in this language. Nobody is told again: what is said is the same. `seen` is what the writer read
    (`wordings.seen_of`); None for who read nothing. Where another wrote meanwhile, or the original was changed, neither is lost.
    """
    said = {name: texts.get(name, "").strip() for name in TEXTS}
    needed = [name for name in TEXTS if getattr(version, name)]
    if language not in LANGUAGES or not all(said[name] for name in needed):
        raise refusals.WordAllOfIt
    project = version.answer.project
    if language == project.language and not easy:
        raise refusals.ThatIsTheOriginal
    with record.writing(project, now=now) as log:
        version.refresh_from_db(fields=TEXTS)
        of = digest_of(version)
        before = AnswerWording.objects.filter(version=version, language=language, easy=easy).first()
        if before is not None and before.of == of and all(getattr(before, name) == said[name] for name in TEXTS):
            return before
        if seen is not None and seen != seen_of(version, before):
            raise refusals.WordedMeanwhile(before, seen_of(version, before))
        quoted = quoted_in(version.answer, list(said.values()))
        keep_own_words_in(version.answer, quoted, not_theirs=not_theirs, log=log, by=by)
        row, _new = AnswerWording.objects.update_or_create(
            version=version, language=language, easy=easy, defaults={**said, "of": of, "by": by, "at": now}
        )
        what = AnswerWorded(version=version.number, language=language, easy=easy)
        log.append(what, by=f"staff:{by.uid}", about=version.answer.uid, words=row.we_do)
    return row


def keep_own_words_in(
    answer: Answer, quoted: list[Quoted], *, not_theirs: Collection[str], log: record.Log, by: Staff
) -> None:
    """
    Nothing goes out that says somebody's own words without their yes. Where `by` says of each such stretch that it is nobody's own, that is
    on the record, and it is not asked again of this answer. Inside the caller's writing.
    """
    left = [one for one in quoted if one.key not in not_theirs]
    if left:
        raise refusals.PeoplesOwnWords(left)
    if quoted:
        answer.refresh_from_db(fields=["not_theirs"])
        keys = tuple(sorted(one.key for one in quoted))
        answer.not_theirs = sorted({*answer.not_theirs, *keys})
        answer.save(update_fields=["not_theirs"])
        log.append(NobodysOwnWords(keys=keys), by=f"staff:{by.uid}", about=answer.uid)


def carry_wordings(older: AnswerVersion, newer: AnswerVersion) -> None:
    """Where the newer version says the same, its wordings are the same. Inside the caller's writing."""
    of = digest_of(newer)
    there = {(one.language, one.easy) for one in AnswerWording.objects.filter(version=newer)}
    for one in AnswerWording.objects.filter(version=older, of=of):
        if (one.language, one.easy) not in there:
            one.pk, one.version = None, newer
            one.save(force_insert=True)
